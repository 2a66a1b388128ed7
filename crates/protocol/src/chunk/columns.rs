//! The columns of a change: which there may be, and that they fit each other.
//!
//! The number of operations is the length of the action column. Every other column describes the same
//! operations, so it is as long or missing; predecessors have as many items as their group column sums to.

use super::ChunkError;
use super::reader::Reader;
use super::runs::{Run, booleans, counters, numbers, texts, walk as walk_runs};
use crate::limits::{CHANGE_OPERATIONS, PREDECESSORS, SCALAR_BYTES};

/// How many columns a change can have.
const KNOWN: usize = 14;
const DEFLATED: u32 = 0b1000;
/// The highest action Automerge 0.12 knows: a mark.
const LAST_ACTION: u64 = 7;

/// A column by its specification: id × 16 + type.
struct Columns<'a>(Vec<(u32, &'a [u8])>);

impl<'a> Columns<'a> {
    const OBJECT_ACTOR: u32 = 0x01;
    const OBJECT_COUNTER: u32 = 0x02;
    const KEY_ACTOR: u32 = 0x11;
    const KEY_COUNTER: u32 = 0x13;
    const KEY_TEXT: u32 = 0x15;
    const INSERT: u32 = 0x34;
    const ACTION: u32 = 0x42;
    const VALUE_META: u32 = 0x56;
    const VALUE: u32 = 0x57;
    const PRED_GROUP: u32 = 0x70;
    const PRED_ACTOR: u32 = 0x71;
    const PRED_COUNTER: u32 = 0x73;
    const EXPAND: u32 = 0x94;
    const MARK: u32 = 0xa5;

    const ALL: [u32; KNOWN] = [
        Self::OBJECT_ACTOR,
        Self::OBJECT_COUNTER,
        Self::KEY_ACTOR,
        Self::KEY_COUNTER,
        Self::KEY_TEXT,
        Self::INSERT,
        Self::ACTION,
        Self::VALUE_META,
        Self::VALUE,
        Self::PRED_GROUP,
        Self::PRED_ACTOR,
        Self::PRED_COUNTER,
        Self::EXPAND,
        Self::MARK,
    ];

    /// Reads the layout, which stands before all data, and then the data.
    fn read(reader: &mut Reader<'a>) -> Result<Self, ChunkError> {
        let layout = reader.list(KNOWN, |reader| Ok((reader.unsigned()?, reader.unsigned()?)))?;
        let mut columns: Vec<(u32, &[u8])> = Vec::new();
        for (specification, length) in layout {
            let specification = u32::try_from(specification).map_err(|_| ChunkError::Columns)?;
            let in_order = columns.last().is_none_or(|(last, _)| *last < specification);
            let is_plain = specification & DEFLATED == 0;
            if !in_order || !is_plain || !Self::ALL.contains(&specification) {
                return Err(ChunkError::Columns);
            }
            columns.push((specification, reader.take(length)?));
        }
        Ok(Self(columns))
    }

    fn get(&self, specification: u32) -> &'a [u8] {
        self.0.iter().find(|(known, _)| *known == specification).map_or(&[], |(_, data)| data)
    }
}

/// Walks all columns and answers the number of operations. `others` is the number of other actors.
pub(super) fn walk(reader: &mut Reader<'_>, others: usize) -> Result<u64, ChunkError> {
    let columns = Columns::read(reader)?;
    let operations = actions(columns.get(Columns::ACTION))?;
    let actors = u64::try_from(others).unwrap_or(u64::MAX);
    let declared = |actor| if actor <= actors { Ok(()) } else { Err(ChunkError::Actor) };
    let counter = |number| u32::try_from(number).map(|_| ()).map_err(|_| ChunkError::Number);

    let data = |specification| columns.get(specification);
    fits(numbers(data(Columns::OBJECT_ACTOR), operations, declared), operations)?;
    fits(numbers(data(Columns::OBJECT_COUNTER), operations, counter), operations)?;
    fits(numbers(data(Columns::KEY_ACTOR), operations, declared), operations)?;
    fits(counters(data(Columns::KEY_COUNTER), operations, true), operations)?;
    fits(texts(data(Columns::KEY_TEXT), operations), operations)?;
    fits(booleans(data(Columns::INSERT), operations), operations)?;
    fits(values(data(Columns::VALUE_META), data(Columns::VALUE), operations), operations)?;
    fits(booleans(data(Columns::EXPAND), operations), operations)?;
    fits(texts(data(Columns::MARK), operations), operations)?;
    predecessors(&columns, operations, declared)?;
    Ok(operations)
}

/// A column other than the action column is as long as that one, or missing.
fn fits(items: Result<u64, ChunkError>, operations: u64) -> Result<(), ChunkError> {
    match items? {
        0 => Ok(()),
        items if items == operations => Ok(()),
        _ => Err(ChunkError::Column),
    }
}

fn actions(column: &[u8]) -> Result<u64, ChunkError> {
    walk_runs(column, CHANGE_OPERATIONS, Reader::unsigned, |run| match run {
        Run::Of(action, _) if action <= LAST_ACTION => Ok(()),
        Run::Of(..) | Run::Null(_) => Err(ChunkError::Column),
    })
}

/// Checks each value's type, length and bytes, and that all lengths together are the value column.
fn values(meta: &[u8], raw: &[u8], operations: u64) -> Result<u64, ChunkError> {
    let mut raw = Reader::new(raw);
    let items = walk_runs(meta, operations, Reader::unsigned, |run| {
        let Run::Of(meta, count) = run else { return Err(ChunkError::Column) };
        let length = meta >> 4;
        if length > SCALAR_BYTES {
            return Err(ChunkError::TooMuch);
        }
        (0..count).try_for_each(|_| value(meta & 0b1111, raw.take(length)?))
    })?;
    if raw.is_empty() { Ok(items) } else { Err(ChunkError::Column) }
}

fn value(kind: u64, bytes: &[u8]) -> Result<(), ChunkError> {
    let mut reader = Reader::new(bytes);
    let fits = match kind {
        // Null, false, true.
        0..=2 => bytes.is_empty(),
        3 => reader.unsigned().is_ok() && reader.is_empty(),
        // Integers, counters and timestamps.
        4 | 8 | 9 => reader.signed().is_ok() && reader.is_empty(),
        5 => bytes.len() == 8,
        6 => return std::str::from_utf8(bytes).map(|_| ()).map_err(|_| ChunkError::Text),
        7 => true,
        _ => false,
    };
    if fits { Ok(()) } else { Err(ChunkError::Column) }
}

fn predecessors(
    columns: &Columns<'_>,
    operations: u64,
    declared: impl Fn(u64) -> Result<(), ChunkError>,
) -> Result<(), ChunkError> {
    let mut named = 0_u64;
    let group = walk_runs(columns.get(Columns::PRED_GROUP), operations, Reader::unsigned, |run| {
        let Run::Of(each, count) = run else { return Err(ChunkError::Column) };
        let more = each.checked_mul(count).and_then(|more| named.checked_add(more));
        named = more.filter(|named| *named <= PREDECESSORS).ok_or(ChunkError::TooMuch)?;
        Ok(())
    });
    fits(group, operations)?;
    let actors = walk_runs(columns.get(Columns::PRED_ACTOR), named, Reader::unsigned, |run| match run {
        Run::Of(actor, _) => declared(actor),
        Run::Null(_) => Err(ChunkError::Column),
    })?;
    let counters = counters(columns.get(Columns::PRED_COUNTER), named, false)?;
    if actors == named && counters == named { Ok(()) } else { Err(ChunkError::Column) }
}
