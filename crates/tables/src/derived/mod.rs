//! Values of a record that depend on other records: a card's percent, its next visit, how often a
//! customer was visited.
//!
//! Each [`Derived`] declares which kind it belongs to, whose changes feed it, which rows it reads and
//! the pure function that judges them. Device and office run the same declarations through
//! [`replace`], [`remove`] and [`refresh`] in the transaction that writes the rows, so they hold equal
//! values; a refresh reads only derived rows, so its order does not matter.

mod card;
mod history;

use std::borrow::Cow;
use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::ColumnDef;
use crate::ddl::{quoted, quoted_list};
use crate::rows::RecordRows;
use crate::sql::{SqlRow, SqlValue, Statement, Target};
use crate::tables::column;
use crate::write::{delete_statements, key_condition, statements};

/// Cross-record values of one kind.
pub struct Derived {
    /// The kind whose main table holds them.
    pub of: Kind,
    /// The columns they fill.
    pub columns: fn() -> Vec<ColumnDef>,
    /// Whose rows they are made from.
    pub fed_by: &'static [Feed],
    /// The queries whose answers [`Derived::compute`] takes, in this order.
    pub inputs: fn(Target, DocumentId) -> Vec<Statement>,
    /// The values, in the order of the columns.
    pub compute: fn(&[Vec<SqlRow>]) -> Vec<SqlValue>,
}

/// A kind whose records feed the record that `link` names.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    /// The kind.
    pub kind: Kind,
    /// Its link column.
    pub link: &'static str,
}

/// A record whose cross-record values are to be refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dependent {
    /// Its kind.
    pub kind: Kind,
    /// The record; it may be unknown here.
    pub document: DocumentId,
}

/// A database in a transaction.
pub trait Session {
    /// What goes wrong there.
    type Error;

    /// Runs a statement that answers nothing.
    ///
    /// # Errors
    /// What the database says.
    fn execute(&self, statement: &Statement) -> Result<(), Self::Error>;

    /// Runs a query.
    ///
    /// # Errors
    /// What the database says.
    fn query(&self, statement: &Statement) -> Result<Vec<SqlRow>, Self::Error>;
}

/// Every declaration.
pub const ALL: &[Derived] = &[card::CARD, history::CUSTOMER, history::EQUIPMENT];

/// The cross-record columns of a kind.
pub(crate) fn columns_of(kind: Kind) -> Vec<ColumnDef> {
    ALL.iter().filter(|derived| derived.of == kind).flat_map(|derived| (derived.columns)()).collect()
}

/// The records whose cross-record values `rows` feed, itself included when its kind has such values.
#[must_use]
pub fn dependents(rows: &RecordRows) -> BTreeSet<Dependent> {
    let links = feeds_of(rows.kind).filter_map(|(kind, link)| {
        rows.value(link).document().map(|document| Dependent { kind, document })
    });
    let own = ALL.iter().filter(|derived| derived.of == rows.kind);
    own.map(|derived| Dependent { kind: derived.of, document: rows.document }).chain(links).collect()
}

/// The query for the records that the present rows of a record feed; `None` when its kind feeds none.
#[must_use]
pub fn former_dependents(target: Target, kind: Kind, document: DocumentId) -> Option<Statement> {
    let links: Vec<&str> = feeds_of(kind).map(|(_, link)| link).collect();
    if links.is_empty() {
        return None;
    }
    let condition = key_condition(target.dialect, target.scope.leading(), column::ID, 1);
    let sql = format!("SELECT {} FROM {} WHERE {condition}", quoted_list(links), quoted(kind.name()));
    Some(Statement { sql: Cow::Owned(sql), params: target.key_of(document) })
}

/// Reads the answer of [`former_dependents`].
#[must_use]
pub fn read_former(kind: Kind, rows: &[SqlRow]) -> BTreeSet<Dependent> {
    let links = rows.iter().flat_map(|row| feeds_of(kind).zip(row));
    links
        .filter_map(|((kind, _), value)| value.document().map(|document| Dependent { kind, document }))
        .collect()
}

/// The statement that stores the values a [`Derived::compute`] gave.
#[must_use]
pub fn store(target: Target, derived: &Derived, document: DocumentId, values: Vec<SqlValue>) -> Statement {
    let columns = (derived.columns)();
    let set: Vec<String> = columns
        .iter()
        .zip(1..)
        .map(|(column, index)| format!("{} = {}", quoted(&column.name), target.dialect.placeholder(index)))
        .collect();
    let condition = key_condition(target.dialect, target.scope.leading(), column::ID, columns.len() + 1);
    let sql = format!("UPDATE {} SET {} WHERE {condition}", quoted(derived.of.name()), set.join(", "));
    let mut params = values;
    params.extend(target.key_of(document));
    Statement { sql: Cow::Owned(sql), params }
}

/// Replaces a record's rows and says which records to refresh before the transaction ends.
///
/// # Errors
/// What the database says.
pub fn replace<S: Session>(
    session: &S,
    target: Target,
    rows: &RecordRows,
) -> Result<BTreeSet<Dependent>, S::Error> {
    let mut affected = dependents(rows);
    affected.extend(former(session, target, rows.kind, rows.document)?);
    for statement in statements(target, rows) {
        session.execute(&statement)?;
    }
    Ok(affected)
}

/// Removes a record's rows and says which records to refresh before the transaction ends.
///
/// # Errors
/// What the database says.
pub fn remove<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
) -> Result<BTreeSet<Dependent>, S::Error> {
    let affected = former(session, target, kind, document)?;
    for statement in delete_statements(target, kind, document) {
        session.execute(&statement)?;
    }
    Ok(affected)
}

fn former<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
) -> Result<BTreeSet<Dependent>, S::Error> {
    let Some(query) = former_dependents(target, kind, document) else { return Ok(BTreeSet::new()) };
    Ok(read_former(kind, &session.query(&query)?))
}

/// Refreshes the cross-record values of records, each once.
///
/// # Errors
/// What the database says.
pub fn refresh<S: Session>(
    session: &S,
    target: Target,
    dependents: &BTreeSet<Dependent>,
) -> Result<(), S::Error> {
    for dependent in dependents {
        for derived in ALL.iter().filter(|derived| derived.of == dependent.kind) {
            let inputs = (derived.inputs)(target, dependent.document);
            let answers = inputs.iter().map(|input| session.query(input)).collect::<Result<Vec<_>, _>>()?;
            session.execute(&store(target, derived, dependent.document, (derived.compute)(&answers)))?;
        }
    }
    Ok(())
}

/// The links of `kind` that feed something, with the kind they feed.
fn feeds_of(kind: Kind) -> impl Iterator<Item = (Kind, &'static str)> {
    ALL.iter().flat_map(move |derived| {
        let feeds = derived.fed_by.iter().filter(move |feed| feed.kind == kind);
        feeds.map(|feed| (derived.of, feed.link))
    })
}

/// A query on `table` for the rows whose `link` names the document.
fn select(target: Target, columns: &str, table: &str, link: &str, document: DocumentId) -> Statement {
    let condition = key_condition(target.dialect, target.scope.leading(), link, 1);
    Statement {
        sql: Cow::Owned(format!("SELECT {columns} FROM {} WHERE {condition}", quoted(table))),
        params: target.key_of(document),
    }
}

impl std::fmt::Debug for Derived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Derived").field("of", &self.of).field("fed_by", &self.fed_by).finish_non_exhaustive()
    }
}

/// The tables a declaration reads exist.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::tables_of;

    #[test]
    fn every_feed_is_an_indexed_link_to_the_kind_it_feeds() {
        for derived in ALL {
            for feed in derived.fed_by {
                let table = &tables_of(feed.kind).main;
                let link = table.column(feed.link).unwrap();
                assert_eq!(link.meaning, crate::columns::Meaning::Link(derived.of.name()));
                assert!(table.indexes.iter().any(|index| index.columns.first() == Some(&link.name)));
            }
        }
    }
}
