//! What was answered to a checklist, and whether a visit may be finished.
//!
//! An answer is a row; a changed answer names the rows it replaces. So the answers to an item that
//! nothing replaces are what stands: one, or several that were given at the same time. Several that say
//! the same are no disagreement.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::RowId;
use crate::record::{RowOf, Rows};
use crate::records::{Checklist, ChecklistAnswer};

/// What stands at one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemAnswer<'a> {
    /// The answer everybody sees: the last born of those that stand.
    pub answer: &'a RowOf<ChecklistAnswer>,
    /// Different answers given at the same time, that one among them; empty when nobody disagrees.
    pub disputed: Vec<RowId>,
}

impl ItemAnswer<'_> {
    /// True when there is something in it.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        self.answer.value.answer.as_deref().is_some_and(|text| !text.trim().is_empty())
    }
}

/// What stands at each item.
#[must_use]
pub fn standing_answers(rows: &Rows<ChecklistAnswer>) -> BTreeMap<RowId, ItemAnswer<'_>> {
    let replaced: BTreeSet<RowId> = rows.standing().flat_map(|row| row.value.after.iter().copied()).collect();
    let mut items: BTreeMap<RowId, Vec<&RowOf<ChecklistAnswer>>> = BTreeMap::new();
    for row in rows.standing().filter(|row| !replaced.contains(&row.id)) {
        if let Some(item) = row.value.item {
            items.entry(item).or_default().push(row);
        }
    }
    let settled = items.into_iter().filter_map(|(item, heads)| {
        let answer = *heads.last()?;
        let differ = heads.iter().any(|row| row.value.answer != answer.value.answer);
        let disputed = if differ { heads.iter().map(|row| row.id).collect() } else { Vec::new() };
        Some((item, ItemAnswer { answer, disputed }))
    });
    settled.collect()
}

/// The required items without an answer. A visit with any cannot be completed, only completed partly
/// with a reason.
#[must_use]
pub fn required_unanswered(checklist: &Checklist, answers: &Rows<ChecklistAnswer>) -> Vec<RowId> {
    let standing = standing_answers(answers);
    let required = checklist.items.standing().filter(|row| row.value.required == Some(true));
    let empty = required.filter(|row| !standing.get(&row.id).is_some_and(ItemAnswer::is_filled));
    empty.map(|row| row.id).collect()
}
