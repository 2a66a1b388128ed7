//! Steps that should not be taken: out of turn, without a reason, or before what they need is there.

use super::{Edit, Neighbours, Objection, Why};
use crate::id::RowId;
use crate::intent::Intent;
use crate::kind::Kind;
use crate::reading::FieldPath;
use crate::record::{Record, typed};
use crate::records::{CardAct, Checklist, Complaint, ComplaintAct, ServiceCard, Visit, VisitAct};
use crate::rules::{
    VisitState, answer_fits, card_state, complaint_state, is_office, missing_to_close, required_unanswered,
    visit_state,
};
use crate::schema::row_column;
use crate::value::{FieldValue, Scalar};

/// Looks at the events and answers an edit adds.
pub(super) fn look_at<N: Neighbours>(
    edit: &Edit<'_>,
    neighbours: &N,
    found: &mut Vec<Objection>,
) -> Result<(), N::Error> {
    match edit.after.kind {
        Kind::Visit => visit(edit, neighbours, found)?,
        Kind::ServiceCard => card(edit, found),
        Kind::Complaint => complaint(edit, found),
        _ => {}
    }
    Ok(())
}

/// Whether a step of a visit says nothing without a reason.
#[must_use]
pub fn needs_reason(act: VisitAct) -> bool {
    match act {
        VisitAct::Declined
        | VisitAct::Paused
        | VisitAct::CompletedPartly
        | VisitAct::CannotComplete
        | VisitAct::Cancelled => true,
        VisitAct::Dispatched
        | VisitAct::Accepted
        | VisitAct::TravelStarted
        | VisitAct::Arrived
        | VisitAct::WorkStarted
        | VisitAct::Resumed
        | VisitAct::Completed
        | VisitAct::Reviewed
        | VisitAct::Closed
        | VisitAct::Reopened => false,
    }
}

/// An event an edit adds.
struct Added<Act> {
    row: RowId,
    act: Act,
    has_reason: bool,
}

impl<Act: FieldValue> Added<Act> {
    fn objection(&self, column: &str, why: Why) -> Objection {
        Objection { path: FieldPath::column("events", self.row, column), why }
    }

    fn step(&self, why: Why) -> Objection {
        self.objection(row_column::WHAT, why)
    }
}

/// The events of a known type an edit adds.
fn added<Act: FieldValue>(edit: &Edit<'_>) -> Vec<Added<Act>> {
    let one = |intent: &Intent| match intent {
        Intent::AddRow { field, row, columns } if field == "events" => {
            let act = typed(columns.get(row_column::WHAT)?)?;
            let reason = columns.get("reason").and_then(Scalar::as_text).unwrap_or_default();
            Some(Added { row: *row, act, has_reason: !reason.trim().is_empty() })
        }
        Intent::AddRow { .. } | Intent::Set { .. } | Intent::EditText { .. } => None,
    };
    edit.intents.iter().filter_map(one).collect()
}

fn visit<N: Neighbours>(edit: &Edit<'_>, neighbours: &N, found: &mut Vec<Objection>) -> Result<(), N::Error> {
    let after = Visit::read(edit.after);
    let events = added::<VisitAct>(edit);
    let answers = added_answers(edit);
    let completes = events.iter().any(|event| event.act == VisitAct::Completed);
    let checklist = if completes || !answers.is_empty() { neighbours.checklist_of(&after)? } else { None };
    let progress = visit_state(&after);
    for event in events {
        let met = progress.out_of_order.iter().find(|one| one.event == event.row).map(|one| one.state);
        found.extend(visit_step(&event, &after, met, checklist.as_ref()));
    }
    if let Some(checklist) = checklist {
        found.extend(unfit(&checklist, &answers));
    }
    Ok(())
}

/// What speaks against a step of a visit, the most basic reason alone. `met` is the state it does not
/// follow from.
fn visit_step(
    event: &Added<VisitAct>,
    visit: &Visit,
    met: Option<VisitState>,
    checklist: Option<&Checklist>,
) -> Option<Objection> {
    let act = event.act;
    let settled = met
        .filter(|state| matches!(state, VisitState::Cancelled | VisitState::Reviewed | VisitState::Closed));
    // What happened in the field happened, whatever the office did meanwhile: only an end of what this
    // person never began is a slip.
    let never_begun = goes_on_with_work(act) && !has_begun(visit, event.row);
    if let Some(state) = if is_office(act) { met } else { settled.filter(|_| never_begun) } {
        return Some(event.step(Why::VisitStep { act, state }));
    }
    if never_begun {
        return Some(event.step(Why::NotBegun { act }));
    }
    if needs_reason(act) && !event.has_reason {
        return Some(event.objection("reason", Why::ReasonMissing));
    }
    // Nobody waits for the checklist of a visit that was settled meanwhile.
    let items = checklist
        .filter(|_| act == VisitAct::Completed && settled.is_none())
        .map(|list| required_unanswered(list, &visit.checklist_answers));
    let items = items.filter(|items| !items.is_empty())?;
    Some(event.step(Why::Unanswered { items }))
}

/// Whether a step only makes sense after the work was begun.
fn goes_on_with_work(act: VisitAct) -> bool {
    matches!(act, VisitAct::Paused | VisitAct::Resumed | VisitAct::Completed | VisitAct::CompletedPartly)
}

/// Whether whoever wrote the event `row` had begun to work before it, in this life of the visit or an earlier
/// one.
fn has_begun(visit: &Visit, row: RowId) -> bool {
    let by = visit.events.standing().find(|event| event.id == row).and_then(|event| event.by);
    let before = visit.events.standing().take_while(|event| event.id != row);
    before.filter(|event| event.by == by).any(|event| event.value.what == Some(VisitAct::WorkStarted))
}

/// An answer an edit adds: its row, the item and the answer.
type Answer<'a> = (RowId, RowId, &'a str);

fn added_answers<'a>(edit: &Edit<'a>) -> Vec<Answer<'a>> {
    let one = |intent: &'a Intent| match intent {
        Intent::AddRow { field, row, columns } if field == Visit::CHECKLIST_ANSWERS.name => {
            Some((*row, typed(columns.get("item")?)?, columns.get("answer")?.as_text()?))
        }
        Intent::AddRow { .. } | Intent::Set { .. } | Intent::EditText { .. } => None,
    };
    edit.intents.iter().filter_map(one).collect()
}

fn unfit(checklist: &Checklist, answers: &[Answer<'_>]) -> Vec<Objection> {
    let wrong = |(row, item, answer): &Answer<'_>| {
        let asked = checklist.items.standing().find(|one| one.id == *item)?;
        let path = FieldPath::column(Visit::CHECKLIST_ANSWERS.name, *row, "answer");
        (!answer_fits(&asked.value, answer)).then_some(Objection { path, why: Why::AnswerUnfit })
    };
    answers.iter().filter_map(wrong).collect()
}

fn card(edit: &Edit<'_>, found: &mut Vec<Objection>) {
    let progress = card_state(&ServiceCard::read(edit.after));
    for event in added::<CardAct>(edit) {
        if let Some(one) = progress.out_of_order.iter().find(|one| one.event == event.row) {
            found.push(event.step(Why::CardStep { act: event.act, state: one.state }));
        } else if matches!(event.act, CardAct::Suspended | CardAct::Terminated) && !event.has_reason {
            found.push(event.objection("reason", Why::ReasonMissing));
        }
    }
}

fn complaint(edit: &Edit<'_>, found: &mut Vec<Objection>) {
    let after = Complaint::read(edit.after);
    let progress = complaint_state(&after);
    for event in added::<ComplaintAct>(edit) {
        // Why it cannot be closed says more than that the step does not follow.
        let missing = missing_to_close(&after);
        if event.act == ComplaintAct::Closed && !missing.is_empty() {
            found.push(event.step(Why::NotClosable { missing }));
        } else if let Some(one) = progress.out_of_order.iter().find(|one| one.event == event.row) {
            found.push(event.step(Why::ComplaintStep { act: event.act, state: one.state }));
        } else if matches!(event.act, ComplaintAct::Rejected | ComplaintAct::Reopened) && !event.has_reason {
            found.push(event.objection("reason", Why::ReasonMissing));
        }
    }
}
