//! Views of journals that a person kept under names of their own.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::store::Store;

/// A view of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: DocumentId,
    /// What it is called.
    pub name: String,
    /// How the journal looks: JSON, the screens' own.
    pub body: String,
}

impl Store {
    /// The views of a journal that a person kept, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn saved_views(&self, employee: DocumentId, journal: Kind) -> Result<Vec<SavedView>, StoreError> {
        self.engine.read(|db| of(db, employee, journal))
    }

    /// Keeps a view: in its place when it was there, else in that of the view whose name it takes, else as
    /// the last. The view that had the name of it is gone.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_view(&self, employee: DocumentId, journal: Kind, view: SavedView) -> Result<(), StoreError> {
        self.writing(move |db| keep(db, employee, journal, &view))
    }

    /// Brings the views of a journal into this order. Those that are not named keep their places behind.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn order_views(
        &self,
        employee: DocumentId,
        journal: Kind,
        ids: Vec<DocumentId>,
    ) -> Result<(), StoreError> {
        self.writing(move |db| order(db, employee, journal, &ids))
    }

    /// Forgets a view.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn drop_view(&self, employee: DocumentId, id: DocumentId) -> Result<(), StoreError> {
        self.writing(move |db| {
            db.prepare_cached("DELETE FROM saved_view WHERE id = ?1 AND employee = ?2")?
                .execute(params![id.as_bytes(), employee.as_bytes()])?;
            Ok(())
        })
    }
}

fn of(db: &Connection, employee: DocumentId, journal: Kind) -> Result<Vec<SavedView>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, name, body
         FROM saved_view
         WHERE employee = ?1 AND journal = ?2
         ORDER BY place, id",
    )?;
    let rows = statement.query_map(params![employee.as_bytes(), journal.name()], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
    })?;
    let mut views = Vec::new();
    for row in rows {
        let (id, name, body) = row?;
        let id = DocumentId::from_slice(&id).map_err(|_| StoreError::Garbled("view id"))?;
        views.push(SavedView { id, name, body });
    }
    Ok(views)
}

fn keep(
    db: &Connection,
    employee: DocumentId,
    journal: Kind,
    SavedView { id, name, body }: &SavedView,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO saved_view (id, employee, journal, name, place, body)
         SELECT ?1, ?2, ?3, ?4, COALESCE(MIN(place) FILTER (WHERE name = ?4), MAX(place) + 1, 0), ?5
         FROM saved_view
         WHERE employee = ?2 AND journal = ?3
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body
         WHERE saved_view.employee = excluded.employee",
    )?
    .execute(params![id.as_bytes(), employee.as_bytes(), journal.name(), name, body])?;
    db.prepare_cached(
        "DELETE FROM saved_view
         WHERE employee = ?2 AND journal = ?3 AND name = ?4 AND id <> ?1
         AND EXISTS (SELECT 1 FROM saved_view WHERE id = ?1 AND employee = ?2)",
    )?
    .execute(params![id.as_bytes(), employee.as_bytes(), journal.name(), name])?;
    Ok(())
}

fn order(db: &Connection, employee: DocumentId, journal: Kind, ids: &[DocumentId]) -> Result<(), StoreError> {
    let behind = of(db, employee, journal)?.into_iter().map(|view| view.id).filter(|id| !ids.contains(id));
    let mut statement =
        db.prepare_cached("UPDATE saved_view SET place = ?1 WHERE id = ?2 AND employee = ?3")?;
    for (place, id) in (0_i64..).zip(ids.iter().copied().chain(behind)) {
        statement.execute(params![place, id.as_bytes(), employee.as_bytes()])?;
    }
    Ok(())
}
