//! Serves devices to browsers, for tests of the screens: the stage of the reference pages, or people of a
//! demo company. Each device has a loopback port of its own; one JSON line a device says where it is, and
//! `{"ready":true}` comes when all are there. It ends with its standard input or an interrupt, and nothing
//! of it is kept, unless a folder is named: then a device in it can be served again, as after a kill.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use halyard_device::life::{Keyring, Life};
use halyard_device::{Surroundings, ThisMachine};
use halyard_tests::demo::{Demo, Size};
use halyard_tests::harness::{Bridge, MovableClock, Relay, RelayFolder, TestDevice};
use halyard_tests::stage::{Scene, Stage};
use serde_json::json;

/// Serves devices to browsers, for tests of the screens.
#[derive(Parser)]
struct Arguments {
    /// A scene of the stage: a technician's Monday
    #[arg(long, conflicts_with = "size")]
    scene: Option<Scene>,
    /// How large a demo company to make when there is no scene
    #[arg(long, default_value = "small")]
    size: Size,
    /// Of the demo company whose devices: the first of this role, and for the same role again the next
    #[arg(long = "as", value_name = "ROLE", default_values = ["technician", "dispatcher"])]
    roles: Vec<String>,
    /// Begin offline: nothing is sent or received until somebody switches the network on
    #[arg(long)]
    offline: bool,
    /// Serve one more device, which nobody has used yet, and invite a new technician for it
    #[arg(long)]
    newcomer: bool,
    /// Keep the devices in this folder
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Serve this device of the folder alone, as it was left, without its relay
    #[arg(long, value_name = "NAME", requires_all = ["folder", "clock_ms"])]
    again: Option<String>,
    /// Where the clock of a device that is served again stands, Unix milliseconds
    #[arg(long)]
    clock_ms: Option<i64>,
    /// The folder of the built screens
    #[arg(long, default_value = "ui/dist")]
    screens: PathBuf,
}

/// People with their devices, and the relay they sync with.
struct Served {
    relay: Relay,
    people: Vec<TestDevice>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let passing = tempfile::tempdir()?;
    let folder = arguments.folder.as_deref().unwrap_or(passing.path());
    tokio::select! {
        served = serve(&arguments, folder) => served,
        signal = tokio::signal::ctrl_c() => Ok(signal?),
        () = end_of_input() => Ok(()),
    }
}

/// Whoever started it is gone: nothing is left running.
async fn end_of_input() {
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    // A thread of its own: a read that waits must not keep the program from ending.
    std::thread::spawn(move || {
        let copied = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop((copied, ended));
    });
    // The sender goes with the thread.
    drop(end.await);
}

async fn serve(arguments: &Arguments, folder: &Path) -> anyhow::Result<()> {
    if let Some(name) = &arguments.again {
        let clock = MovableClock::default();
        clock.move_by_ms(arguments.clock_ms.context("no clock is given")? - clock.now_ms());
        let _bridge = open(arguments, folder, name, clock).await?;
        println!("{}", json!({ "ready": true }));
        return std::future::pending().await;
    }
    let Served { relay, people } = match arguments.scene {
        Some(scene) => {
            let stage = Stage::set(folder, scene).await?;
            Served {
                relay: stage.relay,
                people: vec![stage.technician, stage.dispatcher, stage.administrator],
            }
        }
        None => demo(arguments, folder).await?,
    };
    let mut bridges = Vec::new();
    for person in people {
        let TestDevice { name, device, clock } = person;
        // A profile is open once.
        drop(device);
        bridges.push(open(arguments, folder, &name, clock).await?);
    }
    if arguments.newcomer {
        let invitation = relay.folder().invite("Мельник Оксана Юріївна", "technician")?;
        let keyring = Keyring::in_store(keyring_core::mock::Store::new()?);
        let runtime = tokio::runtime::Handle::current();
        let life = Life::new(folder.join("newcomer"), keyring, Arc::new(ThisMachine), runtime);
        let bridge = Bridge::serve(life, 0, &arguments.screens).await?;
        let (url, now_ms) = (bridge.url(), ThisMachine.now_ms());
        let invitation = invitation.to_string();
        println!("{}", json!({ "name": "newcomer", "url": url, "now_ms": now_ms, "invitation": invitation }));
        bridges.push(bridge);
    }
    println!("{}", json!({ "ready": true, "relay": relay.folder().url() }));
    std::future::pending().await
}

/// Opens a device of the folder as the window opens it, serves it and says where.
async fn open(
    arguments: &Arguments,
    folder: &Path,
    name: &str,
    clock: MovableClock,
) -> anyhow::Result<Bridge> {
    let now_ms = clock.now_ms();
    let runtime = tokio::runtime::Handle::current();
    let profile = TestDevice::profile(folder, name);
    let life = Life::new(profile, Keyring::none(), Arc::new(clock), runtime);
    life.set_online(!arguments.offline).await;
    life.begin().await.with_context(|| format!("opening the device of {name}"))?;
    let bridge = Bridge::serve(life, 0, &arguments.screens).await?;
    println!("{}", json!({ "name": name, "url": bridge.url(), "now_ms": now_ms }));
    Ok(bridge)
}

async fn demo(arguments: &Arguments, folder: &Path) -> anyhow::Result<Served> {
    let address = RelayFolder::new(&folder.join("relay"), "Демо Сервіс")?;
    address.fill_with_demo(arguments.size.name(), &mut |_| {})?;
    let relay = address.start()?;
    let demo = Demo::new(1, arguments.size, ThisMachine.now());
    let mut people = Vec::new();
    for (index, role) in arguments.roles.iter().enumerate() {
        let before = arguments.roles.iter().take(index).filter(|one| *one == role).count();
        let person = demo.people().iter().filter(|person| person.post.role() == role).nth(before);
        let person = person.with_context(|| format!("the demo company has no further {role}"))?;
        let device = TestDevice::open(folder, &format!("{role}-{}", before + 1))?;
        device.join(&address, &person.full_name).await?;
        device.sync().await.with_context(|| format!("the first sync of {}", person.full_name))?;
        people.push(device);
    }
    Ok(Served { relay, people })
}
