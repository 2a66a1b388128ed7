//! Where the built programs are.

use std::path::PathBuf;

use anyhow::{Context, bail};

/// The program `name` from the folder this program was built into.
///
/// # Errors
/// When it was not built: says how to build it.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe().context("finding the folder of this program")?;
    let folders = here.ancestors().skip(1).take(2);
    for folder in folders {
        let candidate = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        if candidate.is_file() {
            return Ok(candidate);
        }
    }
    bail!("the program {name} is not built: cargo build --workspace --bins")
}
