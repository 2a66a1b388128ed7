//! What was answered once: the one who wished it has read the answer, and maybe acted on it.

use super::{Edit, Objection, Why};
use crate::intent::Intent;
use crate::record::typed;
use crate::records::values::Decision;
use crate::schema::root_key;

/// Looks at an answer to a proposal. Two answers given apart stand there both, and somebody decides
/// between them; one that is there and known is not answered over.
pub(super) fn look_at(edit: &Edit<'_>, intent: &Intent) -> Option<Objection> {
    let Intent::Set { path, value } = intent else { return None };
    if path.field != root_key::PROPOSALS || path.column.as_deref() != Some("decision") {
        return None;
    }
    let stands = edit.before.row(&path.field, path.row?)?.columns.get("decision")?;
    if stands.is_conflict() || stands.value == *value {
        return None;
    }
    let Decision { accepted, by, at, .. } = typed(&stands.value)?;
    Some(Objection { path: path.clone(), why: Why::AlreadyAnswered { accepted, by, at } })
}
