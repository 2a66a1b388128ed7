//! A desktop's tray on the bus of a run: it keeps which icons it was given, and uses their menus as people do.

use std::collections::HashMap;

use anyhow::Context;
use tokio::sync::mpsc;
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

use crate::Desktop;

const PATH: &str = "/StatusNotifierWatcher";
const NAME: &str = "org.kde.StatusNotifierWatcher";

/// The tray. It is there while this lives.
#[derive(Debug)]
pub struct Tray {
    bus: zbus::Connection,
    icons: mpsc::UnboundedReceiver<(String, String)>,
}

/// An icon that the tray shows, and the menu under it.
#[derive(Debug)]
pub struct Icon {
    menu: zbus::Proxy<'static>,
}

struct Watcher {
    icons: mpsc::UnboundedSender<(String, String)>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    #[expect(clippy::needless_pass_by_value, reason = "the bus gives it so")]
    fn register_status_notifier_item(&self, #[zbus(header)] header: Header<'_>, path: String) {
        let of = header.sender().map(ToString::to_string).unwrap_or_default();
        // Nobody listens only when the test is over.
        drop(self.icons.send((of, path)));
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
        Ok(Self { bus, icons })
    }

    /// The next icon that a program shows.
    ///
    /// # Errors
    /// When the tray has ended, and when the icon has no menu.
    pub async fn next(&mut self) -> anyhow::Result<Icon> {
        let (of, path) = self.icons.recv().await.context("the tray has ended")?;
        let item = zbus::Proxy::new(&self.bus, of.clone(), path, "org.kde.StatusNotifierItem").await?;
        let menu: OwnedObjectPath = item.get_property("Menu").await.context("the icon has no menu")?;
        Ok(Icon { menu: zbus::Proxy::new(&self.bus, of, menu, "com.canonical.dbusmenu").await? })
    }
}

impl Icon {
    /// What the entries of its menu say, from above.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn menu(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.entries().await?.into_iter().map(|(_, words)| words).collect())
    }

    /// Chooses the entry that says this.
    ///
    /// # Errors
    /// When there is none, and when the program does not answer.
    pub async fn choose(&self, wanted: &str) -> anyhow::Result<()> {
        let entries = self.entries().await?;
        let entry = entries.iter().find(|(_, words)| words == wanted);
        let (id, _) = entry.with_context(|| format!("the menu has {entries:?}"))?;
        Ok(self.menu.call("Event", &(*id, "clicked", Value::from(0), 0_u32)).await?)
    }

    async fn entries(&self) -> anyhow::Result<Vec<(i32, String)>> {
        type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let asked = (0_i32, 1_i32, ["label"].as_slice());
        let (_, (_, _, entries)): (u32, Entry) = self.menu.call("GetLayout", &asked).await?;
        entries.into_iter().map(|one| entry(Structure::try_from(one)?)).collect()
    }
}

/// The number and the words of an entry: the number, its properties, the entries below it.
fn entry(one: Structure<'_>) -> anyhow::Result<(i32, String)> {
    let (id, properties, _): (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>) = one.try_into()?;
    let words = properties.get("label").context("an entry says nothing")?;
    Ok((id, words.downcast_ref::<String>()?))
}
