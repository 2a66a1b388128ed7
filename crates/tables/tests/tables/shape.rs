//! What tables and rows look like.

use halyard_domain::kind::Kind;
use halyard_domain::reading::{Cell, FieldReading};
use halyard_domain::records::{Complaint, Visit};
use halyard_domain::value::Scalar;
use halyard_tables::ddl;
use halyard_tables::rows::rows_of;
use halyard_tables::sql::{Dialect, Leading, SqlValue};
use halyard_tables::tables::all;

use crate::database::*;
use halyard_testkit::sample::*;

#[test]
fn equal_tables_have_equal_columns_in_both_dialects_and_leadings() {
    let both = [Leading::Device, Leading::Office];
    for leading in both {
        let create = |dialect| ddl::create(dialect, leading);
        let named = |statements: Vec<String>| -> Vec<String> {
            let tables = statements.into_iter().filter(|one| one.starts_with("CREATE TABLE \""));
            tables.map(|one| one.split(['"']).skip(1).step_by(2).collect::<Vec<_>>().join(",")).collect()
        };
        // PostgreSQL quotes the collation as well.
        let postgres: Vec<String> =
            named(create(Dialect::Postgres)).iter().map(|one| one.replace(",C", "")).collect();
        assert_eq!(named(create(Dialect::Sqlite)), postgres);
    }
    let office = ddl::create(Dialect::Sqlite, Leading::Office);
    let keys: Vec<&String> = office.iter().filter(|one| one.contains("PRIMARY KEY (\"")).collect();
    assert!(!keys.is_empty() && keys.iter().all(|one| one.contains("PRIMARY KEY (\"workspace_id\", ")));
    let indexes: Vec<&String> = office.iter().filter(|one| one.contains("CREATE INDEX")).collect();
    assert!(indexes.iter().all(|one| one.contains("(\"workspace_id\", ")));
}

#[test]
fn every_name_fits_postgres() {
    for statement in ddl::create(Dialect::Postgres, Leading::Office) {
        let longest = statement.split('"').skip(1).step_by(2).map(str::len).max().unwrap_or(0);
        assert!(longest <= 63, "{statement}");
    }
}

#[test]
fn the_version_changes_with_what_the_tables_are() {
    let versions = [
        ddl::version(Dialect::Sqlite, Leading::Device),
        ddl::version(Dialect::Sqlite, Leading::Office),
        ddl::version(Dialect::Postgres, Leading::Office),
    ];
    assert_ne!(versions[0], versions[1]);
    assert_ne!(versions[1], versions[2]);
    assert_eq!(versions[0], ddl::version(Dialect::Sqlite, Leading::Device));
}

#[test]
fn dropping_every_named_table_leaves_nothing() {
    let database = Database::device();
    database.put(&customer("c", "Ліфт"));
    for name in ddl::table_names(Dialect::Sqlite) {
        database.connection.execute_batch(&ddl::drop_table(&name)).unwrap();
    }
    assert_eq!(database.query("SELECT name FROM sqlite_schema"), Vec::<Vec<SqlValue>>::new());
}

#[test]
fn the_works_of_a_visit_stand_in_a_table_of_their_own() {
    let office = ddl::create(Dialect::Sqlite, Leading::Office);
    let works = office.iter().find(|one| one.starts_with("CREATE TABLE \"visit_works\"")).unwrap();
    insta::assert_snapshot!(works, @r#"
    CREATE TABLE "visit_works" (
        "workspace_id" BLOB NOT NULL,
        "record_id" BLOB NOT NULL,
        "row_id" BLOB NOT NULL,
        "row_order" INTEGER NOT NULL,
        "by" BLOB,
        "at" INTEGER,
        "at_offset" INTEGER,
        "withdrawn" INTEGER NOT NULL,
        "withdrawal" TEXT,
        "work_kind" BLOB,
        "unit" BLOB,
        "volume" TEXT,
        "volume_e6" INTEGER,
        "period_start" INTEGER,
        "period_start_offset" INTEGER,
        "period_end" INTEGER,
        "period_end_offset" INTEGER,
        "hours" TEXT,
        "hours_e6" INTEGER,
        "who" BLOB,
        "note" TEXT,
        "note_key" TEXT,
        PRIMARY KEY ("workspace_id", "record_id", "row_id")
    ) STRICT, WITHOUT ROWID
    "#);
}

#[test]
fn every_row_has_a_value_for_every_column_of_its_own() {
    for tables in all() {
        let rows = rows_of(id("x"), &Sample::of(tables.kind, "x").reading);
        assert_eq!(rows.main.len(), tables.main.own_columns().count(), "{}", tables.kind);
        assert_eq!(rows.children.len(), tables.children.len());
        Database::device().put(&Sample::of(tables.kind, "x"));
    }
}

#[test]
fn a_record_is_labelled_by_its_number_once_it_has_one() {
    let visit = visit("v");
    let provisional = rows_of(visit.id, &visit.reading);
    assert_eq!(provisional.value("label"), &SqlValue::Text(visit.id.provisional_label()));
    let numbered = visit.with(Visit::NUMBER.set(&"V-2026-00123".to_owned()));
    let rows = rows_of(numbered.id, &numbered.reading);
    assert_eq!(rows.value("label"), &SqlValue::Text("V-2026-00123".to_owned()));
    let named = customer("c", "Ліфт");
    assert_eq!(rows_of(named.id, &named.reading).value("label"), &SqlValue::Text("Ліфт".to_owned()));
}

#[test]
fn conflicts_and_attention_are_counted() {
    let mut sample = Sample::of(Kind::Complaint, "c").with(Complaint::SERIAL.set(&"1".to_owned()));
    let Some(FieldReading::Cell(cell)) = sample.reading.fields.get_mut("serial") else { panic!() };
    *cell = Cell {
        value: cell.value.clone(),
        alternatives: ["2", "1"]
            .map(|value| halyard_domain::reading::Alternative {
                value: Scalar::Text(value.to_owned()),
                by: halyard_domain::reading::OperationId { counter: 9, actor: value.to_owned() },
            })
            .to_vec(),
    };
    let rows = rows_of(sample.id, &sample.reading);
    assert_eq!(rows.value("conflicts"), &SqlValue::Int(1));
    assert_eq!(rows.value("attention"), &SqlValue::Int(1));
    assert_eq!(rows.value("state"), &SqlValue::Text("registered".to_owned()));
}

#[test]
fn what_a_newer_version_wrote_does_not_stop_a_row() {
    let mut sample = visit_of("v", "c", 2);
    let fields = &mut sample.reading.fields;
    fields.insert("mood".to_owned(), FieldReading::Cell(Cell::settled(Scalar::Text("гарний".to_owned()))));
    fields.insert("window".to_owned(), FieldReading::Cell(Cell::settled(Scalar::Int(7))));
    fields.insert("works".to_owned(), FieldReading::Text("не рядки".to_owned()));
    let database = Database::device();
    database.put(&sample);
    assert_eq!(database.cell(Kind::Visit, "v", "window_start"), SqlValue::Null);
    assert_ne!(database.cell(Kind::Visit, "v", "attention"), SqlValue::Int(0));
}
