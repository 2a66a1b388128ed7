//! What screens show: lists, records, history, what was not accepted, how the sync stands.

use std::collections::{BTreeMap, HashMap};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::value::Scalar;
use halyard_protocol::cbor;
use halyard_protocol::envelope::{Envelope, EnvelopeHeader};
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::{Receipt, Receipted};
use halyard_records::HistoryEntry;
use halyard_store::{EnvelopeKey, OwnEnvelope};
use halyard_tables::list;
use halyard_tables::list::{Filter, ListPage, ListQuery};
use halyard_tables::search::{self, Depth, Hit};
use halyard_tables::sql::Target;
use halyard_tables::tables::column;
use serde::Serialize;

use crate::device::Device;
use crate::edit::{Before, read};
use crate::error::DeviceError;
use crate::news::Origin;
use crate::signed::{beyond_signatures, is_signed_for};
use crate::sync_names::Standing;

/// Largest stored envelope or receipt read back, in bytes.
const STORED_BYTES: usize = 8 * 1024 * 1024;

/// The answers of the relay that say that work was not accepted.
const REFUSED: [&str; 2] = ["quarantined", "malformed"];

/// A record as it is here.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Its heads: what a text box is opened at.
    pub heads: Vec<String>,
    /// Everything it says.
    pub reading: Reading,
    /// Where its newest own work is.
    pub standing: Standing,
}

/// One line of a record's history, with who and when.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryLine {
    /// What was written where.
    #[serde(flatten)]
    pub entry: HistoryEntry,
    /// Who wrote it; absent for work older than the envelopes kept here.
    pub employee: Option<DocumentId>,
    /// On which device.
    pub device: Option<DeviceId>,
    /// When the office got it, Unix milliseconds by the relay's clock; absent while it has not.
    pub arrived_ms: Option<i64>,
    /// True of a fact or text of a visit that no signature of the customer covers, once there is one.
    pub after_signature: bool,
}

/// Work the office did not accept: «Не прийнято».
#[derive(Debug, Clone, Serialize)]
pub struct NotAccepted {
    /// The refused envelope, hexadecimal: what [`Device::put_away`] takes.
    pub envelope: String,
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Option<Kind>,
    /// The relay's answer: which outcome, why, which field.
    pub receipt: Receipt,
    /// What was entered, each with what stood there before.
    pub entered: Vec<Entered>,
}

/// One thing entered and what stood there before.
#[derive(Debug, Clone, Serialize)]
pub struct Entered {
    /// What was meant.
    pub intent: Intent,
    /// What stood there.
    pub before: Before,
}

/// How the device stands with its relay.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// The organisation, once enrolled.
    pub organisation: Option<String>,
    /// Whose device this is.
    pub employee: Option<DocumentId>,
    /// Where the relay is.
    pub relay_url: Option<String>,
    /// Own changes the office has not answered for.
    pub unsent: u64,
    /// Refused work nobody has put away.
    pub not_accepted: usize,
    /// Records here in which several values or answers wait for a decision.
    pub undecided: u64,
    /// The same by kind; kinds with none are left out.
    pub undecided_by_kind: BTreeMap<Kind, u64>,
    /// When everything was in step last, Unix milliseconds by the relay's clock.
    pub last_full_sync_ms: Option<i64>,
    /// What to add to this device's clock to get the relay's, in milliseconds.
    pub clock_offset_ms: i64,
    /// When the records were taken off this device because the office removed it, Unix milliseconds by the
    /// relay's clock.
    pub wiped_ms: Option<i64>,
    /// Of a device whose records were taken off: photos the office has not, kept and shown to nobody.
    pub photos_kept: u64,
    /// True when the relay said that the employee holds no role any more: everything new would be refused.
    pub without_role: bool,
    /// Why nothing can be saved any more, when that is so.
    pub stopped: Option<String>,
}

impl Device {
    /// A page of a list.
    ///
    /// # Errors
    /// When a column is not there or the store cannot be read.
    pub fn list(&self, query: &ListQuery) -> Result<ListPage, DeviceError> {
        let query = self.with_duplicates(query)?;
        let plan = list::plan(Target::DEVICE, &query)?;
        Ok(plan.read(|statement| self.store.query(statement))?)
    }

    /// How many records a list has in all.
    ///
    /// # Errors
    /// As [`Device::list`].
    pub fn count(&self, query: &ListQuery) -> Result<u64, DeviceError> {
        let query = self.with_duplicates(query)?;
        Ok(list::count(&self.store.query(&list::plan_count(Target::DEVICE, &query)?)?))
    }

    /// Records of any kind in which the words are found, best first; inner parts of words when nothing
    /// begins so.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Hit>, DeviceError> {
        self.search_among(text, Kind::ALL, limit)
    }

    /// As [`Device::search`], among records of some kinds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search_among(&self, text: &str, kinds: &[Kind], limit: u32) -> Result<Vec<Hit>, DeviceError> {
        for depth in [Depth::Words, Depth::Inner] {
            let hits = self.search_at(depth, text, kinds, limit)?;
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    pub(crate) fn search_at(
        &self,
        depth: Depth,
        text: &str,
        kinds: &[Kind],
        limit: u32,
    ) -> Result<Vec<Hit>, DeviceError> {
        let Some(statement) = search::find(Target::DEVICE, depth, text, kinds, limit) else {
            return Ok(Vec::new());
        };
        let hits = self.store.query(&statement)?.iter().filter_map(search::hit).collect();
        Ok(search::best(hits, depth, text, limit))
    }

    /// A record with everything it says.
    ///
    /// # Errors
    /// When it is not here or cannot be opened.
    pub fn show(&self, document: DocumentId) -> Result<RecordView, DeviceError> {
        let (stored, opened) = self.opened(document)?.ok_or(DeviceError::NoSuchRecord(document))?;
        Ok(RecordView {
            document,
            kind: stored.kind,
            heads: stored.heads.iter().map(ToString::to_string).collect(),
            reading: read(&opened, document)?,
            standing: self.standing(document)?,
        })
    }

    /// Everything that happened to a record, in order, with who and when.
    ///
    /// # Errors
    /// When it is not here or cannot be opened.
    pub fn history(&self, document: DocumentId) -> Result<Vec<HistoryLine>, DeviceError> {
        let (_, opened) = self.opened(document)?.ok_or(DeviceError::NoSuchRecord(document))?;
        let entries = opened.history().map_err(|source| DeviceError::Document { document, source })?;
        let authors = self.authors(document)?;
        let unsigned = beyond_signatures(&opened, &read(&opened, document)?).unwrap_or_default();
        let line = |entry: HistoryEntry| {
            let author = authors.get(&entry.change);
            HistoryLine {
                employee: author.map(|author| author.employee),
                device: author.map(|author| author.device),
                arrived_ms: author.and_then(|author| author.arrived_ms),
                after_signature: unsigned.contains(&entry.change) && is_signed_for(&entry),
                entry,
            }
        };
        Ok(entries.into_iter().map(line).collect())
    }

    /// Work the office did not accept and nobody has put away.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn not_accepted(&self) -> Result<Vec<NotAccepted>, DeviceError> {
        let mut list = Vec::new();
        for envelope in self.store.listed(&REFUSED)? {
            let Some(answer) = &envelope.answer else { continue };
            let receipt: Receipt =
                cbor::decode(&answer.receipt, STORED_BYTES).map_err(|_| DeviceError::Garbled("receipt"))?;
            let changes = self.store.changes_in(envelope.hash)?;
            let mut entered = Vec::new();
            for numbered in &changes {
                let intents: Vec<Intent> = serde_json::from_str(&numbered.change.intents)
                    .map_err(|_| DeviceError::Garbled("list of intents"))?;
                let before: Vec<Before> = serde_json::from_str(&numbered.change.before)
                    .map_err(|_| DeviceError::Garbled("list of values"))?;
                entered.extend(
                    intents.into_iter().zip(before).map(|(intent, before)| Entered { intent, before }),
                );
            }
            list.push(NotAccepted {
                envelope: hex(&envelope.hash),
                document: envelope.document,
                kind: changes.first().map(|numbered| numbered.change.kind),
                receipt,
                entered,
            });
        }
        Ok(list)
    }

    /// Puts refused work away after a person has read it. It stays in the database.
    ///
    /// # Errors
    /// When nothing can be saved, or when `envelope` is not one of [`Device::not_accepted`].
    pub fn put_away(&self, envelope: &str) -> Result<(), DeviceError> {
        let listed = self.not_accepted()?.into_iter().find(|one| one.envelope == envelope);
        let key = unhex(envelope).zip(listed).ok_or(DeviceError::Garbled("envelope"));
        let (key, NotAccepted { document, kind, .. }) = key?;
        self.store.acknowledge(key)?;
        self.tell(Origin::Here, [(document, kind)]);
        Ok(())
    }

    /// Lists refused work again that was put away. False when it is refused no more: the office has taken it.
    ///
    /// # Errors
    /// When nothing can be saved, or when `envelope` is none of this device.
    pub fn put_back(&self, envelope: &str) -> Result<bool, DeviceError> {
        let garbled = || DeviceError::Garbled("envelope");
        let key = unhex(envelope).ok_or_else(garbled)?;
        let OwnEnvelope { document, answer, .. } = self.store.own_envelope(key)?.ok_or_else(garbled)?;
        if !answer.is_some_and(|answer| REFUSED.contains(&answer.outcome.as_str())) {
            return Ok(false);
        }
        self.store.list_again(key)?;
        self.tell(Origin::Here, [(document, self.kind_of(document)?)]);
        Ok(true)
    }

    /// How the device stands with its relay.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn status(&self) -> Result<Status, DeviceError> {
        let identity = self.identity();
        let state = self.store.sync_state()?;
        let undecided_by_kind = self.undecided()?;
        // A relay that gives news again has taken the device back.
        let wiped_ms =
            state.wiped_ms.filter(|wiped| state.last_full_sync_ms.is_none_or(|full| full < *wiped));
        let photos_kept = if wiped_ms.is_some() { self.store.blob_count()? } else { 0 };
        Ok(Status {
            organisation: identity.as_ref().map(|identity| identity.organisation.clone()),
            employee: identity.as_ref().map(|identity| identity.employee),
            relay_url: identity.map(|identity| identity.relay_url),
            unsent: self.store.unsent_count()?,
            not_accepted: self.store.listed(&REFUSED)?.len(),
            undecided: undecided_by_kind.values().sum(),
            undecided_by_kind,
            last_full_sync_ms: state.last_full_sync_ms,
            clock_offset_ms: state.clock_offset_ms,
            wiped_ms,
            photos_kept,
            without_role: self.is_without_role()?,
            stopped: self.stopped().map(ToOwned::to_owned),
        })
    }

    fn undecided(&self) -> Result<BTreeMap<Kind, u64>, DeviceError> {
        let mut by_kind = BTreeMap::new();
        for &kind in Kind::ALL {
            let column = column::CONFLICTS.to_owned();
            let some = Filter::Between { column, from: Some(Scalar::Int(1)), to: None };
            let count = self.count(&ListQuery { filters: vec![some], ..ListQuery::of(kind, &[], 1) })?;
            if count > 0 {
                by_kind.insert(kind, count);
            }
        }
        Ok(by_kind)
    }

    fn standing(&self, document: DocumentId) -> Result<Standing, DeviceError> {
        let mut standing = Standing::InOffice;
        for numbered in self.store.own_changes(document)? {
            let one = match numbered.envelope {
                None => Standing::OnDevice,
                Some(hash) => match self.store.own_envelope(hash)? {
                    Some(envelope) if self.is_put_away(&envelope)? => continue,
                    envelope => match envelope.and_then(|envelope| envelope.answer) {
                        None => Standing::Sending,
                        Some(answer) => Standing::of_outcome(&answer.outcome),
                    },
                },
            };
            standing = standing.max(one);
        }
        Ok(standing)
    }

    /// Whether a person has put this refusal away, or the one it stands behind: no list names it any more.
    fn is_put_away(&self, envelope: &OwnEnvelope) -> Result<bool, DeviceError> {
        let Some(answer) = &envelope.answer else { return Ok(false) };
        if envelope.acknowledged || answer.outcome != "blocked" {
            return Ok(envelope.acknowledged);
        }
        let Some(first) = behind(envelope)? else { return Ok(false) };
        Ok(self
            .store
            .own_envelope(first.0)?
            .is_some_and(|first| first.answer.is_some() && first.acknowledged))
    }

    /// Who made each change, by the envelopes kept here.
    fn authors(&self, document: DocumentId) -> Result<HashMap<ChangeHash, Author>, DeviceError> {
        let mut authors = HashMap::new();
        for own in self.store.own_envelopes_of(document)? {
            let envelope: Envelope =
                cbor::decode(&own.bytes, STORED_BYTES).map_err(|_| DeviceError::Garbled("envelope"))?;
            let receipt = own.answer.map(|answer| cbor::decode::<Receipt>(&answer.receipt, STORED_BYTES));
            let arrived_ms = receipt.and_then(Result::ok).map(|receipt| receipt.arrived.0);
            note(&mut authors, &envelope.header(), arrived_ms);
        }
        for bytes in self.store.other_envelopes_of(document)? {
            let one: Receipted<EnvelopeHeader> =
                cbor::decode(&bytes, STORED_BYTES).map_err(|_| DeviceError::Garbled("envelope"))?;
            note(&mut authors, &one.envelope, Some(one.receipt.arrived.0));
        }
        if let Ok(identity) = self.with_profile(|profile| profile.identity.clone()) {
            for numbered in self.store.own_changes(document)? {
                let own = Author { employee: identity.employee, device: identity.device, arrived_ms: None };
                authors.entry(numbered.change.hash).or_insert(own);
            }
        }
        Ok(authors)
    }
}

/// The envelope that an own one was blocked behind, when it was.
pub(crate) fn behind(blocked: &OwnEnvelope) -> Result<Option<EnvelopeHash>, DeviceError> {
    let Some(answer) = &blocked.answer else { return Ok(None) };
    let receipt: Receipt =
        cbor::decode(&answer.receipt, STORED_BYTES).map_err(|_| DeviceError::Garbled("receipt"))?;
    Ok(match receipt.reason {
        Some(Reason::Behind { envelope }) => Some(envelope),
        _ => None,
    })
}

struct Author {
    employee: DocumentId,
    device: DeviceId,
    arrived_ms: Option<i64>,
}

fn note(authors: &mut HashMap<ChangeHash, Author>, header: &EnvelopeHeader, arrived_ms: Option<i64>) {
    for change in &header.changes {
        let author = Author { employee: header.employee, device: header.device, arrived_ms };
        authors.insert(*change, author);
    }
}

fn hex(key: &EnvelopeKey) -> String {
    EnvelopeHash(*key).to_string()
}

fn unhex(text: &str) -> Option<EnvelopeKey> {
    text.parse::<EnvelopeHash>().ok().map(|hash| hash.0)
}
