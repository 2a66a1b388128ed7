//! The door through which commands reach a running relay: a Unix socket in the data folder.
//!
//! Who may connect is who may enter the data folder, which is its owner alone; there is no other
//! check. One connection is one question: a JSON line there, a JSON line back. Questions are bounded
//! in size, in number and in the time they may take to arrive, so a stuck script cannot hold the
//! relay.
//!
//! Surprising: an answer has no time limit, because `verify` of a large company takes minutes.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixListener;
use tokio::sync::Semaphore;

use super::failure::{Failure, FailureCode};
use super::question::{Question, Told};

/// The longest question.
const QUESTION_BYTES: u64 = 64 << 10;
/// How long a question may take to arrive.
const QUESTION_TIME: Duration = Duration::from_secs(5);
/// Questions answered at once.
const AT_ONCE: usize = 4;

/// What travels back.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Done(Box<Told>),
    Failed(Failure),
}

/// A listening door. The file goes away with it.
#[derive(Debug)]
pub(super) struct AdminSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl Drop for AdminSocket {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "the admin socket was already gone");
        }
    }
}

impl AdminSocket {
    /// Opens the door. Only the program that has opened the database may, so what an earlier relay left
    /// there is nobody's and is replaced.
    ///
    /// # Errors
    /// When the socket cannot be made, for one because its path is too long for the system.
    pub(super) fn bind(path: &Path) -> io::Result<Self> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(path)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self { listener, path: path.to_owned() })
    }

    /// Answers questions with `answer` until dropped.
    pub(super) async fn serve<F, Fut>(self, answer: F)
    where
        F: Fn(Question) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Told, Failure>> + Send + 'static,
    {
        let answer = Arc::new(answer);
        let at_once = Arc::new(Semaphore::new(AT_ONCE));
        loop {
            let Ok(permit) = Arc::clone(&at_once).acquire_owned().await else { return };
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::error!(%error, "the admin socket no longer accepts commands");
                    return;
                }
            };
            let answer = Arc::clone(&answer);
            tokio::spawn(async move {
                if let Err(error) = converse(stream, answer).await {
                    tracing::warn!(%error, "a command ended before it had its answer");
                }
                drop(permit);
            });
        }
    }
}

async fn converse<F, Fut>(stream: tokio::net::UnixStream, answer: Arc<F>) -> io::Result<()>
where
    F: Fn(Question) -> Fut,
    Fut: Future<Output = Result<Told, Failure>> + Send + 'static,
{
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut bounded = tokio::io::BufReader::new(read.take(QUESTION_BYTES));
    tokio::time::timeout(QUESTION_TIME, bounded.read_line(&mut line)).await??;
    let question: Question = serde_json::from_str(&line)?;
    let reply = match tokio::spawn(answer(question)).await {
        Ok(Ok(told)) => Reply::Done(Box::new(told)),
        Ok(Err(failure)) => Reply::Failed(failure),
        Err(panic) => Reply::Failed(Failure::internal("answering a command", &panic)),
    };
    let mut bytes = serde_json::to_vec(&reply)?;
    bytes.push(b'\n');
    write.write_all(&bytes).await?;
    write.shutdown().await
}

/// Asks the relay that holds the folder.
///
/// # Errors
/// What the relay answered, or that it did not.
pub(super) fn ask(path: &Path, question: &Question) -> Result<Told, Failure> {
    let no_answer = |error: io::Error| {
        Failure::new(
            FailureCode::NoAnswer,
            format!(
                "Another program is using the data folder and did not answer at {}: {error}.",
                path.display()
            ),
            "Nothing is known to have changed.",
            "If the relay is starting or stopping, wait a moment and try again. Otherwise stop it, run the command, \
             and start it again.",
        )
    };
    let reply = converse_blocking(path, question).map_err(no_answer)?;
    match reply {
        Reply::Done(told) => Ok(*told),
        Reply::Failed(failure) => Err(failure),
    }
}

fn converse_blocking(path: &Path, question: &Question) -> io::Result<Reply> {
    let mut stream = UnixStream::connect(path)?;
    let mut bytes = serde_json::to_vec(question)?;
    bytes.push(b'\n');
    stream.write_all(&bytes)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    serde_json::from_str(&line).map_err(Into::into)
}
