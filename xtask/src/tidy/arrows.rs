//! Which package may depend on which: the arrows of docs/ARCHITECTURE.md.
//!
//! Read from the manifests, so an arrow is refused when it is declared, not when it is used. A package
//! without a line here is refused too: a new layer is decided, not discovered.

use std::path::Path;

use super::Violation;
use super::tree::Tree;
use crate::workspace::{Dependency, DependencyKind, Package};

const PREFIX: &str = "halyard-";

/// Builders and seeded worlds, and a disk that fails when told to; nothing a user runs may contain them.
const FOR_TESTS: [&str; 2] = ["testkit", "disk"];

/// What a package of the product may depend on, by their names without the prefix.
const ARROWS: [(&str, &[&str]); 12] = [
    ("record-derive", &[]),
    ("domain", &["record-derive"]),
    ("records", &["domain"]),
    ("protocol", &["domain"]),
    ("tables", &["domain"]),
    ("store", &["domain", "tables"]),
    ("device", &["domain", "records", "protocol", "tables", "store"]),
    ("cli", &["device"]),
    ("app", &["device"]),
    ("sync-server", &["domain", "records", "protocol", "tables"]),
    ("testkit", &["domain", "store", "device"]),
    ("disk", &[]),
];

/// Packages that may depend on everything, because nothing depends on them.
const ABOVE_ALL: [&str; 3] = ["halyard-tests", "halyard-window-tests", "xtask"];

/// Foreign crates that only these folders may name, in any kind of dependency.
const CONFINED: [(&str, &[&str]); 3] =
    [("automerge", &["crates/records"]), ("axum", &["sync-server", "tests"]), ("tauri", &["src-tauri"])];

/// Checks the dependencies of every package.
pub(super) fn check(root: &Path, packages: &[Package], tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for package in packages {
        let relative = package.manifest_path.strip_prefix(root).unwrap_or(&package.manifest_path);
        let manifest = relative.to_string_lossy().replace('\\', "/");
        let mut report = |dependency: &str, rule, remedy| {
            let line = line_naming(tree, &manifest, dependency);
            violations.push(Violation { path: manifest.clone(), line, rule, remedy });
        };
        if !ABOVE_ALL.contains(&package.name.as_str()) && allowed_for(&package.name).is_none() {
            let remedy = format!(
                "decide what {} may depend on, in docs/ARCHITECTURE.md and xtask/src/tidy/arrows.rs",
                package.name
            );
            report("name", "arrow", remedy);
            continue;
        }
        for dependency in &package.dependencies {
            if let Some(remedy) = refused_arrow(&package.name, dependency) {
                report(&dependency.name, "arrow", remedy);
            }
            if let Some(remedy) = confined_elsewhere(&manifest, &dependency.name) {
                report(&dependency.name, "confined", remedy);
            }
        }
    }
    violations
}

fn allowed_for(package: &str) -> Option<&'static [&'static str]> {
    let name = package.strip_prefix(PREFIX)?;
    ARROWS.iter().find(|(from, _)| *from == name).map(|(_, to)| *to)
}

fn refused_arrow(package: &str, dependency: &Dependency) -> Option<String> {
    if ABOVE_ALL.contains(&package) {
        return None;
    }
    let to = dependency.name.strip_prefix(PREFIX)?;
    let allowed = allowed_for(package)?;
    let is_for_tests = dependency.kind == Some(DependencyKind::Dev);
    if allowed.contains(&to) || (FOR_TESTS.contains(&to) && is_for_tests) {
        return None;
    }
    if FOR_TESTS.contains(&to) {
        return Some(format!("move {} to [dev-dependencies]: users never get it", dependency.name));
    }
    let may = if allowed.is_empty() { "no package of ours".to_owned() } else { allowed.join(", ") };
    Some(format!("remove {}: {package} may depend on {may}; pass in what it needs", dependency.name))
}

fn confined_elsewhere(manifest: &str, dependency: &str) -> Option<String> {
    let belongs = |name: &str| dependency == name || dependency.strip_prefix(name).is_some_and(is_companion);
    let (name, folders) = CONFINED.iter().find(|(name, _)| belongs(name))?;
    let at_home = folders.iter().any(|folder| manifest == format!("{folder}/Cargo.toml"));
    (!at_home).then(|| format!("remove {dependency}: only {} may know {name}", folders.join(" and ")))
}

/// The rest of a name like `axum-extra`.
fn is_companion(rest: &str) -> bool {
    rest.starts_with('-')
}

/// The line of a manifest that names a dependency; the first line where it does so under another name.
fn line_naming(tree: &Tree, manifest: &str, name: &str) -> usize {
    let names_it = |line: &str| {
        let rest = line.trim_start().trim_start_matches('"').strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=', '"']))
    };
    let file = tree.files.iter().find(|file| file.path == manifest);
    let found = file.and_then(|file| file.lines().find(|(_, line)| names_it(line)));
    found.map_or(1, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    //! Only the arrows of the architecture may be declared.

    use super::*;
    use crate::tidy::testing::{places, tree};

    fn package(folder: &str, name: &str, dependencies: &[(&str, Option<DependencyKind>)]) -> Package {
        let dependency = |&(name, kind): &(&str, _)| Dependency { name: name.to_owned(), kind };
        Package {
            name: name.to_owned(),
            manifest_path: format!("/checkout/{folder}/Cargo.toml").into(),
            dependencies: dependencies.iter().map(dependency).collect(),
            targets: Vec::new(),
        }
    }

    fn check_one(package: Package, manifest: &str) -> Vec<String> {
        let path = package.manifest_path.strip_prefix("/checkout").unwrap().to_str().unwrap().to_owned();
        places(&check(Path::new("/checkout"), &[package], &tree(&[(path.as_str(), manifest)])))
    }

    #[test]
    fn an_arrow_of_the_architecture_is_allowed() {
        let store = package("crates/store", "halyard-store", &[("halyard-tables", None), ("rusqlite", None)]);

        assert!(check_one(store, "").is_empty());
    }

    #[test]
    fn an_arrow_against_the_layers_is_refused_where_it_is_declared() {
        let domain = package("crates/domain", "halyard-domain", &[("halyard-store", None)]);
        let manifest =
            "[package]\nname = \"halyard-domain\"\n\n[dependencies]\nhalyard-store.workspace = true\n";

        assert_eq!(check_one(domain, manifest), ["crates/domain/Cargo.toml:5: arrow"]);
    }

    #[test]
    fn an_arrow_is_refused_for_tests_too() {
        let cli = package("crates/cli", "halyard-cli", &[("halyard-store", Some(DependencyKind::Dev))]);

        assert_eq!(check_one(cli, "").len(), 1);
    }

    #[test]
    fn what_is_for_tests_is_for_tests_only() {
        for name in ["halyard-testkit", "halyard-disk"] {
            let in_tests = package("crates/store", "halyard-store", &[(name, Some(DependencyKind::Dev))]);
            let in_product = package("crates/store", "halyard-store", &[(name, None)]);

            assert!(check_one(in_tests, "").is_empty());
            assert_eq!(check_one(in_product, "").len(), 1);
        }
    }

    #[test]
    fn a_package_nobody_has_placed_is_refused() {
        let stranger = package("crates/billing", "halyard-billing", &[]);
        let manifest = "[package]\nname = \"halyard-billing\"\n";

        assert_eq!(check_one(stranger, manifest), ["crates/billing/Cargo.toml:2: arrow"]);
    }

    #[test]
    fn the_system_tests_may_depend_on_everything_but_the_confined() {
        let tests = [("halyard-device", None), ("halyard-sync-server", None), ("axum", None)];
        let merging = [("automerge", None)];

        assert!(check_one(package("tests", "halyard-tests", &tests), "").is_empty());
        assert_eq!(
            check_one(package("tests", "halyard-tests", &merging), ""),
            ["tests/Cargo.toml:1: confined"]
        );
    }

    #[test]
    fn a_confined_crate_and_its_companions_stay_at_home() {
        let records = package("crates/records", "halyard-records", &[("automerge", None)]);
        let device = package("crates/device", "halyard-device", &[("axum-extra", None), ("tauri", None)]);
        let manifest = "[dependencies]\naxum-extra = \"1\"\ntauri = { version = \"2\" }\n";

        assert!(check_one(records, "").is_empty());
        assert_eq!(
            check_one(device, manifest),
            ["crates/device/Cargo.toml:2: confined", "crates/device/Cargo.toml:3: confined"]
        );
    }

    #[test]
    fn a_crate_that_only_starts_alike_is_not_confined() {
        let device = package("crates/device", "halyard-device", &[("axumite", None), ("taurine", None)]);

        assert!(check_one(device, "").is_empty());
    }
}
