//! What was acknowledged survives kill -9 and a disk that refuses.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_store::Store;
use halyard_tables::sql::Target;
use halyard_tables::verify::ids;

use crate::work::KEY;

/// The program of `examples/killed_writer.rs`, built with the tests.
fn writer() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap().join("examples");
    let program = folder.join(format!("killed_writer{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "build the examples of halyard-store first: {}", program.display());
    program
}

fn start(mut command: Command) -> (Child, impl Iterator<Item = String>) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines.map_while(Result::ok))
}

fn saved(line: &str) -> Option<DocumentId> {
    line.strip_prefix("saved ").map(of_form)
}

/// The document a form of the writer comes to.
fn of_form(form: &str) -> DocumentId {
    let (thread, number) = form.split_once(' ').unwrap();
    DocumentId::made_by_rule(&format!("killed/{thread}/{number}"))
}

/// Every acknowledged edit is content, outbox and list row; nothing is half there, and no form that was sent is
/// a draft still.
fn check_whole(folder: &Path, acknowledged: &[DocumentId]) {
    let store = Store::open(&folder.join("device.db"), KEY).unwrap();
    for document in acknowledged {
        assert!(store.document(*document).unwrap().is_some(), "{document} was acknowledged and is lost");
    }
    let documents = store.document_ids().unwrap();
    let unsent = store.unsent(usize::MAX).unwrap();
    let rows = store.query(&ids(Target::DEVICE, Kind::Customer)).unwrap();
    for draft in store.drafts().unwrap() {
        let document = of_form(&draft.form);
        assert!(store.document(document).unwrap().is_none(), "{document} would be sent again");
    }
    assert!(documents.len() >= acknowledged.len());
    assert_eq!((documents.len(), documents.len()), (unsent.len(), rows.len()));
}

#[test]
fn acknowledged_edits_survive_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    // Numbers without a common rhythm, so that the kill meets every phase of a commit over the rounds.
    for (round, wanted) in [1, 7, 2, 31, 13, 64, 5, 97].into_iter().enumerate() {
        let mut command = Command::new(writer());
        command.arg(folder.path()).arg(if round % 2 == 0 { "1" } else { "6" });
        let (mut child, mut lines) = start(command);
        acknowledged.extend(lines.by_ref().take(wanted).map(|line| saved(&line).expect(&line)));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(lines.filter_map(|line| saved(&line)));
        check_whole(folder.path(), &acknowledged);
    }
}

#[test]
fn a_disk_that_refuses_stops_the_store_for_good_and_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(&folder.path().join("device.db"), KEY).unwrap());
    // Files may grow to a little more than they are; the signal is ignored, so that writing fails.
    let size = std::fs::metadata(folder.path().join("device.db")).unwrap().len();
    let blocks = size / 512 + 1024;
    let mut command = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$1\" 4");
    command.arg("-c").arg(script).arg(writer()).arg(folder.path());
    let (mut child, lines) = start(command);
    let lines: Vec<String> = lines.collect();
    assert!(child.wait().unwrap().success());

    let acknowledged: Vec<DocumentId> = lines.iter().filter_map(|line| saved(line)).collect();
    let stopped: Vec<&String> = lines.iter().filter(|line| !line.starts_with("saved")).collect();
    assert!(!acknowledged.is_empty());
    assert_eq!(stopped.len(), 4, "{stopped:?}");
    assert!(
        stopped.iter().all(|line| line.starts_with("stopped Disk") && line.ends_with("true")),
        "{stopped:?}"
    );
    check_whole(folder.path(), &acknowledged);
}
