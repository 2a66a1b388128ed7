//! Small trees for the tests of the rules, and the one way they look at what a rule says.

use super::Violation;
use super::tree::{File, Tree};

/// A tree of these files; a text names its place in the repository and its content.
pub(super) fn tree(files: &[(&str, &str)]) -> Tree {
    let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
    Tree { files: files.iter().map(file).collect() }
}

/// What was found, without the advice: `path:line: rule`.
pub(super) fn places(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(|found| format!("{}:{}: {}", found.path, found.line, found.rule)).collect()
}
