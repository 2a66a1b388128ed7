//! Why something could not be done on this device, in a person's words.
//!
//! Every variant of every error is named, so a new one does not compile without its sentence. Causes
//! that only an operator can use are not repeated here: `--json` carries the whole chain.

use std::time::SystemTime;

use halyard_device::domain::rights::{Reason, Refusal};
use halyard_device::import::table::{MAX_CELL, MAX_COLUMNS, TableError};
use halyard_device::records::EditError;
use halyard_device::store::profile::OpenError;
use halyard_device::store::{Holder, KeyError, StopReason, StoreError};
use halyard_device::sync::SyncError;
use halyard_device::tables::list::ListError;
use halyard_device::{DeviceError, ImportError};

use super::messages::Say;
use super::objections::objections;
use super::output::Tell;
use super::{Lang, Worded, field, kept, list_column, relay};
use crate::render::moment_ms;

/// Why a use case failed.
pub(crate) fn device(error: &DeviceError, lang: Lang) -> String {
    match error {
        DeviceError::Store(error) => store(error, lang),
        DeviceError::Document { .. } => Say::DocumentDamaged.say(lang),
        DeviceError::SetAside(_) => Say::DocumentSetAside.say(lang),
        DeviceError::NoSuchRecord(id) => Say::NoSuchRecord { what: &id.to_string() }.say(lang),
        DeviceError::RecordExists(_) => Say::RecordExists.say(lang),
        DeviceError::Edit { source, .. } => edit(source, lang),
        DeviceError::NotAllowed { refusal, .. } => refused(refusal, lang),
        DeviceError::WithoutRole { .. } => Say::WithoutRole.say(lang),
        DeviceError::Objected { objections: all, .. } => objections(all, lang),
        DeviceError::NotEnrolled => Say::NotEnrolled.say(lang),
        DeviceError::Contended(_) => Say::Contended.say(lang),
        DeviceError::Garbled(_) => Say::DatabaseGarbled.say(lang),
        DeviceError::List(error) => list(error, lang),
    }
}

/// Why a session with the relay failed.
pub(crate) fn sync(error: &SyncError, lang: Lang) -> String {
    match error {
        SyncError::Device(error) => device(error, lang),
        SyncError::Call(error) => relay::call(error, lang),
        SyncError::AlreadyEnrolled => Say::AlreadyEnrolled.say(lang),
        SyncError::Revoked { changes: 0, photos: 0 } => Say::Revoked.say(lang),
        SyncError::Revoked { changes, photos } => {
            Say::RevokedKeeps { kept: &kept(*changes, *photos, lang) }.say(lang)
        }
        SyncError::NotConfirmed => relay::not_confirmed(lang),
        SyncError::NoProgress => relay::no_progress(lang),
        SyncError::AlreadyDecided(_) => Say::AlreadyDecided.say(lang),
        SyncError::Forged => Say::ForgedReceipt.say(lang),
        SyncError::Encode(_) | SyncError::Interrupted => Say::SyncBroke.say(lang),
    }
}

/// Why a profile could not be opened.
pub(crate) fn open(error: &OpenError, lang: Lang) -> String {
    match error {
        OpenError::Key(KeyError::WrongPassphrase) => Say::WrongPassphrase.say(lang),
        OpenError::Key(KeyError::Damaged | KeyError::Making(_) | KeyError::File(_)) => {
            Say::KeyDamaged.say(lang)
        }
        OpenError::Key(KeyError::UnknownVersion(_)) => Say::KeyOfNewerVersion.say(lang),
        OpenError::Key(KeyError::NeedsPassphrase) => Say::NeedsPassphrase.say(lang),
        OpenError::Key(KeyError::NeedsPin) => Say::NeedsPin.say(lang),
        OpenError::Key(KeyError::IsDemo) => Say::IsDemo.say(lang),
        OpenError::KeyMissing(path) => Say::KeyMissing { path: &path.display().to_string() }.say(lang),
        OpenError::Store(error) => store(error, lang),
    }
}

/// Why a file could not be read as a table.
pub(crate) fn table(error: &TableError, lang: Lang) -> String {
    match error {
        TableError::Io(_) => Say::FileUnreadable.say(lang),
        TableError::TooLarge | TableError::TooManyRows => Say::FileTooLarge.say(lang),
        TableError::Empty => Say::FileEmpty.say(lang),
        TableError::UnknownFormat => Say::FileFormat.say(lang),
        TableError::BrokenHeader { line } => Say::FileBrokenHeader { line: *line }.say(lang),
        TableError::TooManyColumns { line } => {
            Say::FileTooManyColumns { line: *line, most: MAX_COLUMNS }.say(lang)
        }
        TableError::LongHeading { column } => {
            Say::FileLongHeading { column: *column, most: MAX_CELL }.say(lang)
        }
        TableError::NoSuchSheet { sheets } => Say::FileNoSuchSheet { sheets: &sheets.join(", ") }.say(lang),
        TableError::NoSheets => Say::FileNoSheets.say(lang),
        TableError::Excel(_) => Say::FileExcel.say(lang),
    }
}

/// Why an import could not be done or taken back.
pub(crate) fn import(error: &ImportError, lang: Lang) -> String {
    match error {
        ImportError::Device(error) => device(error, lang),
        ImportError::Unreadable { file } => Say::ImportUnreadable { file }.say(lang),
        ImportError::NoKnownColumn { header, sheet, other_sheets } => {
            let header = beginning(&header.join(";"));
            let header = header.as_str();
            match sheet.as_deref().filter(|_| !other_sheets.is_empty()) {
                Some(sheet) => {
                    let others = other_sheets.join(", ");
                    Say::SheetNoKnownColumn { sheet, header, others: &others }.say(lang)
                }
                None => Say::FileNoKnownColumn { header }.say(lang),
            }
        }
        ImportError::NothingToUndo => Say::NothingToUndo.say(lang),
    }
}

/// As much of a text as helps to recognise it: a file that is no table may be one long line, of signs that a
/// terminal would obey.
fn beginning(text: &str) -> String {
    const MOST: usize = 80;
    let harmless = |sign: char| if sign.is_control() { char::REPLACEMENT_CHARACTER } else { sign };
    let more = if text.chars().nth(MOST).is_some() { "…" } else { "" };
    text.chars().take(MOST).map(harmless).chain(more.chars()).collect()
}

/// Why nothing can be saved any more.
pub(crate) const fn stopped(reason: StopReason) -> Say<'static> {
    match reason {
        StopReason::DiskFull => Say::DiskFull,
        StopReason::Damaged => Say::DatabaseDamaged,
        StopReason::DiskFailed => Say::DiskFailed,
    }
}

fn store(error: &StoreError, lang: Lang) -> String {
    match error {
        StoreError::Stopped(stop) => stopped(stop.reason),
        StoreError::Sqlite(_) | StoreError::Garbled(_) | StoreError::Migration(_) if error.is_damage() => {
            Say::DatabaseDamaged
        }
        error if error.wants_room() => Say::DiskFull,
        StoreError::Garbled(_) => Say::DatabaseGarbled,
        StoreError::InUse { holder, .. } => {
            let holder = holder.as_ref().map(|holder| held_by(holder, lang)).unwrap_or_default();
            return Say::InUse { holder: &holder }.say(lang);
        }
        StoreError::Busy | StoreError::Stale(_) => Say::Contended,
        StoreError::OldSqlite(_) => Say::OldSqlite,
        StoreError::MadeByNewerApp => Say::KeyOfNewerVersion,
        StoreError::Lock { .. } | StoreError::File(_) => Say::FolderUnwritable,
        StoreError::Sqlite(_)
        | StoreError::Migration(_)
        | StoreError::Panicked
        | StoreError::Closed
        | StoreError::Thread(_) => Say::DatabaseFailed,
    }
    .say(lang)
}

/// Which program, its process, since when.
fn held_by(holder: &Holder, lang: Lang) -> String {
    let since = holder.since.and_then(|since| since.duration_since(SystemTime::UNIX_EPOCH).ok());
    let since = since.and_then(|since| i64::try_from(since.as_millis()).ok()).map(|ms| moment_ms(ms, lang));
    let since = since.map(|since| Tell::HeldSince { since: &since }.say(lang)).unwrap_or_default();
    let (program, process) = (holder.program.as_str(), holder.process);
    Tell::HeldBy { program, process, since: &since }.say(lang)
}

fn edit(error: &EditError, lang: Lang) -> String {
    match error {
        EditError::NoSuchField(path) => Say::EditNoField { place: &path.to_string() }.say(lang),
        EditError::WrongShape(path) => Say::EditWrongShape { place: field(&path.field, lang) }.say(lang),
        EditError::NoSuchRow(path) => Say::EditNoRow { place: field(&path.field, lang) }.say(lang),
        EditError::RowExists(path) => Say::EditRowExists { place: field(&path.field, lang) }.say(lang),
        EditError::BadValue { path, .. } => Say::EditBadValue { place: &place(path, lang) }.say(lang),
        EditError::TooLong(path) => Say::EditTooLong { place: &place(path, lang) }.say(lang),
        EditError::TooMuch => Say::EditTooMuch.say(lang),
        EditError::Document(_) => Say::DocumentDamaged.say(lang),
    }
}

/// Why the rights do not allow something, before anything was changed.
fn refused(refusal: &Refusal, lang: Lang) -> String {
    let place = place(&refusal.path, lang);
    let place = place.as_str();
    match &refusal.reason {
        Reason::OutOfSight => Say::RightsOutOfSight,
        Reason::NotYoursToMake => Say::RightsNotYoursToMake,
        Reason::NotYours { owners } => {
            let owners: Vec<&str> = owners.iter().map(|group| group.say(lang)).collect();
            let owners = &owners.join(", ");
            // A fact of somebody else's is written by them; a value can be wished for.
            let is_row = refusal.path.row.is_some() && refusal.path.column.is_none();
            let said = if is_row {
                Say::RightsNotYoursToAdd { place, owners }
            } else {
                Say::RightsNotYours { place, owners }
            };
            return said.say(lang);
        }
        Reason::RelayOnly => Say::RightsRelayOnly { place },
        Reason::BirthOnly | Reason::Fixed => Say::RightsFixed { place },
        Reason::AuthorMissing | Reason::AnothersName => Say::RightsAnothersName,
        Reason::AnothersRow => Say::RightsAnothersRow { place },
        Reason::NotYoursToDecide { decider } => {
            Say::RightsNotYoursToDecide { place, decider: decider.say(lang) }
        }
        Reason::NeedsAbility { ability } => Say::RightsNeedsAbility { ability: ability.say(lang) },
        Reason::NotCanonical { .. } => Say::EditBadValue { place },
        Reason::RowExists => Say::EditRowExists { place },
        Reason::NoSuchRow => Say::EditNoRow { place },
        Reason::Foreign { .. } => Say::RightsForeign { place },
        Reason::NewerSchema => Say::RightsNewer { place },
    }
    .say(lang)
}

/// A place in a record: the field, and the column of its row.
pub(super) fn place(path: &halyard_device::domain::reading::FieldPath, lang: Lang) -> String {
    let root = field(&path.field, lang);
    match &path.column {
        Some(column) => format!("{root}: {}", field(column, lang)),
        None => root.to_owned(),
    }
}

fn list(error: &ListError, lang: Lang) -> String {
    match error {
        ListError::UnknownColumn { table, column } | ListError::UnknownField { table, field: column } => {
            Say::ListNoColumn { kind: table, column }.say(lang)
        }
        ListError::NotALink { column, .. } => {
            Say::ListNotALink { column: &list_column(column, lang) }.say(lang)
        }
        ListError::NotAText { column, .. } => {
            Say::ListNotAText { column: &list_column(column, lang) }.say(lang)
        }
        // Nothing is added up on a command line; the value of the column is what does not fit.
        ListError::WrongValue { column, .. } | ListError::NotANumber { column, .. } => {
            Say::EditBadValue { place: &list_column(column, lang) }.say(lang)
        }
        ListError::ForeignCursor => Say::ListForeignCursor.say(lang),
        ListError::TooMuch { limit, .. } => Say::ListTooMuch { limit: *limit }.say(lang),
    }
}
