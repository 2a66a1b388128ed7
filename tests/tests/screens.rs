//! What needs more than one device: the bridge that browsers use, the review queue, both sides of a
//! conflict, and that screens hear of what others did.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use halyard_device::actions::deciding::{
    ConflictToDecide, Wish, WishToAnswer, answer_proposal, decide_conflict, propose,
};
use halyard_device::life::{Keyring, Life, calls};
use halyard_device::notices::{Notice, Watch};
use halyard_device::screens::ScreenError;
use halyard_device::screens::desk::desk_queue;
use halyard_device::screens::history::{RefusedOutcome, WrittenView, not_accepted};
use halyard_device::screens::review::{ReviewAsked, ReviewDecision, ReviewLine, decide_review, review_queue};
use halyard_device::screens::status::{Connection, Nothing, sync_status};
use halyard_device::screens::visit::{PageOf, visit_page};
use halyard_device::{App, AppEvent};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{Employee, ServiceCard, Visit};
use halyard_domain::time::TimeWindow;
use halyard_domain::value::Scalar;
use halyard_tests::harness::{Bridge, Relay, RelayFolder, TestDevice};
use serde_json::{Value, json};
use tokio::runtime::Handle;

/// Whoever waits longer for something has lost it.
const PATIENCE: Duration = Duration::from_secs(60);

struct Office {
    folder: tempfile::TempDir,
    relay: Relay,
    dispatcher: TestDevice,
    technician: TestDevice,
}

/// A relay, a dispatcher who has synced, and a technician who has only joined.
async fn office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let dispatcher = TestDevice::open(folder.path(), "dispatcher").unwrap();
    dispatcher.enrol(&address, "Бондар Олена Ігорівна", "dispatcher").await.unwrap();
    dispatcher.sync().await.unwrap();
    let technician = TestDevice::open(folder.path(), "technician").unwrap();
    technician.enrol(&address, "Коваль Іван Петрович", "technician").await.unwrap();
    Office { folder, relay, dispatcher, technician }
}

fn app(person: &TestDevice) -> Arc<App> {
    App::new(Arc::clone(&person.device))
}

fn window(text: &str) -> TimeWindow {
    text.parse().unwrap()
}

fn visit_for(dispatcher: &TestDevice, technician: DocumentId) -> DocumentId {
    let people: Vec<Ref<Employee>> = vec![Ref::to(technician)];
    let planned = window("2026-03-02T10:00:00+02:00/2026-03-02T12:00:00+02:00");
    let device = &dispatcher.device;
    let subject = vec![ServiceCard::SUBJECT.set(&"ТО-2".to_owned())];
    let card = Ref::to(device.create(Kind::ServiceCard, subject).unwrap());
    let intents = vec![Visit::CARD.set(&card), Visit::WINDOW.set(&planned), Visit::SPECIALISTS.set(&people)];
    device.create(Kind::Visit, intents).unwrap()
}

/// The life of a device's profile once its program has begun again, without network.
async fn begun_offline(closed: TestDevice, folder: &Path) -> Arc<Life> {
    let TestDevice { name, device, clock } = closed;
    drop(device);
    let profile = TestDevice::profile(folder, &name);
    let life = Life::new(profile, Keyring::none(), Arc::new(clock), Handle::current());
    life.set_online(false).await;
    life.begin().await.unwrap();
    life
}

#[tokio::test]
async fn refused_work_is_looked_through_and_decided_at_the_office() {
    let office = office().await;
    // Before the first sync a device does not know its rights yet: the relay judges.
    let subject = |text: &str| vec![ServiceCard::SUBJECT.set(&text.to_owned())];
    office.technician.device.create(Kind::ServiceCard, subject("Чилер на даху")).unwrap();
    office.technician.device.create(Kind::ServiceCard, subject("Помилкова картка")).unwrap();
    office.technician.sync().await.unwrap();
    let refused = not_accepted(&app(&office.technician), &Nothing {}).unwrap();
    assert_eq!(refused.iter().map(|one| one.outcome).collect::<Vec<_>>(), [RefusedOutcome::InReview; 2]);

    let reviewer = app(&office.dispatcher);
    let queue = review_queue(&reviewer, &ReviewAsked { after: None }).await.unwrap();
    assert_eq!(queue.items[0].kind, "service_card");
    let decision = |subject: &str, accept, answer: Option<&str>| {
        let says = |item: &&ReviewLine| {
            let writes = item.writes.as_ref().unwrap();
            let subject = Scalar::Text(subject.to_owned());
            writes.iter().any(|one| matches!(&one.what, WrittenView::Value { to, .. } if *to == subject))
        };
        let item = queue.items.iter().find(says).unwrap();
        ReviewDecision {
            envelope: item.envelope.clone(),
            accept,
            answer: answer.map(ToOwned::to_owned),
            form: None,
        }
    };
    decide_review(&reviewer, &decision("Чилер на даху", true, None)).await.unwrap();
    decide_review(&reviewer, &decision("Помилкова картка", false, Some("є вже"))).await.unwrap();
    assert!(review_queue(&reviewer, &ReviewAsked { after: None }).await.unwrap().items.is_empty());
    let again = decide_review(&reviewer, &decision("Помилкова картка", true, None)).await.unwrap_err();
    let ScreenError::AlreadyDecided { by: Some(by), at_ms, accepted: false } = again else {
        panic!("{again}")
    };
    assert_eq!((by.document, at_ms > 0), (office.dispatcher.employee().unwrap(), true));

    office.technician.sync().await.unwrap();
    let refused = not_accepted(&app(&office.technician), &Nothing {}).unwrap();
    assert_eq!(refused.iter().map(|one| one.outcome).collect::<Vec<_>>(), [RefusedOutcome::Declined]);
    office.dispatcher.sync().await.unwrap();
    assert_eq!(office.dispatcher.device.find("Чилер", &[Kind::ServiceCard]).unwrap().len(), 1);
}

#[tokio::test]
async fn work_that_the_first_sync_brings_back_unaccepted_is_told_and_the_plan_it_brings_is_not() {
    let office = office().await;
    let me = office.technician.employee().unwrap();
    visit_for(&office.dispatcher, me);
    office.dispatcher.sync().await.unwrap();
    let subject = vec![ServiceCard::SUBJECT.set(&"Чилер на даху".to_owned())];
    let card = office.technician.device.create(Kind::ServiceCard, subject).unwrap();
    let mut watch = Watch::begin(&office.technician.device).unwrap();
    office.technician.sync().await.unwrap();
    let told = watch.look(&office.technician.device, &Connection::Off).unwrap();
    assert!(matches!(told[..], [Notice::NotAccepted { document, .. }] if document == card), "{told:?}");
    assert_eq!(watch.look(&office.technician.device, &Connection::Off).unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_review_is_told_once_of_what_waits_and_its_count_stays_without_a_network() {
    let office = office().await;
    let subject = vec![ServiceCard::SUBJECT.set(&"Чилер на даху".to_owned())];
    office.technician.device.create(Kind::ServiceCard, subject).unwrap();
    office.technician.sync().await.unwrap();
    let Office { folder, relay: _relay, dispatcher, technician } = office;
    let life = begun_offline(dispatcher, folder.path()).await;
    let mut events = life.events();
    let waiting = |life: &Life| sync_status(&life.app().unwrap(), &Nothing {}).unwrap().to_review;
    assert_eq!(waiting(&life), 0);

    life.set_online(true).await;
    let told = async {
        loop {
            if let Some(AppEvent::Notice { notice }) = events.next().await {
                return notice;
            }
        }
    };
    let told = tokio::time::timeout(PATIENCE, told).await.expect("the person is told");
    assert_eq!(told, Notice::Review { count: 1 });
    assert_eq!(waiting(&life), 1);

    life.set_online(false).await;
    let reviewer = life.app().unwrap();
    assert_eq!(waiting(&life), 1);
    let mut watch = Watch::begin(reviewer.device()).unwrap();
    assert_eq!(watch.look(reviewer.device(), &Connection::InStep).unwrap(), []);

    let queue = review_queue(&reviewer, &ReviewAsked { after: None }).await.unwrap();
    let envelope = queue.items[0].envelope.clone();
    let decision = ReviewDecision { envelope, accept: true, answer: None, form: None };
    decide_review(&reviewer, &decision).await.unwrap();
    assert_eq!(waiting(&life), 0);
    assert_eq!(sync_status(&app(&technician), &Nothing {}).unwrap().to_review, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_five_visits_given_at_once_the_list_names_each_and_the_person_is_interrupted_once() {
    let office = office().await;
    office.technician.sync().await.unwrap();
    let Office { folder, relay: _relay, dispatcher, technician } = office;
    let people: Vec<Ref<Employee>> = vec![Ref::to(technician.employee().unwrap())];
    let life = begun_offline(technician, folder.path()).await;
    let mut events = life.events();
    let subject = vec![ServiceCard::SUBJECT.set(&"ТО-2".to_owned())];
    let card = Ref::to(dispatcher.device.create(Kind::ServiceCard, subject).unwrap());
    let given = [8, 10, 12, 14, 16].map(|hour| {
        let day = "2099-03-02T";
        let planned = window(&format!("{day}{hour:02}:00:00+02:00/{day}{:02}:00:00+02:00", hour + 1));
        let visit = [Visit::CARD.set(&card), Visit::WINDOW.set(&planned), Visit::SPECIALISTS.set(&people)];
        dispatcher.device.create(Kind::Visit, visit.to_vec()).unwrap()
    });
    dispatcher.sync().await.unwrap();

    life.set_online(true).await;
    let interrupted = async {
        loop {
            if let Some(AppEvent::Notice { notice }) = events.next().await {
                return notice;
            }
        }
    };
    let interrupted = tokio::time::timeout(PATIENCE, interrupted).await.unwrap();
    assert_eq!(interrupted, Notice::Several { count: given.len() });
    let list = calls::call(&life, "notices", json!({})).await.unwrap();
    let listed = list.as_array().unwrap().iter().map(|line| &line["notice"]);
    let listed: Vec<_> = listed.map(|notice| (notice["is"].clone(), notice["visit"].clone())).collect();
    assert_eq!(listed, given.map(|visit| (json!("visit_assigned"), json!(visit))));
    life.end().await;
}

#[tokio::test]
async fn a_technician_may_not_look_into_the_queue() {
    let office = office().await;
    let asked = ReviewAsked { after: None };
    let error = review_queue(&app(&office.technician), &asked).await.unwrap_err();
    let told = serde_json::to_value(error).unwrap();
    assert_eq!(told["code"], "relay");
    assert_eq!(told["trouble"]["what"], "refused");
}

#[tokio::test]
async fn a_conflict_shows_both_sides_and_one_choice_ends_it() {
    let office = office().await;
    let me = office.technician.employee().unwrap();
    let visit = visit_for(&office.dispatcher, me);
    office.dispatcher.sync().await.unwrap();
    let second = TestDevice::open(office.folder.path(), "second").unwrap();
    second.enrol(office.relay.folder(), "Шевчук Олег Іванович", "dispatcher").await.unwrap();
    second.sync().await.unwrap();
    let early = window("2026-03-02T08:00:00+02:00/2026-03-02T09:00:00+02:00");
    let late = window("2026-03-02T16:00:00+02:00/2026-03-02T18:00:00+02:00");
    office.dispatcher.device.edit(visit, vec![Visit::WINDOW.set(&early)]).unwrap();
    second.device.edit(visit, vec![Visit::WINDOW.set(&late)]).unwrap();
    office.dispatcher.sync().await.unwrap();
    second.sync().await.unwrap();
    office.dispatcher.sync().await.unwrap();

    let reviewer = app(&office.dispatcher);
    let page = visit_page(&reviewer, &PageOf::now(visit)).unwrap();
    let conflict = &page.head.conflicts[0];
    assert!(conflict.may_decide);
    let sides: Vec<_> = conflict.sides.iter().map(|side| side.by.as_ref().unwrap().title.clone()).collect();
    assert!(sides.contains(&"Шевчук Олег Іванович".to_owned()), "{sides:?}");
    assert!(conflict.sides.iter().all(|side| side.arrived_ms.is_some() && side.device.is_some()));

    let waits = desk_queue(&reviewer, &Nothing {}).unwrap();
    assert_eq!(waits.records.iter().map(|head| head.document).collect::<Vec<_>>(), [visit]);
    let value = conflict.sides[0].value.clone();
    let path = conflict.path.clone();
    let seen = page.head.heads.iter().map(|head| head.parse().unwrap()).collect();
    let asked = ConflictToDecide { document: visit, path, seen, value: value.clone() };
    decide_conflict(&reviewer, &asked).unwrap();
    office.dispatcher.sync().await.unwrap();
    second.sync().await.unwrap();
    let page = visit_page(&app(&second), &PageOf::now(visit)).unwrap();
    assert!(page.head.conflicts.is_empty());
    assert!(desk_queue(&reviewer, &Nothing {}).unwrap().records.is_empty());
    assert_eq!(Some(page.window.unwrap().to_string().as_str()), value.as_text());
}

#[tokio::test]
async fn a_wish_waits_at_the_desk_until_one_person_answers_it() {
    let office = office().await;
    let me = office.technician.employee().unwrap();
    let visit = visit_for(&office.dispatcher, me);
    office.dispatcher.sync().await.unwrap();
    office.technician.sync().await.unwrap();
    let wish = Wish {
        document: visit,
        path: FieldPath::root("duration_minutes"),
        value: json!(90),
        why: "складний доступ".to_owned(),
    };
    propose(&app(&office.technician), &wish).unwrap();
    office.technician.sync().await.unwrap();
    office.dispatcher.sync().await.unwrap();

    let reviewer = app(&office.dispatcher);
    let queue = desk_queue(&reviewer, &Nothing {}).unwrap();
    let proposal = &queue.records[0].proposals[0];
    assert_eq!((&proposal.stands, &proposal.value), (&Scalar::Null, &Scalar::Int(90)));
    let seen = queue.records[0].heads.iter().map(|head| head.parse().unwrap()).collect();
    let answer =
        WishToAnswer { document: visit, row: proposal.row, seen, accept: true, answer: None, form: None };
    answer_proposal(&reviewer, &answer).unwrap();
    assert!(desk_queue(&reviewer, &Nothing {}).unwrap().records.is_empty());
    let late = answer_proposal(&reviewer, &WishToAnswer { accept: false, ..answer }).unwrap_err();
    let told = serde_json::to_value(late).unwrap();
    assert_eq!((&told["code"], &told["accepted"]), (&json!("already_decided"), &json!(true)));
    assert_eq!(told["by"]["title"], "Бондар Олена Ігорівна");
    let page = visit_page(&reviewer, &PageOf::now(visit)).unwrap();
    assert_eq!(page.duration_minutes, Some(90));
}

#[tokio::test]
async fn what_the_rights_refuse_is_said_before_anything_is_typed() {
    let office = office().await;
    let me = office.technician.employee().unwrap();
    let visit = visit_for(&office.dispatcher, me);
    office.dispatcher.sync().await.unwrap();
    office.technician.sync().await.unwrap();
    let page = visit_page(&app(&office.technician), &PageOf::now(visit)).unwrap();
    let rights = serde_json::to_value(&page.head.rights).unwrap();
    assert_eq!(rights["known"], true);
    assert!(rights["fields"].as_array().unwrap().contains(&json!("works")));
    assert_eq!(rights["refusals"]["window"]["reason"], json!({ "code": "not_yours", "owners": ["office"] }));
    assert!(page.primary.unwrap().refusal.is_none());
}

/// Posts JSON and gives the status with the answer.
async fn post(http: &reqwest::Client, url: String, body: &Value) -> (u16, Value) {
    let answer = http.post(url).header("content-type", "application/json").body(body.to_string());
    let answer = answer.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

#[tokio::test]
async fn a_browser_asks_acts_and_is_told_what_others_did() {
    let office = office().await;
    office.technician.sync().await.unwrap();
    let me = office.technician.employee().unwrap();
    let screens = tempfile::tempdir().unwrap();
    std::fs::write(screens.path().join("index.html"), "<p>Halyard</p>").unwrap();
    let Office { folder, relay: _relay, dispatcher, technician } = office;
    let life = begun_offline(technician, folder.path()).await;
    let bridge = Bridge::serve(Arc::clone(&life), 0, screens.path()).await.unwrap();
    // Plain HTTP it is, but no client is made without a provider. Another test may have set it.
    drop(rustls::crypto::ring::default_provider().install_default());
    let http = reqwest::Client::new();
    let call = |name: &str| format!("{}/call/{name}", bridge.url());

    let (status, told) = post(&http, call("me"), &json!({})).await;
    assert_eq!((status, told["employee"]["title"].as_str()), (200, Some("Коваль Іван Петрович")));
    let (status, error) = post(&http, call("visit_page"), &json!({ "document": me })).await;
    assert_eq!((status, error["code"].as_str()), (422, Some("another_kind")));
    let page = http.get(format!("{}/visits/1", bridge.url())).send().await.unwrap();
    assert_eq!(page.text().await.unwrap(), "<p>Halyard</p>");

    let mut events = life.events();
    let (_, network) = post(&http, format!("{}/network", bridge.url()), &json!({ "on": true })).await;
    assert_eq!(network, json!({ "on": true }));
    let visit = visit_for(&dispatcher, me);
    dispatcher.sync().await.unwrap();
    let heard = async {
        loop {
            if let Some(AppEvent::Records(changed)) = events.next().await
                && changed.records.iter().any(|one| one.document == visit)
            {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.unwrap();
    let (_, network) = post(&http, format!("{}/network", bridge.url()), &json!({ "on": false })).await;
    assert_eq!(network, json!({ "on": false }));
    assert_eq!(life.app().unwrap().connection(), Connection::Off);
    let (status, _) =
        post(&http, call("take_visit_step"), &json!({ "visit": visit, "act": "accepted" })).await;
    assert_eq!(status, 200);
    let (_, chip) = post(&http, call("sync_status"), &json!({})).await;
    assert_eq!((chip["unsent"].as_u64(), &chip["connection"]), (Some(1), &json!({ "is": "off" })));
}
