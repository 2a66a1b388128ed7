//! Steps of a visit: accepted, on the way, there, working, finished; and what the office does with it.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::record::{Record, RowValue};
use halyard_domain::records::{Visit, VisitAct, VisitEvent};
use halyard_domain::rules::{field_steps, is_office, visit_state};
use halyard_domain::schema::row_column;
use halyard_domain::time::Instant;
use halyard_domain::value::FieldValue;
use serde::Deserialize;

use crate::actions::{Done, edit, said};
use crate::app::App;
use crate::device::Device;
use crate::screens::ScreenError;
use crate::screens::record::Subject;
use crate::screens::visit::undoable_step;

/// A step of a visit to be taken.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StepToTake {
    /// The visit.
    pub visit: DocumentId,
    /// The step.
    pub act: VisitAct,
    /// Why; some steps say nothing without it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub reason: Option<String>,
    /// When it happened, when that was not now.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub at: Option<Instant>,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// A visit whose last step is to be taken back.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StepToUndo {
    /// The visit.
    pub visit: DocumentId,
    /// Why.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub why: Option<String>,
}

/// Takes a step.
///
/// # Errors
/// When it does not follow, needs a reason, lacks answers of the checklist, is not allowed, or cannot be
/// saved.
pub fn take_visit_step(app: &App, step: &StepToTake) -> Result<Done, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, step.visit, Some(Kind::Visit), None)?;
    let visit = Visit::read(&subject.reading);
    let reason = said(step.reason.as_deref());
    if !is_offered(device, &visit, step.act)? {
        return Err(ScreenError::out_of_turn(step.visit, step.act, visit_state(&visit).state));
    }
    let event = VisitEvent { what: Some(step.act), reason, ..VisitEvent::default() };
    let mut columns = event.columns();
    columns.extend(step.at.map(|at| (row_column::AT.to_owned(), at.to_scalar())));
    let intent = device.row(Visit::EVENTS.name, columns)?;
    edit(device, step.visit, vec![intent], step.form.as_deref())
}

/// Takes back the last step of one's own: it stays readable and no longer counts.
///
/// # Errors
/// When the last thing that happened was somebody else's, or when it cannot be saved.
pub fn undo_visit_step(app: &App, asked: &StepToUndo) -> Result<Done, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.visit, Some(Kind::Visit), None)?;
    let visit = Visit::read(&subject.reading);
    let row = undoable_step(&visit, device.employee()?).ok_or(ScreenError::NothingToUndo)?;
    let why = asked.why.as_deref().unwrap_or_default();
    edit(device, asked.visit, vec![device.withdraw_row(Visit::EVENTS.name, row, why)?], None)
}

/// A specialist's step is one that is offered: pressed twice it would say the same twice. What the office
/// does is judged when it is saved.
fn is_offered(device: &Device, visit: &Visit, act: VisitAct) -> Result<bool, ScreenError> {
    if is_office(act) {
        return Ok(true);
    }
    let steps = field_steps(visit, device.employee()?);
    Ok(steps.next == Some(act) || steps.others.contains(&act))
}
