//! Conditions in SQL.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::time::Instant;
use halyard_domain::value::{FieldValue, Scalar};
use rust_decimal::Decimal;
use sea_query::{Alias, Cond, Expr, ExprTrait, Query, SelectStatement, Value};

use crate::columns::{ColumnDef, Meaning, millionths};
use crate::kinds::specifics;
use crate::list::{Filter, ListError, MAX_VALUES, Search, Show};
use crate::order_key::{line_key, text_key};
use crate::search;
use crate::sql::{Dialect, SqlValue, Target};
use crate::tables::{ChildTable, Holds, TableDef, column, tables_of};

/// Conditions may nest so deep.
const MAX_DEPTH: usize = 6;
/// A list may have so many conditions.
const MAX_FILTERS: usize = 100;

/// Makes conditions on the rows of one table.
#[derive(Clone, Copy)]
pub(crate) struct Conditions<'a> {
    pub(crate) target: Target,
    pub(crate) table: &'a TableDef,
    /// The kind of the main table; none for a child table.
    pub(crate) kind: Option<Kind>,
    /// Of a page of a list: the column whose order it stands in.
    walks: Option<&'a str>,
    /// Of a page of a list: the column that is looked up instead, because few rows have what it is asked for.
    from: Option<&'a str>,
    /// Of those that no longer count: they are found first, and there are few of them.
    found_first: bool,
    depth: usize,
}

/// A column of a table, qualified.
pub(crate) fn col(table: &TableDef, name: &str) -> Expr {
    Expr::col((Alias::new(&table.name), Alias::new(name)))
}

/// The same where SQLite is not to look for it in an index.
pub(crate) fn unread(table: &TableDef, name: &str) -> Expr {
    Expr::cust_with_exprs("+?", [col(table, name)])
}

/// A value as `sea-query` binds it.
pub(crate) fn bound(value: &SqlValue) -> Expr {
    Expr::val(match value {
        SqlValue::Null => Value::BigInt(None),
        SqlValue::Bool(yes) => Value::Bool(Some(*yes)),
        SqlValue::Int(number) => Value::BigInt(Some(*number)),
        SqlValue::Text(text) => Value::String(Some(text.clone())),
        SqlValue::Uuid(bytes) => Value::Bytes(Some(bytes.to_vec())),
    })
}

/// Only rows of the scope's company.
pub(crate) fn within(target: Target, table: &TableDef) -> Cond {
    target.scope.key().iter().fold(Cond::all(), |all, key| all.add(col(table, "workspace_id").eq(bound(key))))
}

impl<'a> Conditions<'a> {
    pub(crate) fn on(target: Target, kind: Kind) -> Self {
        Self {
            target,
            table: &tables_of(kind).main,
            kind: Some(kind),
            walks: None,
            from: None,
            found_first: false,
            depth: 0,
        }
    }

    /// The conditions of a list that shows these.
    pub(crate) fn among(self, show: Show) -> Self {
        Self { found_first: show == Show::NoLonger, ..self }
    }

    /// The conditions of a page that stands in the order of `column`.
    pub(crate) fn walking(self, column: Option<&'a str>) -> Self {
        Self { walks: column, ..self }
    }

    /// The same conditions of a page whose rows are looked up by `column`.
    pub(crate) fn driven_by(self, column: &'a str) -> Self {
        Self { from: Some(column), ..self }
    }

    /// Whether an index finds rows by a column, but not in the order of the list.
    pub(crate) fn looks_up(&self, name: &str) -> bool {
        self.walks.is_some_and(|walked| walked != name && self.table.looks_up(name, walked))
    }

    /// A column to compare. SQLite does not know how few pinned visits there are: with the index that sorts by
    /// that column it would read and sort all that match, where walking in the order of the list finds a page.
    fn read(&self, name: &str) -> Expr {
        let tempting = self.walks.is_some_and(|walked| walked != name) && self.table.only_sorts(name);
        match self.target.dialect {
            // More than `unread`: neither is it to conclude from this that the column is not empty, and to take an
            // index of rows with a value in it.
            Dialect::Sqlite if self.found_first => {
                Expr::cust_with_exprs("COALESCE(?, NULL)", [col(self.table, name)])
            }
            Dialect::Sqlite if tempting && self.from != Some(name) => unread(self.table, name),
            Dialect::Sqlite | Dialect::Postgres => col(self.table, name),
        }
    }

    pub(crate) fn column(&self, name: &str) -> Result<&'a ColumnDef, ListError> {
        self.table.column(name).ok_or_else(|| ListError::UnknownColumn {
            table: self.table.name.clone(),
            column: name.to_owned(),
        })
    }

    pub(crate) fn shown(&self, show: Show) -> Cond {
        match show {
            Show::Everything => Cond::all(),
            Show::Standing => Cond::all()
                .add(col(self.table, column::WITHDRAWN).eq(bound(&SqlValue::Bool(false))))
                .add(col(self.table, column::MERGED_INTO).is_null()),
            Show::NoLonger => Cond::all().add(
                col(self.table, column::WITHDRAWN).or(col(self.table, column::MERGED_INTO).is_not_null()),
            ),
        }
    }

    pub(crate) fn all(&self, filters: &[Filter]) -> Result<Cond, ListError> {
        if filters.len() > MAX_FILTERS {
            return Err(ListError::TooMuch { what: "conditions", limit: MAX_FILTERS });
        }
        filters.iter().try_fold(Cond::all(), |all, filter| Ok(all.add(self.one(filter)?)))
    }

    fn one(&self, filter: &Filter) -> Result<Cond, ListError> {
        Ok(Cond::all().add(match filter {
            Filter::Equals { column, value } => {
                let column = self.column(column)?;
                self.read(column.compared()).eq(bound(&self.value(column, value)?))
            }
            Filter::OneOf { column, values } => self.one_of(self.column(column)?, values)?,
            Filter::Between { column, from, to } => {
                return self.between(self.column(column)?, from.as_ref(), to.as_ref());
            }
            Filter::Contains { column, text } => self.contains(self.column(column)?, text)?,
            Filter::IsEmpty { column } => self.read(&self.column(column)?.name).is_null(),
            Filter::State { states } => {
                let states: Vec<Scalar> = states.iter().cloned().map(Scalar::Text).collect();
                self.one_of(self.column(column::STATE)?, &states)?
            }
            Filter::Includes { field, value } => self.includes(field, value)?,
            Filter::Linked { column, filters } => self.linked(self.column(column)?, filters)?,
            Filter::HasRow { field, filters } => self.has_row(field, filters)?,
            Filter::Referred { by, column, filters } => self.referred(*by, column, filters)?,
            Filter::AnyOf { filters } => {
                let inner = self.deeper()?;
                let any: Result<Vec<Cond>, _> = filters.iter().map(|filter| inner.one(filter)).collect();
                return Ok(any?.into_iter().fold(Cond::any(), Cond::add));
            }
            Filter::Not { filter } => return Ok(self.deeper()?.one(filter)?.not()),
        }))
    }

    fn deeper(&self) -> Result<Self, ListError> {
        if self.depth >= MAX_DEPTH {
            return Err(ListError::TooMuch { what: "nested conditions", limit: MAX_DEPTH });
        }
        Ok(Self { depth: self.depth + 1, ..*self })
    }

    fn one_of(&self, column: &ColumnDef, values: &[Scalar]) -> Result<Expr, ListError> {
        if values.len() > MAX_VALUES {
            return Err(ListError::TooMuch { what: "values", limit: MAX_VALUES });
        }
        let values: Result<Vec<Expr>, _> =
            values.iter().map(|value| Ok(bound(&self.value(column, value)?))).collect();
        Ok(self.read(column.compared()).is_in(values?))
    }

    fn between(
        &self,
        column: &ColumnDef,
        from: Option<&Scalar>,
        to: Option<&Scalar>,
    ) -> Result<Cond, ListError> {
        let compared = || self.read(column.compared());
        let mut all = Cond::all().add(compared().is_not_null());
        if let Some(from) = from {
            all = all.add(compared().gte(bound(&self.value(column, from)?)));
        }
        if let Some(to) = to {
            all = all.add(compared().lte(bound(&self.value(column, to)?)));
        }
        Ok(all)
    }

    fn contains(&self, column: &ColumnDef, text: &str) -> Result<Expr, ListError> {
        let Some(key) = column.twin.as_deref().filter(|_| column.meaning == Meaning::Text) else {
            return Err(ListError::NotAText { table: self.table.name.clone(), column: column.name.clone() });
        };
        // Not LIKE: its wildcards would need escaping, and a position in a folded text says the same.
        let part = Value::String(Some(text_key(text)));
        Ok(match self.target.dialect {
            Dialect::Sqlite => {
                Expr::cust_with_exprs("instr(?, ?) > 0", [col(self.table, key), Expr::val(part)])
            }
            Dialect::Postgres => {
                Expr::cust_with_exprs("strpos($1, $2) > 0", [col(self.table, key), Expr::val(part)])
            }
        })
    }

    fn child(&self, field: &str) -> Result<&'static ChildTable, ListError> {
        self.kind.and_then(|kind| tables_of(kind).child(field)).ok_or_else(|| ListError::UnknownField {
            table: self.table.name.clone(),
            field: field.to_owned(),
        })
    }

    fn includes(&self, field: &str, value: &Scalar) -> Result<Expr, ListError> {
        let child = self.child(field)?;
        let Holds::Items(_) = child.holds else {
            return Err(ListError::UnknownField { table: self.table.name.clone(), field: field.to_owned() });
        };
        let inner = self.inside(&child.table, None)?;
        let filter = Filter::Equals { column: column::ITEM.to_owned(), value: value.clone() };
        let ids = inner.select(column::RECORD, inner.one(&filter)?);
        Ok(col(self.table, column::ID).in_subquery(ids))
    }

    fn linked(&self, link: &ColumnDef, filters: &[Filter]) -> Result<Expr, ListError> {
        let Meaning::Link(name) = link.meaning else {
            return Err(self.not_a_link(link, "another record"));
        };
        let kind = Kind::from_name(name).ok_or_else(|| self.not_a_link(link, name))?;
        let inner = self.inside(&tables_of(kind).main, Some(kind))?;
        let ids = inner.select(column::ID, inner.all(filters)?);
        Ok(col(self.table, &link.name).in_subquery(ids))
    }

    fn has_row(&self, field: &str, filters: &[Filter]) -> Result<Expr, ListError> {
        let child = self.child(field)?;
        let Holds::Rows = child.holds else {
            return Err(ListError::UnknownField { table: self.table.name.clone(), field: field.to_owned() });
        };
        let inner = self.inside(&child.table, None)?;
        let standing = col(&child.table, column::WITHDRAWN).eq(bound(&SqlValue::Bool(false)));
        let ids = inner.select(column::RECORD, inner.all(filters)?.add(standing));
        Ok(col(self.table, column::ID).in_subquery(ids))
    }

    fn referred(&self, by: Kind, link: &str, filters: &[Filter]) -> Result<Expr, ListError> {
        let inner = self.inside(&tables_of(by).main, Some(by))?;
        let link = inner.column(link)?;
        if self.kind.map(|kind| Meaning::Link(kind.name())) != Some(link.meaning) {
            return Err(inner.not_a_link(link, &self.table.name));
        }
        let set = col(inner.table, &link.name).is_not_null();
        let ids = inner.select(&link.name, inner.all(filters)?.add(set).add(inner.shown(Show::Standing)));
        Ok(col(self.table, column::ID).in_subquery(ids))
    }

    fn not_a_link(&self, link: &ColumnDef, to: &str) -> ListError {
        ListError::NotALink { table: self.table.name.clone(), column: link.name.clone(), to: to.to_owned() }
    }

    fn inside<'b>(&self, table: &'b TableDef, kind: Option<Kind>) -> Result<Conditions<'b>, ListError> {
        Ok(Conditions {
            target: self.target,
            table,
            kind,
            walks: None,
            from: None,
            found_first: false,
            depth: self.deeper()?.depth,
        })
    }

    fn select(&self, column: &str, condition: Cond) -> SelectStatement {
        Query::select()
            .expr(col(self.table, column))
            .from(Alias::new(&self.table.name))
            .cond_where(within(self.target, self.table).add(condition))
            .take()
    }

    /// The record, or one it is found through, has the words. Words nobody can search find nothing.
    pub(crate) fn found(&self, search: &Search) -> Cond {
        let Some(expression) = search::expression(self.target.dialect, search.depth, &search.text) else {
            return Cond::all().add(Expr::val(1).eq(Expr::val(0)));
        };
        let Some(kind) = self.kind else { return Cond::all() };
        let id = col(self.table, column::ID);
        let own = id.in_subquery(self.found_ids(kind, search, &expression));
        let mut any = Cond::any().add(own);
        for &link in specifics(kind).found_through {
            let Some(Meaning::Link(name)) = self.table.column(link).map(|column| column.meaning) else {
                continue;
            };
            let Some(linked) = Kind::from_name(name) else { continue };
            any = any.add(col(self.table, link).in_subquery(self.found_ids(linked, search, &expression)));
        }
        any
    }

    fn found_ids(&self, kind: Kind, search: &Search, expression: &str) -> SelectStatement {
        let placeholder = match self.target.dialect {
            Dialect::Sqlite => "?",
            Dialect::Postgres => "$1",
        };
        let matched = Expr::cust_with_values(
            search::condition(self.target.dialect, search.depth, placeholder),
            [expression],
        );
        let workspace = self.target.scope.key();
        let mut condition = Cond::all();
        for key in &workspace {
            condition = condition.add(Expr::col(Alias::new("workspace_id")).eq(bound(key)));
        }
        condition = condition.add(Expr::col(Alias::new("kind")).eq(kind.name())).add(matched);
        Query::select()
            .column(Alias::new("id"))
            .from(Alias::new("search_document"))
            .cond_where(condition)
            .take()
    }

    /// The value a column is compared with.
    fn value(&self, column: &ColumnDef, value: &Scalar) -> Result<SqlValue, ListError> {
        compared_value(column, value).ok_or_else(|| ListError::WrongValue {
            table: self.table.name.clone(),
            column: column.name.clone(),
            value: value.clone(),
        })
    }
}

fn compared_value(column: &ColumnDef, value: &Scalar) -> Option<SqlValue> {
    match (column.meaning, value) {
        (Meaning::Link(_) | Meaning::Row | Meaning::Written, Scalar::Text(text)) => {
            text.parse().ok().map(|id: DocumentId| SqlValue::from(id))
        }
        // Compared by the key, so that case and apostrophes do not hide what is meant.
        (Meaning::Text, Scalar::Text(text)) => Some(SqlValue::Text(line_key(text))),
        (Meaning::Decimal, Scalar::Text(_)) => {
            Decimal::from_scalar(value).ok().and_then(millionths).map(SqlValue::Int)
        }
        (Meaning::Instant, Scalar::Text(text)) => {
            text.parse().ok().map(|instant: Instant| SqlValue::Int(instant.unix_seconds()))
        }
        (
            Meaning::Key | Meaning::Choice | Meaning::Date | Meaning::Currency | Meaning::Json,
            Scalar::Text(text),
        ) => Some(SqlValue::clean_text(text)),
        (
            Meaning::Int
            | Meaning::Rank
            | Meaning::Millionths
            | Meaning::MinorUnits
            | Meaning::Instant
            | Meaning::Offset,
            Scalar::Int(number),
        ) => Some(SqlValue::Int(*number)),
        (Meaning::Bool, Scalar::Bool(yes)) => Some(SqlValue::Bool(*yes)),
        _ => None,
    }
}
