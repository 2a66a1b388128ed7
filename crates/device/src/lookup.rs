//! Records by what people call them: a number, a name, a few words, or an id.
//!
//! Everything here is answered from the lists, so it costs no opened document. A text that fits several
//! records finds all of them and decides nothing: who asked must say which one is meant.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::value::Scalar;
use halyard_tables::columns::{ColumnDef, Meaning};
use halyard_tables::list::{Filter, ListQuery, MAX_LIMIT, Page, Show};
use halyard_tables::sql::SqlValue;
use halyard_tables::tables::{column, tables_of};
use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::error::DeviceError;

/// How many records a text may fit before the rest no longer helps to choose.
const MOST: u32 = 20;
/// How many hits are looked through for those that stand.
const HITS: u32 = 200;

/// A record as one line names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Named {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Its number or name, or the provisional label until it has one.
    pub label: String,
    /// What it is about.
    pub title: String,
}

/// A value that follows from records and stands in none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DerivedValue {
    /// Its column in lists.
    pub column: &'static str,
    /// The value; [`SqlValue::Null`] when nothing follows.
    pub value: SqlValue,
}

impl Device {
    /// What a record is called; `None` when it is not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn name(&self, document: DocumentId) -> Result<Option<Named>, DeviceError> {
        let Some(kind) = self.kind_of(document)? else { return Ok(None) };
        Ok(self.named(kind, by_id(&[document]), Show::Everything)?.pop())
    }

    /// The kind of a record that is here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kind_of(&self, document: DocumentId) -> Result<Option<Kind>, DeviceError> {
        Ok(self.store.document(document)?.map(|stored| stored.kind))
    }

    /// Every record of `kinds` that `text` may mean: the one with this id; else those with this number or
    /// name; else those in which its words are found. Twenty at most; withdrawn records and duplicates
    /// only by their id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find(&self, text: &str, kinds: &[Kind]) -> Result<Vec<Named>, DeviceError> {
        let text = text.trim();
        let mut found = self.find_exactly(text, kinds)?;
        if found.is_empty() && text.parse::<DocumentId>().is_err() {
            let hits = self.search_among(text, kinds, HITS)?;
            for &kind in kinds {
                let ids: Vec<DocumentId> =
                    hits.iter().filter(|hit| hit.kind == kind).map(|hit| hit.document).collect();
                if !ids.is_empty() {
                    found.extend(self.named(kind, by_id(&ids), Show::Standing)?);
                }
            }
        }
        Ok(each_once(found))
    }

    /// The record of `kinds` with this id, else the standing ones with this number or name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_exactly(&self, text: &str, kinds: &[Kind]) -> Result<Vec<Named>, DeviceError> {
        let Ok(id) = text.trim().parse::<DocumentId>() else {
            return self.called(text.trim(), kinds, Show::Standing);
        };
        Ok(self.name(id)?.into_iter().filter(|named| kinds.contains(&named.kind)).collect())
    }

    /// The withdrawn records and duplicates of `kinds` with this number or name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_withdrawn(&self, text: &str, kinds: &[Kind]) -> Result<Vec<Named>, DeviceError> {
        let standing = self.called(text.trim(), kinds, Show::Standing)?;
        let mut all = self.called(text.trim(), kinds, Show::Everything)?;
        all.retain(|named| !standing.contains(named));
        Ok(all)
    }

    /// Those of the records of a kind that count: neither withdrawn nor called a duplicate.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn that_count(&self, kind: Kind, ids: &[DocumentId]) -> Result<Vec<DocumentId>, DeviceError> {
        let most = usize::try_from(MAX_LIMIT).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        for some in ids.chunks(most) {
            let query = ListQuery { filters: vec![by_id(some)], ..ListQuery::of(kind, &[], MAX_LIMIT) };
            found.extend(self.list(&query)?.rows.into_iter().map(|row| row.document));
        }
        Ok(found)
    }

    /// What follows for a record from itself and from others: state, percent, counts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn derived(&self, document: DocumentId) -> Result<Vec<DerivedValue>, DeviceError> {
        let Some(kind) = self.kind_of(document)? else { return Ok(Vec::new()) };
        let columns = derived_columns(kind);
        let query = ListQuery {
            filters: vec![by_id(&[document])],
            show: Show::Everything,
            ..ListQuery::of(kind, &columns, 1)
        };
        let cells = self.list(&query)?.rows.pop().map(|row| row.cells).unwrap_or_default();
        Ok(columns.into_iter().zip(cells).map(|(column, value)| DerivedValue { column, value }).collect())
    }

    /// Those with this number or name.
    fn called(&self, text: &str, kinds: &[Kind], show: Show) -> Result<Vec<Named>, DeviceError> {
        let mut found = Vec::new();
        for &kind in kinds {
            for column in [column::LABEL, column::TITLE] {
                let is = Filter::Equals { column: column.to_owned(), value: Scalar::Text(text.to_owned()) };
                found.extend(self.named(kind, is, show)?);
            }
        }
        Ok(each_once(found))
    }

    fn named(&self, kind: Kind, filter: Filter, show: Show) -> Result<Vec<Named>, DeviceError> {
        let query = ListQuery {
            filters: vec![filter],
            show,
            page: Page { after: None, limit: MOST },
            ..ListQuery::of(kind, &[column::LABEL, column::TITLE], MOST)
        };
        let rows = self.list(&query)?.rows.into_iter().filter_map(|row| match row.cells.as_slice() {
            [SqlValue::Text(label), SqlValue::Text(title)] => {
                Some(Named { document: row.document, kind, label: label.clone(), title: title.clone() })
            }
            _ => None,
        });
        Ok(rows.collect())
    }
}

/// In the order of their ids, as many as help to choose.
fn each_once(mut found: Vec<Named>) -> Vec<Named> {
    found.sort_by_key(|named| named.document);
    found.dedup_by_key(|named| named.document);
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    found
}

fn by_id(ids: &[DocumentId]) -> Filter {
    let values = ids.iter().map(|id| Scalar::Text(id.to_string())).collect();
    Filter::OneOf { column: column::ID.to_owned(), values }
}

/// The columns of a kind that no field fills, links left out.
fn derived_columns(kind: Kind) -> Vec<&'static str> {
    let table = &tables_of(kind).main;
    let outcome = (kind == Kind::Visit).then_some("outcome");
    let is_said = |one: &&ColumnDef| one.derived && !matches!(one.meaning, Meaning::Key | Meaning::Link(_));
    let follows = table.columns.iter().filter(|one| is_said(one) || one.name == column::STATE);
    follows.map(|one| one.name.as_str()).chain(outcome).collect()
}
