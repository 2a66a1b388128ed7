//! Equal seeds give equal bytes; every size has what it promises; every link leads somewhere.

use std::collections::{BTreeSet, HashMap, HashSet};

use halyard_domain::reading::FieldPath;
use halyard_domain::records::schema;
use halyard_domain::schema::row_column;
use halyard_domain::value::{FieldValue, Scalar, ScalarType};
use sha2::{Digest, Sha256};

use super::*;

fn fingerprint(demo: &Demo) -> String {
    let mut hash = Sha256::new();
    for record in demo.records() {
        hash.update(record.document.as_bytes());
        hash.update(record.author.as_bytes());
        hash.update(record.at.to_string());
        hash.update(serde_json::to_vec(&record.births).unwrap());
        for edit in &record.later {
            hash.update(edit.author.as_bytes());
            hash.update(edit.at.to_string());
            hash.update(serde_json::to_vec(edit.intents()).unwrap());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn equal_seeds_give_equal_bytes_and_other_seeds_others() {
    assert_eq!(fingerprint(&small(7)), fingerprint(&small(7)));
    assert_ne!(fingerprint(&small(7)), fingerprint(&small(8)));
}

#[test]
fn every_size_has_as_many_records_as_it_promises() {
    for size in [Size::Small, Size::Medium] {
        let (demo, counts) = (Demo::new(7, size, now()), size.counts());
        let expected = [
            (Kind::Company, 1),
            (Kind::Employee, counts.technicians + counts.dispatchers + counts.administrators),
            (Kind::Customer, counts.customers),
            (Kind::Equipment, counts.objects),
            (Kind::ServiceCard, counts.cards),
            (Kind::Visit, counts.visits),
            (Kind::Complaint, counts.complaints),
        ];
        let mut made: HashMap<Kind, usize> = HashMap::new();
        demo.records().for_each(|record| *made.entry(record.kind).or_default() += 1);
        for (kind, promised) in expected {
            assert_eq!(made.get(&kind), Some(&promised), "{size:?} {kind}");
        }
        assert_eq!(made.values().sum::<usize>(), demo.total());
        assert_eq!(demo.people().len(), counts.technicians + counts.dispatchers + counts.administrators);
    }
}

#[test]
fn the_largest_company_has_every_record_once() {
    let demo = Demo::new(7, Size::Large, now());
    let counts = Size::Large.counts();
    let (mut visits, mut ids) = (0, HashSet::new());
    for record in demo.records() {
        visits += usize::from(record.kind == Kind::Visit);
        assert!(ids.insert(record.document), "{} is made twice", record.document);
    }
    assert_eq!((visits, ids.len()), (counts.visits, demo.total()));
}

/// Where a record links to, with the field that does.
fn links(record: &DemoRecord) -> Vec<(String, &'static str, DocumentId)> {
    let fields = schema(record.kind);
    let mut found = Vec::new();
    let mut look = |path: &FieldPath, scalar: ScalarType, value: &Scalar| {
        let name = format!("{}.{}", path.field, path.column.as_deref().unwrap_or_default());
        match (scalar, value) {
            (ScalarType::Link(kind), Scalar::Text(id)) => found.push((name, kind, id.parse().unwrap())),
            (ScalarType::List(ScalarType::Link(kind)), list) => {
                let ids = Vec::<String>::from_scalar(list).unwrap();
                found.extend(ids.iter().map(|id| (name.clone(), *kind, id.parse().unwrap())));
            }
            _ => {}
        }
    };
    for intent in every_intent(record) {
        let path = intent.path();
        let field = fields.field(&path.field).unwrap();
        match intent {
            Intent::Set { value, .. } => {
                if let halyard_domain::schema::Shape::Scalar(scalar) = field.shape {
                    look(&path, scalar, value);
                }
            }
            Intent::AddRow { row, columns, .. } => {
                for (column, value) in columns {
                    let scalar = field.column(column).unwrap();
                    look(&FieldPath::column(&path.field, *row, column), scalar, value);
                }
            }
            Intent::EditText { .. } => {}
        }
    }
    found
}

#[test]
fn every_link_leads_to_a_record_that_is_there_already() {
    let demo = small(7);
    let kinds: HashMap<DocumentId, Kind> =
        demo.records().map(|record| (record.document, record.kind)).collect();
    let mut before: HashSet<DocumentId> = HashSet::new();
    for record in demo.records() {
        before.insert(record.document);
        for (field, kind, target) in links(&record) {
            assert_eq!(kinds.get(&target).map(|kind| kind.name()), Some(kind), "{} {field}", record.kind);
            let names_people = ["author.", "leader.", "manager."].contains(&field.as_str())
                || field.ends_with(&format!(".{}", row_column::BY));
            let is_person = kind == "employee" && (names_people || record.kind == Kind::Company);
            assert!(is_person || before.contains(&target), "{} {field} points forward", record.kind);
        }
    }
}

#[test]
fn rows_that_other_records_name_exist() {
    let readings = readings(&small(7));
    let rows: BTreeSet<String> = readings
        .values()
        .flat_map(|reading| ["addresses", "contacts", "meters", "items"].map(|field| reading.rows(field)))
        .flatten()
        .map(|row| row.id.to_string())
        .collect();
    let text = |scalar: &Scalar| scalar.as_text().map(str::to_owned);
    let mut named = Vec::new();
    for reading in readings.values() {
        named.extend(["site", "contact"].into_iter().filter_map(|field| text(reading.value(field))));
        for (field, column) in [("checklist_answers", "item"), ("readings", "meter")] {
            named.extend(reading.rows(field).iter().filter_map(|row| text(row.value(column))));
        }
    }
    assert!(named.len() > 400, "{}", named.len());
    let dangling: Vec<_> = named.into_iter().filter(|row| !rows.contains(row)).collect();
    assert_eq!(dangling, Vec::<String>::new());
}
