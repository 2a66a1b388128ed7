//! What happens elsewhere reaches a person's desktop as a notification, and stays in the window's list.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use halyard_device::life::{Keyring, Life, Protection};
use halyard_device::{Device, Surroundings, ThisMachine};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, ServiceCard, Visit, VisitAct, VisitEvent};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_tests::harness::{Relay, RelayFolder, TestDevice};
use halyard_window_tests::{Desktop, Dunst, NotificationService, Role, Window};
use tokio::runtime::Handle;

/// A profile of somebody with this role that was in step once and is closed again. Answers who it belongs
/// to.
async fn enrolled(relay: &RelayFolder, profile: &Path, role: &str) -> DocumentId {
    joined(relay, profile, role, async |device| {
        device.sync().await.unwrap();
        device.employee().unwrap()
    })
    .await
}

/// A profile of somebody with this role who did something on it and closed it again; nothing is sent by itself.
async fn joined<Done>(
    relay: &RelayFolder,
    profile: &Path,
    role: &str,
    does: impl AsyncFnOnce(&Arc<Device>) -> Done,
) -> Done {
    let invitation = relay.invite("Коваль Іван Петрович", role).unwrap();
    let life = life(profile);
    life.set_online(false).await;
    life.join(&invitation, "Планшет", Protection::Demo).await.unwrap();
    let device = Arc::clone(life.app().unwrap().device());
    let done = does(&device).await;
    drop(device);
    life.end().await;
    done
}

fn life(profile: &Path) -> Arc<Life> {
    Life::new(profile.to_owned(), Keyring::none(), Arc::new(ThisMachine), Handle::current())
}

/// Moves a closed profile to another relay, which is believed to be the office's.
async fn moved(profile: &Path, to: &RelayFolder) {
    let there = to.invite("Кравець Петро Іванович", "technician").unwrap();
    let life = life(profile);
    life.set_online(false).await;
    life.begin().await.unwrap();
    life.app().unwrap().device().move_relay(&there.relay, there.pin).unwrap();
    life.end().await;
}

/// A desktop that shows notifications, an office with a dispatcher's device, and everybody's folder.
struct Company {
    // In the order they end: the desktop takes its folders along.
    _relay: Relay,
    office: TestDevice,
    address: RelayFolder,
    desktop: Desktop,
}

impl Company {
    async fn start() -> Self {
        let desktop = Desktop::start(1366, 768).unwrap();
        let address = RelayFolder::new(&desktop.folder().join("relay"), "Тепло Сервіс").unwrap();
        let relay = address.start().unwrap();
        let office = TestDevice::open(desktop.folder(), "office").unwrap();
        office.enrol(&address, "Бондар Олена Ігорівна", "dispatcher").await.unwrap();
        office.sync().await.unwrap();
        Self { desktop, address, _relay: relay, office }
    }

    /// Somebody with this role: who it is, and the folder of the profile.
    async fn somebody(&self, role: &str) -> (DocumentId, PathBuf) {
        let profile = self.desktop.profile(role);
        (enrolled(&self.address, &profile, role).await, profile)
    }

    /// The window of a profile once it has everything, and what the desktop shows from now on.
    async fn window(&self, profile: &Path) -> (Window, NotificationService) {
        let service = NotificationService::on(&self.desktop).await.unwrap();
        (self.window_in_step(profile).await, service)
    }

    async fn window_in_step(&self, profile: &Path) -> Window {
        let window = Window::open(&self.desktop, profile).await.unwrap();
        let in_step =
            |status: &serde_json::Value| status.pointer("/connection/is").is_some_and(|is| is == "in_step");
        window.call_until("sync_status", in_step).await.unwrap();
        window
    }
}

/// How long it is, and how far it is moved, in seconds: all of it lies within one hour, so on one day.
const SPAN: i64 = 20 * 60;

/// A visit of this employee from the next full hour on, at a customer of this name.
fn give_visit(office: &TestDevice, employee: DocumentId, customer: &str) -> (DocumentId, TimeWindow) {
    let device = &office.device;
    let name = Customer::NAME.set(&customer.to_owned());
    let customer = device.create(Kind::Customer, vec![name]).unwrap();
    let now = office.clock.now();
    let start = now.plus_seconds(3600 - now.unix_seconds().rem_euclid(3600)).unwrap();
    let window = TimeWindow::new(start, start.plus_seconds(SPAN).unwrap()).unwrap();
    let specialists = vec![Ref::to(employee)];
    let dispatched = VisitEvent {
        what: Some(VisitAct::Dispatched),
        specialists: specialists.clone(),
        ..VisitEvent::default()
    };
    let intents = vec![
        Visit::CUSTOMER.set(&Ref::to(customer)),
        Visit::WINDOW.set(&window),
        Visit::SPECIALISTS.set(&specialists),
        device.add(&Visit::EVENTS, &dispatched).unwrap(),
    ];
    (device.create(Kind::Visit, intents).unwrap(), window)
}

fn times(window: TimeWindow) -> String {
    let clock = |moment: Instant| moment.local().format("%H:%M").to_string();
    format!("{}–{}", clock(window.start()), clock(window.end()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_given_to_me_and_moved_is_a_notification_and_a_click_opens_it() {
    let company = Company::start().await;
    let office = &company.office;
    let (technician, profile) = company.somebody("technician").await;
    let (window, mut service) = company.window(&profile).await;

    let (visit, first) = give_visit(office, technician, "ОСББ «Ґанок»");
    office.sync().await.unwrap();
    let shown = service.next().await.unwrap();
    assert_eq!((shown.program.as_str(), shown.summary.as_str()), ("Halyard", "Новий виїзд"));
    assert!(shown.body.contains("ОСББ «Ґанок»") && shown.body.contains(&times(first)), "{}", shown.body);

    let later = TimeWindow::new(first.end(), first.end().plus_seconds(SPAN).unwrap()).unwrap();
    office.device.edit(visit, vec![Visit::WINDOW.set(&later)]).unwrap();
    office.sync().await.unwrap();
    let moved = service.next().await.unwrap();
    assert_eq!(moved.summary, "Виїзд перенесено");
    assert!(moved.body.contains(&times(later)) && moved.body.contains(&times(first)), "{}", moved.body);

    let click = async || service.click(&moved).await;
    window.brought_to(&format!("/visits/{visit}"), click).await.unwrap();

    window.press(&Role::Button.named("Назад")).await.unwrap();
    window.press(&Role::Link.named("2 Ще")).await.unwrap();
    window.press(&Role::Link.named("2 нові сповіщення")).await.unwrap();
    window.sees(&["Новий виїзд: V-", "Виїзд перенесено: V-"]).await.unwrap();
    window.picture("notices").await.unwrap();
    window.press(&Role::Link.named("Виїзд перенесено")).await.unwrap();
    window.at_place(&format!("/visits/{visit}")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktops_own_notification_service_shows_a_visit_given_to_me_and_a_click_on_it_opens_the_visit() {
    let company = Company::start().await;
    let (technician, profile) = company.somebody("technician").await;
    let dunst = Dunst::on(&company.desktop).await.unwrap();
    let window = company.window_in_step(&profile).await;

    let (visit, when) = give_visit(&company.office, technician, "ОСББ «Ґанок»");
    company.office.sync().await.unwrap();
    dunst.displays().await.unwrap();
    window.brought_to(&format!("/visits/{visit}"), async || dunst.click()).await.unwrap();

    let history = dunst.history().unwrap();
    let [(summary, body)] = history.as_slice() else { panic!("{history:?}") };
    assert_eq!(summary, "Новий виїзд");
    assert!(body.contains("ОСББ «Ґанок»") && body.contains(&times(when)), "{body}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_written_by_two_at_once_is_a_notification_that_leads_whoever_decides_to_the_card() {
    let company = Company::start().await;
    let first = &company.office;
    let second = TestDevice::open(company.desktop.folder(), "second").unwrap();
    second.enrol(&company.address, "Ткаченко Ірина Олегівна", "dispatcher").await.unwrap();
    let (_, profile) = company.somebody("dispatcher").await;
    let about = |subject: &str| vec![ServiceCard::SUBJECT.set(&subject.to_owned())];
    let card = first.device.create(Kind::ServiceCard, about("Чилер")).unwrap();
    first.sync().await.unwrap();
    second.sync().await.unwrap();

    let (window, mut service) = company.window(&profile).await;
    for (desk, subject) in [(first, "Чилер на даху"), (&second, "Чилер у підвалі")] {
        desk.device.edit(card, about(subject)).unwrap();
    }
    first.sync().await.unwrap();
    second.sync().await.unwrap();

    let decide = service.next().await.unwrap();
    assert_eq!(decide.summary, "Потрібне рішення");
    assert!(decide.body.contains("Двоє записали різне"), "{}", decide.body);
    let click = async || service.click(&decide).await;
    window.brought_to(&format!("/cards/{card}"), click).await.unwrap();
    window.sees(&["змінили двоє одночасно"]).await.unwrap();
    window.picture("decide").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_halts_the_sync_is_one_notification_that_leads_to_where_it_is_explained() {
    let company = Company::start().await;
    let (_, profile) = company.somebody("technician").await;
    let others = RelayFolder::new(&company.desktop.folder().join("others"), "Холод Плюс").unwrap();
    let _others = others.start().unwrap();
    moved(&profile, &others).await;
    let mut service = NotificationService::on(&company.desktop).await.unwrap();
    let window = Window::open(&company.desktop, &profile).await.unwrap();

    let halted = service.next().await.unwrap();
    assert_eq!(halted.summary, "Обмін зупинився");
    assert!(halted.body.contains("Скажіть адміністратору"), "{}", halted.body);
    let click = async || service.click(&halted).await;
    window.brought_to("/settings", click).await.unwrap();
    window.sees(&["Сервер іншої організації", "Нічого не надіслано. Скажіть адміністратору."]).await.unwrap();
    window.picture("halted").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_the_office_did_not_accept_is_a_notification_that_leads_to_it() {
    let company = Company::start().await;
    let profile = company.desktop.profile("technician");
    // Before the first sync a device does not know its rights: the office judges.
    joined(&company.address, &profile, "technician", async |device| {
        let subject = ServiceCard::SUBJECT.set(&"Чилер на даху".to_owned());
        device.create(Kind::ServiceCard, vec![subject]).unwrap();
    })
    .await;
    let (window, mut service) = company.window(&profile).await;

    let refused = service.next().await.unwrap();
    assert_eq!(refused.summary, "Не прийнято");
    assert!(refused.body.contains("Введене збережено на пристрої"), "{}", refused.body);
    let click = async || service.click(&refused).await;
    window.brought_to("/not-accepted", click).await.unwrap();
    window.sees(&["Чилер на даху"]).await.unwrap();
    window.picture("not-accepted").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_that_waits_for_a_reviewer_is_one_notification_that_leads_to_it_and_none_after_a_restart() {
    let company = Company::start().await;
    let (reviewer, profile) = company.somebody("dispatcher").await;
    // Before the first sync a device does not know its rights: the office judges.
    let technician = TestDevice::open(company.desktop.folder(), "technician").unwrap();
    technician.enrol(&company.address, "Кравець Петро Іванович", "technician").await.unwrap();
    let subject = ServiceCard::SUBJECT.set(&"Чилер на даху".to_owned());
    technician.device.create(Kind::ServiceCard, vec![subject]).unwrap();
    technician.sync().await.unwrap();
    let (window, mut service) = company.window(&profile).await;

    let waits = service.next().await.unwrap();
    assert_eq!(waits.summary, "На розгляд");
    assert_eq!(waits.body, "Неприйняті записи чекають рішення: 1");
    let click = async || service.click(&waits).await;
    window.brought_to("/review", click).await.unwrap();
    window.sees(&["Чилер на даху"]).await.unwrap();
    window.picture("to-review").await.unwrap();

    drop(window);
    let window = Window::open(&company.desktop, &profile).await.unwrap();
    let counts = |status: &serde_json::Value| {
        let in_step = status.pointer("/connection/is").is_some_and(|is| is == "in_step");
        in_step && status.get("to_review").is_some_and(|count| count == 1)
    };
    window.call_until("sync_status", counts).await.unwrap();
    give_visit(&company.office, reviewer, "ОСББ «Ґанок»");
    company.office.sync().await.unwrap();
    assert_eq!(service.next().await.unwrap().summary, "Новий виїзд");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_shown_letter_by_letter_whether_the_desktop_reads_markup_or_not() {
    let company = Company::start().await;
    let office = &company.office;
    let (technician, profile) = company.somebody("technician").await;
    let (_window, mut service) = company.window(&profile).await;
    let mut shown_of = async |name: &str, markup: bool| {
        if markup {
            service.read_markup();
        }
        give_visit(office, technician, name);
        office.sync().await.unwrap();
        service.next().await.unwrap().body
    };

    let plain = shown_of("<a href=\"/\">Ґанок & Ко</a>", false).await;
    assert!(plain.contains("<a href=\"/\">Ґанок & Ко</a>"), "{plain}");
    let markup = shown_of("<b>Поріг & Ко</b>", true).await;
    assert!(markup.contains("&lt;b&gt;Поріг &amp; Ко&lt;/b&gt;"), "{markup}");
}
