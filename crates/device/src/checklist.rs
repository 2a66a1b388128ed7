//! The checklist of a visit: its questions with what stands there, and answering one.
//!
//! A changed answer is a new row that names the rows it replaces. Without that, one's own second answer would
//! be a disagreement with the first.

use halyard_domain::id::{Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::{Group, Section};
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{Record, RowOf};
use halyard_domain::records::{AnswerKind, Checklist, ChecklistAnswer, ChecklistItem, ServiceCard, Visit};
use halyard_domain::rights::Responsible;
use halyard_domain::rules::{answer_fits, out_of_bounds, standing_answers, unreplaced_answers};
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
    /// The smallest number that is all right.
    pub minimum: Option<Decimal>,
    /// The largest number that is all right.
    pub maximum: Option<Decimal>,
    /// True when the answer is a number outside these bounds.
    pub is_out_of_bounds: bool,
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
        let Some(checklist) = self.checklist_of_visit(visit)? else { return Ok(Vec::new()) };
        let standing = standing_answers(&visit.checklist_answers);
        let mut items: Vec<_> = checklist.items.standing().collect();
        items.sort_by_key(|row| row.value.position.unwrap_or(i64::MAX));
        let question = |item: RowId, asked: &ChecklistItem| {
            let answer = standing.get(&item).and_then(|one| one.answer.value.answer.clone());
            Question {
                item,
                text: asked.text.clone().unwrap_or_default(),
                answer_kind: asked.answer_kind,
                choices: asked.choices.clone(),
                is_required: asked.required == Some(true),
                is_disputed: standing.get(&item).is_some_and(|one| !one.disputed.is_empty()),
                minimum: asked.minimum,
                maximum: asked.maximum,
                is_out_of_bounds: answer.as_deref().is_some_and(|answer| out_of_bounds(asked, answer)),
                answer,
            }
        };
        Ok(items.into_iter().map(|row| question(row.id, &row.value)).collect())
    }

    /// The intent that answers a question, in place of whatever stands there; an empty answer takes it back.
    /// Nothing when this very answer stands there, or none to take back.
    ///
    /// # Errors
    /// When there is no such question, the answer is none it takes, or the device is not enrolled.
    pub fn answer(&self, visit: &Visit, item: RowId, answer: &str) -> Result<Option<Intent>, AnswerError> {
        let questions = self.questions(visit)?;
        let question = questions.iter().find(|one| one.item == item);
        let question = question.ok_or(AnswerError::NoSuchQuestion(item))?;
        let answer = canonical_answer(question, answer.trim())?;
        let replaced = self.replaced_by_answer(visit, item)?;
        let first = replaced.is_empty() && answer.is_some();
        if !first && replaced.iter().all(|row| row.value.answer == answer) {
            return Ok(None);
        }
        let after = replaced.iter().map(|row| row.id).collect();
        let row = ChecklistAnswer { item: Some(item), answer, note: None, after };
        Ok(Some(self.add(&Visit::CHECKLIST_ANSWERS, &row)?))
    }

    /// The answers a new one takes the place of: all that stand; in a dispute that somebody else decides, only
    /// this employee's own.
    fn replaced_by_answer<'a>(
        &self,
        visit: &'a Visit,
        item: RowId,
    ) -> Result<Vec<&'a RowOf<ChecklistAnswer>>, DeviceError> {
        let heads = unreplaced_answers(&visit.checklist_answers).remove(&item).unwrap_or_default();
        let differ =
            heads.windows(2).any(|pair| matches!(pair, [one, two] if one.value.answer != two.value.answer));
        let me = Some(Ref::to(self.employee()?));
        let own_only = differ && !self.decides_answers(visit)?;
        Ok(heads.into_iter().filter(|row| !own_only || row.by == me).collect())
    }

    /// Whether this employee decides between answers: whoever the card names responsible, or the office where
    /// it names nobody.
    fn decides_answers(&self, visit: &Visit) -> Result<bool, DeviceError> {
        Ok(match self.responsible_for(visit.card, self.employee()?)? {
            Responsible::Writer => true,
            Responsible::Another => false,
            Responsible::Nobody => {
                self.access()?.is_none_or(|access| access.writes(Section::Service, Group::Office))
            }
        })
    }

    /// The checklist of a visit's card, when all three are here.
    pub(crate) fn checklist_of_visit(&self, visit: &Visit) -> Result<Option<Checklist>, DeviceError> {
        let card: Option<ServiceCard> = self.named_record(visit.card)?;
        self.named_record(card.and_then(|card| card.checklist))
    }

    /// The record a link leads to, when it is here.
    pub(crate) fn named_record<T: Record>(&self, link: Option<Ref<T>>) -> Result<Option<T>, DeviceError> {
        let Some(id) = link.map(Ref::id) else { return Ok(None) };
        Ok(self.reading_of(id)?.as_ref().map(T::read))
    }
}

fn canonical_answer(question: &Question, text: &str) -> Result<Option<String>, AnswerError> {
    let number = (question.answer_kind == Some(AnswerKind::Number))
        .then(|| text.replace(',', ".").parse::<Decimal>().ok().map(canonical_decimal))
        .flatten();
    let text = number.unwrap_or_else(|| text.to_owned());
    let choices = question.choices.clone();
    let asked = ChecklistItem {
        answer_kind: question.answer_kind,
        choices: choices.clone(),
        ..ChecklistItem::default()
    };
    match question.answer_kind {
        Some(answer_kind) if !answer_fits(&asked, &text) => {
            Err(AnswerError::NotAnAnswer { answer_kind, choices })
        }
        Some(_) | None => Ok(said(&text)),
    }
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
