//! The documents of a company as Automerge files, for systems that know nothing of Halyard.
//!
//! A list names every document with its heads, newest first; a folder holds the documents themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_records::Document;
use rusqlite::Connection;
use serde_json::json;

use super::company::{DEVICE, Pair};
use crate::harness::TestDevice;

/// Every document with its heads.
pub(super) type List = BTreeMap<DocumentId, Vec<ChangeHash>>;

/// The documents in the relay's database.
pub(super) fn list(pair: &Pair) -> anyhow::Result<List> {
    let mut list = List::new();
    let database = pair.database()?;
    let mut statement = database.prepare("SELECT document_id, heads FROM document")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, heads): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let heads = heads.chunks(32).map(ChangeHash::from_slice).collect::<Result<_, _>>()?;
        list.insert(DocumentId::from_slice(&id)?, heads);
    }
    Ok(list)
}

/// Writes the relay's documents, those of `only` when it is given.
pub(super) fn write_relays(
    pair: &Pair,
    only: Option<&BTreeSet<DocumentId>>,
    folder: &Path,
) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    let database: Connection = pair.database()?;
    let mut statement = database.prepare("SELECT document_id, snapshot FROM document_state")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, bytes): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let id = DocumentId::from_slice(&id)?;
        if only.is_none_or(|only| only.contains(&id)) {
            fs::write(folder.join(file_name(id)), bytes)?;
        }
    }
    Ok(())
}

/// Writes the device's documents that have other heads than `known`, and gives their heads.
pub(super) fn write_changed_devices(pair: &Pair, known: &List, folder: &Path) -> anyhow::Result<List> {
    fs::create_dir_all(folder)?;
    let store = TestDevice::store(&pair.device(), DEVICE)?;
    let mut changed = List::new();
    for (id, _) in store.document_ids()? {
        let stored = store.document(id)?.context("a document that is listed is there")?;
        if known.get(&id) != Some(&stored.heads) {
            let document = Document::load(&stored.base, stored.tail.iter().map(Vec::as_slice))?;
            fs::write(folder.join(file_name(id)), document.snapshot()?)?;
            changed.insert(id, stored.heads);
        }
    }
    Ok(changed)
}

/// Writes a list, newest records first.
pub(super) fn write_list(list: &List, path: &Path) -> anyhow::Result<()> {
    let hex = |heads: &[ChangeHash]| heads.iter().map(ToString::to_string).collect::<Vec<_>>();
    let all = list.iter().rev().map(|(id, heads)| json!({ "id": plain(*id), "heads": hex(heads) }));
    fs::write(path, serde_json::to_vec(&all.collect::<Vec<_>>())?)?;
    Ok(())
}

/// The heads documents have when what was written on both sides without each other has met.
pub(super) fn met(before: &List, remote: &List, local: &List) -> List {
    let mut met = remote.clone();
    for (id, heads) in local {
        let theirs = remote.get(id).filter(|heads| before.get(id) != Some(heads));
        let mut both: Vec<ChangeHash> = heads.iter().chain(theirs.into_iter().flatten()).copied().collect();
        both.sort();
        both.dedup();
        met.insert(*id, both);
    }
    met
}

fn file_name(id: DocumentId) -> String {
    format!("{}.automerge", plain(id))
}

/// The 16 bytes of an id in hexadecimal digits.
fn plain(id: DocumentId) -> String {
    id.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_on_both_sides_has_the_heads_of_both() {
        let id = |byte: u8| DocumentId::new_at(u64::from(byte), [byte; 10]);
        let head = |byte: u8| ChangeHash([byte; 32]);
        let before = List::from([(id(1), vec![head(1)]), (id(2), vec![head(2)]), (id(3), vec![head(3)])]);
        let remote = List::from([(id(1), vec![head(9)]), (id(2), vec![head(2)]), (id(3), vec![head(8)])]);
        let local = List::from([(id(1), vec![head(5)]), (id(2), vec![head(6)])]);

        let met = met(&before, &remote, &local);

        assert_eq!(met[&id(1)], [head(5), head(9)]);
        assert_eq!(met[&id(2)], [head(6)]);
        assert_eq!(met[&id(3)], [head(8)]);
    }
}
