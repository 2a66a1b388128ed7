//! Replacing and deleting a record's rows.
//!
//! Replacing leaves cross-record columns as they are: whoever does it refreshes them in the same
//! transaction ([`crate::derived::refresh`]). [`crate::derived::replace`] says which records that are.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::ColumnDef;
use crate::ddl::{quoted, quoted_list};
use crate::derived::Session;
use crate::rows::RecordRows;
use crate::sql::{Dialect, Leading, SqlRow, SqlValue, Statement, Target};
use crate::tables::{TableDef, all, column, tables_of};
use crate::{search, verify};

/// The SQL texts for one kind, made once.
struct Texts {
    present: String,
    upsert: String,
    delete_main: String,
    children: Vec<ChildTexts>,
}

struct ChildTexts {
    present: String,
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

/// Puts `rows` in place of whatever the record had, and writes only what differs: an edit changes a field or
/// adds a row, and its record has dozens of rows and hundreds of words.
///
/// # Errors
/// What the database says.
pub fn replace<S: Session>(session: &S, target: Target, rows: &RecordRows) -> Result<(), S::Error> {
    let Some(texts) = texts(target, rows.kind) else { return Ok(()) };
    let tables = tables_of(rows.kind);
    let main = &tables.main;
    let Some(present) = session.query(&statement(&texts.present, target.key_of(rows.document)))?.pop() else {
        session.execute(&statement(&texts.upsert, led(target, &rows.main)))?;
        for (child, wanted) in texts.children.iter().zip(&rows.children) {
            child.write(session, target, rows.document, wanted)?;
        }
        return search::replace(target, rows).iter().try_for_each(|statement| session.execute(statement));
    };
    if let Some(update) = update(target, main, rows.document, &typed(main, present), &rows.main) {
        session.execute(&update)?;
    }
    for ((child, wanted), defined) in texts.children.iter().zip(&rows.children).zip(&tables.children) {
        let present = session.query(&statement(&child.present, target.key_of(rows.document)))?;
        let present = present.into_iter().map(|row| typed(&defined.table, row)).collect();
        child.bring(session, target, rows.document, &present, wanted)?;
    }
    if let Some(known) = search::known(target, rows.document)
        && session.query(&known)? == [[search::digest(rows)]]
    {
        return Ok(());
    }
    search::replace(target, rows).iter().try_for_each(|statement| session.execute(statement))
}

/// The statement that brings a main row from `present` to `wanted`; none when they are equal.
fn update(
    target: Target,
    main: &TableDef,
    document: DocumentId,
    present: &[SqlValue],
    wanted: &[SqlValue],
) -> Option<Statement> {
    let values = main.own_columns().zip(present.iter().zip(wanted));
    let differing = values.filter(|(_, (present, wanted))| present != wanted);
    let (columns, mut params): (Vec<&ColumnDef>, Vec<SqlValue>) =
        differing.map(|(column, (_, wanted))| (column, wanted.clone())).unzip();
    if columns.is_empty() {
        return None;
    }
    let set: Vec<String> = columns
        .iter()
        .zip(1..)
        .map(|(column, index)| format!("{} = {}", quoted(&column.name), target.dialect.placeholder(index)))
        .collect();
    let condition = key_condition(target.dialect, target.scope.leading(), column::ID, columns.len() + 1);
    params.extend(target.key_of(document));
    let sql = format!("UPDATE {} SET {} WHERE {condition}", quoted(&main.name), set.join(", "));
    Some(Statement { sql: Cow::Owned(sql), params })
}

/// A row as it was written: SQLite keeps yes and no as numbers.
fn typed(table: &TableDef, row: SqlRow) -> SqlRow {
    table.own_columns().zip(row).map(|(column, value)| verify::typed(column, value)).collect()
}

impl ChildTexts {
    /// Brings the rows of a record from `present` to `wanted`. What only grew is only added to.
    fn bring<S: Session>(
        &'static self,
        session: &S,
        target: Target,
        document: DocumentId,
        present: &BTreeSet<SqlRow>,
        wanted: &[SqlRow],
    ) -> Result<(), S::Error> {
        let missing: Vec<&SqlRow> = wanted.iter().filter(|row| !present.contains(*row)).collect();
        if wanted.len() - missing.len() < present.len() {
            return self.write(session, target, document, wanted);
        }
        missing.into_iter().try_for_each(|row| session.execute(&statement(&self.insert, led(target, row))))
    }

    /// Puts rows in place of all a record has.
    fn write<S: Session>(
        &'static self,
        session: &S,
        target: Target,
        document: DocumentId,
        wanted: &[SqlRow],
    ) -> Result<(), S::Error> {
        session.execute(&statement(&self.delete, target.key_of(document)))?;
        wanted.iter().try_for_each(|row| session.execute(&statement(&self.insert, led(target, row))))
    }
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
            present: present(dialect, leading, &child.table, column::RECORD),
            delete: delete(dialect, leading, &child.table, column::RECORD),
            insert: insert(dialect, leading, &child.table),
        });
        Self {
            present: present(dialect, leading, &tables.main, column::ID),
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

fn present(dialect: Dialect, leading: Leading, table: &TableDef, id: &str) -> String {
    let names = quoted_list(table.own_columns().map(|own| own.name.as_str()));
    format!("SELECT {names} FROM {} WHERE {}", quoted(&table.name), key_condition(dialect, leading, id, 1))
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
