use halyard_domain::id::EpochId;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{ContactPerson, Customer};
use halyard_domain::value::Scalar;
use halyard_protocol::cbor;
use halyard_protocol::envelope::Envelope;
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::keys::Signature;
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::signed::Signed as _;
use halyard_protocol::time::UnixMs;
use halyard_store::SyncStateChange;

use super::*;
use crate::sync::bench::{device, relay};
use crate::sync::incoming::Source;
use crate::sync_names::Standing;

/// Sends what is unsent and lets the relay answer so; the envelope it was sent in.
fn answered(device: &Device, outcome: Outcome, reason: Option<Reason>) -> Envelope {
    device.seal_unsent().unwrap();
    let sent = device.store.unanswered(10).unwrap();
    assert_eq!(sent.len(), 1);
    let envelope: Envelope = cbor::decode(&sent[0].bytes, 1 << 20).unwrap();
    device.take_receipts(&[receipt(&envelope, outcome, reason)]).unwrap();
    envelope
}

fn receipt(envelope: &Envelope, outcome: Outcome, reason: Option<Reason>) -> Receipt {
    let mut receipt = Receipt {
        v: 1,
        workspace: envelope.workspace,
        epoch: EpochId::made_by_rule("first"),
        envelope: name_of(envelope),
        outcome,
        position: (outcome == Outcome::Accepted).then_some(Position(1)),
        arrived: UnixMs(0),
        reason,
        path: None,
        by: None,
        signature: Signature::missing(),
    };
    receipt.sign(&relay()).unwrap();
    receipt
}

fn name_of(envelope: &Envelope) -> EnvelopeHash {
    envelope.header().hash().unwrap()
}

/// Puts the relay's copy in place of ours.
fn rebuilt(device: &Device, id: DocumentId, theirs: &Document) {
    let bytes = theirs.snapshot().unwrap();
    let heads = Heads::new(theirs.heads());
    let fetched = Fetched {
        document: id,
        kind: Kind::Customer,
        generation: Generation(0),
        position: Position(1),
        bytes: &bytes,
        heads: &heads,
    };
    assert!(device.rebuild(&fetched).unwrap());
}

#[test]
fn work_that_waited_goes_on_although_the_session_ended_with_the_news_of_the_acceptance() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, vec![Customer::NAME.set(&"Ґрунт".to_owned())]).unwrap();
    answered(&device, Outcome::Accepted, None);
    let (_, mut theirs) = device.opened(id).unwrap().unwrap();

    // A contact person is refused, and what was written about them later stands behind it.
    let person = ContactPerson { surname: Some("Мороз".to_owned()), ..ContactPerson::default() };
    let add = device.add(&Customer::CONTACTS, &person).unwrap();
    let row = add.path().row.unwrap();
    device.edit(id, vec![add]).unwrap();
    let refused = answered(&device, Outcome::Quarantined, Some(Reason::NotAllowed));
    let surname = FieldPath::column(Customer::CONTACTS.name, row, "surname");
    let corrected = Scalar::Text("Морозова".to_owned());
    device.edit(id, vec![Intent::Set { path: surname, value: corrected.clone() }]).unwrap();
    answered(&device, Outcome::Blocked, Some(Reason::Behind { envelope: name_of(&refused) }));
    rebuilt(&device, id, &theirs);
    assert_eq!(device.unrebuilt().unwrap(), BTreeSet::new(), "it waits for the decision");

    let accepted = receipt(&refused, Outcome::Accepted, None);
    let state = SyncStateChange::default();
    device.take_entries(&Source { entries: &[Entry::Receipt(accepted)], state, relay_now_ms: None }).unwrap();

    // The next session finds it, and enters it again on what the office has now.
    assert_eq!(device.unrebuilt().unwrap(), BTreeSet::from([id]));
    theirs.apply(refused.changes.iter().map(|chunk| chunk.0.as_slice())).unwrap();
    rebuilt(&device, id, &theirs);
    let reading = device.show(id).unwrap().reading;
    let written = reading.row(Customer::CONTACTS.name, row).unwrap().columns.get("surname").unwrap();
    assert_eq!(written.value, corrected);
    assert_eq!(device.store.unsent_count().unwrap(), 1);
    assert_eq!(device.unrebuilt().unwrap(), BTreeSet::new());
}

#[test]
fn a_refusal_that_was_put_away_before_its_record_was_rebuilt_leaves_the_record_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, vec![Customer::NAME.set(&"Ґрунт".to_owned())]).unwrap();
    answered(&device, Outcome::Accepted, None);
    let (_, theirs) = device.opened(id).unwrap().unwrap();

    // The session ends with the news of the refusal, and the person puts it away.
    device.edit(id, vec![Customer::NAME.set(&"Ґрунт і син".to_owned())]).unwrap();
    answered(&device, Outcome::Quarantined, Some(Reason::NotAllowed));
    let [refused] = device.not_accepted().unwrap().try_into().unwrap();
    device.put_away(&refused.envelope).unwrap();

    assert_eq!(device.unrebuilt().unwrap(), BTreeSet::from([id]));
    rebuilt(&device, id, &theirs);
    let name = device.show(id).unwrap().reading.value(Customer::NAME.name).clone();
    assert_eq!(name.as_text(), Some("Ґрунт"));
    assert_eq!(device.unrebuilt().unwrap(), BTreeSet::new());
    assert!(device.not_accepted().unwrap().is_empty());
}

#[test]
fn a_refusal_that_was_put_away_by_mistake_is_listed_again_unless_the_office_took_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, vec![Customer::NAME.set(&"Ґрунт".to_owned())]).unwrap();
    let sent = answered(&device, Outcome::Quarantined, Some(Reason::NotAllowed));
    let [refused] = device.not_accepted().unwrap().try_into().unwrap();

    // Screens that show either hear of both.
    let mut news = device.news();
    device.put_away(&refused.envelope).unwrap();
    assert_eq!(news.try_recv().unwrap().records[0].document, id);
    assert!(device.not_accepted().unwrap().is_empty());
    assert!(device.put_back(&refused.envelope).unwrap());
    assert_eq!(news.try_recv().unwrap().records[0].document, id);
    let [again] = device.not_accepted().unwrap().try_into().unwrap();
    assert_eq!((again.envelope, again.entered.len()), (refused.envelope.clone(), refused.entered.len()));
    assert_eq!(device.show(id).unwrap().standing, Standing::NotAccepted);

    device.put_away(&refused.envelope).unwrap();
    device.take_receipts(&[receipt(&sent, Outcome::Accepted, None)]).unwrap();
    assert!(!device.put_back(&refused.envelope).unwrap());
    assert!(device.not_accepted().unwrap().is_empty());
}

#[test]
fn work_whose_refusal_was_put_away_no_longer_marks_its_record() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, vec![Customer::NAME.set(&"Ґрунт".to_owned())]).unwrap();
    answered(&device, Outcome::Accepted, None);
    let (_, theirs) = device.opened(id).unwrap().unwrap();
    let standing = || device.show(id).unwrap().standing;

    // The office declines a contact person; what was written about them later stands behind it.
    let person = ContactPerson { surname: Some("Мороз".to_owned()), ..ContactPerson::default() };
    let add = device.add(&Customer::CONTACTS, &person).unwrap();
    let surname = FieldPath::column(Customer::CONTACTS.name, add.path().row.unwrap(), "surname");
    device.edit(id, vec![add]).unwrap();
    let declined =
        answered(&device, Outcome::Quarantined, Some(Reason::Declined { answer: "ні".to_owned() }));
    let corrected = Scalar::Text("Морозова".to_owned());
    device.edit(id, vec![Intent::Set { path: surname, value: corrected }]).unwrap();
    answered(&device, Outcome::Blocked, Some(Reason::Behind { envelope: name_of(&declined) }));
    rebuilt(&device, id, &theirs);
    assert_eq!(standing(), Standing::NotAccepted);

    let [refused] = device.not_accepted().unwrap().try_into().unwrap();
    device.put_away(&refused.envelope).unwrap();
    assert_eq!(standing(), Standing::InOffice);
    device.edit(id, vec![Customer::NAME.set(&"Ґрунт і син".to_owned())]).unwrap();
    assert_eq!(standing(), Standing::OnDevice);
    answered(&device, Outcome::Accepted, None);
    assert_eq!(standing(), Standing::InOffice);
}
