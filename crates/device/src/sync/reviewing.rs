//! The review queue at the relay: asked and answered with this device's key.
//!
//! What an envelope writes is read by merging it into a copy of the record as it is here.

use std::collections::BTreeSet;
use std::sync::Arc;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_protocol::envelope::Envelope;
use halyard_protocol::hash::{EnvelopeHash, EnvelopeNamed};
use halyard_protocol::keys::Signature;
use halyard_protocol::receipt::Receipt;
use halyard_protocol::review::{Decision, DecisionAnswer, ReviewItem, ReviewList, Verdict};
use halyard_protocol::signed::Signed as _;
use halyard_protocol::version::OBJECT_VERSION;
use halyard_records::{Document, HistoryEntry};
use halyard_store::EnvelopeKey;

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::client::CallError;
use crate::sync::session::Session;

/// So many pages of the queue are counted at most.
const PAGES: usize = 5;

/// Work that waits for a decision of somebody at the office.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What a decision names.
    pub hash: EnvelopeHash,
    /// The envelope, why it waits and what is blocked behind it.
    pub item: ReviewItem,
    /// What it writes; absent when the record is not here to read it by.
    pub writes: Option<Vec<HistoryEntry>>,
}

/// A page of the queue, oldest first.
#[derive(Debug, Clone)]
pub struct WaitingPage {
    /// What waits.
    pub items: Vec<Waiting>,
    /// What to ask for next; absent at the end.
    pub next: Option<EnvelopeHash>,
}

impl Device {
    /// A page of the work that waits for a decision, after an envelope.
    ///
    /// # Errors
    /// When the relay cannot be reached, or this person may not review.
    pub async fn waiting(self: &Arc<Self>, after: Option<EnvelopeHash>) -> Result<WaitingPage, SyncError> {
        let session = Session::open(self).await?;
        let query = after.map(|after| format!("after={after}"));
        let page: ReviewList =
            session.client.get("/v1/review", query.as_deref(), session.relay_now()).await?;
        let device = Arc::clone(self);
        let next = page.next;
        let read = move || page.items.into_iter().map(|item| waiting(&device, item)).collect();
        let items: Result<Vec<Waiting>, SyncError> =
            tokio::task::spawn_blocking(read).await.map_err(|_| SyncError::Interrupted)?;
        Ok(WaitingPage { items: items?, next })
    }

    /// What waits for a decision, oldest first: `known`, and what came after the last of it.
    ///
    /// # Errors
    /// When the relay cannot be reached, or this person may not review.
    pub(crate) async fn named_waiting(
        self: &Arc<Self>,
        mut known: Vec<EnvelopeKey>,
    ) -> Result<Vec<EnvelopeKey>, SyncError> {
        let session = Session::open(self).await?;
        let mut after = known.last().copied().map(EnvelopeHash);
        for _ in 0..PAGES {
            let query = after.map(|after| format!("after={after}"));
            let page: ReviewList =
                session.client.get("/v1/review", query.as_deref(), session.relay_now()).await?;
            for item in page.items {
                known.push(item.receipted.envelope.header().hash()?.0);
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(known)
    }

    /// Decides about an envelope, signed by this device.
    ///
    /// # Errors
    /// When the relay cannot be reached, it was decided already (by whom, how and when is in the error), or this
    /// person may not review.
    pub async fn decide_waiting(
        self: &Arc<Self>,
        envelope: EnvelopeHash,
        verdict: Verdict,
    ) -> Result<DecisionAnswer, SyncError> {
        let session = Session::open(self).await?;
        let identity = self.identity().ok_or(DeviceError::NotEnrolled)?;
        let key = self.with_profile(|profile| profile.key.clone())?;
        let mut decision = Decision {
            v: OBJECT_VERSION,
            workspace: identity.workspace,
            envelope,
            verdict,
            employee: identity.employee,
            device: Some(identity.device),
            time: session.relay_now(),
            signature: Signature::missing(),
        };
        decision.sign(&key)?;
        let path = format!("/v1/review/{envelope}");
        let mut problem = match session.client.post(&path, &decision, session.relay_now()).await {
            Err(CallError::Problem(problem)) => problem,
            answer => return Ok(answer?),
        };
        match problem.receipt.take().filter(|receipt| receipt.envelope == envelope) {
            Some(receipt) => {
                self.verify(&receipt)?;
                Err(SyncError::AlreadyDecided(Box::new(receipt)))
            }
            None => Err(CallError::Problem(problem).into()),
        }
    }

    /// The decisions about envelopes whose names begin so: six hexadecimal digits or more, or there are none.
    ///
    /// # Errors
    /// When the relay cannot be reached, or this person may not review.
    pub async fn decisions_about(self: &Arc<Self>, beginning: &str) -> Result<Vec<Receipt>, SyncError> {
        if beginning.parse::<EnvelopeNamed>().is_err() {
            return Ok(Vec::new());
        }
        let session = Session::open(self).await?;
        let query = format!("decided={}", beginning.to_ascii_lowercase());
        let list: ReviewList = session.client.get("/v1/review", Some(&query), session.relay_now()).await?;
        list.decided.iter().try_for_each(|receipt| self.verify(receipt))?;
        Ok(list.decided)
    }
}

fn waiting(device: &Device, item: ReviewItem) -> Result<Waiting, SyncError> {
    let envelope = &item.receipted.envelope;
    let hash = envelope.header().hash()?;
    let writes = written(device, envelope)?;
    Ok(Waiting { hash, item, writes })
}

/// What the changes of an envelope write, when the record is here and they fit on it.
fn written(device: &Device, envelope: &Envelope) -> Result<Option<Vec<HistoryEntry>>, DeviceError> {
    let document: DocumentId = envelope.document;
    // Bytes of others may end the app in ways nothing catches; the next start must know over which.
    if device.store.ends_the_app(document)? {
        return Ok(None);
    }
    let _arriving = device.store.arriving(vec![document])?;
    let copy = match device.opened(document) {
        Ok(Some((_, opened))) => Some(opened),
        Ok(None) => envelope.kind.known().map(Document::born).and_then(Result::ok),
        Err(DeviceError::SetAside(_) | DeviceError::Document { .. }) => None,
        Err(error) => return Err(error),
    };
    let Some(mut copy) = copy else { return Ok(None) };
    if copy.apply(envelope.changes.iter().map(|chunk| chunk.0.as_slice())).is_err() {
        return Ok(None);
    }
    let own: BTreeSet<ChangeHash> = envelope.changes.iter().map(|chunk| ChangeHash(chunk.hash().0)).collect();
    let history = copy.history().map_err(|source| DeviceError::Document { document, source })?;
    Ok(Some(history.into_iter().filter(|entry| own.contains(&entry.change)).collect()))
}

#[cfg(test)]
mod tests {
    use halyard_domain::id::{DeviceId, IncarnationId, WorkspaceId};
    use halyard_domain::kind::Kind;
    use halyard_domain::records::Customer;
    use halyard_protocol::envelope::Chunk;
    use halyard_protocol::hash::Generation;
    use halyard_protocol::time::UnixMs;
    use halyard_records::Editor;

    use super::*;
    use crate::sync::bench::device;

    /// A new customer, as a colleague's device sent it.
    fn new_customer(name: &str) -> Envelope {
        let mut fresh = || [9; 16];
        let mut editor = Editor { actor: [8; 16], fresh_actor: &mut fresh, time: 0 };
        let mut content = Document::born(Kind::Customer).unwrap();
        content.edit(&mut editor, &[Customer::NAME.set(&name.to_owned())]).unwrap();
        Envelope {
            v: OBJECT_VERSION,
            workspace: WorkspaceId::made_by_rule("test"),
            document: DocumentId::made_by_rule(name),
            generation: Generation(0),
            kind: Kind::Customer.into(),
            employee: DocumentId::made_by_rule("taras"),
            device: DeviceId::made_by_rule("office"),
            incarnation: IncarnationId::made_by_rule("office"),
            sequence: 1,
            previous: None,
            time: UnixMs(0),
            replaces: Vec::new(),
            changes: content.changes().into_iter().map(|(_, chunk)| Chunk(chunk)).collect(),
            signature: Signature::missing(),
        }
    }

    #[test]
    fn work_on_a_record_that_ends_the_app_is_not_opened_and_the_rest_of_the_queue_is() {
        let folder = tempfile::tempdir().unwrap();
        let (deadly, good) = (new_customer("Ґрунт"), new_customer("Пекарня"));
        let reads = |device: &Device, envelope: &Envelope| {
            written(device, envelope).unwrap().is_some_and(|writes| !writes.is_empty())
        };
        for _ in 0..2 {
            let device = device(folder.path());
            assert!(reads(&device, &deadly), "one death may be chance");
            // The app dies while it reads what waits: the mark stays, and the next start finds it.
            std::mem::forget(device.store.arriving(vec![deadly.document]).unwrap());
        }

        let device = device(folder.path());
        assert!(!reads(&device, &deadly) && reads(&device, &good));
        drop(device);
        // What was passed over and what was read leave no mark behind.
        let device = self::device(folder.path());
        assert_eq!(device.store.arrival_suspects().unwrap(), BTreeSet::from([deadly.document]));
    }
}
