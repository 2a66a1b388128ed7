use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_store::Newest;

use super::{HistoryPart, tell};
use crate::screens::history::{TimelineEntry, TimelineWrite, WrittenView};
use crate::screens::names::Linked;

const DAY_MS: i64 = 86_400_000;

fn visit(at: usize) -> DocumentId {
    DocumentId::made_by_rule(&format!("visit {at}"))
}

/// Something written at a time, which arrived an hour later.
fn written(document: DocumentId, made_ms: i64, field: &str) -> TimelineEntry {
    let link = Linked {
        document,
        kind: Some(Kind::Visit),
        label: String::new(),
        title: String::new(),
        name_en: None,
        name_ru: None,
    };
    TimelineEntry {
        record: link,
        change: ChangeHash([0; 32]),
        by: None,
        device: None,
        made_ms,
        arrived_ms: Some(made_ms + 3_600_000),
        writes: vec![TimelineWrite {
            path: FieldPath::root(field),
            what: WrittenView::Row { columns: BTreeMap::new() },
            links: Vec::new(),
            rows: Vec::new(),
        }],
    }
}

/// Visit 0 is the newest; each is of its own day and has twelve entries, every third about works.
fn history(document: DocumentId) -> Vec<TimelineEntry> {
    let at = (0..60).find(|at| visit(*at) == document).unwrap();
    let evening = -DAY_MS * i64::try_from(at).unwrap();
    let field = |entry: i64| if entry % 3 == 0 { "works" } else { "events" };
    (0..12).map(|entry| written(document, evening - entry * 600_000, field(entry))).collect()
}

fn sixty() -> Vec<(DocumentId, Newest)> {
    (0..60).map(|at| (visit(at), Newest::Accepted(600 - at as u64))).collect()
}

#[test]
fn a_page_of_a_card_of_sixty_visits_opens_as_few_of_them_as_it_needs() {
    let read = |wanted: usize, part: HistoryPart| {
        let mut opened = 0;
        let told = tell(&sixty(), wanted, part, |document| {
            opened += 1;
            Ok(history(document))
        });
        let told = told.unwrap();
        assert!(told.entries.windows(2).all(|pair| pair[0].made_ms >= pair[1].made_ms));
        (told.entries.len(), told.more, opened)
    };
    assert_eq!(read(30, HistoryPart::All), (30, true, 4));
    assert_eq!(read(60, HistoryPart::All), (60, true, 6));
    assert_eq!(read(30, HistoryPart::Works), (30, true, 9));
    assert_eq!(read(720, HistoryPart::All), (720, false, 60));
}

#[test]
fn work_that_arrived_late_stands_where_it_was_written() {
    // Written first and on the device for days: it has the newest place in the log.
    let late = TimelineEntry { arrived_ms: Some(DAY_MS), ..written(visit(1), -3 * DAY_MS, "events") };
    let records = [(visit(1), Newest::Accepted(9)), (visit(0), Newest::Accepted(8))];
    let open = |document| Ok(if document == visit(1) { vec![late.clone()] } else { history(document) });
    let told = tell(&records, 2, HistoryPart::All, open).unwrap();
    assert!(told.entries.iter().all(|entry| entry.record.document == visit(0)));
    assert!(told.more);
}

#[test]
fn what_waits_on_the_device_does_not_end_the_search() {
    // Of a record that waits, what arrived says nothing about when the rest was written.
    let records = [(visit(5), Newest::Waiting), (visit(0), Newest::Accepted(8))];
    let told = tell(&records, 1, HistoryPart::All, |document| Ok(history(document))).unwrap();
    assert_eq!(told.entries[0].record.document, visit(0));
}
