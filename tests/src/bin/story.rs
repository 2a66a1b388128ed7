//! Tells the story of one visit that four people write at once, and shows the rows it left in the
//! office database. `cargo xtask run` starts it.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::PathBuf;
use std::process::Command;

use clap::Parser;
use halyard_tests::harness::Office;
use halyard_tests::stopping::{take_away, until_stopped};
use halyard_tests::story;

/// A technician's offline work reaches the office database: told with a real relay and real devices.
#[derive(Parser)]
struct Arguments {
    /// How large a demo company to make first
    #[arg(long, default_value = "small")]
    size: String,
    /// Where to keep the relay's folder and the devices; a temporary folder when absent
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let temporary = tempfile::tempdir()?;
    let folder = arguments.folder.unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let mut step = 0;
    let mut say = |line: &str| {
        step += 1;
        println!("{step:>3}. {line}");
    };
    let told = until_stopped(story::tell(&folder, &arguments.size, &mut say)).await?;
    let Some((outcome, _)) = told else {
        take_away(temporary.path()).await?;
        println!("Stopped. Nothing is left running.");
        return Ok(());
    };
    println!();
    for line in outcome.describe()? {
        println!("     {line}");
    }
    let office = Office::in_folder(&folder.join("relay"))?;
    println!("\nThe newest rows of the office database, asked with the sqlite3 shell:\n");
    let sql = "SELECT * FROM (SELECT label, state, title FROM service_card ORDER BY label DESC LIMIT 3) UNION ALL \
               SELECT * FROM (SELECT label, state, title FROM visit ORDER BY label DESC LIMIT 3) UNION ALL \
               SELECT * FROM (SELECT label, state, title FROM complaint ORDER BY label DESC LIMIT 3)";
    let shown =
        Command::new("sqlite3").arg("-readonly").arg("-column").arg(office.path()).arg(sql).status()?;
    anyhow::ensure!(shown.success(), "the sqlite3 shell could not read the office database");
    Ok(())
}
