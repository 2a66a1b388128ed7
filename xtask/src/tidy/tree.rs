//! The text files of the repository, read once for all rules.
//!
//! Paths are relative to the root and use `/` everywhere. A file that is not text is not listed: no rule
//! reads one.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context as _;

use crate::workspace::{Workspace, output};

/// One text file.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// All text files.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

impl File {
    /// The lines with their numbers, counted from one.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    pub(super) fn is_rust(&self) -> bool {
        self.has_extension(&["rs"])
    }

    pub(super) fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = Path::new(&self.path).extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| extensions.contains(&extension))
    }

    /// Whether one of the folders the file lies in has one of these names.
    pub(super) fn lies_in(&self, folders: &[&str]) -> bool {
        let mut segments: Vec<_> = self.path.split('/').collect();
        segments.pop();
        segments.iter().any(|segment| folders.contains(segment))
    }
}

impl Tree {
    /// What git tracks, and new files it does not ignore.
    pub(super) fn of_repository(workspace: &Workspace) -> anyhow::Result<Self> {
        let mut git = workspace.command("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listed = output(&mut git).context("git could not list the files of the repository")?;
        let mut files = Vec::new();
        for path in listed.split_terminator('\0') {
            if let Some(text) = read_text(&workspace.root().join(path))? {
                files.push(File { path: path.to_owned(), text });
            }
        }
        Ok(Self { files })
    }

    pub(super) fn rust_files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }
}

/// The text of a file, or `None` when it is no text, a link, or deleted but not yet committed so.
fn read_text(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("could not look at {}", path.display())),
    }
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(String::from_utf8(bytes).ok())
}
