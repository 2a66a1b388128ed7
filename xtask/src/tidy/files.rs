//! How files are named, how long they are, how they open, and how they speak of work left over.

use super::Violation;
use super::tree::{File, Tree};

/// The longest a source file may be before it has to be split by idea.
const MOST_LINES: usize = 500;

/// Names that say a thing exists, not what it is.
const DUMPING_GROUNDS: [&str; 9] =
    ["util", "utils", "utilities", "helper", "helpers", "common", "misc", "shared", "stuff"];

/// Languages people write here. Anything else is data.
const SOURCES: [&str; 5] = ["rs", "ts", "js", "svelte", "sql"];

/// Folders whose files are made by a program, or are data for tests.
const MADE: [&str; 4] = ["bindings", "generated", "fixtures", "snapshots"];

/// Checks every source file.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let sources = tree.files.iter().filter(|file| file.has_extension(&SOURCES) && !file.lies_in(&MADE));
    let rules = [name, length, opening];
    sources.flat_map(|file| rules.iter().filter_map(|rule| rule(file)).chain(leftovers(file))).collect()
}

fn violation(file: &File, line: usize, rule: &'static str, remedy: impl Into<String>) -> Violation {
    Violation { path: file.path.clone(), line, rule, remedy: remedy.into() }
}

fn name(file: &File) -> Option<Violation> {
    let mut segments = file.path.split(['/', '.']);
    let found = segments.find(|segment| DUMPING_GROUNDS.contains(segment))?;
    let remedy = format!("name it for what it is about: \"{found}\" only says that it exists");
    Some(violation(file, 1, "name", remedy))
}

fn length(file: &File) -> Option<Violation> {
    let lines = file.text.lines().count();
    let remedy = || format!("split it by idea: {lines} lines, and {MOST_LINES} is the most");
    (lines > MOST_LINES && !file.lies_in(&["migrations"]))
        .then(|| violation(file, MOST_LINES + 1, "length", remedy()))
}

fn opening(file: &File) -> Option<Violation> {
    let first = file.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let introduces_itself = first.strip_prefix("//!").is_some_and(|words| !words.trim().is_empty());
    let remedy = "open with `//!`: what the module is for, what it promises, what it does not do";
    // A module of tests says what holds by the names of its tests.
    let tests_of_a_module =
        file.path.ends_with("/tests.rs") || (file.path.contains("/tests/") && file.path.contains("/src/"));
    (file.is_rust() && !introduces_itself && !tests_of_a_module)
        .then(|| violation(file, 1, "opening", remedy))
}

/// Work left over that no issue knows of.
fn leftovers(file: &File) -> impl Iterator<Item = Violation> {
    file.lines().filter(|(_, line)| is_unnumbered_leftover(line)).map(|(number, _)| {
        violation(file, number, "leftover", "name the issue, `TODO #12`, or do it now, or delete the line")
    })
}

fn is_unnumbered_leftover(line: &str) -> bool {
    let starts = ["//", "/*", "--", "<!--"];
    let Some((at, start)) = starts.iter().filter_map(|start| Some((line.find(start)?, start))).min() else {
        return false;
    };
    let comment = line.get(at + start.len()..).unwrap_or_default();
    let words = comment.split(|letter: char| !letter.is_alphanumeric() && letter != '#');
    let mut words = words.filter(|word| !word.is_empty());
    let opens_with_marker = words.next().is_some_and(is_marker);
    let marker_inside = ["TODO", "FIXME"]
        .iter()
        .any(|marker| comment.split_once(marker).is_some_and(|(_, rest)| rest.starts_with([':', '('])));
    let is_numbered = comment
        .split_once('#')
        .is_some_and(|(_, number)| number.starts_with(|digit: char| digit.is_ascii_digit()));
    (opens_with_marker || marker_inside) && !is_numbered
}

fn is_marker(word: &str) -> bool {
    ["TODO", "FIXME", "HACK", "XXX"].contains(&word)
}

#[cfg(test)]
mod tests {
    //! Each rule about a file fires on a file that breaks it, and on no other.

    use super::*;
    use crate::tidy::testing::{places, tree};

    fn check_file(path: &str, text: &str) -> Vec<String> {
        places(&check(&tree(&[(path, text)])))
    }

    #[test]
    fn a_good_file_is_left_alone() {
        assert!(check_file("crates/domain/src/money.rs", "//! Money in minor units.\n").is_empty());
    }

    #[test]
    fn a_dumping_ground_is_refused_as_file_and_as_folder() {
        let opened = "//! Things.\n";

        assert_eq!(check_file("crates/store/src/utils.rs", opened), ["crates/store/src/utils.rs:1: name"]);
        assert_eq!(check_file("tests/common/mod.rs", opened), ["tests/common/mod.rs:1: name"]);
        assert_eq!(check_file("ui/src/lib/helpers.ts", ""), ["ui/src/lib/helpers.ts:1: name"]);
        assert!(check_file("crates/store/src/common_words.rs", opened).is_empty());
    }

    #[test]
    fn a_file_of_501_lines_is_too_long_and_one_of_500_is_not() {
        let lines = |count: usize| format!("//! Long.\n{}", "\n".repeat(count - 1));

        assert!(check_file("xtask/src/long.rs", &lines(500)).is_empty());
        assert_eq!(check_file("xtask/src/long.rs", &lines(501)), ["xtask/src/long.rs:501: length"]);
    }

    #[test]
    fn made_files_and_migrations_may_be_long() {
        let long = "-- row\n".repeat(900);

        assert!(check_file("tests/fixtures/large.sql", &long).is_empty());
        assert!(check_file("sync-server/migrations/sqlite/V1__log.sql", &long).is_empty());
    }

    #[test]
    fn a_module_without_an_introduction_is_refused() {
        assert_eq!(check_file("xtask/src/silent.rs", "use std::fmt;\n"), ["xtask/src/silent.rs:1: opening"]);
        assert_eq!(check_file("xtask/src/silent.rs", "//!\n"), ["xtask/src/silent.rs:1: opening"]);
        assert_eq!(check_file("xtask/src/empty.rs", ""), ["xtask/src/empty.rs:1: opening"]);
    }

    #[test]
    fn work_left_over_names_its_issue() {
        let opened = "//! Opened.\n";
        let check = |line: &str, expected: usize| {
            let found = check_file("xtask/src/opened.rs", &format!("{opened}{line}\n"));
            assert_eq!(found.len(), expected, "{line}: {found:?}");
        };

        check(concat!("// TO", "DO: later"), 1);
        check(concat!("let x = 1; // FIX", "ME(somebody) wrong"), 1);
        check(concat!("/// Adds. TO", "DO: subtract."), 1);
        check(concat!("// HA", "CK around the parser"), 1);
        check(concat!("// TO", "DO #12: later"), 0);
        check(concat!("// TO", "DO(#12): later"), 0);
        check(concat!("// the word TO", "DO in a sentence"), 0);
        check("let todo = list.first();", 0);
    }
}
