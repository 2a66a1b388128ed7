//! What belongs to one machine stays out of the repository: its paths, and where it gets packages from.
//!
//! A checkout has to work anywhere. A home folder in a script, or a mirror in a lock file, works on the
//! machine it was written on and nowhere else.

use super::Violation;
use super::tree::{File, Tree};

/// Folders at the root of somebody's machine.
const MACHINE_FOLDERS: [&str; 5] = ["work", "root", "home", "Users", "mnt"];

/// Where package managers fetch from; which one is the business of a machine's own settings.
const REGISTRY_HOSTS: [&str; 6] = [
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("registry.npmjs", ".org"),
    concat!("registry.yarnpkg", ".com"),
    concat!("files.pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
];

/// The name every Cargo has for the public registry, whatever mirror a machine uses for it.
const DEFAULT_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks every text file.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in &tree.files {
        for (number, line) in file.lines() {
            if let Some((rule, remedy)) = leak(file, line) {
                violations.push(Violation { path: file.path.clone(), line: number, rule, remedy });
            }
        }
    }
    violations
}

fn leak(file: &File, line: &str) -> Option<(&'static str, String)> {
    if let Some(path) = machine_path(line) {
        return Some(("machine path", format!("{path} exists on one machine: take the place from outside")));
    }
    if let Some(host) = REGISTRY_HOSTS.iter().find(|host| line.contains(**host)) {
        return Some(("registry", format!("remove {host}: each machine has its own settings for that")));
    }
    if file.path.ends_with("Cargo.lock") {
        let source = line.strip_prefix("source = ")?.trim_matches('"');
        let remedy = format!("take the package from the public registry, not from {source}");
        return (source != DEFAULT_SOURCE).then_some(("registry", remedy));
    }
    let is_cargo_setting = file.path.contains(".cargo/") && file.has_extension(&["toml"]);
    let redirects = ["[source", "[registries", "[registry", "replace-with"];
    let redirected = is_cargo_setting && redirects.iter().any(|start| line.trim_start().starts_with(start));
    redirected.then(|| ("registry", "keep mirrors in the settings of the machine that needs them".to_owned()))
}

/// An absolute path into a folder that only this machine has.
fn machine_path(line: &str) -> Option<String> {
    MACHINE_FOLDERS.iter().map(|folder| format!("/{folder}/")).find(|path| {
        line.match_indices(path.as_str()).any(|(at, _)| {
            let before = line.get(..at).and_then(|text| text.chars().next_back());
            before.is_none_or(|letter| !letter.is_alphanumeric() && !"._-*})>/~".contains(letter))
        })
    })
}

#[cfg(test)]
mod tests {
    //! A checkout carries nothing of the machine it was written on.

    use super::*;
    use crate::tidy::testing::{places, tree};

    fn check_line(path: &str, line: &str) -> Vec<String> {
        places(&check(&tree(&[(path, line)])))
    }

    #[test]
    fn a_path_of_one_machine_is_refused() {
        let check = |line: &str, expected: usize| {
            assert_eq!(check_line("docs/OPERATING.md", line).len(), expected, "{line}");
        };

        check(concat!("cd /wo", "rk/main"), 1);
        check(concat!("folder = \"/ho", "me/olena/halyard\""), 1);
        check(concat!("`/ro", "ot/.cargo`"), 1);
        check("the folder target/work/main", 0);
        check("https://example.org/home/page", 0);
        check("$HOME/work/main", 0);
    }

    #[test]
    fn the_host_of_a_registry_is_refused() {
        let line = concat!("https://registry.npmjs", ".org/x/-/x-1.0.0.tgz");

        assert_eq!(check_line("package-lock.json", line), ["package-lock.json:1: registry"]);
    }

    #[test]
    fn a_lock_file_names_only_the_public_registry() {
        let check = |source: &str| check_line("Cargo.lock", &format!("source = \"{source}\""));

        assert!(check(DEFAULT_SOURCE).is_empty());
        assert_eq!(check("sparse+https://mirror.example.org/"), ["Cargo.lock:1: registry"]);
        assert_eq!(check("git+https://example.org/fork#1234"), ["Cargo.lock:1: registry"]);
    }

    #[test]
    fn a_mirror_in_the_settings_of_the_repository_is_refused() {
        assert_eq!(check_line(".cargo/config.toml", "[source.mirror]"), [".cargo/config.toml:1: registry"]);
        assert!(check_line(".cargo/config.toml", "[alias]").is_empty());
    }
}
