//! `cargo xtask screens`: pictures of every screen, and a page to look at them.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::process::Runner;
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::window;
use crate::workspace::Workspace;

/// Take a picture of every screen in three sizes, two languages and every theme.
///
/// The screens are those of `ui/tests/screens/list.ts`, on devices of a demo company that are set up for
/// it and gone afterwards. The folder gets one PNG a picture and an `index.html` with filters.
#[derive(Args)]
pub(crate) struct Options {
    /// The folder the pictures are written to; others in it stay.
    #[arg(long, value_name = "FOLDER", default_value = "target/screens")]
    out: PathBuf,
    /// Only the screens whose names begin so.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    let folder = std::path::absolute(&options.out).context("the folder of the pictures")?;
    say::line(format_args!("Takes pictures of the screens into {}. Ctrl-C ends it.", folder.display()));
    system_packages::provide(runner, workspace, NeededBy::Test)?;
    window::take_pictures(runner, workspace, &folder, options.only.as_deref())
}
