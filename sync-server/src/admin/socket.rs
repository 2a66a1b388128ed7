//! The door through which commands reach a running relay: a Unix socket in the data folder.
//!
//! Who may connect is who may enter the data folder, which is its owner alone; there is no other
//! check. One connection is one question: a JSON line there, a JSON line back. Questions are bounded
//! in size, in number and in the time they may take to arrive, and answers in the time they may take to
//! be read, so a stuck script cannot hold the relay. It is told so when it goes on.
//!
//! Surprising: making an answer has no time limit, because `verify` of a large company takes minutes.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixListener;
use tokio::sync::Semaphore;

use super::failure::{Failure, FailureCode};
use super::question::{Question, Told};

/// The longest question.
const QUESTION_BYTES: u64 = 64 << 10;
/// How long a question may take to arrive.
const QUESTION_TIME: Duration = Duration::from_secs(5);
/// How long an answer may take to be read. Commands read the whole of it before they show anything.
const ANSWER_TIME: Duration = Duration::from_secs(10);
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
    patience: Patience,
}

/// How long the relay waits for a command.
#[derive(Debug, Clone, Copy)]
struct Patience {
    question: Duration,
    answer: Duration,
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
        let patience = Patience { question: QUESTION_TIME, answer: ANSWER_TIME };
        Ok(Self { listener, path: path.to_owned(), patience })
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
            let (answer, patience) = (Arc::clone(&answer), self.patience);
            tokio::spawn(async move {
                if let Err(error) = converse(stream, answer, patience).await {
                    tracing::warn!(%error, "a command ended before it had its answer");
                }
                drop(permit);
            });
        }
    }
}

async fn converse<F, Fut>(
    stream: tokio::net::UnixStream,
    answer: Arc<F>,
    patience: Patience,
) -> io::Result<()>
where
    F: Fn(Question) -> Fut,
    Fut: Future<Output = Result<Told, Failure>> + Send + 'static,
{
    let (read, mut write) = stream.into_split();
    let reply = match question(read, patience.question).await {
        Ok(question) => match tokio::spawn(answer(question)).await {
            Ok(Ok(told)) => Reply::Done(Box::new(told)),
            Ok(Err(failure)) => Reply::Failed(failure),
            Err(panic) => Reply::Failed(Failure::internal("answering a command", &panic)),
        },
        Err(why) => Reply::Failed(not_understood(&why)),
    };
    let mut bytes = serde_json::to_vec(&reply)?;
    bytes.push(b'\n');
    let telling = async {
        write.write_all(&bytes).await?;
        write.shutdown().await
    };
    let told = tokio::time::timeout(patience.answer, telling).await;
    told.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "it did not read its answer in time"))?
}

/// What a command asks.
async fn question(read: impl AsyncRead + Unpin, patience: Duration) -> io::Result<Question> {
    let mut line = String::new();
    let mut bounded = tokio::io::BufReader::new(read.take(QUESTION_BYTES));
    let arrived = tokio::time::timeout(patience, bounded.read_line(&mut line)).await;
    arrived.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "its question did not arrive in time"))??;
    Ok(serde_json::from_str(&line)?)
}

fn not_understood(why: &io::Error) -> Failure {
    tracing::warn!(error = %why, "a command asked nothing that can be answered");
    Failure::new(
        FailureCode::NoAnswer,
        format!("The relay could not take the command: {why}."),
        "Nothing was changed.",
        "Give the command again. If it is of another version than the relay that runs, stop the relay and start it in \
         the version of the command.",
    )
}

/// Asks the relay that holds the folder.
///
/// # Errors
/// What the relay answered, or that it did not.
pub(super) fn ask(path: &Path, question: &Question) -> Result<Told, Failure> {
    let line = answer_line(path, question).map_err(|error| no_answer(path, &error))?;
    understood(path, &line)
}

/// What a line of the relay says; the line may have been cut off.
fn understood(path: &Path, line: &[u8]) -> Result<Told, Failure> {
    match serde_json::from_slice(line) {
        Ok(Reply::Done(told)) => Ok(*told),
        Ok(Reply::Failed(failure)) => Err(failure),
        Err(_) if !line.is_empty() && !line.ends_with(b"\n") => Err(cut_off()),
        Err(error) => Err(no_answer(path, &error.into())),
    }
}

fn no_answer(path: &Path, error: &io::Error) -> Failure {
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
}

/// The relay does not wait for a command that was stopped in the middle of its answer.
fn cut_off() -> Failure {
    Failure::new(
        FailureCode::NoAnswer,
        format!(
            "The relay answered, but the answer was cut off: this command did not read it within {} seconds, or the \
             relay ended.",
            ANSWER_TIME.as_secs()
        ),
        "What the command may have changed is stored whole.",
        "Look what there is now (`devices list`, `people list`, `review list`) before giving the command again.",
    )
}

/// The line the relay answers with, as far as it came.
fn answer_line(path: &Path, question: &Question) -> io::Result<Vec<u8>> {
    let mut stream = UnixStream::connect(path)?;
    let mut bytes = serde_json::to_vec(question)?;
    bytes.push(b'\n');
    stream.write_all(&bytes)?;
    let mut line = Vec::new();
    BufReader::new(stream).read_until(b'\n', &mut line)?;
    Ok(line)
}

#[cfg(test)]
mod tests;
