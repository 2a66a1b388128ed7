//! Bringing the user's own customers and equipment from a file: look first, then do, and take back.
//!
//! Looking and doing both plan from the file beside what stands on this device at that moment. It is one
//! transaction; what a colleague writes between the plan and it stays beside what the file fills there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::actions::{forget_form, said};
use crate::app::{App, ImportProgress};
use crate::error::DeviceError;
use crate::import::Planned;
use crate::import::columns::Column;
use crate::import::excerpt::excerpt;
use crate::import::plan::Plan;
use crate::import::preview::Preview;
use crate::import::refusal::RefusedRow;
use crate::import::table::{
    Encoding, MAX_CELL, MAX_COLUMNS, MAX_ROW_CELLS, ReadAs, Separator, Table, TableError, is_long,
};
use crate::importing::ImportError;
use crate::screens::ScreenError;
use crate::screens::status::Nothing;
use halyard_domain::rights::Refusal;
use halyard_domain::time::Instant;
use halyard_store::KeptImport;

/// So many rows of each list of a preview are shown; a file of 50,000 would freeze a window otherwise.
const MOST_SHOWN: usize = 1_000;
/// A running import tells how far it is so many times.
const TOLD_OF: usize = 100;
/// So many rows are looked through for an example of a column.
const LOOKED_FOR_EXAMPLE: usize = 1_000;

/// A file people bring.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FileToImport {
    /// What it is called; its ending says what it is.
    pub name: String,
    /// Its content in base 64.
    pub content: String,
    /// How it is to be read; what is not said is guessed.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub read_as: Option<ReadAs>,
}

/// What an import will do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportLook {
    /// Of an Excel file, the sheet that was read.
    pub sheet: Option<String>,
    /// Its other sheets, which were not.
    pub other_sheets: Vec<String>,
    /// Of a CSV file, its letters.
    pub encoding: Option<Encoding>,
    /// Of a CSV file, what separates its cells.
    pub separator: Option<Separator>,
    /// The columns, in the file's order.
    pub columns: Vec<ImportColumnView>,
    /// How many rows there are below the header.
    pub rows: usize,
    /// How many records would be made or written in.
    pub records: usize,
    /// Why nobody of this person's role may do it; absent when they may.
    pub refusal: Option<Refusal>,
    /// What becomes of the rows. Of each list the first [`MOST_SHOWN`] are given, of a long text the beginning.
    pub preview: Preview,
    /// How many of each list there are.
    pub counts: ImportCounts,
}

/// A column of a file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportColumnView {
    /// Its heading; of a long one the beginning.
    pub heading: String,
    /// What it is taken for; nothing when it is not taken.
    pub holds: Option<Column>,
    /// The first cell below the heading that says something; of a long one the beginning.
    pub example: String,
}

/// How long the lists of a preview are in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportCounts {
    /// Rows that are taken.
    pub lines: usize,
    /// Rows that are not.
    pub refused: usize,
    /// Cells that say otherwise than what stands.
    pub differs: usize,
    /// Cells that name something nobody knows.
    pub left_out: usize,
}

/// An import that was done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Imported {
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// Records it made or wrote in.
    pub records: usize,
    /// Rows that were not taken.
    pub refused: usize,
}

/// An import that happened.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportView {
    /// What [`undo_import`] takes.
    pub name: String,
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// Records it made.
    pub made: usize,
    /// Records that were there and got values they lacked.
    pub completed: usize,
}

/// Asks to take an import back.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportToUndo {
    /// Which; the last that was not taken back without.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name: Option<String>,
    /// Why; it stands in every record that is withdrawn.
    pub why: String,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
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
    /// The header has more cells than a table may have columns.
    TooManyColumns {
        /// The line, counted from 1.
        line: usize,
        /// The most columns of a table.
        most: usize,
    },
    /// There is no header row.
    Empty,
    /// Neither `.csv` nor `.xlsx`, by its name or by what is in it.
    UnknownFormat,
    /// A quote of the header stays open, so nothing says what the columns are.
    BrokenHeader {
        /// The line, counted from 1.
        line: usize,
    },
    /// A heading is longer than a cell may be: hardly a table.
    LongHeading {
        /// The column, counted from 1.
        column: usize,
        /// The most characters of a cell.
        most: usize,
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
    let layout = table.layout();
    let holds = |at: usize| layout.columns().get(at).copied().flatten();
    let columns = table.header.iter().enumerate().map(|(at, heading)| ImportColumnView {
        heading: excerpt(heading),
        holds: holds(at),
        example: example(&table, at),
    });
    let columns = columns.collect();
    // A file none of whose columns is known is shown all the same: a person says what they hold.
    let planned = if layout.knows_a_column() {
        app.device().plan_import(&table)?
    } else {
        Planned { preview: Preview::default(), plan: Plan::default() }
    };
    let refusal = match app.device().may_import(&planned.plan) {
        Ok(()) => None,
        Err(DeviceError::NotAllowed { refusal, .. } | DeviceError::WithoutRole { refusal, .. }) => {
            Some(refusal)
        }
        Err(error) => return Err(error.into()),
    };
    let (counts, preview) = shown(planned.preview);
    Ok(ImportLook {
        sheet: table.sheet,
        other_sheets: table.other_sheets,
        encoding: table.encoding,
        separator: table.separator,
        columns,
        rows: table.rows.len(),
        records: planned.plan.edits.len(),
        refusal,
        preview,
        counts,
    })
}

/// Every row of a file that an import would not take, for a file of them: cells as they stand, only of those longer
/// than cells may be the beginning, and of rows longer than rows may be the first.
///
/// # Errors
/// As [`look_at_import`].
pub fn refused_of_import(app: &App, asked: &FileToImport) -> Result<Vec<RefusedRow>, ScreenError> {
    let mut refused = app.device().plan_import(&table(asked)?)?.preview.refused;
    refused.iter_mut().for_each(|row| row.cells.truncate(MAX_ROW_CELLS));
    for cell in refused.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| is_long(cell)) {
        *cell = excerpt(cell);
    }
    Ok(refused)
}

/// Imports a file: everything that is not refused, in one transaction. Events tell how far it is.
///
/// # Errors
/// When the file is no table, it is not allowed, or it cannot be saved.
pub fn import_file(app: &App, asked: &FileToImport) -> Result<Imported, ScreenError> {
    let planned = app.device().plan_import(&table(asked)?)?;
    let total = planned.plan.edits.len();
    let mut told = 0;
    let ready = |ready: usize| {
        if ready == total || ready >= told + total.div_ceil(TOLD_OF) {
            told = ready;
            app.tell_import(ImportProgress { ready, total });
        }
    };
    let at = app.device().import(&planned.plan, &asked.name, ready)?;
    let refused = planned.preview.refused.len();
    Ok(Imported { file: asked.name.clone(), at, records: total, refused })
}

/// The imports that happened on this device, the last one first.
///
/// # Errors
/// When the device cannot be read.
pub fn imports(app: &App, _: &Nothing) -> Result<Vec<ImportView>, ScreenError> {
    let view = |one: KeptImport| ImportView {
        name: one.number.to_string(),
        file: one.file,
        at: one.at,
        is_undone: one.is_undone,
        made: one.made,
        completed: one.completed,
    };
    Ok(app.device().imports()?.into_iter().map(view).collect())
}

/// Takes an import back. What people changed since stays theirs.
///
/// # Errors
/// When there is none, what it did cannot be read, no reason is given, it is not allowed, or it cannot be saved.
pub fn undo_import(app: &App, asked: &ImportToUndo) -> Result<ImportUndone, ScreenError> {
    let why = said(Some(&asked.why)).ok_or_else(|| ScreenError::Required { field: "why".to_owned() })?;
    let number = asked.name.as_deref().map(str::parse).transpose();
    let number = number.map_err(|_| ScreenError::NothingToUndo)?;
    let undone = app.device().undo_import(number, &why)?;
    forget_form(app.device(), asked.form.as_deref());
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
    let read_as = asked.read_as.clone().unwrap_or_default();
    Table::from_bytes(&asked.name, bytes, &read_as)
        .map_err(|error| ScreenError::File { trouble: error.into() })
}

fn example(table: &Table, at: usize) -> String {
    let mut cells = table.rows.iter().take(LOOKED_FOR_EXAMPLE).filter_map(|row| row.cells.get(at));
    cells.find(|cell| !cell.is_empty()).map(|cell| excerpt(cell)).unwrap_or_default()
}

/// The beginning of each list and of each text in it, and how long each list is.
fn shown(mut preview: Preview) -> (ImportCounts, Preview) {
    let counts = ImportCounts {
        lines: preview.lines.len(),
        refused: preview.refused.len(),
        differs: preview.differs.len(),
        left_out: preview.left_out.len(),
    };
    preview.lines.truncate(MOST_SHOWN);
    preview.refused.truncate(MOST_SHOWN);
    preview.differs.truncate(MOST_SHOWN);
    preview.left_out.truncate(MOST_SHOWN);
    let labels = preview.lines.iter_mut().flat_map(|line| &mut line.parts).map(|part| &mut part.label);
    preview.refused.iter_mut().for_each(|row| row.cells.truncate(MAX_ROW_CELLS));
    let cells = preview.refused.iter_mut().flat_map(|row| &mut row.cells);
    let differs =
        preview.differs.iter_mut().flat_map(|one| [&mut one.label, &mut one.kept, &mut one.offered]);
    let left_out = preview.left_out.iter_mut().map(|one| &mut one.text);
    for text in labels.chain(cells).chain(differs).chain(left_out).chain(&mut preview.unknown_columns) {
        *text = excerpt(text);
    }
    (counts, preview)
}

impl From<TableError> for FileTrouble {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Io(_) => Self::Unreadable,
            TableError::TooLarge => Self::TooLarge,
            TableError::TooManyRows => Self::TooManyRows,
            TableError::TooManyColumns { line } => Self::TooManyColumns { line, most: MAX_COLUMNS },
            TableError::Empty => Self::Empty,
            TableError::UnknownFormat => Self::UnknownFormat,
            TableError::BrokenHeader { line } => Self::BrokenHeader { line },
            TableError::LongHeading { column } => Self::LongHeading { column, most: MAX_CELL },
            TableError::NoSuchSheet { .. } | TableError::NoSheets => Self::NoSuchSheet,
            TableError::Excel(_) => Self::Excel,
        }
    }
}

impl From<ImportError> for ScreenError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Device(error) => error.into(),
            ImportError::Unreadable { .. } => Self::ImportUnreadable,
            ImportError::NoKnownColumn { .. } => Self::File { trouble: FileTrouble::NoKnownColumn },
            ImportError::NothingToUndo => Self::NothingToUndo,
        }
    }
}
