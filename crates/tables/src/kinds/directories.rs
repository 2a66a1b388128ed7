//! Kinds that are directories: sorted by name, without states.

use super::{PLAIN, Specifics};

pub(super) const COMPANY: Specifics = PLAIN;
pub(super) const ROLE: Specifics = PLAIN;
pub(super) const TEAM: Specifics = PLAIN;
pub(super) const CHECKLIST: Specifics = PLAIN;
pub(super) const DIRECTORY_ENTRY: Specifics = PLAIN;
