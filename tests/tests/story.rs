//! The story holds: what was done without signal by two technicians and an office that did not know of
//! each other is whole, equal everywhere, and in the office database.

use halyard_device::sync::{CallError, SyncError};
use halyard_tests::story::{self, OFFICE_FINDINGS, Outcome, RECOMMENDATION, TECHNICIAN_FINDINGS};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_technicians_offline_work_reaches_the_office_database() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let (outcome, cut) =
        story::tell(folder.path(), "small", &mut |line| told.push(line.to_owned())).await.unwrap();

    outcome.check().unwrap();
    // The kill fell between two pushes' worth of work: one receipted, one in the office and unreceipted.
    assert!(cut.receipted > 0 && cut.unreceipted > 0, "{cut:?}");
    assert_eq!(cut.in_the_office, RECOMMENDATION);
    assert!(matches!(&cut.error, SyncError::Call(CallError::Unreachable(_))), "{cut:?}");

    let visit = outcome.visit().unwrap();
    assert_eq!(visit.recommendations.0, RECOMMENDATION, "sent twice, it stands once");
    check_telling(&told, &outcome.describe().unwrap().join("\n"), &outcome);
}

/// What people are told: the steps in the order in which they happened, and what came of them.
fn check_telling(told: &[String], shown: &str, outcome: &Outcome) {
    let steps = [
        "Four people join by a code",
        "Both technicians lose the signal",
        "The second technician, offline too",
        "gives the visit to the second technician",
        "killed with -9",
        "The relay starts again",
        "Everybody syncs",
    ];
    let mut rest = told.iter();
    for step in steps {
        assert!(rest.any(|line| line.contains(step)), "{step:?} is not told in its turn: {told:#?}");
    }
    let works = outcome.office_works.iter().map(|row| row.join(" | "));
    let rows = [outcome.office_card.join(" | "), outcome.office_visit.join(" | ")].into_iter().chain(works);
    let words = ["81.25 %", TECHNICIAN_FINDINGS, OFFICE_FINDINGS].map(|words| words.trim_end().to_owned());
    for row in rows.chain(words) {
        // A row is told in one line, whatever paragraphs its texts have.
        for part in row.lines() {
            assert!(shown.contains(part), "{part:?} of {row:?} is not shown in {shown}");
        }
    }
}
