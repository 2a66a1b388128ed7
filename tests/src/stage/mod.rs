//! A small company at the moment the reference pages show: a technician's Monday, for tests of the screens.
//!
//! A real relay with real devices: an administrator who made the company's records, a dispatcher, and the
//! technician whose day it is. The clocks of the devices stand at [`TODAY`], whatever the machine's clock
//! says: sync bridges the difference, as it does for any device whose clock is wrong. People and
//! companies are invented.

mod company;
mod day;
mod work;

use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use halyard_device::Surroundings;
use halyard_domain::id::DocumentId;
use halyard_domain::time::Instant;

use crate::harness::{Relay, RelayFolder, TestDevice};

/// The day of the stage, a Monday.
pub const TODAY: &str = "2026-11-23";
/// The day after it.
const TOMORROW: &str = "2026-11-24";

/// What has happened before the curtain goes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scene {
    /// 9:46: the first visit is done, the second is next.
    Morning,
    /// 11:46: at work on the second, some of it written down.
    Noon,
    /// Noon, with a window two dispatchers moved at once and work that was not accepted.
    Trouble,
}

/// The company with its devices.
pub struct Stage {
    /// The relay; it ends with the stage.
    pub relay: Relay,
    /// Whoever keeps people, directories and the company's own record.
    pub administrator: TestDevice,
    /// Whoever plans.
    pub dispatcher: TestDevice,
    /// Whose Monday it is.
    pub technician: TestDevice,
    /// The visits of the technician's day, in order.
    pub visits: Vec<DocumentId>,
}

impl Scene {
    /// The clock of the devices.
    const fn clock(self) -> &'static str {
        match self {
            Self::Morning => "09:46",
            Self::Noon | Self::Trouble => "11:46",
        }
    }
}

impl Stage {
    /// Sets a scene up in an empty folder. Both devices are in step with the relay, except that the
    /// technician's own work of the scene is still on the technician's device.
    ///
    /// # Errors
    /// When the relay does not start or refuses.
    pub async fn set(folder: &Path, scene: Scene) -> anyhow::Result<Self> {
        let address = RelayFolder::new(&folder.join("relay"), "Тепло Сервіс")?;
        let relay = address.start()?;
        let administrator = TestDevice::open(folder, "administrator")?;
        turn_clock(&administrator, "07:30")?;
        administrator.enrol(&address, "Савчук Ірина Львівна", "administrator").await?;
        administrator.sync().await?;

        let technician = TestDevice::open(folder, "technician")?;
        turn_clock(&technician, scene.clock())?;
        technician.enrol(&address, "Коваленко Андрій Петрович", "technician").await?;
        if scene == Scene::Trouble {
            // Before the first sync a device does not know its rights: the relay judges.
            work::make_what_others_make(&technician)?;
        }
        let visits = day::plan(&administrator.device, technician.employee()?)?;
        administrator.sync().await?;
        technician.sync().await?;

        let dispatcher = TestDevice::open(folder, "dispatcher")?;
        turn_clock(&dispatcher, scene.clock())?;
        dispatcher.enrol(&address, "Бондар Олена Ігорівна", "dispatcher").await?;
        dispatcher.sync().await?;
        let stage = Self { relay, administrator, dispatcher, technician, visits };
        work::first_visit(&stage)?;
        stage.technician.sync().await?;
        match scene {
            Scene::Morning => {}
            Scene::Noon => work::until_noon(&stage)?,
            Scene::Trouble => {
                work::until_noon(&stage)?;
                work::move_at_once(&stage).await?;
            }
        }
        stage.administrator.sync().await?;
        Ok(stage)
    }
}

/// An instant of the stage's day in Kyiv.
fn at(clock: &str) -> anyhow::Result<Instant> {
    on(TODAY, clock)
}

fn on(date: &str, clock: &str) -> anyhow::Result<Instant> {
    format!("{date}T{clock}:00+02:00").parse().with_context(|| format!("the clock {clock:?}"))
}

/// Turns a device's clock to a time of the stage's day; it goes on from there.
fn turn_clock(device: &TestDevice, clock: &str) -> anyhow::Result<()> {
    let wanted_ms = at(clock)?.unix_seconds() * 1000;
    device.clock.move_by_ms(wanted_ms - device.clock.now_ms());
    Ok(())
}
