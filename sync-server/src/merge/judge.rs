//! Which envelopes are merged into a document, and why the others are not.
//!
//! Runs inside the worker, on bytes nobody trusts. Each envelope is applied to a copy; its operations,
//! not the difference they make, are held against the author's rights; the copy must read, and must
//! load again from its own snapshot with equal heads and content. Only then does it take the
//! document's place and the next envelope is judged against it.
//!
//! The proof that it loads again is made once for all envelopes together, and for each alone only when
//! that fails: honest envelopes always pass, and they are the ones that must be fast.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::rights::{self, Audience, Refusal, Word, Writer, audience, responsible_of, sees, unborn};
use halyard_domain::value::Scalar;
use halyard_protocol::limits;
use halyard_protocol::reason::Reason;
use halyard_records::seed::kind_of_seed;
use halyard_records::{Document, DocumentError, Editor, Operation};
use serde_bytes::ByteBuf;

use super::job::{
    Answer, Author, By, Flaw, Judge, Judged, Merged, NewChange, RelayHand, Request, Reviewer, Standing,
    Stored, Submitted, Verdict,
};

/// The field that holds a record's human number.
const NUMBER: &str = "number";
/// With more heads than these the relay joins them.
const MOST_HEADS: usize = 32;

/// Answers one request.
pub(super) fn answer(request: Request) -> Answer {
    let answered = match request {
        Request::Judge(job) => judge(&job).map(|judged| Answer::Judged(Box::new(judged))),
        Request::Load(stored) => load(&stored)
            .and_then(|document| merged(&document))
            .map(|merged| Answer::Loaded(Box::new(merged))),
    };
    answered.unwrap_or_else(|error| Answer::Unreadable(error.to_string()))
}

fn load(stored: &Stored) -> Result<Document, DocumentError> {
    Document::load(&stored.snapshot, stored.tail.iter().map(|chunk| chunk.as_slice()))
}

fn judge(job: &Judge) -> Result<Judged, DocumentError> {
    let done = match Bench::open(job)?.judge_all(job, Proof::AtTheEnd)? {
        Some(done) => done,
        // Somebody among them spoils the document: find out who.
        None => Bench::open(job)?.judge_all(job, Proof::EachAlone)?.ok_or(DocumentError::Panicked)?,
    };
    Ok(Judged { verdicts: done.verdicts, merged: done.merged, numbered: done.numbered, own: done.own })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    AtTheEnd,
    EachAlone,
}

/// The document as far as it has come.
struct Bench {
    kind: Kind,
    document: Option<Document>,
    reading: Option<Reading>,
}

/// A document that proved itself, and how it came about.
struct Done {
    verdicts: Vec<Verdict>,
    numbered: bool,
    own: Vec<NewChange>,
    merged: Option<Merged>,
}

impl Bench {
    fn open(job: &Judge) -> Result<Self, DocumentError> {
        let document = job.stored.as_ref().map(load).transpose()?;
        let reading = document.as_ref().map(Document::reading).transpose()?;
        Ok(Self { kind: job.kind, document, reading })
    }

    /// Judges everything in order. `None` when the outcome does not prove itself.
    fn judge_all(mut self, job: &Judge, proof: Proof) -> Result<Option<Done>, DocumentError> {
        let mut verdicts = Vec::with_capacity(job.envelopes.len());
        for envelope in &job.envelopes {
            match self.judge_one(envelope, proof) {
                Ok((document, reading)) => {
                    verdicts.push(self.accepted(&envelope.by, &document, &reading));
                    self.document = Some(document);
                    self.reading = Some(reading);
                }
                Err(verdict) => {
                    verdicts.push(verdict);
                    break;
                }
            }
        }
        let mut own: Vec<NewChange> = self.number(&job.relay).into_iter().collect();
        let numbered = !own.is_empty();
        own.extend(self.fold(&job.relay));
        let Some(document) = &self.document else {
            return Ok(Some(Done { verdicts, numbered, own, merged: None }));
        };
        Ok(proven(document)?.map(|merged| Done { verdicts, numbered, own, merged: Some(merged) }))
    }

    /// The answer to an envelope that makes this of the record.
    fn accepted(&self, by: &By, document: &Document, reading: &Reading) -> Verdict {
        let who = match by {
            By::Author(author) => Some(author.employee),
            By::Decision(_) | By::Receipt => None,
        };
        let names = who.and_then(|who| {
            let before = self.reading.as_ref().map(|before| responsible_of(before, who));
            let after = responsible_of(reading, who);
            (before.unwrap_or_default() != after).then_some(after)
        });
        Verdict::Accepted { heads: document.heads(), names }
    }

    fn judge_one(&self, envelope: &Submitted, proof: Proof) -> Result<(Document, Reading), Verdict> {
        let document = self.applied(envelope)?;
        if document.kind() != self.kind {
            return Err(Verdict::Malformed(Flaw::Kind));
        }
        if document.max_op() > limits::OPERATION_COUNTER {
            return Err(Verdict::Malformed(Flaw::Counter));
        }
        if document.heads().len() > limits::HEADS {
            return Err(Verdict::Malformed(Flaw::Document));
        }
        match &envelope.by {
            By::Author(author) => self.allowed(&document, envelope, author)?,
            By::Decision(reviewer) => self.acceptable(&document, envelope, reviewer)?,
            By::Receipt => {}
        }
        let reading = document.reading().map_err(malformed)?;
        if proof == Proof::EachAlone {
            proven(&document).map_err(malformed)?.ok_or(Verdict::Malformed(Flaw::Document))?;
        }
        Ok((document, reading))
    }

    fn applied(&self, envelope: &Submitted) -> Result<Document, Verdict> {
        let chunks = || envelope.changes.iter().map(|change| change.bytes.as_slice());
        match &self.document {
            Some(document) => {
                let mut copy = document.clone();
                copy.apply(chunks()).map_err(malformed)?;
                Ok(copy)
            }
            None => Document::load(&[], chunks()).map_err(malformed),
        }
    }

    /// Holds every operation against what the reviewer who accepted it may let in.
    fn acceptable(
        &self,
        document: &Document,
        envelope: &Submitted,
        reviewer: &Reviewer,
    ) -> Result<(), Verdict> {
        let operations = operations(document, envelope)?;
        let unborn = unborn(self.kind);
        let record = self.reading.as_ref().unwrap_or(&unborn);
        let access = reviewer.now.access.access();
        let above = reviewer.now.above(record, &BTreeMap::new());
        let writer = Writer {
            employee: reviewer.author,
            access: &access,
            brings_seed: self.document.is_none(),
            sees: true,
            responsible: above.responsible.max(responsible_of(record, reviewer.employee)),
            word: Word::Reviewer,
            saw: None,
        };
        rights::judge(&writer, record, operations.iter().map(Operation::as_write))
            .map_err(|refusal| refused(&refusal, above.unknown))
    }

    /// Holds every operation against the rights the author has, or had at the last news.
    fn allowed(&self, document: &Document, envelope: &Submitted, author: &Author) -> Result<(), Verdict> {
        let operations = operations(document, envelope)?;
        let judge = |writer: &Writer<'_>, record: &Reading| {
            rights::judge(writer, record, operations.iter().map(Operation::as_write))
        };
        let unborn = unborn(self.kind);
        let record = self.reading.as_ref().unwrap_or(&unborn);
        let (present, mut unknown) =
            self.with_writer(author, &author.now, (record, None), true, |writer| judge(writer, record));
        let Err(refusal) = present else { return Ok(()) };
        for then in &author.then {
            // Rows and authors never change hands, so the present content serves for them; who saw the
            // record, who answered for it and which answers stood apart is asked of that time. A record
            // that was not there then was made since.
            let is_newer = then.heads.is_empty();
            let past = self.known_to(author, &then.heads)?;
            let past = past.as_ref().unwrap_or(record);
            let (standing, saw) = (&then.standing, (past, Some(past)));
            let (judged, not_known) =
                self.with_writer(author, standing, saw, is_newer, |writer| judge(writer, record));
            if judged.is_ok() {
                return Ok(());
            }
            unknown.extend(not_known);
        }
        Err(refused(&refusal, unknown))
    }

    /// The record as the author's device had it at its news: what stood there, and what it wrote since,
    /// which is no news to it. `None` when there was neither.
    fn known_to(&self, author: &Author, heads: &[ChangeHash]) -> Result<Option<Reading>, Verdict> {
        let Some(document) = &self.document else { return Ok(None) };
        let mut known = heads.to_vec();
        known.extend(document.beyond_by(heads, &author.actors));
        if known.is_empty() {
            return Ok(None);
        }
        document.reading_at(&known).map(Some).map_err(malformed)
    }

    /// Asks as the author stood at one time; also which cards nobody looked up for it. `its_people_see`
    /// says whether the people the record itself names count as seeing it.
    fn with_writer<T>(
        &self,
        author: &Author,
        standing: &Standing,
        (record, saw): (&Reading, Option<&Reading>),
        its_people_see: bool,
        work: impl FnOnce(&Writer<'_>) -> T,
    ) -> (T, BTreeSet<DocumentId>) {
        let access = standing.access.access();
        if self.document.is_none() {
            return (work(&Writer::maker(author.employee, &access)), BTreeSet::new());
        }
        let viewer = standing.viewer(author.employee);
        // Of the past only sight that is still honoured counts, and that the relay has looked up.
        let people = if its_people_see { audience(record) } else { everybody_of(record) };
        let sees = standing.sees || sees(&access, &viewer, self.kind, &people, false);
        let above = standing.above(record, &author.named);
        let responsible = above.responsible.max(responsible_of(record, author.employee));
        let writer = Writer {
            employee: author.employee,
            access: &access,
            brings_seed: false,
            sees,
            responsible,
            word: Word::Own,
            saw,
        };
        (work(&writer), above.unknown)
    }

    fn number(&mut self, relay: &RelayHand) -> Option<NewChange> {
        let (kind, number) = relay.number.as_ref()?;
        let document = self.document.as_mut().filter(|document| document.kind() == *kind)?;
        if !self.reading.as_ref()?.value(NUMBER).is_null() {
            return None;
        }
        let mut copy = document.clone();
        let mut same_actor = || relay.actor;
        let mut editor = Editor { actor: relay.actor, fresh_actor: &mut same_actor, time: relay.time };
        let value = Scalar::Text(number.clone());
        let changes = copy.edit(&mut editor, &[Intent::Set { path: FieldPath::root(NUMBER), value }]).ok()?;
        let change = changes.into_iter().next()?;
        *document = copy;
        Some(NewChange { hash: change.hash, bytes: ByteBuf::from(change.chunk) })
    }

    /// Joins the heads of a document that many wrote apart.
    fn fold(&mut self, relay: &RelayHand) -> Option<NewChange> {
        let document = self.document.as_mut().filter(|document| document.heads().len() > MOST_HEADS)?;
        let mut copy = document.clone();
        let (hash, chunk) = copy.fold(relay.actor, relay.time).ok()??;
        *document = copy;
        Some(NewChange { hash, bytes: ByteBuf::from(chunk) })
    }
}

/// Everything an envelope writes, but the seed.
fn operations(document: &Document, envelope: &Submitted) -> Result<Vec<Operation>, Verdict> {
    let written = envelope.changes.iter().filter(|change| kind_of_seed(change.hash).is_none());
    let mut operations = Vec::new();
    for change in written {
        operations.extend(document.walk(change.hash).map_err(malformed)?);
    }
    Ok(operations)
}

/// A record's audience without its own people and teams.
fn everybody_of(record: &Reading) -> Audience {
    Audience { everybody: audience(record).everybody, ..Audience::default() }
}

/// The document as it is to be stored, if what is stored will load again.
fn proven(document: &Document) -> Result<Option<Merged>, DocumentError> {
    let merged = merged(document)?;
    let Ok(again) = Document::load(&merged.snapshot, []) else { return Ok(None) };
    let same =
        again.heads() == merged.heads && again.reading().is_ok_and(|reading| reading == merged.reading);
    let fits = merged.snapshot.len() <= limits::DOCUMENT_HARD_BYTES;
    Ok((same && fits).then_some(merged))
}

fn merged(document: &Document) -> Result<Merged, DocumentError> {
    Ok(Merged {
        kind: document.kind(),
        heads: document.heads(),
        max_op: document.max_op(),
        snapshot: ByteBuf::from(document.snapshot()?),
        reading: document.reading()?,
    })
}

fn refused(refusal: &Refusal, unknown: BTreeSet<DocumentId>) -> Verdict {
    let path = refusal.path.to_string();
    let reason = match refusal.reason {
        rights::Reason::NewerSchema => return Verdict::NewerSchema { path },
        rights::Reason::OutOfSight => Reason::OutOfSight,
        rights::Reason::RelayOnly => Reason::RelayOnly,
        rights::Reason::AnothersRow | rights::Reason::AnothersName => Reason::OthersRow,
        rights::Reason::NotYoursToDecide { .. } => Reason::ConflictNotYours,
        rights::Reason::NotYoursToMake
        | rights::Reason::NotYours { .. }
        | rights::Reason::NeedsAbility { .. } => Reason::NotAllowed,
        rights::Reason::BirthOnly
        | rights::Reason::AuthorMissing
        | rights::Reason::NotCanonical { .. }
        | rights::Reason::RowExists
        | rights::Reason::NoSuchRow
        | rights::Reason::Fixed
        | rights::Reason::Foreign { .. } => Reason::NotARecord,
    };
    Verdict::Refused { reason, path, unknown }
}

fn malformed(_: DocumentError) -> Verdict {
    Verdict::Malformed(Flaw::Unreadable)
}
