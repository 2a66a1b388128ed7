//! Honest work passes the relay's pre-check, however much of it there is at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use halyard_domain::hash::ChangeHash;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::records::{ContactPerson, Customer};
use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::precheck::{HeldChange, KnownDocument, Seed, Seeds, precheck};
use halyard_records::{EditError, seed};
use proptest::prelude::*;

use super::*;
use crate::surroundings::Surroundings;
use crate::sync::bench::{Morning, device, device_in};

/// A relay that takes everything in order.
#[derive(Default)]
struct Relay(BTreeMap<DocumentId, Known>);

#[derive(Default)]
struct Known {
    kind: Option<Kind>,
    last_seq: BTreeMap<ActorId, u64>,
    changes: BTreeSet<ChangeHash>,
    max_op: u64,
}

impl KnownDocument for Known {
    fn kind(&self) -> Option<Kind> {
        self.kind
    }
    fn held(&self, change: &ChangeHash) -> Option<HeldChange> {
        self.changes.contains(change).then_some(HeldChange::Merged)
    }
    fn last_seq(&self, actor: &ActorId) -> u64 {
        self.last_seq.get(actor).copied().unwrap_or(0)
    }
    fn max_op(&self) -> u64 {
        self.max_op
    }
}

struct Shipped;

impl Seeds for Shipped {
    fn find(&self, change: &ChangeHash) -> Option<Seed<'_>> {
        let found = |kind: &Kind| seed::seeds_of(*kind).iter().find(|seed| seed.hash == *change);
        let kind = Kind::ALL.iter().find(|kind| found(kind).is_some())?;
        found(kind).map(|seed| Seed { kind: *kind, bytes: &seed.bytes })
    }
    fn newest(&self, _: Kind) -> u32 {
        1
    }
}

impl Relay {
    /// Takes everything the device has to send, and gives the envelopes.
    #[track_caller]
    fn take_all(&mut self, device: &Device) -> Vec<Envelope> {
        device.seal_unsent().unwrap();
        let key = device.with_profile(|profile| PublicKey::of(&profile.key)).unwrap();
        let sealed = device.store.unanswered(usize::MAX).unwrap();
        let envelopes: Vec<Envelope> =
            sealed.iter().map(|one| cbor::decode(&one.bytes, STORED_BYTES).unwrap()).collect();
        for (envelope, stored) in envelopes.iter().zip(&sealed) {
            let known = self.0.entry(envelope.document).or_default();
            let is_born = known.kind.is_none();
            let checked = precheck(known, &Shipped, ActorPrefix::of(&key), envelope);
            let checked = checked.unwrap_or_else(|refusal| panic!("{refusal}"));
            // A record's maker may write everything, in the envelope that brings the seed and no other.
            assert!(!is_born || checked.new.len() > 1, "a seed travels alone");
            known.kind = envelope.kind.known();
            known.max_op = checked.max_op;
            for change in &checked.new {
                known.changes.insert(change.header.hash);
                known.last_seq.insert(change.header.actor, change.header.seq);
            }
            let answer = Answer { outcome: "accepted".to_owned(), receipt: Vec::new(), position: Some(1) };
            device.store.keep_answers(vec![(stored.hash, answer)]).unwrap();
        }
        envelopes
    }
}

fn named(name: &str) -> Vec<Intent> {
    vec![Customer::NAME.set(&name.to_owned())]
}

fn note(base_heads: Vec<String>, base_text: &str, new_text: &str) -> Intent {
    Intent::EditText {
        field: Customer::NOTES.name.to_owned(),
        base_heads,
        base_text: base_text.to_owned(),
        new_text: new_text.to_owned(),
    }
}

/// Writes the notes anew, from what stands there.
fn noted(device: &Device, id: DocumentId, text: &str) -> Result<(), DeviceError> {
    let view = device.show(id)?;
    let present = view.reading.text(Customer::NOTES.name).to_owned();
    device.edit(id, vec![note(view.heads, &present, text)]).map(|_| ())
}

fn check_notes(device: &Device, id: DocumentId, expected: &str) {
    let view = device.show(id).unwrap();
    assert!(view.reading.text(Customer::NOTES.name) == expected, "the notes are as written");
}

#[test]
fn a_text_of_many_pages_is_written_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, named("Ґрунт")).unwrap();
    let mut relay = Relay::default();
    let poem = "Реве та стогне Дніпр широкий, сердитий вітер завива. ".repeat(200);
    for text in [&poem, &poem.replace("вітер", "вітрисько"), "коротко", &poem.replace(' ', "_"), ""]
    {
        noted(&device, id, text).unwrap();
        check_notes(&device, id, text);
        relay.take_all(&device);
    }
}

#[test]
fn a_long_text_goes_in_as_few_envelopes_as_the_caps_allow() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, named("Ґрунт")).unwrap();
    let mut relay = Relay::default();
    relay.take_all(&device);
    noted(&device, id, &"слово ".repeat(3_000)).unwrap();
    assert_eq!(relay.take_all(&device).len(), 1);
    noted(&device, id, &"інше ".repeat(4_000)).unwrap();
    assert_eq!(relay.take_all(&device).len(), 2, "38,000 letters go or come");
}

#[test]
fn a_letter_in_a_long_text_is_one_small_change() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, named("Ґрунт")).unwrap();
    let mut relay = Relay::default();
    let text = "слово ".repeat(8_000);
    noted(&device, id, &text).unwrap();
    relay.take_all(&device);
    noted(&device, id, &format!("{text}!")).unwrap();
    let sent = relay.take_all(&device);
    let bytes: usize = sent.iter().flat_map(|one| &one.changes).map(|chunk| chunk.0.len()).sum();
    assert_eq!(sent.len(), 1);
    assert!(bytes < 300, "{bytes} bytes");
}

#[test]
fn hundreds_of_contacts_in_one_edit_and_in_a_new_record_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let contacts = |device: &Device| -> Vec<Intent> {
        let row = |number: usize| ContactPerson {
            surname: Some(format!("Контакт {number}")),
            ..ContactPerson::default()
        };
        (0..400).map(|number| device.add(&Customer::CONTACTS, &row(number)).unwrap()).collect()
    };
    let mut relay = Relay::default();
    let id = device.create(Kind::Customer, named("Ґрунт")).unwrap();
    device.edit(id, contacts(&device)).unwrap();
    let whole = device.create(Kind::Customer, [named("Млин"), contacts(&device)].concat()).unwrap();
    let sent = relay.take_all(&device);
    assert_eq!(sent.iter().filter(|one| one.document == whole).count(), 1);
    assert_eq!(device.show(whole).unwrap().reading.rows(Customer::CONTACTS.name).len(), 400);
}

#[test]
fn what_no_relay_takes_is_refused_before_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let id = device.create(Kind::Customer, named("Ґрунт")).unwrap();
    let refused = |done: Result<(), DeviceError>| match done.unwrap_err() {
        DeviceError::Edit { source, .. } => source,
        other => panic!("{other}"),
    };
    let line = "я".repeat(35_000);
    let long = refused(device.edit(id, named(&line)).map(|_| ()));
    assert!(matches!(long, EditError::TooLong(_)), "{long}");
    let long = refused(device.create(Kind::Customer, named(&line)).map(|_| ()));
    assert!(matches!(long, EditError::TooLong(_)), "{long}");
    let long = refused(noted(&device, id, &"я".repeat(250_001)));
    assert!(matches!(long, EditError::TooLong(_)), "{long}");
    let birth = [named("Млин"), vec![note(Vec::new(), "", &"слово ".repeat(4_000))]].concat();
    let much = refused(device.create(Kind::Customer, birth).map(|_| ()));
    assert!(matches!(much, EditError::TooMuch), "{much}");
    assert_eq!(device.store.unsent_count().unwrap(), 2, "only the record itself");
}

#[test]
fn a_batch_never_ends_inside_the_making_of_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    for number in 0..4 {
        device.create(Kind::Customer, named(&format!("Замовник {number}"))).unwrap();
    }
    let whole = |least| {
        let unsent = device.unsent_whole(least).unwrap();
        unsent.iter().map(|one| one.change.document).collect::<BTreeSet<_>>().len() * 2 == unsent.len()
    };
    assert!((1..=9).all(whole), "a seed and its first change, or neither");
}

fn anything(device: &Device, id: DocumentId, what: &What) -> Result<(), DeviceError> {
    match what {
        What::Line(letters) => device.edit(id, named(&"ж".repeat(*letters))).map(|_| ()),
        What::Text(words) => noted(device, id, &words.concat()),
        What::Contacts(count) => {
            let row = ContactPerson { surname: Some("Хтось".to_owned()), ..ContactPerson::default() };
            let added = (0..*count).map(|_| device.add(&Customer::CONTACTS, &row));
            device.edit(id, added.collect::<Result<_, _>>()?).map(|_| ())
        }
        What::Record(letters) => {
            let notes = note(Vec::new(), "", &"ю".repeat(*letters));
            device.create(Kind::Customer, [named("Новий"), vec![notes]].concat()).map(|_| ())
        }
    }
}

#[derive(Debug, Clone)]
enum What {
    Line(usize),
    Text(Vec<String>),
    Contacts(usize),
    Record(usize),
}

fn what() -> impl Strategy<Value = What> {
    let word = prop_oneof![Just("слово ".to_owned()), Just("👩‍🔧".to_owned()), "[a-f]{1,900}"];
    prop_oneof![
        (0..40_000_usize).prop_map(What::Line),
        proptest::collection::vec(word, 0..60).prop_map(What::Text),
        (0..700_usize).prop_map(What::Contacts),
        (0..24_000_usize).prop_map(What::Record),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_saved_passes_the_pre_check(edits in proptest::collection::vec(what(), 1..5)) {
        let folder = tempfile::tempdir().unwrap();
        let device = device(folder.path());
        let id = device.create(Kind::Customer, named("Ґрунт")).unwrap();
        let mut relay = Relay::default();
        for edit in edits {
            match anything(&device, id, &edit) {
                Ok(()) | Err(DeviceError::Edit { source: EditError::TooLong(_) | EditError::TooMuch, .. }) => {}
                Err(other) => panic!("{other}"),
            }
            relay.take_all(&device);
        }
    }
}

/// How long whoever signs waits for somebody else who does.
const A_WHILE: Duration = Duration::from_millis(500);

/// A clock at which those who sign at once meet, from the moment it is told to count them.
#[derive(Clone, Default)]
struct Meeting {
    morning: Arc<Morning>,
    here: Arc<(Mutex<Option<u32>>, Condvar)>,
}

impl Meeting {
    fn begin(&self) {
        *self.here.0.lock().unwrap() = Some(0);
    }
}

impl Surroundings for Meeting {
    fn now_ms(&self) -> i64 {
        let (here, came) = self.here.as_ref();
        let mut here = here.lock().unwrap();
        if let Some(count) = here.as_mut() {
            *count += 1;
            came.notify_all();
            drop(came.wait_timeout_while(here, A_WHILE, |here| here.is_some_and(|count| count < 2)).unwrap());
        }
        self.morning.now_ms()
    }
    fn offset_minutes(&self) -> i32 {
        self.morning.offset_minutes()
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        self.morning.fill_random(bytes);
    }
}

#[test]
fn two_sessions_at_once_sign_what_is_unsent_once() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = Meeting::default();
    let device = device_in(folder.path(), Box::new(meeting.clone()));
    device.create(Kind::Customer, named("Ґрунт")).unwrap();

    meeting.begin();
    let sign = || device.seal_unsent();
    let signed = std::thread::scope(|scope| {
        [scope.spawn(sign), scope.spawn(sign)].map(|session| session.join().unwrap())
    });

    for session in signed {
        session.unwrap();
    }
    assert_eq!(device.store.unanswered(10).unwrap().len(), 1);
}
