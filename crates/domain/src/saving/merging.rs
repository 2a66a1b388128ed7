//! What a duplicate may point at: a record that stays.

use std::collections::BTreeSet;

use super::{Edit, Neighbours, Objection, Why};
use crate::id::DocumentId;
use crate::intent::Intent;
use crate::reading::FieldPath;
use crate::schema::root_key;

/// Looks at where an edit merges its record. A record merged into itself, in a circle or into one made by
/// mistake would be seen nowhere.
pub(super) fn look_at<N: Neighbours>(
    edit: &Edit<'_>,
    neighbours: &N,
    found: &mut Vec<Objection>,
) -> Result<(), N::Error> {
    let path = FieldPath::root(root_key::MERGED_INTO);
    let into = edit.intents.iter().find_map(|intent| match intent {
        Intent::Set { path: at, value } if *at == path => value.as_text()?.parse::<DocumentId>().ok(),
        Intent::Set { .. } | Intent::EditText { .. } | Intent::AddRow { .. } => None,
    });
    let Some(into) = into else { return Ok(()) };
    if let Some(why) = misled(edit.document, into, neighbours)? {
        found.push(Objection { path, why });
    }
    Ok(())
}

fn misled<N: Neighbours>(
    document: DocumentId,
    into: DocumentId,
    neighbours: &N,
) -> Result<Option<Why>, N::Error> {
    let (mut next, mut seen) = (Some(into), BTreeSet::new());
    while let Some(record) = next {
        if record == document {
            return Ok(Some(Why::MergedInCircle));
        }
        // A circle that is there already and does not lead here is not this edit's.
        if !seen.insert(record) {
            return Ok(None);
        }
        let Some(common) = neighbours.common_of(record)? else { return Ok(None) };
        if record == into && common.withdrawn.is_some() {
            return Ok(Some(Why::MergedIntoWithdrawn { into }));
        }
        next = common.merged_into;
    }
    Ok(None)
}
