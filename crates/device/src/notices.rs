//! What is worth interrupting a person for.
//!
//! Two looks at the device are compared: what concerns this employee before, and now. So nothing is told
//! twice, whatever the sync repeats, and what was there at the start of the program is no news. No text
//! for people is made here.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rules::VisitState;
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::Scalar;
use halyard_store::EnvelopeKey;
use halyard_tables::list::{Filter, ListQuery};
use halyard_tables::sql::SqlValue;
use halyard_tables::tables::column;
use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::disputes::Judged;
use crate::error::DeviceError;
use crate::lookup::Named;
use crate::screens::status::{Connection, SyncHalt};

/// So many of a kind are looked through at most.
const MOST: u32 = 1_000;
/// So many notices at once interrupt a person one by one.
const ONE_BY_ONE: usize = 4;
const SPECIALISTS: &str = "specialists";
const CUSTOMER: &str = "customer";
const WINDOW: [&str; 4] = ["window_start", "window_start_offset", "window_end", "window_end_offset"];

/// Something to tell a person at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Notice {
    /// A visit was given to this employee.
    VisitAssigned {
        /// The visit.
        visit: DocumentId,
        /// What is known of it.
        now: MyVisit,
    },
    /// A visit of this employee was moved.
    VisitMoved {
        /// The visit.
        visit: DocumentId,
        /// Where it stood; absent when it had no time.
        from: Option<TimeWindow>,
        /// What is known of it.
        now: MyVisit,
    },
    /// The office did not accept work of this device.
    NotAccepted {
        /// The record.
        document: DocumentId,
        /// What it is called; absent when it is here no longer.
        name: Option<Named>,
    },
    /// Two people wrote different values, and this employee may decide.
    Decide {
        /// The record.
        document: DocumentId,
        /// What it is called.
        name: Option<Named>,
    },
    /// Refused work of others began to wait for this employee, who may review.
    Review {
        /// How many pieces of work wait now.
        count: usize,
    },
    /// The sync does not go on before somebody has seen to this.
    SyncHalted {
        /// What.
        by: SyncHalt,
    },
    /// More at once than anybody reads one by one; the list of notices has each of them.
    Several {
        /// How many.
        count: usize,
    },
}

/// What a technician wants to know of a visit before opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MyVisit {
    /// Its number, or the provisional label.
    pub label: String,
    /// For whom.
    pub customer: Option<String>,
    /// When.
    pub window: Option<TimeWindow>,
}

/// What concerns this employee, at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concerns {
    /// The open visits given to the employee.
    pub visits: BTreeMap<DocumentId, MyVisit>,
    /// Refused envelopes nobody has put away, each with its record.
    pub refused: BTreeMap<String, DocumentId>,
    /// Records in which the employee may decide a conflict.
    pub to_decide: BTreeSet<DocumentId>,
    /// Refused envelopes of others that wait at the relay for this employee to review.
    pub to_review: BTreeSet<EnvelopeKey>,
    /// What somebody has to see to before the sync goes on.
    pub halted: Option<SyncHalt>,
}

/// What is new between two looks, leaving out visits that were edited `here` and visits that are over.
/// Visits come in the order of their time. Names are added by who shows them.
#[must_use]
pub fn notices(
    before: &Concerns,
    after: &Concerns,
    here: &BTreeSet<DocumentId>,
    now: Instant,
) -> Vec<Notice> {
    let mut found = Vec::new();
    let mut visits: Vec<_> = after.visits.iter().collect();
    visits.sort_by_key(|(_, mine)| mine.window.map(TimeWindow::start));
    for (&visit, mine) in visits {
        let over = mine.window.is_some_and(|window| window.end() < now);
        if over || here.contains(&visit) {
            continue;
        }
        match before.visits.get(&visit) {
            None => found.push(Notice::VisitAssigned { visit, now: mine.clone() }),
            Some(known) if known.window != mine.window => {
                found.push(Notice::VisitMoved { visit, from: known.window, now: mine.clone() });
            }
            Some(_) => {}
        }
    }
    let refused: BTreeSet<DocumentId> = after
        .refused
        .iter()
        .filter(|(envelope, _)| !before.refused.contains_key(*envelope))
        .map(|(_, document)| *document)
        .collect();
    found.extend(refused.into_iter().map(|document| Notice::NotAccepted { document, name: None }));
    let undecided = after.to_decide.difference(&before.to_decide).copied();
    found.extend(undecided.map(|document| Notice::Decide { document, name: None }));
    if !after.to_review.is_subset(&before.to_review) {
        found.push(Notice::Review { count: after.to_review.len() });
    }
    let halted = after.halted.filter(|by| before.halted != Some(*by));
    found.extend(halted.map(|by| Notice::SyncHalted { by }));
    found
}

/// What a person is interrupted with: each notice, or of many at once how many there are.
#[must_use]
pub fn interruptions(notices: Vec<Notice>) -> Vec<Notice> {
    if notices.len() > ONE_BY_ONE { vec![Notice::Several { count: notices.len() }] } else { notices }
}

/// Looks at a device again and again, and tells what is new each time.
#[derive(Debug)]
pub struct Watch {
    known: Concerns,
    judged: Judged,
    here: BTreeSet<DocumentId>,
    /// The first sync had not ended at the last look.
    first_sync: bool,
}

impl Watch {
    /// Takes what is there now as known.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn begin(device: &Device) -> Result<Self, DeviceError> {
        let first_sync = device.store.sync_state()?.last_full_sync_ms.is_none();
        let mut judged = Judged::default();
        let known = device.concerns(None, &mut judged)?;
        Ok(Self { known, judged, here: BTreeSet::new(), first_sync })
    }

    /// Somebody at this device edited a record: its next difference is no news here.
    pub fn edited_here(&mut self, document: DocumentId) {
        self.here.insert(document);
    }

    /// What is new since the last look. During the first sync all that comes would be, so of it only that
    /// work was not accepted, here or of others who wait for it, is told, and what halts the sync.
    ///
    /// # Errors
    /// When the store cannot be read. What was new is told by the next look.
    pub fn look(&mut self, device: &Device, connection: &Connection) -> Result<Vec<Notice>, DeviceError> {
        let halted = halted(self.known.halted, connection);
        let after = device.concerns(halted, &mut self.judged)?;
        let first_sync = device.store.sync_state()?.last_full_sync_ms.is_none();
        let now = device.surroundings.now();
        if self.first_sync {
            let Concerns { refused, to_review, halted, .. } = std::mem::take(&mut self.known);
            self.known = Concerns { refused, to_review, halted, ..after.clone() };
        }
        let found = notices(&self.known, &after, &self.here, now);
        let named = found.into_iter().map(|notice| notice.named(device)).collect::<Result<_, _>>()?;
        (self.known, self.first_sync) = (after, first_sync);
        self.here.clear();
        Ok(named)
    }
}

impl Notice {
    fn named(mut self, device: &Device) -> Result<Self, DeviceError> {
        match &mut self {
            Self::NotAccepted { document, name } | Self::Decide { document, name } => {
                *name = device.name(*document)?;
            }
            Self::VisitAssigned { .. }
            | Self::VisitMoved { .. }
            | Self::Review { .. }
            | Self::SyncHalted { .. }
            | Self::Several { .. } => {}
        }
        Ok(self)
    }
}

impl Device {
    /// What concerns this device's employee now.
    fn concerns(&self, halted: Option<SyncHalt>, judged: &mut Judged) -> Result<Concerns, DeviceError> {
        let Ok(employee) = self.employee() else { return Ok(Concerns::default()) };
        let refused = self.not_accepted()?.into_iter().map(|one| (one.envelope, one.document)).collect();
        Ok(Concerns {
            visits: self.my_visits(employee)?,
            refused,
            to_decide: self.to_decide(employee, judged)?,
            to_review: self.store.to_review()?.into_iter().collect(),
            halted,
        })
    }

    fn my_visits(&self, employee: DocumentId) -> Result<BTreeMap<DocumentId, MyVisit>, DeviceError> {
        let open = VisitState::ALL.iter().filter(|state| state.is_open());
        let mine = Scalar::Text(employee.to_string());
        let query = ListQuery {
            filters: vec![
                Filter::Includes { field: SPECIALISTS.to_owned(), value: mine },
                Filter::State { states: open.map(|state| state.name().to_owned()).collect() },
            ],
            ..ListQuery::of(Kind::Visit, &[&[column::LABEL, CUSTOMER], WINDOW.as_slice()].concat(), MOST)
        };
        let mut visits = BTreeMap::new();
        for row in self.list(&query)?.rows {
            let [SqlValue::Text(label), customer, window @ ..] = row.cells.as_slice() else { continue };
            let customer = match customer {
                SqlValue::Uuid(id) => match DocumentId::from_slice(id) {
                    Ok(customer) => self.name(customer)?.map(|named| named.title),
                    Err(_) => None,
                },
                SqlValue::Null | SqlValue::Bool(_) | SqlValue::Int(_) | SqlValue::Text(_) => None,
            };
            let mine = MyVisit { label: label.clone(), customer, window: window_of(window) };
            visits.insert(row.document, mine);
        }
        Ok(visits)
    }
}

/// What halts the sync now. What halted it does until the device is in step or something else is in the way:
/// each further try, and a time without a network, would make it news again.
fn halted(known: Option<SyncHalt>, connection: &Connection) -> Option<SyncHalt> {
    match connection {
        Connection::InStep => None,
        Connection::Waiting { trouble, .. } => trouble.halt().or(known),
        Connection::Off
        | Connection::AwaitingConfirmation
        | Connection::Sending
        | Connection::Receiving
        | Connection::Comparing
        | Connection::Revoked
        | Connection::Failed => known,
    }
}

fn window_of(cells: &[SqlValue]) -> Option<TimeWindow> {
    let [SqlValue::Int(start), SqlValue::Int(start_offset), SqlValue::Int(end), SqlValue::Int(end_offset)] =
        cells
    else {
        return None;
    };
    let moment = |seconds: i64, offset: i64| Instant::new(seconds, i32::try_from(offset).ok()?).ok();
    TimeWindow::new(moment(*start, *start_offset)?, moment(*end, *end_offset)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::status::SyncTrouble;
    use crate::sync::bench;

    fn at(hour: i64) -> Instant {
        Instant::new(1_772_434_800 + hour * 3600, 120).unwrap()
    }

    fn visit(name: &str) -> DocumentId {
        DocumentId::made_by_rule(name)
    }

    /// My visits, each with the hour it begins; two hours long.
    fn mine(visits: &[(&str, i64)]) -> Concerns {
        let one = |&(name, hour): &(&str, i64)| {
            let window = TimeWindow::new(at(hour), at(hour + 2)).ok();
            (visit(name), MyVisit { label: name.to_owned(), customer: None, window })
        };
        Concerns { visits: visits.iter().map(one).collect(), ..Concerns::default() }
    }

    /// What is told at hour 0 when these were known, and those are there now.
    #[track_caller]
    fn check(before: &Concerns, after: &Concerns, edited_here: &[&str], expected: &[&str]) {
        let here = edited_here.iter().map(|name| visit(name)).collect();
        let told = notices(before, after, &here, at(0));
        let words = told.iter().map(|notice| match notice {
            Notice::VisitAssigned { now, .. } => format!("{} assigned", now.label),
            Notice::VisitMoved { now, from, .. } => {
                format!("{} moved from {}", now.label, from.unwrap().start().local().format("%H:%M"))
            }
            Notice::NotAccepted { document, .. } => format!("{document} not accepted"),
            Notice::Decide { document, .. } => format!("{document} to decide"),
            Notice::Review { count } => format!("{count} to review"),
            Notice::SyncHalted { by } => format!("halted by {by:?}"),
            Notice::Several { count } => format!("{count} things"),
        });
        assert_eq!(words.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_visit_given_to_me_or_moved_is_told_once() {
        let before = mine(&[("V-1", 3), ("V-2", 5)]);
        let after = mine(&[("V-1", 4), ("V-2", 5), ("V-3", 7)]);
        check(&before, &after, &[], &["V-1 moved from 12:00", "V-3 assigned"]);
        check(&after, &after, &[], &[]);
    }

    #[test]
    fn my_own_edits_past_visits_and_visits_taken_away_are_no_news() {
        check(&mine(&[("V-1", 3)]), &mine(&[("V-1", 4)]), &["V-1"], &[]);
        check(&mine(&[]), &mine(&[("V-1", -5)]), &[], &[]);
        check(&mine(&[("V-1", 3)]), &mine(&[]), &[], &[]);
    }

    #[test]
    fn of_many_at_once_each_is_a_notice_and_a_person_is_interrupted_once() {
        let week = [("V-1", 1), ("V-2", 2), ("V-3", 3), ("V-4", 4), ("V-5", 5)];
        let told = |visits: &[(&str, i64)]| notices(&mine(&[]), &mine(visits), &BTreeSet::new(), at(0));
        assert_eq!(told(&week).len(), 5);
        assert_eq!(interruptions(told(&week)), [Notice::Several { count: 5 }]);
        assert_eq!(interruptions(told(&week[..4])), told(&week[..4]));
    }

    #[test]
    fn what_the_sync_needs_a_person_for_is_told_once() {
        let card = visit("card");
        let refused = |envelopes: &[&str]| Concerns {
            refused: envelopes.iter().map(|envelope| ((*envelope).to_owned(), card)).collect(),
            ..Concerns::default()
        };
        // Two envelopes of one record are one thing to look at.
        check(&refused(&["a"]), &refused(&["a", "b", "c"]), &[], &[&format!("{card} not accepted")]);
        check(&refused(&["a"]), &refused(&["a"]), &[], &[]);

        let disputed = Concerns { to_decide: BTreeSet::from([card]), ..Concerns::default() };
        check(&Concerns::default(), &disputed, &[], &[&format!("{card} to decide")]);
        check(&disputed, &disputed, &[], &[]);
    }

    #[test]
    fn new_work_to_review_is_one_notice_of_all_that_waits_and_what_was_decided_is_none() {
        let waits = |works: &[u8]| Concerns {
            to_review: works.iter().map(|work| [*work; 32]).collect(),
            ..Concerns::default()
        };
        check(&waits(&[1]), &waits(&[1, 2, 3]), &[], &["3 to review"]);
        check(&waits(&[1, 2]), &waits(&[1, 2]), &[], &[]);
        check(&waits(&[1, 2]), &waits(&[2]), &[], &[]);
        check(&waits(&[1]), &waits(&[2]), &[], &["1 to review"]);
    }

    #[test]
    fn what_waited_before_the_program_ended_is_not_told_again() {
        let folder = tempfile::tempdir().unwrap();
        let device = bench::device(folder.path());
        let waits = |works: &[u8]| {
            device.store.keep_to_review(works.iter().map(|work| [*work; 32]).collect()).unwrap();
        };
        let mut watch = Watch::begin(&device).unwrap();
        waits(&[1]);
        assert_eq!(watch.look(&device, &Connection::InStep).unwrap(), [Notice::Review { count: 1 }]);
        let mut watch = Watch::begin(&device).unwrap();
        assert_eq!(watch.look(&device, &Connection::InStep).unwrap(), []);
        waits(&[1, 2]);
        assert_eq!(watch.look(&device, &Connection::Off).unwrap(), [Notice::Review { count: 2 }]);
    }

    #[test]
    fn what_halts_the_sync_is_told_once_until_it_is_in_step_or_another_thing_halts_it() {
        let folder = tempfile::tempdir().unwrap();
        let device = bench::device(folder.path());
        let mut watch = Watch::begin(&device).unwrap();
        let mut told = |connection: Connection| watch.look(&device, &connection).unwrap();
        let waiting = |trouble: SyncTrouble| Connection::Waiting { until_ms: 0, trouble };
        let halted = |by: SyncHalt| vec![Notice::SyncHalted { by }];

        assert_eq!(told(waiting(SyncTrouble::Clock)), halted(SyncHalt::Clock));
        for further_try in [Connection::Receiving, waiting(SyncTrouble::Unreachable), Connection::Off] {
            assert_eq!(told(further_try), []);
            assert_eq!(told(waiting(SyncTrouble::Clock)), []);
        }
        assert_eq!(told(waiting(SyncTrouble::OtherVersion)), halted(SyncHalt::OtherVersion));
        assert_eq!(told(Connection::InStep), []);
        assert_eq!(told(waiting(SyncTrouble::OtherVersion)), halted(SyncHalt::OtherVersion));
        // These pass by themselves, or with the next network.
        assert_eq!(told(Connection::InStep), []);
        for passing in [SyncTrouble::Unreachable, SyncTrouble::NotARelay, SyncTrouble::NoProgress] {
            assert_eq!(told(waiting(passing)), []);
        }
    }
}
