//! Handing over to a restored relay what its backup lacks.
//!
//! A new life of the log means that the relay lost the end of the old one. This device then sends back what it
//! holds of it, its own work and other people's, each envelope with the relay's old receipt and in the old
//! order; an administrator's device also what was said about people and devices. Each gets a new receipt,
//! which takes the place of the old one: what was handed over once is not handed over again.

use std::collections::{BTreeMap, HashMap, VecDeque};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, EpochId};
use halyard_protocol::cbor;
use halyard_protocol::control::Control;
use halyard_protocol::envelope::{Chunk, Envelope, EnvelopeHeader};
use halyard_protocol::offer::FormerEpoch;
use halyard_protocol::push::PushRequest;
use halyard_protocol::receipt::{Outcome, Receipt, Receipted, Stamp};
use halyard_store::{EnvelopeKey, OtherEnvelope};

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::outgoing::{answer_of, outcome_name};

/// Envelopes in one push.
const MOST: usize = 500;
/// A push ends before its envelopes grow over this.
const PUSH_BYTES: usize = 1024 * 1024;
/// Largest stored object read back.
const STORED_BYTES: usize = 8 * 1024 * 1024;
/// How many envelopes are looked at in one read.
const STEP: usize = 1_000;

/// What is still to be handed over, oldest first.
#[derive(Debug, Default)]
pub(crate) struct HandOver {
    left: VecDeque<Handed>,
    controls: Vec<Control>,
}

/// An envelope held here.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handed {
    /// Signed here.
    Own(EnvelopeKey),
    /// Somebody else's.
    Other(EnvelopeKey),
}

/// A push of a hand-over.
pub(crate) struct NextHandOver {
    pub(crate) request: PushRequest,
    /// How many envelopes of what is left it passes, with those that are no longer here.
    pub(crate) envelopes: usize,
}

impl HandOver {
    /// True when there is nothing left.
    pub(crate) fn is_done(&self) -> bool {
        self.left.is_empty() && self.controls.is_empty()
    }

    /// Whether a push that passes so many envelopes is the last. Each takes all control entries along.
    pub(crate) fn ends_with(&self, envelopes: usize) -> bool {
        self.left.len() <= envelopes
    }

    /// The relay has answered a push that passes so many envelopes.
    pub(crate) fn pass(&mut self, envelopes: usize) {
        self.controls.clear();
        self.left.drain(..envelopes.min(self.left.len()));
    }
}

/// Where an envelope stood in its life of the log. Those with a place come first, in its order; what was
/// not merged follows in the order of its chain.
type Place = (u64, i64, u64);

impl Device {
    /// What this device owes a relay in the life `present`: nothing in the one it knows.
    pub(crate) fn owes(&self, present: EpochId, former: Option<FormerEpoch>) -> Result<HandOver, SyncError> {
        let known = self.store.sync_state()?.epoch;
        if known.is_none_or(|known| known == present.as_bytes()) {
            return Ok(HandOver::default());
        }
        self.to_hand_over(present, former)
    }

    /// Keeps what the relay said about people and devices, to hand it back one day.
    pub(crate) fn keep_controls(&self, controls: &[Control]) -> Result<(), SyncError> {
        let kept = controls.iter().map(|control| self.kept_control(control)).collect::<Result<_, _>>()?;
        Ok(self.store.keep_controls(kept)?)
    }

    /// A control entry as it is stored. Only our relay can have signed it.
    pub(crate) fn kept_control(&self, control: &Control) -> Result<(EnvelopeKey, Vec<u8>), SyncError> {
        self.verify(control)?;
        Ok((control.hash()?.0, cbor::encode(control)?))
    }

    /// Everything with a receipt of an earlier life of the log than `present` that the relay may lack.
    fn to_hand_over(&self, present: EpochId, former: Option<FormerEpoch>) -> Result<HandOver, SyncError> {
        let mut lives: BTreeMap<EpochId, (i64, Vec<(Place, Handed)>)> = BTreeMap::new();
        let mut note = |stamp: &Stamp, sequence: u64, handed: Handed| {
            let held = former.is_some_and(|life| {
                life.epoch == stamp.epoch && stamp.position.is_some_and(|at| at <= life.position)
            });
            if held || stamp.epoch == present {
                return;
            }
            let (begun, list) = lives.entry(stamp.epoch).or_insert_with(|| (i64::MAX, Vec::new()));
            *begun = (*begun).min(stamp.arrived.0);
            let at = stamp.position.map_or(u64::MAX, |position| position.0);
            list.push(((at, stamp.arrived.0, sequence), handed));
        };
        let mut after = None;
        loop {
            let page = self.store.answered_after(after.take(), STEP)?;
            for own in &page {
                let Some(answer) = &own.answer else { continue };
                let receipt: Receipt = decoded(&answer.receipt, "receipt")?;
                note(&receipt.stamp(), own.sequence, Handed::Own(own.hash));
            }
            after = page.into_iter().last();
            if after.is_none() {
                break;
            }
        }
        let mut after = None;
        loop {
            let page = self.store.other_envelopes_after(after, STEP)?;
            for (hash, header) in &page {
                let one: Receipted<EnvelopeHeader> = decoded(header, "envelope")?;
                note(&one.receipt, one.envelope.sequence, Handed::Other(*hash));
            }
            after = page.last().map(|(hash, _)| *hash);
            if after.is_none() {
                break;
            }
        }
        let mut lives: Vec<_> = lives.into_values().collect();
        lives.sort_by_key(|(begun, _)| *begun);
        let mut left = VecDeque::new();
        for (_, mut list) in lives {
            list.sort_by_key(|(place, _)| *place);
            left.extend(list.into_iter().map(|(_, handed)| handed));
        }
        Ok(HandOver { left, controls: self.controls_before(present)? })
    }

    fn controls_before(&self, present: EpochId) -> Result<Vec<Control>, SyncError> {
        let kept = self.store.controls()?;
        let mut controls: Vec<Control> =
            kept.iter().map(|bytes| decoded(bytes, "control entry")).collect::<Result<_, _>>()?;
        controls.retain(|control| control.epoch != present);
        controls.sort_by_key(|control| (control.time, control.position));
        Ok(controls)
    }

    /// The next push of a hand-over. Control entries go first: they say whose envelopes may be known.
    pub(crate) fn next_hand_over(&self, hand_over: &HandOver) -> Result<NextHandOver, SyncError> {
        let mut request = PushRequest { controls: hand_over.controls.clone(), ..PushRequest::default() };
        let mut chunks = Chunks::default();
        let (mut envelopes, mut bytes) = (0, 0);
        for next in &hand_over.left {
            if request.handover.len() >= MOST || bytes >= PUSH_BYTES {
                break;
            }
            envelopes += 1;
            if let Some(one) = self.whole(*next, &mut chunks)? {
                bytes += one.envelope.changes.iter().map(|chunk| chunk.0.len()).sum::<usize>();
                request.handover.push(one);
            }
        }
        Ok(NextHandOver { request, envelopes })
    }

    /// The envelope with its changes and old receipt; none when its record is no longer here.
    fn whole(&self, handed: Handed, chunks: &mut Chunks) -> Result<Option<Receipted<Envelope>>, SyncError> {
        match handed {
            Handed::Own(hash) => {
                let Some(own) = self.store.own_envelope(hash)? else { return Ok(None) };
                let Some(answer) = own.answer else { return Ok(None) };
                let receipt: Receipt = decoded(&answer.receipt, "receipt")?;
                Ok(Some(Receipted { envelope: decoded(&own.bytes, "envelope")?, receipt: receipt.stamp() }))
            }
            Handed::Other(hash) => {
                let Some(header) = self.store.other_envelope(hash)? else { return Ok(None) };
                let one: Receipted<EnvelopeHeader> = decoded(&header, "envelope")?;
                let whole = chunks.of(self, &one.envelope)?;
                Ok(whole.map(|changes| Receipted {
                    envelope: one.envelope.with_changes(changes),
                    receipt: one.receipt,
                }))
            }
        }
    }

    /// Keeps the receipts of what was handed over. What the relay could not take keeps its old one and is
    /// handed over again in the next session.
    pub(crate) fn take_handed(&self, receipts: &[Receipt]) -> Result<(), SyncError> {
        let (mut answers, mut others) = (Vec::new(), Vec::new());
        for receipt in receipts {
            self.verify(receipt)?;
            let hash = receipt.envelope.0;
            if let Some(own) = self.store.own_envelope(hash)? {
                let same =
                    own.answer.as_ref().is_some_and(|old| old.outcome == outcome_name(receipt.outcome));
                if same || !matches!(receipt.outcome, Outcome::Deferred | Outcome::Malformed) {
                    answers.push((hash, answer_of(receipt)?));
                }
            } else if let (Some(header), Some(position)) =
                (self.store.other_envelope(hash)?, receipt.position)
            {
                let mut one: Receipted<EnvelopeHeader> = decoded(&header, "envelope")?;
                one.receipt = receipt.stamp();
                others.push(OtherEnvelope {
                    hash,
                    document: one.envelope.document,
                    position: position.0,
                    bytes: cbor::encode(&one)?,
                    whole: false,
                });
            }
        }
        self.store.keep_answers(answers)?;
        Ok(self.store.keep_other_envelopes(others)?)
    }
}

/// The raw changes of the record looked at last: envelopes of one record often follow each other.
#[derive(Default)]
struct Chunks {
    document: Option<DocumentId>,
    by_hash: HashMap<ChangeHash, Vec<u8>>,
}

impl Chunks {
    fn of(&mut self, device: &Device, header: &EnvelopeHeader) -> Result<Option<Vec<Chunk>>, SyncError> {
        if self.document != Some(header.document) {
            self.by_hash = match device.opened(header.document) {
                Ok(Some((_, record))) => record.changes().into_iter().collect(),
                Ok(None) | Err(DeviceError::SetAside(_) | DeviceError::Document { .. }) => HashMap::new(),
                Err(error) => return Err(error.into()),
            };
            self.document = Some(header.document);
        }
        let found = header.changes.iter().map(|hash| self.by_hash.get(hash).cloned().map(Chunk));
        Ok(found.collect())
    }
}

fn decoded<T: serde::de::DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, SyncError> {
    cbor::decode(bytes, STORED_BYTES).map_err(|_| DeviceError::Garbled(what).into())
}
