//! Ctrl-C in the programs that show the demo company.

use std::future::Future;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

/// How long after a failure it may be heard that it came of a Ctrl-C.
const MEANWHILE: Duration = Duration::from_millis(300);

/// How often a folder is tried again, and how long apart, while programs that were stopped still write into it.
const TRIES: u32 = 100;
const APART: Duration = Duration::from_millis(50);

/// Does something to its end; nothing when a Ctrl-C came first. Programs that were started hear it too and may
/// end before it is heard here: what fails of that is no failure.
///
/// # Errors
/// When it fails by itself, or Ctrl-C cannot be listened to.
pub async fn until_stopped<T>(doing: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<Option<T>> {
    #[cfg(unix)]
    let mut heard = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    #[cfg(windows)]
    let mut heard = tokio::signal::windows::ctrl_c()?;
    // In a task of its own: while the demo company is made no other part of this one runs.
    let mut stop = tokio::spawn(async move { heard.recv().await });
    tokio::select! {
        done = doing => match done {
            Err(_) if tokio::time::timeout(MEANWHILE, &mut stop).await.is_ok() => Ok(None),
            done => done.map(Some),
        },
        _ = &mut stop => Ok(None),
    }
}

/// Takes a folder away with everything in it, though programs that were stopped a moment ago may still write there.
///
/// # Errors
/// When something of it is still there after five seconds.
pub async fn take_away(folder: &Path) -> std::io::Result<()> {
    let mut look = tokio::time::interval(APART);
    for _ in 1..TRIES {
        look.tick().await;
        if gone(folder).is_ok() {
            return Ok(());
        }
    }
    gone(folder)
}

fn gone(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
