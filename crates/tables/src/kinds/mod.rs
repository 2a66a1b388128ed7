//! What is particular to a kind: its default order, what names its records, the state they are in.
//!
//! Everything else about a kind's tables follows from its schema.

mod complaint;
mod customer;
mod directories;
mod employee;
mod equipment;
mod service_card;
mod visit;

use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::time::Instant;

use crate::columns::Meaning;
use crate::list::{Direction, Filter};
use crate::sql::SqlValue;

/// What is particular to a kind.
pub(crate) struct Specifics {
    /// The fields whose words make the title, in this order.
    pub(crate) title: &'static [&'static str],
    /// Orders that lists use; the first is the default.
    pub(crate) orders: &'static [Order],
    /// Further columns by which people sort a journal that grows with the company.
    pub(crate) sorted_by: &'static [&'static str],
    /// The derived states of the kind, in their order; none when it has none.
    pub(crate) states: &'static [&'static str],
    /// What the rules derive from one record beside attention.
    pub(crate) judge: fn(&Reading) -> Judged,
    /// Columns for [`Judged::more`].
    pub(crate) more: &'static [(&'static str, Meaning)],
    /// Links whose target's words find this record too.
    pub(crate) found_through: &'static [&'static str],
}

/// An order that has an index.
pub(crate) struct Order {
    /// The column, a compared one.
    pub(crate) column: &'static str,
    /// Which way by default.
    pub(crate) direction: Direction,
    /// The query it serves.
    pub(crate) serves: &'static str,
}

/// What the rules say about one record by itself.
pub(crate) struct Judged {
    /// The state's name.
    pub(crate) state: Option<&'static str>,
    /// The values of [`Specifics::more`].
    pub(crate) more: Vec<SqlValue>,
}

/// What is particular to `kind`.
pub(crate) const fn specifics(kind: Kind) -> Specifics {
    match kind {
        Kind::Company => directories::COMPANY,
        Kind::Role => directories::ROLE,
        Kind::Team => directories::TEAM,
        Kind::DirectoryEntry => directories::DIRECTORY_ENTRY,
        Kind::Checklist => directories::CHECKLIST,
        Kind::Employee => employee::SPECIFICS,
        Kind::Customer => customer::SPECIFICS,
        Kind::Equipment => equipment::SPECIFICS,
        Kind::ServiceCard => service_card::SPECIFICS,
        Kind::Visit => visit::SPECIFICS,
        Kind::Complaint => complaint::SPECIFICS,
    }
}

/// The records of a kind that are late by `now`; `None` of kinds that are never late.
pub(crate) fn overdue(kind: Kind, now: Instant) -> Option<Filter> {
    match kind {
        Kind::Visit => Some(visit::overdue(now)),
        Kind::Complaint => Some(complaint::overdue(now)),
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Employee
        | Kind::Customer
        | Kind::Equipment
        | Kind::ServiceCard => None,
    }
}

/// A kind without states or rules of its own, sorted by title.
const PLAIN: Specifics = Specifics {
    title: &["name"],
    orders: &[BY_TITLE],
    sorted_by: &[],
    states: &[],
    judge: |_| Judged { state: None, more: Vec::new() },
    more: &[],
    found_through: &[],
};

const BY_TITLE: Order =
    Order { column: "title_key", direction: Direction::Ascending, serves: "the list by name" };
