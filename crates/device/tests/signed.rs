//! What is written after the customer has signed is told apart from what was signed.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use halyard_device::{Device, ThisMachine};
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, Ref, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Signature, Visit, VisitAct, VisitEvent, WorkRow};
use halyard_store::{Identity, SecretKey, Store};

fn device(folder: &std::path::Path) -> Device {
    let store = Store::open(&folder.join("device.db"), [7; 32]).unwrap();
    let identity = Identity {
        workspace: WorkspaceId::made_by_rule("test"),
        organisation: "Тест".to_owned(),
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_pin: None,
        relay_key: [1; 32],
        device: DeviceId::made_by_rule("tablet"),
        device_key: SecretKey([2; 32]),
        employee: DocumentId::made_by_rule("olena"),
        incarnation: IncarnationId::made_by_rule("first"),
    };
    store.set_identity(identity).unwrap();
    Device::on(store, Box::new(ThisMachine)).unwrap()
}

/// The places of a visit's history that no signature covers.
fn unsigned(device: &Device, visit: DocumentId) -> Vec<String> {
    let history = device.history(visit).unwrap();
    let late = history.into_iter().filter(|line| line.after_signature);
    late.map(|line| line.entry.path.field).collect()
}

#[test]
fn only_facts_beyond_every_signature_are_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
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
