//! The app without a window.
//!
//! Everything a screen, the command line or a test does goes through here: use cases that edit
//! ([`Device::save`]), views that read ([`Device::list`], [`Device::show`]), the import of people's
//! files ([`import`]) and the session with the relay ([`Device::sync`]). Around an open device there is
//! the life of a profile ([`life`]): first start, unlocking, locking, the sync in the background.

pub mod actions;
mod actors;
mod alike;
mod app;
mod attention;
pub mod calls;
mod checklist;
mod device;
mod disputes;
mod duplicates;
mod edit;
mod error;
pub mod import;
mod importing;
pub mod kept_notices;
pub mod life;
mod lookup;
mod news;
pub mod notices;
mod past;
mod photos;
pub mod place;
mod proposals;
mod rights;
mod row_names;
mod rows;
pub mod saved_views;
mod saving;
pub mod screens;
mod signed;
mod surroundings;
pub mod sync;
mod sync_names;
mod to_review;
mod trying;
mod views;

pub use app::{App, AppEvent, Events};
pub use checklist::{AnswerError, Question};
pub use device::Device;
pub use edit::{Before, RecordEdit, Saved, contested};
pub use error::DeviceError;
pub use importing::{ImportError, Undone};
pub use lookup::{DerivedValue, Named};
pub use news::{Changed, ChangedRecord, Origin};
pub use past::{Dispute, Rival};
pub use photos::{LARGEST_PHOTO, NewPhoto, PhotoError};
pub use surroundings::{Surroundings, ThisMachine};
pub use sync_names::Standing;
pub use views::{Entered, HistoryLine, NotAccepted, RecordView, Status};

// What the device is made of. Programs on top of it depend on the device alone and meet these parts here.
pub use halyard_domain as domain;
pub use halyard_protocol as protocol;
pub use halyard_records as records;
pub use halyard_store as store;
pub use halyard_tables as tables;
