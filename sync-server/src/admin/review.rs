//! The review queue: what waits, what it would change, and deciding about it.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::schema::Shape;
use halyard_domain::value::{FieldValue as _, Scalar, ScalarType};
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::review::{self, ReviewItem};

use super::answering::{Office, failed, time, word};
use super::failure::{Failure, FailureCode};
use super::names::{self, People};
use super::question::{Answer, ChangeLine, DecidedLine, Verdict, WorkDetails, WorkLine};
use crate::relay::{RelayError, ReviewError, WantedChange};

impl Office<'_> {
    pub(super) async fn review(&self) -> Result<Answer, Failure> {
        let people = self.people().await?;
        let mut lines = Vec::new();
        for (work, item) in self.waiting().await? {
            lines.push(self.work_line(work, &item, &people).await?);
        }
        Ok(Answer::Review(lines))
    }

    pub(super) async fn show_work(&self, asked: &str) -> Result<Answer, Failure> {
        let (work, item) = self.work_asked(asked).await?;
        let line = self.work_line(work, &item, &self.people().await?).await?;
        Ok(Answer::Work(Box::new(WorkDetails {
            line,
            written: time(item.receipted.envelope.time),
            behind: item.blocked.iter().map(ToString::to_string).collect(),
        })))
    }

    pub(super) async fn decide(&self, asked: &str, by: &str, verdict: Verdict) -> Result<Answer, Failure> {
        let (work, _) = self.work_asked(asked).await?;
        let by = self.people().await?.find(by)?;
        let verdict = match verdict {
            Verdict::Accept => review::Verdict::Accept,
            Verdict::Decline { answer } => review::Verdict::Decline { answer },
        };
        let decided = self.relay.decide_here(self.id(), work, by.id, verdict).await;
        let decided = decided.map_err(|error| not_decided(&by.name, &error))?;
        let lines = decided.receipts.iter().map(|receipt| DecidedLine {
            work: receipt.envelope.to_string(),
            outcome: word(&receipt.outcome),
            reason: receipt.reason.as_ref().map(|reason| reason.code().to_owned()),
        });
        Ok(Answer::Decided(lines.collect()))
    }

    async fn work_asked(&self, asked: &str) -> Result<(EnvelopeHash, ReviewItem), Failure> {
        let waiting = self.waiting().await?;
        names::by_beginning("work waiting", "review list", asked, waiting, |(work, _)| work.to_string())
    }

    async fn waiting(&self) -> Result<Vec<(EnvelopeHash, ReviewItem)>, Failure> {
        let (mut waiting, mut after) = (Vec::new(), None);
        loop {
            let page = self.relay.review_everything(self.id(), after).await;
            let page = page.map_err(|error| failed("reading the review queue", &error))?;
            for item in page.items {
                let work = item.receipted.envelope.hash();
                waiting.push((work.map_err(|error| failed("reading the review queue", &error))?, item));
            }
            after = page.next;
            if after.is_none() {
                return Ok(waiting);
            }
        }
    }

    async fn work_line(
        &self,
        work: EnvelopeHash,
        item: &ReviewItem,
        people: &People,
    ) -> Result<WorkLine, Failure> {
        let (envelope, receipt) = (&item.receipted.envelope, &item.receipted.receipt);
        let wanted = self.relay.would_change(self.id(), envelope).await;
        let wanted = wanted.map_err(|error| failed("reading the review queue", &error))?;
        let kind = envelope.kind.known();
        let changes =
            wanted.map(|wanted| wanted.iter().map(|change| change_line(kind, change, people)).collect());
        Ok(WorkLine {
            work: work.to_string(),
            arrived: time(receipt.arrived),
            employee: envelope.employee.to_string(),
            name: people.name(envelope.employee),
            device: envelope.device.to_string(),
            kind: word(&envelope.kind),
            document: envelope.document.to_string(),
            outcome: word(&receipt.outcome),
            reason: receipt.reason.as_ref().map(|reason| reason.code().to_owned()).unwrap_or_default(),
            path: receipt.path.clone(),
            blocked: item.blocked.len(),
            changes,
        })
    }
}

fn change_line(kind: Option<Kind>, change: &WantedChange, people: &People) -> ChangeLine {
    let field = kind.and_then(|kind| schema(kind).field(&change.path.field));
    let scalar = field.and_then(|field| match (&field.shape, &change.path.column) {
        (Shape::Scalar(scalar), _) => Some(*scalar),
        (_, Some(column)) => field.column(column),
        (Shape::Text | Shape::Rows { .. } | Shape::Events { .. }, None) => None,
    });
    let said = |values: &[Scalar]| values.iter().map(|value| said(scalar, value, people)).collect();
    ChangeLine { field: change.path.to_string(), now: said(&change.now), wanted: said(&change.wanted) }
}

/// A value as it stands in the record, employees by their names.
fn said(scalar: Option<ScalarType>, value: &Scalar, people: &People) -> String {
    let named = |id: &str| id.parse::<DocumentId>().map_or_else(|_| id.to_owned(), |id| people.name(id));
    match (scalar, value) {
        (Some(ScalarType::Link("employee")), Scalar::Text(id)) => named(id),
        (Some(ScalarType::List(ScalarType::Link("employee"))), list) => {
            let ids = Vec::<String>::from_scalar(list).unwrap_or_default();
            ids.iter().map(|id| named(id)).collect::<Vec<_>>().join(", ")
        }
        (_, Scalar::Null) => String::new(),
        (_, Scalar::Bool(yes)) => yes.to_string(),
        (_, Scalar::Int(number)) => number.to_string(),
        (_, Scalar::Text(text)) => text.clone(),
    }
}

fn not_decided(by: &str, error: &ReviewError) -> Failure {
    let kept = "The work stays in the queue as it was.";
    match error {
        ReviewError::AlreadyDecided => Failure::new(
            FailureCode::Refused,
            "Somebody else has decided about this work meanwhile.",
            "Their decision holds.",
            "`sync-server review list` shows what still waits.",
        ),
        ReviewError::NotMergeable(reason) => {
            let why = reason
                .as_ref()
                .map_or_else(|| "no reason given".to_owned(), |reason| reason.code().to_owned());
            Failure::new(
                FailureCode::Refused,
                format!("The work cannot be merged on the word of {by} ({why})."),
                kept,
                "A decision lets in what technicians and customers report, and beyond that only what the decider \
                 could write. Name somebody whose role allows it with --by, or decline the work with an answer; \
                 its author keeps what was typed.",
            )
        }
        ReviewError::Relay(RelayError::UnknownOrForbidden) => Failure::new(
            FailureCode::Refused,
            format!("{by} may not decide about others' work."),
            kept,
            "Name an employee whose role has the ability «review», such as an administrator, with --by.",
        ),
        ReviewError::Relay(other) => failed("deciding about work", other),
    }
}
