//! A record's rows: pure, from a reading.
//!
//! Never fails: what a type cannot read becomes nothing in its column and stays in the document, so a
//! bug in a row cannot block sync.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Reading, RowReading};
use halyard_domain::records::schema;
use halyard_domain::rules::{Attention, attention};
use halyard_domain::schema::{ColumnSchema, Shape, root_key, row_column};
use halyard_domain::value::{Scalar, ScalarType};

use crate::columns::{listed_values, ranked_values, text_values, values};
use crate::kinds::specifics;
use crate::order_key::{line_key, text_key};
use crate::search::{SearchWords, words_of};
use crate::sql::{SqlRow, SqlValue};
use crate::tables::{ChildTable, Holds, own_fields, tables_of};

/// A title is cut here: it names a record, it does not tell it.
const TITLE_CHARS: usize = 160;

/// Everything one record has in derived tables, cross-record values excepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRows {
    /// The kind.
    pub kind: Kind,
    /// The record.
    pub document: DocumentId,
    /// The row of the main table, in the order of its own columns.
    pub main: SqlRow,
    /// The rows of each child table, in the order of [`crate::tables::RecordTables::children`].
    pub children: Vec<Vec<SqlRow>>,
    /// The words that find it.
    pub search: SearchWords,
}

impl RecordRows {
    /// The value of a main column.
    #[must_use]
    pub fn value(&self, column: &str) -> &SqlValue {
        let position = tables_of(self.kind).main.own_columns().position(|own| own.name == column);
        position.and_then(|position| self.main.get(position)).unwrap_or(&SqlValue::Null)
    }
}

/// The rows of the record `document`.
#[must_use]
pub fn rows_of(document: DocumentId, reading: &Reading) -> RecordRows {
    let title = title(reading);
    let label = label(document, reading, &title);
    let tables = tables_of(reading.kind);
    RecordRows {
        kind: reading.kind,
        document,
        main: main(document, reading, &label, &title),
        children: tables.children.iter().map(|child| child_rows(document, reading, child)).collect(),
        search: words_of(reading, &label, &title),
    }
}

fn main(document: DocumentId, reading: &Reading, label: &str, title: &str) -> SqlRow {
    let specifics = specifics(reading.kind);
    let judged = (specifics.judge)(reading);
    let mut row = vec![SqlValue::from(document)];
    row.extend(text_values(Some(label), line_key));
    row.extend(text_values(Some(title), line_key));
    row.extend(ranked_values(specifics.states, judged.state));
    let items = attention(reading);
    let answers = items.iter().filter(|item| matches!(item, Attention::AnswersDiffer { .. })).count();
    row.push(count(reading.conflicts().len() + answers));
    row.push(count(items.len()));
    row.extend(withdrawal(reading.value(root_key::WITHDRAWN)));
    for field in own_fields(schema(reading.kind)) {
        match field.shape {
            Shape::Scalar(scalar) => row.extend(listed_values(scalar, reading.value(field.name))),
            Shape::Text => {
                let text = reading.text(field.name);
                row.extend(text_values(Some(text).filter(|text| !text.is_empty()), text_key));
            }
            Shape::Rows { .. } | Shape::Events { .. } => {}
        }
    }
    row.extend(judged.more);
    row
}

/// Any withdrawal counts, also one that only a newer version can read.
fn withdrawal(value: &Scalar) -> [SqlValue; 2] {
    let json = values(ScalarType::Group("withdrawal"), value).pop().unwrap_or(SqlValue::Null);
    [SqlValue::Bool(!value.is_null()), json]
}

fn child_rows(document: DocumentId, reading: &Reading, child: &ChildTable) -> Vec<SqlRow> {
    match (child.holds, &child.field.shape) {
        (Holds::Items(item), _) => item_rows(document, item, reading.value(child.field.name)),
        (Holds::Rows, Shape::Rows { columns } | Shape::Events { columns, .. }) => {
            let rows = reading.rows(child.field.name).iter().enumerate();
            rows.map(|(order, row)| row_values(document, order, row, columns)).collect()
        }
        (Holds::Rows, Shape::Scalar(_) | Shape::Text) => Vec::new(),
    }
}

fn row_values(document: DocumentId, order: usize, row: &RowReading, columns: &[ColumnSchema]) -> SqlRow {
    let mut out = vec![SqlValue::from(document), SqlValue::Uuid(*row.id.as_bytes()), count(order)];
    out.extend(values(ScalarType::Link(Kind::Employee.name()), row.value(row_column::BY)));
    out.extend(values(ScalarType::Instant, row.value(row_column::AT)));
    out.extend(withdrawal(row.value(row_column::WITHDRAWN)));
    out.extend(columns.iter().flat_map(|column| values(column.scalar, row.value(column.name))));
    out
}

fn item_rows(document: DocumentId, item: ScalarType, list: &Scalar) -> Vec<SqlRow> {
    let items = list_items(list).into_iter().enumerate();
    items
        .map(|(order, one)| {
            let mut row = vec![SqlValue::from(document), count(order)];
            row.extend(values(item, &one));
            row
        })
        .collect()
}

/// The items of a list's canonical text; none when it is not one.
pub(crate) fn list_items(list: &Scalar) -> Vec<Scalar> {
    list.as_text().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn count(number: usize) -> SqlValue {
    SqlValue::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn label(document: DocumentId, reading: &Reading, title: &str) -> String {
    let numbered = schema(reading.kind).field("number").is_some();
    match reading.value("number").as_text() {
        Some(number) if numbered && !number.is_empty() => number.to_owned(),
        _ if numbered || title.is_empty() => document.provisional_label(),
        _ => title.to_owned(),
    }
}

fn title(reading: &Reading) -> String {
    let fields = specifics(reading.kind).title.iter();
    let words = fields.flat_map(|name| {
        let line = reading.value(name).as_text().unwrap_or_default();
        line.split_whitespace().chain(reading.text(name).split_whitespace())
    });
    let title: String = words.collect::<Vec<_>>().join(" ");
    title.chars().take(TITLE_CHARS).collect()
}
