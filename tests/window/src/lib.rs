//! The real window on a display and a bus of its own, driven through WebDriver.
//!
//! Each run has its own data folder, display, bus, locale and driver, so runs do not meet, and everything
//! a run started ends with it. The bus starts no services by itself: what a test wants there, it brings.
//! The window is driven by WebKit's driver directly; what lies between is one capability and two
//! variables (docs/adr).

mod desktop;
mod dunst;
pub mod frame;
mod hand;
mod keyring;
pub mod measure;
mod notifications;
mod process;
mod tray;
mod window;

pub use desktop::Desktop;
pub use dunst::Dunst;
pub use hand::{Role, Thing};
pub use keyring::SystemKeyring;
pub use notifications::{NotificationService, Shown};
pub use tray::{Icon, Tray};
pub use window::{Window, until};
