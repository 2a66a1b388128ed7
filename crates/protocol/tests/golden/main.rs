//! Frozen bytes of the wire. A line of `fixtures/golden.txt` is never changed: what was once sent or signed
//! must be read, and verified, for ever. A new shape gets a new line.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

mod short;

use ed25519_dalek::SigningKey;
use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::cbor;
use halyard_protocol::certificate::{Certificate, Revocation};
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::control::{Control, ControlEvent};
use halyard_protocol::cursor::{Cursor, CursorKey, Phase, Place, SealedCursor};
use halyard_protocol::enrol::{EnrolAnswer, EnrolRequest, Standing};
use halyard_protocol::envelope::{Chunk, Envelope, EnvelopeHeader};
use halyard_protocol::fetch::{FetchAnswer, FetchRequest};
use halyard_protocol::hash::{
    BucketDigest, EnvelopeHash, Generation, Heads, Position, RightsVersion, RunningHash,
};
use halyard_protocol::keys::{Fingerprint, PublicKey, Signature};
use halyard_protocol::live::LiveMessage;
use halyard_protocol::offer::{BucketList, Held, OfferAnswer, OfferRequest};
use halyard_protocol::problem::Problem;
use halyard_protocol::pull::{Changes, Entry, Left, Me, PullAnswer, PullRequest, Replaced, Snapshot};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::{Outcome, Receipt, Receipted};
use halyard_protocol::review::{Decision, DecisionAnswer, ReviewItem, ReviewList, Verdict};
use halyard_protocol::running_hash::LogItem;
use halyard_protocol::signed::Signed;
use halyard_protocol::time::UnixMs;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn relay_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn workspace() -> WorkspaceId {
    WorkspaceId::made_by_rule("golden")
}

fn device() -> DeviceId {
    DeviceId::made_by_rule("tablet")
}

fn epoch() -> EpochId {
    EpochId::made_by_rule("epoch")
}

fn employee() -> DocumentId {
    DocumentId::made_by_rule("employee")
}

fn visit() -> DocumentId {
    DocumentId::made_by_rule("visit")
}

const AT: UnixMs = UnixMs(1_700_000_000_000);

fn envelope() -> Envelope {
    let mut envelope = Envelope {
        v: 1,
        workspace: workspace(),
        document: visit(),
        generation: Generation(1),
        kind: Kind::Visit.into(),
        employee: employee(),
        device: device(),
        incarnation: IncarnationId::made_by_rule("incarnation"),
        sequence: 300,
        previous: Some(EnvelopeHash([3; 32])),
        time: AT,
        replaces: vec![EnvelopeHash([4; 32])],
        changes: vec![Chunk(b"12345678first".to_vec()), Chunk(b"12345678second".to_vec())],
        signature: Signature::missing(),
    };
    envelope.sign(&device_key()).unwrap();
    envelope
}

/// Signs what the relay signs.
fn by_relay<T: Signed>(mut value: T) -> T {
    value.sign(&relay_key()).unwrap();
    value
}

fn receipt(outcome: Outcome, reason: Option<Reason>) -> Receipt {
    by_relay(Receipt {
        v: 1,
        workspace: workspace(),
        epoch: epoch(),
        envelope: envelope().hash().unwrap(),
        outcome,
        position: (outcome == Outcome::Accepted).then_some(Position(70_000)),
        arrived: AT,
        reason,
        path: (outcome == Outcome::Quarantined).then(|| "priority".to_owned()),
        by: None,
        signature: Signature::missing(),
    })
}

fn accepted() -> Receipt {
    receipt(Outcome::Accepted, None)
}

fn certificate() -> Certificate {
    by_relay(Certificate {
        v: 1,
        workspace: workspace(),
        device: device(),
        employee: employee(),
        key: PublicKey::of(&device_key()),
        issued: AT,
        lock_days: 14,
        purge_days: 45,
        signature: Signature::missing(),
    })
}

fn revocation() -> Revocation {
    by_relay(Revocation {
        v: 1,
        workspace: workspace(),
        device: device(),
        since: AT,
        signature: Signature::missing(),
    })
}

fn decision(device: Option<DeviceId>) -> Decision {
    let answer = "Спершу погодьте з диспетчером".to_owned();
    let verdict = if device.is_some() { Verdict::Decline { answer } } else { Verdict::Accept };
    let mut decision = Decision {
        v: 1,
        workspace: workspace(),
        envelope: EnvelopeHash([5; 32]),
        verdict,
        employee: employee(),
        device,
        time: AT,
        signature: Signature::missing(),
    };
    let key = if device.is_some() { device_key() } else { relay_key() };
    decision.sign(&key).unwrap();
    decision
}

fn control(event: ControlEvent) -> Control {
    by_relay(Control {
        v: 1,
        workspace: workspace(),
        epoch: epoch(),
        position: Position(8),
        time: AT,
        by: Some(employee()),
        event,
        signature: Signature::missing(),
    })
}

fn controls() -> Vec<Control> {
    let (device, employee) = (device(), employee());
    let key = PublicKey::of(&device_key());
    [
        ControlEvent::Enrolled { device, employee, key, name: "Планшет".to_owned() },
        ControlEvent::Confirmed { certificate: certificate() },
        ControlEvent::Revoked { device },
        ControlEvent::Dismissed { employee },
        ControlEvent::RolesChanged { employee, roles: vec![DocumentId::made_by_rule("role/technician")] },
        ControlEvent::Erased { document: visit(), generation: Generation(2) },
        ControlEvent::Decided { decision: decision(Some(device)) },
    ]
    .map(control)
    .to_vec()
}

fn me() -> Me {
    Me {
        employee: employee(),
        roles: vec![DocumentId::made_by_rule("role/technician")],
        teams: Vec::new(),
        rights: RightsVersion(4),
        schema: [(Kind::Visit, 1), (Kind::ServiceCard, 2)].into_iter().collect(),
    }
}

fn chain() -> ChainEnd {
    ChainEnd {
        incarnation: IncarnationId::made_by_rule("incarnation"),
        sequence: 300,
        hash: envelope().hash().unwrap(),
    }
}

fn heads() -> Heads {
    Heads::new(vec![ChangeHash([7; 32]), ChangeHash([6; 32])])
}

fn cursors() -> [Cursor; 3] {
    let cursor = Cursor::first(epoch(), Position(9), RunningHash([8; 32]), RightsVersion(4));
    let place = Some(Place { order: -20_000, document: visit() });
    [cursor.first_at(2, place), cursor.into_log(), cursor.into_log().listed_to(RightsVersion(5), visit())]
}

fn sealed(cursor: &Cursor) -> SealedCursor {
    CursorKey::new([9; 32]).seal(workspace(), device(), cursor).unwrap()
}

fn entries() -> Vec<Entry> {
    let (document, generation, heads) = (visit(), Generation(1), heads());
    let (position, arrived, kind) = (Position(70_000), AT, Kind::Visit.into());
    let left = Left { document, position, arrived };
    let header: EnvelopeHeader = envelope().header();
    let replaced = Replaced {
        workspace: workspace(),
        document,
        generation,
        kind: Kind::Visit.into(),
        bytes: b"state".to_vec(),
        heads: heads.clone(),
        position,
        arrived,
        signature: Signature::missing(),
    };
    let changes = Changes {
        document,
        generation,
        kind: Kind::Visit.into(),
        heads: heads.clone(),
        position,
        arrived,
        envelopes: vec![Receipted { envelope: envelope(), receipt: accepted().stamp() }],
    };
    let snapshot = Snapshot {
        document,
        generation,
        kind,
        bytes: b"document".to_vec(),
        heads,
        position,
        arrived,
        envelopes: vec![Receipted { envelope: header, receipt: accepted().stamp() }],
    };
    vec![
        Entry::Snapshot(snapshot),
        Entry::Changes(changes),
        Entry::Gone(left.clone()),
        Entry::Replaced(by_relay(replaced)),
        Entry::Archived(left),
        Entry::Receipt(accepted()),
        Entry::Control(controls().remove(0)),
    ]
}

fn golden() -> Vec<(&'static str, Vec<u8>)> {
    let lines = include_str!("../fixtures/golden.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, bytes)| (name, hex::decode(bytes).unwrap()))
        .collect()
}

/// The frozen bytes read as this value, and this value is still written as they are.
#[track_caller]
fn check<T>(name: &str, value: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let written = cbor::encode(value).unwrap();
    let frozen = golden().into_iter().find(|(known, _)| *known == name);
    let (_, bytes) = frozen.unwrap_or_else(|| panic!("add the line:\n{name} {}", hex::encode(&written)));
    assert_eq!(&cbor::decode::<T>(&bytes, 1 << 20).unwrap(), value, "{name} reads as another value");
    assert_eq!(hex::encode(written), hex::encode(bytes), "{name} is written differently");
}

#[track_caller]
fn check_bytes(name: &str, bytes: &[u8]) {
    check(name, &serde_bytes::ByteBuf::from(bytes));
}

#[test]
fn signed_objects_are_frozen() {
    check("envelope", &envelope());
    check("envelope_header", &envelope().header());
    check_bytes("envelope_signing_bytes", &envelope().header().signing_bytes().unwrap());
    check("envelope_hash", &envelope().hash().unwrap());
    check("receipt_accepted", &accepted());
    check("receipt_quarantined", &receipt(Outcome::Quarantined, Some(Reason::NotAllowed)));
    let behind = Reason::Behind { envelope: EnvelopeHash([4; 32]) };
    check("receipt_blocked", &receipt(Outcome::Blocked, Some(behind)));
    let older = Reason::OlderGeneration { present: Generation(2) };
    check("receipt_stale", &receipt(Outcome::Stale, Some(older)));
    let unknown = Reason::UnknownDependency { change: ChangeHash([6; 32]) };
    check("receipt_deferred", &receipt(Outcome::Deferred, Some(unknown)));
    let start_op = Reason::Malformed(Malformation::StartOp);
    check("receipt_malformed", &receipt(Outcome::Malformed, Some(start_op)));
    check_bytes("receipt_signing_bytes", &accepted().signing_bytes().unwrap());
    check("certificate", &certificate());
    check("revocation", &revocation());
    check("decision_device", &decision(Some(device())));
    check("decision_relay", &decision(None));
    check("controls", &controls());
}

#[test]
fn every_frozen_signature_still_verifies() {
    let read = |name: &str| golden().into_iter().find(|(known, _)| *known == name).unwrap().1;
    let (device, relay) = (PublicKey::of(&device_key()), PublicKey::of(&relay_key()));
    let envelope: Envelope = cbor::decode(&read("envelope"), 4096).unwrap();
    assert_eq!(envelope.verify(&device), Ok(()));
    let header: EnvelopeHeader = cbor::decode(&read("envelope_header"), 4096).unwrap();
    assert_eq!(header.verify(&device), Ok(()));
    for outcome in ["accepted", "quarantined", "blocked", "stale", "deferred", "malformed"] {
        let receipt: Receipt = cbor::decode(&read(&format!("receipt_{outcome}")), 4096).unwrap();
        assert_eq!(receipt.verify(&relay), Ok(()), "{outcome}");
    }
    let controls: Vec<Control> = cbor::decode(&read("controls"), 1 << 16).unwrap();
    for control in controls {
        assert_eq!(control.verify(&relay), Ok(()));
    }
    let decision: Decision = cbor::decode(&read("decision_device"), 4096).unwrap();
    assert_eq!(decision.verify(&device), Ok(()));
}

#[test]
fn cursors_are_frozen_and_open() {
    let names = ["cursor_first", "cursor_log", "cursor_listing"];
    for (name, cursor) in names.into_iter().zip(cursors()) {
        check(name, &sealed(&cursor));
        assert_eq!(CursorKey::new([9; 32]).open(workspace(), device(), &sealed(&cursor)), Ok(cursor));
    }
    assert!(matches!(cursors()[1].phase, Phase::Log));
}

#[test]
fn hashes_of_the_log_and_of_offers_are_frozen() {
    let running = RunningHash::start(epoch())
        .extended(Position(1), LogItem::Envelope(EnvelopeHash([1; 32])))
        .extended(Position(2), LogItem::Receipt([2; 32]))
        .extended(Position(3), LogItem::Control(controls()[0].hash().unwrap()));
    check("running_hash", &running);
    let held = [(visit(), &heads()), (employee(), &Heads::default())];
    check("bucket_digest", &halyard_protocol::digest::digest(held));
    check("bucket_of_visit", &halyard_protocol::digest::bucket_of(visit()));
    let fingerprint = Fingerprint::of(&PublicKey::of(&relay_key()), &PublicKey::of(&device_key()));
    check("fingerprint", &fingerprint);
}

#[test]
fn bodies_of_enrolment_and_sync_are_frozen() {
    let request = EnrolRequest {
        code: EnrolmentCode::new([1, 2, 3, 4, 5]),
        device: device(),
        key: PublicKey::of(&device_key()),
        name: "Планшет".to_owned(),
    };
    check("enrol_request", &request);
    let answer = EnrolAnswer {
        standing: Standing::Active,
        fingerprint: Fingerprint::of(&PublicKey::of(&relay_key()), &request.key),
        workspace: workspace(),
        organisation: "Сервіс".to_owned(),
        relay: PublicKey::of(&relay_key()),
        epoch: epoch(),
        employee: employee(),
        certificate: Some(certificate()),
        now: AT,
    };
    check("enrol_answer", &answer);
    let handover = vec![Receipted { envelope: envelope(), receipt: accepted().stamp() }];
    check("push_request", &PushRequest { envelopes: vec![envelope()], handover, controls: controls() });
    let receipts = vec![accepted()];
    let (chain, watermark) = (Some(chain()), Position(60_000));
    check("push_answer", &PushAnswer { epoch: epoch(), receipts, chain, watermark });
    check("pull_first", &PullRequest::default());
    let cursor = sealed(&cursors()[1]);
    check(
        "pull_request",
        &PullRequest {
            cursor: Some(cursor.clone()),
            max_bytes: Some(65_536),
            schema: me().schema.id().ok(),
            ..PullRequest::default()
        },
    );
    check("pull_clock", &PullRequest { clock: Some(UnixMs(1_772_434_980_000)), ..PullRequest::default() });
    check("pull_after_push", &PullRequest { own: Some(self::chain()), ..PullRequest::default() });
    let answer = PullAnswer {
        epoch: epoch(),
        entries: entries(),
        cursor,
        complete: false,
        position: Position(70_001),
        watermark,
        me: me(),
        chain,
        now: AT,
    };
    check("pull_answer", &answer);
    check("pull_answer_short", &PullAnswer { entries: short::entries(), ..answer });
    check("live_hint", &LiveMessage::Hint { epoch: epoch(), position: Position(3) });
    check("live_revoked", &LiveMessage::Revoked(revocation()));
}

#[test]
fn bodies_of_offers_and_fetches_are_frozen() {
    let held = Held { document: visit(), heads: heads() };
    check("offer_digests", &OfferRequest::Digests(vec![BucketDigest([1; 32]); 2]));
    let list = BucketList { bucket: 200, documents: vec![held.clone()] };
    check("offer_lists", &OfferRequest::Lists(vec![list]));
    let differing = OfferAnswer::Differing {
        epoch: epoch(),
        buckets: vec![0, 200],
        cursor: sealed(&cursors()[1]),
        former: None,
        undecided: vec![receipt(Outcome::Quarantined, Some(Reason::OutOfSight))],
        controls: controls(),
    };
    check("offer_differing", &differing);
    let (send, fetch, drop) = (vec![held], vec![employee()], vec![visit()]);
    check("offer_wanted", &OfferAnswer::Wanted { epoch: epoch(), send, fetch, drop });
    check("fetch_request", &FetchRequest { documents: vec![visit()], max_bytes: None });
    let answer = FetchAnswer {
        epoch: epoch(),
        entries: entries().drain(..1).collect(),
        unknown: vec![employee()],
        rest: Vec::new(),
        position: Position(1),
        me: me(),
    };
    check("fetch_answer", &answer);
}

#[test]
fn bodies_of_review_and_problems_are_frozen() {
    let quarantined = receipt(Outcome::Quarantined, Some(Reason::NotAllowed));
    let receipted = Receipted { envelope: envelope(), receipt: quarantined.stamp() };
    let item = ReviewItem { receipted, blocked: vec![EnvelopeHash([4; 32])] };
    let decided = Vec::new();
    check("review_list", &ReviewList { items: vec![item], next: Some(EnvelopeHash([5; 32])), decided });
    check("decision_answer", &DecisionAnswer { receipts: vec![accepted()] });
    check("problem_skew", &Problem::clock_skew(AT));
    check("problem_version", &Problem::protocol_not_spoken());
    check("problem_revoked", &Problem::device_revoked(revocation()));
    check("problem_chain", &Problem::chain_broken(Some(chain())));
}

#[test]
fn an_envelopes_identity_is_the_hash_of_what_was_signed() {
    let read = |name: &str| golden().into_iter().find(|(known, _)| *known == name).unwrap().1;
    let signed: serde_bytes::ByteBuf = cbor::decode(&read("envelope_signing_bytes"), 4096).unwrap();
    assert!(signed.starts_with(b"halyard/1 envelope\0"));
    let hash: EnvelopeHash = cbor::decode(&read("envelope_hash"), 100).unwrap();
    assert_eq!(hash, EnvelopeHash(Sha256::digest(&signed).into()));
}
