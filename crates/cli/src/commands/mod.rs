//! One file per command.

mod changes;
mod conflicts;
mod edit;
mod enrol;
mod history;
mod import;
mod list;
mod not_accepted;
mod photo;
mod profile;
mod proposals;
mod review;
mod rights;
mod search;
mod show;
mod status;
mod sync;

use std::io::Write;

use crate::args::{Cli, Command};
use crate::context::Context;
use crate::failure::Failure;
use crate::words::Lang;

/// What a command comes to.
pub(crate) type Done = Result<(), Failure>;

/// Runs the command that was typed.
pub(crate) fn run(cli: &Cli, lang: Lang, out: &mut impl Write) -> Done {
    let open = || Context::open(&cli.common, lang);
    match &cli.command {
        Command::Enrol(args) => enrol::run(&cli.common, args, lang, out),
        Command::Profile(args) => profile::run(&cli.common, args, lang, out),
        Command::List(args) if args.help_columns => list::columns(args, lang, cli.common.json, out),
        Command::List(args) => list::run(&open()?, args, out),
        Command::Show(args) => show::run(&open()?, args, out),
        Command::New(args) => edit::new(&open()?, args, out),
        Command::Edit(args) => edit::edit(&open()?, args, out),
        Command::Decide(args) => conflicts::decide(&open()?, args, out),
        Command::Propose(args) => proposals::propose(&open()?, args, out),
        Command::Answer(args) => proposals::answer(&open()?, args, out),
        Command::History(args) => history::run(&open()?, args, out),
        Command::Search(args) => search::run(&open()?, args, out),
        Command::Sync(args) => sync::run(&open()?, args, out),
        Command::Status => status::run(&open()?, out),
        Command::NotAccepted(args) => not_accepted::run(&open()?, args, out),
        Command::Photo(args) => photo::run(&open()?, args, out),
        Command::Review(args) => review::run(&open()?, args, out),
        Command::Import(args) => import::run(&open()?, args, out),
        Command::Rights => rights::run(&open()?, out),
    }
}

/// Prints an answer for programs.
pub(crate) fn print_json(value: &impl serde::Serialize, out: &mut impl Write) -> Done {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
