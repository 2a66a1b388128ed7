//! Who sees a record.
//!
//! A record names its audience; a person's roles say how far they reach; what a seen record carries is
//! seen too, one step. The rule knows no time: the relay keeps the intervals, this says what holds now.
//!
//! Surprise: while a field that names people is in conflict, all of its values count. A technician must
//! not lose a visit because two dispatchers have not yet agreed.

use std::collections::BTreeSet;

use crate::id::DocumentId;
use crate::kind::Kind;
use crate::reading::{FieldPath, Reading};
use crate::records::schema;
use crate::rights::write::Responsible;
use crate::rights::{Access, Reach};
use crate::rules::carries::links;
use crate::schema::{root_key, row_column};

/// Whom a record belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// The employees it belongs to.
    pub own: BTreeSet<DocumentId>,
    /// The teams it belongs to: all of their members.
    pub teams: BTreeSet<DocumentId>,
    /// True when everybody in the company sees it.
    pub everybody: bool,
}

/// A person, as sight knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The employee.
    pub employee: DocumentId,
    /// The teams the employee is in.
    pub teams: BTreeSet<DocumentId>,
    /// The other members of those teams.
    pub teammates: BTreeSet<DocumentId>,
}

/// Whom a record belongs to, by `domain.md`'s table of kinds.
#[must_use]
pub fn audience(record: &Reading) -> Audience {
    let named: &[&str] = match record.kind {
        Kind::Company | Kind::Role | Kind::Team | Kind::Employee | Kind::DirectoryEntry | Kind::Checklist => {
            return Audience { everybody: true, ..Audience::default() };
        }
        Kind::Customer => &["responsible"],
        Kind::Equipment => &[root_key::AUTHOR],
        Kind::ServiceCard => &["responsible", "crew"],
        Kind::Visit => &[root_key::AUTHOR, "specialists"],
        Kind::Complaint => &[root_key::AUTHOR, "responsible", "members", "team"],
    };
    let mut audience = Audience::default();
    for link in links(record) {
        if link.path.row.is_none() && named.contains(&link.path.field.as_str()) {
            if link.kind == Kind::Team.name() {
                audience.teams.insert(link.id);
            } else {
                audience.own.insert(link.id);
            }
        }
    }
    if record.kind == Kind::Visit {
        audience.own.extend(hands(record));
    }
    audience
}

/// Everybody with an event or a row in the record, withdrawn ones too: what somebody did once is
/// theirs to look up. A proposal is no fact and gives no sight.
fn hands(record: &Reading) -> BTreeSet<DocumentId> {
    let mut hands = BTreeSet::new();
    for field in schema(record.kind).fields.iter().filter(|field| field.name != root_key::PROPOSALS) {
        for row in record.rows(field.name) {
            // A foreman writes down work of others: `who` names them.
            let named = [row_column::BY, "who"].map(|column| row.value(column).as_text());
            hands.extend(named.into_iter().flatten().filter_map(|id| id.parse::<DocumentId>().ok()));
        }
    }
    hands
}

/// May this person see a record of that kind and audience? `carried` says that a record this person
/// sees by any other way carries it.
#[must_use]
pub fn sees(access: &Access, viewer: &Viewer, kind: Kind, audience: &Audience, carried: bool) -> bool {
    if audience.everybody || carried {
        return true;
    }
    let own = audience.own.contains(&viewer.employee) || !audience.teams.is_disjoint(&viewer.teams);
    match access.reach(schema(kind).section) {
        Reach::None => false,
        Reach::Own => own,
        Reach::Team => own || !audience.own.is_disjoint(&viewer.teammates),
        Reach::All => true,
    }
}

/// Whom the record itself names as responsible, as this employee stands to it.
#[must_use]
pub fn responsible_of(record: &Reading, employee: DocumentId) -> Responsible {
    let field = FieldPath::root("responsible");
    let named = links(record).into_iter().filter(|link| link.path == field);
    let stands = |id| if id == employee { Responsible::Writer } else { Responsible::Another };
    named.map(|link| stands(link.id)).max().unwrap_or_default()
}

/// The team of an employee, as rights count it: none while it is in conflict.
#[must_use]
pub fn team_of(employee: &Reading) -> Option<DocumentId> {
    let cell = employee.cell("team").filter(|cell| !cell.is_conflict())?;
    cell.value.as_text()?.parse().ok()
}
