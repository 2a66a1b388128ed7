//! Work rescued from a damaged database in which it was no longer written whose device it was.
//!
//! The device was enrolled anew, so it has another key: nobody can sign for the actors of those changes, and
//! no relay takes them as they are. What they meant is entered again under this device's own actors, on the
//! records as the first sync brought them; what was made here is made again. Whatever cannot be entered any
//! more is sent as it is, and the refusal keeps it in the list «Не прийнято» with its values.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_protocol::actor::ActorPrefix;
use halyard_protocol::chunk;
use halyard_protocol::hash::{Generation, Heads, Position};
use halyard_protocol::keys::PublicKey;
use halyard_records::seed::{kind_of_seed, seeds_of};
use halyard_records::{Document, NewChange};
use halyard_store::{DocumentCommit, EditCommit, NumberedChange};
use halyard_tables::rows::rows_of;

use crate::device::Device;
use crate::edit::{BIRTH, RecordEdit, read, snapshot};
use crate::error::DeviceError;
use crate::news::Origin;
use crate::sync::SyncError;
use crate::sync::refused::{Fetched, intents_of};

/// More changes than a device ever holds unsent.
const ALL: usize = 10_000_000;

impl Device {
    /// The records with unsent changes of actors that are not this device's.
    fn strange_work(&self) -> Result<BTreeSet<DocumentId>, SyncError> {
        let prefix = self.with_profile(|profile| ActorPrefix::of(&PublicKey::of(&profile.key)))?;
        let is_strange = |one: &NumberedChange| {
            kind_of_seed(one.change.hash).is_none()
                && chunk::parse(&one.change.chunk).is_ok_and(|header| !header.actor.belongs_to(prefix))
        };
        let unsent = self.store.unsent(ALL)?;
        Ok(unsent.into_iter().filter(is_strange).map(|one| one.change.document).collect())
    }

    /// Enters the strange work again. False, and nothing is changed, while the first sync has not brought the
    /// records it stands on.
    pub(crate) fn enter_rescued(&self) -> Result<bool, SyncError> {
        let _turn = self.signing_turn();
        let strange = self.strange_work()?;
        if !strange.is_empty() && self.store.sync_state()?.last_full_sync_ms.is_none() {
            return Ok(false);
        }
        for document in strange {
            match self.opened(document)? {
                Some((stored, opened)) => {
                    let bytes = snapshot(&opened, document)?;
                    self.rebuild_in_turn(&Fetched {
                        document,
                        kind: stored.kind,
                        generation: Generation(stored.generation),
                        position: Position(stored.position),
                        bytes: &bytes,
                        heads: &Heads::new(stored.heads),
                    })?;
                }
                None => self.bear_again(document)?,
            }
        }
        Ok(true)
    }

    /// Makes a record again that the office never had. Nothing is changed when its making was not rescued.
    fn bear_again(&self, document: DocumentId) -> Result<(), SyncError> {
        let changes = self.store.own_changes(document)?;
        let is_birth = |one: &&NumberedChange| one.change.owners == BIRTH;
        let mut intents: Vec<Intent> = Vec::new();
        for one in changes.iter().filter(is_birth) {
            intents.extend(intents_of(one)?);
        }
        let Some(first) = changes.iter().find(is_birth).filter(|_| !intents.is_empty()) else {
            return Ok(());
        };
        let kind = first.change.kind;
        let unreadable = |source| DeviceError::Document { document, source };
        let mut content = Document::born(kind).map_err(unreadable)?;
        let before = read(&content, document)?;
        let edit = RecordEdit::making(document, kind, intents);
        let seeds = seeds_of(kind).iter().map(|seed| NewChange {
            hash: seed.hash,
            chunk: seed.bytes.clone(),
            owners: Vec::new(),
            intents: Vec::new(),
        });
        let made = seeds.chain(self.make(&mut content, &edit, &edit.intents)?).collect();
        let mut own = self.own_changes(&edit, 0, &before, made);
        let mut forget: Vec<i64> = changes.iter().filter(is_birth).map(|one| one.number).collect();
        for later in changes.iter().filter(|one| !is_birth(one)) {
            let intents = intents_of(later)?;
            let again = self.enter_again(&mut content, (document, kind, 0), &intents)?;
            if intents.is_empty() || again.is_some() {
                forget.push(later.number);
            }
            own.extend(again.into_iter().flatten());
        }
        let reading = read(&content, document)?;
        let commit = DocumentCommit {
            document,
            kind,
            generation: 0,
            expected_heads: None,
            base: Some(snapshot(&content, document)?),
            changes: Vec::new(),
            heads: content.heads(),
            position: None,
            rows: Some(rows_of(document, &reading)),
        };
        self.store.commit_rebuilt(EditCommit { document: commit, own, form: None, file: None }, forget)?;
        self.tell(Origin::Sync, [(document, Some(kind))]);
        Ok(())
    }
}
