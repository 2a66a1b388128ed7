//! Appends the seeds that are missing from `seeds.txt`; never changes a line. `cargo xtask codegen`
//! runs it after a kind or a container was declared.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds.txt");
    let lines = halyard_records::seed::missing_lines()?;
    let mut file = OpenOptions::new().append(true).open(&path)?;
    for line in &lines {
        writeln!(file, "{line}")?;
    }
    println!("{} seeds added", lines.len());
    Ok(())
}
