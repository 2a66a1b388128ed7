use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::Customer;
use halyard_protocol::envelope::Chunk;
use halyard_protocol::hash::{Generation, Heads, Position};
use halyard_protocol::keys::Signature;
use halyard_protocol::pull::{Changes, Left, Replaced, Snapshot};
use halyard_protocol::receipt::{Outcome, Stamp};
use halyard_protocol::signed::Signed as _;
use halyard_protocol::time::UnixMs;
use halyard_records::{Document, Editor};

use super::*;
use crate::sync::bench::{device, relay};

/// The relay's copy of a customer, written by somebody in the office.
struct Office {
    id: DocumentId,
    content: Document,
    position: u64,
    sequence: u64,
}

impl Office {
    fn customer(name: &str) -> Self {
        let content = Document::born(Kind::Customer).unwrap();
        let id = DocumentId::made_by_rule("customer");
        let mut office = Self { id, content, position: 0, sequence: 0 };
        office.rename(name);
        office
    }

    /// Writes another name; what the log then says of it.
    fn rename(&mut self, name: &str) -> Entry {
        let before = self.content.changes().len();
        let mut fresh = || [9; 16];
        let mut editor = Editor { actor: [8; 16], fresh_actor: &mut fresh, time: 0 };
        self.content.edit(&mut editor, &[Customer::NAME.set(&name.to_owned())]).unwrap();
        self.position += 1;
        let made = self.content.changes().split_off(before);
        self.told(made)
    }

    /// The whole record as its author sent it.
    fn all_of_it(&mut self) -> Entry {
        self.told(self.content.changes())
    }

    fn told(&mut self, changes: Vec<(ChangeHash, Vec<u8>)>) -> Entry {
        self.sequence += 1;
        let envelope = Envelope {
            v: 1,
            workspace: WorkspaceId::made_by_rule("test"),
            document: self.id,
            generation: Generation(0),
            kind: Kind::Customer.into(),
            employee: DocumentId::made_by_rule("taras"),
            device: DeviceId::made_by_rule("office"),
            incarnation: IncarnationId::made_by_rule("office"),
            sequence: self.sequence,
            previous: None,
            time: UnixMs(0),
            replaces: Vec::new(),
            changes: changes.into_iter().map(|(_, chunk)| Chunk(chunk)).collect(),
            signature: Signature::missing(),
        };
        let receipt = signed(&envelope, Some(Position(self.position)), Outcome::Accepted);
        Entry::Changes(Changes {
            document: self.id,
            generation: Generation(0),
            kind: Kind::Customer.into(),
            heads: Heads::new(self.content.heads()),
            position: Position(self.position),
            arrived: UnixMs(0),
            envelopes: vec![Receipted { envelope, receipt }],
        })
    }

    fn whole(&self) -> Entry {
        Entry::Snapshot(Snapshot {
            document: self.id,
            generation: Generation(0),
            kind: Kind::Customer.into(),
            bytes: self.content.snapshot().unwrap(),
            heads: Heads::new(self.content.heads()),
            position: Position(self.position),
            arrived: UnixMs(0),
            envelopes: Vec::new(),
        })
    }

    fn gone(&self) -> Entry {
        Entry::Gone(Left { document: self.id, position: Position(self.position), arrived: UnixMs(0) })
    }
}

/// The relay's answer to an envelope.
fn signed(envelope: &Envelope, position: Option<Position>, outcome: Outcome) -> Stamp {
    let mut receipt = Receipt {
        v: 1,
        workspace: envelope.workspace,
        epoch: EpochId::made_by_rule("first"),
        envelope: envelope.header().hash().unwrap(),
        outcome,
        position,
        arrived: UnixMs(0),
        reason: None,
        path: None,
        by: None,
        signature: Signature::missing(),
    };
    receipt.sign(&relay()).unwrap();
    receipt.stamp()
}

fn take(device: &Device, entries: &[Entry]) -> Taken {
    device.take_entries(&Source { entries, state: SyncStateChange::default(), relay_now_ms: None }).unwrap()
}

#[track_caller]
fn check_name(device: &Device, office: &Office, expected: Option<&str>) {
    let stored = device.opened(office.id).unwrap();
    let name = stored.map(|(_, content)| {
        content.reading().unwrap().value(Customer::NAME.name).as_text().unwrap_or_default().to_owned()
    });
    assert_eq!(name.as_deref(), expected);
}

#[test]
fn a_page_that_brings_a_record_whole_and_its_changes_leaves_it_as_the_last_of_them_says() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);

    let edited = office.rename("Ґрунт і син");
    let whole = office.whole();
    let again = office.rename("Ґрунт і сини");
    let taken = take(&device, &[whole, edited, again]);

    check_name(&device, &office, Some("Ґрунт і сини"));
    assert_eq!((taken.fetch.len(), taken.rebuild.len()), (0, 0));
    assert_eq!(device.store.other_envelopes_of(office.id).unwrap().len(), 2);
}

#[test]
fn a_new_record_that_comes_twice_in_one_page_is_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    let page = [office.whole(), office.all_of_it(), office.rename("Ґрунт і син")];
    take(&device, &page);
    check_name(&device, &office, Some("Ґрунт і син"));
}

#[test]
fn a_record_that_leaves_and_comes_back_in_one_page_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);
    office.rename("Ґрунт і син");
    take(&device, &[office.gone(), office.whole()]);
    check_name(&device, &office, Some("Ґрунт і син"));
}

#[test]
fn a_record_that_comes_and_leaves_in_one_page_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);
    let edited = office.rename("Ґрунт і син");
    take(&device, &[edited, office.gone()]);
    check_name(&device, &office, None);
}

#[test]
fn what_is_written_after_work_left_a_record_is_by_another_actor() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let office = Office::customer("Ґрунт");
    let page = [office.whole()];
    take(&device, &page);
    let written = |name: &str| device.edit(office.id, vec![Customer::NAME.set(&name.to_owned())]).unwrap();

    written("до");
    take(&device, &[office.gone()]);
    take(&device, &page);
    written("після");
    device.store.put_aside(office.id, Kind::Customer, "a test").unwrap();
    take(&device, &page);
    written("ще раз");

    let own = device.store.own_changes(office.id).unwrap();
    let actors: BTreeSet<_> =
        own.iter().map(|one| halyard_protocol::chunk::parse(&one.change.chunk).unwrap().actor).collect();
    assert_eq!((own.len(), actors.len()), (3, 3));
}

#[test]
fn a_record_made_after_the_cursor_needs_no_fetch() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    let taken = take(&device, &[office.all_of_it()]);
    check_name(&device, &office, Some("Ґрунт"));
    assert_eq!((taken.documents, taken.fetch.len()), (1, 0));
}

#[test]
fn changes_whose_beginning_is_not_here_ask_for_a_fetch() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    let page = [office.rename("Ґрунт і син")];
    let taken = take(&device, &page);
    check_name(&device, &office, None);
    assert_eq!(taken.fetch, BTreeSet::from([office.id]));
}

#[test]
fn a_page_taken_in_twice_changes_nothing_the_second_time() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    let page = [office.whole(), office.rename("Ґрунт і син")];
    take(&device, &page);
    let before = device.store.document(office.id).unwrap();
    take(&device, &page);
    assert_eq!(device.store.document(office.id).unwrap(), before);
}

#[test]
fn a_long_tail_of_other_peoples_changes_is_folded() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);
    for number in 0..60 {
        let page = [office.rename(&format!("Ґрунт {number}"))];
        take(&device, &page);
    }
    check_name(&device, &office, Some("Ґрунт 59"));
    assert!(device.store.document(office.id).unwrap().unwrap().tail.len() <= crate::edit::FOLD_AFTER);
}

/// Takes in a whole record that was asked for; says whether it is still not right.
fn fetch(device: &Device, entry: Entry) -> bool {
    !device.take_fetched(&[entry], &BTreeSet::new()).unwrap().0.fetch.is_empty()
}

fn is_aside(device: &Device, office: &Office) -> bool {
    device.store.set_aside().unwrap().iter().any(|(document, _)| *document == office.id)
}

fn spoilt(entry: Entry) -> Entry {
    match entry {
        Entry::Snapshot(whole) => Entry::Snapshot(Snapshot { bytes: vec![1, 2, 3], ..whole }),
        other => other,
    }
}

#[test]
fn a_record_that_cannot_be_read_is_fetched_then_set_aside_and_a_good_copy_frees_it() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let office = Office::customer("Ґрунт");
    let taken = take(&device, &[spoilt(office.whole())]);
    assert_eq!(taken.fetch, BTreeSet::from([office.id]));
    assert!(!is_aside(&device, &office));

    assert!(fetch(&device, spoilt(office.whole())), "a second mismatch");
    assert!(is_aside(&device, &office));
    assert!(fetch(&device, spoilt(office.whole())), "and a third");

    assert!(!fetch(&device, office.whole()) && !is_aside(&device, &office));
    check_name(&device, &office, Some("Ґрунт"));
}

/// The app dies while these arrive: their marks stay, and the next start finds them.
fn die_over(device: &Device, arriving: &[&Office]) {
    std::mem::forget(device.store.arriving(arriving.iter().map(|one| one.id).collect()).unwrap());
}

#[test]
fn a_record_that_ends_the_app_as_it_arrives_is_set_aside_alone_until_there_is_a_newer_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut deadly = Office::customer("Ґрунт");
    let good = Office { id: DocumentId::made_by_rule("good"), ..Office::customer("Пекарня") };
    let page = [deadly.whole(), good.whole()];
    die_over(&device(folder.path()), &[&deadly, &good]);

    // One death may be chance: each may come once more, alone.
    let again = device(folder.path());
    assert_eq!(again.store.arrival_suspects().unwrap(), BTreeSet::from([deadly.id, good.id]));
    assert!(again.store.try_arrival(deadly.id, Kind::Customer, deadly.position).unwrap());
    die_over(&again, &[&deadly]);
    drop(again);

    let third = device(folder.path());
    take(&third, &page);
    assert!(is_aside(&third, &deadly) && !is_aside(&third, &good));
    check_name(&third, &good, Some("Пекарня"));
    assert_eq!(third.store.arrival_suspects().unwrap(), BTreeSet::from([deadly.id]));
    // Fetched anew, as every day, it is the same and is not opened.
    assert!(!fetch(&third, deadly.whole()) && is_aside(&third, &deadly));

    deadly.rename("Ґрунт і син");
    assert!(!fetch(&third, deadly.whole()) && !is_aside(&third, &deadly));
    check_name(&third, &deadly, Some("Ґрунт і син"));
    assert_eq!(third.store.arrival_suspects().unwrap(), BTreeSet::new());
}

#[test]
fn what_the_relay_does_not_know_and_nobody_here_owes_it_is_a_mismatch() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    let before = office.whole();
    let edited = office.rename("Ґрунт і син");
    take(&device, &[before.clone(), edited]);
    // The edit has its receipt at a later position than this entry was read at: nothing is wrong.
    assert!(take(&device, &[before]).fetch.is_empty());

    // An entry read later lacks it.
    let mut forgetful = Office::customer("Ґрунт");
    forgetful.position = 9;
    assert_eq!(take(&device, &[forgetful.whole()]).fetch, BTreeSet::from([office.id]));
    check_name(&device, &office, Some("Ґрунт і син"));
}

#[test]
fn work_that_waits_for_the_relay_is_no_mismatch() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);
    device.edit(office.id, vec![Customer::NAME.set(&"Наш".to_owned())]).unwrap();
    assert!(take(&device, &[office.whole()]).fetch.is_empty());
    device.seal_unsent().unwrap();
    assert!(take(&device, &[office.whole()]).fetch.is_empty());
    check_name(&device, &office, Some("Наш"));
}

#[test]
fn a_record_set_aside_comes_back_with_the_work_made_here_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);
    device.edit(office.id, vec![Customer::NAME.set(&"Наш".to_owned())]).unwrap();
    device.store.put_aside(office.id, Kind::Customer, "differs from the relay").unwrap();
    assert!(!fetch(&device, office.whole()));
    check_name(&device, &office, Some("Наш"));
    assert_eq!(device.store.unsent_count().unwrap(), 1);
}

#[test]
fn headers_of_this_devices_lost_past_are_kept_as_anybody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    let mut ours = office.all_of_it();
    if let Entry::Changes(changes) = &mut ours {
        let one = &mut changes.envelopes[0];
        one.envelope.device = device.identity().unwrap().device;
        // Its place is missing: it is kept where its entry stands.
        one.receipt = signed(&one.envelope, None, Outcome::Accepted);
    }
    take(&device, &[ours]);
    assert_eq!(device.store.other_envelopes_of(office.id).unwrap().len(), 1);
}

/// Changes an entry's only envelope or its receipt.
fn with(entry: &Entry, change: impl FnOnce(&mut Receipted<Envelope>)) -> Entry {
    let Entry::Changes(mut changes) = entry.clone() else { panic!("{entry:?}") };
    change(&mut changes.envelopes[0]);
    Entry::Changes(changes)
}

#[test]
fn of_a_page_with_anything_our_relay_did_not_accept_nothing_is_taken_and_nothing_here_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path());
    let mut office = Office::customer("Ґрунт");
    take(&device, &[office.whole()]);
    device.edit(office.id, vec![Customer::NAME.set(&"Наш".to_owned())]).unwrap();
    let honest = office.rename("Ґрунт і син");
    let other = office.rename("Ґрунт і сини");
    let Entry::Changes(said_of_other) = &other else { panic!("{other:?}") };
    let header = |one: &Receipted<Envelope>| Receipted {
        envelope: one.envelope.header(),
        receipt: Stamp { position: Some(Position(99)), ..one.receipt.clone() },
    };

    let forged = [
        // By nobody, of another envelope, with another place in the log.
        with(&honest, |one| one.receipt.signature = Signature::missing()),
        with(&honest, |one| one.receipt = said_of_other.envelopes[0].receipt.clone()),
        with(&honest, |one| one.receipt.position = Some(Position(99))),
        // Another change, another author, another record under an honest receipt.
        with(&honest, |one| one.envelope.changes = said_of_other.envelopes[0].envelope.changes.clone()),
        with(&honest, |one| one.envelope.employee = DocumentId::made_by_rule("mallory")),
        match honest.clone() {
            Entry::Changes(one) => Entry::Changes(Changes { document: DocumentId::made_by_rule("x"), ..one }),
            entry => panic!("{entry:?}"),
        },
        // The relay's own word, that it did not merge this.
        with(&honest, |one| one.receipt = signed(&one.envelope, None, Outcome::Quarantined)),
        // Beside a whole record, and of a new generation.
        match office.whole() {
            Entry::Snapshot(one) => {
                let envelopes = said_of_other.envelopes.iter().map(header).collect();
                Entry::Snapshot(Snapshot { envelopes, ..one })
            }
            entry => panic!("{entry:?}"),
        },
        Entry::Replaced(Replaced {
            workspace: WorkspaceId::made_by_rule("test"),
            document: office.id,
            generation: Generation(1),
            kind: Kind::Customer.into(),
            bytes: office.content.snapshot().unwrap(),
            heads: Heads::new(office.content.heads()),
            position: Position(9),
            arrived: UnixMs(0),
            signature: Signature::missing(),
        }),
    ];
    for (number, forged) in forged.into_iter().enumerate() {
        let state = SyncStateChange { cursor: Some(vec![1]), ..SyncStateChange::default() };
        let entries = [honest.clone(), forged];
        let taken = device.take_entries(&Source { entries: &entries, state, relay_now_ms: None });
        assert!(matches!(taken, Err(SyncError::Forged)), "{number}");
        check_name(&device, &office, Some("Наш"));
        assert_eq!(device.store.sync_state().unwrap().cursor, None, "{number}");
        assert_eq!(device.store.unsent_count().unwrap(), 1, "{number}");
    }

    // What the relay did sign arrives afterwards, beside the own work.
    assert!(take(&device, &[honest, other]).fetch.is_empty());
    assert_eq!(device.store.unsent_count().unwrap(), 1);
}
