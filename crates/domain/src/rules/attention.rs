//! What somebody should look at in a record.
//!
//! A merge never fails. Where the merged facts do not fit together, the record yields an item with its
//! data and its owner; when the facts change, the item goes by itself. Nothing here is stored.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::id::{DocumentId, RowId};
use crate::kind::{Decider, Kind};
use crate::reading::{Cell, FieldPath, FieldReading, Reading};
use crate::record::Record;
use crate::records::{CardAct, Complaint, ComplaintAct, ServiceCard, VisitAct, schema};
use crate::rules::visit_attention::visit_items;
use crate::rules::{
    CardState, ComplaintState, Missing, VisitState, card_state, complaint_state, missing_to_close,
};
use crate::schema::Shape;
use crate::value::ScalarType;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Attention {
    /// Two people wrote different values at the same time.
    NeedsDecision {
        /// Where.
        path: FieldPath,
        /// Who decides.
        decider: Decider,
    },
    /// Two people answered one item of the checklist differently at the same time.
    AnswersDiffer {
        /// The item of the checklist.
        item: RowId,
        /// The answers.
        answers: Vec<RowId>,
    },
    /// A value this version cannot read. It stays in the record.
    Unreadable {
        /// Where.
        path: FieldPath,
    },
    /// Work was done on a visit that the office cancelled.
    WorkOnCancelled {
        /// Who worked.
        people: BTreeSet<DocumentId>,
    },
    /// Several people worked on a visit, and not all of them were to.
    DoubleVisit {
        /// Everybody who worked.
        people: BTreeSet<DocumentId>,
        /// Those of them who were not to go.
        unplanned: BTreeSet<DocumentId>,
    },
    /// Facts came after the office had reviewed or closed the visit.
    LateFacts {
        /// How many.
        count: usize,
        /// Those known by name: born after the office's event. Others came from devices that had not
        /// heard of it.
        rows: Vec<RowId>,
    },
    /// A visit was completed although required items have no answer.
    CompletedUnanswered {
        /// The items of the checklist.
        items: Vec<RowId>,
    },
    /// Measurements lie outside the bounds the checklist gives them.
    OutOfBounds {
        /// The items of the checklist.
        items: Vec<RowId>,
    },
    /// An event of a visit that does not follow.
    VisitOutOfOrder {
        /// The event.
        event: RowId,
        /// What it says.
        act: VisitAct,
        /// The state it met.
        state: VisitState,
    },
    /// An event of a card that does not follow.
    CardOutOfOrder {
        /// The event.
        event: RowId,
        /// What it says.
        act: CardAct,
        /// The state it met.
        state: CardState,
    },
    /// An event of a complaint that does not follow.
    ComplaintOutOfOrder {
        /// The event.
        event: RowId,
        /// What it says.
        act: ComplaintAct,
        /// The state it met.
        state: ComplaintState,
    },
    /// A complaint was closed before it could be.
    ClosedTooEarly {
        /// What it lacks.
        missing: Vec<Missing>,
    },
}

impl Attention {
    /// The stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NeedsDecision { .. } => "needs_decision",
            Self::AnswersDiffer { .. } => "answers_differ",
            Self::Unreadable { .. } => "unreadable",
            Self::WorkOnCancelled { .. } => "work_on_cancelled",
            Self::DoubleVisit { .. } => "double_visit",
            Self::LateFacts { .. } => "late_facts",
            Self::CompletedUnanswered { .. } => "completed_unanswered",
            Self::OutOfBounds { .. } => "out_of_bounds",
            Self::VisitOutOfOrder { .. } => "visit_out_of_order",
            Self::CardOutOfOrder { .. } => "card_out_of_order",
            Self::ComplaintOutOfOrder { .. } => "complaint_out_of_order",
            Self::ClosedTooEarly { .. } => "closed_too_early",
        }
    }

    /// The people it names, so that they can be talked to.
    #[must_use]
    pub fn people(&self) -> Vec<DocumentId> {
        match self {
            Self::WorkOnCancelled { people } | Self::DoubleVisit { people, .. } => {
                people.iter().copied().collect()
            }
            Self::NeedsDecision { .. }
            | Self::AnswersDiffer { .. }
            | Self::Unreadable { .. }
            | Self::LateFacts { .. }
            | Self::CompletedUnanswered { .. }
            | Self::OutOfBounds { .. }
            | Self::VisitOutOfOrder { .. }
            | Self::CardOutOfOrder { .. }
            | Self::ComplaintOutOfOrder { .. }
            | Self::ClosedTooEarly { .. } => Vec::new(),
        }
    }

    /// Who looks at it.
    #[must_use]
    pub const fn owner(&self) -> Decider {
        match self {
            Self::NeedsDecision { decider, .. } => *decider,
            Self::AnswersDiffer { .. }
            | Self::OutOfBounds { .. }
            | Self::ComplaintOutOfOrder { .. }
            | Self::ClosedTooEarly { .. } => Decider::Responsible,
            Self::WorkOnCancelled { .. } | Self::DoubleVisit { .. } | Self::CardOutOfOrder { .. } => {
                Decider::Dispatcher
            }
            Self::Unreadable { .. }
            | Self::LateFacts { .. }
            | Self::CompletedUnanswered { .. }
            | Self::VisitOutOfOrder { .. } => Decider::Reviewer,
        }
    }
}

/// Everything to look at in a record, from the record alone.
#[must_use]
pub fn attention(record: &Reading) -> Vec<Attention> {
    let mut items = decisions(record);
    items.extend(unreadable(record).into_iter().map(|path| Attention::Unreadable { path }));
    match record.kind {
        Kind::Visit => items.extend(visit_items(record)),
        Kind::ServiceCard => items.extend(card_items(&ServiceCard::read(record))),
        Kind::Complaint => items.extend(complaint_items(&Complaint::read(record))),
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::Equipment => {}
    }
    items
}

fn decisions(record: &Reading) -> Vec<Attention> {
    let schema = schema(record.kind);
    let known = record.conflicts().into_iter().filter_map(|conflict| {
        let field = schema.field(&conflict.path.field)?;
        Some(Attention::NeedsDecision { path: conflict.path, decider: field.decider })
    });
    known.collect()
}

/// Values of known fields that have another shape than this version knows.
fn unreadable(record: &Reading) -> Vec<FieldPath> {
    let mut found = Vec::new();
    let broken = |scalar: ScalarType, cell: &Cell| cell.standing().any(|value| scalar.check(value).is_err());
    for field in schema(record.kind).fields {
        match (&field.shape, record.fields.get(field.name)) {
            (Shape::Scalar(scalar), Some(FieldReading::Cell(cell))) => {
                if broken(*scalar, cell) {
                    found.push(FieldPath::root(field.name));
                }
            }
            (Shape::Rows { .. } | Shape::Events { .. }, Some(FieldReading::Rows(rows))) => {
                for row in rows.iter().filter(|row| !row.is_withdrawn()) {
                    let bad = row
                        .columns
                        .iter()
                        .filter(|(name, cell)| field.column(name).is_some_and(|scalar| broken(scalar, cell)));
                    found.extend(bad.map(|(name, _)| FieldPath::column(field.name, row.id, name)));
                }
            }
            (Shape::Text, Some(FieldReading::Text(_))) | (_, None) => {}
            (_, Some(_)) => found.push(FieldPath::root(field.name)),
        }
    }
    found
}

fn card_items(card: &ServiceCard) -> Vec<Attention> {
    let out_of_order = card_state(card).out_of_order.into_iter();
    out_of_order
        .map(|one| Attention::CardOutOfOrder { event: one.event, act: one.act, state: one.state })
        .collect()
}

fn complaint_items(complaint: &Complaint) -> Vec<Attention> {
    let progress = complaint_state(complaint);
    let mut items: Vec<Attention> = Vec::new();
    for one in &progress.out_of_order {
        items.push(Attention::ComplaintOutOfOrder { event: one.event, act: one.act, state: one.state });
    }
    let missing = missing_to_close(complaint);
    if progress.state == ComplaintState::Closed && !missing.is_empty() {
        items.push(Attention::ClosedTooEarly { missing });
    }
    items
}
