//! Asking for the passphrase: from HALYARD_PASSPHRASE, or unseen in the terminal.

use std::io::{self, IsTerminal as _};

use crate::failure::Failure;
use crate::words::{Lang, Say, Tell};

const VARIABLE: &str = "HALYARD_PASSPHRASE";

/// The passphrase of a profile that has one.
pub(crate) fn known(lang: Lang) -> Result<String, Failure> {
    match from_outside() {
        Some(passphrase) => Ok(passphrase),
        None => ask(&Tell::AskPassphrase.say(lang), lang),
    }
}

/// A passphrase for a new profile, typed twice so that a slip locks nobody out.
pub(crate) fn new(lang: Lang) -> Result<String, Failure> {
    if let Some(passphrase) = from_outside() {
        return Ok(passphrase);
    }
    let first = ask(&Tell::AskPassphrase.say(lang), lang)?;
    if ask(&Tell::AskAgain.say(lang), lang)? == first {
        return Ok(first);
    }
    Err(Failure::refused("passphrases_differ", &Say::PassphrasesDiffer, lang))
}

fn from_outside() -> Option<String> {
    std::env::var(VARIABLE).ok().filter(|passphrase| !passphrase.is_empty())
}

fn ask(prompt: &str, lang: Lang) -> Result<String, Failure> {
    let none = || Failure::refused("no_passphrase", &Say::NoPassphrase, lang);
    if !io::stdin().is_terminal() {
        return Err(none());
    }
    let typed = rpassword::prompt_password(prompt).map_err(|_| none())?;
    if typed.is_empty() { Err(none()) } else { Ok(typed) }
}
