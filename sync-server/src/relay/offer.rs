//! Comparing what a device holds with what it should hold.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::rights::Ability;
use halyard_protocol::cursor::{Cursor, CursorKey};
use halyard_protocol::digest::{bucket_of, buckets, differing, digests};
use halyard_protocol::hash::{BucketDigest, Heads};
use halyard_protocol::limits::OFFER_DOCUMENTS;
use halyard_protocol::offer::{BucketList, FormerEpoch, Held, OfferAnswer, OfferRequest};

use super::{Caller, Relay, RelayError};

impl Relay {
    /// Answers either phase of an offer.
    ///
    /// # Errors
    /// When too much is offered at once, or storage fails.
    pub async fn offer(&self, caller: Caller, request: OfferRequest) -> Result<OfferAnswer, RelayError> {
        match request {
            OfferRequest::Digests(theirs) => self.differing(caller, &theirs).await,
            OfferRequest::Lists(lists) => self.wanted(caller, lists).await,
        }
    }

    async fn differing(&self, caller: Caller, theirs: &[BucketDigest]) -> Result<OfferAnswer, RelayError> {
        let reader = caller.reader();
        // The cursor first: what is written while holdings are read comes again by pulling.
        let moment = self.moment(reader, None).await?;
        let workspace = &moment.workspace;
        let held = self.storage.holdings(reader).await?.ok_or(RelayError::UnknownWorkspace)?;
        let ours = digests(&buckets(held));
        let rights = &moment.person.rights;
        let cursor =
            Cursor::first(workspace.epoch, workspace.head, workspace.running, rights.since).into_log();
        let cursor = CursorKey::new(workspace.cursor_key).seal(caller.workspace, caller.device, &cursor)?;
        let administers = rights.access.can(Ability::AssignRoles) || rights.access.can(Ability::EnrolDevices);
        let controls = if administers { self.storage.controls(caller.workspace).await? } else { Vec::new() };
        Ok(OfferAnswer::Differing {
            epoch: workspace.epoch,
            buckets: differing(&ours, theirs),
            cursor,
            former: workspace.former.map(|(epoch, position)| FormerEpoch { epoch, position }),
            undecided: self.storage.undecided_of(caller.workspace, caller.device).await?,
            controls,
        })
    }

    async fn wanted(&self, caller: Caller, lists: Vec<BucketList>) -> Result<OfferAnswer, RelayError> {
        if lists.iter().map(|list| list.documents.len()).sum::<usize>() > OFFER_DOCUMENTS {
            return Err(RelayError::TooMuch);
        }
        let reader = caller.reader();
        let moment = self.moment(reader, None).await?;
        let asked: BTreeSet<u8> = lists.iter().map(|list| list.bucket).collect();
        let theirs: Vec<Held> = lists.into_iter().flat_map(|list| list.documents).collect();
        let ours: BTreeMap<DocumentId, Heads> = self
            .storage
            .holdings(reader)
            .await?
            .ok_or(RelayError::UnknownWorkspace)?
            .into_iter()
            .filter(|held| asked.contains(&bucket_of(held.document)))
            .map(|held| (held.document, held.heads))
            .collect();
        let unseen = theirs.iter().map(|held| held.document).filter(|document| !ours.contains_key(document));
        let drop: BTreeSet<DocumentId> =
            self.storage.lost_sight(reader, unseen.collect()).await?.into_iter().collect();
        let unknown = self.storage.with_unknown_heads(caller.workspace, theirs.clone()).await?;
        let ahead: BTreeSet<DocumentId> = unknown.into_iter().collect();
        let (mut send, mut fetch) = (Vec::new(), Vec::new());
        let mut held_there = BTreeSet::new();
        for held in theirs {
            held_there.insert(held.document);
            match ours.get(&held.document) {
                Some(heads) if *heads == held.heads => {}
                Some(heads) => {
                    if ahead.contains(&held.document) {
                        send.push(Held { document: held.document, heads: heads.clone() });
                    }
                    fetch.push(held.document);
                }
                // Unknown here, or never seen by the caller: one answer.
                None if !drop.contains(&held.document) => {
                    send.push(Held { document: held.document, heads: Heads::default() });
                }
                None => {}
            }
        }
        fetch.extend(ours.keys().filter(|document| !held_there.contains(document)));
        Ok(OfferAnswer::Wanted {
            epoch: moment.workspace.epoch,
            send,
            fetch,
            drop: drop.into_iter().collect(),
        })
    }
}
