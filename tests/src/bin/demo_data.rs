//! Makes the demo company in a relay's data folder. `cargo xtask demo-data` starts it; the relay must
//! not run meanwhile.
use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use anyhow::{Context, ensure};
use clap::Parser;
use halyard_device::store::private;
use halyard_device::{Surroundings, ThisMachine};
use halyard_sync_server::merge::pool::{Pool, WorkerCommand};
use halyard_sync_server::outside::{Chance, Clock};
use halyard_sync_server::relay::Relay;
use halyard_sync_server::storage::sqlite::SqliteStorage;
use halyard_tests::demo::{Demo, Loader, Size};

/// How often it says how far it is.
const TELL_EVERY: Duration = Duration::from_secs(5);

/// Makes a demo company through the write path of everybody's work.
#[derive(Parser)]
struct Arguments {
    /// How large: small, medium or large
    #[arg(long, default_value = "small")]
    size: Size,
    /// Instead of a size: exactly so many records in all
    #[arg(long, conflicts_with = "size")]
    records: Option<usize>,
    /// Equal seeds give equal companies
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The relay's data folder, which must not hold a company yet
    #[arg(long)]
    data: PathBuf,
    /// The company's name
    #[arg(long, default_value = "Демо Сервіс")]
    name: String,
}

fn main() -> ExitCode {
    // The merge worker of the relay inside is this very program.
    if std::env::args().nth(1).as_deref() == Some("merge-worker") {
        return halyard_sync_server::admin::run();
    }
    let made = tokio::runtime::Runtime::new()
        .context("starting the runtime")
        .and_then(|runtime| runtime.block_on(make(&Arguments::parse())));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let part = "The folder holds a part of it; delete it before the next try.";
            drop(writeln!(io::stderr().lock(), "The demo company could not be made: {error:#}\n{part}"));
            ExitCode::FAILURE
        }
    }
}

/// A line for whoever started this; that nobody reads any more is no reason to fail.
fn say(line: impl Display) {
    drop(writeln!(io::stdout().lock(), "{line}"));
}

async fn make(arguments: &Arguments) -> anyhow::Result<()> {
    private::create_folder(&arguments.data)?;
    let path = arguments.data.join("relay.db");
    ensure!(!path.exists(), "{} holds a database already", arguments.data.display());
    let storage = SqliteStorage::open(&path)?;
    let workers = Pool::start(WorkerCommand::of_this_program()?)?;
    let relay = Relay::new(Arc::new(storage), workers, Clock::system(), Chance::system());

    let demo = match arguments.records {
        None => Demo::new(arguments.seed, arguments.size, ThisMachine.now()),
        Some(records) => Demo::filling(arguments.seed, records, ThisMachine.now())
            .with_context(|| format!("the directories alone are more than {records} records"))?,
    };
    let total = demo.total();
    let started = Stopwatch::now();
    let mut loader = Loader::found(&relay, &arguments.name, &demo).await?;
    let mut shown = Duration::ZERO;
    let mut progress = |done: usize| {
        let elapsed = started.elapsed();
        if elapsed >= shown + TELL_EVERY || done == total {
            shown = elapsed;
            let percent = done * 100 / total.max(1);
            say(format_args!("{percent:>4} %  {done} of {total} records, {} s", elapsed.as_secs()));
        }
    };
    tokio::select! {
        loaded = loader.load(&demo, &mut progress) => loaded,
        signal = tokio::signal::ctrl_c() => {
            signal?;
            anyhow::bail!("stopped by you")
        }
    }
}
