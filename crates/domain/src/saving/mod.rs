//! What should not be saved in the first place: the rules a device asks while the person is still there.
//!
//! A merge never refuses for the reasons below. What two people did apart is kept and shown to somebody
//! ([`crate::rules::Attention`]); but a person who is about to type a negative volume or to close a
//! complaint nobody found the cause of can still be told. So these rules look at one edit on one device:
//! at the values it writes, at the events it adds and at the record it leaves behind. What was wrong
//! before and is left alone is no objection, and neither is a fact from the field that the office's steps
//! have overtaken.

mod answers;
mod merging;
mod steps;
mod times;
mod values;
mod whole;

#[cfg(test)]
mod tests;

pub use steps::needs_reason;
pub use whole::gaps;

use serde::Serialize;

use crate::id::{DocumentId, RowId};
use crate::intent::Intent;
use crate::kind::Kind;
use crate::reading::{FieldPath, Reading};
use crate::records::{CardAct, Checklist, Common, ComplaintAct, Customer, Visit, VisitAct};
use crate::rules::{CardState, ComplaintState, Missing, VisitState};
use crate::time::Instant;
use crate::value::Scalar;
use crate::written::Miswritten;

/// Why an edit should not be saved as it stands, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[error("{path}: {why}")]
pub struct Objection {
    /// The field, row or column it is about.
    pub path: FieldPath,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ObjectionReason"))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// A code, phone or address that is none.
    #[error(transparent)]
    Miswritten(#[from] Miswritten),
    /// Less than nothing.
    #[error("less than nothing")]
    Negative,
    /// Nothing, where something must be.
    #[error("not more than nothing")]
    NotPositive,
    /// More than the whole.
    #[error("more than 100 percent")]
    AboveHundred,
    /// More than anybody ever meant there.
    #[error("above {most}")]
    TooLarge {
        /// The most it may be.
        most: u32,
    },
    /// A repetition that is none.
    #[error("not a repetition: {problem}")]
    NotARepetition {
        /// What the reader of such rules says, in English.
        problem: String,
    },
    /// The greatest value is less than the least.
    #[error("the maximum is below the minimum")]
    BoundsCrossed,
    /// A duplicate of itself, at once or by way of others.
    #[error("the record would be a duplicate of itself")]
    MergedInCircle,
    /// A duplicate of a record that was made by mistake.
    #[error("the record it would be a duplicate of is withdrawn")]
    MergedIntoWithdrawn {
        /// That record.
        into: DocumentId,
    },
    /// The end comes before the beginning.
    #[error("the end is before the beginning")]
    EndsBeforeStart,
    /// Something happened that lies beyond the device's present.
    #[error("it lies in the future")]
    InFuture,
    /// An item to choose from has nothing to choose.
    #[error("nothing to choose from")]
    NoChoices,
    /// An answer that is none to this item of the checklist.
    #[error("not an answer to this item")]
    AnswerUnfit,
    /// A record nobody could tell from another: it has no name.
    #[error("the record has no name")]
    Nameless,
    /// The administrator's role keeps its rights to administration and staff.
    #[error("the administrator's role keeps administration and staff")]
    AdministratorKeeps,
    /// A record about nobody and nothing.
    #[error("the record is about nobody and nothing")]
    AboutNothing,
    /// Another customer has this code.
    #[error("another customer has this code")]
    CodeTaken {
        /// That customer.
        by: DocumentId,
    },
    /// The proposal has its answer.
    #[error("the proposal was answered already")]
    AlreadyAnswered {
        /// What the answer was.
        accepted: bool,
        /// Who gave it.
        by: DocumentId,
        /// When, by that person's clock.
        at: Instant,
    },
    /// This step says nothing without a reason.
    #[error("a reason is missing")]
    ReasonMissing,
    /// The step does not follow from the state of the visit.
    #[error("{act:?} does not follow when a visit is {state:?}")]
    VisitStep {
        /// The step.
        act: VisitAct,
        /// The state.
        state: VisitState,
    },
    /// This person ends or interrupts work they have not begun.
    #[error("{act:?} before the work was begun")]
    NotBegun {
        /// The step.
        act: VisitAct,
    },
    /// The step does not follow from the state of the card.
    #[error("{act:?} does not follow when a card is {state:?}")]
    CardStep {
        /// The step.
        act: CardAct,
        /// The state.
        state: CardState,
    },
    /// The step does not follow from the state of the complaint.
    #[error("{act:?} does not follow when a complaint is {state:?}")]
    ComplaintStep {
        /// The step.
        act: ComplaintAct,
        /// The state.
        state: ComplaintState,
    },
    /// The complaint cannot be closed yet.
    #[error("the complaint cannot be closed without {missing:?}")]
    NotClosable {
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// The visit cannot be completed, only partly: required items have no answer.
    #[error("{} required items have no answer", items.len())]
    Unanswered {
        /// The items, rows of the checklist.
        items: Vec<RowId>,
    },
}

/// One edit of one record.
#[derive(Debug, Clone, Copy)]
pub struct Edit<'a> {
    /// The record.
    pub document: DocumentId,
    /// True when the edit makes the record.
    pub is_new: bool,
    /// The record before it.
    pub before: &'a Reading,
    /// The record after it.
    pub after: &'a Reading,
    /// What the person did.
    pub intents: &'a [Intent],
    /// The device's present; absent when its clock is known to be behind, which holds nobody up.
    pub now: Option<Instant>,
}

/// What the rules ask about other records. Only what is on the device counts.
pub trait Neighbours {
    /// Why the device cannot answer.
    type Error;

    /// The checklist a visit goes through, when it has one and it is here.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn checklist_of(&self, visit: &Visit) -> Result<Option<Checklist>, Self::Error>;

    /// A standing customer other than `but` with this ЄДРПОУ or РНОКПП.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn customer_with_code(&self, code: &str, but: DocumentId) -> Result<Option<DocumentId>, Self::Error>;

    /// What every record has, of one that is here: whether it is withdrawn, and what it is merged into as far as
    /// that counts. Of records merged into one another in a circle one stays, and is merged into none.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn common_of(&self, record: DocumentId) -> Result<Option<Common>, Self::Error>;
}

/// An intent with codes, phones and addresses in their canonical form. What cannot be read stays as it is,
/// and [`objections`] says so.
#[must_use]
pub fn canonical(kind: Kind, intent: &Intent) -> Intent {
    values::canonical(kind, intent)
}

/// Everything that speaks against saving an edit, in the order of its intents; empty when nothing does.
///
/// # Errors
/// When a neighbour could not be asked.
pub fn objections<N: Neighbours>(edit: &Edit<'_>, neighbours: &N) -> Result<Vec<Objection>, N::Error> {
    let mut found = Vec::new();
    for intent in edit.intents {
        values::look_at(edit, intent, &mut found);
        times::look_at(edit, intent, &mut found);
    }
    found.extend(edit.intents.iter().filter_map(|intent| answers::look_at(edit, intent)));
    whole::look_at(edit, &mut found);
    merging::look_at(edit, neighbours, &mut found)?;
    if edit.after.kind == Kind::Customer {
        found.extend(code_taken(edit, neighbours)?);
    }
    steps::look_at(edit, neighbours, &mut found)?;
    Ok(found)
}

/// A second customer with the code of a first is nearly always the first again.
fn code_taken<N: Neighbours>(edit: &Edit<'_>, neighbours: &N) -> Result<Option<Objection>, N::Error> {
    let path = FieldPath::root(Customer::REGISTRY_CODE.name);
    let written = edit.intents.iter().find_map(|intent| match intent {
        Intent::Set { path: at, value: Scalar::Text(code) } if *at == path => Some(code),
        Intent::Set { .. } | Intent::EditText { .. } | Intent::AddRow { .. } => None,
    });
    let Some(code) = written else { return Ok(None) };
    if !edit.is_new && edit.before.value(&path.field).as_text() == Some(code) {
        return Ok(None);
    }
    let taken = neighbours.customer_with_code(code, edit.document)?;
    Ok(taken.map(|by| Objection { path, why: Why::CodeTaken { by } }))
}
