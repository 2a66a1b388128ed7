use tokio::io::Interest;
use tokio::net::UnixStream as Stream;

use super::*;
use crate::admin::question::{Answer, PersonLine};

/// Longer than any of these tests takes.
const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(50);

/// A door behind which there are many people and no device.
fn door(folder: &Path, patience: Patience) -> PathBuf {
    let path = folder.join("admin.sock");
    let mut socket = AdminSocket::bind(&path).unwrap();
    socket.patience = patience;
    tokio::spawn(socket.serve(|question| async move {
        let answer = match question {
            Question::People => Answer::People(many()),
            _ => Answer::Devices(Vec::new()),
        };
        Ok(Told { answer, hand_over: None })
    }));
    path
}

/// More than a socket holds for somebody who does not read.
fn many() -> Vec<PersonLine> {
    let one = PersonLine {
        employee: "1".to_owned(),
        name: "Ґудзь Їжак".repeat(200),
        roles: Vec::new(),
        dismissed: false,
        withdrawn: false,
    };
    vec![one; 1000]
}

async fn said(path: &Path, words: &str) -> Stream {
    let mut stream = Stream::connect(path).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

/// What the command at this end tells when it goes on.
async fn heard(path: &Path, mut stream: Stream) -> Result<Told, Failure> {
    let mut line = Vec::new();
    stream.read_to_end(&mut line).await.unwrap();
    understood(path, &line)
}

/// Ends when the relay waits no longer for the command at this end.
async fn was_given_up(stream: &Stream) {
    while !stream.ready(Interest::WRITABLE).await.unwrap().is_write_closed() {
        tokio::task::yield_now().await;
    }
}

async fn assert_others_are_answered(path: &Path) {
    let asked = async { heard(path, said(path, "\"devices\"\n").await).await };
    let told = tokio::time::timeout(LONG, asked).await.expect("a command waits for the stuck ones");
    assert_eq!(told.unwrap().answer, Answer::Devices(Vec::new()));
}

#[tokio::test]
async fn commands_that_do_not_read_their_answer_keep_no_others_waiting_and_hear_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = door(folder.path(), Patience { question: LONG, answer: SHORT });
    let mut stuck = Vec::new();
    for _ in 0..AT_ONCE {
        stuck.push(said(&path, "\"people\"\n").await);
    }

    assert_others_are_answered(&path).await;
    for stream in stuck {
        tokio::time::timeout(LONG, was_given_up(&stream)).await.expect("the relay waits for it");
        let Err(failure) = heard(&path, stream).await else { panic!("it came whole") };
        assert_eq!(failure.code, FailureCode::NoAnswer);
        assert!(failure.happened.contains("cut off"), "{failure}");
    }
}

#[tokio::test]
async fn commands_that_ask_nothing_keep_no_others_waiting_and_hear_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = door(folder.path(), Patience { question: SHORT, answer: LONG });
    let mut stuck = Vec::new();
    for _ in 0..AT_ONCE {
        stuck.push(said(&path, "\"peop").await);
    }

    assert_others_are_answered(&path).await;
    for stream in stuck {
        let failure = heard(&path, stream).await.unwrap_err();
        assert_eq!(failure.safe, "Nothing was changed.");
        assert!(failure.happened.contains("did not arrive in time"), "{failure}");
    }
}

#[tokio::test]
async fn a_question_of_another_version_is_answered_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = door(folder.path(), Patience { question: LONG, answer: LONG });

    let failure = heard(&path, said(&path, "{\"fly\":1}\n").await).await.unwrap_err();

    assert!(failure.happened.contains("fly") && failure.next.contains("version"), "{failure}");
}

#[tokio::test]
async fn an_answer_that_is_read_comes_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = door(folder.path(), Patience { question: LONG, answer: LONG });

    let told = heard(&path, said(&path, "\"people\"\n").await).await.unwrap();

    assert!(told.answer == Answer::People(many()), "another answer");
}
