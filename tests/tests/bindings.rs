//! The committed TypeScript types are those the Rust types give.

use halyard_tests::bindings::{Files, committed_folder, differences, made, read, replace};

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn the_committed_types_are_what_the_rust_types_say() {
    let differing = differences(&made().unwrap(), &read(&committed_folder()).unwrap());
    assert!(differing.is_empty(), "run `cargo xtask codegen`: {differing:?} differ");
}

#[test]
fn a_type_that_changed_came_or_went_is_named() {
    let made = files(&[("Me.ts", "new"), ("Today.ts", "same"), ("Visit.ts", "made")]);
    let committed = files(&[("Me.ts", "old"), ("Today.ts", "same"), ("Gone.ts", "left")]);
    assert_eq!(differences(&made, &committed), ["Gone.ts", "Me.ts", "Visit.ts"]);
}

#[test]
fn a_file_that_nothing_makes_any_more_goes() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("Gone.ts"), "left").unwrap();
    replace(place.path(), &files(&[("Me.ts", "new")])).unwrap();
    assert_eq!(read(place.path()).unwrap(), files(&[("Me.ts", "new")]));
}
