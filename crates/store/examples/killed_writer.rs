//! Writes without end, and says what was acknowledged: `killed_writer FOLDER THREADS`. Every edit comes from
//! a form that was kept as a draft before.
//!
//! The crash tests run it as a process of its own, kill it, and look whether everything it was told is
//! saved is there. It ends by itself only when the store stops, after trying once more.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Cell, FieldReading, Reading};
use halyard_domain::value::Scalar;
use halyard_store::{DocumentCommit, Draft, EditCommit, OwnChange, Store, StoreError};
use halyard_tables::rows::rows_of;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("no folder")?);
    let threads: u8 = arguments.next().ok_or("no number of threads")?.parse()?;
    let store = Arc::new(Store::open(&folder.join("device.db"), [7; 32])?);
    let out = Arc::new(Mutex::new(std::io::stdout()));
    let writers: Vec<_> = (0..threads)
        .map(|thread| {
            let (store, out) = (Arc::clone(&store), Arc::clone(&out));
            std::thread::spawn(move || write_all(&store, &out, thread))
        })
        .collect();
    for writer in writers {
        writer.join().map_err(|_| "a writer panicked")??;
    }
    Ok(())
}

fn write_all(store: &Store, out: &Mutex<std::io::Stdout>, thread: u8) -> Result<(), std::io::Error> {
    let say = |text: String| -> Result<(), std::io::Error> {
        let mut out = out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        writeln!(out, "{text}")?;
        out.flush()
    };
    let mut number = next_number(store, thread);
    loop {
        let draft = Draft { form: form(thread, number), body: "{}".to_owned(), saved_ms: 0 };
        if let Err(error) = store.keep_draft(draft)
            && !matches!(error, StoreError::Stopped(_))
        {
            return say(format!("failed {error}"));
        }
        match store.commit_edits(vec![edit(thread, number)]) {
            Ok(()) => say(format!("saved {thread} {number}"))?,
            Err(StoreError::Stopped(stop)) => {
                let again = store.commit_edits(vec![edit(thread, number)]);
                let still = matches!(again, Err(StoreError::Stopped(_)));
                return say(format!("stopped {:?} {still}", stop.reason));
            }
            Err(error) => return say(format!("failed {error}")),
        }
        number += 1;
    }
}

/// Goes on where the killed run left this thread.
fn next_number(store: &Store, thread: u8) -> u32 {
    let is_there = |number: u32| store.document(document(thread, number)).is_ok_and(|found| found.is_some());
    (0..).find(|number| !is_there(*number)).unwrap_or(0)
}

fn document(thread: u8, number: u32) -> DocumentId {
    DocumentId::made_by_rule(&format!("killed/{thread}/{number}"))
}

fn form(thread: u8, number: u32) -> String {
    format!("{thread} {number}")
}

fn edit(thread: u8, number: u32) -> EditCommit {
    let document = document(thread, number);
    let mut hash = [thread; 32];
    for (byte, value) in hash.iter_mut().zip(number.to_be_bytes()) {
        *byte = value;
    }
    let (hash, chunk) = (ChangeHash(hash), vec![thread; 700]);
    let mut reading = Reading { kind: Kind::Customer, fields: std::collections::BTreeMap::new() };
    let name = Scalar::Text(format!("Замовник {thread} {number}"));
    reading.fields.insert("name".to_owned(), FieldReading::Cell(Cell::settled(name)));
    EditCommit {
        document: DocumentCommit {
            document,
            kind: Kind::Customer,
            generation: 1,
            expected_heads: None,
            base: None,
            changes: vec![(hash, chunk.clone())],
            heads: vec![hash],
            position: None,
            rows: Some(rows_of(document, &reading)),
        },
        own: vec![OwnChange {
            document,
            kind: Kind::Customer,
            generation: 1,
            hash,
            chunk,
            owners: "office".to_owned(),
            intents: "[]".to_owned(),
            before: "[]".to_owned(),
            made_ms: 0,
        }],
        form: Some(form(thread, number)),
        file: None,
    }
}
