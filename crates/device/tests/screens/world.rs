//! A boiler house with a card, a checklist and a visit this morning, on the device of the technician who
//! goes there.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use halyard_device::{App, Device, Surroundings};
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, Ref, RowId, WorkspaceId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::{RowValue, RowsField};
use halyard_domain::records::{
    Address, AddressKind, AnswerKind, Checklist, ChecklistItem, ContactPerson, Customer, Directory,
    DirectoryEntry, Employee, Equipment, PlannedWork, ServiceCard, Visit, VisitAct, VisitEvent,
};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_records::{Document, Editor};
use halyard_store::{DocumentCommit, Identity, PageCommit, SecretKey, Store};
use halyard_tables::rows::rows_of;

/// 2026-03-02 09:00 in Kyiv, a Monday.
pub(crate) const MONDAY_MORNING: &str = "2026-03-02T09:00:00+02:00";

const DATABASE_KEY: [u8; 32] = [7; 32];

/// A clock that a test moves, and random bytes that are the same again in every run.
#[derive(Clone)]
pub(crate) struct TestClock {
    now_ms: Arc<AtomicI64>,
    count: Arc<AtomicU64>,
}

impl Surroundings for TestClock {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }
    fn offset_minutes(&self) -> i32 {
        120
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        let count = self.count.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        bytes.iter_mut().zip(count.iter().rev().cycle()).for_each(|(byte, value)| *byte = *value);
    }
}

pub(crate) struct World {
    pub(crate) app: Arc<App>,
    pub(crate) clock: TestClock,
    pub(crate) me: DocumentId,
    pub(crate) customer: DocumentId,
    pub(crate) equipment: DocumentId,
    pub(crate) card: DocumentId,
    pub(crate) visit: DocumentId,
    pub(crate) flushing: DocumentId,
    pub(crate) piece: DocumentId,
    /// A required yes-or-no question and a number with limits that may stay open.
    pub(crate) questions: [RowId; 2],
    folder: tempfile::TempDir,
}

pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// From `from` to `to` o'clock on a day of March 2026.
pub(crate) fn window(day: u32, from: u32, to: u32) -> TimeWindow {
    let hour = |hour: u32| at(&format!("2026-03-{day:02}T{hour:02}:00:00+02:00"));
    TimeWindow::new(hour(from), hour(to)).unwrap()
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock {
            now_ms: Arc::new(AtomicI64::new(at(MONDAY_MORNING).unix_seconds() * 1000)),
            count: Arc::default(),
        };
        let device = open(folder.path(), &clock);
        let me = employee(&device);
        let (customer, equipment) = customer(&device);
        let (flushing, piece) = (
            entry(&device, Directory::WorkKind, "Промивка теплообмінника"),
            entry(&device, Directory::Unit, "шт"),
        );
        let (checklist, questions) = checklist(&device);
        let planned = PlannedWork {
            work_kind: Some(Ref::to(flushing)),
            unit: Some(Ref::to(piece)),
            volume: Some(2.into()),
            hours: Some(3.into()),
            weight: None,
        };
        let mut intents = vec![
            ServiceCard::CUSTOMER.set(&Ref::to(customer)),
            ServiceCard::EQUIPMENT.set(&Ref::to(equipment)),
            ServiceCard::CHECKLIST.set(&Ref::to(checklist)),
        ];
        add(&device, &mut intents, &ServiceCard::PLANNED_WORKS, &planned);
        let card = device.create(Kind::ServiceCard, intents).unwrap();
        let app = App::new(Arc::new(device));
        let mut world = Self {
            app,
            clock,
            me,
            customer,
            equipment,
            card,
            visit: card,
            flushing,
            piece,
            questions,
            folder,
        };
        world.visit = world.planned_visit(window(2, 10, 12));
        world
    }

    pub(crate) fn device(&self) -> &Device {
        self.app.device()
    }

    /// The same device after a sync brought what somebody wrote into a record with another program: nobody here was
    /// asked whether it may be saved.
    pub(crate) fn received(self, document: DocumentId, intents: &[Intent]) -> Self {
        drop(self.app);
        let store = Store::open(&self.folder.path().join("device.db"), DATABASE_KEY).unwrap();
        let stored = store.document(document).unwrap().unwrap();
        let mut opened = Document::load(&stored.base, stored.tail.iter().map(Vec::as_slice)).unwrap();
        let mut editor = Editor { actor: [9; 16], fresh_actor: &mut || [8; 16], time: 0 };
        let changes = opened.edit(&mut editor, intents).unwrap();
        let commit = DocumentCommit {
            document,
            kind: stored.kind,
            generation: stored.generation,
            expected_heads: Some(stored.heads),
            base: None,
            changes: changes.into_iter().map(|change| (change.hash, change.chunk)).collect(),
            heads: opened.heads(),
            position: None,
            rows: Some(rows_of(document, &opened.reading().unwrap())),
        };
        store.commit_page(PageCommit { documents: vec![commit], ..PageCommit::default() }).unwrap();
        drop(store);
        let app = App::new(Arc::new(open(self.folder.path(), &self.clock)));
        Self { app, ..self }
    }

    /// The database, beside the device.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        let database = rusqlite::Connection::open(self.folder.path().join("device.db")).unwrap();
        let key: String = DATABASE_KEY.iter().map(|byte| format!("{byte:02x}")).collect();
        database.pragma_update(None, "key", format!("x'{key}'")).unwrap();
        database
    }

    /// The clock goes on.
    pub(crate) fn minutes_pass(&self, minutes: i64) {
        self.clock.now_ms.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    /// A visit of the card, planned and dispatched to whoever uses the device.
    pub(crate) fn planned_visit(&self, window: TimeWindow) -> DocumentId {
        let specialists: Vec<Ref<Employee>> = vec![Ref::to(self.me)];
        let mut intents = vec![
            Visit::CARD.set(&Ref::to(self.card)),
            Visit::CUSTOMER.set(&Ref::to(self.customer)),
            Visit::EQUIPMENT.set(&Ref::to(self.equipment)),
            Visit::WINDOW.set(&window),
            Visit::SPECIALISTS.set(&specialists),
        ];
        let sent = VisitEvent { what: Some(VisitAct::Dispatched), specialists, ..VisitEvent::default() };
        add(self.device(), &mut intents, &Visit::EVENTS, &sent);
        self.device().create(Kind::Visit, intents).unwrap()
    }
}

fn open(folder: &Path, clock: &TestClock) -> Device {
    let store = Store::open(&folder.join("device.db"), DATABASE_KEY).unwrap();
    let identity = Identity {
        workspace: WorkspaceId::made_by_rule("test"),
        organisation: "Тепло Сервіс".to_owned(),
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_key: [1; 32],
        relay_pin: None,
        device: DeviceId::made_by_rule("tablet"),
        device_key: SecretKey([2; 32]),
        employee: DocumentId::made_by_rule("ivan"),
        incarnation: IncarnationId::made_by_rule("first"),
    };
    if store.identity().unwrap().is_none() {
        store.set_identity(identity).unwrap();
    }
    Device::on(store, Box::new(clock.clone())).unwrap()
}

fn employee(device: &Device) -> DocumentId {
    let document = device.employee().unwrap();
    let intents = vec![
        Employee::SURNAME.set(&"Коваль".to_owned()),
        Employee::GIVEN_NAME.set(&"Іван".to_owned()),
        Employee::PATRONYMIC.set(&"Петрович".to_owned()),
    ];
    let edit = halyard_device::RecordEdit::making(document, Kind::Employee, intents);
    device.save(&[edit]).unwrap();
    document
}

fn customer(device: &Device) -> (DocumentId, DocumentId) {
    let mut intents = vec![Customer::NAME.set(&"ОСББ «Липки-7»".to_owned())];
    let office = Address {
        address_kind: Some(AddressKind::Legal),
        street: Some("вул. Садова, 1".to_owned()),
        ..Address::default()
    };
    let site = Address {
        address_kind: Some(AddressKind::Site),
        settlement: Some("Житомир".to_owned()),
        street: Some("вул. Промислова, 14".to_owned()),
        access_notes: Some("перепустка на вході".to_owned()),
        ..Address::default()
    };
    add(device, &mut intents, &Customer::ADDRESSES, &office);
    add(device, &mut intents, &Customer::ADDRESSES, &site);
    let head = ContactPerson { surname: Some("Гнатюк".to_owned()), ..ContactPerson::default() };
    let engineer = ContactPerson {
        surname: Some("Романюк".to_owned()),
        given_name: Some("Олег".to_owned()),
        phones: vec!["+380671234567".to_owned()],
        ..ContactPerson::default()
    };
    add(device, &mut intents, &Customer::CONTACTS, &head);
    add(device, &mut intents, &Customer::CONTACTS, &engineer);
    let customer = device.create(Kind::Customer, intents).unwrap();
    let equipment = vec![
        Equipment::NAME.set(&"Котел КСВ-350".to_owned()),
        Equipment::SERIAL.set(&"0817-2214".to_owned()),
        Equipment::CUSTOMER.set(&Ref::to(customer)),
    ];
    (customer, device.create(Kind::Equipment, equipment).unwrap())
}

fn checklist(device: &Device) -> (DocumentId, [RowId; 2]) {
    let mut intents = vec![Checklist::NAME.set(&"Огляд котла".to_owned())];
    let clean = ChecklistItem {
        position: Some(1),
        text: Some("Димохід чистий".to_owned()),
        required: Some(true),
        answer_kind: Some(AnswerKind::YesNo),
        ..ChecklistItem::default()
    };
    let pressure = ChecklistItem {
        position: Some(2),
        text: Some("Тиск, бар".to_owned()),
        answer_kind: Some(AnswerKind::Number),
        minimum: Some(1.into()),
        ..ChecklistItem::default()
    };
    let questions = [
        add(device, &mut intents, &Checklist::ITEMS, &clean),
        add(device, &mut intents, &Checklist::ITEMS, &pressure),
    ];
    (device.create(Kind::Checklist, intents).unwrap(), questions)
}

fn entry(device: &Device, directory: Directory, name: &str) -> DocumentId {
    let intents = vec![DirectoryEntry::DIRECTORY.set(&directory), DirectoryEntry::NAME.set(&name.to_owned())];
    device.create(Kind::DirectoryEntry, intents).unwrap()
}

/// Adds a row to the intents and gives its id.
pub(crate) fn add<T: RowValue>(
    device: &Device,
    intents: &mut Vec<Intent>,
    field: &RowsField<T>,
    value: &T,
) -> RowId {
    let intent = device.add(field, value).unwrap();
    let row = intent.path().row.unwrap();
    intents.push(intent);
    row
}
