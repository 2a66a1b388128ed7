//! Objects of service: by name, found also by their customer.

use super::{PLAIN, Specifics};

pub(super) const SPECIFICS: Specifics =
    Specifics { title: &["name", "model", "serial"], found_through: &["customer"], ..PLAIN };
