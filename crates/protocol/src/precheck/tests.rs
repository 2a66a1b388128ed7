use std::collections::HashMap;

use halyard_domain::id::{DeviceId, IncarnationId, WorkspaceId};

use super::*;
use crate::envelope::Chunk;
use crate::hash::Generation;
use crate::keys::Signature;
use crate::schema::KindName;
use crate::time::UnixMs;

/// The change of this name among those Automerge wrote. The device's actors begin with eight ones.
fn chunk(name: &str) -> Chunk {
    let lines = include_str!("../../tests/fixtures/changes.txt").lines();
    let line = lines.into_iter().find(|line| line.split(' ').next() == Some(name)).unwrap();
    Chunk(hex::decode(line.split(' ').nth(6).unwrap()).unwrap())
}

const DEVICE: ActorPrefix = ActorPrefix([1; 8]);

#[derive(Default)]
struct Document {
    kind: Option<Kind>,
    held: HashMap<ChangeHash, HeldChange>,
    last_seq: HashMap<ActorId, u64>,
    max_op: u64,
}

impl Document {
    /// A document with these changes merged.
    fn with(names: &[&str]) -> Self {
        let mut document = Self { kind: Some(Kind::Visit), ..Self::default() };
        for name in names {
            let header = chunk::parse(&chunk(name).0).unwrap();
            document.held.insert(header.hash, HeldChange::Merged);
            document.max_op = document.max_op.max(header.last_op());
            document.last_seq.insert(header.actor, header.seq);
        }
        document
    }

    fn withholding(mut self, name: &str, envelope: EnvelopeHash) -> Self {
        self.held.insert(chunk(name).hash(), HeldChange::Withheld(envelope));
        self
    }
}

impl KnownDocument for Document {
    fn kind(&self) -> Option<Kind> {
        self.kind
    }
    fn held(&self, change: &ChangeHash) -> Option<HeldChange> {
        self.held.get(change).copied()
    }
    fn last_seq(&self, actor: &ActorId) -> u64 {
        self.last_seq.get(actor).copied().unwrap_or(0)
    }
    fn max_op(&self) -> u64 {
        self.max_op
    }
}

/// A relay that knows the fixture seed as that of visits.
struct VisitSeed(Vec<u8>);

impl Seeds for VisitSeed {
    fn find(&self, change: &ChangeHash) -> Option<Seed<'_>> {
        (Chunk(self.0.clone()).hash() == *change).then_some(Seed { kind: Kind::Visit, bytes: &self.0 })
    }
    fn newest(&self, _: Kind) -> u32 {
        1
    }
}

fn envelope(changes: Vec<Chunk>) -> Envelope {
    Envelope {
        v: 1,
        workspace: WorkspaceId::made_by_rule("w"),
        document: DocumentId::made_by_rule("d"),
        generation: Generation(0),
        kind: Kind::Visit.into(),
        employee: DocumentId::made_by_rule("e"),
        device: DeviceId::made_by_rule("t"),
        incarnation: IncarnationId::made_by_rule("i"),
        sequence: 1,
        previous: None,
        time: UnixMs(0),
        replaces: Vec::new(),
        changes,
        signature: Signature::missing(),
    }
}

fn named(names: &[&str]) -> Envelope {
    envelope(names.iter().map(|name| chunk(name)).collect())
}

fn run(document: &Document, envelope: &Envelope) -> Result<Checked, Refusal> {
    precheck(document, &VisitSeed(chunk("seed").0), DEVICE, envelope)
}

/// Numbers of new changes and of repeats, or the refusal.
fn counts(document: &Document, envelope: &Envelope) -> Result<(usize, usize), Refusal> {
    run(document, envelope).map(|checked| (checked.new.len(), checked.repeats.len()))
}

/// The chunk with some of its bytes replaced and its checksum made right again.
fn altered(name: &str, alter: impl Fn(&mut Vec<u8>)) -> Chunk {
    let mut bytes = chunk(name).0;
    alter(&mut bytes);
    let hash = Chunk(bytes.clone()).hash();
    bytes[4..8].copy_from_slice(&hash.0[..4]);
    Chunk(bytes)
}

#[test]
fn the_first_envelope_of_a_record_brings_the_seed() {
    let checked = run(&Document::default(), &named(&["seed", "scalars", "row"])).unwrap();
    assert_eq!(checked.new.iter().map(|change| change.is_seed).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(checked.max_op, 15);
}

#[test]
fn what_is_merged_already_is_a_repeat() {
    let document = Document::with(&["seed", "scalars"]);
    assert_eq!(counts(&document, &named(&["seed", "scalars"])), Ok((0, 2)));
    assert_eq!(counts(&document, &named(&["scalars", "row"])), Ok((1, 1)));
    assert_eq!(counts(&document, &named(&["row"])), Ok((1, 0)));
}

#[test]
fn a_record_without_its_seed_waits_for_it() {
    let seed = chunk("seed").hash();
    assert_eq!(counts(&Document::default(), &named(&["scalars"])), Err(Refusal::UnknownDependency(seed)));
}

#[test]
fn a_change_without_dependencies_that_is_no_seed_is_malformed() {
    // A first change by the device itself, made as if it were the beginning.
    let lonely = altered("three_inserts", |bytes| bytes[12..28].fill(1));
    assert_eq!(chunk::parse(&lonely.0).unwrap().actor, ActorId([1; 16]));
    for document in [Document::default(), Document::with(&["seed"])] {
        assert_eq!(
            counts(&document, &envelope(vec![lonely.clone()])),
            Err(Refusal::Malformed(Malformation::Seedless))
        );
    }
}

#[test]
fn a_change_by_another_devices_actor_is_malformed() {
    let document = Document::with(&["seed"]);
    assert_eq!(counts(&document, &named(&["concurrent"])), Err(Refusal::Malformed(Malformation::Actor)));
}

#[test]
fn only_the_very_bytes_of_a_seed_are_a_seed() {
    // Another key, the same actor.
    let other = altered("seed", |bytes| {
        let at = bytes.windows(5).position(|five| five == b"works").unwrap();
        bytes[at] = b'W';
    });
    assert_eq!(
        counts(&Document::default(), &envelope(vec![other])),
        Err(Refusal::Malformed(Malformation::Actor))
    );
}

#[test]
fn a_seed_of_another_kind_than_the_documents_is_malformed() {
    let customer = Envelope { kind: Kind::Customer.into(), ..named(&["seed"]) };
    assert_eq!(counts(&Document::default(), &customer), Err(Refusal::Malformed(Malformation::Kind)));
    let mut document = Document::with(&[]);
    document.kind = Some(Kind::Customer);
    assert_eq!(counts(&document, &named(&["seed"])), Err(Refusal::Malformed(Malformation::Kind)));
    assert_eq!(counts(&document, &customer), Err(Refusal::Malformed(Malformation::Kind)));
}

#[test]
fn what_a_newer_app_wrote_is_deferred() {
    let spaceship = KindName::try_from("spaceship".to_owned()).unwrap();
    let newer_kind = Envelope { kind: spaceship, ..named(&["seed"]) };
    assert_eq!(counts(&Document::default(), &newer_kind), Err(Refusal::NewerSchema));

    let by_actor = |actor: ActorId| {
        let bytes = altered("seed", |bytes| bytes[12..28].copy_from_slice(&actor.0));
        counts(&Document::with(&["seed"]), &envelope(vec![bytes]))
    };
    assert_eq!(by_actor(seed_actor(Kind::Visit, 2)), Err(Refusal::NewerSchema));
    // Version 1 is known, and these are not its bytes; a kind has only its own seeds.
    assert_eq!(by_actor(seed_actor(Kind::Visit, 1)), Err(Refusal::Malformed(Malformation::Actor)));
    assert_eq!(by_actor(seed_actor(Kind::Customer, 2)), Err(Refusal::Malformed(Malformation::Actor)));
}

#[test]
fn an_actors_changes_are_numbered_without_a_gap() {
    let mut document = Document::with(&["seed", "scalars", "row"]);
    let actor = chunk::parse(&chunk("row").0).unwrap().actor;
    document.last_seq.insert(actor, 1);
    assert_eq!(counts(&document, &named(&["text"])), Err(Refusal::Malformed(Malformation::Sequence)));
    document.last_seq.insert(actor, 3);
    assert_eq!(counts(&document, &named(&["text"])), Err(Refusal::Malformed(Malformation::Sequence)));
    document.last_seq.insert(actor, 2);
    assert_eq!(counts(&document, &named(&["text"])), Ok((1, 0)));
}

#[test]
fn an_unknown_dependency_defers_and_does_not_blame_the_number() {
    let document = Document::with(&["seed"]);
    let scalars = chunk("scalars").hash();
    assert_eq!(counts(&document, &named(&["row", "text"])), Err(Refusal::UnknownDependency(scalars)));
}

#[test]
fn a_change_before_one_it_depends_on_is_malformed() {
    let document = Document::with(&["seed"]);
    for names in [["row", "scalars"], ["scalars", "scalars"]] {
        assert_eq!(counts(&document, &named(&names)), Err(Refusal::Malformed(Malformation::Order)));
    }
}

#[test]
fn what_stands_on_a_withheld_change_is_blocked_and_so_is_its_repeat() {
    let envelope = EnvelopeHash([5; 32]);
    let document = Document::with(&["seed", "scalars"]).withholding("row", envelope);
    assert_eq!(counts(&document, &named(&["text"])), Err(Refusal::Behind(envelope)));
    assert_eq!(counts(&document, &named(&["row"])), Err(Refusal::Behind(envelope)));
    // A seed in quarantine: the document does not exist, what follows stands behind it.
    let unborn = Document::default().withholding("seed", envelope);
    assert_eq!(counts(&unborn, &named(&["scalars"])), Err(Refusal::Behind(envelope)));
}

#[test]
fn no_operation_leaps_far_ahead() {
    // startOp of "text" is 16, a single byte behind actor (12 + 32 bytes of one dependency) and seq.
    let leap = |start_op: u32| {
        let bytes = chunk("text").0;
        let mut content = bytes[10..].to_vec();
        if bytes[9] & 0x80 != 0 {
            content = bytes[11..].to_vec();
        }
        let at = 1 + 32 + 1 + 16 + 1;
        assert_eq!(content[at], 16);
        let mut number = Vec::new();
        let mut rest = start_op;
        while rest > 0x7f {
            number.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        number.push(u8::try_from(rest).unwrap());
        content.splice(at..=at, number);
        let length = u8::try_from(content.len() & 0x7f).unwrap() | 0x80;
        let hashed = [vec![1, length, u8::try_from(content.len() >> 7).unwrap()], content].concat();
        let mut bytes = [vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0], hashed].concat();
        let hash = Chunk(bytes.clone()).hash();
        bytes[4..8].copy_from_slice(&hash.0[..4]);
        envelope(vec![Chunk(bytes)])
    };
    let mut document = Document::with(&["seed", "scalars", "row"]);
    assert_eq!(document.max_op, 15);
    let too_far = Err(Refusal::Malformed(Malformation::StartOp));
    assert_eq!(counts(&document, &leap(1_000_015)), Ok((1, 0)));
    assert_eq!(counts(&document, &leap(1_000_016)), too_far);
    assert_eq!(counts(&document, &leap(u32::MAX)), too_far);
    document.max_op = (1 << 31) - 10;
    assert_eq!(counts(&document, &leap((1 << 31) - 40)), Ok((1, 0)));
    assert_eq!(counts(&document, &leap((1 << 31) - 9)), too_far);
}

#[test]
fn shapes_no_app_makes_are_malformed() {
    let document = Document::with(&["seed", "scalars"]);
    let changes = Err(Refusal::Malformed(Malformation::Changes));
    assert_eq!(counts(&document, &envelope(Vec::new())), changes);
    assert_eq!(counts(&document, &envelope(vec![chunk("row"); 1_001])), changes);
    let replacing = Envelope { replaces: vec![EnvelopeHash([0; 32]); 1_001], ..named(&["row"]) };
    assert_eq!(counts(&document, &replacing), changes);
    let newer = Envelope { v: 2, ..named(&["row"]) };
    assert_eq!(counts(&document, &newer), Err(Refusal::Malformed(Malformation::Version)));
    let noise = envelope(vec![Chunk(b"not a chunk".to_vec())]);
    assert_eq!(counts(&document, &noise), Err(Refusal::Malformed(Malformation::Chunk)));
    let many = envelope(vec![chunk("ops_2001")]);
    assert_eq!(counts(&document, &many), Err(Refusal::Malformed(Malformation::Limit)));
}

#[test]
fn only_the_relay_folds_without_operations() {
    let document = Document::with(&["seed", "scalars", "row", "message"]);
    assert_eq!(counts(&document, &named(&["empty"])), Err(Refusal::Malformed(Malformation::Changes)));
}

#[test]
fn an_envelope_holds_at_most_twenty_thousand_operations() {
    // Ten times the same two thousand by other devices' actors would be refused for their actor; so the
    // count is taken from copies that differ in one byte of their text.
    let prefix = ActorPrefix([3; 8]);
    let copies = |count: u8| {
        let changes = (0..count).map(|n| {
            altered("ops_2000", |bytes| {
                let last = bytes.len() - 30 - usize::from(n);
                assert_eq!(bytes[last], b'a');
                bytes[last] = b'b';
            })
        });
        envelope(changes.collect())
    };
    let document = Document::with(&["seed"]);
    let check = |count| precheck(&document, &VisitSeed(chunk("seed").0), prefix, &copies(count)).unwrap_err();
    assert_eq!(check(11), Refusal::Malformed(Malformation::Operations));
    assert_ne!(check(10), Refusal::Malformed(Malformation::Operations));
}

#[test]
fn malformed_wins_over_deferred_and_deferred_over_blocked() {
    let envelope = EnvelopeHash([5; 32]);
    let document = Document::with(&["seed"]).withholding("scalars", envelope);
    let both = named(&["row", "concurrent"]);
    assert_eq!(counts(&document, &both), Err(Refusal::Malformed(Malformation::Actor)));
    let missing = named(&["row", "text_edit"]);
    assert_eq!(counts(&document, &missing), Err(Refusal::UnknownDependency(chunk("text").hash())));
}

#[test]
fn every_refusal_says_its_outcome() {
    let hash = ChangeHash([0; 32]);
    assert_eq!(Refusal::Malformed(Malformation::Order).outcome(), Outcome::Malformed);
    assert_eq!(Refusal::UnknownDependency(hash).outcome(), Outcome::Deferred);
    assert_eq!(Refusal::NewerSchema.outcome(), Outcome::Deferred);
    assert_eq!(Refusal::Behind(EnvelopeHash([0; 32])).outcome(), Outcome::Blocked);
    assert_eq!(Refusal::NewerSchema.reason(), Reason::NewerSchema);
}
