//! The checklist of a visit: its questions with what stands there, and answering one.
//!
//! A changed answer is a new row that names the rows it replaces. Without that, one's own second answer would
//! be a disagreement with the first.

use std::collections::BTreeSet;

use halyard_domain::id::{Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{Record, Rows};
use halyard_domain::records::{AnswerKind, Checklist, ChecklistAnswer, ChecklistItem, ServiceCard, Visit};
use halyard_domain::rules::standing_answers;
use rust_decimal::Decimal;

use crate::device::Device;
use crate::error::DeviceError;

/// A question of a visit's checklist with what stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question's row in the checklist.
    pub item: RowId,
    /// The question.
    pub text: String,
    /// What an answer is.
    pub answer_kind: Option<AnswerKind>,
    /// The answers to choose from.
    pub choices: Vec<String>,
    /// True when the visit cannot be completed without an answer.
    pub is_required: bool,
    /// What was answered, in canonical text.
    pub answer: Option<String>,
    /// True when people answered differently at the same time.
    pub is_disputed: bool,
}

/// An answer could not be given. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The visit's checklist is not here or has no such question.
    #[error("the visit has no question {0}")]
    NoSuchQuestion(RowId),
    /// The question takes other answers.
    #[error("not an answer to this question")]
    NotAnAnswer {
        /// What an answer is.
        answer_kind: AnswerKind,
        /// The answers to choose from.
        choices: Vec<String>,
    },
    /// The device said no.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

impl Device {
    /// The questions of a visit in their order; none when its card or its checklist is not here.
    ///
    /// # Errors
    /// When the card or the checklist cannot be opened.
    pub fn questions(&self, visit: &Visit) -> Result<Vec<Question>, DeviceError> {
        let Some(checklist) = self.checklist_of(visit)? else { return Ok(Vec::new()) };
        let standing = standing_answers(&visit.checklist_answers);
        let mut items: Vec<_> = checklist.items.standing().collect();
        items.sort_by_key(|row| row.value.position.unwrap_or(i64::MAX));
        let question = |item: RowId, asked: &ChecklistItem| Question {
            item,
            text: asked.text.clone().unwrap_or_default(),
            answer_kind: asked.answer_kind,
            choices: asked.choices.clone(),
            is_required: asked.required == Some(true),
            answer: standing.get(&item).and_then(|one| one.answer.value.answer.clone()),
            is_disputed: standing.get(&item).is_some_and(|one| !one.disputed.is_empty()),
        };
        Ok(items.into_iter().map(|row| question(row.id, &row.value)).collect())
    }

    /// The intent that answers a question, in place of whatever stands there; an empty answer takes it back.
    ///
    /// # Errors
    /// When there is no such question, the answer is none it takes, or the device is not enrolled.
    pub fn answer(&self, visit: &Visit, item: RowId, answer: &str) -> Result<Intent, AnswerError> {
        let questions = self.questions(visit)?;
        let question = questions.iter().find(|one| one.item == item);
        let question = question.ok_or(AnswerError::NoSuchQuestion(item))?;
        let row = ChecklistAnswer {
            item: Some(item),
            answer: canonical_answer(question, answer.trim())?,
            note: None,
            after: replaced_by_answer(&visit.checklist_answers, item),
        };
        Ok(self.add(&Visit::CHECKLIST_ANSWERS, &row)?)
    }

    /// The checklist of a visit's card, when all three are here.
    pub(crate) fn checklist_of(&self, visit: &Visit) -> Result<Option<Checklist>, DeviceError> {
        let card: Option<ServiceCard> = self.named_record(visit.card)?;
        self.named_record(card.and_then(|card| card.checklist))
    }

    /// The record a link leads to, when it is here.
    pub(crate) fn named_record<T: Record>(&self, link: Option<Ref<T>>) -> Result<Option<T>, DeviceError> {
        let Some(id) = link.map(Ref::id) else { return Ok(None) };
        let Some((_, opened)) = self.opened(id)? else { return Ok(None) };
        Ok(Some(T::read(&crate::edit::read(&opened, id)?)))
    }
}

/// The answers to a question that nothing replaces yet: what a new one replaces.
fn replaced_by_answer(answers: &Rows<ChecklistAnswer>, item: RowId) -> Vec<RowId> {
    let replaced: BTreeSet<RowId> =
        answers.standing().flat_map(|row| row.value.after.iter().copied()).collect();
    let there = answers.standing().filter(|row| row.value.item == Some(item) && !replaced.contains(&row.id));
    there.map(|row| row.id).collect()
}

fn canonical_answer(question: &Question, text: &str) -> Result<Option<String>, AnswerError> {
    let Some(answer_kind) = question.answer_kind else { return Ok(said(text)) };
    let known = match answer_kind {
        AnswerKind::YesNo => matches!(text, "" | "yes" | "no" | "n/a").then(|| text.to_owned()),
        AnswerKind::OneOf => {
            (text.is_empty() || question.choices.iter().any(|one| one == text)).then(|| text.to_owned())
        }
        AnswerKind::Number if text.is_empty() => Some(String::new()),
        AnswerKind::Number => text.replace(',', ".").parse::<Decimal>().ok().map(canonical_decimal),
        AnswerKind::Line | AnswerKind::Photo => Some(text.to_owned()),
    };
    let known =
        known.ok_or_else(|| AnswerError::NotAnAnswer { answer_kind, choices: question.choices.clone() })?;
    Ok(said(&known))
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
