//! The rights, as tables in product words.

mod seeing;
mod shipping;
mod writing;
mod written_once;

use super::{Access, shipped_roles};

/// What the shipped role of that name gives.
fn role(code: &str) -> Access {
    shipped_roles().into_iter().find(|role| role.code == code).unwrap().access
}
