//! One record as an Automerge document.

use std::collections::{BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, Change, ReadDoc};
use halyard_domain::hash::ChangeHash;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldPath, Reading};

use crate::error::DocumentError;
use crate::history::Written;
use crate::{read, seed};

/// One record. Cheap to make, costly to keep loaded: lists read derived rows instead.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) automerge: Automerge,
    kind: Kind,
}

impl Document {
    /// A new, empty record of `kind`: its seeds and nothing else.
    ///
    /// # Errors
    /// When the kept seed of the kind is missing, which a test excludes.
    pub fn born(kind: Kind) -> Result<Self, DocumentError> {
        let chunks = seed::seeds_of(kind).iter().map(|seed| seed.bytes.as_slice());
        Self::load(&[], chunks)
    }

    /// Loads a record from a snapshot (empty when there is none) and the raw changes made since.
    ///
    /// # Errors
    /// When the bytes are damaged, when changes are missing, or when no seed tells the kind.
    pub fn load<'a>(base: &[u8], tail: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, DocumentError> {
        let mut automerge =
            guarded(|| if base.is_empty() { Ok(Automerge::new()) } else { Ok(Automerge::load(base)?) })?;
        apply(&mut automerge, tail)?;
        let kind = kind_of(&automerge).ok_or(DocumentError::NoSeed)?;
        Ok(Self { automerge, kind })
    }

    /// The kind its seed gave it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The changes nothing follows yet, sorted.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.automerge.get_heads().into_iter().map(|head| ChangeHash(head.0)).collect()
    }

    /// True when the change is part of the record.
    #[must_use]
    pub fn has(&self, hash: ChangeHash) -> bool {
        self.automerge.get_change_meta_by_hash(&automerge::ChangeHash(hash.0)).is_some()
    }

    /// The changes that are not in the past of `heads`; heads that are not here are passed over.
    #[must_use]
    pub fn beyond(&self, heads: &[ChangeHash]) -> Vec<ChangeHash> {
        let heads: Vec<_> = heads.iter().map(|head| automerge::ChangeHash(head.0)).collect();
        let beyond = self.automerge.get_changes_meta(&heads);
        beyond.iter().map(|change| ChangeHash(change.hash.0)).collect()
    }

    /// Of [`Document::beyond`], what actors wrote whose ids begin with these bytes.
    #[must_use]
    pub fn beyond_by(&self, heads: &[ChangeHash], actors: &[u8]) -> Vec<ChangeHash> {
        let heads: Vec<_> = heads.iter().map(|head| automerge::ChangeHash(head.0)).collect();
        let beyond = self.automerge.get_changes_meta(&heads).into_iter();
        let theirs = beyond.filter(|change| change.actor.to_bytes().starts_with(actors));
        theirs.map(|change| ChangeHash(change.hash.0)).collect()
    }

    /// Merges raw changes. Repeats are harmless.
    ///
    /// # Errors
    /// When a change is damaged or its dependencies are missing; the record in memory is then
    /// spoilt and must be loaded again.
    pub fn apply<'a>(&mut self, chunks: impl IntoIterator<Item = &'a [u8]>) -> Result<(), DocumentError> {
        apply(&mut self.automerge, chunks)
    }

    /// The whole record in one piece, uncompressed: the pages around it compress better together.
    ///
    /// # Errors
    /// When Automerge panics, which it does only on documents spoilt by hostile changes.
    pub fn snapshot(&self) -> Result<Vec<u8>, DocumentError> {
        guarded(|| Ok(self.automerge.save_nocompress()))
    }

    /// Every raw change with its hash, in causal order.
    #[must_use]
    pub fn changes(&self) -> Vec<(ChangeHash, Vec<u8>)> {
        let changes = self.automerge.get_changes(&[]);
        changes.iter().map(|change| (ChangeHash(change.hash().0), change.raw_bytes().to_vec())).collect()
    }

    /// Everything the record says now.
    ///
    /// # Errors
    /// When Automerge cannot read it.
    pub fn reading(&self) -> Result<Reading, DocumentError> {
        guarded(|| read::reading(&self.automerge, self.kind, None))
    }

    /// Everything the record said at `heads`.
    ///
    /// # Errors
    /// When a head is not part of the record.
    pub fn reading_at(&self, heads: &[ChangeHash]) -> Result<Reading, DocumentError> {
        if let Some(unknown) = heads.iter().find(|head| !self.has(**head)) {
            return Err(DocumentError::MissingDependencies(vec![*unknown]));
        }
        let heads: Vec<_> = heads.iter().map(|head| automerge::ChangeHash(head.0)).collect();
        guarded(|| read::reading(&self.automerge, self.kind, Some(&heads)))
    }

    /// The heads of what was written by a moment, in Unix seconds of its authors' clocks; `None` while that is
    /// nothing but seeds.
    ///
    /// A change counts when it was made by then and everything it was made on counts too: this is a state that
    /// somebody really had before their eyes, also when clocks were wrong.
    #[must_use]
    pub fn heads_by(&self, at: i64) -> Option<Vec<ChangeHash>> {
        let (mut kept, mut heads) = (HashSet::new(), BTreeSet::new());
        let mut made = false;
        for change in self.automerge.get_changes_meta(&[]) {
            let is_seed = seed::kind_of_seed(ChangeHash(change.hash.0)).is_some();
            let by_then = is_seed || change.timestamp <= at;
            if !by_then || !change.deps.iter().all(|dep| kept.contains(dep)) {
                continue;
            }
            for dep in &change.deps {
                heads.remove(&ChangeHash(dep.0));
            }
            kept.insert(change.hash);
            heads.insert(ChangeHash(change.hash.0));
            made |= !is_seed;
        }
        made.then(|| heads.into_iter().collect())
    }

    /// What its author had before them who added a row: the record without that row and what others wrote
    /// meanwhile. `None` when the row is not there.
    ///
    /// # Errors
    /// When Automerge cannot read the document.
    pub fn heads_before_row(&self, row: &FieldPath) -> Result<Option<Vec<ChangeHash>>, DocumentError> {
        let history = self.history()?;
        let made =
            history.iter().find(|entry| entry.path == *row && matches!(entry.what, Written::Row { .. }));
        let hash = made.map(|entry| automerge::ChangeHash(entry.change.0));
        let change = hash.and_then(|hash| self.automerge.get_change_by_hash(&hash));
        Ok(change.map(|change| change.deps().iter().map(|head| ChangeHash(head.0)).collect()))
    }

    /// Joins all heads by one change without content, so that what follows need not name them all.
    /// `None` when there is nothing to join.
    ///
    /// # Errors
    /// When Automerge panics, which it does only on documents spoilt by hostile changes.
    pub fn fold(
        &mut self,
        actor: [u8; 16],
        time: i64,
    ) -> Result<Option<(ChangeHash, Vec<u8>)>, DocumentError> {
        if self.automerge.get_heads().len() < 2 {
            return Ok(None);
        }
        guarded(|| {
            self.automerge.set_actor(ActorId::from(actor));
            let hash = self.automerge.empty_commit(CommitOptions::default().with_time(time));
            let change = self.automerge.get_change_by_hash(&hash);
            Ok(change.map(|change| (ChangeHash(hash.0), change.raw_bytes().to_vec())))
        })
    }

    /// The highest operation counter in the record.
    #[must_use]
    pub fn max_op(&self) -> u64 {
        self.automerge.get_changes_meta(&[]).iter().map(|change| change.max_op).max().unwrap_or(0)
    }
}

/// Runs Automerge code that may panic on hostile bytes; what it was working on must be dropped after.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, DocumentError>) -> Result<T, DocumentError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(DocumentError::Panicked))
}

fn apply<'a>(
    automerge: &mut Automerge,
    chunks: impl IntoIterator<Item = &'a [u8]>,
) -> Result<(), DocumentError> {
    guarded(|| {
        let changes = chunks
            .into_iter()
            .map(|chunk| Change::from_bytes(chunk.to_vec()).map_err(DocumentError::BadChange))
            .collect::<Result<Vec<_>, _>>()?;
        if changes.is_empty() {
            return Ok(());
        }
        automerge.apply_changes(changes)?;
        let missing = automerge.get_missing_deps(&[]);
        if missing.is_empty() {
            return Ok(());
        }
        Err(DocumentError::MissingDependencies(missing.iter().map(|hash| ChangeHash(hash.0)).collect()))
    })
}

fn kind_of(automerge: &Automerge) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| {
        seed::seeds_of(*kind).first().is_some_and(|first| {
            automerge.get_change_meta_by_hash(&automerge::ChangeHash(first.hash.0)).is_some()
        })
    })
}
