//! The relay over HTTP: the calls of `docs/SYNC.md`, and nothing else.
//!
//! A request passes [`admit`], which believes nothing it says until it is proven, and reaches the one
//! line of [`routes`] that answers it. What a call means is decided in [`crate::relay`]; here it is
//! only carried, refused and bounded.

mod admit;
mod answer;
mod app;
mod first_byte;
mod gate;
mod incoming;
pub mod listen;
mod live;
mod refusal;
pub mod route;
pub mod routes;
mod sessions;
mod tries;

pub use app::App;
pub use sessions::Sessions;
