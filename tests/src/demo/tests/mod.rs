//! What the demo company promises: equal bytes for equal seeds, whole links, the promised numbers, and
//! a company in the middle of its work.

mod life;
mod sameness;
mod wording;

use std::collections::BTreeMap;

use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::time::Instant;
use halyard_records::{Document, Editor};

use super::{Demo, DemoRecord, Size};

/// A Wednesday before lunch.
fn now() -> Instant {
    "2026-03-04T11:20:00+02:00".parse().unwrap()
}

fn small(seed: u64) -> Demo {
    Demo::new(seed, Size::Small, now())
}

/// The record as a document, every edit carried out.
fn document(record: &DemoRecord) -> Document {
    let actor = |author: DocumentId| author.as_bytes().to_owned();
    let mut fresh = || -> [u8; 16] { panic!("a text was edited at heads that are gone") };
    let mut document = Document::born(record.kind).unwrap();
    let mut editor =
        Editor { actor: actor(record.author), fresh_actor: &mut fresh, time: record.at.unix_seconds() };
    document.edit_at_birth(&mut editor, &record.births).unwrap();
    for edit in &record.later {
        let intents = edit.intents_at(&document.heads());
        let time = edit.at.unix_seconds();
        let mut editor = Editor { actor: actor(edit.author), fresh_actor: &mut fresh, time };
        let made = document.edit(&mut editor, &intents).unwrap();
        assert!(!made.is_empty(), "an edit that changes nothing: {intents:?}");
    }
    document
}

fn readings(demo: &Demo) -> BTreeMap<DocumentId, Reading> {
    demo.records().map(|record| (record.document, document(&record).reading().unwrap())).collect()
}

fn every_intent(record: &DemoRecord) -> impl Iterator<Item = &Intent> {
    record.births.iter().chain(record.later.iter().flat_map(super::LaterEdit::intents))
}
