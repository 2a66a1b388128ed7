//! A checked list as SQL.
//!
//! A list is read from row to row in its order until the page is full. On a device there are other ways to the same
//! rows: from what words find ([`super::hits`]), and by a condition that leaves few ([`super::narrow`]). Which one
//! reads less is asked first.

use std::borrow::Cow;

use halyard_domain::kind::Kind;
use sea_query::{
    Alias, Cond, Expr, ExprTrait, Func, Order, PostgresQueryBuilder, Query, SelectStatement,
    SqliteQueryBuilder, Value, Values,
};

use crate::columns::ColumnDef;
use crate::kinds::specifics;
use crate::list::filter::{Conditions, col, within};
use crate::list::hits::{CHOSEN, Hits, MUCH, PLACE, ROWID};
use crate::list::narrow::Lookup;
use crate::list::order::{Key, Part, Segment, segments};
use crate::list::{Cursor, ListError, ListPage, ListQuery, ListRow, MAX_LIMIT, Show, SortKey};
use crate::sql::{Dialect, SqlRow, SqlValue, Statement, Target};
use crate::tables::{column, tables_of};
use crate::verify::typed;

/// A list may sort by so many columns.
const MAX_KEYS: usize = 8;

/// How to answer a [`ListQuery`].
#[derive(Debug, Clone)]
pub struct ListPlan {
    /// The statements that walk through the list, each through the rows behind those of the one before.
    pub segments: Vec<Statement>,
    /// Other ways to the same rows, the best first.
    pub shortcuts: Vec<Shortcut>,
    columns: Vec<&'static ColumnDef>,
    keys: usize,
    limit: usize,
}

/// A way that reads less where there is little to find.
#[derive(Debug, Clone)]
pub struct Shortcut {
    /// Weighs what is found, and stops when it is much.
    pub probe: Statement,
    /// The segments to read instead where it is little.
    pub segments: Vec<Statement>,
}

/// Plans a list.
///
/// # Errors
/// When it names what does not exist, or asks for too much.
pub fn plan(target: Target, query: &ListQuery) -> Result<ListPlan, ListError> {
    let conditions = Conditions::on(target, query.kind).among(query.show);
    let sort = effective_sort(query);
    let keys = sort.iter().map(|key| sort_key(query.kind, key)).collect::<Result<Vec<_>, _>>()?;
    if keys.len() > MAX_KEYS {
        return Err(ListError::TooMuch { what: "sort columns", limit: MAX_KEYS });
    }
    if query.page.limit > MAX_LIMIT {
        return Err(ListError::TooMuch { what: "rows", limit: MAX_LIMIT as usize });
    }
    let after = query.page.after.as_ref();
    if after.is_some_and(|cursor| cursor.keys.len() != keys.len()) {
        return Err(ListError::ForeignCursor);
    }
    let columns = query.columns.iter().map(|name| find(query.kind, name)).collect::<Result<Vec<_>, _>>()?;
    let conditions = conditions.walking(keys.first().map(|key| key.column.sorted()));
    let hits = query.search.as_ref().and_then(|search| Hits::of(target, query.kind, search));
    let segments = segments(&keys, after);
    let way = Way { query, conditions, hits: hits.as_ref(), keys: &keys, segments: &segments };
    let mut plan = ListPlan {
        segments: Vec::new(),
        shortcuts: Vec::new(),
        columns,
        keys: keys.len(),
        limit: query.page.limit as usize,
    };
    plan.segments = way.walked(&plan, None)?;
    plan.shortcuts = way.shortcuts(&plan)?;
    Ok(plan)
}

/// The statement that counts what a list would show on all its pages.
///
/// # Errors
/// When the list names what does not exist.
pub fn plan_count(target: Target, query: &ListQuery) -> Result<Statement, ListError> {
    let conditions = Conditions::on(target, query.kind).among(query.show);
    let mut select = Query::select();
    select
        .expr(Expr::cust("COUNT(*)"))
        .from(Alias::new(&conditions.table.name))
        .cond_where(within(target, conditions.table).add(matching(&conditions, query)?));
    Ok(statement(target.dialect, &select))
}

/// The statement that counts what a list would show by the values of one column.
///
/// # Errors
/// When the list names what does not exist.
pub fn count_by(target: Target, query: &ListQuery, column: &str) -> Result<Statement, ListError> {
    group_by(target, query, column, &[])
}

/// As [`count_by`], with the sums of further columns behind each count. Decimals are added up in
/// millionths: a sum of their text would be none.
///
/// # Errors
/// When the list names what does not exist, or a column that cannot be added up.
pub fn group_by(
    target: Target,
    query: &ListQuery,
    column: &str,
    sums: &[String],
) -> Result<Statement, ListError> {
    let conditions = Conditions::on(target, query.kind).among(query.show);
    let group = col(conditions.table, &conditions.column(column)?.name);
    let mut select = Query::select();
    select.expr(group.clone()).expr(Expr::cust("COUNT(*)"));
    for name in sums {
        let summed = conditions.column(name)?;
        if !summed.meaning.adds_up() {
            return Err(ListError::NotANumber { table: conditions.table.name.clone(), column: name.clone() });
        }
        select.expr(Func::sum(col(conditions.table, &summed.name)));
    }
    select
        .from(Alias::new(&conditions.table.name))
        .cond_where(within(target, conditions.table).add(matching(&conditions, query)?))
        .add_group_by([group.clone()])
        .order_by_expr(group, Order::Asc);
    Ok(statement(target.dialect, &select))
}

/// What the ways to the rows of a list have in common.
struct Way<'a> {
    query: &'a ListQuery,
    conditions: Conditions<'a>,
    hits: Option<&'a Hits>,
    keys: &'a [Key<'a>],
    segments: &'a [Segment],
}

impl<'a> Way<'a> {
    /// The segments of the list in its order, or with the rows looked up first.
    fn walked(&self, plan: &ListPlan, lookup: Option<&Lookup<'a>>) -> Result<Vec<Statement>, ListError> {
        let conditions = lookup.map_or(self.conditions, |lookup| lookup.driving(&self.conditions));
        let target = conditions.target;
        let filters = self.filters(&conditions)?;
        let wanted = plan.wanted() as u64;
        let statements = self.parts(lookup.is_some() || self.sorts_few()).map(|part| match self.hits {
            Some(hits) => plan.at(&part, hits.places(&filters, wanted).walked(&part)),
            None => {
                let found =
                    self.query.search.as_ref().map_or_else(Cond::all, |search| conditions.found(search));
                let matching = within(target, conditions.table).add(filters.clone()).add(found);
                plan.in_order(&part, &matching)
            }
        });
        Ok(statements.map(|select| statement(target.dialect, &select)).collect())
    }

    /// The other ways: from what words find, then by each condition that may leave few rows.
    fn shortcuts(&self, plan: &ListPlan) -> Result<Vec<Shortcut>, ListError> {
        let (dialect, asked) = (self.conditions.target.dialect, &self.query.filters);
        let mut shortcuts = Vec::new();
        if self.query.show == Show::NoLonger {
            return Ok(shortcuts);
        }
        if let Some(hits) = self.hits {
            let filters = self.filters(&self.conditions)?;
            let places = hits.places(&filters, plan.wanted() as u64);
            let driven = self.parts(false).map(|part| plan.at(&part, places.driven(&part)));
            shortcuts.push(Shortcut {
                probe: statement(dialect, &hits.probe()),
                segments: driven.map(|select| statement(dialect, &select)).collect(),
            });
        }
        for lookup in Lookup::of(&self.conditions, asked) {
            let probe = lookup.probe(&self.conditions)?;
            let segments = self.walked(plan, Some(&lookup))?;
            shortcuts.push(Shortcut { probe: statement(dialect, &probe), segments });
        }
        Ok(shortcuts)
    }

    fn filters(&self, conditions: &Conditions<'_>) -> Result<Cond, ListError> {
        Ok(conditions.all(&self.query.filters)?.add(conditions.shown(self.query.show)))
    }

    /// Those that no longer count have an index of their own on a device, in one order: in any other they are few
    /// to sort, where an index with the order has all those that count too.
    fn sorts_few(&self) -> bool {
        let asked = self.keys.first().map(|key| key.column.sorted());
        let usual = specifics(self.query.kind).orders.first().map(|order| order.column);
        self.conditions.target == Target::DEVICE && self.query.show == Show::NoLonger && asked != usual
    }

    fn parts(&self, sorts: bool) -> impl Iterator<Item = Part<'_>> {
        let (table, keys, after) = (self.conditions.table, self.keys, self.query.page.after.as_ref());
        self.segments.iter().map(move |&segment| Part { table, keys, segment, after, sorts })
    }
}

/// Reads the answer of [`plan_count`].
#[must_use]
pub fn count(rows: &[SqlRow]) -> u64 {
    let number = rows.first().and_then(|row| row.first()).and_then(SqlValue::int);
    number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0)
}

impl ListPlan {
    /// How many rows to read: one more than the page, to know whether another page follows.
    #[must_use]
    pub fn wanted(&self) -> usize {
        self.limit + 1
    }

    /// Reads the page; `ask` runs a query.
    ///
    /// # Errors
    /// What `ask` says.
    pub fn read<E>(&self, mut ask: impl FnMut(&Statement) -> Result<Vec<SqlRow>, E>) -> Result<ListPage, E> {
        let mut segments = &self.segments;
        for shortcut in &self.shortcuts {
            match count(&ask(&shortcut.probe)?) {
                0 => return Ok(self.page(Vec::new())),
                weight if weight < MUCH => {
                    segments = &shortcut.segments;
                    break;
                }
                _ => {}
            }
        }
        let mut rows = Vec::new();
        for segment in segments {
            rows.extend(ask(segment)?);
            if rows.len() >= self.wanted() {
                break;
            }
        }
        Ok(self.page(rows))
    }

    /// Makes the page from the rows of the segments, one after the other.
    #[must_use]
    pub fn page(&self, rows: Vec<SqlRow>) -> ListPage {
        let more = rows.len() > self.limit;
        let rows: Vec<(ListRow, Vec<SqlValue>)> =
            rows.into_iter().take(self.limit).filter_map(|row| self.row(row)).collect();
        let next = rows
            .last()
            .filter(|_| more)
            .map(|(row, keys)| Cursor { keys: keys.clone(), document: row.document });
        ListPage { rows: rows.into_iter().map(|(row, _)| row).collect(), next }
    }

    fn row(&self, mut row: SqlRow) -> Option<(ListRow, Vec<SqlValue>)> {
        let mut cells = row.split_off(1 + self.keys);
        let keys = row.split_off(1);
        for (cell, column) in cells.iter_mut().zip(&self.columns) {
            *cell = typed(column, std::mem::replace(cell, SqlValue::Null));
        }
        let document = row.first()?.document()?;
        Some((ListRow { document, cells }, keys))
    }

    /// The rows that match, from one to the next in their order.
    fn in_order(&self, part: &Part<'_>, matching: &Cond) -> SelectStatement {
        let mut select = self.select(part);
        select.from(Alias::new(&part.table.name)).cond_where(matching.clone());
        part.restrict(&mut select);
        part.order(&mut select, |name| part.column(name));
        select.limit(self.wanted() as u64).take()
    }

    /// The rows at the places that are chosen.
    fn at(&self, part: &Part<'_>, chosen: SelectStatement) -> SelectStatement {
        let mut select = self.select(part);
        select
            .from_subquery(chosen, Alias::new(CHOSEN))
            .cross_join(Alias::new(&part.table.name))
            .and_where(col(part.table, ROWID).eq(Expr::col((Alias::new(CHOSEN), Alias::new(PLACE)))));
        part.order(&mut select, |name| col(part.table, name));
        select
    }

    /// The id, the sort keys, the columns.
    fn select(&self, part: &Part<'_>) -> SelectStatement {
        let mut select = Query::select();
        select.expr(col(part.table, column::ID));
        for key in part.keys {
            select.expr(col(part.table, key.column.sorted()));
        }
        for column in &self.columns {
            select.expr(col(part.table, &column.name));
        }
        select
    }
}

fn matching(conditions: &Conditions<'_>, query: &ListQuery) -> Result<Cond, ListError> {
    let filters = conditions.all(&query.filters)?.add(conditions.shown(query.show));
    Ok(match &query.search {
        Some(search) => match Hits::of(conditions.target, query.kind, search) {
            Some(hits) => filters.add(hits.all()),
            None => filters.add(conditions.found(search)),
        },
        None => filters,
    })
}

fn find(kind: Kind, name: &str) -> Result<&'static ColumnDef, ListError> {
    let table = &tables_of(kind).main;
    table
        .column(name)
        .ok_or_else(|| ListError::UnknownColumn { table: table.name.clone(), column: name.to_owned() })
}

fn sort_key(kind: Kind, key: &SortKey) -> Result<Key<'_>, ListError> {
    Ok(Key { column: find(kind, &key.column)?, key })
}

fn effective_sort(query: &ListQuery) -> Vec<SortKey> {
    if !query.sort.is_empty() {
        return query.sort.clone();
    }
    let default = specifics(query.kind).orders.first();
    default.map(|order| SortKey::new(order.column, order.direction)).into_iter().collect()
}

fn statement(dialect: Dialect, select: &SelectStatement) -> Statement {
    let (sql, Values(values)) = match dialect {
        Dialect::Sqlite => select.build(SqliteQueryBuilder),
        Dialect::Postgres => select.build(PostgresQueryBuilder),
    };
    Statement { sql: Cow::Owned(sql), params: values.into_iter().map(unbound).collect() }
}

/// A bound value as the statement's parameters have it, and the numbers `LIMIT` brings.
fn unbound(value: Value) -> SqlValue {
    match value {
        Value::Bool(Some(yes)) => SqlValue::Bool(yes),
        Value::BigInt(Some(number)) => SqlValue::Int(number),
        Value::Int(Some(number)) => SqlValue::Int(i64::from(number)),
        Value::BigUnsigned(Some(number)) => i64::try_from(number).map_or(SqlValue::Null, SqlValue::Int),
        Value::String(Some(text)) => SqlValue::Text(text),
        Value::Bytes(Some(bytes)) => bytes.try_into().map_or(SqlValue::Null, SqlValue::Uuid),
        _ => SqlValue::Null,
    }
}
