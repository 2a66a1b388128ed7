//! How domain values are columns.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::cbor;
use halyard_protocol::hash::{EnvelopeHash, Position};
use halyard_protocol::receipt::Outcome;
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::storage::StorageError;

/// The most a stored CBOR value is read of: everything stored was made by this program.
const MOST_BYTES: usize = 64 << 20;

/// A counter as SQLite keeps it.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A counter as it came from SQLite, where it was never negative.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn uuid(row: &Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(index).map(Uuid::from_bytes)
}

pub(super) fn document(row: &Row<'_>, index: usize) -> rusqlite::Result<DocumentId> {
    uuid(row, index).map(DocumentId::from_uuid)
}

pub(super) fn maybe_document(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<DocumentId>> {
    row.get::<_, Option<[u8; 16]>>(index).map(|id| id.map(|id| DocumentId::from_uuid(Uuid::from_bytes(id))))
}

pub(super) fn device(row: &Row<'_>, index: usize) -> rusqlite::Result<DeviceId> {
    uuid(row, index).map(DeviceId::from_uuid)
}

pub(super) fn workspace(row: &Row<'_>, index: usize) -> rusqlite::Result<WorkspaceId> {
    uuid(row, index).map(WorkspaceId::from_uuid)
}

pub(super) fn epoch(row: &Row<'_>, index: usize) -> rusqlite::Result<EpochId> {
    uuid(row, index).map(EpochId::from_uuid)
}

pub(super) fn incarnation(row: &Row<'_>, index: usize) -> rusqlite::Result<IncarnationId> {
    uuid(row, index).map(IncarnationId::from_uuid)
}

pub(super) fn envelope_hash(row: &Row<'_>, index: usize) -> rusqlite::Result<EnvelopeHash> {
    row.get(index).map(EnvelopeHash)
}

pub(super) fn change_hash(row: &Row<'_>, index: usize) -> rusqlite::Result<ChangeHash> {
    row.get(index).map(ChangeHash)
}

pub(super) fn position(row: &Row<'_>, index: usize) -> rusqlite::Result<Position> {
    row.get(index).map(|number| Position(count(number)))
}

pub(super) fn kind(row: &Row<'_>, index: usize) -> rusqlite::Result<Kind> {
    let name: String = row.get(index)?;
    Kind::from_name(&name).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, FromSqlError::InvalidType.into())
    })
}

pub(super) fn outcome(row: &Row<'_>, index: usize) -> rusqlite::Result<Outcome> {
    let name: String = row.get(index)?;
    OUTCOMES.iter().find(|(_, text)| *text == name).map(|(outcome, _)| *outcome).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, FromSqlError::InvalidType.into())
    })
}

/// The stored name of an outcome.
pub(super) const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Quarantined => "quarantined",
        Outcome::Blocked => "blocked",
        Outcome::Stale => "stale",
        Outcome::Deferred => "deferred",
        Outcome::Malformed => "malformed",
    }
}

const OUTCOMES: [(Outcome, &str); 6] = [
    (Outcome::Accepted, outcome_name(Outcome::Accepted)),
    (Outcome::Quarantined, outcome_name(Outcome::Quarantined)),
    (Outcome::Blocked, outcome_name(Outcome::Blocked)),
    (Outcome::Stale, outcome_name(Outcome::Stale)),
    (Outcome::Deferred, outcome_name(Outcome::Deferred)),
    (Outcome::Malformed, outcome_name(Outcome::Malformed)),
];

/// Hashes side by side.
pub(super) fn heads_blob(heads: &[ChangeHash]) -> Vec<u8> {
    heads.iter().flat_map(|head| head.0).collect()
}

/// Reads what [`heads_blob`] wrote.
pub(super) fn heads(blob: &[u8]) -> Vec<ChangeHash> {
    blob.chunks_exact(32).filter_map(|bytes| ChangeHash::from_slice(bytes).ok()).collect()
}

/// A value in CBOR.
pub(super) fn to_cbor(value: &impl Serialize) -> Result<Vec<u8>, StorageError> {
    cbor::encode(value).map_err(|_| StorageError::Bug)
}

/// Reads what [`to_cbor`] wrote.
pub(super) fn from_cbor<T: DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, StorageError> {
    cbor::decode(bytes, MOST_BYTES)
        .map_err(|error| StorageError::Damaged { what: format!("{what}: {error}") })
}
