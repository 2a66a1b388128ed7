//! Writes the TypeScript types of the calls: `cargo xtask codegen` starts it.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use anyhow::ensure;
use clap::Parser;
use halyard_tests::bindings::{committed_folder, differences, made, read, replace};

/// Writes the TypeScript types of the calls.
#[derive(Parser)]
struct Arguments {
    /// Change nothing; fail when the committed types differ
    #[arg(long)]
    check: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (folder, made) = (committed_folder(), made()?);
    let differing = differences(&made, &read(&folder)?);
    if arguments.check {
        ensure!(differing.is_empty(), "not what the Rust types say: {}", differing.join(", "));
        println!("All {} files are what the Rust types say.", made.len());
        return Ok(());
    }
    replace(&folder, &made)?;
    println!("{} of {} files changed.", differing.len(), made.len());
    Ok(())
}
