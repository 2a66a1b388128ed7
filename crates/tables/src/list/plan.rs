//! A checked list as SQL.
//!
//! Rows without a value of the first sort key are a segment of their own, before or behind the rest:
//! inside a segment the order is one index scan, and the place where the page begins is a seek, on
//! both dialects, wherever nulls would stand by themselves.

use std::borrow::Cow;

use halyard_domain::kind::Kind;
use sea_query::{
    Alias, Cond, Expr, ExprTrait, Func, NullOrdering, Order, PostgresQueryBuilder, Query, SelectStatement,
    SqliteQueryBuilder, Value, Values,
};

use crate::columns::ColumnDef;
use crate::kinds::specifics;
use crate::list::filter::{Conditions, bound, col, within};
use crate::list::{Cursor, Direction, ListError, ListPage, ListQuery, ListRow, MAX_LIMIT, Nulls, SortKey};
use crate::sql::{Dialect, SqlRow, SqlValue, Statement, Target};
use crate::tables::{column, tables_of};
use crate::verify::typed;

/// A list may sort by so many columns.
const MAX_KEYS: usize = 8;

/// How to answer a [`ListQuery`]: run the segments in order until [`ListPlan::wanted`] rows are read.
#[derive(Debug, Clone)]
pub struct ListPlan {
    /// The statements.
    pub segments: Vec<Statement>,
    columns: Vec<&'static ColumnDef>,
    keys: usize,
    limit: usize,
}

/// A sort key with its column.
struct Key<'a> {
    column: &'static ColumnDef,
    key: &'a SortKey,
}

/// Which rows of the first sort key a segment holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Segment {
    All,
    Valued,
    Empty,
}

/// Plans a list.
///
/// # Errors
/// When it names what does not exist, or asks for too much.
pub fn plan(target: Target, query: &ListQuery) -> Result<ListPlan, ListError> {
    let conditions = Conditions::on(target, query.kind);
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
    let matching = matching(&conditions, query)?;
    let mut plan =
        ListPlan { segments: Vec::new(), keys: keys.len(), limit: query.page.limit as usize, columns };
    for segment in segments(&keys, after) {
        let mut select = plan.select(query.kind, &keys);
        select.cond_where(within(target, conditions.table).add(matching.clone()));
        restrict(&mut select, query.kind, &keys, segment, after);
        order(&mut select, query.kind, &keys, segment);
        select.limit(u64::from(query.page.limit) + 1);
        plan.segments.push(statement(target.dialect, &select));
    }
    Ok(plan)
}

/// The statement that counts what a list would show on all its pages.
///
/// # Errors
/// When the list names what does not exist.
pub fn plan_count(target: Target, query: &ListQuery) -> Result<Statement, ListError> {
    let conditions = Conditions::on(target, query.kind);
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
    let conditions = Conditions::on(target, query.kind);
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

    /// The id, the sort keys, the columns.
    fn select(&self, kind: Kind, keys: &[Key<'_>]) -> SelectStatement {
        let table = &tables_of(kind).main;
        let mut select = Query::select();
        select.expr(col(table, column::ID));
        for key in keys {
            select.expr(col(table, key.column.compared()));
        }
        for column in &self.columns {
            select.expr(col(table, &column.name));
        }
        select.from(Alias::new(&table.name)).take()
    }
}

fn matching(conditions: &Conditions<'_>, query: &ListQuery) -> Result<Cond, ListError> {
    let filters = conditions.all(&query.filters)?.add(conditions.shown(query.show));
    Ok(match &query.search {
        Some(search) => filters.add(conditions.found(search)),
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

fn segments(keys: &[Key<'_>], after: Option<&Cursor>) -> Vec<Segment> {
    let Some(first) = keys.first().filter(|key| !key.column.required) else { return vec![Segment::All] };
    let both = match first.key.nulls {
        Nulls::Last => [Segment::Valued, Segment::Empty],
        Nulls::First => [Segment::Empty, Segment::Valued],
    };
    let present = after.and_then(|cursor| cursor.keys.first());
    let present = present.map(|value| if value.is_null() { Segment::Empty } else { Segment::Valued });
    both.into_iter().skip_while(|segment| present.is_some_and(|present| present != *segment)).collect()
}

fn restrict(
    select: &mut SelectStatement,
    kind: Kind,
    keys: &[Key<'_>],
    segment: Segment,
    after: Option<&Cursor>,
) {
    let table = &tables_of(kind).main;
    if let Some(first) = keys.first() {
        let compared = col(table, first.column.compared());
        match segment {
            Segment::All => {}
            Segment::Valued => {
                select.and_where(compared.is_not_null());
            }
            Segment::Empty => {
                select.and_where(compared.is_null());
            }
        }
    }
    let Some(cursor) = after.filter(|cursor| {
        let empty = cursor.keys.first().is_some_and(SqlValue::is_null);
        segment == Segment::All || empty == (segment == Segment::Empty)
    }) else {
        return;
    };
    // Redundant, but it lets the index begin where the page begins.
    if let Some((first, value)) = keys.first().zip(cursor.keys.first())
        && !value.is_null()
    {
        let compared = col(table, first.column.compared());
        select.and_where(match first.key.direction {
            Direction::Ascending => compared.gte(bound(value)),
            Direction::Descending => compared.lte(bound(value)),
        });
    }
    select.cond_where(behind(kind, keys, cursor));
}

/// Rows that stand behind the cursor: equal in the first keys and behind in the next, for every key.
fn behind(kind: Kind, keys: &[Key<'_>], cursor: &Cursor) -> Cond {
    let table = &tables_of(kind).main;
    let mut any = Cond::any();
    let mut same = Cond::all();
    for (key, value) in keys.iter().zip(&cursor.keys) {
        let compared = || col(table, key.column.compared());
        if let Some(later) = later(key.key, &compared, value) {
            any = any.add(same.clone().add(later));
        }
        same = same.add(if value.is_null() { compared().is_null() } else { compared().eq(bound(value)) });
    }
    let id = bound(&SqlValue::from(cursor.document));
    any.add(same.add(match id_direction(keys) {
        Direction::Ascending => col(table, column::ID).gt(id),
        Direction::Descending => col(table, column::ID).lt(id),
    }))
}

fn later(key: &SortKey, compared: &impl Fn() -> Expr, value: &SqlValue) -> Option<Cond> {
    if value.is_null() {
        return (key.nulls == Nulls::First).then(|| Cond::all().add(compared().is_not_null()));
    }
    let behind = match key.direction {
        Direction::Ascending => compared().gt(bound(value)),
        Direction::Descending => compared().lt(bound(value)),
    };
    let any = Cond::any().add(behind);
    Some(if key.nulls == Nulls::Last { any.add(compared().is_null()) } else { any })
}

/// Ids follow the last key's direction, so that one index scan gives both.
fn id_direction(keys: &[Key<'_>]) -> Direction {
    keys.last().map_or(Direction::Ascending, |key| key.key.direction)
}

fn order(select: &mut SelectStatement, kind: Kind, keys: &[Key<'_>], segment: Segment) {
    let table = &tables_of(kind).main;
    for (index, key) in keys.iter().enumerate() {
        let compared = col(table, key.column.compared());
        let direction = order_of(key.key.direction);
        let nulls = match key.key.nulls {
            Nulls::Last => NullOrdering::Last,
            Nulls::First => NullOrdering::First,
        };
        match (index, segment) {
            (0, Segment::Empty) => {}
            (0, Segment::All | Segment::Valued) => {
                select.order_by_expr(compared, direction);
            }
            _ => {
                select.order_by_expr_with_nulls(compared, direction, nulls);
            }
        }
    }
    select.order_by_expr(col(table, column::ID), order_of(id_direction(keys)));
}

fn order_of(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}

fn statement(dialect: Dialect, select: &SelectStatement) -> Statement {
    let (sql, Values(values)) = match dialect {
        Dialect::Sqlite => select.build(SqliteQueryBuilder),
        Dialect::Postgres => select.build(PostgresQueryBuilder),
    };
    Statement { sql: Cow::Owned(sql), params: values.into_iter().map(unbound).collect() }
}

/// What [`bound`] made, and the numbers `LIMIT` brings.
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
