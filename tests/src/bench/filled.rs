//! A device with very many records: it belongs to somebody of the small demo company, and the records of another are
//! written into its database as a first sync writes them, without a relay. Making and merging a hundred thousand
//! visits over a network would measure nothing more of lists and of a start.

use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::Context;
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::kind::Kind;
use halyard_records::{Document, Editor};
use halyard_store::{DocumentCommit, PageCommit};
use halyard_tables::rows::rows_of;

use super::Bench;
use super::company::{DEVICE, ORGANISATION};
use crate::demo::{Demo, DemoRecord, Post, Size};
use crate::harness::{RelayFolder, TestDevice};

/// The seed of the records written: not that of the small company, whose ids are others.
pub(super) const SEED: u64 = 2;
/// The seed of the small company.
const SMALL_SEED: u64 = 1;
/// Records in one transaction.
const PART: usize = 2_000;
/// How many parts wait to be written.
const WAITING: usize = 1;
/// It is said how far it is after so many records.
const SAID: usize = 10_000;

/// Makes the device that of the first person on this post, in step with a small company whose relay has ended.
pub(super) fn join(bench: &mut Bench<'_>, folder: &Path, post: Post) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let relay = RelayFolder::without_tls(&folder.join("relay"), ORGANISATION)?;
    relay.fill_with_demo(Size::Small.name(), &mut |_| {})?;
    let demo = Demo::new(SMALL_SEED, Size::Small, ThisMachine.now());
    let person = demo.people().iter().find(|person| person.post == post);
    let person = person.with_context(|| format!("the small company has no {}", post.role()))?;
    let running = relay.start()?;
    let device = TestDevice::open(folder, DEVICE)?;
    bench.runtime.block_on(device.join(&relay, &person.full_name))?;
    bench.runtime.block_on(device.sync())?;
    drop(running);
    Ok(())
}

/// Writes the records of a demo company into the device's database. What there is one of stays as it was.
pub(super) fn fill(folder: &Path, demo: &Demo, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
    let store = TestDevice::store(folder, DEVICE)?;
    let (total, mut done) = (demo.total(), 0);
    thread::scope(|scope| {
        let (made, parts) = sync_channel(WAITING);
        let making = scope.spawn(move || -> anyhow::Result<()> {
            let mut records = demo.records().filter(|record| record.kind != Kind::Company).peekable();
            while records.peek().is_some() {
                let part = records.by_ref().take(PART).map(|record| commit(&record));
                // Nobody takes it when the writing has failed, which is told then.
                if made.send(part.collect::<anyhow::Result<Vec<_>>>()?).is_err() {
                    break;
                }
            }
            Ok(())
        });
        for documents in parts {
            done += documents.len();
            store.commit_page(PageCommit { documents, ..PageCommit::default() })?;
            if done % SAID == 0 {
                say(&format!("  {done} of {total} records written"));
            }
        }
        making.join().ok().context("the making of records ended early")?
    })
}

/// The record as a first sync brings it.
fn commit(record: &DemoRecord) -> anyhow::Result<DocumentCommit> {
    let mut document = Document::born(record.kind)?;
    let mut fresh = || *record.document.as_bytes();
    let actor = *record.author.as_bytes();
    let time = record.at.unix_seconds();
    document.edit_at_birth(&mut Editor { actor, fresh_actor: &mut fresh, time }, &record.births)?;
    for edit in &record.later {
        let intents = edit.intents_at(&document.heads());
        let (actor, time) = (*edit.author.as_bytes(), edit.at.unix_seconds());
        document.edit(&mut Editor { actor, fresh_actor: &mut fresh, time }, &intents)?;
    }
    Ok(DocumentCommit {
        document: record.document,
        kind: record.kind,
        generation: 0,
        expected_heads: None,
        base: Some(document.snapshot()?),
        changes: Vec::new(),
        heads: document.heads(),
        position: Some(1),
        rows: Some(rows_of(record.document, &document.reading()?)),
    })
}
