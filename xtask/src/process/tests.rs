//! Programs are asked to stop, waited for, and never left behind.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::*;

/// Orphans are adopted by the whole process, so where tests share one they take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Short patience, so that a test of a stubborn program ends soon.
fn impatient_runner() -> Runner {
    Runner {
        time_to_stop: Duration::from_millis(300),
        time_to_follow: Duration::from_millis(300),
        ..Runner::deaf()
    }
}

fn shell(script: &str, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).current_dir(folder);
    command
}

/// Requests a stop as soon as the program has written the file `ready`.
fn stop_when_ready(runner: &Runner, folder: &Path) -> thread::JoinHandle<()> {
    let (sender, ready) = (runner.sender.clone(), folder.join("ready"));
    thread::spawn(move || {
        let deadline = Instant::now() + Duration::from_secs(20);
        while !ready.exists() {
            assert!(Instant::now() < deadline, "the program never became ready");
            thread::yield_now();
        }
        sender.send(Event::StopRequested).unwrap();
    })
}

fn is_alive(folder: &Path) -> bool {
    let pid = fs::read_to_string(folder.join("pid")).unwrap();
    Path::new("/proc").join(pid.trim()).exists()
}

#[test]
fn a_program_that_ends_by_itself_gives_its_exit_code() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();

    let status = impatient_runner().run(&mut shell("exit 3", folder.path())).unwrap();

    assert_eq!(status.code(), Some(3));
}

#[test]
fn a_stop_reaches_the_program_and_its_child_and_both_may_tidy_up() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let runner = Runner { time_to_stop: Duration::from_secs(20), ..impatient_runner() };
    let stopper = stop_when_ready(&runner, folder.path());

    // In the foreground: a shell makes its background jobs deaf to this signal.
    let child = "trap 'echo done > tidied; exit' INT; echo > ready; while :; do sleep 0.02; done";
    let program = format!("trap 'echo done > waited' INT; sh -c \"{child}\"; true");
    let ended = runner.run(&mut shell(&program, folder.path()));
    stopper.join().unwrap();

    assert!(ended.unwrap_err().is::<Stopped>());
    assert!(folder.path().join("tidied").exists(), "the child was not asked");
    assert!(folder.path().join("waited").exists(), "the program was not given time");
}

#[test]
fn a_program_that_ignores_every_request_is_ended() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let runner = impatient_runner();
    let stopper = stop_when_ready(&runner, folder.path());

    let stubborn = "trap '' INT TERM; echo $$ > pid; echo > ready; while :; do sleep 0.02; done";
    let ended = runner.run(&mut shell(stubborn, folder.path()));
    stopper.join().unwrap();

    assert!(ended.unwrap_err().is::<Stopped>());
    assert!(!is_alive(folder.path()));
}

#[test]
fn what_a_program_leaves_behind_is_ended() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();

    let leaving =
        "sh -c 'echo $$ > pid; echo > ready; exec sleep 600' & while [ ! -e ready ]; do :; done; exit 0";
    let status = impatient_runner().run(&mut shell(leaving, folder.path())).unwrap();

    assert!(status.success());
    assert!(!is_alive(folder.path()));
}

#[test]
fn what_a_program_leaves_in_a_group_of_its_own_is_ended() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();

    let mut leaving = Command::new("bash");
    leaving.args(["-c", "set -m; sleep 600 & echo $! > pid"]).current_dir(folder.path());
    let status = impatient_runner().run(&mut leaving).unwrap();

    assert!(status.success());
    assert!(!is_alive(folder.path()));
}

#[test]
fn one_stopped_program_does_not_spoil_the_next() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let runner = impatient_runner();
    let stopper = stop_when_ready(&runner, folder.path());
    let first = runner.run(&mut shell("echo > ready; exec sleep 600", folder.path()));
    stopper.join().unwrap();
    assert!(first.unwrap_err().is::<Stopped>());

    let second = runner.run(&mut shell("exit 0", folder.path())).unwrap();

    assert!(second.success());
}
