//! Document → [`Reading`].
//!
//! A plain read shows one winner and hides the rest, so every key that holds more than one value is
//! asked for all of them. Depth is bounded by construction: root, rows, columns; what lies deeper is a
//! newer version's and is left in the document unread.

use std::collections::BTreeMap;

use automerge::iter::MapRangeItem;
use automerge::{
    Automerge, ChangeHash as Head, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value,
    ValueRef,
};
use halyard_domain::id::RowId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Alternative, Cell, FieldReading, OperationId, Reading, RowReading};
use halyard_domain::value::Scalar;

use crate::error::DocumentError;
use crate::text;

/// Reads the whole record at `heads`, or as it is now.
pub(crate) fn reading(
    document: &Automerge,
    kind: Kind,
    heads: Option<&[Head]>,
) -> Result<Reading, DocumentError> {
    let mut fields = BTreeMap::new();
    for item in map_items(document, &ROOT, heads) {
        let field = match item.value {
            ValueRef::Object(ObjType::Text) => FieldReading::Text(text::shown(match heads {
                Some(heads) => document.text_at(item.id(), heads)?,
                None => document.text(item.id())?,
            })),
            ValueRef::Object(ObjType::Map) => FieldReading::Rows(rows(document, &item.id(), heads)?),
            ValueRef::Object(ObjType::List | ObjType::Table) => continue,
            ValueRef::Scalar(_) => FieldReading::Cell(cell(document, &ROOT, &item, heads)?),
        };
        fields.insert(item.key.into_owned(), field);
    }
    Ok(Reading { kind, fields })
}

fn map_items<'a>(
    document: &'a Automerge,
    object: &ObjId,
    heads: Option<&[Head]>,
) -> automerge::iter::MapRange<'a> {
    match heads {
        Some(heads) => document.map_range_at(object, .., heads),
        None => document.map_range(object, ..),
    }
}

fn rows(
    document: &Automerge,
    container: &ObjId,
    heads: Option<&[Head]>,
) -> Result<Vec<RowReading>, DocumentError> {
    let mut rows = Vec::new();
    for item in map_items(document, container, heads) {
        let (ValueRef::Object(ObjType::Map), Ok(id)) = (&item.value, item.key.parse::<RowId>()) else {
            continue;
        };
        let object = item.id();
        let mut columns = BTreeMap::new();
        for column in map_items(document, &object, heads) {
            if matches!(column.value, ValueRef::Scalar(_)) {
                let cell = cell(document, &object, &column, heads)?;
                columns.insert(column.key.into_owned(), cell);
            }
        }
        rows.push(RowReading { id, born: operation_id(&object), columns });
    }
    rows.sort_by(|a, b| a.born.cmp(&b.born));
    Ok(rows)
}

fn cell(
    document: &Automerge,
    object: &ObjId,
    item: &MapRangeItem<'_>,
    heads: Option<&[Head]>,
) -> Result<Cell, DocumentError> {
    // Asking for all values of a key is a search of its own; most keys have one.
    if !item.conflict {
        return Ok(Cell::settled(plain(&item.value)));
    }
    let all = match heads {
        Some(heads) => document.get_all_at(object, item.key.as_ref(), heads)?,
        None => document.get_all(object, item.key.as_ref())?,
    };
    let alternatives: Vec<Alternative> =
        all.iter().map(|(value, id)| Alternative { value: scalar_of(value), by: operation_id(id) }).collect();
    // Automerge lists values oldest first; the winner, the one a plain read shows, is the last.
    let value = alternatives.last().map_or(Scalar::Null, |winner| winner.value.clone());
    let differ = alternatives.iter().any(|alternative| alternative.value != value);
    Ok(Cell { value, alternatives: if differ { alternatives } else { Vec::new() } })
}

fn plain(value: &ValueRef<'_>) -> Scalar {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Scalar::Text(text.to_string()),
        ValueRef::Scalar(ScalarValueRef::Int(number)) => Scalar::Int(*number),
        ValueRef::Scalar(ScalarValueRef::Boolean(yes)) => Scalar::Bool(*yes),
        ValueRef::Scalar(
            ScalarValueRef::Null
            | ScalarValueRef::Uint(_)
            | ScalarValueRef::Bytes(_)
            | ScalarValueRef::F64(_)
            | ScalarValueRef::Counter(_)
            | ScalarValueRef::Timestamp(_)
            | ScalarValueRef::Unknown { .. },
        )
        | ValueRef::Object(_) => Scalar::Null,
    }
}

fn scalar_of(value: &Value<'_>) -> Scalar {
    match value {
        Value::Scalar(scalar) => scalar_from(scalar),
        Value::Object(_) => Scalar::Null,
    }
}

/// What a document's scalar means to the domain. Types Halyard never writes read as nothing.
pub(crate) fn scalar_from(scalar: &ScalarValue) -> Scalar {
    match scalar {
        ScalarValue::Str(text) => Scalar::Text(text.to_string()),
        ScalarValue::Int(number) => Scalar::Int(*number),
        ScalarValue::Boolean(yes) => Scalar::Bool(*yes),
        ScalarValue::Null
        | ScalarValue::Uint(_)
        | ScalarValue::Bytes(_)
        | ScalarValue::F64(_)
        | ScalarValue::Counter(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Unknown { .. } => Scalar::Null,
    }
}

/// The document's scalar for a domain value.
pub(crate) fn scalar_to(scalar: &Scalar) -> ScalarValue {
    match scalar {
        Scalar::Null => ScalarValue::Null,
        Scalar::Bool(yes) => ScalarValue::Boolean(*yes),
        Scalar::Int(number) => ScalarValue::Int(*number),
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
    }
}

fn operation_id(id: &ObjId) -> OperationId {
    match id {
        ObjId::Root => OperationId { counter: 0, actor: String::new() },
        ObjId::Id(counter, actor, _) => OperationId { counter: *counter, actor: actor.to_hex_string() },
    }
}
