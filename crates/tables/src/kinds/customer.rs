//! Customers: by name.

use super::{PLAIN, Specifics};

pub(super) const SPECIFICS: Specifics = PLAIN;
