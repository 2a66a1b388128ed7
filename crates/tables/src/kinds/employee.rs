//! Employees: by surname.

use super::{PLAIN, Specifics};

pub(super) const SPECIFICS: Specifics =
    Specifics { title: &["surname", "given_name", "patronymic"], ..PLAIN };
