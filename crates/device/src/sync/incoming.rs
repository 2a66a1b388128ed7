//! Taking in a page of news.
//!
//! Every document of the page is merged, checked against the heads the relay named, read and turned
//! into rows; then the page and the cursor after it are saved in one transaction. A page that comes
//! again changes nothing.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_protocol::cbor;
use halyard_protocol::envelope::{Envelope, EnvelopeHeader};
use halyard_protocol::hash::{EnvelopeHash, Heads, Position};
use halyard_protocol::pull::{Entry, PullAnswer};
use halyard_protocol::receipt::{Outcome, Receipt, Receipted};
use halyard_records::Document;
use halyard_store::{OtherEnvelope, PageCommit, StoreError, SyncStateChange};

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::folding::{self, Folded, Folding};
use crate::sync::outgoing::{answer_of, outcome_name};

/// How often a page is taken in again when somebody edits while it is.
const TRIES: usize = 16;

/// Largest stored header read back.
const HEADER_BYTES: usize = 1024 * 1024;

/// What a page leaves to be done.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Documents merged.
    pub(crate) documents: usize,
    /// Documents whose content here lacks something, or holds what it should not: to be fetched whole.
    pub(crate) fetch: BTreeSet<DocumentId>,
    /// Documents with decided or replaced work: to be rebuilt.
    pub(crate) rebuild: BTreeSet<DocumentId>,
    /// Documents that were arriving when the app died, and arrived now.
    survived: Vec<DocumentId>,
}

/// Where news comes from, beside its entries.
pub(crate) struct Source<'a> {
    pub(crate) entries: &'a [Entry],
    pub(crate) state: SyncStateChange,
    /// The relay's clock, where the answer says it.
    pub(crate) relay_now_ms: Option<i64>,
}

impl Device {
    /// Takes in a page of a pull.
    pub(crate) fn take_page(&self, answer: &PullAnswer) -> Result<Taken, SyncError> {
        let now = self.surroundings.now_ms();
        let mut me = answer.me.clone();
        if me.schema.is_empty() {
            // What the relay understands did not change, so it was not sent again.
            me.schema = self.me()?.map(|known| known.schema).unwrap_or_default();
        }
        let state = SyncStateChange {
            cursor: Some(answer.cursor.0.clone()),
            epoch: Some(answer.epoch.as_bytes().to_vec()),
            me: Some(cbor::encode(&me)?),
            clock_offset_ms: Some(answer.now.0.saturating_sub(now)),
            last_full_sync_ms: answer.complete.then_some(answer.now.0),
            last_offer_ms: None,
            watermark: Some(answer.watermark.0),
            wiped_ms: None,
        };
        self.take_entries(&Source { entries: &answer.entries, state, relay_now_ms: Some(answer.now.0) })
    }

    /// Takes in entries, whatever call brought them.
    pub(crate) fn take_entries(&self, source: &Source<'_>) -> Result<Taken, SyncError> {
        let mut last = None;
        for _ in 0..TRIES {
            let (page, taken) = self.merge_page(source)?;
            match self.keep_page(page) {
                Ok(()) => {
                    if !taken.survived.is_empty() {
                        self.store.clear_arrivals(taken.survived.clone())?;
                    }
                    return Ok(taken);
                }
                Err(StoreError::Stale(document)) => last = Some(document),
                Err(error) => return Err(error.into()),
            }
        }
        last.map_or(Ok(Taken::default()), |document| Err(DeviceError::Contended(document).into()))
    }

    fn merge_page(&self, source: &Source<'_>) -> Result<(PageCommit, Taken), SyncError> {
        let mut page = PageCommit {
            state: source.state.clone(),
            relay_now_ms: source.relay_now_ms,
            ..PageCommit::default()
        };
        let mut taken = Taken::default();
        // Bytes of others may end the app in ways nothing catches; the next start must know over which.
        let suspects = self.store.arrival_suspects()?;
        let (mut together, mut alone) = (Vec::new(), BTreeMap::<DocumentId, Vec<&Entry>>::new());
        for entry in source.entries {
            match entry.document().filter(|document| suspects.contains(document)) {
                Some(document) => alone.entry(document).or_default().push(entry),
                None => together.push(entry),
            }
        }
        let arriving = self.store.arriving(together.iter().filter_map(|entry| entry.document()).collect())?;
        self.fold(&together, &mut page, &mut taken)?;
        drop(arriving);
        for (document, entries) in alone {
            if let Some((kind, position)) = newest(&entries)
                && !self.store.try_arrival(document, kind, position.0)?
            {
                tracing::error!(document.id = %document, "a document ended the app and is not opened again");
                continue;
            }
            let arriving = self.store.arriving(vec![document])?;
            self.fold(&entries, &mut page, &mut taken)?;
            drop(arriving);
            taken.survived.push(document);
        }
        Ok((page, taken))
    }

    /// Folds entries into the page, each document with what the entries say of it.
    fn fold(&self, entries: &[&Entry], page: &mut PageCommit, taken: &mut Taken) -> Result<(), SyncError> {
        let mut foldings: BTreeMap<DocumentId, Folding> = BTreeMap::new();
        for entry in entries {
            match *entry {
                Entry::Receipt(receipt) => self.decided(receipt, page, taken)?,
                // Only administrators' devices get these.
                Entry::Control(control) => page.controls.push(self.kept_control(control)?),
                Entry::Archived(left) => page.archived.push(left.document),
                Entry::Gone(left) => self.folding(&mut foldings, left.document)?.leave(),
                Entry::Snapshot(one) if one.kind.known().is_some() => {
                    let headers = self.accepted_headers(one.envelopes.iter().cloned(), one.document)?;
                    let folding = self.folding(&mut foldings, one.document)?;
                    let folded = folding.snapshot(one);
                    let folded = self.checked(folding, folded, one.document, (&one.heads, one.position))?;
                    taken.note(one.document, folded);
                    self.keep_headers(headers, one.position, page)?;
                }
                Entry::Changes(one) if one.kind.known().is_some() => {
                    let headers = self.accepted_headers(one.envelopes.iter().map(header_of), one.document)?;
                    let folding = self.folding(&mut foldings, one.document)?;
                    let folded = folding.changes(one);
                    let folded = self.checked(folding, folded, one.document, (&one.heads, one.position))?;
                    taken.note(one.document, folded);
                    self.keep_headers(headers, one.position, page)?;
                }
                Entry::Replaced(one) if one.kind.known().is_some() => {
                    self.verify(one)?;
                    let folding = self.folding(&mut foldings, one.document)?;
                    let folded = folding.replaced(one);
                    let folded = self.checked(folding, folded, one.document, (&one.heads, one.position))?;
                    taken.note(one.document, folded);
                }
                // A newer app knows what these are; its first sync brings them.
                Entry::Snapshot(_) | Entry::Changes(_) | Entry::Replaced(_) => {}
            }
        }
        for (document, folding) in foldings {
            if folding.gave_way() {
                self.renew_actor();
            }
            match folding.outcome() {
                folding::Outcome::Written(commit) => page.documents.push(*commit),
                folding::Outcome::Gone => page.gone.push(document),
                folding::Outcome::Untouched => {}
            }
        }
        taken.documents = page.documents.len();
        Ok(())
    }

    fn folding<'a>(
        &self,
        foldings: &'a mut BTreeMap<DocumentId, Folding>,
        document: DocumentId,
    ) -> Result<&'a mut Folding, SyncError> {
        Ok(match foldings.entry(document) {
            btree_map::Entry::Occupied(known) => known.into_mut(),
            btree_map::Entry::Vacant(new) => new.insert(Folding::of(self, document)?),
        })
    }

    fn decided(&self, receipt: &Receipt, page: &mut PageCommit, taken: &mut Taken) -> Result<(), SyncError> {
        self.verify(receipt)?;
        if let Some(own) = self.store.own_envelope(receipt.envelope.0)? {
            taken.rebuild.insert(own.document);
            page.answers.push((own.hash, answer_of(receipt)?));
        }
        Ok(())
    }

    /// The check after each entry, which has brought the document up to `heads`: what else is here
    /// waits for the relay, or came to it after it read the entry.
    fn checked(
        &self,
        folding: &mut Folding,
        folded: Folded,
        document: DocumentId,
        told: (&Heads, Position),
    ) -> Result<Folded, SyncError> {
        let Some(content) = folding.content().filter(|_| folded == Folded::Done) else { return Ok(folded) };
        if self.is_explained(content, document, told)? {
            return Ok(folded);
        }
        tracing::warn!(document.id = %document, "a document holds what its relay does not know");
        folding.give_up();
        Ok(Folded::Lacks)
    }

    fn is_explained(
        &self,
        content: &Document,
        document: DocumentId,
        (heads, position): (&Heads, Position),
    ) -> Result<bool, SyncError> {
        let mut beyond: BTreeSet<ChangeHash> = content.beyond(heads.as_slice()).into_iter().collect();
        if beyond.is_empty() {
            return Ok(true);
        }
        for own in self.store.own_changes(document)? {
            let answer = match own.envelope {
                Some(envelope) => self.store.own_envelope(envelope)?.and_then(|own| own.answer),
                None => None,
            };
            let accepted = answer.filter(|answer| answer.outcome == outcome_name(Outcome::Accepted));
            if accepted.and_then(|answer| answer.position).is_none_or(|at| at > position.0) {
                beyond.remove(&own.change.hash);
            }
        }
        if beyond.is_empty() {
            return Ok(true);
        }
        for bytes in self.store.other_envelopes_of(document)? {
            let other: Receipted<EnvelopeHeader> =
                cbor::decode(&bytes, HEADER_BYTES).map_err(|_| DeviceError::Garbled("envelope"))?;
            if other.receipt.position.is_some_and(|at| at > position) {
                other.envelope.changes.iter().for_each(|change| {
                    beyond.remove(change);
                });
            }
        }
        Ok(beyond.is_empty())
    }

    /// The headers of an entry with their names, when our relay accepted each of them for this record. Asked
    /// before anything of the entry is opened.
    fn accepted_headers(
        &self,
        headers: impl Iterator<Item = Receipted<EnvelopeHeader>>,
        document: DocumentId,
    ) -> Result<Vec<(EnvelopeHash, Receipted<EnvelopeHeader>)>, SyncError> {
        let workspace = self.with_profile(|profile| profile.identity.workspace)?;
        let mut accepted = Vec::new();
        for one in headers {
            let hash = one.envelope.hash()?;
            let is_ours = one.envelope.workspace == workspace && one.envelope.document == document;
            if !is_ours || one.receipt.outcome != Outcome::Accepted {
                return Err(SyncError::Forged);
            }
            self.verify(&one.receipt.receipt(workspace, hash))?;
            accepted.push((hash, one));
        }
        Ok(accepted)
    }

    /// Keeps the signed headers of an entry, except of what this device still has as its own: the chunks
    /// are in the document.
    fn keep_headers(
        &self,
        headers: Vec<(EnvelopeHash, Receipted<EnvelopeHeader>)>,
        entry: Position,
        page: &mut PageCommit,
    ) -> Result<(), SyncError> {
        let ours = self.with_profile(|profile| profile.identity.device)?;
        for (hash, one) in headers {
            if one.envelope.device == ours && self.store.own_envelope(hash.0)?.is_some() {
                continue;
            }
            let position = one.receipt.position.unwrap_or_else(|| {
                // It is no later than what the entry brings the document up to.
                tracing::error!(envelope.hash = %hash, "an envelope came without its place in the log");
                entry
            });
            page.envelopes.push(OtherEnvelope {
                hash: hash.0,
                document: one.envelope.document,
                position: position.0,
                bytes: cbor::encode(&one)?,
                whole: false,
            });
        }
        Ok(())
    }
}

/// The kind of what is told of a document, as far as it is to be opened, and the newest place it is told at.
fn newest(entries: &[&Entry]) -> Option<(Kind, Position)> {
    let opened = entries.iter().filter_map(|entry| match entry {
        Entry::Snapshot(one) => Some((one.kind.known()?, one.position)),
        Entry::Changes(one) => Some((one.kind.known()?, one.position)),
        Entry::Replaced(one) => Some((one.kind.known()?, one.position)),
        Entry::Archived(_) | Entry::Gone(_) | Entry::Receipt(_) | Entry::Control(_) => None,
    });
    opened.max_by_key(|(_, position)| *position)
}

fn header_of(one: &Receipted<Envelope>) -> Receipted<EnvelopeHeader> {
    Receipted { envelope: one.envelope.header(), receipt: one.receipt.clone() }
}

impl Taken {
    fn note(&mut self, document: DocumentId, folded: Folded) {
        match folded {
            Folded::Done => {}
            Folded::Lacks => {
                self.fetch.insert(document);
            }
            Folded::Rebuild => {
                self.rebuild.insert(document);
            }
        }
    }
}

#[cfg(test)]
mod tests;
