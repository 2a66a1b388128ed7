//! What was answered to a checklist, and whether a visit may be finished.
//!
//! An answer is a row; a changed answer names the rows it replaces. So the answers to an item that
//! nothing replaces are what stands: one, or several that were given at the same time. Several that say
//! the same are no disagreement. Only an earlier answer to the same item can be replaced, so no row can
//! make its own item, or another's, look unanswered.

use std::collections::BTreeMap;

use crate::id::RowId;
use crate::record::{RowOf, Rows};
use crate::records::values::BlobHash;
use crate::records::{AnswerKind, Checklist, ChecklistAnswer, ChecklistItem};
use rust_decimal::Decimal;

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

/// The answers to each item that nothing replaces, in the order of their birth.
#[must_use]
pub fn unreplaced_answers(rows: &Rows<ChecklistAnswer>) -> BTreeMap<RowId, Vec<&RowOf<ChecklistAnswer>>> {
    let mut items: BTreeMap<RowId, Vec<&RowOf<ChecklistAnswer>>> = BTreeMap::new();
    for row in rows.standing() {
        let Some(item) = row.value.item else { continue };
        let heads = items.entry(item).or_default();
        heads.retain(|head| !row.value.after.contains(&head.id));
        heads.push(row);
    }
    items
}

/// What stands at each item.
#[must_use]
pub fn standing_answers(rows: &Rows<ChecklistAnswer>) -> BTreeMap<RowId, ItemAnswer<'_>> {
    let settled = unreplaced_answers(rows).into_iter().filter_map(|(item, heads)| {
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

/// Whether a number lies outside the item's bounds: an answer all the same, and a bad sign.
#[must_use]
pub fn out_of_bounds(item: &ChecklistItem, answer: &str) -> bool {
    if item.answer_kind != Some(AnswerKind::Number) {
        return false;
    }
    let Ok(number) = answer.parse::<Decimal>() else { return false };
    item.minimum.is_some_and(|least| number < least) || item.maximum.is_some_and(|most| number > most)
}

/// The items whose standing answer is a number outside their bounds.
pub(super) fn answers_out_of_bounds(checklist: &Checklist, answers: &Rows<ChecklistAnswer>) -> Vec<RowId> {
    let standing = standing_answers(answers);
    let said = |item: &RowId| standing.get(item).and_then(|one| one.answer.value.answer.as_deref());
    let items = checklist.items.standing();
    let beyond = items.filter(|row| said(&row.id).is_some_and(|answer| out_of_bounds(&row.value, answer)));
    beyond.map(|row| row.id).collect()
}

/// Whether a text answers an item: in the canonical form of the item's kind, or empty to take an answer
/// back. A number outside the item's bounds is an answer, and a bad sign.
#[must_use]
pub fn answer_fits(item: &ChecklistItem, answer: &str) -> bool {
    if answer.is_empty() {
        return true;
    }
    match item.answer_kind {
        Some(AnswerKind::YesNo) => matches!(answer, "yes" | "no" | "n/a"),
        Some(AnswerKind::Number) => answer.parse::<Decimal>().is_ok(),
        Some(AnswerKind::OneOf) => item.choices.iter().any(|choice| choice == answer),
        Some(AnswerKind::Photo) => BlobHash::try_from(answer.to_owned()).is_ok(),
        Some(AnswerKind::Line) | None => true,
    }
}
