//! Taking in what a device sends.
//!
//! Every envelope gets one answer, whatever it is, and every answer but one is stored: only an envelope
//! in somebody else's name is answered without a trace. Everything a push does is one commit, made
//! against the moment it was judged in; if that moment has passed, it is judged again.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rights::Responsible;
use halyard_protocol::actor::ActorPrefix;
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::chunk;
use halyard_protocol::enrol::Standing as DeviceStanding;
use halyard_protocol::envelope::Envelope;
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::limits::PUSH_ENVELOPES;
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_records::seed::kind_of_seed;

use super::case::{Incoming, Standing};
use super::chain::{Linked, Place, asked, places};
use super::merging::Lookups;
use super::numbers::{Series, prefix, year};
use super::{Caller, Relay, RelayError};
use crate::merge::job::{self, AccessData, By};
use crate::storage::{
    Commit, Committed, Device, DocumentAfter, DocumentQuery, Expected, LinkedBy, PushContext, PushQuery,
    Rights, Situation, Work,
};

/// How often a push is judged before the device is asked to come again.
const ATTEMPTS: usize = 50;
/// From this attempt on pushes go one by one.
const PATIENCE: usize = 2;
/// How long a lost right is honoured.
const HONOURED_MS: i64 = 14 * 24 * 60 * 60 * 1000;

impl Relay {
    /// Takes in envelopes, oldest first, and answers each.
    ///
    /// # Errors
    /// When none of them follows what the relay holds of the device, or storage fails.
    pub async fn push(&self, caller: Caller, request: PushRequest) -> Result<PushAnswer, RelayError> {
        if request.envelopes.len() > PUSH_ENVELOPES {
            return Err(RelayError::TooMuch);
        }
        let workspace = self.workspace(caller.workspace).await?;
        // Of what was handed over nothing is judged, so it goes alone: the rest waits for IT.
        if workspace.handing_over && !request.envelopes.is_empty() {
            return Err(RelayError::HandingOver(workspace.epoch));
        }
        let numbers = request.envelopes.iter().any(may_be_numbered);
        let mut lookups = Lookups::default();
        for attempt in 0..ATTEMPTS {
            let turn = if numbers || attempt >= PATIENCE { Some(self.one_by_one.lock().await) } else { None };
            let device = self.storage.device(caller.workspace, caller.device).await?;
            let device = device.ok_or(RelayError::UnknownOrForbidden)?;
            let push = Push { relay: self, caller, device: &device };
            let answer = push.once(&request.envelopes, &mut lookups).await?;
            drop(turn);
            if let Some(answer) = answer {
                return self.with_hand_over(caller, &request, answer).await;
            }
        }
        Err(RelayError::Busy)
    }
}

/// True for an envelope that may make a record with a number.
fn may_be_numbered(envelope: &Envelope) -> bool {
    envelope.kind.known().and_then(prefix).is_some()
        && envelope.changes.iter().any(|change| kind_of_seed(change.hash()).is_some())
}

/// One device's push.
pub(super) struct Push<'a> {
    pub(super) relay: &'a Relay,
    pub(super) caller: Caller,
    pub(super) device: &'a Device,
}

impl Push<'_> {
    /// Judges and commits once. `None` when the moment it was judged in had passed, or something more has to
    /// be looked up.
    async fn once(
        &self,
        envelopes: &[Envelope],
        lookups: &mut Lookups,
    ) -> Result<Option<PushAnswer>, RelayError> {
        let chain =
            self.relay.storage.chain(self.caller.workspace, self.caller.device, asked(envelopes)).await?;
        let workspace = self.relay.workspace(self.caller.workspace).await?;
        let places = places(self, &workspace, &chain, envelopes)?;
        if places.is_empty() && !envelopes.is_empty() {
            return Err(RelayError::ChainBroken(chain.end));
        }
        let mut receipts: Vec<Option<Receipt>> = Vec::with_capacity(places.len());
        let mut incoming = Vec::new();
        for (index, place) in places.into_iter().enumerate() {
            match place {
                Place::Answered(receipt) => receipts.push(Some(*receipt)),
                Place::Next(one) => {
                    receipts.push(None);
                    incoming.push((index, *one));
                }
            }
        }
        let mut end = chain.end;
        if let Some((_, last)) = incoming.last() {
            end = Some(ChainEnd {
                incarnation: last.envelope.incarnation,
                sequence: last.envelope.sequence,
                hash: last.hash,
            });
            let order: Vec<usize> = incoming.iter().map(|(index, _)| *index).collect();
            let made = self.judge_and_commit(chain.end, incoming, lookups).await?;
            let Some(made) = made else { return Ok(None) };
            for (index, receipt) in order.into_iter().zip(made) {
                if let Some(place) = receipts.get_mut(index) {
                    *place = Some(receipt);
                }
            }
        }
        if workspace.former.is_some() {
            // Others may have handed over what follows.
            let present = self.relay.storage.chain(self.caller.workspace, self.caller.device, Vec::new());
            end = present.await?.end;
        }
        Ok(Some(PushAnswer {
            epoch: workspace.epoch,
            receipts: receipts.into_iter().flatten().collect(),
            chain: end,
            watermark: workspace.watermark,
        }))
    }

    /// The receipts, in the order of the envelopes.
    async fn judge_and_commit(
        &self,
        end: Option<ChainEnd>,
        linked: Vec<(usize, Linked)>,
        lookups: &mut Lookups,
    ) -> Result<Option<Vec<Receipt>>, RelayError> {
        let now = self.relay.now();
        let query = PushQuery { cards: lookups.cards.clone(), ..self.query(&linked, now) };
        let context = self.relay.storage.push_context(query).await?.ok_or(RelayError::UnknownWorkspace)?;
        let expected = linked.len();
        let by_document = by_document(linked);
        let places: BTreeMap<DocumentId, usize> =
            by_document.iter().enumerate().map(|(place, (document, _))| (*document, place)).collect();
        let mut series = Series::new(year(now), context.series.clone());
        let mut commit = Commit {
            notary: Relay::notary(&context.workspace),
            now,
            expected: Expected {
                rights_version: Some(context.workspace.rights_version),
                chain: Some((self.caller.device, end)),
                standing: Some((self.caller.device, self.device.standing)),
                ..Expected::default()
            },
            work: Vec::new(),
            documents: Vec::new(),
        };
        let mut work: BTreeMap<(usize, usize), Work> = BTreeMap::new();
        let mut named: Vec<(usize, DocumentId, Responsible)> = Vec::new();
        for (document, list) in those_above_first(&context, by_document) {
            let situation = context.documents.get(&document).cloned().unwrap_or_default();
            let stands = |(index, one)| (index, self.stand(&context, one, &named_before(&named, index)));
            let list: Vec<_> = list.into_iter().map(stands).collect();
            let told =
                self.relay.judge_document(&situation, document, &list, &mut series, &mut commit, &mut work);
            let told = told.await;
            if lookups.take(told.unknown) {
                return Ok(None);
            }
            named.extend(told.named.into_iter().map(|(index, names)| (index, document, names)));
            if let Some(after) = commit.documents.last_mut().filter(|after| after.document == document) {
                after.linked_by = linked_by(&context.now, after, self.caller.employee);
            }
        }
        commit.documents.sort_by_key(|after| places.get(&after.document).copied());
        commit.work = work.into_values().collect();
        commit.expected.numbers = series.given;
        let answered: Vec<EnvelopeHash> = commit.work.iter().filter_map(answered_hash).collect();
        debug_assert_eq!(answered.len(), expected, "every envelope has one answer");
        match self.relay.commit(commit).await? {
            Committed::Done { receipts, .. } => Ok(Some(receipts)),
            Committed::Moved => Ok(None),
        }
    }

    fn query(&self, linked: &[(usize, Linked)], now: halyard_protocol::time::UnixMs) -> PushQuery {
        let mut documents: BTreeMap<DocumentId, DocumentQuery> = BTreeMap::new();
        let mut replaces = BTreeSet::new();
        for (_, one) in linked {
            let document = one.envelope.document;
            let asked = documents.entry(document).or_insert_with(|| DocumentQuery {
                document,
                changes: BTreeSet::new(),
                actors: BTreeSet::new(),
            });
            ask_about(&one.envelope, asked);
            replaces.extend(one.envelope.replaces.iter().copied());
        }
        PushQuery {
            workspace: self.caller.workspace,
            device: self.caller.device,
            employee: self.caller.employee,
            honoured_since: now.plus_ms(-HONOURED_MS),
            year: year(now),
            documents: documents.into_values().collect(),
            replaces: replaces.into_iter().collect(),
            cards: BTreeSet::new(),
        }
    }

    /// Says by what right an envelope is judged, or why it is not. `named` is what its author said earlier
    /// in the same push about who is responsible.
    fn stand(
        &self,
        context: &PushContext,
        one: Linked,
        named: &BTreeMap<DocumentId, Responsible>,
    ) -> Incoming {
        let prefix = ActorPrefix::of(&self.device.key);
        let situation = context.documents.get(&one.envelope.document);
        let merged = one
            .envelope
            .replaces
            .iter()
            .find(|replaced| context.replaced.get(*replaced) == Some(&Outcome::Accepted));
        let present =
            situation.and_then(|situation| situation.before.as_ref()).map(|before| before.generation);
        let by = if !one.is_signed {
            Standing::Refused(Malformation::Signature)
        } else if let Some(envelope) = merged {
            Standing::Stored(Outcome::Stale, Reason::ReplacedWasMerged { envelope: *envelope })
        } else if let Some(present) = present.filter(|present| one.envelope.generation < *present) {
            Standing::Stored(Outcome::Stale, Reason::OlderGeneration { present })
        } else if self.device.standing == DeviceStanding::Revoked {
            Standing::Kept(Outcome::Quarantined, Reason::DeviceRevoked)
        } else if context.now.dismissed {
            Standing::Kept(Outcome::Quarantined, Reason::EmployeeDismissed)
        } else {
            let none = Situation::default();
            let situation = situation.unwrap_or(&none);
            let author = author(self.caller.employee, prefix, context, situation, named.clone());
            Standing::Judged(By::Author(Box::new(author)))
        };
        Incoming { envelope: one.envelope, hash: one.hash, prefix, by }
    }
}

type ByDocument = Vec<(DocumentId, Vec<(usize, Linked)>)>;

/// The envelopes of each document with their place in the push, documents as they first occur.
fn by_document(linked: Vec<(usize, Linked)>) -> ByDocument {
    let mut by_document: ByDocument = Vec::new();
    for (index, one) in linked {
        let document = one.envelope.document;
        match by_document.iter_mut().find(|(known, _)| *known == document) {
            Some((_, list)) => list.push((index, one)),
            None => by_document.push((document, vec![(index, one)])),
        }
    }
    by_document
}

/// What others are a part of goes to the judge before them: whom it names as responsible then is known at
/// each of their envelopes.
fn those_above_first(context: &PushContext, mut by_document: ByDocument) -> ByDocument {
    by_document.sort_by_key(|(document, list)| {
        let stored = context.documents.get(document).and_then(|situation| situation.before.as_ref());
        let said = || list.first().and_then(|(_, one)| one.envelope.kind.known());
        stored.map(|before| before.kind).or_else(said) != Some(Kind::ServiceCard)
    });
    by_document
}

/// Whom records name as responsible before the envelope at a place of the push, as far as the push said it.
fn named_before(
    named: &[(usize, DocumentId, Responsible)],
    place: usize,
) -> BTreeMap<DocumentId, Responsible> {
    let before = named.iter().filter(|(at, _, _)| *at < place);
    before.map(|(_, document, names)| (*document, *names)).collect()
}

/// Adds the changes, dependencies and actors of an envelope to what is asked about its document.
pub(super) fn ask_about(envelope: &Envelope, asked: &mut DocumentQuery) {
    for change in &envelope.changes {
        asked.changes.insert(change.hash());
        if let Ok(header) = chunk::parse(&change.0) {
            asked.changes.extend(header.deps.iter().copied().collect::<BTreeSet<ChangeHash>>());
            asked.actors.insert(header.actor);
        }
    }
}

fn answered_hash(work: &Work) -> Option<EnvelopeHash> {
    match work {
        Work::Answer(answered) => Some(answered.hash),
        Work::Write(_)
        | Work::Decide(_)
        | Work::Control { .. }
        | Work::Enrol(_)
        | Work::Adopt(_)
        | Work::Number(_) => None,
    }
}

fn author(
    employee: DocumentId,
    actors: ActorPrefix,
    context: &PushContext,
    situation: &Situation,
    named: BTreeMap<DocumentId, Responsible>,
) -> job::Author {
    let then = context.then.iter().zip(&situation.then).map(|(rights, then)| job::Then {
        standing: standing(rights, then.in_sight, then.responsible_above.clone()),
        heads: then.heads.clone(),
    });
    let now = standing(&context.now, situation.in_sight, situation.responsible_above.clone());
    job::Author { employee, actors: actors.0, now, then: then.collect(), named }
}

/// What an employee may do, as the worker is told.
pub(super) fn standing(
    rights: &Rights,
    sees: bool,
    responsible_above: BTreeMap<DocumentId, Responsible>,
) -> job::Standing {
    job::Standing {
        access: AccessData::of(&rights.access),
        teams: rights.team.into_iter().collect(),
        teammates: rights.teammates.clone(),
        sees,
        responsible_above,
    }
}

pub(super) fn linked_by(rights: &Rights, after: &DocumentAfter, employee: DocumentId) -> LinkedBy {
    let section = halyard_domain::records::schema(after.merged.kind).section;
    if rights.access.writes(section, halyard_domain::kind::Group::Office) {
        LinkedBy::Office
    } else {
        LinkedBy::Employee(employee)
    }
}
