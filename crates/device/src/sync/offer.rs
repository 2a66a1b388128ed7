//! Comparing everything held, by digests: once a day, and when the relay's log began anew.
//!
//! What the relay lacks is pushed by the outbox; handing over other people's envelopes to a restored
//! relay is not built yet and belongs to the backup issue. What this device lacks is fetched, what it
//! may no longer see is dropped.

use std::collections::BTreeMap;

use halyard_domain::id::DocumentId;
use halyard_protocol::digest::{buckets, digests};
use halyard_protocol::hash::Heads;
use halyard_protocol::limits::OFFER_DOCUMENTS;
use halyard_protocol::offer::{BucketList, Held, OfferAnswer, OfferRequest};
use halyard_store::{Holding, PageCommit, SyncStateChange};

use crate::sync::SyncError;
use crate::sync::session::Session;

/// Compares what is held. In a new epoch the cursor of the answer is adopted.
pub(super) async fn offer(session: &mut Session, new_epoch: bool) -> Result<(), SyncError> {
    let held = session.background(|device| Ok(device.store.holdings()?)).await?;
    let lists = buckets(held.into_iter().map(held_as_accepted));
    let first: OfferAnswer = session.call("/v1/sync/offer", &OfferRequest::Digests(digests(&lists))).await?;
    let OfferAnswer::Differing { buckets: wanted, cursor, epoch, undecided, .. } = first else {
        return Ok(());
    };
    let mut lists: BTreeMap<u8, BucketList> = lists.into_iter().map(|list| (list.bucket, list)).collect();
    let mut batch = Vec::new();
    let mut size = 0;
    for bucket in wanted {
        let list = lists.remove(&bucket).unwrap_or(BucketList { bucket, documents: Vec::new() });
        size += list.documents.len();
        batch.push(list);
        if size >= OFFER_DOCUMENTS {
            compare(session, std::mem::take(&mut batch)).await?;
            size = 0;
        }
    }
    if !batch.is_empty() {
        compare(session, batch).await?;
    }
    session
        .background(move |device| {
            device.take_receipts(&undecided)?;
            let now = device.surroundings.now_ms();
            let adopted = new_epoch.then(|| (cursor.0, epoch.as_bytes().to_vec()));
            let (cursor, epoch) = adopted.unzip();
            let change =
                SyncStateChange { cursor, epoch, last_offer_ms: Some(now), ..SyncStateChange::default() };
            Ok(device.store.change_sync_state(change)?)
        })
        .await
}

async fn compare(session: &mut Session, lists: Vec<BucketList>) -> Result<(), SyncError> {
    let answer: OfferAnswer = session.call("/v1/sync/offer", &OfferRequest::Lists(lists)).await?;
    let OfferAnswer::Wanted { fetch, drop, .. } = answer else { return Ok(()) };
    session.want(fetch);
    if drop.is_empty() {
        return Ok(());
    }
    let gone: Vec<DocumentId> = drop;
    session
        .background(move |device| {
            Ok(device.store.commit_page(PageCommit { gone, ..PageCommit::default() })?)
        })
        .await
}

/// A document whose content is not all accepted has other heads than the relay's; it is offered as it
/// is, and a difference costs one fetch.
fn held_as_accepted(holding: Holding) -> Held {
    Held { document: holding.document, heads: Heads::new(holding.heads) }
}
