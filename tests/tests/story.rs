//! The story holds: what was done without signal by two technicians and an office that did not know of
//! each other is whole, equal everywhere, and in the office database.

use halyard_device::sync::{CallError, SyncError};
use halyard_domain::record::Record;
use halyard_domain::records::{Priority, ServiceCard, VisitAct};
use halyard_tests::story::{self, OFFICE_FINDINGS, Outcome, RECOMMENDATION, TECHNICIAN_FINDINGS};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_technicians_offline_work_reaches_the_office_database() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let outcome = story::tell(folder.path(), "small", &mut |line| told.push(line.to_owned())).await.unwrap();

    let first = &outcome.copies[0];
    for copy in &outcome.copies {
        assert_eq!(copy.visit, first.visit, "the visit of {} and {}", copy.name, first.name);
        assert_eq!(copy.card, first.card, "the card of {} and {}", copy.name, first.name);
        assert_eq!(copy.percent, first.percent, "the percent of {}", copy.name);
        assert_eq!((copy.unsent, copy.not_accepted), (0, 0), "nothing of {} waits or was refused", copy.name);
    }
    assert_eq!(outcome.office_percent, first.percent.to_string());

    // The kill fell between two pushes' worth of work: one receipted, one in the office and unreceipted.
    let cut = &outcome.cut;
    assert!(cut.receipted > 0 && cut.unreceipted > 0, "{cut:?}");
    assert_eq!(cut.in_the_office, RECOMMENDATION);
    assert!(matches!(cut.error, SyncError::Call(CallError::Unreachable(_))), "{cut:?}");

    let visit = outcome.visit().unwrap();
    assert_eq!(visit.recommendations.0, RECOMMENDATION, "sent twice, it stands once");
    // Three rows of the first technician and one of the second, each once.
    assert_eq!(visit.works.standing().count(), 4);
    assert_eq!(outcome.office_works.len(), 4);
    // Planned 2 + 1 + 1 hours; done 2 of 2, 3 of 4, 5 of 10: 2 + 0.75 + 0.5 of 4 hours.
    assert_eq!(first.percent, 8125);
    for words in [TECHNICIAN_FINDINGS, OFFICE_FINDINGS] {
        assert!(visit.findings.0.contains(words), "{:?} is in {:?}", words, visit.findings.0);
    }
    assert_eq!(visit.window, Some(outcome.planned), "the moved end stands");
    let acts: Vec<_> = visit.events.standing().filter_map(|event| event.value.what).collect();
    assert!(acts.contains(&VisitAct::WorkStarted) && acts.contains(&VisitAct::Completed), "{acts:?}");
    assert_eq!(ServiceCard::read(&first.card).priority, Some(Priority::Urgent));

    assert!(visit.number.as_deref().is_some_and(|number| number.starts_with("V-")), "{:?}", visit.number);
    assert!(outcome.office_card[0].starts_with("SC-"), "{:?}", outcome.office_card);
    assert!(outcome.complaint.number.is_some(), "the complaint has a number");

    let verified = &outcome.verified["verified"];
    assert_eq!(verified["faults"], json!([]), "{verified}");
    for counted in ["documents", "changes", "envelopes", "entries"] {
        assert!(verified[counted].as_u64().is_some_and(|count| count > 0), "no {counted} in {verified}");
    }
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
        assert!(shown.contains(&row), "{row:?} is not shown in {shown}");
    }
}
