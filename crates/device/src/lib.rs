//! The app without a window.
//!
//! Everything a screen, the command line or a test does goes through here: use cases that edit
//! ([`Device::save`]), views that read ([`Device::list`], [`Device::show`]), the import of people's
//! files ([`import`]) and the session with the relay ([`Device::sync`]).

mod actors;
mod device;
mod edit;
mod error;
pub mod import;
mod rights;
mod surroundings;
pub mod sync;
mod sync_names;
mod views;

pub use device::Device;
pub use edit::{Before, RecordEdit, Saved};
pub use error::DeviceError;
pub use surroundings::{Surroundings, ThisMachine};
pub use sync_names::Standing;
pub use views::{Entered, HistoryLine, NotAccepted, RecordView, Status};
