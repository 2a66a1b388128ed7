//! Where a device is in the relay's log, as the relay notes it for itself.
//!
//! A [`Cursor`] is sealed with a key only the relay has: the device keeps the bytes and can neither make
//! nor alter one, and another device's cursor does not open. It is not secret. Its running hash shows a
//! relay that its log lost a tail.
//!
//! The position stands still while a first sync or a listing goes on; the log continues from it.

use halyard_domain::id::{DeviceId, DocumentId, EpochId, WorkspaceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cbor::{self, EncodeError};
use crate::hash::{Position, RightsVersion, RunningHash};

/// The form of sealed cursors; a cursor of another form does not open.
const FORM: u8 = 1;
const TAG_BYTES: usize = 16;
const MOST_BYTES: usize = 512;

/// What a relay knows of where a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The life of the log it is in.
    pub epoch: EpochId,
    /// Everything up to here was delivered, or is being delivered by the phase.
    pub position: Position,
    /// The running hash of the log at `position`.
    pub running: RunningHash,
    /// The newest rights version whose listing was completed.
    pub rights: RightsVersion,
    /// What is going on.
    pub phase: Phase,
}

/// What a device is being given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// First sync: everything visible at `position`, tier by tier.
    First {
        /// The tier being given, 0 first.
        tier: u8,
        /// The last document given of it.
        place: Option<Place>,
    },
    /// The rights changed: what was gained and what was lost at `position`, by document id.
    Listing {
        /// The rights version this listing leads to.
        to: RightsVersion,
        /// The last document listed.
        place: Option<DocumentId>,
    },
    /// The log after `position`.
    Log,
}

/// A place inside a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// What the tier is ordered by: a planned date, an age, or 0.
    pub order: i64,
    /// The document.
    pub document: DocumentId,
}

impl Cursor {
    /// The beginning of a first sync at the end of the log.
    #[must_use]
    pub const fn first(
        epoch: EpochId,
        position: Position,
        running: RunningHash,
        rights: RightsVersion,
    ) -> Self {
        Self { epoch, position, running, rights, phase: Phase::First { tier: 0, place: None } }
    }

    /// The same first sync after a page that ended at `place` of `tier`.
    #[must_use]
    pub const fn first_at(self, tier: u8, place: Option<Place>) -> Self {
        Self { phase: Phase::First { tier, place }, ..self }
    }

    /// The log from here: first sync is done.
    #[must_use]
    pub const fn into_log(self) -> Self {
        Self { phase: Phase::Log, ..self }
    }

    /// After delivering the log up to `position`.
    #[must_use]
    pub const fn advanced(self, position: Position, running: RunningHash) -> Self {
        Self { position, running, ..self }
    }

    /// The listing that must be given before anything else, when the caller's rights are now `rights`.
    /// A listing that leads elsewhere starts again.
    #[must_use]
    pub fn listing_due(self, rights: RightsVersion) -> Option<Self> {
        let begun = Self { phase: Phase::Listing { to: rights, place: None }, ..self };
        match self.phase {
            Phase::First { .. } => None,
            Phase::Log => (self.rights != rights).then_some(begun),
            Phase::Listing { to, .. } if to == rights => Some(self),
            Phase::Listing { .. } => Some(begun),
        }
    }

    /// The same listing after a page that ended at `place`.
    #[must_use]
    pub const fn listed_to(self, to: RightsVersion, place: DocumentId) -> Self {
        Self { phase: Phase::Listing { to, place: Some(place) }, ..self }
    }

    /// The log again: the listing that led to `rights` is complete.
    #[must_use]
    pub const fn listed(self, rights: RightsVersion) -> Self {
        Self { rights, phase: Phase::Log, ..self }
    }
}

/// A cursor as a device holds it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealedCursor(#[serde(with = "serde_bytes")] pub Vec<u8>);

impl std::fmt::Debug for SealedCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedCursor({} bytes)", self.0.len())
    }
}

/// Not a cursor this relay gave to this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this relay for this device")]
pub struct NotOurCursor;

/// The relay's secret for cursors.
#[derive(Clone)]
pub struct CursorKey([u8; 32]);

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey(…)")
    }
}

impl CursorKey {
    /// A key made of 32 secret bytes.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// Seals a cursor for one device of one workspace.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn seal(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        cursor: &Cursor,
    ) -> Result<SealedCursor, EncodeError> {
        let body = cbor::canonical(&Written::from(cursor))?;
        let tag = self.tag(workspace, device, &body);
        let mut bytes = Vec::with_capacity(1 + TAG_BYTES + body.len());
        bytes.push(FORM);
        bytes.extend(tag);
        bytes.extend(body);
        Ok(SealedCursor(bytes))
    }

    /// Opens a cursor this relay sealed for this device.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn open(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        sealed: &SealedCursor,
    ) -> Result<Cursor, NotOurCursor> {
        let (&form, rest) = sealed.0.split_first().ok_or(NotOurCursor)?;
        let (tag, body) = rest.split_at_checked(TAG_BYTES).ok_or(NotOurCursor)?;
        if form != FORM || !equal_in_constant_time(tag, &self.tag(workspace, device, body)) {
            return Err(NotOurCursor);
        }
        let written: Written = cbor::decode(body, MOST_BYTES).map_err(|_| NotOurCursor)?;
        Ok(written.into())
    }

    fn tag(&self, workspace: WorkspaceId, device: DeviceId, body: &[u8]) -> [u8; TAG_BYTES] {
        let message =
            [b"halyard/1 cursor\0".as_slice(), workspace.as_bytes(), device.as_bytes(), body].concat();
        let mut tag = [0; TAG_BYTES];
        for (byte, value) in tag.iter_mut().zip(hmac_sha256(&self.0, &message)) {
            *byte = value;
        }
        tag
    }
}

/// A cursor as it is sealed: an array, because every idle request and answer carries one.
#[derive(Serialize, Deserialize)]
struct Written(EpochId, Position, RunningHash, RightsVersion, WrittenPhase);

/// A phase as it is sealed.
#[derive(Serialize, Deserialize)]
enum WrittenPhase {
    #[serde(rename = "l")]
    Log,
    #[serde(rename = "f")]
    First(u8, Option<Place>),
    #[serde(rename = "r")]
    Listing(RightsVersion, Option<DocumentId>),
}

impl From<&Cursor> for Written {
    fn from(cursor: &Cursor) -> Self {
        let phase = match cursor.phase {
            Phase::Log => WrittenPhase::Log,
            Phase::First { tier, place } => WrittenPhase::First(tier, place),
            Phase::Listing { to, place } => WrittenPhase::Listing(to, place),
        };
        Self(cursor.epoch, cursor.position, cursor.running, cursor.rights, phase)
    }
}

impl From<Written> for Cursor {
    fn from(Written(epoch, position, running, rights, phase): Written) -> Self {
        let phase = match phase {
            WrittenPhase::Log => Phase::Log,
            WrittenPhase::First(tier, place) => Phase::First { tier, place },
            WrittenPhase::Listing(to, place) => Phase::Listing { to, place },
        };
        Self { epoch, position, running, rights, phase }
    }
}

/// HMAC-SHA256 (RFC 2104) with a key no longer than a block, which ours never is.
fn hmac_sha256(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let padded = |pad: u8| {
        let mut block = [pad; 64];
        for (byte, value) in block.iter_mut().zip(key) {
            *byte ^= value;
        }
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

fn equal_in_constant_time(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        Cursor::first(EpochId::made_by_rule("e"), Position(41), RunningHash([7; 32]), RightsVersion(3))
    }

    fn ids() -> (WorkspaceId, DeviceId) {
        (WorkspaceId::made_by_rule("w"), DeviceId::made_by_rule("d"))
    }

    #[test]
    fn a_cursor_opens_only_at_its_relay_for_its_device() {
        let (workspace, device) = ids();
        let key = CursorKey::new([1; 32]);
        let sealed = key.seal(workspace, device, &cursor()).unwrap();
        assert_eq!(key.open(workspace, device, &sealed), Ok(cursor()));
        assert_eq!(CursorKey::new([2; 32]).open(workspace, device, &sealed), Err(NotOurCursor));
        assert_eq!(key.open(workspace, DeviceId::made_by_rule("x"), &sealed), Err(NotOurCursor));
        assert_eq!(key.open(WorkspaceId::made_by_rule("x"), device, &sealed), Err(NotOurCursor));
    }

    #[test]
    fn an_altered_or_cut_cursor_does_not_open() {
        let (workspace, device) = ids();
        let key = CursorKey::new([1; 32]);
        let sealed = key.seal(workspace, device, &cursor()).unwrap();
        for at in 0..sealed.0.len() {
            let mut altered = sealed.clone();
            altered.0[at] ^= 1;
            assert_eq!(key.open(workspace, device, &altered), Err(NotOurCursor), "byte {at}");
            let cut = SealedCursor(sealed.0[..at].to_vec());
            assert_eq!(key.open(workspace, device, &cut), Err(NotOurCursor), "cut at {at}");
        }
    }

    #[test]
    fn hmac_follows_rfc_4231() {
        // Test case 1 with its 20-byte key padded by zeros to 32 bytes, which HMAC does anyway.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            hex::encode(hmac_sha256(&key, b"Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }

    #[test]
    fn changed_rights_ask_for_a_listing_and_a_further_change_starts_it_again() {
        let log = cursor().into_log();
        assert_eq!(log.listing_due(RightsVersion(3)), None);
        let listing = log.listing_due(RightsVersion(4)).unwrap();
        assert_eq!(listing.position, log.position, "the position stands still");
        let later = listing.listed_to(RightsVersion(4), DocumentId::made_by_rule("m"));
        assert_eq!(later.listing_due(RightsVersion(4)), Some(later), "it goes on where it stopped");
        let again = later.listing_due(RightsVersion(5)).unwrap();
        assert_eq!(again.phase, Phase::Listing { to: RightsVersion(5), place: None });
        assert_eq!(again.rights, RightsVersion(3), "compared from the last completed one");
        assert_eq!(again.listed(RightsVersion(5)).listing_due(RightsVersion(5)), None);
    }

    #[test]
    fn rights_that_went_back_during_a_listing_start_it_again_too() {
        // What the unfinished listing already delivered must be taken back.
        let listing = cursor().into_log().listing_due(RightsVersion(4)).unwrap();
        let later = listing.listed_to(RightsVersion(4), DocumentId::made_by_rule("m"));
        assert!(matches!(
            later.listing_due(RightsVersion(3)).unwrap().phase,
            Phase::Listing { place: None, .. }
        ));
    }
}
