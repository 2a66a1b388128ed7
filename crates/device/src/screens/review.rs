//! The review queue: work the relay set aside, for somebody at the office to accept or decline.
//!
//! It lives at the relay, so this needs the network and says so. A decision is signed by the reviewer's
//! device and travels to the author as a receipt. When a record is not here to read the work by, who,
//! when and why are shown alone.

use std::sync::Arc;

use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::review::Verdict;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actions::forget_form;
use crate::app::App;
use crate::calls::off_the_loop;
use crate::device::Device;
use crate::screens::ScreenError;
use crate::screens::history::{TimelineWrite, writes_of};
use crate::screens::names::{Linked, Names};
use crate::sync::{SyncError, Waiting};

/// Asks for a page of the queue.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReviewAsked {
    /// The envelope the last page ended with; absent for the first page.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub after: Option<String>,
}

/// A page of the queue, oldest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReviewPage {
    /// What waits.
    pub items: Vec<ReviewLine>,
    /// What to ask for next; absent at the end.
    pub next: Option<String>,
}

/// Work that waits for a decision.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReviewLine {
    /// What a decision names.
    pub envelope: String,
    /// The record.
    pub record: Linked,
    /// Its kind, as the envelope names it.
    pub kind: String,
    /// Who wrote it.
    pub by: Linked,
    /// On which device.
    pub device: String,
    /// When it was signed, Unix milliseconds by that device's clock.
    pub made_ms: i64,
    /// When it arrived, Unix milliseconds by the relay's clock.
    pub arrived_ms: i64,
    /// Why it waits: its `code` and the data a sentence needs.
    #[cfg_attr(feature = "typescript", ts(type = "({ code: string } & Record<string, unknown>) | null"))]
    pub reason: Option<Value>,
    /// The field that was refused, as a field path prints it.
    pub path: Option<String>,
    /// How many envelopes of the same device wait behind it.
    pub blocked: usize,
    /// What it writes; absent when the record is not here to read it by.
    pub writes: Option<Vec<TimelineWrite>>,
}

/// A decision.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReviewDecision {
    /// The envelope, as the queue names it.
    pub envelope: String,
    /// Whether it is merged.
    pub accept: bool,
    /// Of a refusal: what the author reads.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub answer: Option<String>,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// What became of what was decided.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Decided {
    /// How many envelopes got an answer: the decided one and those that waited behind it.
    pub answered: usize,
}

/// A page of the review queue.
///
/// # Errors
/// When the office cannot be reached, or this person may not review.
pub async fn review_queue(app: &Arc<App>, asked: &ReviewAsked) -> Result<ReviewPage, ScreenError> {
    let after = asked.after.as_deref().map(envelope).transpose()?;
    let page = app.device().waiting(after).await?;
    let device = Arc::clone(app.device());
    let next = page.next.map(|next| next.to_string());
    let items = off_the_loop(move || lines(&device, &page.items)).await?;
    Ok(ReviewPage { items, next })
}

/// Accepts or declines what waits.
///
/// # Errors
/// When the office cannot be reached, it was decided already, or this person may not review.
pub async fn decide_review(app: &Arc<App>, asked: &ReviewDecision) -> Result<Decided, ScreenError> {
    let verdict = if asked.accept {
        Verdict::Accept
    } else {
        let answer = asked.answer.as_deref().map(str::trim).filter(|answer| !answer.is_empty());
        let answer = answer.ok_or_else(|| ScreenError::Required { field: "answer".to_owned() })?;
        Verdict::Decline { answer: answer.to_owned() }
    };
    let (device, form) = (Arc::clone(app.device()), asked.form.clone());
    let envelope = envelope(&asked.envelope)?;
    let decided = app.device().decide_waiting(envelope, verdict).await;
    if matches!(decided, Ok(_) | Err(SyncError::AlreadyDecided(_))) {
        note_decided(app, envelope).await;
    }
    match decided {
        Ok(answer) => {
            let forgotten = off_the_loop(move || {
                forget_form(&device, form.as_deref());
                Ok(())
            });
            if let Err(error) = forgotten.await {
                tracing::warn!(%error, "the draft of a form stays that was answered");
            }
            Ok(Decided { answered: answer.receipts.len() })
        }
        Err(SyncError::AlreadyDecided(receipt)) => {
            Err(off_the_loop(move || decided_before(&device, &receipt)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// It waits no more for this person either.
async fn note_decided(app: &Arc<App>, envelope: EnvelopeHash) {
    let device = Arc::clone(app.device());
    match off_the_loop(move || Ok(device.waits_no_more(envelope)?)).await {
        Ok(true) => app.tell_standing(),
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "what was decided is still counted"),
    }
}

fn decided_before(device: &Device, receipt: &Receipt) -> Result<ScreenError, ScreenError> {
    let names = Names::of(device, receipt.by)?;
    Ok(ScreenError::AlreadyDecided {
        by: receipt.by.map(|by| names.link(by)),
        at_ms: receipt.arrived.0,
        accepted: receipt.outcome == Outcome::Accepted,
    })
}

fn envelope(text: &str) -> Result<EnvelopeHash, ScreenError> {
    text.parse().map_err(|_| ScreenError::WrongValue { path: "envelope".to_owned(), expected: None })
}

fn lines(device: &Device, items: &[Waiting]) -> Result<Vec<ReviewLine>, ScreenError> {
    let named = items.iter().flat_map(|one| {
        let envelope = &one.item.receipted.envelope;
        [envelope.document, envelope.employee]
    });
    let names = Names::of(device, named)?;
    items.iter().map(|one| line(device, one, &names)).collect()
}

fn line(device: &Device, one: &Waiting, names: &Names) -> Result<ReviewLine, ScreenError> {
    let envelope = &one.item.receipted.envelope;
    let stamp = &one.item.receipted.receipt;
    Ok(ReviewLine {
        envelope: one.hash.to_string(),
        record: names.link(envelope.document),
        kind: envelope.kind.as_str().to_owned(),
        by: names.link(envelope.employee),
        device: envelope.device.to_string(),
        made_ms: envelope.time.0,
        arrived_ms: stamp.arrived.0,
        reason: stamp.reason.as_ref().and_then(|reason| serde_json::to_value(reason).ok()),
        path: stamp.path.clone(),
        blocked: one.item.blocked.len(),
        writes: one
            .writes
            .as_ref()
            .map(|entries| writes_of(device, envelope.document, entries))
            .transpose()?,
    })
}
