//! Proving that what is stored is whole.
//!
//! The database looks through its own file, and everything that is kept twice is compared: raw changes with
//! their hashes, documents made from them with their snapshots and contents, envelopes with their signatures
//! and chains, the log with its running hash, office rows with rows made anew. Nothing is repaired here.

use std::collections::HashMap;
use std::fmt;

use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_protocol::envelope::EnvelopeHeader;
use halyard_protocol::hash::{EnvelopeHash, Position, RunningHash};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::running_hash::LogItem;
use halyard_protocol::signed::Signed;
use serde_bytes::ByteBuf;

use super::{Relay, RelayError, Workspace};
use crate::merge::job::{Answer, Merged, Request, Stored};
use crate::storage::{RawDocument, SignedEnvelope};

/// How many rows are looked at in one transaction.
const STEP: u32 = 200;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Documents made anew from their changes.
    pub documents: u64,
    /// Raw changes hashed.
    pub changes: u64,
    /// Envelopes whose signatures were checked.
    pub envelopes: u64,
    /// Log entries followed.
    pub log_entries: u64,
    /// Where the log ends.
    pub position: Position,
    /// The hash of the log up to there.
    pub running: RunningHash,
    /// What does not agree; empty when all is well.
    pub findings: Vec<Finding>,
}

impl Verification {
    fn begun(workspace: &Workspace) -> Self {
        Self {
            documents: 0,
            changes: 0,
            envelopes: 0,
            log_entries: 0,
            position: workspace.head,
            running: workspace.running,
            findings: Vec::new(),
        }
    }
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The database finds its own file damaged, as it says.
    File(String),
    /// A raw change is not the one its hash names.
    Change {
        /// Its document.
        document: DocumentId,
        /// The hash noted.
        hash: String,
    },
    /// The document cannot be made from its changes.
    Unreadable(DocumentId),
    /// The document made from its changes has other heads than noted.
    Heads(DocumentId),
    /// The kept snapshot is not the document.
    Snapshot(DocumentId),
    /// The kept content is not what the document says.
    Content(DocumentId),
    /// An envelope's signature, hash or receipt does not fit.
    Envelope(EnvelopeHash),
    /// An envelope does not follow the one before it in its chain.
    Chain(EnvelopeHash),
    /// A merged envelope is not what stands at its position, or the log names one that is not there.
    Position(Position),
    /// A control entry's signature or place does not fit.
    Control(Position),
    /// The log has a gap here.
    Gap(Position),
    /// The running hash is another from here on.
    RunningHash(Position),
    /// Office rows differ from rows made anew: table and key.
    OfficeRow(String),
    /// A record's office rows could not be written.
    OfficeFailure(DocumentId, String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(what) => write!(f, "file: {what}"),
            Self::Change { document, hash } => {
                write!(f, "document {document}: change {hash} has other bytes")
            }
            Self::Unreadable(document) => write!(f, "document {document}: cannot be made from its changes"),
            Self::Heads(document) => write!(f, "document {document}: the changes lead to other heads"),
            Self::Snapshot(document) => write!(f, "document {document}: the snapshot is not the document"),
            Self::Content(document) => {
                write!(f, "document {document}: the kept content is not the document's")
            }
            Self::Envelope(envelope) => {
                write!(f, "envelope {envelope}: signature, hash or receipt does not fit")
            }
            Self::Chain(envelope) => write!(f, "envelope {envelope}: does not follow the one before it"),
            Self::Position(position) => write!(f, "position {position}: log and envelope disagree"),
            Self::Control(position) => write!(f, "position {position}: the control entry does not fit"),
            Self::Gap(position) => write!(f, "position {position}: the log has a gap"),
            Self::RunningHash(position) => write!(f, "position {position}: the running hash does not fit"),
            Self::OfficeRow(row) => write!(f, "office row {row}: differs from the record"),
            Self::OfficeFailure(document, why) => write!(f, "document {document}: no office rows ({why})"),
        }
    }
}

impl Relay {
    /// Looks through everything stored of a company.
    ///
    /// # Errors
    /// When storage fails; what is merely wrong is a finding.
    pub async fn verify(&self, workspace: WorkspaceId) -> Result<Verification, RelayError> {
        let present = self.workspace(workspace).await?;
        let mut found = Verification::begun(&present);
        found.findings.extend(self.storage.file_damage().await?.into_iter().map(Finding::File));
        self.verify_log(&present, &mut found).await?;
        self.verify_envelopes(&present, &mut found).await?;
        self.verify_documents(workspace, &mut found).await?;
        let rows = self.storage.office_differences(workspace).await?;
        found.findings.extend(rows.into_iter().map(Finding::OfficeRow));
        let failures = self.storage.office_report(workspace).await?.failures;
        found
            .findings
            .extend(failures.into_iter().map(|(document, why)| Finding::OfficeFailure(document, why)));
        Ok(found)
    }

    async fn verify_log(&self, workspace: &Workspace, found: &mut Verification) -> Result<(), RelayError> {
        let (mut at, mut running) = (Position(0), workspace.log_start);
        loop {
            let entries = self.storage.log(workspace.id, at, STEP).await?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                if entry.position != at.next() {
                    found.findings.push(Finding::Gap(at.next()));
                }
                at = entry.position;
                if at > workspace.head {
                    return Ok(());
                }
                running = running.extended(at, entry.item);
                if running != entry.running {
                    found.findings.push(Finding::RunningHash(at));
                    running = entry.running;
                }
                found.log_entries += 1;
            }
        }
        if at != workspace.head {
            found.findings.push(Finding::Gap(at.next()));
        } else if running != workspace.running {
            found.findings.push(Finding::RunningHash(at));
        }
        let relay = Self::notary(workspace).public_key();
        for control in self.storage.controls(workspace.id).await? {
            if control.verify(&relay).is_err() {
                found.findings.push(Finding::Control(control.position));
            }
        }
        Ok(())
    }

    async fn verify_envelopes(
        &self,
        workspace: &Workspace,
        found: &mut Verification,
    ) -> Result<(), RelayError> {
        let relay = Self::notary(workspace).public_key();
        let devices = self.storage.devices(workspace.id).await?;
        let keys: HashMap<DeviceId, PublicKey> =
            devices.into_iter().map(|device| (device.id, device.key)).collect();
        let mut chains: HashMap<(DeviceId, IncarnationId), (u64, EnvelopeHash)> = HashMap::new();
        let mut after = None;
        loop {
            let envelopes = self.storage.signed_envelopes(workspace.id, after, STEP).await?;
            let Some(last) = envelopes.last() else { return Ok(()) };
            after = Some((last.header.device, last.header.incarnation, last.header.sequence));
            for one in &envelopes {
                found.envelopes += 1;
                let key = if one.header.is_by_relay() { Some(&relay) } else { keys.get(&one.header.device) };
                if !is_whole(one, key, &relay) {
                    found.findings.push(Finding::Envelope(one.hash));
                }
                let chain = (one.header.device, one.header.incarnation);
                if !one.handed_over && !follows(&one.header, chains.get(&chain)) {
                    found.findings.push(Finding::Chain(one.hash));
                }
                chains.insert(chain, (one.header.sequence, one.hash));
                if let Some(position) = one.position
                    && one.stands_there != Some(LogItem::Envelope(one.hash))
                {
                    found.findings.push(Finding::Position(position));
                }
            }
        }
    }

    async fn verify_documents(
        &self,
        workspace: WorkspaceId,
        found: &mut Verification,
    ) -> Result<(), RelayError> {
        let mut after = None;
        loop {
            let documents = self.storage.raw_documents(workspace, after, STEP).await?;
            let Some(last) = documents.last() else { return Ok(()) };
            after = Some(last.document);
            for document in documents {
                found.documents += 1;
                found.changes += u64::try_from(document.changes.len()).unwrap_or(u64::MAX);
                self.verify_document(document, &mut found.findings).await;
            }
        }
    }

    async fn verify_document(&self, document: RawDocument, findings: &mut Vec<Finding>) {
        let id = document.document;
        let wrong = document.changes.iter().filter(|(hash, chunk)| chunk.hash() != *hash);
        findings.extend(wrong.map(|(hash, _)| Finding::Change { document: id, hash: hash.to_string() }));
        let tail = document.changes.iter().map(|(_, chunk)| ByteBuf::from(chunk.0.clone())).collect();
        let Some(made) = self.made(Stored { snapshot: ByteBuf::new(), tail }).await else {
            findings.push(Finding::Unreadable(id));
            return;
        };
        if made.heads != document.heads || made.max_op != document.max_op || made.kind != document.kind {
            findings.push(Finding::Heads(id));
        }
        if document.reading.as_ref() != Some(&made.reading) {
            findings.push(Finding::Content(id));
        }
        if document.snapshot == made.snapshot.as_slice() {
            return;
        }
        let kept = Stored { snapshot: ByteBuf::from(document.snapshot), tail: Vec::new() };
        let same = self
            .made(kept)
            .await
            .is_some_and(|kept| kept.heads == made.heads && kept.reading == made.reading);
        if !same {
            findings.push(Finding::Snapshot(id));
        }
    }

    pub(super) async fn made(&self, stored: Stored) -> Option<Merged> {
        match self.workers.ask(&Request::Load(stored)).await {
            Ok(Answer::Loaded(merged)) => Some(*merged),
            Ok(Answer::Judged(_) | Answer::Unreadable(_)) | Err(_) => None,
        }
    }
}

/// Whether an envelope and its receipt are what was signed.
fn is_whole(one: &SignedEnvelope, key: Option<&PublicKey>, relay: &PublicKey) -> bool {
    let named = one.header.hash().is_ok_and(|hash| hash == one.hash) && one.receipt.envelope == one.hash;
    let malformed = one.receipt.outcome == halyard_protocol::receipt::Outcome::Malformed;
    let signed = key.is_some_and(|key| one.header.verify(key).is_ok());
    named && (signed || malformed) && one.receipt.verify(relay).is_ok()
}

/// Whether an envelope is the next of its chain. What was handed over may stand behind a gap.
fn follows(header: &EnvelopeHeader, before: Option<&(u64, EnvelopeHash)>) -> bool {
    match before {
        None => header.sequence == 1 && header.previous.is_none(),
        Some((sequence, hash)) => header.sequence == sequence + 1 && header.previous == Some(*hash),
    }
}
