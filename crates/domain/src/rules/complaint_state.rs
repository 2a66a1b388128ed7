//! The state of a complaint, and what it takes to close one.
//!
//! The steps between acceptance and the answer may be taken in any order and again: a check that
//! fails leads back to action. A customer who is not satisfied (1 or 2) reopens by that very answer; what
//! the customer says before there is an answer of ours settles nothing.

use crate::id::RowId;
use crate::record::Choice;
use crate::records::{ActionKind, Complaint, ComplaintAct, ComplaintAction, Mark};
use crate::rules::OutOfOrder;

/// The state of a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ComplaintState {
    /// Зареєстрована.
    Registered,
    /// Прийнята.
    Accepted,
    /// Аналіз.
    Analysis,
    /// Дії.
    Action,
    /// Перевірка.
    Verification,
    /// Відповідь надано.
    Answered,
    /// Закрита.
    Closed,
    /// Відхилена.
    Rejected,
    /// Повторна.
    Reopened,
}

/// What the customer said to our answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Satisfaction {
    /// Nobody has asked yet, or not since the complaint was reopened.
    Unknown,
    /// The customer was asked and did not answer.
    NoAnswer,
    /// The customer gave a mark.
    Marked(Mark),
}

/// What the events of a complaint say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintProgress {
    /// The state.
    pub state: ComplaintState,
    /// What the customer said since the complaint was last taken up.
    pub satisfaction: Satisfaction,
    /// How many times it was reopened.
    pub reopened: u32,
    /// The events that do not follow.
    pub out_of_order: Vec<OutOfOrder<ComplaintAct, ComplaintState>>,
}

/// Something a complaint cannot be closed without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Missing {
    /// A cause from the directory, with words.
    Cause,
    /// A corrective action that was done.
    FinishedCorrectiveAction,
    /// What the customer says, or that nothing was said.
    CustomersAnswer,
}

impl ComplaintState {
    /// True while somebody owes the customer something.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Registered
            | Self::Accepted
            | Self::Analysis
            | Self::Action
            | Self::Verification
            | Self::Answered
            | Self::Reopened => true,
            Self::Closed | Self::Rejected => false,
        }
    }
}

/// The state of a complaint.
#[must_use]
pub fn complaint_state(complaint: &Complaint) -> ComplaintProgress {
    let mut progress = ComplaintProgress {
        state: ComplaintState::Registered,
        satisfaction: Satisfaction::Unknown,
        reopened: 0,
        out_of_order: Vec::new(),
    };
    for event in complaint.events.standing() {
        let Some(act) = event.value.what else { continue };
        match next(progress.state, act, event.value.mark) {
            Some(state) => progress.enter(state, act, event.value.mark),
            None => {
                progress.out_of_order.push(OutOfOrder { event: event.id, act, state: progress.state });
            }
        }
    }
    progress
}

impl ComplaintProgress {
    fn enter(&mut self, state: ComplaintState, act: ComplaintAct, mark: Option<Mark>) {
        match (act, mark) {
            (ComplaintAct::CustomerAnswered, Some(mark)) => self.satisfaction = Satisfaction::Marked(mark),
            (ComplaintAct::NoAnswer, _) => self.satisfaction = Satisfaction::NoAnswer,
            _ => {}
        }
        if state == ComplaintState::Reopened {
            self.satisfaction = Satisfaction::Unknown;
            self.reopened = self.reopened.saturating_add(u32::from(self.state != state));
        }
        self.state = state;
    }
}

fn next(state: ComplaintState, act: ComplaintAct, mark: Option<Mark>) -> Option<ComplaintState> {
    use ComplaintState as S;
    let new = matches!(state, S::Registered | S::Reopened);
    let working = matches!(state, S::Accepted | S::Analysis | S::Action | S::Verification);
    match act {
        ComplaintAct::Accepted if new || state == S::Accepted => Some(S::Accepted),
        ComplaintAct::AnalysisStarted if new || working => Some(S::Analysis),
        ComplaintAct::ActionStarted if new || working => Some(S::Action),
        ComplaintAct::VerificationStarted if working => Some(S::Verification),
        ComplaintAct::Answered if new || working || state == S::Answered => Some(S::Answered),
        ComplaintAct::Rejected if new || working || state == S::Rejected => Some(S::Rejected),
        ComplaintAct::Closed if matches!(state, S::Answered | S::Closed) => Some(S::Closed),
        ComplaintAct::Reopened if matches!(state, S::Answered | S::Closed | S::Rejected | S::Reopened) => {
            Some(S::Reopened)
        }
        ComplaintAct::CustomerAnswered if mark?.is_unsatisfied() => {
            matches!(state, S::Answered | S::Closed | S::Reopened).then_some(S::Reopened)
        }
        ComplaintAct::CustomerAnswered | ComplaintAct::NoAnswer => {
            matches!(state, S::Answered | S::Closed).then_some(state)
        }
        ComplaintAct::Accepted
        | ComplaintAct::AnalysisStarted
        | ComplaintAct::ActionStarted
        | ComplaintAct::VerificationStarted
        | ComplaintAct::Answered
        | ComplaintAct::Rejected
        | ComplaintAct::Closed
        | ComplaintAct::Reopened => None,
    }
}

/// What is still missing before the complaint may be closed; empty when nothing is.
#[must_use]
pub fn missing_to_close(complaint: &Complaint) -> Vec<Missing> {
    let done = |action: &ComplaintAction| {
        action.action_kind == Some(ActionKind::Corrective) && action.done.is_some()
    };
    let cause = complaint.cause_code.is_some() && !complaint.cause.0.trim().is_empty();
    let action = complaint.actions.standing().any(|row| done(&row.value));
    let answer = complaint_state(complaint).satisfaction != Satisfaction::Unknown;
    let wanted = [
        (cause, Missing::Cause),
        (action, Missing::FinishedCorrectiveAction),
        (answer, Missing::CustomersAnswer),
    ];
    wanted.into_iter().filter(|(there, _)| !there).map(|(_, missing)| missing).collect()
}

/// The actions that should be done by now and are not.
#[must_use]
pub fn overdue_actions(complaint: &Complaint, today: chrono::NaiveDate) -> Vec<RowId> {
    let late = |action: &ComplaintAction| action.done.is_none() && action.due.is_some_and(|due| due < today);
    complaint.actions.standing().filter(|row| late(&row.value)).map(|row| row.id).collect()
}
