//! A relay whose log lost its end: what begins then, and what IT ends.
//!
//! A new life of the log begins when a device knows an end of it that is not there, or when IT says that
//! the database came from a backup. From then on devices hand over, and nothing is given out: the backup
//! knows nothing of who was dismissed or which device was revoked since. IT looks at both and confirms.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::hash::{Position, RunningHash};

use super::case::Case;
use super::numbers::{self, Series};
use super::open_work::open_work;
use super::{Relay, RelayError};
use crate::merge::job::RelayHand;
use crate::storage::{
    Commit, Committed, Concerned, DocumentAfter, DocumentQuery, Expected, LinkedBy, PushContext, PushQuery,
    Work,
};

/// How often a number is given again when others write the same record.
const ATTEMPTS: usize = 20;

/// What the end of a hand-over brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    /// Records whose number nobody had and that got another.
    pub records: u64,
}

impl Relay {
    /// Says that the database came from a backup: a new life of the log begins at once.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn begin_restored(&self, workspace: WorkspaceId) -> Result<EpochId, RelayError> {
        let present = self.workspace(workspace).await?;
        self.begin_life(workspace, present.epoch).await
    }

    /// Gives out again. Records whose number was lost with the end of the log get another.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn confirm_restored(&self, workspace: WorkspaceId) -> Result<Numbered, RelayError> {
        let _turn = self.one_by_one.lock().await;
        let mut records = 0;
        for &kind in Kind::ALL.iter().filter(|kind| numbers::prefix(**kind).is_some()) {
            for document in self.storage.unnumbered(workspace, kind).await? {
                records += u64::from(self.number(workspace, kind, document).await?);
            }
        }
        self.storage.end_hand_over(workspace).await?;
        Ok(Numbered { records })
    }

    /// Notes that a backup which ends at a position was restored elsewhere and verified. False when it is
    /// of another log.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn backup_verified(
        &self,
        workspace: WorkspaceId,
        position: Position,
        running: RunningHash,
    ) -> Result<bool, RelayError> {
        Ok(self.storage.backup_verified(workspace, position, running).await?)
    }

    pub(super) async fn begin_life(
        &self,
        workspace: WorkspaceId,
        old: EpochId,
    ) -> Result<EpochId, RelayError> {
        let new = EpochId::new_at(self.clock.unix_ms(), self.chance.bytes());
        let incarnation = IncarnationId::new_at(self.clock.unix_ms(), self.chance.bytes());
        let begun = self.storage.begin_epoch(workspace, old, new, incarnation).await?;
        tracing::error!(
            epoch.id = %begun,
            "a new life of the log began: devices hand over what it lacks, and get nothing until \
             `sync-server restored confirm`"
        );
        let head = self.workspace(workspace).await?.head;
        let everybody = Concerned { everybody: true, ..Concerned::default() };
        self.hints.tell(workspace, begun, head, &everybody);
        Ok(begun)
    }

    /// Gives a record its number, as if its first envelope had just been merged.
    async fn number(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        document: DocumentId,
    ) -> Result<bool, RelayError> {
        for _ in 0..ATTEMPTS {
            let context = self.about(workspace, document).await?;
            let Some(commit) = self.numbering(&context, kind, document).await else { return Ok(false) };
            if let Committed::Done { .. } = self.commit(commit).await? {
                return Ok(true);
            }
        }
        Err(RelayError::Busy)
    }

    async fn about(&self, workspace: WorkspaceId, document: DocumentId) -> Result<PushContext, RelayError> {
        let now = self.now();
        let asked = DocumentQuery { document, changes: [].into(), actors: [].into() };
        let query = PushQuery {
            workspace,
            device: halyard_protocol::envelope::relay_device(workspace),
            employee: halyard_protocol::envelope::relay_employee(),
            honoured_since: now,
            year: numbers::year(now),
            documents: vec![asked],
            replaces: Vec::new(),
            cards: BTreeSet::new(),
        };
        self.storage.push_context(query).await?.ok_or(RelayError::UnknownWorkspace)
    }

    async fn numbering(&self, context: &PushContext, kind: Kind, document: DocumentId) -> Option<Commit> {
        let now = self.now();
        let notary = Self::notary(&context.workspace);
        let mut series = Series::new(numbers::year(now), context.series.clone());
        let situation = context.documents.get(&document)?;
        let before = situation.before.as_ref()?;
        let hand = RelayHand {
            number: Some((kind, series.next(kind)?)),
            actor: self.fresh_actor(&notary),
            time: now.seconds(),
        };
        let mut case = Case::new(self, document, situation);
        case.number(&hand).await;
        let merged = case.merged.filter(|_| case.numbered)?;
        series.take(kind);
        let after = DocumentAfter {
            document,
            generation: before.generation,
            open_work: open_work(&merged.reading),
            merged,
            linked_by: LinkedBy::Office,
        };
        Some(Commit {
            notary,
            now,
            expected: Expected {
                documents: vec![(document, Some(before.version))],
                numbers: series.given,
                ..Expected::default()
            },
            work: case.work.into_iter().map(|(_, work)| work).collect::<Vec<Work>>(),
            documents: vec![after],
        })
    }
}
