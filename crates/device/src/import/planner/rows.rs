//! Which person or place of a customer a row of the file speaks of.

use halyard_domain::value::{FieldValue, Scalar};

use super::super::draft::{DraftRow, Slots};
use super::super::names::fold;
use super::super::row::{Values, united};

/// The columns of a person's name.
pub(super) const NAME: [&str; 3] = ["surname", "given_name", "patronymic"];

/// An address is the same when its purpose, street, town and label are.
pub(super) fn address(rows: &[DraftRow], values: &Values) -> Option<usize> {
    let offered = |field: &str| values.get(field).and_then(Scalar::as_text).map(fold);
    let same = |slots: &Slots| {
        let identity = ["address_kind", "street", "settlement", "label"];
        identity.into_iter().all(|field| slots.text(field).map(fold) == offered(field))
    };
    rows.iter().position(|row| same(&row.slots))
}

/// How little a person's name says: people with whole names are put in first, so that initials and a given
/// name alone find them, and never the other way round.
pub(super) fn vagueness(values: &Values) -> usize {
    let word = |field: &&str| values.get(*field).and_then(Scalar::as_text).map(fold);
    let words: Vec<Option<String>> = NAME.iter().map(word).collect();
    let is_whole = |word: &&Option<String>| word.as_ref().is_some_and(|word| !is_initial(word));
    let lacks_surname = words.first().is_none_or(Option::is_none);
    NAME.len() - words.iter().filter(is_whole).count() + if lacks_surname { NAME.len() } else { 0 }
}

/// A person is one of whom everything is known already; else the one with the whole name; else one with
/// the same phone or address and a name that agrees; else one with the same surname and a name that
/// agrees.
pub(super) fn person(rows: &[DraftRow], values: &Values) -> Option<usize> {
    let place = |fits: &dyn Fn(&Slots) -> bool| rows.iter().position(|row| fits(&row.slots));
    let name_is = |slots: &Slots| NAME.iter().all(|field| agreement(slots, values, field) == Same);
    let name_agrees = |slots: &Slots| NAME.iter().all(|field| agreement(slots, values, field) != Differ);
    let has_name = NAME.iter().any(|field| values.contains_key(field));
    let has_surname = values.contains_key("surname");
    place(&|slots| values.iter().all(|(field, value)| says(slots, field, value)))
        .or_else(|| place(&|slots| has_name && name_is(slots)))
        .or_else(|| {
            place(&|slots| name_agrees(slots) && ["phones", "emails"].iter().any(|f| meet(slots, values, f)))
        })
        .or_else(|| {
            // «Марія» alone may be anybody.
            place(&|slots| has_surname && name_agrees(slots) && agreement(slots, values, "surname") == Same)
        })
}

/// True when a value stands already, or is part of the list that does.
fn says(slots: &Slots, field: &str, value: &Scalar) -> bool {
    let is_list = |value: &Scalar| Vec::<String>::from_scalar(value).is_ok();
    slots.get(field).is_some_and(|own| own == value || is_list(own) && united(own, value).is_none())
}

#[derive(PartialEq, Eq)]
enum Agreement {
    Same,
    OneIsMissing,
    Differ,
}
use Agreement::{Differ, OneIsMissing, Same};

/// Whether two may be the same part of a name. An initial stands for every name that begins so.
fn agreement(slots: &Slots, values: &Values, field: &str) -> Agreement {
    let (own, offered) = (slots.text(field).map(fold), values.get(field).and_then(Scalar::as_text).map(fold));
    match (own, offered) {
        (None, None) => Same,
        (Some(_), None) | (None, Some(_)) => OneIsMissing,
        (Some(own), Some(offered)) if own == offered => Same,
        (Some(own), Some(offered)) => {
            let alike = own.chars().next() == offered.chars().next();
            if field != "surname" && alike && (is_initial(&own) || is_initial(&offered)) {
                OneIsMissing
            } else {
                Differ
            }
        }
    }
}

fn is_initial(name: &str) -> bool {
    name.chars().count() == 1
}

/// True when two lists have an item in both.
fn meet(slots: &Slots, values: &Values, field: &str) -> bool {
    let offered =
        values.get(field).and_then(|list| Vec::<String>::from_scalar(list).ok()).unwrap_or_default();
    slots.list(field).iter().any(|item| offered.contains(item))
}
