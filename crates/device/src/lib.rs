//! The app without a window.
//!
//! Everything a screen, the command line or a test does goes through here: use cases that edit, views
//! that read, the import of people's files and the driver that syncs.

pub mod import;
