//! The office's day: visits moved and given to others, several at a time.
//!
//! One transaction for all of them: either every visit is moved or none is.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::record::Record;
use halyard_domain::records::{Employee, Visit, VisitAct, VisitEvent};
use halyard_domain::rules::visit_state;
use halyard_domain::time::TimeWindow;
use serde::Deserialize;

use crate::actions::{Done, save};
use crate::app::App;
use crate::edit::RecordEdit;
use crate::screens::ScreenError;
use crate::screens::record::Subject;

/// Visits to be given to others.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VisitsToAssign {
    /// The visits.
    pub visits: Vec<DocumentId>,
    /// Who is to go from now on.
    pub specialists: Vec<DocumentId>,
    /// Whether they are sent to them at once; else they stay planned.
    pub dispatch: bool,
}

/// Visits to be moved.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VisitsToMove {
    /// Each visit with its new time.
    pub moves: Vec<VisitMove>,
}

/// A visit with its new time.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VisitMove {
    /// The visit.
    pub visit: DocumentId,
    /// When it is planned from now on; absent to take its time away.
    pub window: Option<TimeWindow>,
    /// Set when a person put it there and the planner must not move it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub pinned: Option<bool>,
}

/// Gives visits to others. What was done on them stays, whoever did it.
///
/// # Errors
/// When one is not here or closed, when it is not allowed, or when it cannot be saved.
pub fn assign_visits(app: &App, asked: &VisitsToAssign) -> Result<Done, ScreenError> {
    let device = app.device();
    let specialists: Vec<Ref<Employee>> = asked.specialists.iter().map(|id| Ref::to(*id)).collect();
    let mut edits = Vec::with_capacity(asked.visits.len());
    for &document in &asked.visits {
        let subject = Subject::open(device, document, Some(Kind::Visit), None)?;
        let state = visit_state(&Visit::read(&subject.reading)).state;
        if !state.is_open() {
            return Err(ScreenError::out_of_turn(document, VisitAct::Dispatched, state));
        }
        let mut intents = vec![Visit::SPECIALISTS.set(&specialists)];
        if asked.dispatch {
            let event = VisitEvent { what: Some(VisitAct::Dispatched), ..VisitEvent::default() };
            intents.push(device.add(&Visit::EVENTS, &event)?);
        }
        edits.push(RecordEdit::editing(document, Kind::Visit, intents));
    }
    save(device, &edits)
}

/// Moves visits to other times.
///
/// # Errors
/// When one is not here, when it is not allowed, or when it cannot be saved.
pub fn move_visits(app: &App, asked: &VisitsToMove) -> Result<Done, ScreenError> {
    let edit = |one: &VisitMove| {
        let mut intents = vec![match &one.window {
            Some(window) => Visit::WINDOW.set(window),
            None => Visit::WINDOW.clear(),
        }];
        intents.extend(one.pinned.map(|pinned| Visit::PINNED.set(&pinned)));
        RecordEdit::editing(one.visit, Kind::Visit, intents)
    };
    save(app.device(), &asked.moves.iter().map(edit).collect::<Vec<_>>())
}
