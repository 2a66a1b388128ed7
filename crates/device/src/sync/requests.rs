//! Each request of the driver: its body out of the store, its answer into the store.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_protocol::chain::{ChainEnd, Continuation, OwnChain, continuation};
use halyard_protocol::cursor::SealedCursor;
use halyard_protocol::digest::{bucket_of, buckets, digests};
use halyard_protocol::driver::{Done, Request};
use halyard_protocol::enrol::EnrolAnswer;
use halyard_protocol::fetch::{FetchAnswer, FetchRequest};
use halyard_protocol::hash::{EnvelopeHash, Heads};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::limits::{CLOCK_TOLD_MS, FETCH_DOCUMENTS};
use halyard_protocol::offer::{Held, OfferAnswer, OfferRequest};
use halyard_protocol::pull::{Entry, PullAnswer, PullRequest};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::receipt::Outcome;
use halyard_protocol::signed::Signed;
use halyard_protocol::time::UnixMs;
use halyard_store::{Holding, OwnEnvelope, PageCommit, SyncStateChange};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::client::CallError;
use crate::sync::handover::NextHandOver;
use crate::sync::incoming::{Source, Taken};
use crate::sync::outgoing::outcome_name;
use crate::sync::refused::Fetched;
use crate::sync::session::Session;
use crate::views::behind;

impl Session {
    pub(super) async fn carry_out(&mut self, request: Request) -> Result<Done, SyncError> {
        match request {
            Request::EnrolmentStatus => self.enrolment().await,
            Request::Push => self.push().await,
            Request::Pull => self.pull().await,
            Request::OfferDigests => self.offer_digests().await,
            Request::OfferLists { buckets } => self.offer_lists(buckets).await,
            Request::Fetch => self.fetch().await,
        }
    }

    async fn enrolment(&self) -> Result<Done, SyncError> {
        let device = self.device.identity().ok_or(DeviceError::NotEnrolled)?.device;
        let answer: EnrolAnswer =
            self.client.get(&format!("/v1/enrol/{device}"), None, self.relay_now()).await?;
        Ok(Done::Standing(answer.standing))
    }

    async fn push(&mut self) -> Result<Done, SyncError> {
        if !self.hand_over.is_done() {
            return self.push_hand_over().await;
        }
        let request = self.background(|device| {
            if !device.enter_rescued()? {
                return Ok(None);
            }
            device.seal_unsent()?;
            device.next_push().map(Some)
        });
        // What was rescued is entered again on what the first sync brings: it waits for its end.
        let request = request.await?.unwrap_or_else(|| {
            self.waits_for_records = true;
            self.deferred = true;
            PushRequest::default()
        });
        let answer: PushAnswer = self.call("/v1/sync/push", &request).await?;
        let (epoch, chain) = (answer.epoch, answer.chain);
        let advanced = !answer.receipts.is_empty();
        let (answered, chain_holds) = self
            .background(move |device| {
                Ok((device.take_receipts(&answer.receipts)?, device.chain_holds(chain)?))
            })
            .await?;
        self.report.accepted += answered.accepted;
        self.report.refused += answered.refused.len();
        if answered.deferred {
            (self.deferred, self.deferred_at) = (true, Some(UnixMs(self.device.surroundings.now_ms())));
        }
        self.pushed |= advanced;
        self.rebuild.extend(answered.refused);
        Ok(Done::Pushed { epoch, chain_holds, advanced })
    }

    async fn push_hand_over(&mut self) -> Result<Done, SyncError> {
        let hand_over = std::mem::take(&mut self.hand_over);
        let (next, hand_over) =
            self.background(move |device| Ok((device.next_hand_over(&hand_over), hand_over))).await?;
        // All of it is owed until the relay's answer is kept: any request may fail.
        self.hand_over = hand_over;
        let NextHandOver { request, envelopes } = next?;
        let answer: PushAnswer = self.call("/v1/sync/push", &request).await?;
        let is_done = self.hand_over.ends_with(envelopes);
        let (epoch, chain) = (answer.epoch, answer.chain);
        let chain_holds = self
            .background(move |device| {
                device.take_handed(&answer.receipts)?;
                // Until everything came back the relay's end of our chain says nothing.
                Ok(!is_done || device.chain_holds(chain)?)
            })
            .await?;
        self.hand_over.pass(envelopes);
        Ok(Done::Pushed { epoch, chain_holds, advanced: true })
    }

    async fn pull(&mut self) -> Result<Done, SyncError> {
        let pushed = self.pushed;
        let request = self.background(move |device| {
            let state = device.store.sync_state()?;
            let cursor = state.cursor.map(SealedCursor);
            let is_off = state.clock_offset_ms.saturating_abs() >= CLOCK_TOLD_MS;
            let clock = is_off.then(|| UnixMs(device.surroundings.now_ms()));
            let known = device.me()?.filter(|me| !me.schema.is_empty());
            let schema = known.map(|me| me.schema.id()).transpose()?;
            let own = if pushed { device.own_chain()? } else { None };
            Ok(PullRequest { cursor, max_bytes: None, schema, own, clock })
        });
        let request = request.await?;
        let answer: PullAnswer = self.call("/v1/sync/pull", &request).await?;
        let (epoch, position, complete) = (answer.epoch, answer.position, answer.complete);
        let (taken, chain_holds) = self
            .background(move |device| {
                let chain_holds = answer.chain.is_none() || device.chain_holds(answer.chain)?;
                Ok((device.take_page(&answer)?, chain_holds))
            })
            .await?;
        self.take(taken);
        if complete && std::mem::take(&mut self.waits_for_records) {
            self.deferred = false;
        }
        self.pushed &= !complete;
        Ok(Done::Pulled { epoch, position, complete, chain_holds })
    }

    async fn fetch(&mut self) -> Result<Done, SyncError> {
        let wanted: Vec<DocumentId> =
            self.fetch.union(&self.rebuild).copied().take(FETCH_DOCUMENTS).collect();
        let request = FetchRequest { documents: wanted, max_bytes: None };
        let answer: FetchAnswer = self.call("/v1/sync/fetch", &request).await?;
        let epoch = answer.epoch;
        // What is unknown or out of sight stays as it is here: a refused new record is still its author's
        // to see, and one that left sight is purged by the pull.
        let unknown: BTreeSet<DocumentId> = answer.unknown.iter().copied().collect();
        let rebuild = self.rebuild.clone();
        let (taken, done) =
            self.background(move |device| device.take_fetched(&answer.entries, &rebuild)).await?;
        // Each is told once in a session: the offer that follows brings it again.
        let incident = taken.fetch.iter().any(|document| !self.aside.contains(document));
        self.aside.extend(taken.fetch);
        let settled = |document: &DocumentId| unknown.contains(document) || done.contains(document);
        self.fetch.retain(|document| !settled(document));
        self.rebuild.retain(|document| !settled(document));
        self.rebuild.extend(taken.rebuild);
        let advanced = !unknown.is_empty() || !done.is_empty();
        self.report.received += taken.documents;
        Ok(Done::Fetched { epoch, advanced, incident })
    }

    async fn offer_digests(&mut self) -> Result<Done, SyncError> {
        let held = self.background(|device| Ok(device.store.holdings()?)).await?;
        let request = OfferRequest::Digests(digests(&buckets(held.into_iter().map(held_as_here))));
        match self.call("/v1/sync/offer", &request).await? {
            OfferAnswer::Differing { epoch, buckets, cursor, former, undecided, controls } => {
                self.offered = Some((cursor.0, epoch));
                self.hand_over = self
                    .background(move |device| {
                        let hand_over = device.owes(epoch, former)?;
                        device.keep_controls(&controls)?;
                        Ok(hand_over)
                    })
                    .await?;
                let answered = self.background(move |device| device.take_receipts(&undecided)).await?;
                self.rebuild.extend(answered.refused);
                Ok(Done::Offered { epoch, differing: buckets })
            }
            OfferAnswer::Wanted { .. } => Err(CallError::NotARelay { status: 200 }.into()),
        }
    }

    async fn offer_lists(&mut self, wanted: Vec<u8>) -> Result<Done, SyncError> {
        let asked = wanted.clone();
        let lists = self
            .background(move |device| {
                let held = device.store.holdings()?.into_iter().map(held_as_here);
                let held = held.filter(|held| wanted.contains(&bucket_of(held.document)));
                Ok(buckets(held).into_iter().filter(|list| wanted.contains(&list.bucket)).collect())
            })
            .await?;
        match self.call("/v1/sync/offer", &OfferRequest::Lists(lists)).await? {
            OfferAnswer::Wanted { epoch, fetch, drop, .. } => {
                self.fetch.extend(fetch);
                let page = PageCommit { gone: drop, ..PageCommit::default() };
                self.background(move |device| Ok(device.keep_page(page)?)).await?;
                Ok(Done::Listed { epoch, buckets: asked })
            }
            OfferAnswer::Differing { .. } => Err(CallError::NotARelay { status: 200 }.into()),
        }
    }

    fn take(&mut self, taken: Taken) {
        self.report.received += taken.documents;
        self.fetch.extend(taken.fetch);
        self.rebuild.extend(taken.rebuild);
    }

    async fn call<Q: Serialize, A: DeserializeOwned>(&self, path: &str, request: &Q) -> Result<A, SyncError> {
        Ok(self.client.post(path, request, self.relay_now()).await?)
    }
}

impl Device {
    /// Checks that our relay said this.
    pub(crate) fn verify(&self, said: &impl Signed) -> Result<(), SyncError> {
        let relay = PublicKey(self.with_profile(|profile| profile.identity.relay_key)?);
        said.verify(&relay).map_err(|_| SyncError::Forged)
    }

    /// The newest envelope of this life of the database; all before it are here too.
    fn own_chain(&self) -> Result<Option<ChainEnd>, SyncError> {
        let incarnation = self.identity().ok_or(DeviceError::NotEnrolled)?.incarnation;
        let end = self.store.chain_end(incarnation)?;
        Ok(end.map(|(sequence, hash)| ChainEnd { incarnation, sequence, hash: EnvelopeHash(hash) }))
    }

    /// Whether the relay's end of our chain is one we can go on from. What a restored relay lost is
    /// marked to be sent again.
    fn chain_holds(&self, relay: Option<ChainEnd>) -> Result<bool, SyncError> {
        let identity = self.identity().ok_or(DeviceError::NotEnrolled)?;
        let last = self.store.chain_end(identity.incarnation)?.map_or(0, |(sequence, _)| sequence);
        let own = OwnChain { incarnation: identity.incarnation, last, held_from: 1 };
        let held = |incarnation, sequence| {
            self.store.own_envelope_at(incarnation, sequence).ok().flatten().map(EnvelopeHash)
        };
        match continuation(relay, &own, held) {
            Continuation::NewIncarnation => Ok(false),
            Continuation::From(from) => {
                self.store.send_again_from(identity.incarnation, from)?;
                Ok(true)
            }
        }
    }

    /// Records that still hold work the relay refused, or in which work waits for what the office has taken
    /// since: a session ended before they were rebuilt. What was put away meanwhile is only off the list.
    pub(super) fn unrebuilt(&self) -> Result<BTreeSet<DocumentId>, SyncError> {
        let mut found = BTreeSet::new();
        for envelope in self.store.answered(&["quarantined", "blocked", "stale", "malformed"])? {
            if found.contains(&envelope.document) {
                continue;
            }
            let changes = self.store.changes_in(envelope.hash)?;
            let still_there = match self.opened(envelope.document) {
                Ok(None) => false,
                Ok(Some((_, opened))) => changes.iter().any(|numbered| opened.has(numbered.change.hash)),
                // What cannot be opened is taken anew, with the work made here on it.
                Err(DeviceError::SetAside(_) | DeviceError::Document { .. }) => true,
                Err(error) => return Err(error.into()),
            };
            if still_there || (!changes.is_empty() && self.may_go_on(&envelope)?) {
                found.insert(envelope.document);
            }
        }
        Ok(found)
    }

    /// Whether what an envelope was blocked behind is in the office now.
    fn may_go_on(&self, blocked: &OwnEnvelope) -> Result<bool, SyncError> {
        let Some(envelope) = behind(blocked)? else { return Ok(false) };
        let before = self.store.own_envelope(envelope.0)?.and_then(|own| own.answer);
        Ok(before.is_some_and(|answer| answer.outcome == outcome_name(Outcome::Accepted)))
    }

    /// Takes in fetched records; those in `rebuild`, and those that were set aside, are put in place of
    /// ours. What does not agree with its heads even now is set aside. Says which are settled.
    pub(super) fn take_fetched(
        &self,
        entries: &[Entry],
        rebuild: &BTreeSet<DocumentId>,
    ) -> Result<(Taken, BTreeSet<DocumentId>), SyncError> {
        let mut anew = rebuild.clone();
        anew.extend(self.store.set_aside()?.into_iter().map(|(document, _)| document));
        let mut settled = BTreeSet::new();
        let mut plain = Vec::new();
        let mut wrong = BTreeSet::new();
        let suspects = self.store.arrival_suspects()?;
        let ends_the_app = |one: &Fetched<'_>| -> Result<bool, SyncError> {
            let is_suspect = suspects.contains(&one.document);
            Ok(is_suspect && !self.store.try_arrival(one.document, one.kind, one.position.0)?)
        };
        for entry in entries {
            settled.extend(entry.document());
            match Fetched::of(entry).filter(|fetched| anew.contains(&fetched.document)) {
                Some(fetched) if ends_the_app(&fetched)? => {}
                Some(fetched) if self.rebuild(&fetched)? => {
                    if suspects.contains(&fetched.document) {
                        self.store.clear_arrivals(vec![fetched.document])?;
                    }
                }
                Some(fetched) => {
                    wrong.insert(fetched.document);
                }
                None => plain.push(entry.clone()),
            }
        }
        let state = SyncStateChange::default();
        let mut taken = self.take_entries(&Source { entries: &plain, state, relay_now_ms: None })?;
        taken.fetch.extend(wrong);
        let aside = entries.iter().filter_map(Fetched::of);
        for fetched in aside.filter(|fetched| taken.fetch.contains(&fetched.document)) {
            tracing::error!(document.id = %fetched.document, "a document is not what its relay says; set aside");
            self.store.put_aside(fetched.document, fetched.kind, DIFFERS)?;
        }
        Ok((taken, settled))
    }
}

/// Why a document that differs from what the relay says of it is not opened.
const DIFFERS: &str = "differs from the relay";

/// A document whose content is not all accepted has other heads than the relay's; it is offered as it
/// is, and a difference costs one fetch.
fn held_as_here(holding: Holding) -> Held {
    Held { document: holding.document, heads: Heads::new(holding.heads) }
}
