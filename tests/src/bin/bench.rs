//! Measures Halyard beside public peers and prints what it found. `cargo xtask bench` prepares what is
//! needed and starts it; the figures of a debug build mean nothing.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use halyard_tests::bench::{self, Options, Scenario};

/// Measures Halyard beside public peers on the same documents.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure scenarios; the usual ones when none is named
    Run(Run),
    /// Be the measured device: started by `run`, once for each repetition
    Device {
        /// The folder of the device's database
        folder: PathBuf,
    },
    /// Be the measured start of a profile: started by `run`, once for each repetition
    Start {
        /// The profile
        profile: PathBuf,
    },
}

#[derive(Parser)]
struct Run {
    /// edit, list_N, cold_start_N, merge_1, first_sync_N, reconnect_N, idle_N
    scenarios: Vec<Scenario>,
    /// Write everything measured to this file too
    #[arg(long)]
    json: Option<PathBuf>,
    /// Put the figures into this page too, between its two marks
    #[arg(long)]
    page: Option<PathBuf>,
    /// A folder for databases, on the disk that is to be measured; what is in it is deleted
    #[arg(long)]
    folder: PathBuf,
    /// The prepared JavaScript peer; without it no peer is measured
    #[arg(long)]
    peer: Option<PathBuf>,
    /// Measure the real window too, by the program beside this one
    #[arg(long)]
    window: bool,
    /// How often a scenario with a network or a start is repeated
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How many single measurements the others make
    #[arg(long, default_value_t = 1_000)]
    samples: usize,
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Run(arguments) => run(arguments),
        Command::Device { folder } => bench::run_device(&folder),
        Command::Start { profile } => bench::run_start(&profile),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("Not measured: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Run) -> anyhow::Result<()> {
    let scenarios = if arguments.scenarios.is_empty() { Scenario::usual() } else { arguments.scenarios };
    let options = Options {
        folder: arguments.folder,
        peer: arguments.peer,
        window: arguments.window,
        rounds: arguments.rounds.max(1),
        samples: arguments.samples.max(1),
        most_records: usize::MAX,
    };
    let report = bench::run(&scenarios, &options, &mut |line| println!("{line}"))?;
    if let Some(path) = arguments.json {
        std::fs::write(&path, serde_json::to_vec_pretty(&report.json())?)
            .with_context(|| format!("writing {}", path.display()))?;
    }
    if let Some(path) = arguments.page {
        let page = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        std::fs::write(&path, bench::put(&report, &page)?)?;
    }
    anyhow::ensure!(report.is_whole(), "our own side did not finish every scenario; why stands above");
    Ok(())
}
