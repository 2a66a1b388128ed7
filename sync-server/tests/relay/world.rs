//! A relay with a real database and a real merge worker, and tablets that make real changes.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, Ref, RowId, WorkspaceId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::Authored;
use halyard_domain::records::{Common, Customer, Equipment, ServiceCard, Visit, VisitAct, VisitEvent};
use halyard_domain::rights::shipped_roles;
use halyard_domain::time::Instant;
use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::cursor::SealedCursor;
use halyard_protocol::enrol::{EnrolRequest, Standing};
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Generation};
use halyard_protocol::keys::{PublicKey, Signature};
use halyard_protocol::pull::{Entry, PullAnswer, PullRequest};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::time::UnixMs;
use halyard_records::seed::seeds_of;
use halyard_records::{Document, Editor};
use halyard_sync_server::merge::pool::{Pool, WorkerCommand};
use halyard_sync_server::outside::{Chance, Clock};
use halyard_sync_server::relay::{Caller, CreateWorkspace, PersonName, Relay, RelayError};
use halyard_sync_server::storage::sqlite::SqliteStorage;

/// A day in milliseconds.
pub(crate) const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// A relay in a folder of its own, whose time stands still until it is moved.
pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) relay: Relay,
    pub(crate) workspace: WorkspaceId,
    pub(crate) administrator: DocumentId,
    now: Arc<AtomicU64>,
    counter: AtomicU64,
}

/// The real worker of this program.
pub(crate) fn worker() -> WorkerCommand {
    WorkerCommand {
        program: env!("CARGO_BIN_EXE_sync-server").into(),
        arguments: vec!["merge-worker".to_owned()],
        longest: Duration::from_secs(60),
    }
}

fn relay(folder: &std::path::Path, now: &Arc<AtomicU64>, worker: WorkerCommand) -> Relay {
    let storage = SqliteStorage::open(&folder.join("relay.db")).unwrap();
    let told = Arc::clone(now);
    let clock = Clock::told_by(move || told.load(Ordering::Relaxed));
    Relay::new(Arc::new(storage), Pool::start(worker).unwrap(), clock, Chance::system())
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // 2026-03-02 in the morning.
        let now = Arc::new(AtomicU64::new(1_772_434_800_000));
        let relay = relay(folder.path(), &now, worker());
        let administrator = PersonName {
            surname: "Мельник".to_owned(),
            given_name: "Ірина".to_owned(),
            patronymic: Some("Петрівна".to_owned()),
        };
        let wanted = CreateWorkspace { name: "Тепло".to_owned(), demo: true, administrator };
        let created = relay.create_workspace(wanted).await.unwrap();
        let counter = AtomicU64::new(1);
        Self {
            folder,
            relay,
            workspace: created.workspace,
            administrator: created.administrator,
            now,
            counter,
        }
    }

    /// The same database under a relay that was started anew.
    pub(crate) fn restarted(self) -> Self {
        self.restarted_with(worker())
    }

    pub(crate) fn restarted_with(self, worker: WorkerCommand) -> Self {
        let Self { folder, relay: old, workspace, administrator, now, counter } = self;
        drop(old);
        let relay = relay(folder.path(), &now, worker);
        Self { folder, relay, workspace, administrator, now, counter }
    }

    /// A copy made earlier in the place of the database.
    pub(crate) fn restored_from(self, copy: &str) -> Self {
        let Self { folder, relay: old, workspace, administrator, now, counter } = self;
        drop(old);
        for suffix in ["-wal", "-shm"] {
            let beside = folder.path().join(format!("relay.db{suffix}"));
            if beside.exists() {
                std::fs::remove_file(beside).unwrap();
            }
        }
        std::fs::rename(folder.path().join(copy), folder.path().join("relay.db")).unwrap();
        let relay = relay(folder.path(), &now, worker());
        Self { folder, relay, workspace, administrator, now, counter }
    }

    /// The database under any program's eyes.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("relay.db")).unwrap()
    }

    /// Spoils the first page of an index where it lies on the disk.
    pub(crate) fn spoil_index(&self, name: &str) {
        let database = self.database();
        database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let root = "SELECT rootpage * page_size FROM sqlite_schema, pragma_page_size WHERE name = ?1";
        let end: i64 = database.query_row(root, [name], |row| row.get(0)).unwrap();
        let size: i64 = database.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
        let file = std::fs::OpenOptions::new().write(true).open(self.folder.path().join("relay.db")).unwrap();
        file.write_all_at(&[0x5a; 64], u64::try_from(end - size).unwrap()).unwrap();
    }

    pub(crate) fn wait_ms(&self, ms: u64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }

    /// The relay's clock.
    pub(crate) fn now_ms(&self) -> i64 {
        i64::try_from(self.now.load(Ordering::Relaxed)).unwrap()
    }

    pub(crate) fn next(&self) -> u64 {
        self.counter.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn id(&self) -> DocumentId {
        DocumentId::new_at(self.now.load(Ordering::Relaxed), self.random())
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        for (byte, value) in bytes.iter_mut().rev().zip(self.next().to_le_bytes()) {
            *byte = value;
        }
        bytes
    }

    /// Somebody with one of the shipped roles.
    pub(crate) async fn hire(&self, surname: &str, role: &str) -> DocumentId {
        let name =
            PersonName { surname: surname.to_owned(), given_name: "Олег".to_owned(), patronymic: None };
        self.relay.hire(self.workspace, &name, &[role_id(role)]).await.unwrap()
    }

    /// A tablet of an employee, enrolled by a code.
    pub(crate) async fn tablet(&self, employee: DocumentId) -> Tablet<'_> {
        let invitation = self.relay.invite(self.workspace, employee).await.unwrap();
        let tablet = Tablet::blank(self, employee);
        let request = EnrolRequest {
            code: invitation.code,
            device: tablet.device,
            key: PublicKey::of(&tablet.key),
            name: "планшет".to_owned(),
        };
        let answer = self.relay.enrol(request).await.unwrap();
        assert_eq!((answer.standing, answer.employee), (Standing::Active, employee));
        tablet
    }

    /// A tablet of somebody new with that role.
    pub(crate) async fn tablet_of(&self, surname: &str, role: &str) -> Tablet<'_> {
        self.tablet(self.hire(surname, role).await).await
    }

    #[track_caller]
    pub(crate) fn all_is_well(&self, found: &halyard_sync_server::relay::Verification) {
        let findings: Vec<String> = found.findings.iter().map(ToString::to_string).collect();
        assert_eq!(findings, Vec::<String>::new());
        assert!(found.documents > 0 && found.envelopes > 0 && found.log_entries > 0);
    }
}

/// The record of a shipped role.
pub(crate) fn role_id(code: &str) -> DocumentId {
    shipped_roles().into_iter().find(|role| role.code == code).unwrap().id
}

/// A tablet: its key, its chain, its documents and its cursor.
pub(crate) struct Tablet<'w> {
    pub(crate) world: &'w World,
    pub(crate) key: SigningKey,
    pub(crate) device: DeviceId,
    pub(crate) employee: DocumentId,
    pub(crate) incarnation: IncarnationId,
    pub(crate) sequence: u64,
    pub(crate) previous: Option<EnvelopeHash>,
    pub(crate) documents: BTreeMap<DocumentId, Document>,
    pub(crate) cursor: Option<SealedCursor>,
    pub(crate) outbox: Vec<Envelope>,
    /// What was gone, in the order it went.
    pub(crate) gone: Vec<DocumentId>,
    /// Receipts that came by pulling.
    pub(crate) told: Vec<Receipt>,
    /// Entries received, in order.
    pub(crate) received: Vec<Entry>,
}

impl<'w> Tablet<'w> {
    pub(crate) fn blank(world: &'w World, employee: DocumentId) -> Self {
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&world.next().to_be_bytes());
        Self {
            world,
            key: SigningKey::from_bytes(&secret),
            device: DeviceId::new_at(0, world.random()),
            employee,
            incarnation: IncarnationId::new_at(0, world.random()),
            sequence: 0,
            previous: None,
            documents: BTreeMap::new(),
            cursor: None,
            outbox: Vec::new(),
            gone: Vec::new(),
            told: Vec::new(),
            received: Vec::new(),
        }
    }

    pub(crate) fn caller(&self) -> Caller {
        Caller {
            workspace: self.world.workspace,
            device: self.device,
            employee: self.employee,
            standing: Standing::Active,
        }
    }

    pub(crate) fn fresh_actor(&self) -> [u8; 16] {
        ActorId::new(ActorPrefix::of(&PublicKey::of(&self.key)), self.world.random()).0
    }

    /// Makes a record and seals it for sending.
    pub(crate) fn make(&mut self, kind: Kind, intents: &[Intent]) -> DocumentId {
        let id = self.world.id();
        let mut all = vec![Common::AUTHOR.set(&Ref::to(self.employee))];
        all.extend_from_slice(intents);
        let mut document = Document::born(kind).unwrap();
        let actor = self.fresh_actor();
        let mut same = || actor;
        let mut editor = Editor { actor, fresh_actor: &mut same, time: 0 };
        let made = document.edit_at_birth(&mut editor, &all).unwrap();
        let seeds = seeds_of(kind).iter().map(|seed| Chunk(seed.bytes.clone()));
        let changes = seeds.chain(made.into_iter().map(|change| Chunk(change.chunk))).collect();
        self.documents.insert(id, document);
        let envelope = self.seal(id, kind, changes);
        self.outbox.push(envelope);
        id
    }

    /// Edits a record it holds; one envelope for each change.
    pub(crate) fn edit(&mut self, id: DocumentId, intents: &[Intent]) {
        let actor = self.fresh_actor();
        let mut same = || actor;
        let mut editor = Editor { actor, fresh_actor: &mut same, time: 0 };
        let document = self.documents.get_mut(&id).expect("the tablet holds the record");
        let kind = document.kind();
        let changes = document.edit(&mut editor, intents).unwrap();
        assert!(!changes.is_empty(), "the edit changes something");
        for change in changes {
            let envelope = self.seal(id, kind, vec![Chunk(change.chunk)]);
            self.outbox.push(envelope);
        }
    }

    /// Signs the next envelope of the chain.
    pub(crate) fn seal(&mut self, document: DocumentId, kind: Kind, changes: Vec<Chunk>) -> Envelope {
        self.seal_with(document, kind, changes, Vec::new())
    }

    pub(crate) fn seal_with(
        &mut self,
        document: DocumentId,
        kind: Kind,
        changes: Vec<Chunk>,
        replaces: Vec<EnvelopeHash>,
    ) -> Envelope {
        self.sequence += 1;
        let mut envelope = Envelope {
            v: 1,
            workspace: self.world.workspace,
            document,
            generation: Generation(0),
            kind: kind.into(),
            employee: self.employee,
            device: self.device,
            incarnation: self.incarnation,
            sequence: self.sequence,
            previous: self.previous,
            time: UnixMs(0),
            replaces,
            changes,
            signature: Signature::missing(),
        };
        self.previous = Some(envelope.sign(&self.key).unwrap());
        envelope
    }

    pub(crate) async fn try_push(&self, envelopes: Vec<Envelope>) -> Result<PushAnswer, RelayError> {
        self.world.relay.push(self.caller(), PushRequest { envelopes, ..PushRequest::default() }).await
    }

    /// Sends everything unsent.
    pub(crate) async fn push(&mut self) -> Vec<Receipt> {
        let envelopes = std::mem::take(&mut self.outbox);
        let answer = self.try_push(envelopes.clone()).await.unwrap();
        assert_eq!(answer.receipts.len(), envelopes.len(), "every envelope has its receipt");
        for (envelope, receipt) in envelopes.iter().zip(&answer.receipts) {
            assert_eq!(receipt.envelope, envelope.hash().unwrap());
        }
        answer.receipts
    }

    /// Sends everything unsent, all of which must be merged.
    #[track_caller]
    pub(crate) fn push_well(&mut self) -> impl Future<Output = Vec<Receipt>> {
        let place = std::panic::Location::caller();
        async move {
            let receipts = self.push().await;
            for receipt in &receipts {
                assert_eq!(
                    (receipt.outcome, receipt.reason.as_ref()),
                    (Outcome::Accepted, None),
                    "pushed at {place}: {receipt:?}"
                );
            }
            receipts
        }
    }

    /// One page.
    pub(crate) async fn pull_page(&mut self, max_bytes: Option<u32>) -> PullAnswer {
        let request = PullRequest { cursor: self.cursor.clone(), max_bytes, ..PullRequest::default() };
        let answer = self.world.relay.pull(self.caller(), request).await.unwrap();
        for entry in answer.entries.clone() {
            self.take(entry);
        }
        self.cursor = Some(answer.cursor.clone());
        answer
    }

    /// Everything new; afterwards the relay knows that this tablet has it.
    pub(crate) async fn pull(&mut self) {
        while !self.pull_page(None).await.complete {}
        assert!(self.pull_page(None).await.entries.is_empty());
    }

    fn take(&mut self, entry: Entry) {
        self.received.push(entry.clone());
        match entry {
            Entry::Snapshot(entry) => {
                let document = Document::load(&entry.bytes, []).unwrap();
                assert_eq!(document.heads(), entry.heads.as_slice());
                self.documents.insert(entry.document, document);
            }
            Entry::Changes(entry) => {
                let chunks = entry.envelopes.iter().flat_map(|one| &one.envelope.changes);
                let chunks: Vec<&[u8]> = chunks.map(|chunk| chunk.0.as_slice()).collect();
                match self.documents.get_mut(&entry.document) {
                    Some(document) => document.apply(chunks).unwrap(),
                    None => {
                        self.documents.insert(entry.document, Document::load(&[], chunks).unwrap());
                    }
                }
                let heads: BTreeSet<_> = self.documents[&entry.document].heads().into_iter().collect();
                assert!(
                    entry
                        .heads
                        .as_slice()
                        .iter()
                        .all(|head| heads.contains(head) || self.documents[&entry.document].has(*head))
                );
            }
            Entry::Gone(entry) => {
                self.documents.remove(&entry.document);
                self.gone.push(entry.document);
            }
            Entry::Receipt(receipt) => self.told.push(receipt),
            Entry::Control(_) | Entry::Replaced(_) | Entry::Archived(_) => {}
        }
    }

    pub(crate) fn reading(&self, id: DocumentId) -> Reading {
        self.documents[&id].reading().unwrap()
    }

    pub(crate) fn holds(&self, id: DocumentId) -> bool {
        self.documents.contains_key(&id)
    }

    pub(crate) fn number(&self, id: DocumentId) -> Option<String> {
        self.reading(id).value("number").as_text().map(str::to_owned)
    }

    /// A customer with an object and a card on it.
    pub(crate) fn make_card(&mut self) -> Site {
        let customer = self.make(Kind::Customer, &[Customer::NAME.set(&"Оболонь".to_owned())]);
        let equipment = self.make(Kind::Equipment, &[Equipment::CUSTOMER.set(&Ref::to(customer))]);
        let intents =
            [ServiceCard::CUSTOMER.set(&Ref::to(customer)), ServiceCard::EQUIPMENT.set(&Ref::to(equipment))];
        let card = self.make(Kind::ServiceCard, &intents);
        Site { customer, equipment, card }
    }

    /// A visit of a card for these specialists.
    pub(crate) fn make_visit(&mut self, site: Site, specialists: &[DocumentId]) -> DocumentId {
        let intents = [
            Visit::CARD.set(&Ref::to(site.card)),
            Visit::CUSTOMER.set(&Ref::to(site.customer)),
            Visit::EQUIPMENT.set(&Ref::to(site.equipment)),
            assigned(specialists),
        ];
        self.make(Kind::Visit, &intents)
    }

    /// Says what happened on a visit.
    pub(crate) fn happened(&mut self, visit: DocumentId, what: VisitAct) {
        let row = RowId::new_at(0, self.world.random());
        let authored = self.authored();
        self.edit(
            visit,
            &[Visit::EVENTS.add(row, authored, &VisitEvent { what: Some(what), ..VisitEvent::default() })],
        );
    }

    pub(crate) fn authored(&self) -> Authored {
        let at: Instant = "2026-03-02T10:00:00+02:00".parse().unwrap();
        Authored { by: Ref::to(self.employee), at }
    }
}

/// The records around a card.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    pub(crate) customer: DocumentId,
    pub(crate) equipment: DocumentId,
    pub(crate) card: DocumentId,
}

/// Gives a visit to these specialists.
pub(crate) fn assigned(specialists: &[DocumentId]) -> Intent {
    Visit::SPECIALISTS.set(&specialists.iter().map(|one| Ref::to(*one)).collect())
}

/// The outcomes, in order.
pub(crate) fn outcomes(receipts: &[Receipt]) -> Vec<Outcome> {
    receipts.iter().map(|receipt| receipt.outcome).collect()
}

/// Equal records, whatever way they came.
#[track_caller]
pub(crate) fn check_same(one: &Tablet<'_>, other: &Tablet<'_>) {
    let content = |tablet: &Tablet<'_>| -> Vec<_> {
        tablet
            .documents
            .iter()
            .map(|(id, document)| (*id, document.heads(), document.reading().unwrap()))
            .collect()
    };
    assert_eq!(content(one), content(other));
}
