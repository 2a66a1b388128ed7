//! Objects of service: by name, found also by their customer.

use super::{PLAIN, Specifics};

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["name", "model", "serial"],
    sorted_by: &[
        "name_key",
        "customer",
        "category",
        "manufacturer_key",
        "model_key",
        "serial_key",
        "installed",
        "warranty_until",
        "attention",
        "visits_done",
        "last_visit_start",
        "open_complaints",
    ],
    found_through: &["customer"],
    ..PLAIN
};
