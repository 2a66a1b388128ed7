//! The `review` commands: what waits, what it would change, and deciding about it.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::schema::Shape;
use halyard_domain::value::{FieldValue as _, Scalar, ScalarType};
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::receipt::Outcome;
use halyard_protocol::review;
use halyard_protocol::time::UnixMs;

use super::answering::{Office, failed, time, word};
use super::failure::{Failure, FailureCode};
use super::names::{self, People};
use super::question::{Answer, ChangeLine, DecidedLine, Verdict, WorkDetails, WorkLine};
use crate::relay::{Queued, RelayError, ReviewError, WantedChange};

impl Office<'_> {
    pub(super) async fn review(&self) -> Result<Answer, Failure> {
        let people = self.people().await?;
        let queue = self.queue().await?;
        Ok(Answer::Review(queue.iter().map(|one| work_line(one, &people)).collect()))
    }

    pub(super) async fn show_work(&self, asked: &str) -> Result<Answer, Failure> {
        let people = self.people().await?;
        let queued = self.work_asked(asked, &people).await?;
        let found = self.relay.work(self.id(), queued.hash).await;
        let found = found.map_err(|error| failed("reading the review queue", &error))?;
        let (envelope, behind) = found.ok_or_else(|| not_there(asked))?;
        let wanted = self.relay.would_change(self.id(), &envelope).await;
        let wanted = wanted.map_err(|error| failed("comparing work with its record", &error))?;
        let kind = envelope.kind.known();
        Ok(Answer::Work(Box::new(WorkDetails {
            line: work_line(&queued, &people),
            written: time(envelope.time),
            behind: behind.iter().map(ToString::to_string).collect(),
            changes: wanted
                .map(|wanted| wanted.iter().map(|change| change_line(kind, change, &people)).collect()),
        })))
    }

    pub(super) async fn decide(&self, asked: &str, by: &str, verdict: Verdict) -> Result<Answer, Failure> {
        let people = self.people().await?;
        let work = self.work_asked(asked, &people).await?.hash;
        let by = people.find(by)?;
        let verdict = match verdict {
            Verdict::Accept => review::Verdict::Accept,
            Verdict::Decline { answer } => review::Verdict::Decline { answer },
        };
        let decided = self.relay.decide_here(self.id(), work, by.id, verdict).await;
        let decided = decided.map_err(|error| not_decided(&by.name, &people, &error))?;
        let lines = decided.receipts.iter().map(|receipt| DecidedLine {
            work: receipt.envelope.to_string(),
            outcome: word(&receipt.outcome),
            reason: receipt.reason.as_ref().map(|reason| reason.code().to_owned()),
        });
        Ok(Answer::Decided(lines.collect()))
    }

    async fn queue(&self) -> Result<Vec<Queued>, Failure> {
        let queue = self.relay.queue(self.id()).await;
        queue.map_err(|error| failed("reading the review queue", &error))
    }

    /// The work that waits and is meant. What was decided before is told with its decision.
    async fn work_asked(&self, asked: &str, people: &People) -> Result<Queued, Failure> {
        let queue = self.queue().await?;
        let named = |work: &EnvelopeHash| work.to_string();
        let waits = names::by_beginning("waiting work", "review list", asked, queue, |one| named(&one.hash));
        let Err(not_waiting) = waits else { return waits };
        let decisions = self.relay.decisions(self.id()).await;
        let decisions = decisions.map_err(|error| failed("reading the decisions", &error))?;
        let decided =
            names::by_beginning("work", "review list", asked, decisions, |(one, _)| named(&one.envelope));
        Err(decided.map_or(not_waiting, |(decision, at)| {
            let accepted = matches!(decision.verdict, review::Verdict::Accept);
            already_decided(&people.name(decision.employee), accepted, at)
        }))
    }
}

fn work_line(queued: &Queued, people: &People) -> WorkLine {
    let Queued { hash, header, receipt, blocked } = queued;
    WorkLine {
        work: hash.to_string(),
        arrived: time(receipt.arrived),
        employee: header.employee.to_string(),
        name: people.name(header.employee),
        device: header.device.to_string(),
        kind: word(&header.kind),
        document: header.document.to_string(),
        outcome: word(&receipt.outcome),
        reason: receipt.reason.as_ref().map(|reason| reason.code().to_owned()).unwrap_or_default(),
        path: receipt.path.clone(),
        blocked: *blocked,
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

fn not_there(asked: &str) -> Failure {
    Failure::new(
        FailureCode::NotFound,
        format!("No waiting work begins with «{asked}»."),
        "Nothing was changed.",
        "`sync-server review list` shows what there is.",
    )
}

/// A decision is made once: a second one would leave its author with two answers.
fn already_decided(by: &str, accepted: bool, at: UnixMs) -> Failure {
    let at = time(at);
    let (what, next) = if accepted {
        (
            format!("{by} accepted this work on {at} UTC."),
            "If the record should be otherwise, change it on a device. `sync-server review list` shows what still \
             waits.",
        )
    } else {
        (
            format!("{by} declined this work on {at} UTC."),
            "Its author keeps what was typed, and can enter it again. `sync-server review list` shows what still waits.",
        )
    };
    Failure::new(FailureCode::Refused, what, "That decision holds; nothing was changed.", next)
}

fn not_decided(by: &str, people: &People, error: &ReviewError) -> Failure {
    let kept = "The work stays in the queue as it was.";
    match error {
        ReviewError::AlreadyDecided(receipt) => {
            let decider = receipt.by.map_or_else(|| "The relay".to_owned(), |by| people.name(by));
            already_decided(&decider, receipt.outcome == Outcome::Accepted, receipt.arrived)
        }
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
