//! The state of a service card, from its events in the order of their birth.
//!
//! An event that does not follow changes nothing and is reported. Saying again what already holds is no
//! contradiction.

use crate::record::Choice;
use crate::records::{CardAct, ServiceCard};
use crate::rules::OutOfOrder;

/// The state of a service card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum CardState {
    /// Чернетка.
    Draft,
    /// Діюча.
    Active,
    /// Призупинена.
    Suspended,
    /// Завершена.
    Completed,
    /// Закрита.
    Closed,
    /// Подовжена.
    Renewed,
    /// Розірвана.
    Terminated,
}

/// What the events of a card say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardProgress {
    /// The state.
    pub state: CardState,
    /// The events that do not follow.
    pub out_of_order: Vec<OutOfOrder<CardAct, CardState>>,
}

impl CardState {
    /// True while the card may still need work.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Active | Self::Suspended => true,
            Self::Completed | Self::Renewed | Self::Terminated | Self::Closed => false,
        }
    }
}

/// The state of a card.
#[must_use]
pub fn card_state(card: &ServiceCard) -> CardProgress {
    let mut progress = CardProgress { state: CardState::Draft, out_of_order: Vec::new() };
    for event in card.events.standing() {
        let Some(act) = event.value.what else { continue };
        match next(progress.state, act) {
            Some(state) => progress.state = state,
            None => {
                progress.out_of_order.push(OutOfOrder { event: event.id, act, state: progress.state });
            }
        }
    }
    progress
}

fn next(state: CardState, act: CardAct) -> Option<CardState> {
    match (act, state) {
        (CardAct::Activated, CardState::Draft | CardState::Active | CardState::Suspended)
        | (
            CardAct::Reopened,
            CardState::Completed | CardState::Renewed | CardState::Terminated | CardState::Closed,
        ) => Some(CardState::Active),
        (CardAct::Suspended, CardState::Active | CardState::Suspended) => Some(CardState::Suspended),
        (CardAct::Completed, CardState::Active | CardState::Completed) => Some(CardState::Completed),
        (
            CardAct::Renewed,
            CardState::Active | CardState::Suspended | CardState::Completed | CardState::Renewed,
        ) => Some(CardState::Renewed),
        (
            CardAct::Terminated,
            CardState::Draft | CardState::Active | CardState::Suspended | CardState::Terminated,
        ) => Some(CardState::Terminated),
        (
            CardAct::Closed,
            CardState::Completed | CardState::Renewed | CardState::Terminated | CardState::Closed,
        ) => Some(CardState::Closed),
        _ => None,
    }
}
