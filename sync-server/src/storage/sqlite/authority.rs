//! The relay's own certificate authority.

use rusqlite::{Connection, OptionalExtension, params};

use super::failed;
use crate::storage::{KeptAuthority, StorageError};

/// The authority, where one was made.
pub(super) fn kept(connection: &Connection) -> Result<Option<KeptAuthority>, StorageError> {
    connection
        .prepare_cached("SELECT private_key, certificate FROM certificate_authority WHERE one = 1")
        .and_then(|mut statement| {
            statement
                .query_row([], |row| Ok(KeptAuthority { private_key: row.get(0)?, certificate: row.get(1)? }))
                .optional()
        })
        .map_err(failed)
}

/// Keeps an authority unless there is one, and gives the one there is from now on.
pub(super) fn keep(connection: &Connection, new: &KeptAuthority) -> Result<KeptAuthority, StorageError> {
    connection
        .execute(
            "INSERT INTO certificate_authority (one, private_key, certificate)
             VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO NOTHING",
            params![new.private_key, new.certificate],
        )
        .map_err(failed)?;
    kept(connection)?.ok_or(StorageError::Bug)
}
