//! Wrong tries at a profile's PIN or passphrase.
//!
//! Five are free, then each further one waits longer. The count lies in a file beside the key, so a
//! restart does not forgive, and a try is counted before it is made, so ending the program does not
//! either. It slows down a person at the window; a thief with the disk is held by the key's own cost and
//! the keyring, not by this file.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::private::write_whole;

const FILE: &str = "device.tries";
/// So many wrong tries cost nothing.
const FREE: u32 = 5;
const FIRST_WAIT_MS: u64 = 30_000;
const LONGEST_WAIT_MS: u64 = 60 * 60 * 1000;

/// The wrong tries of one profile.
#[derive(Debug, Clone)]
pub struct Tries {
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Counted {
    wrong: u32,
    last_ms: i64,
}

impl Tries {
    /// Those of the profile in `folder`.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self { path: folder.join(FILE) }
    }

    /// Wrong tries since the last right one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn wrong(&self) -> io::Result<u32> {
        Ok(self.read()?.wrong)
    }

    /// How long the next try has to wait, in milliseconds; 0 when it need not.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn wait_ms(&self, now_ms: i64) -> io::Result<u64> {
        let counted = self.read()?;
        let wait = wait_after(counted.wrong);
        let Ok(passed) = u64::try_from(now_ms.saturating_sub(counted.last_ms)) else {
            // The clock was set back: the wait begins anew, and does not last until the old time comes.
            if wait > 0 {
                self.write(Counted { last_ms: now_ms, ..counted })?;
            }
            return Ok(wait);
        };
        Ok(wait.saturating_sub(passed))
    }

    /// Counts a try as a wrong one, before it is made.
    ///
    /// # Errors
    /// When the file cannot be written: the try may not be made then.
    pub fn begin(&self, now_ms: i64) -> io::Result<()> {
        let wrong = self.read()?.wrong.saturating_add(1);
        self.write(Counted { wrong, last_ms: now_ms })
    }

    /// The try that was begun did not come about: it takes its count back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_back(&self) -> io::Result<()> {
        let counted = self.read()?;
        self.write(Counted { wrong: counted.wrong.saturating_sub(1), ..counted })
    }

    /// The try was right: everything before it is forgiven.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget(&self) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn read(&self) -> io::Result<Counted> {
        match std::fs::read(&self.path) {
            // A file that says nothing readable is no reason to give five tries more.
            Ok(text) => {
                Ok(serde_json::from_slice(&text).unwrap_or(Counted { wrong: FREE, last_ms: i64::MAX }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Counted::default()),
            Err(error) => Err(error),
        }
    }

    fn write(&self, counted: Counted) -> io::Result<()> {
        let text = serde_json::to_vec(&counted).map_err(io::Error::other)?;
        write_whole(&self.path, &text)
    }
}

fn wait_after(wrong: u32) -> u64 {
    match wrong.checked_sub(FREE) {
        None => 0,
        Some(more) => FIRST_WAIT_MS.saturating_mul(1 << more.min(16)).min(LONGEST_WAIT_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_772_434_800_000;

    /// A profile with so many wrong tries, the last at noon.
    fn after(wrong: u32) -> (tempfile::TempDir, Tries) {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..wrong {
            Tries::of(folder.path()).begin(NOON).unwrap();
        }
        let tries = Tries::of(folder.path());
        (folder, tries)
    }

    #[test]
    fn five_wrong_tries_are_free_and_the_next_ones_wait_longer_up_to_an_hour() {
        let check = |wrong, expected| assert_eq!(after(wrong).1.wait_ms(NOON).unwrap(), expected, "{wrong}");
        check(0, 0);
        check(4, 0);
        check(5, 30_000);
        check(6, 60_000);
        check(7, 120_000);
        check(40, LONGEST_WAIT_MS);
    }

    #[test]
    fn a_wait_passes_and_a_right_try_forgives_everything() {
        let (_folder, tries) = after(5);
        assert_eq!(tries.wait_ms(NOON + 29_000).unwrap(), 1_000);
        assert_eq!(tries.wait_ms(NOON + 30_000).unwrap(), 0);
        tries.begin(NOON + 30_000).unwrap();
        assert_eq!(tries.wrong().unwrap(), 6);
        tries.forget().unwrap();
        assert_eq!((tries.wrong().unwrap(), tries.wait_ms(NOON).unwrap()), (0, 0));
    }

    #[test]
    fn a_try_that_could_not_be_made_is_not_counted() {
        let (_folder, tries) = after(4);
        tries.begin(NOON).unwrap();
        tries.take_back().unwrap();
        assert_eq!(tries.wait_ms(NOON).unwrap(), 0);
    }

    #[test]
    fn a_clock_set_back_begins_the_wait_anew_and_locks_nobody_out() {
        let (_folder, tries) = after(5);
        let year_ago = NOON - 365 * 24 * 3_600_000;
        assert_eq!(tries.wait_ms(year_ago).unwrap(), 30_000);
        assert_eq!(tries.wait_ms(year_ago + 30_000).unwrap(), 0);
    }

    #[test]
    fn a_damaged_count_waits_instead_of_forgiving() {
        let (folder, tries) = after(9);
        std::fs::write(folder.path().join(FILE), "?").unwrap();
        assert_eq!(tries.wait_ms(NOON).unwrap(), 30_000);
        assert_eq!(tries.wait_ms(NOON + 30_000).unwrap(), 0);
    }
}
