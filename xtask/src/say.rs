//! What a command says to the person who gave it.
//!
//! Plain lines: announcements and results on standard output, problems on standard error. A closed pipe
//! (`cargo xtask tidy | head`) is no reason to fail, so a line that cannot be written is dropped.

use std::fmt::Display;
use std::io::{self, Write};

/// Says what is going to happen next, set apart from the output of the program before it.
pub(crate) fn step(words: impl Display) {
    line(format_args!("\n==> {words}"));
}

/// One line of a result.
pub(crate) fn line(words: impl Display) {
    drop(writeln!(io::stdout().lock(), "{words}"));
}

/// Something went wrong and somebody has to act.
pub(crate) fn problem(words: impl Display) {
    drop(writeln!(io::stderr().lock(), "\n{words}"));
}
