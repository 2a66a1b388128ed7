//! Opening a relay over its data folder, with a sentence for everything that can be wrong.

use std::path::Path;
use std::sync::Arc;

use super::failure::{Failure, FailureCode, chain};
use super::folder::DataFolder;
use crate::merge::pool::{Pool, WorkerCommand};
use crate::outside::{Chance, Clock};
use crate::relay::Relay;
use crate::storage::sqlite::{OpenError, SqliteStorage};

/// 2026-01-01, before which no relay of this version ran.
const EARLIEST_MS: u64 = 1_767_225_600_000;
/// 2100-01-01, when somebody else will look after this.
const LATEST_MS: u64 = 4_102_444_800_000;

/// How far ahead of the clock the last write may be: clocks are set back by minutes, not by days.
const AHEAD_MS: u64 = 24 * 60 * 60 * 1000;

/// Why the database was not opened.
#[derive(Debug)]
pub(super) enum NotOpened {
    /// Another program has it: a running relay, most likely.
    InUse,
    /// Something a person must look at.
    Failed(Failure),
}

/// Opens the relay in `folder`, making or updating its database.
pub(super) fn open(folder: &DataFolder) -> Result<Relay, NotOpened> {
    let clock = Clock::system();
    let path = folder.database();
    believable(&clock, last_write_ms(&path)).map_err(NotOpened::Failed)?;
    let storage = SqliteStorage::open(&path).map_err(|error| match error {
        OpenError::InUse(_) => NotOpened::InUse,
        other => NotOpened::Failed(not_opened(&path, &other)),
    })?;
    let workers = WorkerCommand::of_this_program().and_then(Pool::start);
    let workers =
        workers.map_err(|error| NotOpened::Failed(Failure::internal("starting its merge worker", &error)))?;
    Ok(Relay::new(Arc::new(storage), workers, clock, Chance::system()))
}

/// Opens the relay in `folder` for a command, which must not change the database's form on the way.
pub(super) fn open_as_it_is(folder: &DataFolder) -> Result<Relay, NotOpened> {
    let path = folder.database();
    match SqliteStorage::needs_migration(&path) {
        Err(OpenError::Damaged { .. } | OpenError::Disk { .. }) if !path.exists() => {
            Err(NotOpened::Failed(no_database(&path)))
        }
        Ok(false) => open(folder),
        Ok(true) => Err(NotOpened::Failed(Failure::new(
            FailureCode::Data,
            format!("The database {} was made by an older version of the relay.", path.display()),
            "Nothing was changed.",
            "Make a copy of the data folder, then run `sync-server migrate` or start the relay.",
        ))),
        Err(error) => Err(NotOpened::Failed(not_opened(&path, &error))),
    }
}

fn no_database(path: &Path) -> Failure {
    Failure::new(
        FailureCode::Data,
        format!("There is no database at {}.", path.display()),
        "Nothing was changed.",
        "Check `data` in the settings or give --data FOLDER. For a new relay run `sync-server migrate` or \
         `sync-server serve` first.",
    )
}

/// Another relay runs where this one was to start.
pub(super) fn already_running(folder: &DataFolder) -> Failure {
    Failure::new(
        FailureCode::AlreadyRunning,
        format!("Another program is using the data folder {}.", folder.path().display()),
        "That program goes on undisturbed, and nothing was changed.",
        "If it is the relay, there is nothing to do. To run a second relay give it another data folder and port.",
    )
}

/// A clock that is years off would end every invitation at once and date every receipt wrongly; one
/// that went back behind the last receipts would make new decisions look older than the work they decide.
fn believable(clock: &Clock, last_write_ms: Option<u64>) -> Result<(), Failure> {
    let now = clock.unix_ms();
    let happened = if !(EARLIEST_MS..LATEST_MS).contains(&now) {
        "The clock of this machine cannot be right: it shows a year before 2026 or after 2099."
    } else if last_write_ms.is_some_and(|written| written > now.saturating_add(AHEAD_MS)) {
        "The clock of this machine cannot be right: the database was last written more than a day later than it shows."
    } else {
        return Ok(());
    };
    Err(Failure::new(
        FailureCode::Clock,
        happened,
        "Nothing was changed. Devices keep working and keep what they have not sent.",
        "Set the clock, best by a time service (`timedatectl set-ntp true`), and start again. If it is right now and \
         was wrong before, `touch` the files of the data folder first.",
    ))
}

fn last_write_ms(database: &Path) -> Option<u64> {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let written = |path: &Path| {
        let modified = std::fs::metadata(path).and_then(|file| file.modified()).ok()?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
        u64::try_from(since.as_millis()).ok()
    };
    written(database).max(written(Path::new(&log)))
}

fn not_opened(path: &Path, error: &OpenError) -> Failure {
    let shown = path.display();
    let untouched = "The database was not changed. Devices keep working and keep what they have not sent.";
    match error {
        OpenError::Damaged { .. } => Failure::new(
            FailureCode::Damaged,
            format!("The database is damaged: {}.", chain(error)),
            "The file was not changed. Devices keep working, and hold what they wrote.",
            "Keep a copy of the damaged data folder. Put the newest backup in its place and run `sync-server verify`; \
             docs/OPERATING.md says how. Devices send again what the backup lacks.",
        ),
        OpenError::Lost(_) => Failure::new(
            FailureCode::Damaged,
            format!("The database {shown} is empty or gone, and a company was in it."),
            "Nothing was changed. Devices keep working, and hold what they wrote.",
            "Put the newest backup in its place and run `sync-server verify`; docs/OPERATING.md says how. Devices send \
             again what the backup lacks. To begin another company take another data folder.",
        ),
        OpenError::Disk { .. } => Failure::new(
            FailureCode::Data,
            format!("The disk is full or does not answer: {}.", chain(error)),
            "The database is as it was: it is not damaged. Devices keep working and keep what they have not sent.",
            "Make room on the disk of the data folder, see that the account that runs the relay may write there, and \
             start again.",
        ),
        OpenError::Newer => Failure::new(
            FailureCode::Data,
            format!("The database {shown} was made by a newer version of the relay."),
            untouched,
            "Install that version again, or put a backup of before the update in its place.",
        ),
        OpenError::SqliteTooOld(version) => Failure::new(
            FailureCode::Internal,
            format!("This program was built with SQLite {version}, which can lose data."),
            untouched,
            "Install a relay built as its sources say.",
        ),
        OpenError::Io { .. } => Failure::new(
            FailureCode::Data,
            format!("The database cannot be used: {}.", chain(error)),
            untouched,
            "Check that the disk has room and that the account that runs the relay may write in the data folder.",
        ),
        OpenError::Migration(_) | OpenError::Storage(_) => Failure::new(
            FailureCode::Data,
            format!("The database could not be brought up to date: {}.", chain(error)),
            "What was stored is still there as it was.",
            "Check that the disk has room, and try again. If it happens again, go back to the earlier version of the \
             relay and send this text to support.",
        ),
        OpenError::InUse(_) => Failure::new(
            FailureCode::AlreadyRunning,
            format!("Another program is using {shown}."),
            untouched,
            "Stop it first.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPRING_2026: u64 = 1_772_434_800_000;

    #[test]
    fn a_clock_of_another_century_is_not_believed() {
        for (now, believed) in [(0, false), (EARLIEST_MS, true), (SPRING_2026, true), (LATEST_MS, false)] {
            check(now, None, believed);
        }
    }

    #[test]
    fn a_clock_that_went_back_behind_the_last_write_is_not_believed() {
        let hour = 60 * 60 * 1000;
        check(SPRING_2026, Some(SPRING_2026 - 400 * 24 * hour), true);
        check(SPRING_2026, Some(SPRING_2026 + hour), true);
        check(SPRING_2026, Some(SPRING_2026 + 25 * hour), false);
    }

    #[track_caller]
    fn check(now: u64, last_write: Option<u64>, believed: bool) {
        assert_eq!(believable(&Clock::told_by(move || now), last_write).is_ok(), believed);
    }
}
