//! Opens two windows on the demo company: a technician's and a dispatcher's, two devices of one running
//! relay. `cargo xtask run` starts it.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use halyard_device::life::{Keyring, Life, Protection};
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::id::DocumentId;
use halyard_protocol::join::JoinLink;
use halyard_tests::demo::{Demo, Person, Post, Size};
use halyard_tests::harness::{Office, RelayFolder, program};
use halyard_tests::stopping::until_stopped;
use tokio::process::{Child, Command};

/// The demo company in two windows.
#[derive(Parser)]
struct Arguments {
    /// How large a demo company to make first: small, medium or large
    #[arg(long, default_value = "small")]
    size: String,
    /// Where to keep the relay's folder and the profiles; a temporary folder when absent
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// The seed of the demo company that `demo-data` makes unless told otherwise.
const SEED: u64 = 1;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let temporary = tempfile::tempdir()?;
    let folder = arguments.folder.unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let code = until_stopped(show(&folder, &arguments.size)).await?;
    if code.is_none() {
        println!("Stopped. Nothing is left running.");
    }
    Ok(code.unwrap_or(ExitCode::SUCCESS))
}

/// Shows both windows until they are closed. A failure when one of them ended by itself.
async fn show(folder: &Path, size: &str) -> anyhow::Result<ExitCode> {
    println!("  1. The {size} demo company is made: its people write months of work, the relay takes it in.");
    let address = RelayFolder::new(&folder.join("relay"), "Демо Сервіс")?;
    address.fill_with_demo(size, &mut |line| println!("     {line}"))?;
    println!("  2. The relay starts on it, on {}.", address.url());
    let relay = address.start()?;
    let demo = Demo::new(SEED, size.parse::<Size>()?, ThisMachine.now());
    let technician = busiest_today(&address, demo.people())?;
    let dispatcher = demo.people().iter().find(|person| person.post == Post::Dispatcher);
    let dispatcher = dispatcher.context("the demo company has no dispatcher")?;
    let technicians = begin(&address, folder, technician, "Планшет техніка").await?;
    let dispatchers = begin(&address, folder, dispatcher, "Комп'ютер диспетчера").await?;
    println!(
        "\nBoth windows are open. Ctrl-C ends the demo, and so do both windows when they are closed; where the\ndesktop has a tray, a closed window waits there, and «Завершити» in its menu ends it."
    );
    let (technicians, dispatchers) = tokio::try_join!(closed(technicians), closed(dispatchers))?;
    drop(relay);
    Ok(if technicians && dispatchers { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A window, and what its device is called.
struct Shown {
    name: &'static str,
    program: Child,
}

/// Somebody joins with a device of this name, and its window opens.
async fn begin(
    relay: &RelayFolder,
    folder: &Path,
    person: &Person,
    name: &'static str,
) -> anyhow::Result<Shown> {
    println!("  3. {} joins by a code, and a window opens: {name}.", person.full_name);
    let profile = folder.join(person.post.role());
    join(&profile, &relay.invite_known(person.document)?, name).await?;
    Ok(Shown { name, program: open_window(&profile)? })
}

/// Waits until a window has ended, and says at once when nobody closed it. Answers whether somebody did.
async fn closed(mut window: Shown) -> anyhow::Result<bool> {
    let status = window.program.wait().await?;
    if !status.success() {
        println!("The window \"{}\" was not closed, it ended with {status}.", window.name);
    }
    Ok(status.success())
}

/// Makes a profile without protection, marked as demo, of a device that has joined. It is closed again.
async fn join(profile: &Path, invitation: &JoinLink, device_name: &str) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Handle::current();
    let life = Life::new(profile.to_owned(), Keyring::none(), Arc::new(ThisMachine), runtime);
    life.join(invitation, device_name, Protection::Demo).await.context("joining the relay")?;
    life.end().await;
    Ok(())
}

/// The technician with the most visits today: the one with something to see.
fn busiest_today<'a>(relay: &RelayFolder, people: &'a [Person]) -> anyhow::Result<&'a Person> {
    let now = ThisMachine.now();
    let midnight =
        now.unix_seconds() - (now.unix_seconds() + i64::from(now.offset_minutes()) * 60).rem_euclid(86_400);
    let sql = format!(
        "SELECT s.item FROM visit_specialists s JOIN visit v ON v.id = s.record_id \
         WHERE v.window_start BETWEEN {midnight} AND {} GROUP BY s.item ORDER BY count(*) DESC",
        midnight + 86_400
    );
    let busiest = Office::in_folder(relay.data())?.rows(&sql, &[])?;
    let mut busiest = busiest.iter().flatten();
    let found = busiest.find_map(|id| people.iter().find(|person| digits(person.document) == *id));
    let anybody = || people.iter().find(|person| person.post == Post::Technician);
    found.or_else(anybody).context("the demo company has no technician")
}

/// An id as the office's rows give it.
fn digits(id: DocumentId) -> String {
    id.to_string().replace('-', "")
}

fn open_window(profile: &Path) -> anyhow::Result<Child> {
    let mut window = Command::new(program("halyard-app")?);
    window.env("HALYARD_PROFILE", profile).stdin(Stdio::null()).kill_on_drop(true);
    window.spawn().context("starting a window")
}
