//! Merging promises: any order of concurrent edits on three replicas gives one value and loses no
//! row, text or alternative; what a newer version wrote survives an older version's edit.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where a promise is broken")]

use std::collections::BTreeSet;

use automerge::transaction::Transactable as _;
use automerge::{ActorId, AutoCommit, ObjType, ROOT, ReadDoc as _};
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::{Authored, Record};
use halyard_domain::records::{Priority, ServiceCard, Visit, VisitAct, VisitEvent, WorkRow};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::Scalar;
use halyard_records::{Document, Editor, NewChange};
use proptest::prelude::*;

/// A device: a replica of one document and the changes made on it.
struct Replica {
    name: u8,
    document: Document,
    made: Vec<NewChange>,
    actors: u8,
}

impl Replica {
    fn new(name: u8, kind: Kind) -> Self {
        Self { name, document: Document::born(kind).unwrap(), made: Vec::new(), actors: 0 }
    }

    fn edit(&mut self, intents: &[Intent]) {
        let (name, mut actors) = (self.name, self.actors);
        let mut fresh = || {
            actors += 1;
            [name, actors, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        };
        let actor = [name, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        let mut editor = Editor { actor, fresh_actor: &mut fresh, time: 1_700_000_000 };
        let made = self.document.edit(&mut editor, intents).unwrap();
        self.actors = actors;
        self.made.extend(made);
    }

    fn type_findings(&mut self, base: &Screen, new_text: &str) {
        self.edit(&[Intent::EditText {
            field: "findings".to_owned(),
            base_heads: base.heads.clone(),
            base_text: base.text.clone(),
            new_text: new_text.to_owned(),
        }]);
    }

    /// What a text box shows when it is opened.
    fn screen(&self) -> Screen {
        Screen {
            heads: self.document.heads().iter().map(ToString::to_string).collect(),
            text: self.reading().text("findings").to_owned(),
        }
    }

    fn reading(&self) -> Reading {
        self.document.reading().unwrap()
    }

    fn take_from(&mut self, other: &Replica) {
        self.document.apply(other.made.iter().map(|change| change.chunk.as_slice())).unwrap();
    }
}

struct Screen {
    heads: Vec<String>,
    text: String,
}

fn meet(replicas: &mut [Replica; 3]) {
    for at in 0..3 {
        for other in 0..3 {
            if at != other {
                let chunks: Vec<Vec<u8>> =
                    replicas[other].document.changes().into_iter().map(|(_, chunk)| chunk).collect();
                replicas[at].document.apply(chunks.iter().map(Vec::as_slice)).unwrap();
            }
        }
    }
}

fn at(minute: u32) -> Instant {
    Instant::new(1_772_434_800 + i64::from(minute) * 60, 120).unwrap()
}

fn somebody(name: u8) -> Authored {
    Authored { by: Ref::to(DocumentId::new_at(1, [name; 10])), at: at(0) }
}

fn row(replica: u8, number: u8) -> RowId {
    RowId::new_at(1_000 + u64::from(number), [replica; 10])
}

/// One thing a person may do; replicas do them in any order without knowing of each other.
#[derive(Debug, Clone)]
enum Act {
    Window(u8),
    Work(u8),
    CorrectFirstWork(u8),
    Event,
    Type(&'static str),
    Meet(u8),
}

fn acts() -> impl Strategy<Value = Vec<(u8, Act)>> {
    let act = prop_oneof![
        (0..5_u8).prop_map(Act::Window),
        (1..9_u8).prop_map(Act::Work),
        (1..9_u8).prop_map(Act::CorrectFirstWork),
        Just(Act::Event),
        prop_oneof![Just("насос тече "), Just("замінено "), Just("ущільнення ")].prop_map(Act::Type),
        (0..3_u8).prop_map(Act::Meet),
    ];
    prop::collection::vec((0..3_u8, act), 1..24)
}

/// Carries out the acts and says which rows were made and which words typed.
fn play(replicas: &mut [Replica; 3], acts: &[(u8, Act)]) -> (BTreeSet<RowId>, Vec<&'static str>) {
    let (mut rows, mut words) = (BTreeSet::new(), Vec::new());
    for (number, (who, act)) in acts.iter().enumerate() {
        let number = u8::try_from(number).unwrap();
        let (before, after) = replicas.split_at_mut(usize::from(*who));
        let (me, after) = after.split_first_mut().unwrap();
        match act {
            Act::Window(hour) => {
                let start = at(u32::from(*hour) * 60);
                me.edit(&[Visit::WINDOW.set(&TimeWindow::new(start, start).unwrap())]);
            }
            Act::Work(volume) => {
                let id = row(*who, number);
                let work = WorkRow { volume: Some((*volume).into()), ..WorkRow::default() };
                me.edit(&[Visit::WORKS.add(id, somebody(*who), &work)]);
                rows.insert(id);
            }
            Act::CorrectFirstWork(volume) => {
                if let Some(first) = me.reading().rows("works").first() {
                    let volume = rust_decimal::Decimal::from(*volume);
                    me.edit(&[Visit::WORKS.correct(first.id, "volume", &volume)]);
                }
            }
            Act::Event => {
                let id = row(*who, number);
                let event = VisitEvent { what: Some(VisitAct::Paused), ..VisitEvent::default() };
                me.edit(&[Visit::EVENTS.add(id, somebody(*who), &event)]);
                rows.insert(id);
            }
            Act::Type(word) => {
                let screen = me.screen();
                let text = format!("{}{word}", screen.text);
                me.type_findings(&screen, &text);
                words.push(*word);
            }
            Act::Meet(other) => {
                let other = before.iter().chain(after.iter()).find(|replica| replica.name == *other);
                if let Some(other) = other {
                    let chunks: Vec<Vec<u8>> =
                        other.document.changes().into_iter().map(|(_, chunk)| chunk).collect();
                    me.document.apply(chunks.iter().map(Vec::as_slice)).unwrap();
                }
            }
        }
    }
    (rows, words)
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_concurrent_edits_gives_one_value_and_loses_nothing(acts in acts()) {
        let mut replicas = [0, 1, 2].map(|name| Replica::new(name, Kind::Visit));
        let (rows, words) = play(&mut replicas, &acts);
        meet(&mut replicas);

        let readings = replicas.each_ref().map(Replica::reading);
        prop_assert_eq!(&readings[0], &readings[1]);
        prop_assert_eq!(&readings[1], &readings[2]);
        prop_assert_eq!(replicas[0].document.heads(), replicas[2].document.heads());

        let here = |field: &str| readings[0].rows(field).iter().map(|row| row.id).collect::<Vec<_>>();
        let kept: BTreeSet<RowId> = here("works").into_iter().chain(here("events")).collect();
        prop_assert_eq!(kept, rows);
        // Words typed at one place may part one another, or get a line between them; every letter stands once.
        prop_assert_eq!(letters(readings[0].text("findings")), letters(&words.concat()));

        // A snapshot and the raw changes are the same record.
        let again = Document::load(&replicas[0].document.snapshot().unwrap(), []).unwrap();
        prop_assert_eq!(&again.reading().unwrap(), &readings[0]);
        prop_assert_eq!(again.history().unwrap(), replicas[1].document.history().unwrap());
    }
}

/// A field, a container and a column of the row there is, which only a newer version knows.
fn written_by_a_newer_version(document: &Document) -> Vec<Vec<u8>> {
    let mut newer = AutoCommit::load(&document.snapshot().unwrap()).unwrap();
    newer.set_actor(ActorId::from([77; 16]));
    let before = newer.get_heads();
    newer.put(ROOT, "tint", "синій").unwrap();
    let spares = newer.put_object(ROOT, "spares", ObjType::Map).unwrap();
    newer.put(&spares, "gasket", 2).unwrap();
    let work = first_work(&newer);
    newer.put(&work, "tint", "червоний").unwrap();
    newer.get_changes(&before).iter().map(|change| change.raw_bytes().to_vec()).collect()
}

fn first_work(document: &AutoCommit) -> automerge::ObjId {
    let (_, works) = document.get(ROOT, "works").unwrap().unwrap();
    document.get(&works, row(9, 0).to_string()).unwrap().unwrap().1
}

/// What of it is still there.
fn read_by_a_newer_version(document: &Document) -> [Option<String>; 3] {
    let newer = AutoCommit::load(&document.snapshot().unwrap()).unwrap();
    let text = |object: &automerge::ObjId, key: &str| {
        newer.get(object, key).unwrap().map(|(value, _)| value.to_string())
    };
    let spares = newer.get(ROOT, "spares").unwrap().map(|(_, spares)| spares);
    let work = first_work(&newer);
    [text(&ROOT, "tint"), spares.and_then(|spares| text(&spares, "gasket")), text(&work, "tint")]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_only_a_newer_version_knows_survives_every_edit_of_an_older_one(acts in acts()) {
        let mut replicas = three(Kind::Visit);
        let work = WorkRow { volume: Some(1.into()), ..WorkRow::default() };
        replicas[0].edit(&[Visit::WORKS.add(row(9, 0), somebody(0), &work)]);
        meet(&mut replicas);
        let unknown = written_by_a_newer_version(&replicas[0].document);
        replicas[0].document.apply(unknown.iter().map(Vec::as_slice)).unwrap();
        let written = read_by_a_newer_version(&replicas[0].document);
        prop_assert!(written.iter().all(Option::is_some), "{:?}", written);

        play(&mut replicas, &acts);
        meet(&mut replicas);
        for replica in &replicas {
            prop_assert_eq!(&read_by_a_newer_version(&replica.document), &written);
            prop_assert_eq!(replica.reading(), replicas[0].reading());
        }
    }
}

fn three(kind: Kind) -> [Replica; 3] {
    [0, 1, 2].map(|name| Replica::new(name, kind))
}

#[test]
fn every_value_written_at_the_same_time_stays_readable() {
    let mut replicas = three(Kind::ServiceCard);
    let values = [Priority::Low, Priority::High, Priority::Urgent];
    for (replica, value) in replicas.iter_mut().zip(values) {
        replica.edit(&[ServiceCard::PRIORITY.set(&value)]);
    }
    meet(&mut replicas);

    let reading = replicas[1].reading();
    let conflicts = reading.conflicts();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].path, FieldPath::root("priority"));
    let written: BTreeSet<_> = conflicts[0].alternatives.iter().map(|one| one.value.clone()).collect();
    let expected: BTreeSet<_> =
        ["high", "low", "urgent"].map(|name| Scalar::Text(name.to_owned())).into_iter().collect();
    assert_eq!(written, expected);

    // Whoever decides writes the field, and the conflict is over everywhere.
    let chosen = reading.value("priority").clone();
    replicas[0].edit(&[Intent::Set { path: FieldPath::root("priority"), value: chosen.clone() }]);
    meet(&mut replicas);
    assert_eq!(replicas[2].reading().conflicts(), vec![]);
    assert_eq!(replicas[2].reading().value("priority"), &chosen);
}

#[test]
fn equal_values_written_at_the_same_time_are_no_conflict() {
    let mut replicas = three(Kind::ServiceCard);
    for replica in &mut replicas {
        replica.edit(&[ServiceCard::PRIORITY.set(&Priority::High)]);
    }
    meet(&mut replicas);
    assert_eq!(replicas[0].reading().conflicts(), vec![]);
}

#[test]
fn a_text_typed_over_an_old_screen_keeps_the_colleagues_words() {
    let mut replicas = three(Kind::Visit);
    let start = replicas[0].screen();
    replicas[0].type_findings(&start, "Тече насос.");
    meet(&mut replicas);
    let on_the_screen = replicas[0].screen();
    let first = replicas[1].screen();
    replicas[1].type_findings(&first, "Тече насос. Потрібен ремонт.");
    meet(&mut replicas);

    // The technician typed on without seeing that the office had written.
    replicas[0].type_findings(&on_the_screen, "Тече насос ГВП.");
    meet(&mut replicas);

    assert_eq!(replicas[2].reading().text("findings"), "Тече насос ГВП. Потрібен ремонт.");
}

#[test]
fn a_withdrawn_row_beside_an_edit_keeps_both() {
    let mut replicas = three(Kind::Visit);
    let id = row(0, 1);
    let work = WorkRow { volume: Some(2.into()), ..WorkRow::default() };
    replicas[0].edit(&[Visit::WORKS.add(id, somebody(0), &work)]);
    meet(&mut replicas);
    let withdrawal = halyard_domain::record::Withdrawal {
        by: DocumentId::new_at(1, [0; 10]),
        at: at(5),
        why: "двічі записано".to_owned(),
    };
    replicas[0].edit(&[Visit::WORKS.withdraw(id, &withdrawal)]);
    replicas[1].edit(&[Visit::WORKS.correct(id, "volume", &rust_decimal::Decimal::from(3))]);
    meet(&mut replicas);

    let visit = Visit::read(&replicas[2].reading());
    assert_eq!(visit.works.0[0].withdrawn, Some(withdrawal));
    assert_eq!(visit.works.0[0].value.volume, Some(3.into()));
    assert_eq!(visit.works.standing().count(), 0);
}

#[test]
fn a_cleared_field_stays_cleared() {
    let mut replicas = three(Kind::ServiceCard);
    replicas[0].edit(&[ServiceCard::SUBJECT.set(&"Ліфт".to_owned())]);
    meet(&mut replicas);
    replicas[1].edit(&[ServiceCard::SUBJECT.clear()]);
    meet(&mut replicas);
    assert_eq!(ServiceCard::read(&replicas[0].reading()).subject, None);
}

#[test]
fn nothing_is_written_when_an_intent_is_wrong() {
    let mut replica = Replica::new(0, Kind::Visit);
    let mut fresh = || [9; 16];
    let mut editor = Editor { actor: [1; 16], fresh_actor: &mut fresh, time: 0 };
    let wrong =
        Intent::Set { path: FieldPath::root("window"), value: Scalar::Text("завтра".to_owned()) };
    let error = replica.document.edit(&mut editor, &[wrong]).unwrap_err();
    assert_eq!(error.to_string(), "the value of window is wrong");
    let unknown = Intent::Set { path: FieldPath::root("wnidow"), value: Scalar::Null };
    let error = replica.document.edit(&mut editor, &[unknown]).unwrap_err();
    assert_eq!(error.to_string(), "there is no field wnidow");
}

#[test]
fn a_device_takes_the_changes_another_made_in_any_order_twice() {
    let mut replicas = three(Kind::Visit);
    for number in 0..4 {
        let event = VisitEvent { what: Some(VisitAct::Paused), ..VisitEvent::default() };
        replicas[0].edit(&[Visit::EVENTS.add(row(0, number), somebody(0), &event)]);
    }
    let (first, rest) = replicas.split_at_mut(1);
    rest[0].take_from(&first[0]);
    rest[0].take_from(&first[0]);
    let backwards: Vec<&[u8]> = first[0].made.iter().rev().map(|change| change.chunk.as_slice()).collect();
    rest[1].document.apply(backwards).unwrap();
    assert_eq!(rest[0].reading(), first[0].reading());
    assert_eq!(rest[1].reading(), first[0].reading());
}

/// A text of one line, with letters, spaces and no line break.
fn line() -> impl Strategy<Value = String> {
    "[а-яїa-z0-9][а-яїa-z0-9 .]{0,30}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn texts_written_at_once_into_an_empty_field_are_lines_of_their_own(
        lines in prop::array::uniform3(line()),
        late in 0..3_usize,
    ) {
        let mut replicas = [1, 2, 3].map(|name| Replica::new(name, Kind::Visit));
        let empty = replicas[late].screen();
        for (replica, line) in replicas.iter_mut().zip(&lines) {
            let screen = replica.screen();
            replica.type_findings(&screen, line);
        }
        meet(&mut replicas);
        let texts: Vec<String> = replicas.iter().map(|one| one.screen().text).collect();
        prop_assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
        let read: BTreeSet<&str> = texts[0].split('\n').collect();
        prop_assert_eq!(read, lines.iter().map(String::as_str).collect());

        // A box that was opened while the field was empty, and is left only now.
        replicas[late].type_findings(&empty, "пізно");
        let text = replicas[late].screen().text;
        prop_assert!(text.split('\n').any(|line| line == "пізно"), "{text:?}");

        // Nobody sees the break that keeps lines apart: an opened box that is left as it is writes nothing.
        let before = replicas[0].made.len();
        let screen = replicas[0].screen();
        replicas[0].type_findings(&screen, &screen.text);
        prop_assert_eq!(replicas[0].made.len(), before);
    }

    #[test]
    fn a_text_is_read_as_it_was_typed(texts in prop::collection::vec("[а-я \n]{0,40}", 1..5)) {
        let mut replica = Replica::new(1, Kind::Visit);
        for text in &texts {
            let screen = replica.screen();
            replica.type_findings(&screen, text);
            prop_assert_eq!(&replica.screen().text, text);
        }
        let told = replica.document.history().unwrap();
        let told: Vec<(String, String)> = told.into_iter().filter_map(|entry| match entry.what {
            halyard_records::Written::Text { from, to } => Some((from, to)),
            halyard_records::Written::Value { .. } | halyard_records::Written::Row { .. } => None,
        }).collect();
        let mut steps: Vec<&String> = vec![];
        let nothing = String::new();
        steps.push(&nothing);
        texts.iter().for_each(|text| if steps.last() != Some(&text) { steps.push(text) });
        let expected: Vec<(String, String)> =
            steps.windows(2).map(|two| (two[0].clone(), two[1].clone())).collect();
        prop_assert_eq!(told, expected);
    }
}
