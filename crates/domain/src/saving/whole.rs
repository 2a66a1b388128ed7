//! What a record must say to be told from another, and what must fit together in it.

use super::{Edit, Objection, Why};
use crate::intent::Intent;
use crate::kind::{Kind, Section};
use crate::reading::{FieldPath, Reading};
use crate::record::{Record, typed};
use crate::records::Equipment;
use crate::rights::{SectionRights, kept};
use crate::value::Scalar;

/// Looks at what an edit leaves behind. A record that was wrong already is no objection to an edit.
pub(super) fn look_at(edit: &Edit<'_>, found: &mut Vec<Objection>) {
    for gap in gaps(edit.after) {
        if edit.is_new || !gaps(edit.before).contains(&gap) {
            found.push(gap);
        }
    }
    found.extend(edit.intents.iter().filter_map(|intent| taken_from_administrators(edit, intent)));
}

/// Rights would stay all the same ([`kept`]): so it must not look as if they went.
fn taken_from_administrators(edit: &Edit<'_>, intent: &Intent) -> Option<Objection> {
    let (Kind::Role, Intent::Set { path, value }) = (edit.after.kind, intent) else { return None };
    let section = Section::ALL.iter().find(|section| section.name() == path.field)?;
    let least = kept(edit.document).section(*section);
    let given = typed::<SectionRights>(value).unwrap_or_default();
    (given.wider(&least) != given).then(|| Objection { path: path.clone(), why: Why::AdministratorKeeps })
}

/// What speaks against a record by itself, whoever wrote it: it cannot be told from another, or its parts
/// do not fit together.
#[must_use]
pub fn gaps(reading: &Reading) -> Vec<Objection> {
    let nameless = |fields| missing(reading, fields, Why::Nameless);
    let about_nothing = |fields| missing(reading, fields, Why::AboutNothing);
    let gap = match reading.kind {
        Kind::Customer => nameless(&["name", "legal_name"]),
        Kind::Employee => nameless(&["surname", "given_name"]),
        Kind::Company | Kind::Team | Kind::Role | Kind::Checklist | Kind::DirectoryEntry => {
            nameless(&["name"])
        }
        Kind::Equipment => nameless(&["name", "model", "manufacturer", "serial", "qr_tag", "category"]),
        Kind::ServiceCard => about_nothing(&["customer", "equipment", "subject"]),
        Kind::Visit => about_nothing(&["card", "customer", "equipment"]),
        Kind::Complaint => {
            about_nothing(&["customer", "equipment", "card", "visit", "contact_note", "description"])
        }
    };
    gap.into_iter().chain(warranty(reading)).collect()
}

/// An objection when none of the fields says anything; it stands at the first.
fn missing(reading: &Reading, fields: &[&str], why: Why) -> Option<Objection> {
    let says = |field: &&str| match reading.value(field) {
        Scalar::Null => !reading.text(field).trim().is_empty(),
        Scalar::Text(text) => !text.trim().is_empty(),
        Scalar::Bool(_) | Scalar::Int(_) => true,
    };
    let first = fields.first()?;
    (!fields.iter().any(says)).then(|| Objection { path: FieldPath::root(first), why })
}

fn warranty(reading: &Reading) -> Option<Objection> {
    if reading.kind != Equipment::KIND {
        return None;
    }
    let day = |field: &str| typed::<chrono::NaiveDate>(reading.value(field));
    let until = Equipment::WARRANTY_UNTIL.name;
    let ended = day(until)? < day(Equipment::INSTALLED.name)?;
    ended.then(|| Objection { path: FieldPath::root(until), why: Why::EndsBeforeStart })
}
