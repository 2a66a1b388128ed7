//! Which person or place of a customer a row of the file speaks of.

use halyard_domain::value::{FieldValue, Scalar};

use super::super::draft::Slots;
use super::super::draft_rows::{DraftRow, DraftRows, FoldedName, NAME, place_of, words_of};
use super::super::names::fold;
use super::super::row::{Values, united};

/// An address is the same when its purpose, street, town and label are.
pub(super) fn address(rows: &DraftRows, values: &Values) -> Option<usize> {
    rows.first(&place_of(values), |_| true)
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
pub(super) fn person(rows: &DraftRows, values: &Values) -> Option<usize> {
    let offered = NAME.map(|field| values.get(field).and_then(Scalar::as_text).map(fold));
    let name_is = |row: &DraftRow| agreements(&row.name, &offered).all(|one| one == Same);
    let name_agrees = |row: &DraftRow| agreements(&row.name, &offered).all(|one| one != Differ);
    let says_all = |row: &DraftRow| values.iter().all(|(field, value)| says(&row.slots, field, value));
    let fields: Vec<&str> = values.keys().copied().collect();
    rows.first_of_all(&words_of(values, &fields), says_all)
        .or_else(|| rows.first_of_all(&words_of(values, &NAME), name_is))
        .or_else(|| {
            let reached = words_of(values, &["phones", "emails"]);
            reached.iter().filter_map(|word| rows.first(word, name_agrees)).min()
        })
        .or_else(|| {
            // «Марія» alone may be anybody.
            words_of(values, &["surname"]).iter().find_map(|surname| rows.first(surname, name_agrees))
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

/// How two names agree, part by part.
fn agreements(own: &FoldedName, offered: &FoldedName) -> impl Iterator<Item = Agreement> {
    NAME.iter()
        .zip(own.iter().zip(offered))
        .map(|(field, (own, offered))| agreement(field, own.as_deref(), offered.as_deref()))
}

/// Whether two may be the same part of a name. An initial stands for every name that begins so.
fn agreement(field: &str, own: Option<&str>, offered: Option<&str>) -> Agreement {
    match (own, offered) {
        (None, None) => Same,
        (Some(_), None) | (None, Some(_)) => OneIsMissing,
        (Some(own), Some(offered)) if own == offered => Same,
        (Some(own), Some(offered)) => {
            let alike = own.chars().next() == offered.chars().next();
            if field != "surname" && alike && (is_initial(own) || is_initial(offered)) {
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
