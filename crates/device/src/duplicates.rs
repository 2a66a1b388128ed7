//! Links follow a duplicate to the record that stays.
//!
//! Nothing that names a duplicate is written anew when it is merged: lists of what names the record that stays
//! have what names its duplicates, groups of a journal are those of the record that stays, and a name leads to the
//! record that stays as long as that is on this device. What is derived for the record that stays is made from
//! what names its duplicates too ([`halyard_tables::derived`]).
//!
//! Two devices apart may merge records into one another. Of such a circle one record stays and is a duplicate of
//! none, whatever its document says: everything here goes by what counts, which the tables hold.
//!
//! Conditions that go through a link or a row (`Linked`, `HasRow`, `Referred`) do not follow: each is asked of the record
//! that is named, and a walk through its duplicates for every row of a list would cost more than the list. A hit of
//! a search is called by what it names itself.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::records::Common;
use halyard_domain::value::Scalar;
use halyard_tables::columns::Meaning;
use halyard_tables::list::{self, Filter, ListQuery, MAX_LIMIT, MAX_VALUES, Show};
use halyard_tables::sql::{SqlValue, Target};
use halyard_tables::tables::{MADE_TWICE, column, tables_of};

use crate::device::Device;
use crate::edit::RecordEdit;
use crate::error::DeviceError;

impl Device {
    /// What a record is a duplicate of, as far as that counts: of a circle the record that stays is one of none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn duplicate_of(
        &self,
        document: DocumentId,
        record: &Reading,
    ) -> Result<Option<DocumentId>, DeviceError> {
        let Some(written) = Common::read(record).merged_into else { return Ok(None) };
        if !MADE_TWICE.contains(&record.kind) {
            return Ok(Some(written));
        }
        let rows = self.all_of(record.kind, &[column::MERGED_INTO], column::ID, &[document])?;
        Ok(rows.first().and_then(|(_, cells)| cells.first()?.document()))
    }

    /// The record that a duplicate is counted with: where its chain ends, as far as that is on this device.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn counts_with(
        &self,
        document: DocumentId,
        record: &Reading,
    ) -> Result<Option<DocumentId>, DeviceError> {
        let stays = self.that_stay(record.kind, vec![document])?.remove(&document);
        stays.map_or_else(|| self.duplicate_of(document, record), |stays| Ok(Some(stays)))
    }

    /// The edits that bring a record back that was withdrawn or called a duplicate, its own first; none when it
    /// stands. One of a circle that comes back alone would make a duplicate of the record that stays: what that
    /// says of itself goes with it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn restoring(&self, document: DocumentId, record: &Reading) -> Result<Vec<RecordEdit>, DeviceError> {
        let withdrawn = Common::read(record).withdrawn.map(|_| Common::WITHDRAWN.clear());
        let duplicate = self.duplicate_of(document, record)?.map(|_| Common::stand_alone());
        let editing = |document, intents| RecordEdit::editing(document, record.kind, intents);
        let mut edits = Vec::new();
        if duplicate.is_some()
            && let Some(stays) = self.that_stay(record.kind, vec![document])?.remove(&document)
            && self.reading_of(stays)?.is_some_and(|stays| Common::read(&stays).merged_into.is_some())
        {
            edits.push(editing(stays, vec![Common::stand_alone()]));
        }
        let own: Vec<Intent> = withdrawn.into_iter().chain(duplicate).collect();
        if !own.is_empty() {
            edits.insert(0, editing(document, own));
        }
        Ok(edits)
    }

    /// A query whose conditions on whom or what a record names have the duplicates too.
    pub(crate) fn with_duplicates<'q>(
        &self,
        query: &'q ListQuery,
    ) -> Result<Cow<'q, ListQuery>, DeviceError> {
        let mut stays = BTreeSet::new();
        query.filters.iter().for_each(|filter| named_by(query.kind, filter, &mut stays));
        let mut duplicates = BTreeMap::new();
        for (kind, document) in stays {
            let of = self.duplicates_of(kind, document)?;
            if !of.is_empty() {
                duplicates.insert(document, of);
            }
        }
        if duplicates.is_empty() {
            return Ok(Cow::Borrowed(query));
        }
        let filters = query.filters.iter().map(|filter| widened(query.kind, filter, &duplicates)).collect();
        Ok(Cow::Owned(ListQuery { filters, ..query.clone() }))
    }

    /// The records that point at one as the one that stays, at once or by way of others.
    pub(crate) fn duplicates_of(
        &self,
        kind: Kind,
        stays: DocumentId,
    ) -> Result<Vec<DocumentId>, DeviceError> {
        let mut found: Vec<DocumentId> = Vec::new();
        let mut next = vec![stays];
        while !next.is_empty() {
            let rows = self.all_of(kind, &[], column::MERGED_INTO, &next)?;
            next = rows.into_iter().map(|(document, _)| document).collect();
            next.retain(|document| *document != stays && !found.contains(document));
            found.extend(&next);
        }
        Ok(found)
    }

    /// Of those that are duplicates: the record that stays, when it is on this device.
    pub(crate) fn that_stay(
        &self,
        kind: Kind,
        documents: Vec<DocumentId>,
    ) -> Result<BTreeMap<DocumentId, DocumentId>, DeviceError> {
        let mut into: BTreeMap<DocumentId, DocumentId> = BTreeMap::new();
        let mut next = documents;
        while !next.is_empty() {
            let rows = self.all_of(kind, &[column::MERGED_INTO], column::ID, &next)?;
            let pointing =
                rows.into_iter().filter_map(|(document, cells)| Some((document, cells.first()?.document()?)));
            let fresh: Vec<_> = pointing.filter(|(document, _)| !into.contains_key(document)).collect();
            next = fresh.iter().map(|(_, stays)| *stays).collect();
            into.extend(fresh);
        }
        let mut ends = BTreeMap::new();
        for &document in into.keys() {
            if let Some(end) = end_of(&into, document)
                && self.kind_of(end)?.is_some()
            {
                ends.insert(document, end);
            }
        }
        Ok(ends)
    }

    /// Of what a column of a kind names: the record that stays for each that is a duplicate.
    pub(crate) fn that_stay_in(
        &self,
        kind: Kind,
        name: &str,
        documents: impl Iterator<Item = DocumentId>,
    ) -> Result<BTreeMap<DocumentId, DocumentId>, DeviceError> {
        names_kind(kind, name).map_or(Ok(BTreeMap::new()), |named| self.that_stay(named, documents.collect()))
    }

    /// Every record of a kind that has one of these in a column, standing or not, however many they are.
    fn all_of(
        &self,
        kind: Kind,
        columns: &[&str],
        name: &str,
        documents: &[DocumentId],
    ) -> Result<Vec<(DocumentId, Vec<SqlValue>)>, DeviceError> {
        let mut found = Vec::new();
        if !MADE_TWICE.contains(&kind) {
            return Ok(found);
        }
        for some in documents.chunks(usize::try_from(MAX_LIMIT).unwrap_or(usize::MAX)) {
            let mut query = ListQuery {
                filters: vec![one_of(name, some)],
                show: Show::Everything,
                ..ListQuery::of(kind, columns, MAX_LIMIT)
            };
            loop {
                let plan = list::plan(Target::DEVICE, &query)?;
                let page = plan.read(|statement| self.store.query(statement))?;
                found.extend(page.rows.into_iter().map(|row| (row.document, row.cells)));
                if page.next.is_none() {
                    break;
                }
                query.page.after = page.next;
            }
        }
        Ok(found)
    }
}

/// Where the chain from a duplicate ends. There are no circles in what counts, but something may be saved between
/// two queries: a chain that goes in one ends nowhere.
fn end_of(into: &BTreeMap<DocumentId, DocumentId>, duplicate: DocumentId) -> Option<DocumentId> {
    let (mut end, mut seen) = (duplicate, BTreeSet::new());
    while let Some(&next) = into.get(&end) {
        if !seen.insert(end) {
            return None;
        }
        end = next;
    }
    Some(end)
}

/// The kind that a column of a kind names, when one thing of it may have been made twice.
fn names_kind(kind: Kind, name: &str) -> Option<Kind> {
    if matches!(name, column::ID | column::MERGED_INTO) {
        return None;
    }
    let Meaning::Link(named) = tables_of(kind).main.column(name)?.meaning else { return None };
    Kind::from_name(named).filter(|kind| MADE_TWICE.contains(kind))
}

/// The customers and objects that a condition asks for by their ids.
fn named_by(kind: Kind, filter: &Filter, found: &mut BTreeSet<(Kind, DocumentId)>) {
    let mut take = |name: &str, values: &[Scalar]| {
        if let Some(named) = names_kind(kind, name) {
            found.extend(values.iter().filter_map(id_in).map(|document| (named, document)));
        }
    };
    match filter {
        Filter::Equals { column, value } => take(column, std::slice::from_ref(value)),
        Filter::OneOf { column, values } => take(column, values),
        Filter::AnyOf { filters } => filters.iter().for_each(|one| named_by(kind, one, found)),
        Filter::Not { filter } => named_by(kind, filter, found),
        Filter::Between { .. }
        | Filter::Contains { .. }
        | Filter::IsEmpty { .. }
        | Filter::State { .. }
        | Filter::Includes { .. }
        | Filter::Linked { .. }
        | Filter::HasRow { .. }
        | Filter::Referred { .. } => {}
    }
}

/// The same condition with the duplicates of what it asks for.
fn widened(kind: Kind, filter: &Filter, duplicates: &BTreeMap<DocumentId, Vec<DocumentId>>) -> Filter {
    let with = |name: &String, values: &[Scalar]| {
        let more = values.iter().filter_map(id_in).filter_map(|document| duplicates.get(&document)).flatten();
        let more = more.map(|document| Scalar::Text(document.to_string()));
        any_of(name, values.len(), &values.iter().cloned().chain(more).collect::<Vec<_>>())
    };
    match filter {
        Filter::Equals { column, value } if names_kind(kind, column).is_some() => {
            with(column, std::slice::from_ref(value))
        }
        Filter::OneOf { column, values } if names_kind(kind, column).is_some() => with(column, values),
        Filter::AnyOf { filters } => {
            Filter::AnyOf { filters: filters.iter().map(|one| widened(kind, one, duplicates)).collect() }
        }
        Filter::Not { filter } => Filter::Not { filter: Box::new(widened(kind, filter, duplicates)) },
        other => other.clone(),
    }
}

/// The condition that one of these stands in a column, of which so many were asked for. More than a list takes at once
/// are asked for in parts, unless whoever asks does so: that a record was made many times is not their doing.
fn any_of(name: &str, asked: usize, all: &[Scalar]) -> Filter {
    let one_of = |values: &[Scalar]| Filter::OneOf { column: name.to_owned(), values: values.to_vec() };
    if asked > MAX_VALUES || all.len() <= MAX_VALUES {
        return one_of(all);
    }
    Filter::AnyOf { filters: all.chunks(MAX_VALUES).map(one_of).collect() }
}

fn id_in(value: &Scalar) -> Option<DocumentId> {
    value.as_text()?.parse().ok()
}

fn one_of(column: &str, documents: &[DocumentId]) -> Filter {
    let values = documents.iter().map(|id| Scalar::Text(id.to_string())).collect();
    Filter::OneOf { column: column.to_owned(), values }
}

#[cfg(test)]
mod tests {
    use halyard_domain::records::Equipment;
    use halyard_tables::list::ListError;

    use super::*;

    /// A list of the objects of so many customers, the first of which has so many duplicates.
    fn planned(asked: usize, made_twice: usize) -> Result<(), ListError> {
        let id = |what: &str, at: usize| DocumentId::made_by_rule(&format!("{what} {at}"));
        let customers: Vec<DocumentId> = (0..asked).map(|at| id("customer", at)).collect();
        let again: Vec<DocumentId> = (0..made_twice).map(|at| id("duplicate", at)).collect();
        let filter = one_of(Equipment::CUSTOMER.name, &customers);
        let duplicates = customers.first().map(|first| (*first, again)).into_iter().collect();
        let filters = vec![widened(Kind::Equipment, &filter, &duplicates)];
        let query = ListQuery { filters, ..ListQuery::of(Kind::Equipment, &[], 1) };
        list::plan(Target::DEVICE, &query).map(drop)
    }

    #[test]
    fn a_list_that_may_be_asked_for_is_not_refused_for_what_was_made_twice() {
        planned(MAX_VALUES, 1).unwrap();
        planned(1, 3 * MAX_VALUES).unwrap();
        let refused = planned(MAX_VALUES + 1, 1);
        assert!(matches!(refused, Err(ListError::TooMuch { what: "values", .. })), "{refused:?}");
    }
}
