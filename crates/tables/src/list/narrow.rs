//! Conditions that leave few rows of a list on a device: two ways to the same page.
//!
//! SQLite does not know how few visits are overdue. Walking through the list in its order is soon done when many are;
//! when few are, it reads all the others too, and looking them up by the index of that column and sorting them is
//! soon done. So those are counted first, as far as it matters.

use sea_query::{Alias, Expr, Query, SelectStatement};

use crate::list::filter::{Conditions, within};
use crate::list::hits::{CHOSEN, MUCH};
use crate::list::{Filter, ListError};
use crate::sql::Target;

/// A condition that an index finds the rows of.
pub(super) struct Lookup<'a> {
    filter: &'a Filter,
    /// The column of the list's own table that is looked up, where it is one.
    column: Option<&'a str>,
}

impl<'a> Lookup<'a> {
    /// Those of `filters` that rows can be looked up by.
    pub(super) fn of(conditions: &Conditions<'a>, filters: &'a [Filter]) -> Vec<Self> {
        if conditions.target != Target::DEVICE {
            return Vec::new();
        }
        filters.iter().filter_map(|filter| Self::by(conditions, filter)).collect()
    }

    fn by(conditions: &Conditions<'a>, filter: &'a Filter) -> Option<Self> {
        match filter {
            Filter::Equals { column, .. }
            | Filter::OneOf { column, .. }
            | Filter::Between { column, .. }
            | Filter::IsEmpty { column } => {
                let column = conditions.column(column).ok()?.compared();
                conditions.looks_up(column).then_some(Self { filter, column: Some(column) })
            }
            Filter::Includes { .. } => Some(Self { filter, column: None }),
            Filter::AnyOf { filters } => match filters.as_slice() {
                [only] => Self::by(conditions, only),
                _ => None,
            },
            _ => None,
        }
    }

    /// The conditions of a page whose rows are looked up so.
    pub(super) fn driving(&self, conditions: &Conditions<'a>) -> Conditions<'a> {
        match self.column {
            Some(column) => conditions.driven_by(column),
            None => *conditions,
        }
    }

    /// Counts the rows it leaves, until they are [`MUCH`].
    pub(super) fn probe(&self, conditions: &Conditions<'a>) -> Result<SelectStatement, ListError> {
        let asked = self.driving(conditions).all(std::slice::from_ref(self.filter))?;
        let few = Query::select()
            .expr(Expr::val(1))
            .from(Alias::new(&conditions.table.name))
            .cond_where(within(conditions.target, conditions.table).add(asked))
            .limit(MUCH)
            .take();
        Ok(Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(few, Alias::new(CHOSEN)).take())
    }
}
