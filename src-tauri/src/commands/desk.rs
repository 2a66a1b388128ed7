//! What the window has beside the device: links from outside and to there, files for the person, and words of
//! its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use halyard_device::screens::{ScreenError, StorageTrouble};
use tauri::{AppHandle, Manager, State, Url};

use crate::language::Lang;
use crate::links::{Pending, Target};
use crate::{outside, system};

/// The link that waits, once.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "a command owns what it is given")]
pub(super) fn take_link(pending: State<'_, Pending>) -> Option<Target> {
    pending.take()
}

/// Has the system open a link out of the app; answers whether it has a program for that.
#[tauri::command]
pub(super) async fn open_link(app: AppHandle, link: String) -> bool {
    let Ok(link) = Url::parse(&link) else { return false };
    tauri::async_runtime::spawn_blocking(move || outside::open(&app, &link)).await.unwrap_or(false)
}

/// Tells which language the desktop's own words are in.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "a command owns what it is given")]
pub(super) fn speak(app: AppHandle, lang: Lang) {
    system::speak(&app, lang);
}

/// Writes a file of the person's into their folder of downloads and answers where it is. Another file of
/// that name stays as it is, and of one that could not be written whole nothing stays.
#[tauri::command]
pub(super) async fn keep_file(app: AppHandle, name: String, text: String) -> Result<String, ScreenError> {
    // A window must not stand still while a slow disk writes.
    let kept = tauri::async_runtime::spawn_blocking(move || keep_among_downloads(&app, &name, &text)).await;
    kept.map_err(|error| ScreenError::Unexpected { detail: error.to_string() })?
}

fn keep_among_downloads(app: &AppHandle, name: &str, text: &str) -> Result<String, ScreenError> {
    let failed = |trouble| ScreenError::Storage { trouble };
    let paths = app.path();
    let folder =
        paths.download_dir().or_else(|_| paths.home_dir()).map_err(|_| failed(StorageTrouble::Failed))?;
    let kept = keep(&folder, name, text).map_err(|error| {
        tracing::warn!(%error, "a file for the person could not be written");
        failed(StorageTrouble::of_file(&error))
    })?;
    Ok(kept.display().to_string())
}

fn keep(folder: &Path, name: &str, text: &str) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    // Only the last part: a name leads to no other folder.
    let name = Path::new(name).file_name().unwrap_or("halyard.csv".as_ref());
    let name = Path::new(name);
    let (stem, ending) = (name.file_stem().unwrap_or_default(), name.extension().unwrap_or_default());
    let (stem, ending) = (stem.to_string_lossy(), ending.to_string_lossy());
    for number in 1_u32.. {
        let name =
            if number == 1 { format!("{stem}.{ending}") } else { format!("{stem} ({number}).{ending}") };
        let path = folder.join(name);
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
                drop(file);
                return written.map(|()| path.clone()).inspect_err(|_| drop(std::fs::remove_file(&path)));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_no_others_place_and_leaves_the_folder_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = keep(folder.path(), "../невзяте.csv", "a").unwrap();
        let second = keep(folder.path(), "невзяте.csv", "b").unwrap();
        assert_eq!(first, folder.path().join("невзяте.csv"));
        assert_eq!(second, folder.path().join("невзяте (2).csv"));
        assert_eq!(std::fs::read_to_string(first).unwrap(), "a");
    }
}
