//! Where a page of entries ends.
//!
//! A page is cut by the size of its entries before compression. An entry is never cut, and a page always
//! takes at least one, so a document larger than a page still arrives.

use crate::limits::{PAGE_BYTES, PAGE_BYTES_MOST};
use crate::pull::Entry;
use crate::receipt::{Receipted, Stamp};

/// Roughly what the fields of an entry take besides its bytes.
const ENTRY_BYTES: usize = 160;
/// Roughly what an envelope with its receipt takes besides its changes.
const ENVELOPE_BYTES: usize = 640;
/// What a hash takes in CBOR.
const HASH_BYTES: usize = 34;

/// The size of the page a request asks for, within what is allowed.
#[must_use]
pub fn page_bytes(asked: Option<u32>) -> usize {
    let bytes = asked.unwrap_or(PAGE_BYTES).clamp(1, PAGE_BYTES_MOST);
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// Decides entry by entry whether a page has room.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    most: usize,
    used: usize,
    entries: usize,
}

impl Page {
    /// An empty page of at most so many bytes.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { most, used: 0, entries: 0 }
    }

    /// Takes an entry of this size, or answers that the page is full. The first one is always taken.
    pub fn take(&mut self, bytes: usize) -> bool {
        let used = self.used.saturating_add(bytes);
        if self.entries > 0 && used > self.most {
            return false;
        }
        self.used = used;
        self.entries += 1;
        true
    }

    /// Whether nothing was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The bytes taken.
    #[must_use]
    pub const fn used(&self) -> usize {
        self.used
    }
}

/// How many of the entries, by their sizes, the next page takes.
#[must_use]
pub fn cut(sizes: impl IntoIterator<Item = usize>, most: usize) -> usize {
    let mut page = Page::new(most);
    sizes.into_iter().take_while(|size| page.take(*size)).count()
}

/// What an entry counts for, before compression: its bytes exactly, the rest roughly.
#[must_use]
pub fn entry_bytes(entry: &Entry) -> usize {
    let inside = match entry {
        Entry::Snapshot(snapshot) => {
            let envelopes = snapshot.envelopes.iter().map(|Receipted { envelope, receipt }| {
                envelope_bytes(envelope.changes.len() * HASH_BYTES, envelope.replaces.len(), receipt)
            });
            snapshot.bytes.len() + envelopes.sum::<usize>()
        }
        Entry::Changes(changes) => changes
            .envelopes
            .iter()
            .map(|Receipted { envelope, receipt }| {
                envelope_bytes(envelope.chunk_bytes(), envelope.replaces.len(), receipt)
            })
            .sum(),
        Entry::Replaced(replaced) => replaced.bytes.len(),
        Entry::Receipt(_) | Entry::Control(_) => ENVELOPE_BYTES,
        Entry::Gone(_) | Entry::Archived(_) => 0,
    };
    ENTRY_BYTES + inside
}

fn envelope_bytes(changes: usize, replaces: usize, stamp: &Stamp) -> usize {
    ENVELOPE_BYTES + changes + replaces * HASH_BYTES + stamp.path.as_ref().map_or(0, String::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_before_the_entry_that_does_not_fit() {
        assert_eq!(cut([40, 40, 40], 100), 2);
        assert_eq!(cut([40, 60, 1], 100), 2);
        assert_eq!(cut([], 100), 0);
    }

    #[test]
    fn an_entry_larger_than_a_page_travels_alone() {
        assert_eq!(cut([500, 1], 100), 1);
        assert_eq!(cut([1, 500], 100), 1);
    }

    #[test]
    fn a_device_cannot_ask_for_a_page_without_end_or_without_room() {
        assert_eq!(page_bytes(None), 1 << 20);
        assert_eq!(page_bytes(Some(0)), 1);
        assert_eq!(page_bytes(Some(u32::MAX)), 8 << 20);
    }
}
