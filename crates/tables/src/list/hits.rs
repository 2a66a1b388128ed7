//! Words to find in a list on a device: two ways to the same page.
//!
//! Either the list is walked in its order and each record is asked whether it, or one it is found through, has the
//! words: soon done when many have them. Or the records that have them are followed to their rows, which are
//! sorted: soon done when few have them. Both choose places of rows first and read only the rows of the page:
//! what they need stands in indexes, and a row is read from another page of the encrypted file each time.

use halyard_domain::kind::Kind;
use sea_query::{Alias, Cond, Expr, ExprTrait, Query, SelectStatement, UnionType, Value};

use crate::columns::Meaning;
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
/// The table of what is found, by slots.
const FOUND: &str = "search_document";
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
            let mut arm =
                if *link == column::ID { self.having((*kind, *kind)) } else { self.led_to(link, *kind) };
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

    /// The records that have the words, in the index of words alone: those from one kind to another.
    fn having(&self, (from, to): (Kind, Kind)) -> SelectStatement {
        let (first, last) = (search::slots(from).0, search::slots(to).1);
        let matched = format!("{0} MATCH ? AND {0}.rowid BETWEEN ? AND ?", self.index);
        let values = [
            Value::String(Some(self.expression.clone())),
            Value::BigInt(Some(first)),
            Value::BigInt(Some(last)),
        ];
        Query::select().from(Alias::new(self.index)).and_where(Expr::cust_with_values(matched, values)).take()
    }

    /// Where a record's words stand in the index.
    fn slot(&self) -> Expr {
        Expr::col((Alias::new(self.index), Alias::new(ROWID)))
    }

    /// From the words to the rows that have them or name a record that has, in this order: SQLite does not know
    /// what is few.
    fn led_to(&self, link: &str, kind: Kind) -> SelectStatement {
        let mut found = self.having((kind, kind));
        if link == column::ID {
            let place = self.slot().sub(search::slots(kind).0);
            return found
                .cross_join(Alias::new(&self.table.name))
                .and_where(col(self.table, ROWID).eq(place))
                .take();
        }
        let id = Expr::col((Alias::new(FOUND), Alias::new(column::ID)));
        self.with_ids(&mut found)
            .cross_join(Alias::new(&self.table.name))
            .and_where(col(self.table, link).eq(id))
            .take()
    }

    fn with_ids<'a>(&self, found: &'a mut SelectStatement) -> &'a mut SelectStatement {
        let slot = Expr::col((Alias::new(FOUND), Alias::new("slot")));
        found.cross_join(Alias::new(FOUND)).and_where(slot.eq(self.slot()))
    }

    /// A row has the words itself. The index of words is read once, whatever the rows.
    fn own(&self) -> Expr {
        let kind = self.through.first().map_or(Kind::Company, |(_, kind)| *kind);
        let mut slots = self.having((kind, kind));
        col(self.table, ROWID).add(search::slots(kind).0).in_subquery(slots.expr(self.slot()).take())
    }

    /// A row to be met on the way has the words itself, or through a record it names: these are looked at one by
    /// one.
    fn holds(&self) -> Cond {
        let own = Cond::any().add(self.own());
        let links = || self.links().map(|(link, _)| col(self.table, link));
        let kinds = || self.links().map(|(_, kind)| kind);
        let Some((from, to)) = kinds().min().zip(kinds().max()) else { return own };
        let (id, slot) = (Expr::col((Alias::new(FOUND), Alias::new(column::ID))), Alias::new("slot"));
        // The plus keeps SQLite from going through all that have the words, for every row.
        let slot = Expr::cust_with_exprs("+?", [Expr::col((Alias::new(FOUND), slot))]);
        let slots = self.having((from, to)).expr(self.slot()).take();
        let named = Query::select()
            .expr(Expr::val(1))
            .from(Alias::new(FOUND))
            .and_where(id.is_in(links()))
            .and_where(slot.in_subquery(slots))
            .take();
        own.add(Expr::exists(named))
    }

    /// The same of every row there is: what may be named is read once. The plus keeps SQLite from following each
    /// record that has the words to wide rows, where all it asks for stands together in one index.
    pub(super) fn all(&self) -> Cond {
        self.links().fold(Cond::any().add(self.own()), |any, (link, kind)| {
            let mut ids = self.having((kind, kind));
            self.with_ids(&mut ids).expr(Expr::col((Alias::new(FOUND), Alias::new(column::ID))));
            any.add(Expr::cust_with_exprs("+?", [col(self.table, link)]).in_subquery(ids))
        })
    }

    /// The columns that name other records through which a row is found, and their kinds.
    fn links(&self) -> impl Iterator<Item = (&'static str, Kind)> {
        self.through.iter().copied().filter(|(link, _)| *link != column::ID)
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
        part.order(&mut select, |name| part.column(name));
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
