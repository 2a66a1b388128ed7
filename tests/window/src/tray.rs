//! A desktop's tray on the bus of a run: it keeps which icons it was given.

use anyhow::Context;
use tokio::sync::mpsc;

use crate::Desktop;

const PATH: &str = "/StatusNotifierWatcher";
const NAME: &str = "org.kde.StatusNotifierWatcher";

/// The tray. It is there while this lives.
#[derive(Debug)]
pub struct Tray {
    _bus: zbus::Connection,
    icons: mpsc::UnboundedReceiver<String>,
}

struct Watcher {
    icons: mpsc::UnboundedSender<String>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String) {
        // Nobody listens only when the test is over.
        drop(self.icons.send(service));
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Tray {
    /// Begins to show icons on a desktop.
    ///
    /// # Errors
    /// When the bus does not take it.
    pub async fn on(desktop: &Desktop) -> anyhow::Result<Self> {
        let (sender, icons) = mpsc::unbounded_channel();
        let bus = zbus::connection::Builder::address(desktop.bus_address())?
            .name(NAME)?
            .serve_at(PATH, Watcher { icons: sender })?
            .build()
            .await
            .context("the bus took no tray")?;
        Ok(Self { _bus: bus, icons })
    }

    /// The next icon that a program shows, by its name on the bus.
    ///
    /// # Errors
    /// When the tray has ended.
    pub async fn next(&mut self) -> anyhow::Result<String> {
        self.icons.recv().await.context("the tray has ended")
    }
}
