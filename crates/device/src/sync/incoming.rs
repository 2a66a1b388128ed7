//! Taking in a page of news.
//!
//! Every document of the page is merged, checked against the heads the relay named, read and turned
//! into rows; then the page and the cursor after it are saved in one transaction. A page that comes
//! again changes nothing.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use halyard_domain::id::DocumentId;
use halyard_protocol::cbor;
use halyard_protocol::envelope::{Envelope, EnvelopeHeader};
use halyard_protocol::pull::{Entry, PullAnswer};
use halyard_protocol::receipt::{Receipt, Receipted};
use halyard_store::{OtherEnvelope, PageCommit, StoreError, SyncStateChange};

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::folding::{Folded, Folding, Outcome};
use crate::sync::outgoing::answer_of;

/// How often a page is taken in again when somebody edits while it is.
const TRIES: usize = 16;

/// What a page leaves to be done.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Documents merged.
    pub(crate) documents: usize,
    /// Documents whose content here lacks something: to be fetched whole.
    pub(crate) fetch: BTreeSet<DocumentId>,
    /// Documents with decided or replaced work: to be rebuilt.
    pub(crate) rebuild: BTreeSet<DocumentId>,
}

/// Where news comes from, beside its entries.
pub(crate) struct Source<'a> {
    pub(crate) entries: &'a [Entry],
    pub(crate) state: SyncStateChange,
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
        };
        self.take_entries(&Source { entries: &answer.entries, state })
    }

    /// Takes in entries, whatever call brought them.
    pub(crate) fn take_entries(&self, source: &Source<'_>) -> Result<Taken, SyncError> {
        let mut last = None;
        for _ in 0..TRIES {
            let (page, taken) = self.merge_page(source)?;
            match self.store.commit_page(page) {
                Ok(()) => return Ok(taken),
                Err(StoreError::Stale(document)) => last = Some(document),
                Err(error) => return Err(error.into()),
            }
        }
        last.map_or(Ok(Taken::default()), |document| Err(DeviceError::Contended(document).into()))
    }

    fn merge_page(&self, source: &Source<'_>) -> Result<(PageCommit, Taken), SyncError> {
        let mut page = PageCommit { state: source.state.clone(), ..PageCommit::default() };
        let mut taken = Taken::default();
        let mut foldings: BTreeMap<DocumentId, Folding> = BTreeMap::new();
        // Bytes of others may end the app in ways nothing catches; the next start must know over which.
        let documents = source.entries.iter().filter_map(Entry::document).collect();
        let _parsing = self.store.parsing(documents)?;
        for entry in source.entries {
            match entry {
                Entry::Receipt(receipt) => self.decided(receipt, &mut page, &mut taken)?,
                // Only administrators' devices get these; the administration issue keeps them.
                Entry::Control(_) => {}
                Entry::Archived(left) => page.archived.push(left.document),
                Entry::Gone(left) => self.folding(&mut foldings, left.document)?.leave(),
                Entry::Snapshot(snapshot) if snapshot.kind.known().is_some() => {
                    let folding = self.folding(&mut foldings, snapshot.document)?;
                    let folded = folding.snapshot(snapshot);
                    taken.note(snapshot.document, folded);
                    page.envelopes.extend(snapshot.envelopes.iter().filter_map(|one| self.other_header(one)));
                }
                Entry::Changes(changes) if changes.kind.known().is_some() => {
                    let folding = self.folding(&mut foldings, changes.document)?;
                    let folded = folding.changes(changes);
                    taken.note(changes.document, folded);
                    page.envelopes
                        .extend(changes.envelopes.iter().filter_map(|one| self.other_envelope(one)));
                }
                Entry::Replaced(replaced) if replaced.kind.known().is_some() => {
                    let folding = self.folding(&mut foldings, replaced.document)?;
                    taken.note(replaced.document, folding.replaced(replaced));
                }
                // A newer app knows what these are; its first sync brings them.
                Entry::Snapshot(_) | Entry::Changes(_) | Entry::Replaced(_) => {}
            }
        }
        for (document, folding) in foldings {
            match folding.outcome() {
                Outcome::Written(commit) => page.documents.push(commit),
                Outcome::Gone => page.gone.push(document),
                Outcome::Untouched => {}
            }
        }
        taken.documents = page.documents.len();
        Ok((page, taken))
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
        self.verify_receipt(receipt)?;
        if let Some(own) = self.store.own_envelope(receipt.envelope.0)? {
            taken.rebuild.insert(own.document);
            page.answers.push((own.hash, answer_of(receipt)?));
        }
        Ok(())
    }

    fn other_envelope(&self, one: &Receipted<Envelope>) -> Option<OtherEnvelope> {
        self.other_header(&Receipted { envelope: one.envelope.header(), receipt: one.receipt.clone() })
    }

    /// Somebody else's header as it is kept: the chunks are in the document.
    fn other_header(&self, one: &Receipted<EnvelopeHeader>) -> Option<OtherEnvelope> {
        let ours = self.with_profile(|profile| profile.identity.device).ok();
        if ours == Some(one.envelope.device) {
            return None;
        }
        Some(OtherEnvelope {
            hash: one.envelope.hash().ok()?.0,
            document: one.envelope.document,
            position: one.receipt.position?.0,
            bytes: cbor::encode(one).ok()?,
            whole: false,
        })
    }
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
