//! Bringing the user's own customers and equipment from a file: look first, then do, and take back.
//!
//! Looking and doing both plan from the file beside what stands on this device at that moment, so what is
//! done is never an old plan on new records. It is one transaction.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::actions::said;
use crate::app::App;
use crate::error::DeviceError;
use crate::import::preview::Preview;
use crate::import::table::{Table, TableError};
use crate::importing::ImportError;
use crate::screens::ScreenError;
use halyard_domain::time::Instant;

/// A file people bring.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FileToImport {
    /// What it is called; its ending says what it is.
    pub name: String,
    /// Of an Excel file, the sheet to read; the first when absent.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub sheet: Option<String>,
    /// Its content in base 64.
    pub content: String,
}

/// What an import will do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportLook {
    /// The header of the file.
    pub header: Vec<String>,
    /// Of an Excel file, the sheet that is read.
    pub sheet: Option<String>,
    /// Its other sheets, which are not.
    pub other_sheets: Vec<String>,
    /// What becomes of its rows.
    pub preview: Preview,
}

/// An import that was done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Imported {
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// What became of its rows.
    pub preview: Preview,
}

/// Asks to take the last import back.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportToUndo {
    /// Why; it stands in every record that is withdrawn.
    pub why: String,
}

/// An import that was taken back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportUndone {
    /// What the file was called.
    pub file: String,
    /// When it was imported.
    pub at: Instant,
    /// Records the import made that are withdrawn now.
    pub withdrawn: usize,
    /// Records that were there before and lost what the import wrote in them.
    pub changed_back: usize,
    /// Records in which something the import wrote stays.
    pub left: usize,
}

/// Why a file cannot be read as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum FileTrouble {
    /// It is larger than an import takes.
    TooLarge,
    /// It has more rows than an import takes.
    TooManyRows,
    /// There is no header row.
    Empty,
    /// Neither `.csv` nor `.xlsx`.
    UnknownFormat,
    /// A quote of the header stays open, so nothing says what the columns are.
    BrokenHeader {
        /// The line, counted from 1.
        line: usize,
    },
    /// The first row names no column an import takes.
    NoKnownColumn,
    /// The Excel file is damaged or protected.
    Excel,
    /// The file has no such sheet: it was changed since it was looked at.
    NoSuchSheet,
    /// It cannot be read at all.
    Unreadable,
}

/// Looks at what an import of a file will do. Changes nothing.
///
/// # Errors
/// When the file is no table, or the device cannot be read.
pub fn look_at_import(app: &App, asked: &FileToImport) -> Result<ImportLook, ScreenError> {
    let table = table(asked)?;
    let planned = app.device().plan_import(&table)?;
    let Table { header, sheet, other_sheets, .. } = table;
    Ok(ImportLook { header, sheet, other_sheets, preview: planned.preview })
}

/// Imports a file: everything that is not refused, in one transaction.
///
/// # Errors
/// When the file is no table, it is not allowed, or it cannot be saved.
pub fn import_file(app: &App, asked: &FileToImport) -> Result<Imported, ScreenError> {
    let planned = app.device().plan_import(&table(asked)?)?;
    let note = app.device().import(&planned.plan, &asked.name, &app.imports())?;
    Ok(Imported { file: note.file, at: note.at, preview: planned.preview })
}

/// Takes back the last import that was not taken back yet. What people changed since stays theirs.
///
/// # Errors
/// When there is none, no reason is given, it is not allowed, or it cannot be saved.
pub fn undo_import(app: &App, asked: &ImportToUndo) -> Result<ImportUndone, ScreenError> {
    let why = said(Some(&asked.why)).ok_or_else(|| ScreenError::Required { field: "why".to_owned() })?;
    let undone = app.device().undo_import(&why, &app.imports())?;
    Ok(ImportUndone {
        file: undone.file,
        at: undone.at,
        withdrawn: undone.withdrawn,
        changed_back: undone.changed_back,
        left: undone.left.len(),
    })
}

fn table(asked: &FileToImport) -> Result<Table, ScreenError> {
    let bytes = STANDARD.decode(&asked.content);
    let bytes = bytes.map_err(|_| ScreenError::File { trouble: FileTrouble::Unreadable })?;
    let table = Table::from_bytes(&asked.name, bytes, asked.sheet.as_deref());
    table.map_err(|error| ScreenError::File { trouble: error.into() })
}

impl From<TableError> for FileTrouble {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Io(_) => Self::Unreadable,
            TableError::TooLarge => Self::TooLarge,
            TableError::TooManyRows => Self::TooManyRows,
            TableError::Empty => Self::Empty,
            TableError::UnknownFormat => Self::UnknownFormat,
            TableError::BrokenHeader { line } => Self::BrokenHeader { line },
            TableError::NoSuchSheet { .. } | TableError::NoSheets => Self::NoSuchSheet,
            TableError::Excel(_) => Self::Excel,
        }
    }
}

impl From<ImportError> for ScreenError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Device(error) => error.into(),
            ImportError::Note(source) => DeviceError::Store(halyard_store::StoreError::File(source)).into(),
            ImportError::NoKnownColumn { .. } => Self::File { trouble: FileTrouble::NoKnownColumn },
            ImportError::NothingToUndo => Self::NothingToUndo,
        }
    }
}
