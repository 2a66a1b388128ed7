use ed25519_dalek::SigningKey;
use halyard_domain::id::WorkspaceId;
use halyard_domain::kind::Kind;
use proptest::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::*;
use crate::cbor;
use crate::keys::{PublicKey, Signature};
use crate::receipt::{Outcome, Stamp};

/// Entries as they stand in a page.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Page {
    #[serde(with = "crate::short")]
    entries: Vec<Entry>,
}

/// The same without leaving anything out, as the first relays wrote it.
#[derive(Serialize)]
struct LongPage<'a> {
    entries: &'a [Entry],
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// A chunk with so many dependencies, whose content behind them is `rest`.
fn change(dependencies: &[ChangeHash], rest: &[u8]) -> Chunk {
    let mut content = vec![u8::try_from(dependencies.len()).unwrap()];
    dependencies.iter().for_each(|one| content.extend(one.0));
    content.extend(rest);
    let mut hashed = vec![1];
    let mut length = content.len();
    while length >= 0x80 {
        hashed.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    hashed.push(u8::try_from(length).unwrap());
    hashed.extend(content);
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend(&Sha256::digest(&hashed)[..4]);
    bytes.extend(hashed);
    Chunk(bytes)
}

/// What a change stands on.
#[derive(Debug, Clone)]
enum On {
    Before,
    BeforeAndAnother,
    Another,
    /// No change at all: bytes a relay keeps as they came.
    Garbage,
}

fn on() -> impl Strategy<Value = On> {
    prop_oneof![6 => Just(On::Before), 1 => Just(On::BeforeAndAnother), 2 => Just(On::Another), 1 => Just(On::Garbage)]
}

/// An envelope of one of two devices: which, whether one before it is missing from the page, and its changes.
type Made = (u8, bool, Vec<(On, Vec<u8>)>);
/// An entry: its envelopes, and whether its heads are its newest change alone.
type MadeEntry = (Vec<Made>, bool);

fn entries(made: Vec<MadeEntry>) -> Vec<Entry> {
    let mut ends: HashMap<u8, (u64, Option<EnvelopeHash>)> = HashMap::new();
    let mut entry = |(place, (envelopes, alone)): (usize, MadeEntry)| {
        let envelopes: Vec<Receipted<Envelope>> =
            envelopes.into_iter().map(|made| envelope(made, &mut ends)).collect();
        let other = ChangeHash([u8::try_from(place % 250).unwrap(); 32]);
        let heads = match newest(&envelopes) {
            Some(newest) if alone => vec![newest],
            Some(newest) => vec![newest, other],
            None => vec![other],
        };
        Entry::Changes(Changes {
            document: DocumentId::made_by_rule(&format!("document {place}")),
            generation: Generation(0),
            kind: Kind::Visit.into(),
            heads: Heads::new(heads),
            position: Position(7),
            arrived: UnixMs(8),
            envelopes,
        })
    };
    made.into_iter().enumerate().map(&mut entry).collect()
}

fn envelope(
    (device, gap, changes): Made,
    ends: &mut HashMap<u8, (u64, Option<EnvelopeHash>)>,
) -> Receipted<Envelope> {
    let (mut sequence, mut previous) = ends.get(&device).copied().unwrap_or((0, None));
    if gap {
        (sequence, previous) = (sequence + 1, Some(EnvelopeHash([9; 32])));
    }
    let mut before = ChangeHash([3; 32]);
    let changes = changes.into_iter().map(|(on, rest)| {
        let chunk = match on {
            On::Before => change(&[before], &rest),
            On::BeforeAndAnother => change(&[before, ChangeHash([5; 32])], &rest),
            On::Another => change(&[ChangeHash([5; 32])], &rest),
            On::Garbage => Chunk(rest),
        };
        before = chunk.hash();
        chunk
    });
    let mut envelope = Envelope {
        v: 1,
        workspace: WorkspaceId::made_by_rule("w"),
        document: DocumentId::made_by_rule("document"),
        generation: Generation(0),
        kind: Kind::Visit.into(),
        employee: DocumentId::made_by_rule("olena"),
        device: DeviceId::made_by_rule(&device.to_string()),
        incarnation: IncarnationId::made_by_rule("first"),
        sequence: sequence + 1,
        previous,
        time: UnixMs(1),
        replaces: Vec::new(),
        changes: changes.collect(),
        signature: Signature::missing(),
    };
    let hash = envelope.sign(&key()).unwrap();
    ends.insert(device, (envelope.sequence, Some(hash)));
    Receipted { envelope, receipt: stamp() }
}

fn stamp() -> Stamp {
    Stamp {
        v: 1,
        epoch: halyard_domain::id::EpochId::made_by_rule("e"),
        outcome: Outcome::Accepted,
        position: Some(Position(7)),
        arrived: UnixMs(8),
        reason: None,
        path: None,
        by: None,
        signature: Signature::missing(),
    }
}

fn made() -> impl Strategy<Value = Vec<MadeEntry>> {
    let rest = proptest::collection::vec(any::<u8>(), 0..200);
    let changes = proptest::collection::vec((on(), rest), 1..5);
    let envelope = (0u8..2, proptest::bool::weighted(0.1), changes);
    let envelopes = proptest::collection::vec(envelope, 0..4);
    proptest::collection::vec((envelopes, proptest::bool::weighted(0.8)), 0..6)
}

proptest! {
    #[test]
    fn what_is_left_out_of_a_page_comes_back_byte_for_byte(made in made()) {
        let page = Page { entries: entries(made) };
        let short = cbor::encode(&page).unwrap();
        let read: Page = cbor::decode(&short, 1 << 20).unwrap();
        for entry in &read.entries {
            let Entry::Changes(changes) = entry else { panic!("only changes were written") };
            for receipted in &changes.envelopes {
                prop_assert_eq!(receipted.envelope.verify(&PublicKey::of(&key())), Ok(()));
            }
        }
        let long = cbor::encode(&LongPage { entries: &page.entries }).unwrap();
        prop_assert!(short.len() <= long.len());
        prop_assert_eq!(&cbor::decode::<Page>(&long, 1 << 20).unwrap(), &page);
        prop_assert_eq!(read, page);
    }
}

/// A day of a colleague: twenty envelopes of three changes, each of a document of its own.
fn day() -> Page {
    let three = || vec![(On::Another, vec![1; 60]), (On::Before, vec![2; 60]), (On::Before, vec![3; 60])];
    Page { entries: entries((0..20).map(|_| (vec![(0, false, three())], true)).collect()) }
}

#[test]
fn an_ordinary_entry_travels_with_one_hash_of_the_five_it_has() {
    let page = day();
    let short = cbor::encode(&page).unwrap();
    let times = |hash: &[u8; 32]| short.windows(32).filter(|window| window == hash).count();
    for (place, entry) in page.entries.iter().enumerate() {
        let Entry::Changes(changes) = entry else { panic!("only changes were written") };
        let envelope = &changes.envelopes[0].envelope;
        assert_eq!(times(&envelope.hash().unwrap().0), 0, "the predecessor of the next, at {place}");
        assert!(envelope.changes.iter().all(|chunk| times(&chunk.hash().0) == 0), "heads and dependencies");
    }
    assert_eq!(times(&[5; 32]), 20, "what the first change of each stands on");
}

/// Alters what travels and says what comes of it.
fn altered(page: &Page, alter: impl Fn(&mut ciborium::Value)) -> Result<Page, cbor::DecodeError> {
    let mut value: ciborium::Value = ciborium::from_reader(&cbor::encode(page).unwrap()[..]).unwrap();
    alter(&mut value);
    cbor::decode(&cbor::encode(&value).unwrap(), 1 << 20)
}

fn at<'a>(value: &'a mut ciborium::Value, path: &[&str]) -> &'a mut ciborium::Value {
    path.iter().fold(value, |value, name| match (value, name.parse::<usize>()) {
        (ciborium::Value::Array(items), Ok(place)) => &mut items[place],
        (ciborium::Value::Map(pairs), _) => {
            &mut pairs.iter_mut().find(|(key, _)| key.as_text() == Some(*name)).unwrap().1
        }
        (other, _) => panic!("no {name} in {other:?}"),
    })
}

#[test]
fn what_cannot_be_made_whole_is_no_page() {
    let changes = ["entries", "0", "changes", "envelopes", "0", "envelope", "changes"];
    let follows_nothing = altered(&day(), |page| {
        at(page, &changes).as_array_mut().unwrap().remove(0);
    });
    assert!(matches!(follows_nothing, Err(cbor::DecodeError::Shape(_))), "{follows_nothing:?}");
    let two_in_one = altered(&day(), |page| {
        let second = at(page, &changes).as_array_mut().unwrap()[1].as_array_mut().unwrap();
        second.push(ciborium::Value::Bytes(vec![1]));
    });
    assert!(matches!(two_in_one, Err(cbor::DecodeError::Shape(_))), "{two_in_one:?}");
    let headless = altered(&day(), |page| {
        at(page, &["entries", "0", "changes", "envelopes"]).as_array_mut().unwrap().clear();
    });
    assert!(matches!(headless, Err(cbor::DecodeError::Shape(_))), "{headless:?}");
}

#[test]
fn what_was_left_out_wrongly_is_a_wrong_signature() {
    let signed = |page: &Page, place: usize| {
        let Entry::Changes(changes) = &page.entries[place] else { panic!("only changes were written") };
        changes.envelopes[0].envelope.verify(&PublicKey::of(&key())).is_ok()
    };
    // A page without the envelope before: what the next ones of that chain stand on is not known.
    let gap = altered(&day(), |page| {
        at(page, &["entries"]).as_array_mut().unwrap().remove(4);
    });
    let gap = gap.unwrap();
    assert!(signed(&gap, 3) && (4..19).all(|place| !signed(&gap, place)));
    // Another content behind the dependency: another change than the one that was signed.
    let other = altered(&day(), |page| {
        let changes = ["entries", "2", "changes", "envelopes", "0", "envelope", "changes"];
        at(page, &changes).as_array_mut().unwrap()[2].as_array_mut().unwrap()[0] =
            ciborium::Value::Bytes(vec![4; 60]);
    });
    assert!(!signed(&other.unwrap(), 2));
}
