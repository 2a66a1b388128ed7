//! The `halyard` command: one device, from a terminal.
//!
//! A thin program over the device library, for IT and for tests: it reads the command line, calls one use
//! case and prints the answer in the reader's language, or as JSON. It has no rules of its own.

mod args;
mod clock;
mod commands;
mod context;
mod failure;
mod parse;
mod passphrase;
mod render;
mod table;
mod words;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Cli;
use crate::failure::Failure;
use crate::words::{Lang, headings};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.common.lang.unwrap_or_else(language);
    let mut out = BufWriter::new(io::stdout().lock());
    let done = commands::run(&cli, lang, &mut out).and_then(|()| out.flush().map_err(Failure::from));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_quiet() => ExitCode::SUCCESS,
        Err(failure) => {
            let wrote = out.flush().and_then(|()| complain(&failure, lang, cli.common.json));
            // When even the complaint cannot be written, the exit code says all there is to say.
            drop(wrote);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn complain(failure: &Failure, lang: Lang, json: bool) -> io::Result<()> {
    let mut err = io::stderr().lock();
    if json {
        return writeln!(err, "{}", failure.json(lang));
    }
    writeln!(err, "{}: {}", headings::ERROR.in_lang(lang), failure.sentence(lang))
}

/// The language of the terminal.
fn language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = set.into_iter().find(|locale| !locale.is_empty()).unwrap_or_default();
    Lang::of_locale(&locale)
}
