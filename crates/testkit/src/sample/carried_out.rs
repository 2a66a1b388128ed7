//! What an intent does to a reading, where there is no document.
//!
//! The tests of `halyard-domain` compile this file too: they cannot use this package, because its `halyard-domain`
//! is another one than the one they are built into, with other types.

use halyard_domain::intent::Intent;
use halyard_domain::reading::{Cell, FieldReading, OperationId, Reading, RowReading};

/// Carries out an intent as the operation `born`.
pub(crate) fn carry_out(reading: &mut Reading, born: OperationId, intent: Intent) {
    let fields = &mut reading.fields;
    match intent {
        Intent::Set { path, value } => match (path.row, path.column) {
            (Some(id), Some(column)) => {
                let Some(FieldReading::Rows(rows)) = fields.get_mut(&path.field) else { panic!("no rows") };
                let row = rows.iter_mut().find(|row| row.id == id).unwrap();
                row.columns.insert(column, Cell::settled(value));
            }
            _ => {
                fields.insert(path.field, FieldReading::Cell(Cell::settled(value)));
            }
        },
        Intent::EditText { field, new_text, .. } => {
            fields.insert(field, FieldReading::Text(new_text));
        }
        Intent::AddRow { field, row, columns } => {
            let columns = columns.into_iter().map(|(name, value)| (name, Cell::settled(value))).collect();
            let rows = fields.entry(field).or_insert_with(|| FieldReading::Rows(Vec::new()));
            let FieldReading::Rows(rows) = rows else { panic!("not rows") };
            rows.push(RowReading { id: row, born, columns });
        }
    }
}
