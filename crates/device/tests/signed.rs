//! What is written after the customer has signed is told apart from what was signed.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use halyard_device::Device;
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Signature, Visit, VisitAct, VisitEvent, WorkRow};
use halyard_testkit::clock::TestClock;
use halyard_testkit::device::device;

/// The places of a visit's history that no signature covers.
fn unsigned(device: &Device, visit: DocumentId) -> Vec<String> {
    let history = device.history(visit).unwrap();
    let late = history.into_iter().filter(|line| line.after_signature);
    late.map(|line| line.entry.path.field).collect()
}

#[test]
fn only_facts_beyond_every_signature_are_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path(), &TestClock::monday(0));
    let visit = device.create(Kind::Visit, vec![Visit::CARD.set(&Ref::to(device.new_id()))]).unwrap();
    let work = |hours: i64| WorkRow { hours: Some(hours.into()), ..WorkRow::default() };
    let add_work =
        |hours| device.edit(visit, vec![device.add(&Visit::WORKS, &work(hours)).unwrap()]).unwrap();
    let sign = || {
        let visit_heads = device.show(visit).unwrap().heads;
        let signature =
            Signature { name: Some("Шевчук".to_owned()), visit_heads, ..Signature::default() };
        device.edit(visit, vec![device.add(&Visit::SIGNATURES, &signature).unwrap()]).unwrap();
    };
    add_work(1);
    assert_eq!(unsigned(&device, visit), [""; 0], "nobody has signed yet");
    sign();
    assert_eq!(unsigned(&device, visit), [""; 0], "the signature is not after itself");
    let started = VisitEvent { what: Some(VisitAct::WorkStarted), ..VisitEvent::default() };
    device.edit(visit, vec![device.add(&Visit::EVENTS, &started).unwrap()]).unwrap();
    assert_eq!(unsigned(&device, visit), [""; 0], "steps are not what is signed for");
    add_work(2);
    assert_eq!(unsigned(&device, visit), ["works"]);
    sign();
    assert_eq!(unsigned(&device, visit), [""; 0], "a second signature covers it");
}
