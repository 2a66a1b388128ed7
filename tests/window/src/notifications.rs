//! A notification service on the bus of a run, which keeps what it is given.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use tokio::sync::mpsc;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

use crate::Desktop;

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";
/// The longest a notification may take from the office's edit to the bus.
const PATIENCE: Duration = Duration::from_secs(60);

/// A notification as a person would have seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The service's number for it.
    pub id: u32,
    /// Which program it is of.
    pub program: String,
    /// The first line.
    pub summary: String,
    /// The rest.
    pub body: String,
    /// What can be done: names and labels in turn.
    pub actions: Vec<String>,
}

/// The service. It has the bus's name for notifications while it lives.
#[derive(Debug)]
pub struct NotificationService {
    bus: zbus::Connection,
    shown: mpsc::UnboundedReceiver<Shown>,
    reads_markup: Arc<AtomicBool>,
}

struct Service {
    next: u32,
    shown: mpsc::UnboundedSender<Shown>,
    reads_markup: Arc<AtomicBool>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    fn get_capabilities(&self) -> Vec<String> {
        let markup = self.reads_markup.load(Ordering::SeqCst).then_some("body-markup");
        ["actions", "body"].into_iter().chain(markup).map(str::to_owned).collect()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("halyard-tests".to_owned(), "Halyard".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[expect(clippy::too_many_arguments, reason = "the desktop's protocol has so many")]
    fn notify(
        &mut self,
        program: String,
        _replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout_ms: i32,
    ) -> u32 {
        self.next += 1;
        let shown = Shown { id: self.next, program, summary, body, actions };
        // Nobody listens only when the test is over.
        drop(self.shown.send(shown));
        self.next
    }

    fn close_notification(&self, _id: u32) {}

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

impl NotificationService {
    /// Begins to serve on the bus of a desktop.
    ///
    /// # Errors
    /// When the bus does not take it.
    pub async fn on(desktop: &Desktop) -> anyhow::Result<Self> {
        let (sender, shown) = mpsc::unbounded_channel();
        let reads_markup = Arc::default();
        let service = Service { next: 0, shown: sender, reads_markup: Arc::clone(&reads_markup) };
        let bus = zbus::connection::Builder::address(desktop.bus_address())?
            .name(NAME)?
            .serve_at(PATH, service)?
            .build()
            .await
            .context("the bus took no notification service")?;
        Ok(Self { bus, shown, reads_markup })
    }

    /// From now on it says that it reads markup in the body, as most services do.
    pub fn read_markup(&self) {
        self.reads_markup.store(true, Ordering::SeqCst);
    }

    /// The next notification.
    ///
    /// # Errors
    /// When none comes within a minute.
    pub async fn next(&mut self) -> anyhow::Result<Shown> {
        let next = tokio::time::timeout(PATIENCE, self.shown.recv()).await;
        next.context("no notification came")?.context("the notification service has ended")
    }

    /// Clicks on a notification. The program begins to listen for clicks a moment after it has shown the
    /// notification: a person is never as fast, a test clicks again.
    ///
    /// # Errors
    /// When the bus refuses.
    pub async fn click(&self, shown: &Shown) -> anyhow::Result<()> {
        let emitter = SignalEmitter::new(&self.bus, PATH)?;
        Ok(Service::action_invoked(&emitter, shown.id, "default").await?)
    }
}
