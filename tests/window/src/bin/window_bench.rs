//! Measures the real window on a display of its own, for the benchmarks, and prints what it found as one line of
//! JSON. `bench` starts it; the figures of a debug build mean nothing.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use halyard_window_tests::measure;

/// Measures the real window.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Until a technician's day stands on the screen
    ColdStart {
        /// The profile to open
        profile: PathBuf,
    },
    /// Opening, scrolling, filtering and searching the journal of visits
    Journal {
        /// The profile to open
        profile: PathBuf,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let found = match Arguments::parse().what {
        What::ColdStart { profile } => measure::cold_start(&profile).await?,
        What::Journal { profile } => measure::journal(&profile).await?,
    };
    println!("{found}");
    Ok(())
}
