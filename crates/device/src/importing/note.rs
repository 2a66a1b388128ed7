//! The notes about imports, beside the database: what is remembered to take them back.
//!
//! One file an import, numbered in the order they were done whatever the clock said. A note names records
//! and changes and holds nothing people wrote.

use std::path::{Path, PathBuf};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::time::Instant;
use halyard_store::private;
use serde::{Deserialize, Serialize};

use super::ImportError;

/// The ending of notes.
const NOTE: &str = "json";

/// What is remembered of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportNote {
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// How far it is.
    pub stage: Stage,
    pub(super) records: Vec<NotedEdit>,
}

/// An import in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedImport {
    /// What [`Device::undo_import`](crate::Device::undo_import) takes.
    pub name: String,
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// How many records it made.
    pub made: usize,
    /// How many records that were there it wrote in.
    pub completed: usize,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Noted; the program may have ended before the records were saved.
    Begun,
    /// Saved.
    Done,
    /// Taken back.
    Undone,
}

/// What an import, and taking it back, did to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotedEdit {
    pub(super) document: DocumentId,
    pub(super) kind: Kind,
    pub(super) is_new: bool,
    pub(super) changes: Vec<ChangeHash>,
}

/// All notes with their files, in the order of the imports.
pub(super) fn notes(folder: &Path) -> Result<Vec<(PathBuf, ImportNote)>, ImportError> {
    let note = |path: PathBuf| {
        let bytes = std::fs::read(&path).map_err(ImportError::Note)?;
        let note = serde_json::from_slice(&bytes).map_err(|error| ImportError::Note(error.into()))?;
        Ok((path, note))
    };
    paths(folder).map_err(ImportError::Note)?.into_iter().map(note).collect()
}

/// What people name an import by: its note, without the ending.
pub(super) fn name_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

impl NotedImport {
    pub(super) fn of(path: &Path, note: &ImportNote) -> Self {
        let made = note.records.iter().filter(|record| record.is_new).count();
        Self {
            name: name_of(path),
            file: note.file.clone(),
            at: note.at,
            is_undone: note.stage == Stage::Undone,
            made,
            completed: note.records.len() - made,
        }
    }
}

/// Where the note about the next import goes.
pub(super) fn next_path(folder: &Path) -> std::io::Result<PathBuf> {
    let number = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u64>().ok();
    let last = paths(folder)?.iter().filter_map(number).max().unwrap_or(0);
    Ok(folder.join(format!("{:015}.{NOTE}", last + 1)))
}

/// A note is whole or the one before, also after a power loss.
pub(super) fn write_note(path: &Path, note: &ImportNote) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        private::create_folder(folder)?;
    }
    private::write_whole(path, &serde_json::to_vec(note).map_err(std::io::Error::other)?)
}

fn paths(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == NOTE) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
