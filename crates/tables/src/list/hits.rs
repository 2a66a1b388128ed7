//! Words to find in a list on a device: two ways to the same page.
//!
//! Either the list is walked in its order and each record is asked whether it, or one it is found through, has the
//! words: soon done when many have them. Or the records that have them are followed to their rows, which are
//! sorted: soon done when few have them. Both choose places of rows first and read only the rows of the page:
//! what they need stands in indexes, and a row is read from another page of the encrypted file each time.

use halyard_domain::kind::Kind;
use sea_query::{Alias, Cond, Expr, ExprTrait, Query, SelectStatement, UnionType, Value};

use crate::columns::Meaning;
use crate::ddl::quoted;
use crate::kinds::specifics;
use crate::list::Search;
use crate::list::filter::col;
use crate::list::order::Part;
use crate::search;
use crate::sql::Target;
use crate::tables::{TableDef, column, tables_of};

/// From this weight of what is found on, the list is walked instead. Measured with 100,000 visits: following three
/// thousand links costs what walking to fifty visits of three thousand that are found does.
pub(super) const MUCH: u64 = 3_000;
/// A record that has the words itself is read from its own row; one that links to such a record is found in an
/// index.
const OWN_WEIGHT: u64 = 3;
/// The column of weights.
const WEIGHT: &str = "weight";

/// The subquery that chooses rows.
pub(super) const CHOSEN: &str = "chosen";
/// Its column: where a row stands in its table.
pub(super) const PLACE: &str = "place";
/// SQLite's name for that in every table.
pub(super) const ROWID: &str = "rowid";

/// The records in which words are found.
pub(super) struct Hits {
    table: &'static TableDef,
    /// The index of words.
    index: &'static str,
    expression: String,
    /// The column that names a record with the words, and that record's kind.
    through: Vec<(&'static str, Kind)>,
}

/// Rows of a list in which words are found.
pub(super) struct Places<'a> {
    hits: &'a Hits,
    filters: &'a Cond,
    limit: u64,
}

impl Hits {
    /// What `search` finds on a device; none elsewhere, and when there is nothing in it to find.
    pub(super) fn of(target: Target, kind: Kind, search: &Search) -> Option<Self> {
        if target != Target::DEVICE {
            return None;
        }
        let table = &tables_of(kind).main;
        let linked = specifics(kind).found_through.iter().filter_map(|link| {
            let Meaning::Link(name) = table.column(link)?.meaning else { return None };
            Some((*link, Kind::from_name(name)?))
        });
        Some(Self {
            table,
            index: search::index(search.depth),
            expression: search::expression(target.dialect, search.depth, &search.text)?,
            through: [(column::ID, kind)].into_iter().chain(linked).collect(),
        })
    }

    /// Weighs the rows that what is found leads to, until it is [`MUCH`].
    pub(super) fn probe(&self) -> SelectStatement {
        let weight = |weight: u64| (Expr::val(weight), Alias::new(WEIGHT));
        let mut arms = self.through.iter().map(|(link, kind)| {
            let (weight, name) = weight(if *link == column::ID { OWN_WEIGHT } else { 1 });
            let mut arm = if *link == column::ID { self.having(*kind) } else { self.led_to(link, *kind) };
            arm.expr_as(weight, name).take()
        });
        let mut all = arms.next().unwrap_or_default();
        for arm in arms {
            all.union(UnionType::All, arm);
        }
        all.limit(MUCH);
        let sum = Expr::cust(format!("COALESCE(SUM({WEIGHT}), 0)"));
        Query::select().expr(sum).from_subquery(all, Alias::new(CHOSEN)).take()
    }

    pub(super) fn places<'a>(&'a self, filters: &'a Cond, limit: u64) -> Places<'a> {
        Places { hits: self, filters, limit }
    }

    /// The records of a kind that have the words, in the index of words alone.
    fn having(&self, kind: Kind) -> SelectStatement {
        let (first, last) = search::slots(kind);
        let matched = format!("{0} MATCH ? AND {0}.rowid BETWEEN ? AND ?", self.index);
        let values = [
            Value::String(Some(self.expression.clone())),
            Value::BigInt(Some(first)),
            Value::BigInt(Some(last)),
        ];
        Query::select().from(Alias::new(self.index)).and_where(Expr::cust_with_values(matched, values)).take()
    }

    /// From the words over the records that have them to the rows that name these, in this order: SQLite does
    /// not know what is few.
    fn led_to(&self, link: &str, kind: Kind) -> SelectStatement {
        let (index, found) = (Alias::new(self.index), Alias::new("search_document"));
        let slot = Expr::col((found.clone(), Alias::new("slot")));
        self.having(kind)
            .cross_join(found.clone())
            .cross_join(Alias::new(&self.table.name))
            .and_where(slot.eq(Expr::col((index, Alias::new(ROWID)))))
            .and_where(col(self.table, link).eq(Expr::col((found, Alias::new(column::ID)))))
            .take()
    }

    /// A row has the words itself, or through a record it names.
    fn holds(&self) -> Expr {
        let names =
            self.through.iter().map(|(link, _)| format!("{}.{}", quoted(&self.table.name), quoted(link)));
        // The plus keeps SQLite from going through all that have the words, for every row.
        let condition = format!(
            "EXISTS (SELECT 1 FROM search_document WHERE search_document.id IN ({}) \
             AND +search_document.slot IN (SELECT rowid FROM {1} WHERE {1} MATCH ?))",
            names.collect::<Vec<_>>().join(", "),
            self.index
        );
        Expr::cust_with_values(condition, [self.expression.as_str()])
    }
}

impl Places<'_> {
    /// Walks through a part of the list until enough is found.
    pub(super) fn walked(&self, part: &Part<'_>) -> SelectStatement {
        let mut select = Query::select();
        select
            .expr_as(col(part.table, ROWID), Alias::new(PLACE))
            .from(Alias::new(&part.table.name))
            .cond_where(self.filters.clone().add(self.hits.holds()));
        part.restrict(&mut select);
        part.order(&mut select, |name| col(part.table, name));
        select.limit(self.limit).take()
    }

    /// Follows everything that is found to its rows in a part of the list.
    pub(super) fn driven(&self, part: &Part<'_>) -> SelectStatement {
        let mut arms = self.hits.through.iter().map(|(link, kind)| {
            let mut arm = self.hits.led_to(link, *kind);
            arm.expr_as(col(part.table, ROWID), Alias::new(PLACE));
            for key in part.keys {
                let name = key.column.sorted();
                arm.expr_as(col(part.table, name), Alias::new(name));
            }
            arm.expr_as(col(part.table, column::ID), Alias::new(column::ID)).cond_where(self.filters.clone());
            part.restrict(&mut arm);
            arm
        });
        let mut all = arms.next().unwrap_or_default();
        for arm in arms {
            all.union(UnionType::Distinct, arm);
        }
        let named = |name: &str| Expr::col((Alias::new(CHOSEN), Alias::new(name)));
        let mut select = Query::select();
        select.expr_as(named(PLACE), Alias::new(PLACE)).from_subquery(all, Alias::new(CHOSEN));
        part.order(&mut select, named);
        select.limit(self.limit).take()
    }
}
