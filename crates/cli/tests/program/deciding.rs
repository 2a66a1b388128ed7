//! Two values at one place: shown with who and when, decided by number or by value.

use halyard_device::domain::hash::ChangeHash;
use halyard_device::domain::id::DocumentId;
use halyard_device::records::Document;
use halyard_device::store::{DocumentCommit, PageCommit, Store, Unlock};
use halyard_device::tables::rows::rows_of;
use insta::assert_snapshot;

use crate::bench::{Bench, copy};

/// A card whose priority two copies of one profile changed apart, brought together on the first.
fn disputed() -> (Bench, String) {
    let (here, there) = (Bench::enrolled(), Bench::empty());
    let card = here.new_record(&["service-card", "subject=Котел", "priority=low"]);
    copy(&here.profile(), &there.profile());
    here.ok(&["edit", &card, "priority=high"]);
    there.ok(&["edit", &card, "priority=urgent"]);
    bring_together(&here, &there, &card);
    (here, card)
}

/// Brings what was done to a record in the second profile into the first.
fn bring_together(here: &Bench, there: &Bench, card: &str) {
    let theirs = load(&there.store(&Unlock::DemoKeyFile), card.parse().unwrap()).1;
    let store = here.store(&Unlock::DemoKeyFile);
    let (heads, mut ours) = load(&store, card.parse().unwrap());
    let changes = theirs.changes();
    ours.apply(changes.iter().map(|(_, chunk)| chunk.as_slice())).unwrap();
    keep(&store, card.parse().unwrap(), heads, &ours);
}

/// Keeps a record that was changed beside the program.
pub(crate) fn keep(store: &Store, document: DocumentId, heads: Vec<ChangeHash>, record: &Document) {
    let commit = DocumentCommit {
        document,
        kind: record.kind(),
        generation: 0,
        expected_heads: Some(heads),
        base: Some(record.snapshot().unwrap()),
        changes: Vec::new(),
        heads: record.heads(),
        position: None,
        rows: Some(rows_of(document, &record.reading().unwrap())),
    };
    store.commit_page(PageCommit { documents: vec![commit], ..PageCommit::default() }).unwrap();
}

pub(crate) fn load(store: &Store, document: DocumentId) -> (Vec<ChangeHash>, Document) {
    let stored = store.document(document).unwrap().unwrap();
    let loaded = Document::load(&stored.base, stored.tail.iter().map(Vec::as_slice)).unwrap();
    (stored.heads, loaded)
}

fn priorities(bench: &Bench, card: &str) -> Vec<String> {
    let shown = bench.json(&["show", card]);
    let rivals = shown["conflicts"][0]["rivals"].as_array().cloned().unwrap_or_default();
    rivals.iter().map(|rival| rival["value"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_conflict_is_shown_and_decided_by_number() {
    let (bench, card) = disputed();
    let rivals = priorities(&bench, &card);
    assert_eq!(rivals.len(), 2);
    let shown = bench.ok(&["show", &card, "--lang", "uk"]);
    assert!(shown.contains("Потребує рішення\n  priority · пріоритет\n    1) "), "{shown}");
    assert_snapshot!(bench.fails(2, &["decide", &card, "priority", "--take", "3", "--lang", "uk"]), @"Помилка: Значень 2: виберіть --take від 1 до 2.");
    assert_snapshot!(bench.ok(&["decide", &card, "priority", "--take", "1", "--lang", "uk"]), @"Рішення щодо поля «пріоритет» збережено на цьому пристрої.");
    let after = bench.json(&["show", &card]);
    assert_eq!(after["conflicts"], serde_json::json!([]));
    assert_eq!(after["fields"]["priority"]["cell"]["value"], rivals[0].as_str());
}

#[test]
fn a_conflict_is_decided_by_a_third_value_too() {
    let (bench, card) = disputed();
    bench.ok(&["decide", &card, "priority", "звичайний"]);
    assert_eq!(priorities(&bench, &card), Vec::<String>::new());
    assert_snapshot!(bench.fails(1, &["decide", &card, "priority", "low", "--lang", "en"]), @r#"Error: The field "priority" needs no decision. Nothing was changed."#);
}

#[test]
fn an_edit_writes_over_no_conflict_and_the_status_counts_what_waits() {
    let (bench, card) = disputed();
    assert_snapshot!(bench.fails(1, &["edit", &card, "priority=low", "--lang", "uk"]), @"Помилка: У полі «пріоритет» стоять різні значення, і спершу треба вибрати одне з них. Нічого не змінено. Подивіться: halyard show [id]. Виберіть: halyard decide [id] priority --take 1");
    assert_eq!(priorities(&bench, &card).len(), 2, "both values still stand");
    assert_eq!(bench.json(&["status"])["undecided"], 1);
    let status = bench.ok(&["status", "--lang", "uk"]);
    let said = "Потребує рішення: 1 запис. Перелік: halyard list service-card --where \"conflicts>=1\" (1).";
    assert!(status.contains(said), "{status}");
    let listed = bench.json(&["list", "service-card", "--where", "conflicts>=1"]);
    assert_eq!(listed["rows"].as_array().unwrap().len(), 1, "{listed}");
    bench.ok(&["edit", &card, "subject=Котел №2"]);
    bench.ok(&["decide", &card, "priority", "--take", "1"]);
    assert_eq!(bench.json(&["status"])["undecided"], 0);
}

#[test]
fn answers_that_differ_wait_for_a_decision_too() {
    let (here, there) = (Bench::enrolled(), Bench::empty());
    let item = "position=1,text=Тяга є?,answer_kind=yes_no";
    let checklist = here.new_record(&["checklist", "name=Котел", "--add", "items", item]);
    let card = here.new_record(&["service-card", "subject=Котел", &format!("checklist={checklist}")]);
    let visit = here.new_record(&["visit", &format!("card={card}")]);
    copy(&here.profile(), &there.profile());
    here.ok(&["edit", &visit, "--answer", "1=так"]);
    there.ok(&["edit", &visit, "--answer", "1=ні"]);
    bring_together(&here, &there, &visit);

    let shown = here.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("  [різні відповіді, дайте одну]\n"), "{shown}");
    let status = here.ok(&["status", "--lang", "en"]);
    assert!(status.contains("A list: halyard list visit --where \"conflicts>=1\" (1)."), "{status}");
    assert_eq!(here.json(&["list", "visit", "--where", "conflicts>=1", "--count"])["count"], 1);

    here.ok(&["edit", &visit, "--answer", "1=н/з"]);
    assert!(here.ok(&["show", &visit, "--lang", "uk"]).contains("1. Тяга є?: н/з\n"));
    assert_eq!(here.json(&["status"])["undecided"], 0);
}

#[test]
fn a_proposal_is_accepted_over_no_values_that_wait_for_a_decision() {
    let (here, there) = (Bench::enrolled(), Bench::empty());
    let card = here.new_record(&["service-card", "subject=Котел", "priority=low"]);
    here.ok(&["propose", &card, "priority=urgent", "--why", "клієнт просить"]);
    copy(&here.profile(), &there.profile());
    here.ok(&["edit", &card, "priority=high"]);
    there.ok(&["edit", &card, "priority=normal"]);
    bring_together(&here, &there, &card);
    let said = here.fails(1, &["answer", &card, "1", "--accept", "--lang", "uk"]);
    assert!(said.contains("У полі «пріоритет» стоять різні значення"), "{said}");
    assert_eq!(priorities(&here, &card).len(), 2, "both values still stand");
    here.ok(&["answer", &card, "1", "--decline", "--lang", "uk"]);
    assert_eq!(priorities(&here, &card).len(), 2, "a declined wish touches nothing");
}

#[test]
fn a_proposed_text_is_accepted_beside_what_was_written_since() {
    let bench = Bench::enrolled();
    let card = format!("card={}", bench.new_record(&["service-card", "subject=Котел"]));
    let visit = bench.new_record(&["visit", &card, "--text", "findings=Тече насос."]);
    bench.ok(&["propose", &visit, "findings=Тече насос. Замінити ущільнення.", "--why", "бачив сам"]);
    bench.ok(&["edit", &visit, "--text", "findings=Увага! Тече насос."]);
    bench.ok(&["answer", &visit, "1", "--accept"]);
    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("  Увага! Тече насос. Замінити ущільнення.\n"), "{shown}");
}

#[test]
fn a_proposed_text_that_somebody_typed_in_meanwhile_is_not_written_twice() {
    let bench = Bench::enrolled();
    let card = format!("card={}", bench.new_record(&["service-card", "subject=Котел"]));
    let visit = bench.new_record(&["visit", &card]);
    bench.ok(&["propose", &visit, "findings=Тече насос.", "--why", "бачив сам"]);
    bench.ok(&["edit", &visit, "--text", "findings=Тече насос."]);
    bench.ok(&["answer", &visit, "1", "--accept"]);
    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert_eq!(shown.lines().filter(|line| line.trim() == "Тече насос.").count(), 1, "{shown}");
}
