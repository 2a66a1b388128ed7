//! What the story led to: the same visit on every device, and the rows of the office.

use anyhow::Context;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::{Complaint, Priority, ServiceCard, Visit, VisitAct};
use halyard_domain::rules::visit_state;
use halyard_domain::time::TimeWindow;
use halyard_domain::value::Scalar;
use halyard_tables::list::{Filter, ListQuery};
use halyard_tables::sql::SqlValue;
use serde_json::{Value, json};

use super::acts::{OFFICE_FINDINGS, TECHNICIAN_FINDINGS};
use super::scene::{Cast, Scene};
use crate::harness::{Office, TestDevice};

/// The story's records as one device has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// Whose device.
    pub name: String,
    /// The card, whole.
    pub card: Reading,
    /// The visit, whole.
    pub visit: Reading,
    /// The card's percent in hundredths.
    pub percent: i64,
    /// Work the office did not accept.
    pub not_accepted: usize,
    /// Work the office has not answered for.
    pub unsent: u64,
}

/// Everything the story led to.
#[derive(Debug)]
pub struct Outcome {
    /// Every device that may see the visit.
    pub copies: Vec<Copy>,
    /// The complaint as the dispatcher has it.
    pub complaint: Complaint,
    /// The card's percent in the office database, in hundredths.
    pub office_percent: String,
    /// Number, state, planned window, findings of the visit in the office database.
    pub office_visit: Vec<String>,
    /// Work rows of the visit in the office database: work, volume, who.
    pub office_works: Vec<Vec<String>>,
    /// Number, state, priority of the card in the office database.
    pub office_card: Vec<String>,
    /// The end the office planned.
    pub planned: TimeWindow,
    /// What `sync-server verify` said.
    pub verified: Value,
}

impl Outcome {
    pub(super) fn gather(
        cast: &Cast,
        scene: &Scene,
        complaint: DocumentId,
        planned: TimeWindow,
        office: &Office,
        verified: Value,
    ) -> anyhow::Result<Self> {
        let copies =
            cast.everybody().into_iter().map(|person| copy(person, scene)).collect::<anyhow::Result<_>>()?;
        let (card, visit) = (scene.card.as_bytes().as_slice(), scene.visit.as_bytes().as_slice());
        let one = |sql: &str, id: &[u8]| -> anyhow::Result<Vec<String>> {
            office.rows(sql, &[id])?.into_iter().next().context("the office has no such row")
        };
        Ok(Self {
            copies,
            complaint: Complaint::read(&cast.dispatcher.device.show(complaint)?.reading),
            office_percent: one("SELECT percent FROM service_card WHERE id = ?1", card)?.concat(),
            office_visit: one(
                "SELECT number, state, datetime(window_start, 'unixepoch'), datetime(window_end, 'unixepoch'),
                        findings
                 FROM visit WHERE id = ?1",
                visit,
            )?,
            office_works: office.rows(
                "SELECT directory_entry.name, visit_works.volume, employee.surname
                 FROM visit_works
                 JOIN directory_entry ON directory_entry.id = visit_works.work_kind
                 JOIN employee ON employee.id = visit_works.by
                 WHERE visit_works.record_id = ?1
                 ORDER BY visit_works.at, visit_works.row_order",
                &[visit],
            )?,
            office_card: one("SELECT number, state, priority FROM service_card WHERE id = ?1", card)?,
            planned,
            verified,
        })
    }

    /// Checks what every telling of the story promises.
    ///
    /// # Panics
    /// When a promise is broken.
    ///
    /// # Errors
    /// When no device has the visit.
    pub fn check(&self) -> anyhow::Result<()> {
        let first = self.copies.first().context("somebody has the visit")?;
        for copy in &self.copies {
            assert_eq!(copy.visit, first.visit, "the visit of {} and {}", copy.name, first.name);
            assert_eq!(copy.card, first.card, "the card of {} and {}", copy.name, first.name);
            assert_eq!(copy.percent, first.percent, "the percent of {}", copy.name);
            let left = (copy.unsent, copy.not_accepted);
            assert_eq!(left, (0, 0), "nothing of {} waits or was refused", copy.name);
        }
        // Planned 2 + 1 + 1 hours; done 2 of 2, 3 of 4, 5 of 10: 2 + 0.75 + 0.5 of 4 hours.
        assert_eq!((first.percent, self.office_percent.as_str()), (8125, "8125"));

        let visit = self.visit()?;
        // Three rows of the first technician and one of the second, each once.
        assert_eq!((visit.works.standing().count(), self.office_works.len()), (4, 4));
        for words in [TECHNICIAN_FINDINGS, OFFICE_FINDINGS].map(str::trim_end) {
            assert!(visit.findings.0.contains(words), "{words:?} is in {:?}", visit.findings.0);
        }
        assert_eq!(visit.window, Some(self.planned), "the moved end stands");
        let acts: Vec<_> = visit.events.standing().filter_map(|event| event.value.what).collect();
        assert!(acts.contains(&VisitAct::WorkStarted) && acts.contains(&VisitAct::Completed), "{acts:?}");
        assert_eq!(ServiceCard::read(&first.card).priority, Some(Priority::Urgent));

        assert!(visit.number.as_deref().is_some_and(|number| number.starts_with("V-")), "{:?}", visit.number);
        let card = self.office_card.first().context("the card's number")?;
        assert!(card.starts_with("SC-"), "{card}");
        assert!(self.complaint.number.is_some(), "the complaint has a number");

        let verified = self.verified.get("verified").context("what the relay verified")?;
        assert_eq!(verified["faults"], json!([]), "{verified}");
        for counted in ["documents", "changes", "envelopes", "entries"] {
            assert!(verified[counted].as_u64().is_some_and(|count| count > 0), "no {counted} in {verified}");
        }
        Ok(())
    }

    /// The visit as everybody has it.
    ///
    /// # Errors
    /// When no device has it.
    pub fn visit(&self) -> anyhow::Result<Visit> {
        Ok(Visit::read(&self.copies.first().context("somebody has the visit")?.visit))
    }

    /// The outcome in plain words.
    ///
    /// # Errors
    /// When no device has the visit.
    pub fn describe(&self) -> anyhow::Result<Vec<String>> {
        let visit = self.visit()?;
        let mut lines = vec![
            format!("Visit on all {} devices: {:?}", self.copies.len(), visit_state(&visit).state),
            format!("Findings: {}", in_one_line(&visit.findings.0)),
            format!("Percent on every device and in the office: {}", in_percent(&self.office_percent)?),
            format!("Office row of the card:  {}", self.office_card.join(" | ")),
            format!("Office row of the visit: {}", in_one_line(&self.office_visit.join(" | "))),
        ];
        lines.extend(self.office_works.iter().map(|row| format!("Office row of work: {}", row.join(" | "))));
        Ok(lines)
    }
}

/// A text of paragraphs as a line of a list shows it.
fn in_one_line(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ")
}

fn copy(person: &TestDevice, scene: &Scene) -> anyhow::Result<Copy> {
    let device = &person.device;
    let status = device.status()?;
    Ok(Copy {
        name: person.name.clone(),
        card: device.show(scene.card).with_context(|| format!("the card of {}", person.name))?.reading,
        visit: device.show(scene.visit).with_context(|| format!("the visit of {}", person.name))?.reading,
        percent: percent(person, scene)?,
        not_accepted: status.not_accepted,
        unsent: status.unsent,
    })
}

fn percent(person: &TestDevice, scene: &Scene) -> anyhow::Result<i64> {
    let mut query = ListQuery::of(Kind::ServiceCard, &["percent"], 10);
    let id = Scalar::Text(scene.card.to_string());
    query.filters.push(Filter::Equals { column: "id".to_owned(), value: id });
    let page = person.device.list(&query)?;
    match page.rows.first().and_then(|row| row.cells.first()) {
        Some(SqlValue::Int(percent)) => Ok(*percent),
        other => anyhow::bail!("the list of {} shows {other:?} as percent", person.name),
    }
}

/// Hundredths of a percent as people read them: `81.25 %`.
fn in_percent(hundredths: &str) -> anyhow::Result<String> {
    let hundredths: i64 = hundredths.parse().context("the percent of the card")?;
    Ok(format!("{}.{:02} %", hundredths / 100, hundredths % 100))
}
