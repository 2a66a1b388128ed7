//! Ctrl-C in the programs that show the demo company.

use std::future::Future;
use std::time::Duration;

/// How long after a failure it may be heard that it came of a Ctrl-C.
const MEANWHILE: Duration = Duration::from_millis(300);

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
