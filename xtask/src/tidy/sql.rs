//! SQL stands in a few places only, so that a table can be changed by reading them.
//!
//! Lists, rows and tables of records are `crates/tables`, the device's database is `crates/store`, the
//! relay's is `sync-server/src/storage` with its migrations. Tests may ask a database anything.

use super::Violation;
use super::rust::{What, read};
use super::tree::{File, Tree};

/// Where SQL may stand in Rust code.
const HOMES_OF_CODE: [&str; 3] = ["crates/tables/", "crates/store/", "sync-server/src/storage"];

/// Where files of SQL may lie.
const HOMES_OF_FILES: [&str; 3] = ["crates/tables/", "crates/store/", "sync-server/migrations/"];

/// How a statement begins: the first word, and the words one of which has to follow (none: any word may).
const STATEMENTS: [(&str, &[&str]); 16] = [
    ("SELECT", &[]),
    ("INSERT", &["INTO", "OR"]),
    ("REPLACE", &["INTO"]),
    ("UPDATE", &[]),
    ("DELETE", &["FROM"]),
    ("CREATE", &["TABLE", "INDEX", "UNIQUE", "VIRTUAL", "VIEW", "TRIGGER", "TEMP", "TEMPORARY"]),
    ("ALTER", &["TABLE"]),
    ("DROP", &["TABLE", "INDEX", "VIEW", "TRIGGER"]),
    ("PRAGMA", &[]),
    ("ATTACH", &["DATABASE", "?"]),
    ("WITH", &["RECURSIVE"]),
    ("BEGIN", &["IMMEDIATE", "EXCLUSIVE", "DEFERRED", "TRANSACTION"]),
    ("SAVEPOINT", &[]),
    ("RELEASE", &["SAVEPOINT"]),
    ("ROLLBACK", &["TO"]),
    ("VACUUM", &["INTO"]),
];

/// Checks Rust code and files of SQL.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    tree.files.iter().flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Violation> {
    let starts_in = |homes: &[&str]| homes.iter().any(|home| file.path.starts_with(home));
    let is_test = file.lies_in(&["tests", "benches", "fixtures"]) || file.path.ends_with("/tests.rs");
    if is_test {
        return Vec::new();
    }
    let violation = |line, remedy: &str| Violation {
        path: file.path.clone(),
        line,
        rule: "sql",
        remedy: remedy.to_owned(),
    };
    if file.has_extension(&["sql"]) && !starts_in(&HOMES_OF_FILES) {
        return vec![violation(1, "move the file to the migrations of crates/store or sync-server")];
    }
    if !file.is_rust() || starts_in(&HOMES_OF_CODE) {
        return Vec::new();
    }
    let statements = read(&file.text).into_iter().filter(|found| {
        !found.in_test && matches!(&found.what, What::Literal(literal) if is_statement(literal))
    });
    let remedy =
        "move the statement behind a function of crates/tables, crates/store or sync-server/src/storage";
    statements.map(|found| violation(found.line, remedy)).collect()
}

fn is_statement(literal: &str) -> bool {
    let Some((opening, text)) = literal.split_once('"') else { return false };
    if !opening.chars().all(|letter| "rbc#".contains(letter)) {
        return false;
    }
    let text = text.replace("\\n", " ").replace('\\', " ");
    let mut words = text.trim_end_matches(['"', '#']).split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    // `DELETE /v1/devices` and `UPDATE /…` are requests to a server.
    let statement = STATEMENTS.iter().find(|(begin, _)| *begin == first);
    statement.is_some_and(
        |(_, follow)| {
            if follow.is_empty() { !second.starts_with('/') } else { follow.contains(&second) }
        },
    )
}

#[cfg(test)]
mod tests {
    //! A statement outside its places is found however it is written.

    use super::*;
    use crate::tidy::testing::{places, tree};

    fn check_file(path: &str, text: &str) -> Vec<String> {
        places(&check(&tree(&[(path, text)])))
    }

    #[test]
    fn a_statement_in_a_handler_is_refused() {
        let handler = "fn devices() {\n    let rows = query(\"SELECT name FROM device\");\n}\n";

        assert_eq!(
            check_file("sync-server/src/http/devices.rs", handler),
            ["sync-server/src/http/devices.rs:2: sql"]
        );
        assert_eq!(check_file("crates/device/src/list.rs", handler), ["crates/device/src/list.rs:2: sql"]);
    }

    #[test]
    fn a_statement_at_home_is_welcome() {
        let code = "const ALL: &str = \"SELECT name FROM device\";";

        for home in
            ["crates/tables/src/list.rs", "crates/store/src/outbox.rs", "sync-server/src/storage/log.rs"]
        {
            assert!(check_file(home, code).is_empty(), "{home}");
        }
    }

    #[test]
    fn every_way_to_write_a_statement_is_found() {
        let check = |literal: &str, expected: bool| {
            assert_eq!(is_statement(literal), expected, "{literal}");
        };

        check(r##"r#"SELECT 1"#"##, true);
        check("\"\n        INSERT INTO document (id)\n        VALUES (?1)\"", true);
        check(r#""\n UPDATE device SET name = ?1""#, true);
        check(r#"b"PRAGMA user_version""#, true);
        check(r#"c"CREATE TABLE a (b)""#, true);
        check(r#""DELETE FROM outbox""#, true);
        check(r#""SELECT""#, false);
        check(r#""DELETE /v1/devices""#, false);
        check(r#""CREATE a visit""#, false);
        check(r#""Select the customer""#, false);
        check("'S'", false);
        check("12", false);
    }

    #[test]
    fn a_statement_inside_a_macro_is_found() {
        let code = "fn f() { let text = format!(\"SELECT {column} FROM visit\"); }";

        assert_eq!(check_file("crates/device/src/list.rs", code).len(), 1);
    }

    #[test]
    fn tests_may_ask_a_database_anything() {
        let unit = "#[cfg(test)]\nmod tests {\n    const ALL: &str = \"SELECT 1 FROM a\";\n}\n";
        let code = "const ALL: &str = \"SELECT 1 FROM a\";";

        assert!(check_file("crates/device/src/list.rs", unit).is_empty());
        assert!(check_file("tests/system/story.rs", code).is_empty());
        assert!(check_file("crates/device/tests/lists.rs", code).is_empty());
        assert!(check_file("crates/device/src/list/tests.rs", code).is_empty());
    }

    #[test]
    fn the_code_after_a_test_module_is_looked_at_again() {
        let code = "#[cfg(test)]\nmod tests;\nconst A: &str = \"SELECT 1 FROM a\";\n\
                    #[cfg(test)]\nmod more {}\nconst B: &str = \"SELECT 1 FROM b\";\n";

        assert_eq!(
            check_file("crates/device/src/list.rs", code),
            ["crates/device/src/list.rs:3: sql", "crates/device/src/list.rs:6: sql"]
        );
    }

    #[test]
    fn a_statement_in_documentation_is_no_code() {
        let code = "/// SELECT name FROM device\nfn f() {}\n// SELECT 1 FROM a\n";

        assert!(check_file("crates/device/src/list.rs", code).is_empty());
    }

    #[test]
    fn a_file_of_statements_lies_with_the_migrations() {
        assert!(check_file("sync-server/migrations/sqlite/V1__log.sql", "").is_empty());
        assert!(check_file("crates/store/migrations/V1__documents.sql", "").is_empty());
        assert_eq!(check_file("crates/device/src/extra.sql", ""), ["crates/device/src/extra.sql:1: sql"]);
    }
}
