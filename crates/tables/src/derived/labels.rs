//! What lists sort links by: the folded label of the record a link names, beside the link.
//!
//! Two rules keep the keys true in whatever order records come: a record takes the labels of those it names when
//! it is written, and gives its own to those that name it when it changes. A link to a record that is not
//! here has no key.

use std::borrow::Cow;
use std::sync::LazyLock;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::{ColumnDef, Meaning};
use crate::ddl::quoted;
use crate::derived::Session;
use crate::sql::{Dialect, Leading, SqlValue, Statement, Target};
use crate::tables::{all, column, tables_of};
use crate::write::key_condition;

/// The label a record is sorted by.
pub(crate) const LABEL_KEY: &str = "label_key";

/// A link that lists are sorted by.
struct KeyedLink {
    kind: Kind,
    link: &'static str,
    key: &'static str,
    names: Kind,
}

static LINKS: LazyLock<Vec<KeyedLink>> = LazyLock::new(|| {
    let of = |kind| {
        tables_of(kind).main.columns.iter().filter_map(move |column| {
            let Meaning::Link(names) = column.meaning else { return None };
            let key = column.order.as_deref()?;
            Some(KeyedLink { kind, link: &column.name, key, names: Kind::from_name(names)? })
        })
    };
    all().flat_map(|tables| of(tables.kind)).collect()
});

/// The key columns of the links among `sorted`, to which those are made to point.
pub(crate) fn add_keys(columns: &mut [ColumnDef], sorted: &[&str]) -> Vec<ColumnDef> {
    let is_keyed = |column: &ColumnDef| {
        let named = match column.meaning {
            Meaning::Link(kind) => Kind::from_name(kind),
            _ => None,
        };
        named.is_some() && sorted.contains(&column.name.as_str())
    };
    let keyed = columns.iter_mut().filter(|column| is_keyed(column));
    let keys = keyed.map(|column| {
        let key = format!("{}_key", column.name);
        column.order = Some(key.clone());
        ColumnDef::derived(key, Meaning::Key)
    });
    keys.collect()
}

/// The label a record has now, when anybody sorts by it.
pub(super) fn present<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
) -> Result<SqlValue, S::Error> {
    if LINKS.iter().all(|link| link.names != kind) {
        return Ok(SqlValue::Null);
    }
    let condition = key_condition(target.dialect, target.scope.leading(), column::ID, 1);
    let sql = format!("SELECT {LABEL_KEY} FROM {} WHERE {condition}", quoted(kind.name()));
    let rows = session.query(&Statement { sql: sql.into(), params: target.key_of(document) })?;
    Ok(rows.into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or(SqlValue::Null))
}

/// Gives a record the labels of those it names.
pub(super) fn take<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
) -> Result<(), S::Error> {
    let Some(keys) = keys(session, target, kind, document)?.filter(|keys| keys.stored != keys.expected)
    else {
        return Ok(());
    };
    let set: Vec<String> = LINKS
        .iter()
        .filter(|link| link.kind == kind)
        .zip(1..)
        .map(|(link, index)| format!("{} = {}", quoted(link.key), target.dialect.placeholder(index)))
        .collect();
    let condition = key_condition(target.dialect, target.scope.leading(), column::ID, set.len() + 1);
    let sql = format!("UPDATE {} SET {} WHERE {condition}", quoted(kind.name()), set.join(", "));
    let params = keys.expected.into_iter().chain(target.key_of(document)).collect();
    session.execute(&Statement { sql: Cow::Owned(sql), params })
}

/// Gives those that name a record its label.
pub(super) fn spread<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
    label: &SqlValue,
) -> Result<(), S::Error> {
    let differs = match target.dialect {
        Dialect::Sqlite => "IS NOT",
        Dialect::Postgres => "IS DISTINCT FROM",
    };
    for link in LINKS.iter().filter(|link| link.names == kind) {
        let sql = format!(
            "UPDATE {} SET {key} = {first} WHERE {} AND {key} {differs} {first}",
            quoted(link.kind.name()),
            key_condition(target.dialect, target.scope.leading(), link.link, 2),
            key = quoted(link.key),
            first = target.dialect.placeholder(1),
        );
        let params = std::iter::once(label.clone()).chain(target.key_of(document)).collect();
        session.execute(&Statement { sql: Cow::Owned(sql), params })?;
    }
    Ok(())
}

/// The keys of one record.
pub(crate) struct Keys {
    pub(crate) stored: Vec<SqlValue>,
    pub(crate) expected: Vec<SqlValue>,
}

/// What stands in the keys of a record, and what should; `None` when it has none or is not there.
pub(crate) fn keys<S: Session>(
    session: &S,
    target: Target,
    kind: Kind,
    document: DocumentId,
) -> Result<Option<Keys>, S::Error> {
    let links: Vec<&KeyedLink> = LINKS.iter().filter(|link| link.kind == kind).collect();
    if links.is_empty() {
        return Ok(None);
    }
    let own = quoted(kind.name());
    let workspace = match target.scope.leading() {
        Leading::Device => String::new(),
        Leading::Office => format!("named.workspace_id = {own}.workspace_id AND "),
    };
    let stored = links.iter().map(|link| quoted(link.key));
    let expected = links.iter().map(|link| {
        format!(
            "(SELECT named.{LABEL_KEY} FROM {} AS named WHERE {workspace}named.id = {own}.{})",
            quoted(link.names.name()),
            quoted(link.link)
        )
    });
    let columns: Vec<String> = stored.chain(expected).collect();
    let condition = key_condition(target.dialect, target.scope.leading(), column::ID, 1);
    let sql = format!("SELECT {} FROM {own} WHERE {condition}", columns.join(", "));
    let rows = session.query(&Statement { sql: Cow::Owned(sql), params: target.key_of(document) })?;
    Ok(rows.into_iter().next().map(|mut stored| {
        let expected = stored.split_off(links.len());
        Keys { stored, expected }
    }))
}
