//! Customers: by name.

use super::{PLAIN, Specifics};

pub(super) const SPECIFICS: Specifics = Specifics {
    sorted_by: &[
        "registry_code_key",
        "responsible",
        "status",
        "attention",
        "visits_done",
        "last_visit_start",
        "open_complaints",
    ],
    ..PLAIN
};
