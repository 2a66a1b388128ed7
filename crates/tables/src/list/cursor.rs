//! Where a page ended.

use halyard_domain::id::DocumentId;
use serde::{Deserialize, Serialize};

use crate::sql::SqlValue;

/// The last row of a page: the values it was sorted by, and its id. It survives edits: rows that
/// moved before it are not shown again, rows that moved behind it are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Cursor {
    pub(crate) keys: Vec<SqlValue>,
    pub(crate) document: DocumentId,
}
