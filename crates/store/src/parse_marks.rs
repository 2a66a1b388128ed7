//! Which documents are being parsed, so that one that kills the app is found.
//!
//! Hostile bytes can end the process in ways no error handling sees. A document is marked before it is
//! parsed; a mark that is still there at the next start means the app died over it. The marks live in
//! a small file that is written without fsync: it must survive the death of the process, not of the
//! machine, and a mark costs microseconds. A document that was there at two deaths is set aside.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use halyard_domain::id::DocumentId;

use crate::error::StoreError;
use crate::private;

/// The marks of this run.
#[derive(Debug)]
pub(crate) struct ParseMarks {
    marked: Mutex<Marked>,
}

#[derive(Debug)]
struct Marked {
    file: File,
    /// How many parse each document now.
    documents: BTreeMap<DocumentId, usize>,
}

/// Documents are being parsed while this lives.
#[derive(Debug)]
pub struct Parsing<'a> {
    marks: &'a ParseMarks,
    documents: Vec<DocumentId>,
}

impl ParseMarks {
    /// Takes over the marks in the file at `path`, and names the documents over which the last run died.
    pub(crate) fn open(path: &Path) -> Result<(Self, Vec<DocumentId>), StoreError> {
        let left = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StoreError::File(error)),
        };
        let deadly = left.chunks(16).filter_map(|id| DocumentId::from_slice(id).ok()).collect();
        let mut options = private::options();
        let file = options.write(true).create(true).truncate(false).open(path).map_err(StoreError::File)?;
        Ok((Self { marked: Mutex::new(Marked { file, documents: BTreeMap::new() }) }, deadly))
    }

    /// Forgets the marks of the last run, once the database counts them.
    pub(crate) fn forget_last_run(&self) -> Result<(), StoreError> {
        self.marked.lock().unwrap_or_else(PoisonError::into_inner).save().map_err(StoreError::File)
    }

    /// Marks documents until what is returned is dropped.
    pub(crate) fn mark(&self, documents: Vec<DocumentId>) -> Result<Parsing<'_>, StoreError> {
        let mut marked = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
        for document in &documents {
            *marked.documents.entry(*document).or_insert(0) += 1;
        }
        // Even when saving fails the guard must take its counts back.
        let parsing = Parsing { marks: self, documents };
        let saved = marked.save();
        drop(marked);
        saved.map_err(StoreError::File)?;
        Ok(parsing)
    }
}

impl Marked {
    fn save(&mut self) -> Result<(), std::io::Error> {
        let bytes: Vec<u8> = self.documents.keys().flat_map(|document| *document.as_bytes()).collect();
        self.file.rewind()?;
        self.file.write_all(&bytes)?;
        self.file.set_len(bytes.len() as u64)
    }
}

impl Drop for Parsing<'_> {
    fn drop(&mut self) {
        let mut marked = self.marks.marked.lock().unwrap_or_else(PoisonError::into_inner);
        for document in &self.documents {
            if let Some(count) = marked.documents.get_mut(document) {
                *count -= 1;
                if *count == 0 {
                    marked.documents.remove(document);
                }
            }
        }
        if let Err(error) = marked.save() {
            tracing::warn!(error = %error, "a document may be taken for one that ended the app");
        }
    }
}
