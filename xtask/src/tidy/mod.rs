//! `cargo xtask tidy`: the rules of this repository that no compiler and no lint knows.
//!
//! Each rule is a module with one function from the tree of files, or from what Cargo and git know, to
//! violations. A violation is one line: place, rule, what to do. Nothing is repaired here.
//!
//! Looked at are the files git tracks and new ones it does not ignore, so a rule speaks before the commit.

mod arrows;
mod files;
mod frozen;
mod leaks;
mod rust;
mod sql;
mod tree;

use std::fmt;

use anyhow::bail;
use clap::Args;

use self::tree::Tree;
use crate::say;
use crate::workspace::Workspace;

/// Check the rules of this repository that no compiler knows.
///
/// Reads every file of the repository, what Cargo knows about its packages, and what git holds of frozen
/// files. Prints one line for each place that breaks a rule: where, which rule, what to do. Changes nothing.
#[derive(Args)]
pub(crate) struct Options {}

/// A place that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: String,
    line: usize,
    rule: &'static str,
    remedy: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}: {}", self.path, self.line, self.rule, self.remedy)
    }
}

/// Performs the command.
pub(crate) fn run(workspace: &Workspace, _options: &Options) -> anyhow::Result<()> {
    say::line("Checks the rules of this repository that no compiler knows. Changes nothing.");
    if !check(workspace)? {
        bail!("Some rules do not hold. Each line above names a place and what to do there.");
    }
    Ok(())
}

/// Prints every violation, and answers whether there was none.
pub(crate) fn check(workspace: &Workspace) -> anyhow::Result<bool> {
    let tree = Tree::of_repository(workspace)?;
    let packages = workspace.metadata()?.packages;
    let mut violations = [
        arrows::check(workspace.root(), &packages, &tree),
        files::check(&tree),
        frozen::check(workspace)?,
        leaks::check(&tree),
        rust::check(&tree),
        sql::check(&tree),
    ]
    .concat();
    violations.sort();
    violations.dedup();
    for violation in &violations {
        say::line(violation);
    }
    say::line(format_args!("{} files read, {} places to mend.", tree.files.len(), violations.len()));
    Ok(violations.is_empty())
}

#[cfg(test)]
mod testing;
