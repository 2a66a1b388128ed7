//! `cargo xtask codegen`: files of the repository that are made from declarations.
//!
//! `crates/records/seeds.txt` gets a line for every kind and schema version; lines are only added, and a
//! test of the records crate fails while one is missing. The marked sections of `docs/SYNC.md` are made
//! anew. What they say is decided by programs beside the declarations (`crates/records/examples`): this
//! package depends on no crate of the product. `ui/src/lib/bindings` gets the TypeScript types of what
//! screens ask and get; a test of the tests package fails while they are not what the Rust types say.

use std::fs;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::process::Runner;
use crate::say;
use crate::workspace::{Workspace, output};

const PAGE: &str = "docs/SYNC.md";

/// Add what a new record kind or container needs to the generated files, make docs/SYNC.md say so, and
/// make the TypeScript types of what screens ask and get.
///
/// Run it after declaring a kind, or a container with a new schema version, and after any change of a
/// declaration, a right or a call of the screens. No seed that was generated before changes.
#[derive(Args)]
pub(crate) struct Options {
    /// Change nothing; fail when docs/SYNC.md or the types say something else than the declarations.
    #[arg(long)]
    check: bool,
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    if options.check {
        say::line(format_args!("Compares {PAGE} with the declarations of the records. Changes nothing."));
        if !check(runner, workspace)? {
            bail!("{PAGE} is not what the declarations say. What to do: `cargo xtask codegen`.");
        }
        return bindings(runner, workspace, &["--", "--check"]);
    }
    say::line(format_args!("Adds missing seeds to crates/records/seeds.txt and brings {PAGE} up to date."));
    let mut seeds = workspace.cargo();
    seeds.args(["run", "--quiet", "--example", "write_seeds"]);
    if !runner.run(&mut seeds)?.success() {
        bail!("The seeds could not be written. The reason stands above.");
    }
    let (present, wanted) = page(runner, workspace)?;
    if present != wanted {
        fs::write(workspace.root().join(PAGE), wanted).with_context(|| format!("could not write {PAGE}"))?;
    }
    bindings(runner, workspace, &[])
}

/// Makes, or compares, the TypeScript types.
fn bindings(runner: &Runner, workspace: &Workspace, more: &[&str]) -> anyhow::Result<()> {
    let mut types = workspace.cargo();
    types.args(["run", "--quiet", "--bin", "write-bindings"]).args(more);
    if !runner.run(&mut types)?.success() {
        bail!("The TypeScript types are not what the Rust types say. What to do: `cargo xtask codegen`.");
    }
    Ok(())
}

/// True when the page says what the declarations say.
pub(crate) fn check(runner: &Runner, workspace: &Workspace) -> anyhow::Result<bool> {
    let (present, wanted) = page(runner, workspace)?;
    Ok(present == wanted)
}

/// The page as it is, and as it should be.
fn page(runner: &Runner, workspace: &Workspace) -> anyhow::Result<(String, String)> {
    let example = ["--quiet", "--example", "sync_page"];
    let mut build = workspace.cargo();
    if !runner.run(build.arg("build").args(example))?.success() {
        bail!("The sections of {PAGE} could not be made. The reason stands above.");
    }
    let made = output(workspace.cargo().arg("run").args(example))?;
    let path = workspace.root().join(PAGE);
    let present = fs::read_to_string(path).with_context(|| format!("could not read {PAGE}"))?;
    let wanted = with_sections(&present, &made)?;
    Ok((present, wanted))
}

/// The page with every section of `made` in the place of the section of the same name.
fn with_sections(page: &str, made: &str) -> anyhow::Result<String> {
    let mut page = page.to_owned();
    let mut rest = made;
    while let Some(section) = Section::first(rest) {
        let place = Section::named(&page, section.name);
        let place = place.with_context(|| format!("{PAGE} has no section marked `{}`", section.name))?;
        let (from, to) = (place.from, place.to);
        page.replace_range(from..to, rest.get(section.from..section.to).unwrap_or_default());
        rest = rest.get(section.to..).unwrap_or_default();
    }
    Ok(page)
}

/// A marked section and where it stands, its markers included.
struct Section<'a> {
    name: &'a str,
    from: usize,
    to: usize,
}

impl<'a> Section<'a> {
    fn first(text: &'a str) -> Option<Self> {
        const OPENING: &str = "<!-- codegen: ";
        let (_, after) = text.split_once(OPENING)?;
        let (name, _) = after.split_once(" -->")?;
        Self::named(text, name)
    }

    fn named(text: &str, name: &'a str) -> Option<Self> {
        let closing = format!("<!-- /codegen: {name} -->");
        let from = text.find(&format!("<!-- codegen: {name} -->"))?;
        let to = from + text.get(from..)?.find(&closing)? + closing.len();
        Some(Self { name, from, to })
    }
}

#[cfg(test)]
mod tests {
    //! Only what stands between markers is made anew.

    use super::*;

    const MADE: &str =
        "<!-- codegen: a -->\nnew\n<!-- /codegen: a -->\n<!-- codegen: b -->\n<!-- /codegen: b -->\n";

    #[test]
    fn what_stands_between_markers_is_replaced_and_nothing_else() {
        let page = "before\n<!-- codegen: b -->\nold\n<!-- /codegen: b -->\nbetween\n\
                    <!-- codegen: a -->\n<!-- /codegen: a -->\nafter\n";

        let wanted = "before\n<!-- codegen: b -->\n<!-- /codegen: b -->\nbetween\n\
                      <!-- codegen: a -->\nnew\n<!-- /codegen: a -->\nafter\n";
        assert_eq!(with_sections(page, MADE).unwrap(), wanted);
        assert_eq!(with_sections(wanted, MADE).unwrap(), wanted);
    }

    #[test]
    fn a_page_that_lost_a_marker_is_named() {
        let page = "<!-- codegen: a -->\nopen for ever\n<!-- codegen: b -->\n<!-- /codegen: b -->\n";

        let error = with_sections(page, MADE).unwrap_err();
        assert_eq!(error.to_string(), "docs/SYNC.md has no section marked `a`");
    }
}
