//! Work the office did not accept: listed, explained, put away.

use halyard_device::domain::id::{DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_device::protocol::cbor;
use halyard_device::protocol::hash::{EnvelopeHash, Position};
use halyard_device::protocol::keys::Signature;
use halyard_device::protocol::reason::{Malformation, Reason};
use halyard_device::protocol::receipt::{Outcome, Receipt};
use halyard_device::protocol::time::UnixMs;
use halyard_device::store::{Answer, OwnEnvelope, SealedEnvelope, Unlock};
use insta::assert_snapshot;

use crate::bench::Bench;

/// A priority raised here, and the receipt by which the office refused it.
fn refused(outcome: Outcome, reason: Reason) -> (Bench, String) {
    let bench = Bench::enrolled();
    let card = bench.new_record(&["service-card", "subject=Котел", "priority=low"]);
    bench.ok(&["edit", &card, "priority=urgent"]);
    let document: DocumentId = card.parse().unwrap();
    let store = bench.store(&Unlock::DemoKeyFile);
    let last = store.own_changes(document).unwrap().pop().unwrap();
    let (hash, incarnation) = ([5; 32], IncarnationId::made_by_rule("first"));
    let envelope = OwnEnvelope {
        hash,
        document,
        incarnation,
        sequence: 1,
        bytes: vec![0],
        answer: None,
        acknowledged: false,
    };
    store.seal(vec![SealedEnvelope { envelope, changes: vec![last.number], replaces: Vec::new() }]).unwrap();
    let receipt = Receipt {
        v: 1,
        workspace: WorkspaceId::made_by_rule("test"),
        epoch: EpochId::made_by_rule("first"),
        envelope: EnvelopeHash(hash),
        outcome,
        position: Some(Position(7)),
        // 2031-03-03 09:00 in Kyiv.
        arrived: UnixMs(1_930_287_600_000),
        reason: Some(reason),
        path: Some("priority".to_owned()),
        by: None,
        signature: Signature::missing(),
    };
    let receipt = cbor::encode(&receipt).unwrap();
    let outcome = if outcome == Outcome::Malformed { "malformed" } else { "quarantined" }.to_owned();
    let answer = Answer { outcome, receipt, position: Some(7) };
    store.keep_answers(vec![(hash, answer)]).unwrap();
    (bench, card)
}

#[test]
fn refused_work_is_listed_explained_and_put_away() {
    let (bench, card) = refused(Outcome::Quarantined, Reason::Declined { answer: "не терміново".to_owned() });
    assert_snapshot!("not_accepted_uk", bench.ok(&["not-accepted", "--lang", "uk"]));
    assert_snapshot!("not_accepted_en", bench.ok(&["not-accepted", "show", "1", "--lang", "en"]));
    assert_eq!(bench.json(&["show", &card])["standing"], "not_accepted");
    assert_eq!(bench.json(&["status"])["not_accepted"], 1);

    bench.fails(1, &["not-accepted", "put-away", "2"]);
    assert_snapshot!(bench.ok(&["not-accepted", "put-away", "050505", "--lang", "uk"]), @"Прибрано з переліку. Робота лишається в базі пристрою.");
    assert_snapshot!(bench.ok(&["not-accepted", "--lang", "en"]), @"There is no refused work.");
}

#[test]
fn what_was_beyond_the_rights_or_could_not_be_read_is_kept_and_says_who_decides() {
    let why = |outcome, reason| {
        let (bench, card) = refused(outcome, reason);
        let said = bench.ok(&["not-accepted", "show", "1", "--lang", "uk"]);
        assert!(
            said.contains("Терміновий") || said.contains("терміновий"),
            "what was entered is shown: {said}"
        );
        assert_eq!(bench.json(&["list", "service-card", "--count"])["count"], 1, "{card}");
        said.lines().find_map(|line| line.strip_prefix("чому")).unwrap().trim().to_owned()
    };
    assert_snapshot!(why(Outcome::Quarantined, Reason::NotAllowed), @"Ваша роль не дозволяє змінювати це поле. Робота зберігається в офісі, там вирішать, чи прийняти її.");
    assert_snapshot!(why(Outcome::Malformed, Reason::Malformed(Malformation::Chunk)), @"Сервер обміну не зміг прочитати цю роботу. Це не ваша помилка, і введене збережено. Повідомте ІТ-фахівця. Робота лишається на пристрої.");
}
