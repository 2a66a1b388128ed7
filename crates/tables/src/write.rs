//! The statements that replace and delete a record's rows.
//!
//! Replacing leaves cross-record columns as they are: whoever runs these refreshes them in the same
//! transaction ([`crate::derived::refresh`]). [`crate::derived::replace`] says which records that are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::ColumnDef;
use crate::ddl::{quoted, quoted_list};
use crate::rows::RecordRows;
use crate::search;
use crate::sql::{Dialect, Leading, SqlValue, Statement, Target};
use crate::tables::{TableDef, all, column, tables_of};

/// The SQL texts for one kind, made once.
struct Texts {
    upsert: String,
    delete_main: String,
    children: Vec<ChildTexts>,
}

struct ChildTexts {
    delete: String,
    insert: String,
}

type Key = (Dialect, Leading, Kind);

static TEXTS: LazyLock<BTreeMap<Key, Texts>> = LazyLock::new(|| {
    let mut texts = BTreeMap::new();
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        for leading in [Leading::Device, Leading::Office] {
            for tables in all() {
                texts.insert((dialect, leading, tables.kind), Texts::of(dialect, leading, tables.kind));
            }
        }
    }
    texts
});

/// The statements that put `rows` in place of whatever the record had.
#[must_use]
pub fn statements(target: Target, rows: &RecordRows) -> Vec<Statement> {
    let Some(texts) = texts(target, rows.kind) else { return Vec::new() };
    let key = target.key_of(rows.document);
    let mut out = vec![statement(&texts.upsert, led(target, &rows.main))];
    for (child, child_rows) in texts.children.iter().zip(&rows.children) {
        out.push(statement(&child.delete, key.clone()));
        out.extend(child_rows.iter().map(|row| statement(&child.insert, led(target, row))));
    }
    out.extend(search::replace(target, rows));
    out
}

/// The statements that remove every row of a record.
#[must_use]
pub fn delete_statements(target: Target, kind: Kind, document: DocumentId) -> Vec<Statement> {
    let Some(texts) = texts(target, kind) else { return Vec::new() };
    let deletes = std::iter::once(&texts.delete_main).chain(texts.children.iter().map(|child| &child.delete));
    let mut out: Vec<Statement> = deletes.map(|sql| statement(sql, target.key_of(document))).collect();
    out.extend(search::delete(target, document));
    out
}

fn texts(target: Target, kind: Kind) -> Option<&'static Texts> {
    TEXTS.get(&(target.dialect, target.scope.leading(), kind))
}

fn statement(sql: &'static str, params: Vec<SqlValue>) -> Statement {
    Statement { sql: Cow::Borrowed(sql), params }
}

fn led(target: Target, row: &[SqlValue]) -> Vec<SqlValue> {
    let mut params = target.scope.key();
    params.extend_from_slice(row);
    params
}

impl Texts {
    fn of(dialect: Dialect, leading: Leading, kind: Kind) -> Self {
        let tables = tables_of(kind);
        let key: Vec<&str> = leading.columns().iter().copied().chain([column::ID]).collect();
        let set: Vec<String> = tables
            .main
            .own_columns()
            .filter(|own| own.name != column::ID)
            .map(|own| format!("{0} = excluded.{0}", quoted(&own.name)))
            .collect();
        let children = tables.children.iter().map(|child| ChildTexts {
            delete: delete(dialect, leading, &child.table, column::RECORD),
            insert: insert(dialect, leading, &child.table),
        });
        Self {
            upsert: format!(
                "{} ON CONFLICT ({}) DO UPDATE SET {}",
                insert(dialect, leading, &tables.main),
                quoted_list(key),
                set.join(", ")
            ),
            delete_main: delete(dialect, leading, &tables.main, column::ID),
            children: children.collect(),
        }
    }
}

fn insert(dialect: Dialect, leading: Leading, table: &TableDef) -> String {
    let own: Vec<&ColumnDef> = table.own_columns().collect();
    let names = leading.columns().iter().copied().chain(own.iter().map(|own| own.name.as_str()));
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        quoted(&table.name),
        quoted_list(names),
        dialect.placeholders(1, own.len() + leading.columns().len())
    )
}

fn delete(dialect: Dialect, leading: Leading, table: &TableDef, id: &str) -> String {
    format!("DELETE FROM {} WHERE {}", quoted(&table.name), key_condition(dialect, leading, id, 1))
}

/// `workspace_id = ?1 AND id = ?2`, or without the first on a device, from parameter `first` on.
pub(crate) fn key_condition(dialect: Dialect, leading: Leading, id: &str, first: usize) -> String {
    let names = leading.columns().iter().copied().chain([id]);
    let parts: Vec<String> = names
        .zip(first..)
        .map(|(name, index)| format!("{} = {}", quoted(name), dialect.placeholder(index)))
        .collect();
    parts.join(" AND ")
}
