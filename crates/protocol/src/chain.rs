//! Each device's envelopes form a chain: (incarnation, sequence, previous).
//!
//! The relay accepts only the next link, answers a repeated one with its stored receipt, and tells the
//! device what it holds last. From that the device sees whether its own database is the one that wrote
//! it. A database restored from an old copy is not, and begins a new incarnation instead of signing two
//! different envelopes with one number.

use halyard_domain::id::IncarnationId;
use serde::{Deserialize, Serialize};

use crate::envelope::Envelope;
use crate::hash::EnvelopeHash;

/// The last envelope held of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainEnd {
    /// The life of the device's database it was made in.
    pub incarnation: IncarnationId,
    /// Its place.
    pub sequence: u64,
    /// Its identity.
    pub hash: EnvelopeHash,
}

/// What the relay holds of a device's chain.
pub trait HeldChain {
    /// The last envelope held, of the newest incarnation.
    fn last(&self) -> Option<ChainEnd>;

    /// The envelope held at a place.
    fn at(&self, incarnation: IncarnationId, sequence: u64) -> Option<EnvelopeHash>;
}

/// How an envelope fits the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It is the next one.
    Next(EnvelopeHash),
    /// It is held already: its stored receipt is the answer.
    Repeat(EnvelopeHash),
}

/// Why an envelope does not fit the chain. The device is told the end the relay holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainBreak {
    /// Envelopes before this one are missing here.
    #[error("envelopes before this one are missing")]
    Gap,
    /// Another envelope is held at this place, or before it: the device's database was copied.
    #[error("another envelope is held at this place")]
    Fork,
    /// A newer incarnation of the device has begun.
    #[error("a newer incarnation of the device has begun")]
    Superseded,
    /// Sequence 0, a first envelope with a previous one, or bytes that cannot be hashed.
    #[error("the first envelope of an incarnation has sequence 1 and no previous one")]
    Start,
}

/// Finds an envelope's place in its device's chain and puts back the `previous` that the wire left out.
///
/// # Errors
/// When it has no place.
pub fn link(held: &impl HeldChain, envelope: &mut Envelope) -> Result<Link, ChainBreak> {
    let (incarnation, sequence) = (envelope.incarnation, envelope.sequence);
    let is_first = sequence == 1;
    if sequence == 0 || (is_first && envelope.previous.is_some()) {
        return Err(ChainBreak::Start);
    }
    if !is_first {
        let before = held.at(incarnation, sequence - 1).ok_or(ChainBreak::Gap)?;
        if *envelope.previous.get_or_insert(before) != before {
            return Err(ChainBreak::Fork);
        }
    }
    let hash = envelope.hash().map_err(|_| ChainBreak::Start)?;
    match held.at(incarnation, sequence) {
        Some(stored) if stored == hash => Ok(Link::Repeat(hash)),
        Some(_) => Err(ChainBreak::Fork),
        None if is_first => Ok(Link::Next(hash)),
        None if held.last().is_some_and(|last| last.incarnation == incarnation) => Ok(Link::Next(hash)),
        None => Err(ChainBreak::Superseded),
    }
}

/// What a device holds of its own chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnChain {
    /// The present life of its database.
    pub incarnation: IncarnationId,
    /// The last sequence signed in it; 0 when none was.
    pub last: u64,
    /// The first sequence of it that can still be sent whole; `last + 1` when none can.
    pub held_from: u64,
}

/// How a device goes on after the relay said what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuation {
    /// Send the envelopes of the present incarnation from this sequence on; there may be none.
    From(u64),
    /// Begin a new incarnation and sign what has no receipt anew.
    NewIncarnation,
}

/// Decides how the device goes on. `own_hash` looks up what the device itself signed at a place.
pub fn continuation(
    relay: Option<ChainEnd>,
    own: &OwnChain,
    own_hash: impl Fn(IncarnationId, u64) -> Option<EnvelopeHash>,
) -> Continuation {
    let from = match relay {
        None => 1,
        // This life of the database has just begun, for the end of another that it does not hold: from now on
        // the relay's end is that of the older one until something is signed, and asks for nothing.
        Some(end) if end.incarnation != own.incarnation && own.last == 0 => 1,
        Some(end) if own_hash(end.incarnation, end.sequence) != Some(end.hash) => {
            return Continuation::NewIncarnation;
        }
        Some(end) if end.incarnation == own.incarnation => end.sequence + 1,
        // The relay has not seen this incarnation yet; what the older one left unreceipted was signed anew.
        Some(_) => 1,
    };
    if from > own.last || own.held_from <= from {
        Continuation::From(from)
    } else {
        Continuation::NewIncarnation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::Chunk;
    use crate::hash::Generation;
    use crate::keys::Signature;
    use crate::time::UnixMs;
    use halyard_domain::id::{DeviceId, DocumentId, WorkspaceId};
    use halyard_domain::kind::Kind;
    use std::collections::BTreeMap;

    #[derive(Default)]
    struct Held {
        by_place: BTreeMap<(IncarnationId, u64), EnvelopeHash>,
        last: Option<ChainEnd>,
    }

    impl Held {
        fn keep(&mut self, envelope: &Envelope) {
            let (incarnation, sequence) = (envelope.incarnation, envelope.sequence);
            let hash = envelope.hash().unwrap();
            self.by_place.insert((incarnation, sequence), hash);
            self.last = Some(ChainEnd { incarnation, sequence, hash });
        }
    }

    impl HeldChain for Held {
        fn last(&self) -> Option<ChainEnd> {
            self.last
        }
        fn at(&self, incarnation: IncarnationId, sequence: u64) -> Option<EnvelopeHash> {
            self.by_place.get(&(incarnation, sequence)).copied()
        }
    }

    fn first() -> IncarnationId {
        IncarnationId::made_by_rule("first")
    }

    fn envelope(incarnation: IncarnationId, sequence: u64, what: &[u8]) -> Envelope {
        Envelope {
            v: 1,
            workspace: WorkspaceId::made_by_rule("w"),
            document: DocumentId::made_by_rule("d"),
            generation: Generation(0),
            kind: Kind::Visit.into(),
            employee: DocumentId::made_by_rule("e"),
            device: DeviceId::made_by_rule("t"),
            incarnation,
            sequence,
            previous: None,
            time: UnixMs(0),
            replaces: Vec::new(),
            changes: vec![Chunk(what.to_vec())],
            signature: Signature::missing(),
        }
    }

    /// A relay that holds so many envelopes of the first incarnation.
    fn holding(count: u64) -> Held {
        let mut held = Held::default();
        for sequence in 1..=count {
            let mut next = envelope(first(), sequence, b"12345678work");
            assert!(matches!(link(&held, &mut next), Ok(Link::Next(_))));
            held.keep(&next);
        }
        held
    }

    #[test]
    fn the_next_envelope_follows_and_gets_back_its_previous() {
        let held = holding(2);
        let mut next = envelope(first(), 3, b"12345678more");
        assert!(matches!(link(&held, &mut next), Ok(Link::Next(_))));
        assert_eq!(next.previous, held.at(first(), 2));
    }

    #[test]
    fn a_repeated_envelope_is_known_again_wherever_it_stands() {
        let held = holding(3);
        for sequence in 1..=3 {
            let mut again = envelope(first(), sequence, b"12345678work");
            assert_eq!(link(&held, &mut again), Ok(Link::Repeat(held.at(first(), sequence).unwrap())));
        }
    }

    #[test]
    fn a_gap_a_fork_and_a_wrong_start_have_no_place() {
        let held = holding(2);
        let place = |mut envelope: Envelope| link(&held, &mut envelope);
        assert_eq!(place(envelope(first(), 4, b"12345678work")), Err(ChainBreak::Gap));
        assert_eq!(place(envelope(first(), 2, b"12345678other")), Err(ChainBreak::Fork));
        let wrong =
            Envelope { previous: Some(EnvelopeHash([9; 32])), ..envelope(first(), 3, b"12345678work") };
        assert_eq!(place(wrong), Err(ChainBreak::Fork));
        assert_eq!(place(envelope(first(), 0, b"12345678work")), Err(ChainBreak::Start));
        let first_with_previous =
            Envelope { previous: Some(EnvelopeHash([9; 32])), ..envelope(first(), 1, b"") };
        assert_eq!(place(first_with_previous), Err(ChainBreak::Start));
    }

    #[test]
    fn a_copy_of_the_database_cannot_go_on_once_a_newer_incarnation_has_begun() {
        let mut held = holding(2);
        let second = IncarnationId::made_by_rule("second");
        let mut begun = envelope(second, 1, b"12345678work");
        assert!(matches!(link(&held, &mut begun), Ok(Link::Next(_))));
        held.keep(&begun);
        assert_eq!(link(&held, &mut envelope(first(), 3, b"12345678work")), Err(ChainBreak::Superseded));
        assert!(matches!(link(&held, &mut envelope(first(), 2, b"12345678work")), Ok(Link::Repeat(_))));
    }

    fn end(incarnation: IncarnationId, sequence: u64, hash: u8) -> ChainEnd {
        ChainEnd { incarnation, sequence, hash: EnvelopeHash([hash; 32]) }
    }

    /// A device that signed `last` envelopes, each with its sequence as hash, and can send from `held_from`.
    fn check(relay: Option<ChainEnd>, last: u64, held_from: u64, expected: Continuation) {
        let own = OwnChain { incarnation: first(), last, held_from };
        let own_hash = |incarnation, sequence| {
            let signed = incarnation == first() && (1..=last).contains(&sequence);
            signed.then(|| EnvelopeHash([u8::try_from(sequence).unwrap(); 32]))
        };
        assert_eq!(continuation(relay, &own, own_hash), expected);
    }

    #[test]
    fn a_device_goes_on_after_what_the_relay_holds() {
        check(None, 0, 1, Continuation::From(1));
        check(None, 3, 1, Continuation::From(1));
        check(Some(end(first(), 3, 3)), 3, 4, Continuation::From(4));
        check(Some(end(first(), 2, 2)), 5, 3, Continuation::From(3));
    }

    #[test]
    fn a_restored_relay_gets_back_what_it_lost_or_a_new_incarnation() {
        check(Some(end(first(), 2, 2)), 5, 1, Continuation::From(3));
        check(Some(end(first(), 2, 2)), 5, 4, Continuation::NewIncarnation);
        check(None, 5, 4, Continuation::NewIncarnation);
    }

    #[test]
    fn a_database_from_yesterday_begins_a_new_incarnation() {
        check(Some(end(first(), 7, 7)), 5, 1, Continuation::NewIncarnation);
        check(Some(end(first(), 5, 99)), 5, 1, Continuation::NewIncarnation);
        check(Some(end(IncarnationId::made_by_rule("x"), 1, 1)), 5, 1, Continuation::NewIncarnation);
    }

    #[test]
    fn an_incarnation_in_which_nothing_is_signed_yet_is_not_begun_again() {
        check(Some(end(IncarnationId::made_by_rule("x"), 1, 1)), 0, 1, Continuation::From(1));
        check(Some(end(first(), 1, 1)), 0, 1, Continuation::NewIncarnation);
    }
}
