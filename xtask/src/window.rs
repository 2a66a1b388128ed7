//! The window's own project in `ui/`: its packages, checks, tests and pages, each by npm.
//!
//! The program of the window contains the built pages, so whatever compiles it, a lint too, needs them
//! first.
//!
//! npm writes nothing outside `ui/`, and no package brings a program of its own from elsewhere. Pages are
//! used in a browser on real devices: the programs of the workspace are built before, and the page tests
//! start `bridge` from where they are.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, bail};

use crate::node_packages::NodeProject;
use crate::process::Runner;
use crate::programs::{self, Build};
use crate::say;
use crate::workspace::Workspace;

const WINDOW: NodeProject = NodeProject { folder: "ui", what: "the window" };
/// What a build of the pages writes last.
const BUILT: &str = "dist/index.html";
/// What is made in `ui/` and not written there.
const MADE: [&str; 6] = ["dist", "node_modules", "compiled", "test-results", ".words", ".gallery"];

/// The scripts that have to succeed before the programs are built, quick ones first. `pages` follows.
const SCRIPTS: [&str; 3] = ["check", "test", "build"];
const PAGES: &str = "pages";
/// The script that takes pictures.
const PICTURES: &str = "screens";
/// Serves devices to the page tests, who find it by the variable.
const BRIDGE: &str = "bridge";
const BRIDGE_VARIABLE: &str = "HALYARD_BRIDGE";

/// Installs the packages of the window when they are missing or of another lock file.
pub(crate) fn provide(runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
    WINDOW.provide(runner, workspace)
}

/// Builds the pages unless they are newer than everything they are made of.
pub(crate) fn build(runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
    let folder = workspace.root().join(WINDOW.folder);
    if is_built(&folder) {
        return Ok(());
    }
    provide(runner, workspace)?;
    let _turn = workspace.turn()?;
    if is_built(&folder) {
        return Ok(());
    }
    say::step("Building the pages of the window");
    if !runner.run(WINDOW.npm(workspace).args(["run", "--silent", "build"]))?.success() {
        bail!("The pages of the window could not be built. The reason stands above.");
    }
    Ok(())
}

/// Runs every check and test of the window; the first that fails ends it.
pub(crate) fn check(runner: &Runner, workspace: &Workspace) -> anyhow::Result<bool> {
    provide(runner, workspace)?;
    for script in SCRIPTS {
        if !succeeds(runner, WINDOW.npm(workspace).args(["run", "--silent", script]), script)? {
            return Ok(false);
        }
    }
    let Some(mut pages) = on_devices(runner, workspace, PAGES)? else { return Ok(false) };
    succeeds(runner, &mut pages, PAGES)
}

/// Takes pictures of the screens whose names begin with `only`, of all without it, into a folder.
pub(crate) fn take_pictures(
    runner: &Runner,
    workspace: &Workspace,
    folder: &Path,
    only: Option<&str>,
) -> anyhow::Result<()> {
    provide(runner, workspace)?;
    // The window's own program is among those that are built, and contains the pages.
    build(runner, workspace)?;
    say::step("Building the programs and the pages of the pictures");
    let Some(mut screens) = on_devices(runner, workspace, PICTURES)? else { bail!("Nothing was taken.") };
    screens.args(["--", "--out"]).arg(folder);
    if let Some(name) = only {
        screens.args(["--only", name]);
    }
    if !runner.run(&mut screens)?.success() {
        bail!("Not every picture could be taken. The reason stands above.");
    }
    Ok(())
}

/// A script that uses the pages on devices, whose programs it builds first; nothing when that fails.
fn on_devices(runner: &Runner, workspace: &Workspace, script: &str) -> anyhow::Result<Option<Command>> {
    if !runner.run(workspace.cargo().args(["build", "--workspace", "--bins"]))?.success() {
        say::line("The programs that the pages are used on could not be built.");
        return Ok(None);
    }
    let bridge = programs::built(workspace, Build::Quick, BRIDGE)?;
    let mut npm = WINDOW.npm(workspace);
    npm.args(["run", "--silent", script]).env(BRIDGE_VARIABLE, &bridge);
    Ok(Some(npm))
}

fn succeeds(runner: &Runner, command: &mut Command, script: &str) -> anyhow::Result<bool> {
    let succeeded = runner.run(command)?.success();
    if !succeeded {
        say::line(format_args!("`npm run {script}` in ui/ failed."));
    }
    Ok(succeeded)
}

/// Whether the pages are newer than everything they are made of.
fn is_built(folder: &Path) -> bool {
    changed(&folder.join(BUILT)).is_some_and(|built| newest(folder).is_ok_and(|newest| newest <= built))
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|about| about.modified()).ok()
}

/// When a file below the folder was changed last, leaving out what is made; or a folder, which changes when something
/// of it goes. A folder in which something is made too changes by that, so it does not count itself.
fn newest(folder: &Path) -> anyhow::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut holds_made = false;
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        if MADE.iter().any(|made| entry.file_name() == *made) {
            holds_made = true;
            continue;
        }
        let changed = if entry.file_type()?.is_dir() {
            self::newest(&entry.path())?
        } else {
            entry.metadata()?.modified()?
        };
        newest = newest.max(changed);
    }
    Ok(if holds_made { newest } else { newest.max(folder.metadata()?.modified()?) })
}

#[cfg(test)]
mod tests {
    //! The pages are built again when something they are made of has changed, and only then.

    use super::*;

    #[test]
    fn what_is_made_does_not_count_as_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "x").unwrap();
            path
        };
        let made = [BUILT, "node_modules/.package-lock.json", "src/lib/words/compiled/messages.js"];
        let files = ["src/main.ts", "words/uk.json", "src/lib/old.ts"].iter().chain(&made);
        files.for_each(|name| drop(write(name)));
        let before =
            changed(&folder.path().join("src/main.ts")).unwrap() - std::time::Duration::from_secs(60);
        let set =
            |name: &str, to| fs::File::open(folder.path().join(name)).unwrap().set_modified(to).unwrap();
        for name in
            ["src", "src/lib", "src/lib/words", "words", "src/main.ts", "words/uk.json", "src/lib/old.ts"]
        {
            set(name, before);
        }
        assert_eq!(newest(folder.path()).unwrap(), before);

        let later = before + std::time::Duration::from_secs(3_600);
        made.into_iter().chain(["src/lib/words"]).for_each(|name| set(name, later));
        assert_eq!(newest(folder.path()).unwrap(), before);
        fs::remove_file(folder.path().join("src/lib/old.ts")).unwrap();
        assert!(newest(folder.path()).unwrap() > before, "a file that is gone is a change");
        set("words/uk.json", later);
        assert_eq!(newest(folder.path()).unwrap(), later);
    }
}
