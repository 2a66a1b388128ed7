//! A visit's checklist: the template's questions with what was answered.

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{RowOf, Rows};
use halyard_domain::records::{AnswerKind, Checklist, ChecklistAnswer, ChecklistItem};
use halyard_domain::rules::standing_answers;
use halyard_domain::time::Instant;
use serde::Serialize;

use crate::screens::names::{Linked, Names};

/// A checklist with its answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChecklistView {
    /// The template.
    pub template: Linked,
    /// Its questions in their order.
    pub items: Vec<ChecklistLine>,
    /// How many have an answer.
    pub answered: usize,
}

/// A question and what stands there.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChecklistLine {
    /// The question's row in the template.
    pub item: RowId,
    /// The question.
    pub text: String,
    /// What an answer is.
    pub answer_kind: Option<AnswerKind>,
    /// Whether the visit cannot be completed without one.
    pub required: bool,
    /// The answers to choose from.
    pub choices: Vec<String>,
    /// The unit of a number.
    pub unit: Option<Linked>,
    /// The smallest number that is all right, a canonical decimal.
    pub minimum: Option<String>,
    /// The largest number that is all right, a canonical decimal.
    pub maximum: Option<String>,
    /// What stands there; the last born of several that differ.
    pub answer: Option<AnswerView>,
    /// Answers given at the same time that differ, that one among them; empty when nobody disagrees.
    pub disputed: Vec<AnswerView>,
}

/// An answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AnswerView {
    /// Its row.
    pub row: RowId,
    /// The answer in canonical text: `yes`, `no`, `n/a`, a decimal, a line, a choice, a photo's hash.
    pub answer: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Who answered.
    pub by: Option<Linked>,
    /// When.
    pub at: Option<Instant>,
}

/// The questions of a template in the order people see.
pub(crate) fn ordered_items(template: &Checklist) -> Vec<&RowOf<ChecklistItem>> {
    let mut items: Vec<&RowOf<ChecklistItem>> = template.items.standing().collect();
    items.sort_by_key(|row| row.value.position.unwrap_or(i64::MAX));
    items
}

/// The records that a checklist and its answers name.
pub(crate) fn named_in(template: &Checklist, answers: &Rows<ChecklistAnswer>) -> Vec<DocumentId> {
    let units = template.items.standing().filter_map(|row| row.value.unit.map(Ref::id));
    units.chain(answers.standing().filter_map(|row| row.by.map(Ref::id))).collect()
}

/// The checklist of a visit.
pub(crate) fn checklist_view(
    id: DocumentId,
    template: &Checklist,
    answers: &Rows<ChecklistAnswer>,
    names: &Names,
) -> ChecklistView {
    let standing = standing_answers(answers);
    let view = |row: &RowOf<ChecklistAnswer>| AnswerView {
        row: row.id,
        answer: row.value.answer.clone(),
        note: row.value.note.clone(),
        by: names.linked(row.by),
        at: row.at,
    };
    let lines: Vec<ChecklistLine> = ordered_items(template)
        .into_iter()
        .map(|row| {
            let answer = standing.get(&row.id);
            let disputed = answer.map(|one| one.disputed.as_slice()).unwrap_or_default();
            ChecklistLine {
                item: row.id,
                text: row.value.text.clone().unwrap_or_default(),
                answer_kind: row.value.answer_kind,
                required: row.value.required == Some(true),
                choices: row.value.choices.clone(),
                unit: names.linked(row.value.unit),
                minimum: row.value.minimum.map(canonical_decimal),
                maximum: row.value.maximum.map(canonical_decimal),
                answer: answer.filter(|one| one.is_filled()).map(|one| view(one.answer)),
                disputed: answers.standing().filter(|one| disputed.contains(&one.id)).map(view).collect(),
            }
        })
        .collect();
    let answered =
        standing.iter().filter(|(item, one)| one.is_filled() && lines.iter().any(|line| line.item == **item));
    ChecklistView { template: names.link(id), answered: answered.count(), items: lines }
}
