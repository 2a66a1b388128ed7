//! Walking promises: nothing a change does escapes the rights, whatever shape a modified app gives it.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue};
use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::{Authored, Record};
use halyard_domain::records::{Priority, ServiceCard, Visit, WorkRow};
use halyard_domain::time::Instant;
use halyard_records::{Action, Document, Editor};

fn edit(document: &mut Document, actor: u8, intents: &[Intent]) -> Vec<ChangeHash> {
    let mut fresh = || [actor; 16];
    let mut editor = Editor { actor: [actor; 16], fresh_actor: &mut fresh, time: 0 };
    document.edit(&mut editor, intents).unwrap().into_iter().map(|change| change.hash).collect()
}

/// A change a modified app makes with the bare library, beside the change that made the first work row.
fn hostile(work: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) -> Vec<String> {
    let mut document = visit_with_a_row();
    let mut automerge = Automerge::load(&document.snapshot().unwrap()).unwrap();
    automerge.set_actor(ActorId::from([66; 16]));
    let mut transaction = automerge.transaction();
    work(&mut transaction);
    let (hash, _) = transaction.commit();
    let change = automerge.get_change_by_hash(&hash.unwrap()).unwrap();
    document.apply([change.raw_bytes()]).unwrap();
    let walked = document.walk(ChangeHash(change.hash().0)).unwrap();
    walked.into_iter().map(|operation| format!("{} {:?}", operation.path, operation.action)).collect()
}

const ROW: &str = "00000000-03e8-7101-8101-010101010101";

fn visit_with_a_row() -> Document {
    let mut document = Document::born(Kind::Visit).unwrap();
    let row = RowId::new_at(1_000, [1; 10]);
    assert_eq!(row.to_string(), ROW);
    let authored = Authored { by: Ref::to(DocumentId::new_at(1, [1; 10])), at: Instant::new(0, 0).unwrap() };
    let work = WorkRow { volume: Some(2.into()), ..WorkRow::default() };
    edit(&mut document, 1, &[Visit::WORKS.add(row, authored, &work)]);
    document
}

fn object(transaction: &impl ReadDoc, field: &str) -> automerge::ObjId {
    transaction.get(ROOT, field).unwrap().unwrap().1
}

fn row(transaction: &impl ReadDoc) -> automerge::ObjId {
    transaction.get(object(transaction, "works"), ROW).unwrap().unwrap().1
}

#[test]
fn an_honest_row_is_one_operation_with_all_its_columns() {
    let document = visit_with_a_row();
    let made = document.changes().last().unwrap().0;
    let walked = document.walk(made).unwrap();
    assert_eq!(walked.len(), 1);
    let Action::MakeRow { columns } = &walked[0].action else { panic!("{walked:?}") };
    assert_eq!(columns.keys().collect::<Vec<_>>(), ["at", "by", "volume"]);
}

#[test]
fn what_no_record_holds_is_nobodys_right() {
    let check = |work: fn(&mut automerge::transaction::Transaction<'_>), expected: &str| {
        let walked = hostile(work);
        assert!(walked.iter().any(|line| line.contains(expected)), "{expected}: {walked:#?}");
    };
    check(|t| t.delete(ROOT, "works").unwrap(), "works Foreign(\"deletes a field\")");
    check(
        |t| drop(t.put_object(ROOT, "works", ObjType::Map).unwrap()),
        "works Foreign(\"makes a container\")",
    );
    check(
        |t| drop(t.put_object(ROOT, "findings", ObjType::Text).unwrap()),
        "findings Foreign(\"makes a container\")",
    );
    check(
        |t| t.delete(object(t, "works"), ROW).unwrap(),
        "Foreign(\"deletes a row instead of withdrawing it\")",
    );
    check(
        |t| drop(t.put_object(object(t, "works"), ROW, ObjType::Map).unwrap()),
        "Foreign(\"makes a row in the place of another\")",
    );
    check(|t| t.put(object(t, "works"), ROW, 1).unwrap(), "Foreign(\"puts a value in the place of a row\")");
    check(|t| t.put(object(t, "works"), "x", 1).unwrap(), "Foreign(\"puts a value in the place of a row\")");
    check(|t| t.delete(row(t), "volume").unwrap(), "Foreign(\"deletes a column\")");
    check(
        |t| drop(t.put_object(row(t), "volume", ObjType::List).unwrap()),
        "Foreign(\"is no operation of a column\")",
    );
    check(
        |t| t.put(ROOT, "number", ScalarValue::counter(5)).unwrap(),
        "number Foreign(\"writes a type of value no record holds\")",
    );
    check(
        |t| t.insert(object(t, "findings"), 0, 7).unwrap(),
        "findings Foreign(\"puts something else than letters into a text\")",
    );
}

#[test]
fn writes_below_a_new_container_are_walked_too() {
    let walked = hostile(|t| {
        let deep = t.put_object(ROOT, "extra", ObjType::Map).unwrap();
        let deeper = t.put_object(&deep, "a", ObjType::Map).unwrap();
        t.put(&deeper, "b", 1).unwrap();
    });
    assert_eq!(walked.iter().filter(|line| line.contains("Foreign")).count(), 3, "{walked:#?}");
}

#[test]
fn a_value_that_loses_the_conflict_is_walked() {
    let mut document = Document::born(Kind::ServiceCard).unwrap();
    let past = document.clone();
    edit(&mut document, 9, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let mut other = past;
    let loser = edit(&mut other, 1, &[ServiceCard::PRIORITY.set(&Priority::Low)]);
    document.apply(other.changes().iter().map(|(_, chunk)| chunk.as_slice())).unwrap();
    let card = ServiceCard::read(&document.reading().unwrap());
    assert_eq!(card.priority, Some(Priority::High));

    let walked = document.walk(loser[0]).unwrap();
    assert_eq!(walked[0].path.to_string(), "priority");
}

#[test]
fn a_conflict_is_decided_by_the_value_that_holds_without_deleting_the_other() {
    let mut document = Document::born(Kind::ServiceCard).unwrap();
    let mut other = document.clone();
    edit(&mut document, 9, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    edit(&mut other, 1, &[ServiceCard::PRIORITY.set(&Priority::Low)]);
    document.apply(other.changes().iter().map(|(_, chunk)| chunk.as_slice())).unwrap();
    let holds = ServiceCard::read(&document.reading().unwrap()).priority.unwrap();

    let decision = edit(&mut document, 9, &[ServiceCard::PRIORITY.set(&holds)]);

    let reading = document.reading().unwrap();
    assert!(reading.conflicts().is_empty());
    assert_eq!(ServiceCard::read(&reading).priority, Some(holds));
    let walked = document.walk(decision[0]).unwrap();
    assert!(matches!(walked[0].action, Action::Put { ends_conflict: true, .. }), "{walked:?}");
    assert!(walked.iter().all(|one| matches!(one.action, Action::Put { .. })), "{walked:?}");
    let told = document.history().unwrap();
    assert_eq!(told.iter().filter(|entry| entry.change == decision[0]).count(), 1);
}

#[test]
fn deciding_a_conflict_is_told_from_an_ordinary_write() {
    let mut document = Document::born(Kind::ServiceCard).unwrap();
    let mut other = document.clone();
    edit(&mut document, 9, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    edit(&mut other, 1, &[ServiceCard::PRIORITY.set(&Priority::Low)]);
    document.apply(other.changes().iter().map(|(_, chunk)| chunk.as_slice())).unwrap();

    let decision = edit(&mut document, 9, &[ServiceCard::PRIORITY.set(&Priority::Urgent)]);
    let after = edit(&mut document, 9, &[ServiceCard::PRIORITY.set(&Priority::Low)]);

    let ends = |hash: ChangeHash| {
        let walked = document.walk(hash).unwrap();
        matches!(walked[0].action, Action::Put { ends_conflict: true, .. })
    };
    assert!(ends(decision[0]));
    assert!(!ends(after[0]));
}
