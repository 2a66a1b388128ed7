//! The programs of the workspace: building them, and where they stand then.
//!
//! Every build selects the whole workspace and names the programs it wants. Cargo gives shared
//! dependencies the features of all packages that are selected, so each other selection would compile
//! hundreds of them again. For the same reason programs are started from where they stand, and not
//! through `cargo run`.

use std::env;
use std::path::PathBuf;

use anyhow::bail;

use crate::process::Runner;
use crate::say;
use crate::workspace::Workspace;

/// How much the compiler is to do for speed.
#[derive(Clone, Copy)]
pub(crate) enum Build {
    Quick,
    Optimised,
}

impl Build {
    const fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Quick => &[],
            Self::Optimised => &["--release"],
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Quick => "debug",
            Self::Optimised => "release",
        }
    }
}

/// Builds these programs.
pub(crate) fn build(
    runner: &Runner,
    workspace: &Workspace,
    how: Build,
    programs: &[&str],
) -> anyhow::Result<()> {
    say::step("Building");
    let mut build = workspace.cargo();
    build.args(["build", "--workspace"]).args(how.flags());
    build.args(programs.iter().flat_map(|program| ["--bin", program]));
    if !runner.run(&mut build)?.success() {
        bail!("The programs could not be built. The compiler's reason stands above.");
    }
    Ok(())
}

/// Where a program stands after such a build.
pub(crate) fn built(workspace: &Workspace, how: Build, program: &str) -> anyhow::Result<PathBuf> {
    let folder = workspace.metadata()?.target_directory.join(how.folder());
    Ok(folder.join(program).with_extension(env::consts::EXE_EXTENSION))
}
