//! The `halyard` command: one device, from a terminal.
//!
//! A thin program over the device library, for IT and for tests: it reads the command line, calls one use
//! case and prints the answer in the reader's language, or as JSON. It has no rules of its own.

mod args;
mod clock;
mod commands;
mod context;
mod failure;
mod new_file;
mod parse;
mod passphrase;
mod render;
mod table;
mod words;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser as _, ValueEnum as _};

use crate::args::Cli;
use crate::failure::Failure;
use crate::words::{Lang, headings};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error),
    };
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

/// Help and version as they are asked for; a mistake in the reader's language.
fn not_parsed(error: &clap::Error) -> ExitCode {
    let is_asked_for = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if is_asked_for {
        error.exit();
    }
    let typed: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let named = typed.iter().zip(typed.iter().skip(1)).find(|(arg, _)| *arg == "--lang");
    let named = named.map(|(_, lang)| lang.as_str());
    let named = named.or_else(|| typed.iter().find_map(|arg| arg.strip_prefix("--lang=")));
    let lang = named.and_then(|lang| Lang::from_str(lang, true).ok()).unwrap_or_else(language);
    let failure = Failure::Usage(words::mistyped(error, lang));
    // When even the complaint cannot be written, the exit code says all there is to say.
    drop(complain(&failure, lang, typed.iter().any(|arg| arg == "--json")));
    ExitCode::from(failure.exit_code())
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
