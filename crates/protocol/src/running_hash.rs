//! The hash of the whole log up to a position.
//!
//! Every cursor carries one. A relay that lost the tail of its log, by a restore nobody announced or a
//! failover, finds another hash at that position and begins a new epoch.

use halyard_domain::id::EpochId;
use sha2::{Digest, Sha256};

use crate::hash::{ControlHash, EnvelopeHash, Position, RunningHash};

/// What stands at a position of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogItem {
    /// An accepted envelope.
    Envelope(EnvelopeHash),
    /// A later decision about an envelope: SHA-256 of the signed bytes of its receipt.
    Receipt([u8; 32]),
    /// A control entry.
    Control(ControlHash),
}

impl RunningHash {
    /// The hash of the empty log of an epoch.
    #[must_use]
    pub fn start(epoch: EpochId) -> Self {
        Self(Sha256::new().chain_update(b"halyard/1 log\0").chain_update(epoch.as_bytes()).finalize().into())
    }

    /// The hash after `item` was written at `position`.
    #[must_use]
    pub fn extended(self, position: Position, item: LogItem) -> Self {
        let (tag, hash) = match item {
            LogItem::Envelope(hash) => (1_u8, hash.0),
            LogItem::Receipt(hash) => (2, hash),
            LogItem::Control(hash) => (3, hash.0),
        };
        let hash = Sha256::new()
            .chain_update(self.0)
            .chain_update(position.0.to_be_bytes())
            .chain_update([tag])
            .chain_update(hash)
            .finalize();
        Self(hash.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(items: &[LogItem]) -> RunningHash {
        items.iter().zip(1..).fold(RunningHash::start(EpochId::made_by_rule("e")), |hash, (item, at)| {
            hash.extended(Position(at), *item)
        })
    }

    #[test]
    fn logs_that_differ_anywhere_have_different_hashes() {
        let (a, b) = (LogItem::Envelope(EnvelopeHash([1; 32])), LogItem::Envelope(EnvelopeHash([2; 32])));
        let logs = [
            log(&[]),
            log(&[a]),
            log(&[a, b]),
            log(&[b, a]),
            log(&[a, a]),
            log(&[LogItem::Control(ControlHash([1; 32]))]),
            log(&[LogItem::Receipt([1; 32])]),
            RunningHash::start(EpochId::made_by_rule("f")),
        ];
        for (at, one) in logs.iter().enumerate() {
            assert!(!logs[at + 1..].contains(one), "log {at}");
        }
    }
}
