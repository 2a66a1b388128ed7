//! Records whose arrival ended the app.
//!
//! What the relay sends is opened before it is stored, and the same page comes again after every start. So a death
//! is counted against everything that was arriving; each of it comes alone then, and what ended the app alone too
//! is not opened again until the relay has something newer of it.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use rusqlite::{Connection, OptionalExtension, params};

use crate::documents;
use crate::error::StoreError;
use crate::parse_marks::Parsing;
use crate::store::{ENDED_THE_APP, Store};

impl Store {
    /// As [`Store::parsing`], of documents as the relay sends them: they may not be here yet.
    ///
    /// # Errors
    /// When the mark cannot be written.
    pub fn arriving(&self, documents: Vec<DocumentId>) -> Result<Parsing<'_>, StoreError> {
        self.arrivals.mark(documents)
    }

    /// Documents that were arriving when the app died and have not arrived since. Let each arrive alone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn arrival_suspects(&self) -> Result<BTreeSet<DocumentId>, StoreError> {
        self.engine.read(suspects)
    }

    /// Whether the app died over a document that arrived alone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ends_the_app(&self, document: DocumentId) -> Result<bool, StoreError> {
        self.engine.read(move |db| Ok(deaths_of(db, document)?.is_some_and(|known| known.deaths > 1)))
    }

    /// Whether a suspect may be opened as the relay has it at `position`. One that ended the app so is set aside
    /// instead, known here or not.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn try_arrival(&self, document: DocumentId, kind: Kind, position: u64) -> Result<bool, StoreError> {
        self.engine.write(move |db| {
            let may_arrive = may_arrive(db, document, position)?;
            if !may_arrive {
                documents::put_aside(db, document, kind, ENDED_THE_APP)?;
            }
            Ok(may_arrive)
        })
    }

    /// These suspects arrived without harm.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn clear_arrivals(&self, documents: Vec<DocumentId>) -> Result<(), StoreError> {
        self.engine.write(move |db| forget(db, &documents))
    }
}

/// Counts a death against each.
pub(crate) fn count(db: &Connection, deadly: &[DocumentId]) -> Result<(), StoreError> {
    for document in deadly {
        db.prepare_cached(
            "INSERT INTO arrival_death (document, deaths) VALUES (?1, 1)
             ON CONFLICT (document) DO UPDATE SET deaths = deaths + 1",
        )?
        .execute([document.as_bytes().as_slice()])?;
    }
    Ok(())
}

/// All that were arriving when the app died and have not arrived since.
fn suspects(db: &Connection) -> Result<BTreeSet<DocumentId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT document FROM arrival_death")?;
    let found = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    found.map(|id| DocumentId::from_slice(&id?).map_err(|_| StoreError::Garbled("document id"))).collect()
}

/// Whether what the relay has of a record at `position` may be opened, which is noted: nothing was tried yet that is
/// as new, or the app lived since.
fn may_arrive(db: &Connection, document: DocumentId, position: u64) -> Result<bool, StoreError> {
    let Some(known) = deaths_of(db, document)? else { return Ok(true) };
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let Some((_, before)) = known.tried.filter(|(tried, _)| position <= *tried) else {
        db.prepare_cached(
            "UPDATE arrival_death SET tried_position = ?2, tried_deaths = deaths WHERE document = ?1",
        )?
        .execute(params![document.as_bytes().as_slice(), position])?;
        return Ok(true);
    };
    Ok(known.deaths == before)
}

/// They arrived, and the app lives.
fn forget(db: &Connection, documents: &[DocumentId]) -> Result<(), StoreError> {
    for document in documents {
        db.prepare_cached("DELETE FROM arrival_death WHERE document = ?1")?
            .execute([document.as_bytes().as_slice()])?;
    }
    Ok(())
}

struct Deaths {
    deaths: i64,
    /// The newest place that was tried, and how many deaths there had been before.
    tried: Option<(i64, i64)>,
}

fn deaths_of(db: &Connection, document: DocumentId) -> Result<Option<Deaths>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT deaths, tried_position, tried_deaths FROM arrival_death WHERE document = ?1",
    )?;
    let found = statement
        .query_row([document.as_bytes().as_slice()], |row| {
            let tried: Option<i64> = row.get(1)?;
            let before: Option<i64> = row.get(2)?;
            Ok(Deaths { deaths: row.get(0)?, tried: tried.zip(before) })
        })
        .optional()?;
    Ok(found)
}
