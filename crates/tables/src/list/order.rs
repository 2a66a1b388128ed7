//! The order of a list, and the place in it where a page begins.
//!
//! Rows without a value of the first sort key are a segment of their own, before or behind the rest:
//! inside a segment the order is one index scan, and the place where the page begins is a seek, on
//! both dialects, wherever nulls would stand by themselves.

use sea_query::{Cond, Expr, ExprTrait, NullOrdering, Order, SelectStatement};

use crate::columns::ColumnDef;
use crate::list::filter::{bound, col, unread};
use crate::list::{Cursor, Direction, Nulls, SortKey};
use crate::sql::SqlValue;
use crate::tables::{TableDef, column};

/// A sort key with its column.
pub(super) struct Key<'a> {
    pub(super) column: &'static ColumnDef,
    pub(super) key: &'a SortKey,
}

/// Which rows of the first sort key a segment holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Segment {
    All,
    Valued,
    Empty,
}

/// A segment of a list in its order, from the place where the page begins.
pub(super) struct Part<'a> {
    pub(super) table: &'a TableDef,
    pub(super) keys: &'a [Key<'a>],
    pub(super) segment: Segment,
    pub(super) after: Option<&'a Cursor>,
    /// Its rows are looked up otherwise and sorted then: no index is walked.
    pub(super) sorts: bool,
}

/// The segments from the one in which the page begins.
pub(super) fn segments(keys: &[Key<'_>], after: Option<&Cursor>) -> Vec<Segment> {
    let Some(first) = keys.first().filter(|key| !key.column.required) else { return vec![Segment::All] };
    let both = match first.key.nulls {
        Nulls::Last => [Segment::Valued, Segment::Empty],
        Nulls::First => [Segment::Empty, Segment::Valued],
    };
    let present = after.and_then(|cursor| cursor.keys.first());
    let present = present.map(|value| if value.is_null() { Segment::Empty } else { Segment::Valued });
    both.into_iter().skip_while(|segment| present.is_some_and(|present| present != *segment)).collect()
}

impl Part<'_> {
    /// A column to put in order by.
    pub(super) fn column(&self, name: &str) -> Expr {
        if self.sorts { unread(self.table, name) } else { col(self.table, name) }
    }

    /// Leaves only the rows of the segment that stand behind the cursor.
    pub(super) fn restrict(&self, select: &mut SelectStatement) {
        if let Some(first) = self.keys.first() {
            let compared = self.column(first.column.sorted());
            match self.segment {
                // Redundant: or SQLite would read and sort the whole table for the sake of a short first page.
                Segment::All if self.after.is_none() => {
                    select.and_where(compared.gte(bound(&first.column.meaning.least())));
                }
                Segment::All => {}
                Segment::Valued => {
                    select.and_where(compared.is_not_null());
                }
                Segment::Empty => {
                    select.and_where(compared.is_null());
                }
            }
        }
        let Some(cursor) = self.after.filter(|cursor| {
            let empty = cursor.keys.first().is_some_and(SqlValue::is_null);
            self.segment == Segment::All || empty == (self.segment == Segment::Empty)
        }) else {
            return;
        };
        // Redundant, but it lets the index begin where the page begins.
        if let Some((first, value)) = self.keys.first().zip(cursor.keys.first())
            && !value.is_null()
        {
            let compared = self.column(first.column.sorted());
            select.and_where(match first.key.direction {
                Direction::Ascending => compared.gte(bound(value)),
                Direction::Descending => compared.lte(bound(value)),
            });
        }
        select.cond_where(self.behind(cursor));
    }

    /// Rows that stand behind the cursor: equal in the first keys and behind in the next, for every key.
    fn behind(&self, cursor: &Cursor) -> Cond {
        let mut any = Cond::any();
        let mut same = Cond::all();
        for (key, value) in self.keys.iter().zip(&cursor.keys) {
            let compared = || self.column(key.column.sorted());
            if let Some(later) = later(key.key, &compared, value) {
                any = any.add(same.clone().add(later));
            }
            same = same.add(if value.is_null() { compared().is_null() } else { compared().eq(bound(value)) });
        }
        let id = bound(&SqlValue::from(cursor.document));
        any.add(same.add(match self.id_direction() {
            Direction::Ascending => col(self.table, column::ID).gt(id),
            Direction::Descending => col(self.table, column::ID).lt(id),
        }))
    }

    /// Puts the rows in order; `place` gives the value of a column by its name.
    pub(super) fn order(&self, select: &mut SelectStatement, place: impl Fn(&str) -> Expr) {
        for (index, key) in self.keys.iter().enumerate() {
            let compared = place(key.column.sorted());
            let direction = order_of(key.key.direction);
            let nulls = match key.key.nulls {
                Nulls::Last => NullOrdering::Last,
                Nulls::First => NullOrdering::First,
            };
            match (index, self.segment) {
                (0, Segment::Empty) => {}
                (0, Segment::All | Segment::Valued) => {
                    select.order_by_expr(compared, direction);
                }
                _ => {
                    select.order_by_expr_with_nulls(compared, direction, nulls);
                }
            }
        }
        select.order_by_expr(place(column::ID), order_of(self.id_direction()));
    }

    /// Ids follow the last key's direction, so that one index scan gives both.
    fn id_direction(&self) -> Direction {
        self.keys.last().map_or(Direction::Ascending, |key| key.key.direction)
    }
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

fn order_of(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}
