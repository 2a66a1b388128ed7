//! What a proposal must say to be one.
//!
//! Whoever sees a record may wish for a value in a field of others; the owner of that field decides. A
//! wish for what could not be written there is refused, so that accepting one never fails.

use std::collections::BTreeMap;

use crate::kind::Group;
use crate::reading::FieldPath;
use crate::records::values::ProposedValue;
use crate::rights::checks::canonical;
use crate::rights::refusal::{Reason, Refusal};
use crate::schema::{FieldSchema, RecordSchema, Shape, row_column};
use crate::value::{Scalar, ScalarType};

/// The column that says what an owner of the field answered.
pub(super) const DECISION: &str = "decision";
const PATH: &str = "path";
const VALUE: &str = "value";

/// A proposal names a field that is there and a value that would be right in it.
pub(super) fn proposal(
    schema: &RecordSchema,
    path: &FieldPath,
    columns: &BTreeMap<String, Scalar>,
) -> Result<(), Refusal> {
    if columns.get(DECISION).is_some_and(|value| !value.is_null()) {
        return Err(Reason::Foreign { what: "decides its own proposal" }.at(path));
    }
    let not = |expected| Reason::NotCanonical { expected }.at(path);
    let (field, place) = proposed(schema, columns).ok_or_else(|| not("the place of a field"))?;
    let fixed = |name: &str| matches!(name, row_column::BY | row_column::WHAT) || field.written_once;
    if field.owners.contains(&Group::Relay) || place.column.as_deref().is_some_and(fixed) {
        return Err(not("a place that is ever written again"));
    }
    let wanted = columns.get(VALUE).and_then(Scalar::as_text);
    let wanted: Option<ProposedValue> = wanted.and_then(|text| serde_json::from_str(text).ok());
    let wanted = wanted.ok_or_else(|| not("a proposed value"))?;
    let scalar = match (&field.shape, &place.column) {
        (Shape::Scalar(scalar), None) => *scalar,
        (Shape::Text, None) => ScalarType::Line,
        (_, Some(name)) => field.column(name).ok_or_else(|| not("the place of a field"))?,
        (Shape::Rows { .. } | Shape::Events { .. }, None) => return Err(not("the place of a field")),
    };
    canonical(scalar, &wanted.value, path)
}

/// The field a proposal is about, and the place in it.
pub(super) fn proposed(
    schema: &RecordSchema,
    columns: &BTreeMap<String, Scalar>,
) -> Option<(&'static FieldSchema, FieldPath)> {
    let place: FieldPath = columns.get(PATH)?.as_text()?.parse().ok()?;
    Some((schema.field(&place.field)?, place))
}
