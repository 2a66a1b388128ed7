//! Taking in a page of news.
//!
//! Every document of the page is merged, checked against the heads the relay named, read and turned
//! into rows; then the page and the cursor after it are saved in one transaction. A page that comes
//! again changes nothing.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_protocol::cbor;
use halyard_protocol::envelope::{Envelope, EnvelopeHeader};
use halyard_protocol::hash::{Generation, Heads, Position};
use halyard_protocol::pull::{Changes, Entry, PullAnswer, Replaced, Snapshot};
use halyard_protocol::receipt::{Receipt, Receipted};
use halyard_records::Document;
use halyard_store::{DocumentCommit, OtherEnvelope, PageCommit, StoreError, SyncStateChange};
use halyard_tables::rows::rows_of;

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
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
        // Bytes of others may end the app in ways nothing catches; the next start must know over which.
        let documents = source.entries.iter().filter_map(Entry::document).collect();
        let _parsing = self.store.parsing(documents)?;
        for entry in source.entries {
            match entry {
                Entry::Snapshot(snapshot) => self.snapshot(snapshot, &mut page, &mut taken)?,
                Entry::Changes(changes) => self.changes(changes, &mut page, &mut taken)?,
                Entry::Replaced(replaced) => self.replaced(replaced, &mut page, &mut taken)?,
                Entry::Gone(left) => page.gone.push(left.document),
                Entry::Archived(left) => page.archived.push(left.document),
                Entry::Receipt(receipt) => self.decided(receipt, &mut page, &mut taken)?,
                // Only administrators' devices get these; the administration issue keeps them.
                Entry::Control(_) => {}
            }
        }
        taken.documents = page.documents.len();
        Ok((page, taken))
    }

    fn snapshot(&self, entry: &Snapshot, page: &mut PageCommit, taken: &mut Taken) -> Result<(), SyncError> {
        let Some(kind) = entry.kind.known() else { return Ok(()) };
        let theirs = match Document::load(&entry.bytes, []) {
            Ok(theirs) => theirs,
            Err(error) => {
                tracing::error!(document.id = %entry.document, %error, "a snapshot cannot be read");
                return Ok(());
            }
        };
        let place =
            Place { document: entry.document, kind, generation: entry.generation, position: entry.position };
        match self.opened(entry.document) {
            Ok(Some((stored, mut ours))) if stored.generation == entry.generation.0 => {
                let chunks = theirs.changes();
                let chunks = chunks.iter().map(|(_, chunk)| chunk.as_slice());
                if ours.apply(chunks).is_ok() {
                    let base = Some(crate::edit::snapshot(&ours, entry.document)?);
                    page.documents.push(place.commit(Some(stored.heads), base, Vec::new(), &ours));
                } else {
                    taken.rebuild.insert(entry.document);
                }
            }
            Ok(Some(_)) => {
                taken.rebuild.insert(entry.document);
            }
            Ok(None) => {
                page.documents.push(place.commit(None, Some(entry.bytes.clone()), Vec::new(), &theirs));
            }
            Err(DeviceError::SetAside(_) | DeviceError::Document { .. }) => {
                let heads = self.store.document(entry.document)?.map(|stored| stored.heads);
                page.documents.push(place.commit(heads, Some(entry.bytes.clone()), Vec::new(), &theirs));
            }
            Err(error) => return Err(error.into()),
        }
        page.envelopes.extend(entry.envelopes.iter().filter_map(|one| self.other_header(one)));
        Ok(())
    }

    fn changes(&self, entry: &Changes, page: &mut PageCommit, taken: &mut Taken) -> Result<(), SyncError> {
        let Some(kind) = entry.kind.known() else { return Ok(()) };
        let opened = match self.opened(entry.document) {
            Ok(Some(opened)) => opened,
            Ok(None) | Err(DeviceError::SetAside(_) | DeviceError::Document { .. }) => {
                taken.fetch.insert(entry.document);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let (stored, mut ours) = opened;
        if stored.generation != entry.generation.0 {
            taken.rebuild.insert(entry.document);
            return Ok(());
        }
        let chunks = entry.envelopes.iter().flat_map(|one| &one.envelope.changes);
        let new: Vec<_> = chunks.filter(|chunk| !ours.has(chunk.hash())).collect();
        let merged = ours.apply(new.iter().map(|chunk| chunk.0.as_slice()));
        if merged.is_err() || lacks(&ours, &entry.heads) {
            taken.fetch.insert(entry.document);
            return Ok(());
        }
        let place =
            Place { document: entry.document, kind, generation: entry.generation, position: entry.position };
        let added = new.iter().map(|chunk| (chunk.hash(), chunk.0.clone())).collect();
        page.documents.push(place.commit(Some(stored.heads), None, added, &ours));
        page.envelopes.extend(entry.envelopes.iter().filter_map(|one| self.other_envelope(one)));
        Ok(())
    }

    fn replaced(&self, entry: &Replaced, page: &mut PageCommit, taken: &mut Taken) -> Result<(), SyncError> {
        let Some(kind) = entry.kind.known() else { return Ok(()) };
        if self.store.document(entry.document)?.is_some() {
            // What was made here on the older generation is made anew on the fetched one.
            taken.rebuild.insert(entry.document);
            return Ok(());
        }
        if let Ok(theirs) = Document::load(&entry.bytes, []) {
            let place = Place {
                document: entry.document,
                kind,
                generation: entry.generation,
                position: entry.position,
            };
            page.documents.push(place.commit(None, Some(entry.bytes.clone()), Vec::new(), &theirs));
        }
        Ok(())
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

/// A document as the relay places it.
struct Place {
    document: DocumentId,
    kind: Kind,
    generation: Generation,
    position: Position,
}

impl Place {
    fn commit(
        &self,
        expected_heads: Option<Vec<halyard_domain::hash::ChangeHash>>,
        base: Option<Vec<u8>>,
        changes: Vec<(halyard_domain::hash::ChangeHash, Vec<u8>)>,
        content: &Document,
    ) -> DocumentCommit {
        let rows = match content.reading() {
            Ok(reading) => Some(rows_of(self.document, &reading)),
            Err(error) => {
                tracing::error!(document.id = %self.document, %error, "a document cannot be read");
                None
            }
        };
        DocumentCommit {
            document: self.document,
            kind: self.kind,
            generation: self.generation.0,
            expected_heads,
            base,
            changes,
            heads: content.heads(),
            position: Some(self.position.0),
            rows,
        }
    }
}

fn lacks(document: &Document, heads: &Heads) -> bool {
    heads.as_slice().iter().any(|head| !document.has(*head))
}
