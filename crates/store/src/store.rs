//! The store's promises, one transaction each.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use halyard_domain::id::{DocumentId, IncarnationId};
use halyard_domain::kind::Kind;
use halyard_tables::derived::{self, Session};
use halyard_tables::rows::RecordRows;
use halyard_tables::sql::{SqlRow, Statement, Target};
use rusqlite::Connection;

use crate::blobs::{Files, NewBlob};
use crate::engine::{DatabaseKey, Engine, Lock};
use crate::error::{StopReason, StoreError};
use crate::parse_marks::{ParseMarks, Parsing};
use crate::private::beside;
use crate::rows::Rows;
use crate::types::{
    Answer, EditCommit, EnvelopeKey, Holding, Identity, NumberedChange, OwnEnvelope, PageCommit,
    SealedEnvelope, StoredDocument, SyncState, SyncStateChange,
};
use crate::{arrivals, blobs, documents, drafts, healing, outbox, rows, sync_state};

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// Why a document that ended the app twice is not opened.
pub(crate) const ENDED_THE_APP: &str = "ended the app twice";

/// The device's database.
pub struct Store {
    pub(crate) engine: Engine,
    pub(crate) files: Files,
    to_fill: AtomicBool,
    marks: ParseMarks,
    pub(crate) arrivals: ParseMarks,
}

/// Brings the tables that are never derived up to date.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let report = embedded::migrations::runner().run(connection);
    report.map(|_| ()).map_err(|error| match error.kind() {
        refinery::error::Kind::MissingVersion(_) => StoreError::MadeByNewerApp,
        _ => StoreError::Migration(Box::new(error)),
    })
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Opens or creates the database file with its raw key. A profile's folder is opened by
    /// [`crate::profile::open`], which keeps the key and knows what to do about damage.
    ///
    /// # Errors
    /// When another program has it open, the file is damaged, the key is wrong or the disk is full.
    pub fn open(path: &Path, key: [u8; 32]) -> Result<Self, StoreError> {
        Self::open_locked(path, DatabaseKey(key), Lock::take(path)?)
    }

    pub(crate) fn open_locked(path: &Path, key: DatabaseKey, lock: Lock) -> Result<Self, StoreError> {
        let (marks, mut deadly) = ParseMarks::open(&beside(path, ".parsing"))?;
        let (arrivals, arriving) = ParseMarks::open(&beside(path, ".arriving"))?;
        // Both what was stored and what came was opened.
        deadly.extend(&arriving);
        let mut to_fill = false;
        let engine = Engine::open(path, key, lock, |connection| {
            migrate(connection)?;
            to_fill = rows::prepare(connection)?;
            arrivals::count(connection, &arriving)?;
            documents::count_deaths(connection, &deadly, ENDED_THE_APP)
        })?;
        marks.forget_last_run()?;
        arrivals.forget_last_run()?;
        let files = Files::beside(path, engine.key());
        Ok(Self { engine, files, to_fill: AtomicBool::new(to_fill), marks, arrivals })
    }

    pub(crate) fn key(&self) -> &DatabaseKey {
        self.engine.key()
    }

    pub(crate) fn writing<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.engine.write(work)
    }

    /// Marks documents as being parsed until what is returned is dropped. When the app dies meanwhile,
    /// the next start counts it against them; at the second time they are set aside.
    ///
    /// # Errors
    /// When the mark cannot be written.
    pub fn parsing(&self, documents: Vec<DocumentId>) -> Result<Parsing<'_>, StoreError> {
        self.marks.mark(documents)
    }

    /// Documents over which the app died once. Parse each alone, so that the innocent are cleared.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn suspects(&self) -> Result<Vec<DocumentId>, StoreError> {
        self.engine.read(documents::suspects)
    }

    /// These documents were parsed without harm.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn clear_suspects(&self, documents: Vec<DocumentId>) -> Result<(), StoreError> {
        self.engine.write(move |db| documents.iter().try_for_each(|one| documents::clear(db, *one)))
    }

    /// Documents that are not opened any more, with the reason. New content from the relay frees them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn set_aside(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
        self.engine.read(documents::set_aside)
    }

    /// Sets a document aside, known here or not: it is not opened any more until new content comes.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn put_aside(&self, document: DocumentId, kind: Kind, why: &'static str) -> Result<(), StoreError> {
        self.engine.write(move |db| documents::put_aside(db, document, kind, why))
    }

    /// True when the derived tables are empty or incomplete: [`Store::fill`] every document, then call
    /// [`Store::filled`].
    #[must_use]
    pub fn needs_filling(&self) -> bool {
        self.to_fill.load(Ordering::Acquire)
    }

    /// Fills derived rows of documents after [`Store::needs_filling`]; documents stay as they are.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn fill(&self, records: Vec<RecordRows>) -> Result<(), StoreError> {
        self.engine.write(move |db| {
            let mut refresh = BTreeSet::new();
            for rows in &records {
                refresh.extend(derived::replace(&Rows(db), Target::DEVICE, rows)?);
            }
            derived::refresh(&Rows(db), Target::DEVICE, &refresh)
        })
    }

    /// Notes that every document has its derived rows.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn filled(&self) -> Result<(), StoreError> {
        self.engine.write(rows::filled)?;
        self.to_fill.store(false, Ordering::Release);
        Ok(())
    }

    /// Makes the indexes that lists sorted by another column than usual are read by, where they lack and
    /// there are documents. A first sync writes less without them, so whoever syncs calls this when it is
    /// over. One after the other: an edit waits for one of them at most. Lists are the same without.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn make_sort_indexes(&self) -> Result<(), StoreError> {
        for sql in self.engine.read(rows::lacking_sort_indexes)? {
            self.engine.write(move |db| Ok(db.execute_batch(&sql)?))?;
        }
        Ok(())
    }

    /// Why nothing can be saved any more, when that is so.
    #[must_use]
    pub fn stopped(&self) -> Option<&str> {
        self.engine.stopped().map(|stop| stop.detail.as_str())
    }

    /// What kind of trouble stopped the saving.
    #[must_use]
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.engine.stopped().map(|stop| stop.reason)
    }

    /// A document's content, when it is here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn document(&self, document: DocumentId) -> Result<Option<StoredDocument>, StoreError> {
        self.engine.read(move |db| documents::load(db, document))
    }

    /// Every document here, with its kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn document_ids(&self) -> Result<Vec<(DocumentId, Kind)>, StoreError> {
        self.engine.read(documents::ids)
    }

    /// How many documents are here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn document_count(&self) -> Result<usize, StoreError> {
        self.engine.read(documents::count)
    }

    /// Saves edits together with the files they name, and forgets the drafts of the forms they come from: all of
    /// it or nothing. When this returns it is on disk.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when a document changed since it was read; else when nothing can be saved.
    pub fn commit_edits(&self, edits: Vec<EditCommit>) -> Result<(), StoreError> {
        self.commit_with(edits, |_| Ok(()))
    }

    /// As [`Store::commit_edits`], with what `more` writes in the same transaction.
    pub(crate) fn commit_with(
        &self,
        edits: Vec<EditCommit>,
        more: impl FnOnce(&Connection) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let files: Vec<NewBlob> = edits.iter().filter_map(|edit| edit.file.clone()).collect();
        self.with_files(&files, || {
            self.engine.write(move |db| {
                write_edits(db, &edits)?;
                more(db)
            })
        })
    }

    /// Saves a page of news with the cursor after it: all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when a document changed since it was read; else when nothing can be saved.
    pub fn commit_page(&self, page: PageCommit) -> Result<(), StoreError> {
        self.engine.write(move |db| write_page(db, &page))
    }

    /// Saves the rebuilt content of a document after some of its own changes were refused or replaced:
    /// `forget` leave the outbox, the edit's own changes take their place.
    ///
    /// # Errors
    /// As [`Store::commit_edits`].
    pub fn commit_rebuilt(&self, edit: EditCommit, forget: Vec<i64>) -> Result<(), StoreError> {
        self.engine.write(move |db| {
            let mut refresh = BTreeSet::new();
            documents::write(db, &edit.document, &mut refresh)?;
            outbox::forget(db, &forget)?;
            edit.own.iter().try_for_each(|change| outbox::add(db, change))?;
            derived::refresh(&Rows(db), Target::DEVICE, &refresh)
        })
    }

    /// Changes no envelope carries yet, in the order they were made.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unsent(&self, limit: usize) -> Result<Vec<NumberedChange>, StoreError> {
        self.engine.read(move |db| outbox::unsent(db, limit))
    }

    /// How many own changes the office has not answered for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unsent_count(&self) -> Result<u64, StoreError> {
        self.engine.read(outbox::unsent_count)
    }

    /// The changes of one document made here, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_changes(&self, document: DocumentId) -> Result<Vec<NumberedChange>, StoreError> {
        self.engine.read(move |db| outbox::own_changes(db, document))
    }

    /// How many changes an own envelope carries.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_in(&self, envelope: EnvelopeKey) -> Result<usize, StoreError> {
        self.engine.read(move |db| outbox::count_in(db, &envelope))
    }

    /// The changes an own envelope carries.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn changes_in(&self, envelope: EnvelopeKey) -> Result<Vec<NumberedChange>, StoreError> {
        self.engine.read(move |db| outbox::changes_in(db, &envelope))
    }

    /// Keeps signed envelopes and notes which changes they carry.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn seal(&self, envelopes: Vec<SealedEnvelope>) -> Result<(), StoreError> {
        self.engine.write(move |db| envelopes.iter().try_for_each(|sealed| outbox::seal(db, sealed)))
    }

    /// Envelopes of a document whose work was done anew and which no later envelope has named.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn to_replace(&self, document: DocumentId) -> Result<Vec<EnvelopeKey>, StoreError> {
        self.engine.read(move |db| outbox::to_replace(db, document))
    }

    /// Own envelopes without a receipt, in the order of their chain.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unanswered(&self, limit: usize) -> Result<Vec<OwnEnvelope>, StoreError> {
        self.engine.read(move |db| outbox::unanswered(db, limit))
    }

    /// One own envelope.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_envelope(&self, hash: EnvelopeKey) -> Result<Option<OwnEnvelope>, StoreError> {
        self.engine.read(move |db| outbox::envelope(db, &hash))
    }

    /// The envelope signed at a place of the chain.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_envelope_at(
        &self,
        incarnation: IncarnationId,
        sequence: u64,
    ) -> Result<Option<EnvelopeKey>, StoreError> {
        self.engine.read(move |db| outbox::envelope_at(db, incarnation, sequence))
    }

    /// Every own envelope of a document, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_envelopes_of(&self, document: DocumentId) -> Result<Vec<OwnEnvelope>, StoreError> {
        self.engine.read(move |db| outbox::envelopes_of(db, document))
    }

    /// Other people's envelope headers of a document with their receipts, by position.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn other_envelopes_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.engine.read(move |db| documents::other_envelopes(db, document))
    }

    /// Marks the envelopes from `sequence` on as not answered: the relay has lost them.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn send_again_from(&self, incarnation: IncarnationId, sequence: u64) -> Result<(), StoreError> {
        let lost = self.engine.read(move |db| outbox::answered_from(db, incarnation, sequence))?;
        if !lost {
            return Ok(());
        }
        self.engine.write(move |db| outbox::send_again_from(db, incarnation, sequence))
    }

    /// The last envelope of an incarnation: its sequence and hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn chain_end(&self, incarnation: IncarnationId) -> Result<Option<(u64, EnvelopeKey)>, StoreError> {
        self.engine.read(move |db| outbox::chain_end(db, incarnation))
    }

    /// Keeps the relay's answers. Changes of what it deferred are unsent again.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_answers(&self, answers: Vec<(EnvelopeKey, Answer)>) -> Result<(), StoreError> {
        self.engine.write(move |db| answers.iter().try_for_each(|(hash, one)| outbox::answer(db, hash, one)))
    }

    /// Who this device is; absent before enrolment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.engine.read(sync_state::identity)
    }

    /// Keeps who this device is.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn set_identity(&self, identity: Identity) -> Result<(), StoreError> {
        self.engine.write(move |db| sync_state::set_identity(db, &identity))
    }

    /// Begins a new life of the database: changes of envelopes without an answer are unsent again, and
    /// those envelopes are forgotten.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn begin_incarnation(&self, identity: Identity) -> Result<(), StoreError> {
        self.engine.write(move |db| {
            outbox::unseal_unanswered(db)?;
            sync_state::set_identity(db, &identity)
        })
    }

    /// Every document with its heads as far as the relay has accepted them: what an offer compares.
    /// Documents with work the relay has not accepted are left to the caller.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn holdings(&self) -> Result<Vec<Holding>, StoreError> {
        self.engine.read(documents::holdings)
    }

    /// Where the device stands with its relay.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sync_state(&self) -> Result<SyncState, StoreError> {
        self.engine.read(sync_state::state)
    }

    /// Changes where the device stands with its relay.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn change_sync_state(&self, change: SyncStateChange) -> Result<(), StoreError> {
        self.engine.write(move |db| sync_state::change(db, &change))
    }

    /// Forgets the cursor: the next pull is a first sync.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn forget_cursor(&self) -> Result<(), StoreError> {
        self.engine.write(sync_state::forget_cursor)
    }

    /// Runs a query over the derived tables.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn query(&self, statement: &Statement) -> Result<Vec<SqlRow>, StoreError> {
        self.engine.read(|db| Rows(db).query(statement))
    }
}

fn write_edits(db: &Connection, edits: &[EditCommit]) -> Result<(), StoreError> {
    let mut refresh = BTreeSet::new();
    for edit in edits {
        documents::write(db, &edit.document, &mut refresh)?;
        edit.own.iter().try_for_each(|change| outbox::add(db, change))?;
        edit.form.iter().try_for_each(|form| drafts::forget(db, form))?;
        edit.file.iter().try_for_each(|file| blobs::note(db, file))?;
    }
    derived::refresh(&Rows(db), Target::DEVICE, &refresh)
}

fn write_page(db: &Connection, page: &PageCommit) -> Result<(), StoreError> {
    let mut refresh = BTreeSet::new();
    for document in &page.gone {
        documents::remove(db, *document, &mut refresh)?;
    }
    for document in &page.documents {
        documents::write(db, document, &mut refresh)?;
    }
    for document in &page.archived {
        documents::archive(db, *document)?;
    }
    for envelope in &page.envelopes {
        documents::keep_envelope(db, envelope)?;
    }
    for (hash, answer) in &page.answers {
        outbox::answer(db, hash, answer)?;
    }
    for (hash, bytes) in &page.controls {
        healing::keep_control(db, hash, bytes)?;
    }
    if let (Some(watermark), Some(now_ms)) = (page.state.watermark, page.relay_now_ms) {
        healing::heard_of_watermark(db, watermark, now_ms)?;
    }
    derived::refresh(&Rows(db), Target::DEVICE, &refresh)?;
    sync_state::change(db, &page.state)
}
