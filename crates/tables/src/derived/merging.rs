//! What a record is a duplicate of, when people apart called records duplicates of one another.
//!
//! A record says itself what it is merged into, and no device lets anybody close a circle. Two devices that have
//! not heard of one another do: one merges the first record into the second, the other the second into the first.
//! Taken at their word both would be duplicates and stand nowhere. So of a circle one record stays: the one with
//! the smallest id among those that are not withdrawn, or among all when all are. What it says itself does not
//! count, all others lead to it. This follows from the documents alone and is the same wherever they all are.
//!
//! [`WRITTEN`] is what the document says, [`column::MERGED_INTO`] what counts: there are no circles in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::ddl::{quoted, quoted_list};
use crate::derived::{Session, select};
use crate::sql::{SqlRow, SqlValue, Statement, Target};
use crate::tables::{MADE_TWICE, column};
use crate::write::key_condition;

/// What the document of a record names as the one that stays.
pub(crate) const WRITTEN: &str = "merged_into_written";

/// What a record says of itself, and what counts of it as it is stored.
struct Said {
    written: Option<DocumentId>,
    counts: Option<DocumentId>,
    is_withdrawn: bool,
}

/// Brings what counts up to date for records and for all they lead to, and gives all of those.
pub(super) fn settle<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    records: impl Iterator<Item = DocumentId>,
) -> Result<BTreeSet<DocumentId>, S::Error> {
    let mut reached = BTreeSet::new();
    let mut all = BTreeMap::new();
    for record in records {
        follow(session, target, kind, record, &mut reached, &mut all)?;
    }
    for (&record, said) in &all {
        let counts = what_counts(record, &all);
        if counts != said.counts {
            session.execute(&store(target, kind, record, counts))?;
        }
    }
    Ok(reached)
}

/// What a record that is here should be a duplicate of, as [`settle`] stores it.
pub(crate) fn expected<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    record: DocumentId,
) -> Result<SqlValue, S::Error> {
    let mut all = BTreeMap::new();
    follow(session, target, kind, record, &mut BTreeSet::new(), &mut all)?;
    Ok(what_counts(record, &all).into())
}

/// A record with its duplicates, at once or by way of others; by itself when nothing of its kind is made twice.
pub(super) fn with_duplicates<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    record: DocumentId,
) -> Result<BTreeSet<DocumentId>, S::Error> {
    let mut whole = BTreeSet::from([record]);
    let mut next = if MADE_TWICE.contains(&kind) { vec![record] } else { Vec::new() };
    while let Some(stays) = next.pop() {
        let rows = session.query(&select(target, column::ID, kind.name(), column::MERGED_INTO, stays))?;
        let duplicates = rows.iter().filter_map(|row| row.first()?.document());
        next.extend(duplicates.filter(|duplicate| whole.insert(*duplicate)));
    }
    Ok(whole)
}

/// Reads what records say from one on to where they lead, none of those `reached` before.
fn follow<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    record: DocumentId,
    reached: &mut BTreeSet<DocumentId>,
    all: &mut BTreeMap<DocumentId, Said>,
) -> Result<(), S::Error> {
    let columns = quoted_list([WRITTEN, column::MERGED_INTO, column::WITHDRAWN]);
    let mut next = Some(record);
    while let Some(record) = next.filter(|record| reached.insert(*record)) {
        let rows = session.query(&select(target, &columns, kind.name(), column::ID, record))?;
        let said = rows.first().and_then(read);
        next = said.as_ref().and_then(|said| said.written);
        all.extend(said.map(|said| (record, said)));
    }
    Ok(())
}

fn read(row: &SqlRow) -> Option<Said> {
    let [written, counts, withdrawn] = row.as_slice() else { return None };
    Some(Said {
        written: written.document(),
        counts: counts.document(),
        // SQLite keeps yes and no as numbers.
        is_withdrawn: matches!(withdrawn, SqlValue::Bool(true) | SqlValue::Int(1)),
    })
}

/// What a record says, unless it is the one of a circle that stays.
fn what_counts(record: DocumentId, all: &BTreeMap<DocumentId, Said>) -> Option<DocumentId> {
    let written = all.get(&record)?.written?;
    let (mut next, mut passed) = (Some(written), BTreeMap::new());
    while let Some(member) = next.filter(|member| !passed.contains_key(member)) {
        let Some(said) = all.get(&member) else { break };
        passed.insert(member, said.is_withdrawn);
        next = said.written;
    }
    // What leads into a circle without being in it is not come by again.
    if !passed.contains_key(&record) {
        return Some(written);
    }
    let stays = passed.into_iter().min_by_key(|&(member, is_withdrawn)| (is_withdrawn, member));
    stays.is_some_and(|(stays, _)| stays != record).then_some(written)
}

fn store(target: Target, kind: Kind, record: DocumentId, counts: Option<DocumentId>) -> Statement {
    let sql = format!(
        "UPDATE {} SET {} = {} WHERE {}",
        quoted(kind.name()),
        quoted(column::MERGED_INTO),
        target.dialect.placeholder(1),
        key_condition(target.dialect, target.scope.leading(), column::ID, 2)
    );
    let params = std::iter::once(SqlValue::from(counts)).chain(target.key_of(record)).collect();
    Statement { sql: Cow::Owned(sql), params }
}
