//! Actor ids of this life of the app.
//!
//! An actor id must never be used by two lives of a database: a document that saw one twice is stuck
//! for ever. So there is a new one at every start and wherever local work was taken out of a document.

use std::sync::Mutex;
use std::sync::PoisonError;

use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::keys::PublicKey;

use crate::surroundings::Surroundings;

/// Where actor ids come from.
#[derive(Debug)]
pub(crate) struct Actors {
    prefix: ActorPrefix,
    session: Mutex<ActorId>,
}

impl Actors {
    pub(crate) fn start(key: &PublicKey, surroundings: &dyn Surroundings) -> Self {
        let prefix = ActorPrefix::of(key);
        Self { prefix, session: Mutex::new(fresh(prefix, surroundings)) }
    }

    /// The actor ordinary edits are made under.
    pub(crate) fn session(&self) -> [u8; 16] {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// An actor that was never used.
    pub(crate) fn fresh(&self, surroundings: &dyn Surroundings) -> [u8; 16] {
        fresh(self.prefix, surroundings).0
    }

    /// Goes on under a new actor: local work was taken out of a document, so its number must not be
    /// counted on.
    pub(crate) fn renew(&self, surroundings: &dyn Surroundings) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = fresh(self.prefix, surroundings);
    }
}

fn fresh(prefix: ActorPrefix, surroundings: &dyn Surroundings) -> ActorId {
    let mut random = [0; 8];
    surroundings.fill_random(&mut random);
    ActorId::new(prefix, random)
}
