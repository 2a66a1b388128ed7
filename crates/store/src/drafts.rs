//! Forms that were left: what was typed is there when they are opened again.
//!
//! A draft is there exactly as long as what it became is not: the edit a form comes to names the form, and
//! both are one transaction. A device that dies around it is left with one of them, never with both, so that
//! nobody sends a form twice.
//!
//! Drafts have no owner: a profile belongs to one person as long as it exists. A device that is enrolled is
//! not enrolled again, and a second person on the same machine has a profile and a database of their own. Where
//! a damaged database has lost whose it was, its drafts are not taken over (`rescue`).

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::store::Store;

/// A form that was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form, as the screens name it.
    pub form: String,
    /// What was typed: JSON, the screens' own.
    pub body: String,
    /// When, by this device's clock, Unix milliseconds.
    pub saved_ms: i64,
}

impl Store {
    /// Keeps what was typed into a form that is left.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_draft(&self, draft: Draft) -> Result<(), StoreError> {
        self.writing(move |db| keep(db, &draft))
    }

    /// What was typed into a form that was left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn draft(&self, form: &str) -> Result<Option<Draft>, StoreError> {
        self.engine.read(|db| find(db, form))
    }

    /// Every form that was left, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.engine.read(all)
    }

    /// Forgets what was typed into a form.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn drop_draft(&self, form: String) -> Result<(), StoreError> {
        self.writing(move |db| forget(db, &form))
    }
}

fn keep(db: &Connection, draft: &Draft) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO draft (form, body, saved_ms)
         VALUES (?1, ?2, ?3)
         ON CONFLICT (form) DO UPDATE SET body = excluded.body, saved_ms = excluded.saved_ms",
    )?
    .execute(params![draft.form, draft.body, draft.saved_ms])?;
    Ok(())
}

fn find(db: &Connection, form: &str) -> Result<Option<Draft>, StoreError> {
    let found = db
        .prepare_cached("SELECT form, body, saved_ms FROM draft WHERE form = ?1")?
        .query_row([form], |row| Ok(Draft { form: row.get(0)?, body: row.get(1)?, saved_ms: row.get(2)? }))
        .optional()?;
    Ok(found)
}

fn all(db: &Connection) -> Result<Vec<Draft>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT form, body, saved_ms FROM draft ORDER BY saved_ms DESC, form")?;
    let rows = statement
        .query_map([], |row| Ok(Draft { form: row.get(0)?, body: row.get(1)?, saved_ms: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn forget(db: &Connection, form: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM draft WHERE form = ?1")?.execute([form])?;
    Ok(())
}
