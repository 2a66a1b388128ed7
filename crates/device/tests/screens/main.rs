//! What screens show and what people do, on a real device: records made through intents, an encrypted
//! database, no relay.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where a promise is broken")]

mod day;
mod drafts;
mod forms;
mod office;
mod opening;
mod received;
mod seen;
mod taking_back;
mod visit;
mod withdrawing;
mod world;
