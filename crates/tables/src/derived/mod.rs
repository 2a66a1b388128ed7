//! Values of a record that depend on other records: a card's percent, its next visit, how often a
//! customer was visited.
//!
//! Each [`Derived`] declares which kind it belongs to, whose changes feed it, which rows it reads and
//! the pure function that judges them. Device and office run the same declarations through
//! [`replace`], [`remove`] and [`refresh`] in the transaction that writes the rows, so they hold equal
//! values. A refresh first settles what is a duplicate of what ([`merging`]), then reads only that and what records
//! say themselves, so its order does not matter. What is made from records that name one is made from those that
//! name its duplicates too, withdrawn ones not excepted: as lists have them.

mod card;
mod history;
pub(crate) mod labels;
pub(crate) mod merging;
mod visit;

use std::borrow::Cow;
use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::ColumnDef;
use crate::ddl::{quoted, quoted_list};
use crate::rows::RecordRows;
use crate::sql::{Dialect, SqlRow, SqlValue, Statement, Target};
use crate::tables::{MADE_TWICE, column};
use crate::write::{self, delete_statements, key_condition};

/// Cross-record values of one kind.
pub struct Derived {
    /// The kind whose main table holds them.
    pub of: Kind,
    /// The columns they fill.
    pub columns: fn() -> Vec<ColumnDef>,
    /// Whose rows they are made from, beside the record's own.
    pub fed_by: &'static [Feed],
    /// The queries whose answers [`Derived::compute`] takes, in this order. Asked for a record and for each of its
    /// duplicates, all rows together are one answer.
    pub inputs: fn(Target, DocumentId) -> Vec<Statement>,
    /// The values, in the order of the columns.
    pub compute: fn(&[Vec<SqlRow>]) -> Vec<SqlValue>,
}

/// A kind whose records feed another record.
#[derive(Debug, Clone, Copy)]
pub enum Feed {
    /// Its records feed the one that their column `link` names: a visit feeds its card.
    Naming {
        /// The kind.
        kind: Kind,
        /// Its link column.
        link: &'static str,
    },
    /// Its records feed those whose column `link` names them: a card feeds its visits.
    Named {
        /// The kind.
        kind: Kind,
        /// The link column of the fed kind.
        link: &'static str,
    },
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
pub const ALL: &[Derived] = &[card::CARD, visit::VISIT, history::CUSTOMER, history::EQUIPMENT];

/// The cross-record columns of a kind.
pub(crate) fn columns_of(kind: Kind) -> Vec<ColumnDef> {
    ALL.iter().filter(|derived| derived.of == kind).flat_map(|derived| (derived.columns)()).collect()
}

/// The records whose cross-record values `rows` feed, itself included when its kind has such values.
#[must_use]
pub fn dependents(rows: &RecordRows) -> BTreeSet<Dependent> {
    let links = feeds_of(rows.kind)
        .filter_map(|(kind, link)| rows.value(link).document().map(|document| Dependent { kind, document }));
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

/// The statement that stores the values a [`Derived::compute`] gave, when they are not there already.
#[must_use]
pub fn store(target: Target, derived: &Derived, document: DocumentId, values: Vec<SqlValue>) -> Statement {
    let columns = (derived.columns)();
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let placeholders: Vec<String> =
        (1..=columns.len()).map(|index| target.dialect.placeholder(index)).collect();
    let set: Vec<String> =
        names.iter().zip(&placeholders).map(|(name, value)| format!("{name} = {value}")).collect();
    let differs = match target.dialect {
        Dialect::Sqlite => "IS NOT",
        Dialect::Postgres => "IS DISTINCT FROM",
    };
    let sql = format!(
        "UPDATE {} SET {} WHERE {} AND ({}) {differs} ({})",
        quoted(derived.of.name()),
        set.join(", "),
        key_condition(target.dialect, target.scope.leading(), column::ID, columns.len() + 1),
        names.join(", "),
        placeholders.join(", ")
    );
    let mut params = values;
    params.extend(target.key_of(document));
    Statement { sql: Cow::Owned(sql), params }
}

/// The queries for the records that a record feeds because they name it, with their kind.
#[must_use]
pub fn followers(target: Target, kind: Kind, document: DocumentId) -> Vec<(Kind, Statement)> {
    let mut queries = Vec::new();
    for derived in ALL {
        for feed in derived.fed_by {
            if let Feed::Named { kind: feeding, link } = *feed
                && feeding == kind
            {
                queries.push((derived.of, select(target, column::ID, derived.of.name(), link, document)));
            }
        }
    }
    queries
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
    affected.extend(present_dependents(session, target, rows.kind, rows.document)?);
    let label = labels::present(session, target, rows.kind, rows.document)?;
    write::replace(session, target, rows)?;
    labels::take(session, target, rows.kind, rows.document)?;
    let now = rows.value(labels::LABEL_KEY);
    if label != *now {
        labels::spread(session, target, rows.kind, rows.document, now)?;
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
    let affected = present_dependents(session, target, kind, document)?;
    for statement in delete_statements(target, kind, document) {
        session.execute(&statement)?;
    }
    labels::spread(session, target, kind, document, &SqlValue::Null)?;
    Ok(affected)
}

/// Whom the rows as they stand feed: what a record no longer names must be refreshed too.
fn present_dependents<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
) -> Result<BTreeSet<Dependent>, S::Error> {
    let mut found = match former_dependents(target, kind, document) {
        Some(query) => read_former(kind, &session.query(&query)?),
        None => BTreeSet::new(),
    };
    for (follower, query) in followers(target, kind, document) {
        let ids = session.query(&query)?.into_iter().filter_map(|row| row.first()?.document());
        found.extend(ids.map(|document| Dependent { kind: follower, document }));
    }
    Ok(found)
}

/// Refreshes the cross-record values of records, and of those they are duplicates of, each once.
///
/// # Errors
/// What the database says.
pub fn refresh<S: Session>(
    session: &S,
    target: Target,
    dependents: &BTreeSet<Dependent>,
) -> Result<(), S::Error> {
    let mut all = dependents.clone();
    for kind in MADE_TWICE {
        let records = dependents.iter().filter(|one| one.kind == kind).map(|one| one.document);
        let reached = merging::settle(session, target, kind, records)?;
        all.extend(reached.into_iter().map(|document| Dependent { kind, document }));
    }
    for Dependent { kind, document } in all {
        for derived in ALL.iter().filter(|derived| derived.of == kind) {
            let values = values(session, target, derived, document)?;
            session.execute(&store(target, derived, document, values))?;
        }
    }
    Ok(())
}

/// The values of a record as they should be, what is a duplicate of what being settled.
pub(crate) fn values<S: Session>(
    session: &S,
    target: Target,
    derived: &Derived,
    document: DocumentId,
) -> Result<Vec<SqlValue>, S::Error> {
    let mut answers: Vec<Vec<SqlRow>> = Vec::new();
    for one in merging::with_duplicates(session, target, derived.of, document)? {
        let inputs = (derived.inputs)(target, one);
        answers.resize(inputs.len(), Vec::new());
        for (answer, input) in answers.iter_mut().zip(&inputs) {
            answer.extend(session.query(input)?);
        }
    }
    Ok((derived.compute)(&answers))
}

/// The links of `kind` that feed something, with the kind they feed.
fn feeds_of(kind: Kind) -> impl Iterator<Item = (Kind, &'static str)> {
    ALL.iter().flat_map(move |derived| {
        derived.fed_by.iter().filter_map(move |feed| match *feed {
            Feed::Naming { kind: feeding, link } if feeding == kind => Some((derived.of, link)),
            Feed::Naming { .. } | Feed::Named { .. } => None,
        })
    })
}

/// The condition that leaves out records that do not count.
fn standing(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "withdrawn = 0 AND merged_into IS NULL",
        Dialect::Postgres => "NOT withdrawn AND merged_into IS NULL",
    }
}

/// The condition that leaves out rows that do not count.
fn standing_row(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "withdrawn = 0",
        Dialect::Postgres => "NOT withdrawn",
    }
}

/// A query and one more condition.
fn and(mut statement: Statement, condition: &str) -> Statement {
    statement.sql = Cow::Owned(format!("{} AND {condition}", statement.sql));
    statement
}

/// Names as SQL text. Only names of the domain's own choices come here.
fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ")
}

/// More than there are minutes between the offsets furthest apart, and half of it.
const OFFSETS: i64 = 4096;
const NO_OFFSET: i64 = OFFSETS / 2;

/// A moment and the offset it was entered at as one number, in the order of
/// [`Instant`](halyard_domain::time::Instant): so the earliest of many keeps its offset in one walk through them.
fn entered_moment(column: &str) -> String {
    format!("{column} * {OFFSETS} + {column}_offset + {NO_OFFSET}")
}

/// The moment and the offset of an [`entered_moment`].
fn moment_columns(entered: &SqlValue) -> [SqlValue; 2] {
    let parts = entered.int().map(|both| (both.div_euclid(OFFSETS), both.rem_euclid(OFFSETS) - NO_OFFSET));
    [parts.map(|(moment, _)| moment).into(), parts.map(|(_, offset)| offset).into()]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Meaning;
    use crate::tables::{all, tables_of};

    #[test]
    fn every_feed_is_an_indexed_link_to_the_kind_it_feeds() {
        for derived in ALL {
            for feed in derived.fed_by {
                let (from, to, link) = match *feed {
                    Feed::Naming { kind, link } => (kind, derived.of, link),
                    Feed::Named { kind, link } => (derived.of, kind, link),
                };
                let table = &tables_of(from).main;
                // Of duplicates that is indexed which counts.
                let is_merge = table.column(link).unwrap().meaning == Meaning::Written;
                let link = if is_merge { column::MERGED_INTO } else { link };
                assert_eq!(table.column(link).unwrap().meaning, Meaning::Link(to.name()));
                assert!(table.indexes.iter().any(|index| index.columns == [link]), "{from}.{link}");
            }
        }
    }

    #[test]
    fn a_kind_has_one_declaration_and_computes_every_column_of_it() {
        for tables in all() {
            let own: Vec<&Derived> = ALL.iter().filter(|derived| derived.of == tables.kind).collect();
            assert!(own.len() <= 1);
            for derived in own {
                assert_eq!((derived.compute)(&[]).len(), (derived.columns)().len());
            }
        }
    }
}
