//! TypeScript types of everything a screen asks and gets, made from the Rust types.
//!
//! They are committed in `ui/src/lib/bindings`; `cargo xtask codegen` writes them, and a test fails while
//! they are not what the Rust types say. `Calls` lists every call with its question and answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use halyard_device::screens::ScreenError;
use halyard_device::{AppEvent, with_calls, with_life_calls};
use ts_rs::{Config, Dependency, ExportError, TS, TypeVisitor};

/// What a made file begins with.
const HEAD: &str = "// Made by `cargo xtask codegen` from the Rust types. Do not edit.\n";

/// Files by their names.
pub type Files = BTreeMap<String, String>;

/// Where the committed types are.
#[must_use]
pub fn committed_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/bindings")
}

/// The types as the Rust types say them now.
///
/// # Errors
/// When a type cannot be written.
pub fn made() -> anyhow::Result<Files> {
    let place = tempfile::tempdir()?;
    let config = Config::new().with_out_dir(place.path()).with_large_int("number");
    let mut calls = Calls::default();
    macro_rules! collect {
        ($($kind:ident $name:ident($question:ty) -> $answer:ty = $function:path;)*) => {
            $(calls.add::<$question, $answer>(&config, stringify!($name))?;)*
        };
    }
    with_life_calls!(collect);
    with_calls!(collect);
    ScreenError::export_all(&config)?;
    AppEvent::export_all(&config)?;
    let mut files = read(place.path())?;
    for text in files.values_mut() {
        let own = text.split_once('\n').map_or("", |(_, own)| own);
        *text = format!("{HEAD}{own}");
    }
    files.insert("Calls.ts".to_owned(), calls.text());
    let index = index(&files);
    files.insert("index.ts".to_owned(), index);
    Ok(files)
}

/// One place to import every type from.
fn index(files: &Files) -> String {
    let lines = files.keys().filter_map(|name| name.strip_suffix(".ts"));
    let lines = lines.map(|name| format!("export type * from \"./{name}\";\n"));
    format!("{HEAD}{}", lines.collect::<String>())
}

/// The files of a folder; none when there is no folder.
///
/// # Errors
/// When a file cannot be read.
pub fn read(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        files.insert(name, text);
    }
    Ok(files)
}

/// Puts `files` in place of everything in the folder.
///
/// # Errors
/// When it cannot be written.
pub fn replace(folder: &Path, files: &Files) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for name in read(folder)?.keys().filter(|name| !files.contains_key(*name)) {
        std::fs::remove_file(folder.join(name))?;
    }
    for (name, text) in files {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// The names that are on one side only, or differ.
#[must_use]
pub fn differences(one: &Files, other: &Files) -> Vec<String> {
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

/// Notes and writes a type with everything it is made of; of a list or an option, what is in it.
struct Naming<'a> {
    config: &'a Config,
    named: &'a mut BTreeSet<String>,
    failed: Option<ExportError>,
}

impl TypeVisitor for Naming<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        match Dependency::from_ty::<T>(self.config) {
            Some(own) => {
                self.named.insert(own.ts_name);
                if let Err(error) = T::export_all(self.config) {
                    self.failed = Some(error);
                }
            }
            None => T::visit_generics(self),
        }
    }
}

/// The lines of the interface, and the types they name.
#[derive(Default)]
struct Calls {
    lines: String,
    named: BTreeSet<String>,
}

impl Calls {
    fn add<Q: TS + 'static, A: TS + 'static>(&mut self, config: &Config, name: &str) -> anyhow::Result<()> {
        writeln!(self.lines, "  {name}: {{ asked: {}; answer: {} }};", Q::name(config), A::name(config))?;
        let mut naming = Naming { config, named: &mut self.named, failed: None };
        naming.visit::<Q>();
        naming.visit::<A>();
        naming.failed.map_or(Ok(()), |error| Err(error.into()))
    }

    fn text(&self) -> String {
        let imports: String =
            self.named.iter().map(|name| format!("import type {{ {name} }} from \"./{name}\";\n")).collect();
        let lines = &self.lines;
        format!(
            "{HEAD}{imports}\n/** Every call of the app: what is asked, what is answered. */\n\
             export interface Calls {{\n{lines}}}\n\n/** The name of a call. */\nexport type CallName = keyof Calls;\n"
        )
    }
}
