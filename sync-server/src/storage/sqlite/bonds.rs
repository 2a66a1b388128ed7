//! Whom a record belongs to and where it points, kept as intervals of log positions.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::reading::Reading;
use halyard_domain::rights::audience;
use halyard_domain::rules::carries::links;
use halyard_domain::schema::root_key;
use rusqlite::params;

use super::failed;
use super::sight::Sight;
use super::values::{document, int};
use crate::storage::{LinkedBy, StorageError};

impl Sight<'_> {
    /// Whom a record belongs to, as noted: people, and teams (true).
    pub(super) fn stored_audience(
        &self,
        record: DocumentId,
    ) -> Result<BTreeSet<(DocumentId, bool)>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT who, is_team
                 FROM audience
                 WHERE workspace_id = ?1 AND document_id = ?2 AND to_position IS NULL",
            )
            .map_err(failed)?;
        statement
            .query_map(params![self.workspace.as_bytes(), record.as_bytes()], |row| {
                Ok((document(row, 0)?, row.get::<_, bool>(1)?))
            })
            .map_err(failed)?
            .collect::<rusqlite::Result<BTreeSet<_>>>()
            .map_err(failed)
    }

    /// Notes whom a record belongs to now; true when that changed.
    pub(super) fn store_audience(&self, record: DocumentId, reading: &Reading) -> Result<bool, StorageError> {
        let wanted = audience(reading);
        let wanted: BTreeSet<(DocumentId, bool)> = wanted
            .own
            .iter()
            .map(|one| (*one, false))
            .chain(wanted.teams.iter().map(|one| (*one, true)))
            .collect();
        let present = self.stored_audience(record)?;
        for (who, is_team) in present.difference(&wanted) {
            self.run(
                "UPDATE audience
                 SET to_position = ?5
                 WHERE workspace_id = ?1 AND document_id = ?2 AND who = ?3 AND is_team = ?4
                   AND to_position IS NULL",
                params![
                    self.workspace.as_bytes(),
                    record.as_bytes(),
                    who.as_bytes(),
                    is_team,
                    int(self.at.0)
                ],
            )?;
        }
        for (who, is_team) in wanted.difference(&present) {
            self.run(
                "INSERT INTO audience (workspace_id, document_id, who, is_team, from_position)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (workspace_id, document_id, who, is_team, from_position)
                 DO UPDATE SET to_position = NULL",
                params![
                    self.workspace.as_bytes(),
                    record.as_bytes(),
                    who.as_bytes(),
                    is_team,
                    int(self.at.0)
                ],
            )?;
        }
        Ok(present != wanted)
    }

    /// Notes where a record points now and answers the links that came or went.
    pub(super) fn store_links(
        &self,
        record: DocumentId,
        reading: &Reading,
        by: LinkedBy,
    ) -> Result<BTreeSet<(String, DocumentId)>, StorageError> {
        let named = links(reading).into_iter();
        let wanted: BTreeSet<(String, DocumentId)> = named
            .filter(|link| link.path.row.is_none() && link.path.field != root_key::AUTHOR)
            .map(|link| (link.path.field, link.id))
            .collect();
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT field, target_id
                 FROM link
                 WHERE workspace_id = ?1 AND document_id = ?2 AND to_position IS NULL",
            )
            .map_err(failed)?;
        let present = statement
            .query_map(params![self.workspace.as_bytes(), record.as_bytes()], |row| {
                Ok((row.get::<_, String>(0)?, document(row, 1)?))
            })
            .map_err(failed)?
            .collect::<rusqlite::Result<BTreeSet<_>>>()
            .map_err(failed)?;
        for (field, target) in present.difference(&wanted) {
            self.run(
                "UPDATE link
                 SET to_position = ?5
                 WHERE workspace_id = ?1 AND document_id = ?2 AND field = ?3 AND target_id = ?4
                   AND to_position IS NULL",
                params![
                    self.workspace.as_bytes(),
                    record.as_bytes(),
                    field,
                    target.as_bytes(),
                    int(self.at.0)
                ],
            )?;
        }
        for (field, target) in wanted.difference(&present) {
            let carries = self.link_carries(*target, by)?;
            self.run(
                "INSERT INTO link (workspace_id, document_id, field, target_id, carries, from_position)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (workspace_id, document_id, field, target_id, from_position)
                 DO UPDATE SET to_position = NULL, carries = excluded.carries",
                params![
                    self.workspace.as_bytes(),
                    record.as_bytes(),
                    field,
                    target.as_bytes(),
                    carries,
                    int(self.at.0)
                ],
            )?;
        }
        Ok(present.symmetric_difference(&wanted).cloned().collect())
    }

    fn link_carries(&self, target: DocumentId, by: LinkedBy) -> Result<bool, StorageError> {
        let LinkedBy::Employee(writer) = by else { return Ok(true) };
        match self.graph().kind(target)? {
            Some(kind) => self.visible(writer, target, kind),
            None => Ok(false),
        }
    }
}
