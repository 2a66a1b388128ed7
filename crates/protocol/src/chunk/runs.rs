//! Walking the compressed columns of a change by their runs.
//!
//! A run of two million equal values is one step here. What is counted is capped while it is counted, so
//! the promised length of a run never becomes work or memory.

use super::ChunkError;
use super::reader::Reader;
use crate::limits::KEY_BYTES;

/// Some items of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run<V> {
    /// The same value so many times.
    Of(V, u64),
    /// So many times no value.
    Null(u64),
}

/// Walks a run-length encoded column of at most `most` items and answers how many it has.
pub(super) fn walk<'a, V>(
    column: &'a [u8],
    most: u64,
    read: impl Fn(&mut Reader<'a>) -> Result<V, ChunkError>,
    mut on_run: impl FnMut(Run<V>) -> Result<(), ChunkError>,
) -> Result<u64, ChunkError> {
    let (mut reader, mut items) = (Reader::new(column), 0_u64);
    while !reader.is_empty() {
        let header = reader.signed()?;
        let count = if header == 0 { reader.unsigned()? } else { header.unsigned_abs() };
        items =
            items.checked_add(count).filter(|items| *items <= most).ok_or(ChunkError::TooManyOperations)?;
        if header > 0 {
            on_run(Run::Of(read(&mut reader)?, count))?;
        } else if header < 0 {
            for _ in 0..count {
                on_run(Run::Of(read(&mut reader)?, 1))?;
            }
        } else if count == 0 {
            return Err(ChunkError::Column);
        } else {
            on_run(Run::Null(count))?;
        }
    }
    Ok(items)
}

/// Walks a column of numbers that may be missing.
pub(super) fn numbers(
    column: &[u8],
    most: u64,
    mut check: impl FnMut(u64) -> Result<(), ChunkError>,
) -> Result<u64, ChunkError> {
    walk(column, most, Reader::unsigned, |run| match run {
        Run::Of(number, _) => check(number),
        Run::Null(_) => Ok(()),
    })
}

/// Walks a column of operation counters written as differences: none may leave 0 to 2³².
pub(super) fn counters(column: &[u8], most: u64, may_be_null: bool) -> Result<u64, ChunkError> {
    let mut counter = 0_i64;
    walk(column, most, Reader::signed, |run| match run {
        Run::Of(difference, count) => {
            let steps = i64::try_from(count).map_err(|_| ChunkError::Number)?;
            let moved = difference.checked_mul(steps).and_then(|by| counter.checked_add(by));
            counter = moved.filter(|at| u32::try_from(*at).is_ok()).ok_or(ChunkError::Number)?;
            Ok(())
        }
        Run::Null(_) if may_be_null => Ok(()),
        Run::Null(_) => Err(ChunkError::Column),
    })
}

/// Walks a column of keys or names that may be missing.
pub(super) fn texts(column: &[u8], most: u64) -> Result<u64, ChunkError> {
    walk(column, most, Reader::prefixed, |run| match run {
        Run::Of(text, _) if text.len() > KEY_BYTES => Err(ChunkError::TooMuch),
        Run::Of(text, _) => std::str::from_utf8(text).map(|_| ()).map_err(|_| ChunkError::Text),
        Run::Null(_) => Ok(()),
    })
}

/// Walks a column of booleans: alternating counts of false and true.
pub(super) fn booleans(column: &[u8], most: u64) -> Result<u64, ChunkError> {
    let (mut reader, mut items) = (Reader::new(column), 0_u64);
    while !reader.is_empty() {
        let count = reader.unsigned()?;
        items =
            items.checked_add(count).filter(|items| *items <= most).ok_or(ChunkError::TooManyOperations)?;
    }
    Ok(items)
}
