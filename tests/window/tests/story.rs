//! The story of a technician's offline work, told by people at two real windows.
//!
//! The same company and people as in the headless story (`halyard_tests::story`), but the first technician
//! and the dispatcher press and read in windows of their own, each on a desktop of its own. The second
//! technician's device has no window. Pictures of both windows lie in `target/story` afterwards.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::path::Path;

use fantoccini::key::Key;
use halyard_domain::time::{Instant, TimeWindow};
use halyard_tests::harness::{Office, PUSH, Place, TestDevice};
use halyard_tests::story::{self, Cast, OFFICE_FINDINGS, Opening, TECHNICIAN_FINDINGS};
use halyard_window_tests::{Desktop, Role, Thing, Window, until};

const CUSTOMER: &str = "ОСББ «Ґанок»";
const HELPER: &str = "Шевчук";

/// A day at work: on the road, at the boiler, through the papers, without any signal.
async fn technician_works(window: &Window) {
    window.press(&Role::Link.named(CUSTOMER)).await.unwrap();
    window.press(&Role::Button.named("Виїхати")).await.unwrap();
    window.press(&Role::Button.named("Прибув")).await.unwrap();
    window.picture("technician-2-arrived").await.unwrap();
    window.press(&Role::Button.named("Почати роботу")).await.unwrap();
    // The works move up to where the address stood: whoever presses sooner presses beside them.
    window.sees(&["Завершити виїзд"]).await.unwrap();
    for (work, volume, sum) in
        [("Промивка", "2", "2 з 2 шт"), ("Заміна", "2", "2 з 4 шт"), ("Утеплення", "5", "5 з 10 м")]
    {
        window.press(&Role::Button.named("Записати").inside(Role::Group, work)).await.unwrap();
        window.write(&Role::TextBox.named("Обсяг"), volume).await.unwrap();
        window.press(&Role::Button.named("Записати")).await.unwrap();
        window.sees(&[sum]).await.unwrap();
    }
    for question in ["Тиск", "Запобіжний клапан"] {
        window.press(&Role::Radio.named("Так").inside(Role::RadioGroup, question)).await.unwrap();
    }
    window.write(&Role::TextBox.named("Висновки"), TECHNICIAN_FINDINGS).await.unwrap();
    window.press(&Role::Button.named("Інші дії")).await.unwrap();
    window.press(&Role::MenuItem.named("Рекламація")).await.unwrap();
    window.press(&Role::Radio.named("Відмова")).await.unwrap();
    window.press(&Role::Radio.named("Значна")).await.unwrap();
    window.write(&Role::TextBox.named("Що не так"), "Котел знову зупинився вночі.").await.unwrap();
    window.picture("technician-3-complaint").await.unwrap();
    window.press(&Role::Button.named("Подати рекламацію")).await.unwrap();
    window.picture("technician-4-working").await.unwrap();
    window.press(&Role::Button.named("Завершити виїзд")).await.unwrap();
    window.press(&Role::Button.named("Виконано все")).await.unwrap();
    window.picture("technician-5-finishing").await.unwrap();
    window.press(&Role::Button.named("Завершити виїзд")).await.unwrap();
    window.sees(&["Виїзд завершено"]).await.unwrap();
}

/// Meanwhile at the desk: a later end, a higher priority, words into the same findings.
async fn office_works(window: &Window, moved: TimeWindow) {
    let until = moved.end().local().format("%H%M").to_string();
    window.write(&Role::TextBox.named("Знайти в журналі"), "Ґанок").await.unwrap();
    window.press(&cell("сьогодні")).await.unwrap();
    // The cursor goes to the sixth cell of the row, and edits it.
    window.type_on(&format!("{}e", char::from(Key::Right).to_string().repeat(6))).await.unwrap();
    window.press(&Role::SpinButton.named("").inside(Role::Group, "До")).await.unwrap();
    window.type_on(&until).await.unwrap();
    window.picture("dispatcher-2-moving").await.unwrap();
    window.press(&Role::Button.named("Зберегти")).await.unwrap();

    open_record(window).await;
    window.write(&Role::TextBox.named("Висновки"), OFFICE_FINDINGS).await.unwrap();
    window.press(&Role::Link.named("Картки")).await.unwrap();
    window.write(&Role::TextBox.named("Знайти в журналі"), "Ґанок").await.unwrap();
    window.press(&cell("Звичайний")).await.unwrap();
    // The fifth cell: the column of priorities.
    window.type_on(&format!("{}e", char::from(Key::Right).to_string().repeat(5))).await.unwrap();
    window.press(&Role::Option.named("Терміновий")).await.unwrap();
    window.picture("dispatcher-3-priority").await.unwrap();
}

/// The visit goes to the second technician.
async fn dispatcher_reassigns(window: &Window) {
    window.press(&Role::Link.named("Виїзди")).await.unwrap();
    window.write(&Role::TextBox.named("Знайти в журналі"), "Ґанок").await.unwrap();
    window.press(&cell("Коваль")).await.unwrap();
    window.type_on("e").await.unwrap();
    window.press(&Role::Option.named("Коваль")).await.unwrap();
    window.press(&Role::Option.named(HELPER)).await.unwrap();
    window.picture("dispatcher-4-reassigning").await.unwrap();
    window.press(&Role::Button.named("Призначити")).await.unwrap();
    window.sees(&[HELPER]).await.unwrap();
}

/// Opens the page of the row of the story's customer.
async fn open_record(window: &Window) {
    window.press(&cell(CUSTOMER)).await.unwrap();
    window.type_on(&char::from(Key::Enter).to_string()).await.unwrap();
}

/// The cell with these words in the row of the story's customer.
fn cell(words: &str) -> Thing {
    Role::Cell.named(words).inside(Role::Row, CUSTOMER)
}

/// What both read when everybody is back: everything of everybody.
async fn read_the_end(technician: &Window, dispatcher: &Window, moved: TimeWindow) {
    let clock = |moment: Instant| moment.local().format("%H:%M").to_string();
    let window = format!("{}–{}", clock(moved.start()), clock(moved.end()));
    let words = [
        "Виконаний",
        "81 %",
        window.as_str(),
        TECHNICIAN_FINDINGS.trim_end(),
        OFFICE_FINDINGS.trim_end(),
        HELPER,
    ];
    technician.sees(&words).await.unwrap();
    technician.sees(&["Почав"]).await.unwrap();
    technician.picture("technician-7-evening").await.unwrap();
    open_record(dispatcher).await;
    dispatcher.sees(&words).await.unwrap();
    dispatcher.sees(&["Роботу почато", "Виїзд завершено"]).await.unwrap();
    dispatcher.picture("dispatcher-5-evening").await.unwrap();
    dispatcher.press(&Role::Link.named("Картки")).await.unwrap();
    dispatcher.write(&Role::TextBox.named("Знайти в журналі"), "Ґанок").await.unwrap();
    open_record(dispatcher).await;
    dispatcher.sees(&["SC-", "81", "Терміновий", "V-"]).await.unwrap();
    dispatcher.picture("dispatcher-6-card").await.unwrap();
}

/// Asks for an exchange with the office now.
async fn send_now(window: &Window) {
    window.press(&Role::Link.named("Ще")).await.unwrap();
    window.press(&Role::Button.named("Обмінятися з офісом зараз")).await.unwrap();
}

/// A device whose window was closed a moment ago.
async fn reopened(folder: &Path, name: &str) -> TestDevice {
    let mut opened = None;
    until("the profile is free", async || {
        opened = TestDevice::open(folder, name).ok();
        Ok(opened.is_some())
    })
    .await
    .unwrap();
    opened.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_story_through_two_windows() {
    let folder = tempfile::tempdir().unwrap();
    let opening = story::open(folder.path(), "small", &mut |_| {}).await.unwrap();
    let Opening { address, relay, wire, cast, scene } = opening;
    let Cast { administrator, dispatcher, first, second } = cast;
    drop((dispatcher, first));
    let profile = |name: &str| TestDevice::profile(folder.path(), name);
    let (tablet, desk) = (Desktop::start(800, 1280).unwrap(), Desktop::start(1366, 768).unwrap());
    let technician = Window::open(&tablet, &profile("first")).await.unwrap();
    technician.resize(800, 1280).await.unwrap();
    let dispatcher = Window::open(&desk, &profile("dispatcher")).await.unwrap();
    dispatcher.resize(1366, 768).await.unwrap();
    technician.sees(&[CUSTOMER, "Усе в офісі"]).await.unwrap();
    technician.picture("technician-1-morning").await.unwrap();
    dispatcher.sees(&["Усе в офісі"]).await.unwrap();
    dispatcher.picture("dispatcher-1-morning").await.unwrap();

    wire.unplug();
    technician_works(&technician).await;
    story::helper_works(&second, &scene).unwrap();
    let end = scene.window.end().plus_seconds(3600).unwrap();
    let moved = TimeWindow::new(scene.window.start(), end).unwrap();
    office_works(&dispatcher, moved).await;
    dispatcher_reassigns(&dispatcher).await;
    dispatcher.sees(&["Усе в офісі"]).await.unwrap();

    let push = wire.stop(PUSH, Place::InAnswer(0));
    wire.plug_in();
    technician.press(&Role::Button.named("Назад")).await.unwrap();
    send_now(&technician).await;
    let halted = push.reached().await.unwrap();
    let stopped = relay.kill().unwrap();
    halted.cut();
    technician.sees(&["на зв’язок"]).await.unwrap();
    technician.picture("technician-6-relay-is-dead").await.unwrap();
    let relay = stopped.start().unwrap();
    send_now(&technician).await;
    technician.sees(&["Усе в офісі"]).await.unwrap();
    second.sync().await.unwrap();
    // A link from a letter or a chat opens the visit in the window that is there.
    technician.start_again(&tablet, &[&format!("halyard://visit/{}", scene.visit)]).await.unwrap();
    read_the_end(&technician, &dispatcher, moved).await;

    drop((technician, dispatcher));
    let dispatcher = reopened(folder.path(), "dispatcher").await;
    let first = reopened(folder.path(), "first").await;
    let cast = Cast { administrator, dispatcher, first, second };
    let sql = "SELECT id FROM complaint WHERE visit = ?1";
    let complaint = Office::in_folder(address.data()).unwrap().rows(sql, &[scene.visit.as_bytes()]).unwrap();
    let complaint = complaint.concat().concat().parse().unwrap();
    story::end(&address, &cast, &scene, complaint, moved).await.unwrap().check().unwrap();
    drop(relay);
}
