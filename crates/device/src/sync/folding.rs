//! One document while the entries of a page are folded into it.
//!
//! A page may name a document more than once: a listing brings it whole and the log its changes, or it
//! leaves sight and comes back. Each entry builds on what the ones before it made, and one commit carries
//! the outcome. An entry that cannot be built on puts the document aside for a fetch, which brings all
//! of it.

use std::collections::BTreeSet;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_protocol::hash::{Generation, Heads, Position};
use halyard_protocol::pull::{Changes, Replaced, Snapshot};
use halyard_records::Document;
use halyard_store::{DocumentCommit, StoredDocument};
use halyard_tables::rows::rows_of;

use crate::device::Device;
use crate::edit::FOLD_AFTER;
use crate::sync::SyncError;

/// What an entry came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    /// The document is what the relay says.
    Done,
    /// Something is missing here: the document is to be fetched.
    Lacks,
    /// It stands on another generation than ours: it is to be fetched, and our own work made anew on it.
    Rebuild,
}

/// A document of a page.
pub(super) struct Folding {
    document: DocumentId,
    /// The heads the store holds; absent when the document is not there.
    stored_heads: Option<Vec<ChangeHash>>,
    state: State,
    /// Whether the last word about it was that it left sight.
    gone: bool,
}

enum State {
    /// As it is stored, not opened: nothing was told of it that is not here. With the newest position
    /// told.
    Stored(Box<StoredDocument>, Option<Position>),
    /// It is not here, or what is here cannot be opened.
    Absent,
    Here(Box<Here>),
    /// A fetch will bring it; what the page says of it is passed over.
    ToFetch,
}

struct Here {
    content: Document,
    generation: Generation,
    /// The newest position the page told; absent while it told nothing.
    position: Option<Position>,
    /// A whole document that came, whose bytes can be kept as they are.
    base: Option<Vec<u8>>,
    /// How many raw changes the store holds behind its snapshot.
    tail: usize,
    added: Vec<(ChangeHash, Vec<u8>)>,
}

/// What a page does to a document in the end.
pub(super) enum Outcome {
    Written(Box<DocumentCommit>),
    Gone,
    Untouched,
}

impl Folding {
    /// The document as the store holds it.
    pub(super) fn of(device: &Device, document: DocumentId) -> Result<Self, SyncError> {
        let stored = device.store.document(document)?;
        let stored_heads = stored.as_ref().map(|stored| stored.heads.clone());
        // What was set aside gives way to what the relay holds.
        let state = match stored {
            Some(stored) if stored.set_aside.is_none() => State::Stored(Box::new(stored), None),
            Some(_) | None => State::Absent,
        };
        Ok(Self { document, stored_heads, state, gone: false })
    }

    /// Whether an entry tells nothing but what is stored, as the echo of our own work does: then nothing
    /// needs to be opened.
    fn knows(&mut self, generation: Generation, heads: &Heads, at: Position) -> bool {
        if let State::Stored(stored, position) = &mut self.state
            && stored.generation == generation.0
            && stored.heads == heads.as_slice()
        {
            *position = Some(at);
            self.gone = false;
            return true;
        }
        self.open();
        false
    }

    fn open(&mut self) {
        let State::Stored(stored, position) = &self.state else { return };
        self.state = match Document::load(&stored.base, stored.tail.iter().map(Vec::as_slice)) {
            Ok(content) => State::Here(Box::new(Here {
                content,
                generation: Generation(stored.generation),
                position: *position,
                base: None,
                tail: stored.tail.len(),
                added: Vec::new(),
            })),
            Err(error) => {
                tracing::error!(document.id = %self.document, %error, "what is stored gives way to the relay's");
                State::Absent
            }
        };
    }

    /// The content so far.
    pub(super) fn content(&self) -> Option<&Document> {
        match &self.state {
            State::Here(here) => Some(&here.content),
            State::Stored(..) | State::Absent | State::ToFetch => None,
        }
    }

    /// What the page says of it cannot be trusted here.
    pub(super) fn give_up(&mut self) {
        self.state = State::ToFetch;
    }

    /// The document left sight.
    pub(super) fn leave(&mut self) {
        self.gone = true;
    }

    pub(super) fn snapshot(&mut self, entry: &Snapshot) -> Folded {
        if self.knows(entry.generation, &entry.heads, entry.position) {
            return Folded::Done;
        }
        let folded = match &mut self.state {
            State::Stored(..) | State::ToFetch => return Folded::Done,
            State::Absent => self.begin(&entry.bytes, entry.generation, entry.position),
            State::Here(here) => here.take_whole(entry),
        };
        self.settle(folded, &entry.heads)
    }

    pub(super) fn changes(&mut self, entry: &Changes) -> Folded {
        if self.knows(entry.generation, &entry.heads, entry.position) {
            return Folded::Done;
        }
        let chunks = || entry.envelopes.iter().flat_map(|one| &one.envelope.changes);
        let folded = match &mut self.state {
            State::Stored(..) | State::ToFetch => return Folded::Done,
            State::Here(here) if here.generation != entry.generation => Folded::Rebuild,
            State::Here(here) => {
                let new: Vec<_> = chunks().filter(|chunk| !here.content.has(chunk.hash())).collect();
                let new: Vec<_> = new.iter().map(|chunk| (chunk.hash(), chunk.0.clone())).collect();
                here.position = Some(entry.position);
                here.add(new)
            }
            // A record made after our cursor is told by its envelopes alone.
            State::Absent => match Document::load(&[], chunks().map(|chunk| chunk.0.as_slice())) {
                Ok(content) => {
                    let added = chunks().map(|chunk| (chunk.hash(), chunk.0.clone())).collect();
                    self.arrive(content, entry.generation, entry.position, (Vec::new(), added));
                    Folded::Done
                }
                Err(_) => Folded::Lacks,
            },
        };
        self.settle(folded, &entry.heads)
    }

    pub(super) fn replaced(&mut self, entry: &Replaced) -> Folded {
        if self.knows(entry.generation, &entry.heads, entry.position) {
            return Folded::Done;
        }
        let folded = match &mut self.state {
            State::Stored(..) | State::ToFetch => return Folded::Done,
            State::Absent if self.stored_heads.is_none() => {
                self.begin(&entry.bytes, entry.generation, entry.position)
            }
            // What was made here on the older generation is made anew on the fetched one.
            State::Absent | State::Here(_) => Folded::Rebuild,
        };
        self.settle(folded, &entry.heads)
    }

    fn begin(&mut self, bytes: &[u8], generation: Generation, position: Position) -> Folded {
        match Document::load(bytes, []) {
            Ok(content) => {
                self.arrive(content, generation, position, (bytes.to_vec(), Vec::new()));
                Folded::Done
            }
            Err(error) => {
                tracing::error!(document.id = %self.document, %error, "a document cannot be read");
                Folded::Lacks
            }
        }
    }

    fn arrive(
        &mut self,
        content: Document,
        generation: Generation,
        position: Position,
        (base, added): (Vec<u8>, Vec<(ChangeHash, Vec<u8>)>),
    ) {
        let (position, base) = (Some(position), Some(base));
        self.state = State::Here(Box::new(Here { content, generation, position, base, tail: 0, added }));
    }

    fn settle(&mut self, folded: Folded, heads: &Heads) -> Folded {
        self.gone = false;
        let lacks = |here: &Here| heads.as_slice().iter().any(|head| !here.content.has(*head));
        let folded = match &self.state {
            State::Here(here) if folded == Folded::Done && lacks(here) => Folded::Lacks,
            State::Here(_) | State::Stored(..) | State::Absent | State::ToFetch => folded,
        };
        if folded != Folded::Done {
            self.give_up();
        }
        folded
    }

    /// Whether what was stored is lost for what came, with the work that was made on it here.
    pub(super) fn gave_way(&self) -> bool {
        self.stored_heads.is_some() && matches!(&self.state, State::Here(here) if here.base.is_some())
    }

    /// What the page does to the document.
    pub(super) fn outcome(self) -> Outcome {
        if self.gone {
            return Outcome::Gone;
        }
        match self.state {
            State::Here(here) => match here.position {
                Some(position) => {
                    Outcome::Written(Box::new(here.commit(self.document, self.stored_heads, position)))
                }
                None => Outcome::Untouched,
            },
            State::Stored(stored, Some(position)) => Outcome::Written(Box::new(DocumentCommit {
                document: self.document,
                kind: stored.kind,
                generation: stored.generation,
                expected_heads: self.stored_heads,
                base: None,
                changes: Vec::new(),
                heads: stored.heads,
                position: Some(position.0),
                rows: None,
            })),
            State::Stored(_, None) | State::Absent | State::ToFetch => Outcome::Untouched,
        }
    }
}

impl Here {
    fn take_whole(&mut self, entry: &Snapshot) -> Folded {
        if self.generation != entry.generation {
            return Folded::Rebuild;
        }
        self.position = Some(entry.position);
        if entry.heads.as_slice().iter().all(|head| self.content.has(*head)) {
            return Folded::Done;
        }
        let Ok(theirs) = Document::load(&entry.bytes, []) else { return Folded::Lacks };
        let known: BTreeSet<ChangeHash> = self.content.changes().into_iter().map(|(hash, _)| hash).collect();
        self.add(theirs.changes().into_iter().filter(|(hash, _)| !known.contains(hash)).collect())
    }

    fn add(&mut self, new: Vec<(ChangeHash, Vec<u8>)>) -> Folded {
        if self.content.apply(new.iter().map(|(_, chunk)| chunk.as_slice())).is_err() {
            return Folded::Lacks;
        }
        self.added.extend(new);
        Folded::Done
    }

    fn commit(
        mut self,
        document: DocumentId,
        expected_heads: Option<Vec<ChangeHash>>,
        position: Position,
    ) -> DocumentCommit {
        let rows = match self.content.reading() {
            Ok(reading) => Some(rows_of(document, &reading)),
            Err(error) => {
                tracing::error!(document.id = %document, %error, "a document cannot be read");
                None
            }
        };
        if self.tail + self.added.len() > FOLD_AFTER
            && let Ok(whole) = self.content.snapshot()
        {
            self.base = Some(whole);
            self.added.clear();
        }
        DocumentCommit {
            document,
            kind: self.content.kind(),
            generation: self.generation.0,
            expected_heads,
            base: self.base,
            changes: self.added,
            heads: self.content.heads(),
            position: Some(position.0),
            rows,
        }
    }
}
