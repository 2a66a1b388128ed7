//! System packages: which are needed, which are missing, and getting them.
//!
//! The list is `xtask/system-packages.toml`. On Debian and Ubuntu only what dpkg says is missing is
//! installed, with apt-get, as root or through sudo. On any other system, or without those rights, the
//! packages are named and the work goes on: the same software may be there under another name.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::process::Runner;
use crate::say;
use crate::workspace::{Workspace, output};

/// The command a package is needed by.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum NeededBy {
    Run,
    Test,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SystemPackage {
    name: String,
    needed_by: Vec<NeededBy>,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    package: Vec<SystemPackage>,
}

/// Installs the missing packages of a command, or names them where it cannot.
pub(crate) fn provide(runner: &Runner, workspace: &Workspace, command: NeededBy) -> anyhow::Result<()> {
    let path = workspace.root().join("xtask/system-packages.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let needed = needed_packages(&text, command).with_context(|| format!("in {}", path.display()))?;

    if !fs::read_to_string("/etc/os-release").is_ok_and(|release| has_apt(&release)) {
        say::line("This is not Debian or Ubuntu, so no system package is installed. What the work needs:");
        name_packages(&needed);
        return Ok(());
    }
    let installed = installed_packages(workspace, &needed)?;
    let missing: Vec<_> = needed.into_iter().filter(|package| !installed.contains(&package.name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    install(runner, workspace, &missing)
}

fn needed_packages(list: &str, command: NeededBy) -> anyhow::Result<Vec<SystemPackage>> {
    let list: List = toml::from_str(list)?;
    Ok(list.package.into_iter().filter(|package| package.needed_by.contains(&command)).collect())
}

/// Whether the system calls itself Debian or Ubuntu, or a relative of them.
fn has_apt(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .any(|id| id == "debian" || id == "ubuntu")
}

fn installed_packages(workspace: &Workspace, packages: &[SystemPackage]) -> anyhow::Result<BTreeSet<String>> {
    // dpkg-query fails when it has never heard of one of the packages; its answer about the others holds.
    let answer = workspace
        .command("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(packages.iter().map(|package| &package.name))
        .output()
        .context("could not ask dpkg which packages are installed")?;
    Ok(parse_installed(&String::from_utf8_lossy(&answer.stdout)))
}

fn parse_installed(answer: &str) -> BTreeSet<String> {
    let installed = answer.lines().filter_map(|line| line.strip_suffix(" installed"));
    installed.map(str::to_owned).collect()
}

fn install(runner: &Runner, workspace: &Workspace, missing: &[SystemPackage]) -> anyhow::Result<()> {
    let names: Vec<_> = missing.iter().map(|package| package.name.as_str()).collect();
    let by_hand = format!("apt-get install {}", names.join(" "));
    let Some(prefix) = administrator_prefix(workspace)? else {
        say::line("These system packages are missing, and installing them needs root or sudo:");
        name_packages(missing);
        say::line(format_args!("Have them installed with: {by_hand}\nGoing on without them."));
        return Ok(());
    };

    say::step(format_args!("Installing system packages: {}", names.join(", ")));
    name_packages(missing);
    for arguments in [vec!["update"], [vec!["install", "--yes", "--no-install-recommends"], names].concat()] {
        let mut words = prefix.iter().copied().chain(["apt-get"]).chain(arguments.iter().copied());
        let mut apt = workspace.command(words.next().unwrap_or("apt-get"));
        apt.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        // An unreachable source fails the update although the packages may be at hand.
        if !runner.run_in_foreground(&mut apt)?.success() && arguments != ["update"] {
            bail!("apt-get could not install the packages. Its reason stands above; then: {by_hand}");
        }
    }
    Ok(())
}

/// What to put before a command that changes the system, or `None` when this person may not.
fn administrator_prefix(workspace: &Workspace) -> anyhow::Result<Option<Vec<&'static str>>> {
    if output(workspace.command("id").arg("-u"))?.trim() == "0" {
        return Ok(Some(Vec::new()));
    }
    // Without a terminal nobody can type a password, so sudo is told not to ask.
    let asking: &[_] = if io::stdin().is_terminal() { &["sudo"] } else { &["sudo", "--non-interactive"] };
    let mut question = workspace.command("sudo");
    question.args(asking.get(1..).unwrap_or_default()).arg("--validate");
    Ok(question.status().is_ok_and(|status| status.success()).then(|| asking.to_vec()))
}

fn name_packages(packages: &[SystemPackage]) {
    for package in packages {
        say::line(format_args!("  {:<28} {}", package.name, package.reason));
    }
}

#[cfg(test)]
mod tests {
    //! The list says what is needed; the system says what is there.

    use super::*;

    fn names(list: &str, command: NeededBy) -> Vec<String> {
        needed_packages(list, command).unwrap().into_iter().map(|package| package.name).collect()
    }

    #[test]
    fn a_command_needs_only_the_packages_that_name_it() {
        let list = r#"
            [[package]]
            name = "compiler"
            needed_by = ["run", "test"]
            reason = "compiles"

            [[package]]
            name = "display"
            needed_by = ["test"]
            reason = "shows windows to tests"
        "#;

        assert_eq!(names(list, NeededBy::Run), ["compiler"]);
        assert_eq!(names(list, NeededBy::Test), ["compiler", "display"]);
    }

    #[test]
    fn the_list_of_this_repository_can_be_read() {
        let list = include_str!("../system-packages.toml");

        assert!(names(list, NeededBy::Run).contains(&"libssl-dev".to_owned()));
    }

    #[test]
    fn a_misspelt_key_in_the_list_is_refused() {
        let list = "[[package]]\nname = \"x\"\nneeded-by = [\"run\"]\nreason = \"y\"\n";

        assert!(needed_packages(list, NeededBy::Run).is_err());
    }

    #[test]
    fn debian_ubuntu_and_their_relatives_have_apt() {
        assert!(has_apt("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(has_apt("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(has_apt("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!has_apt("ID=fedora\nID_LIKE=\"rhel centos\"\nVARIANT_ID=debian-like\n"));
    }

    #[test]
    fn a_removed_package_with_its_settings_left_is_missing() {
        let answer = "git installed\nsqlite3 config-files\nlibssl-dev not-installed\n";

        assert_eq!(parse_installed(answer), BTreeSet::from(["git".to_owned()]));
    }
}
