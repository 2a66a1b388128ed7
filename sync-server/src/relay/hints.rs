//! News that there are news.
//!
//! One watch per workspace holds the end of the log. A listener that is slow sees only the newest value,
//! so a thousand changes in a second are one hint to each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use halyard_domain::id::{EpochId, WorkspaceId};
use halyard_protocol::hash::Position;
use tokio::sync::watch;

/// Where a workspace's log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint {
    /// The life of the log; absent until something was written since the relay started.
    pub epoch: Option<EpochId>,
    /// Its end.
    pub position: Position,
}

#[derive(Default)]
pub(super) struct Hints {
    by_workspace: Mutex<HashMap<WorkspaceId, watch::Sender<Hint>>>,
}

impl Hints {
    pub(super) fn listen(&self, workspace: WorkspaceId) -> watch::Receiver<Hint> {
        let mut all = self.by_workspace.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(workspace).or_insert_with(|| watch::Sender::new(Hint::default())).subscribe()
    }

    /// Tells everybody who listens, unless they know already: commits may be told out of order.
    pub(super) fn tell(&self, workspace: WorkspaceId, epoch: EpochId, position: Position) {
        let mut all = self.by_workspace.lock().unwrap_or_else(PoisonError::into_inner);
        let told = all.entry(workspace).or_insert_with(|| watch::Sender::new(Hint::default()));
        told.send_if_modified(|hint| {
            let newer = hint.epoch != Some(epoch) || hint.position < position;
            if newer {
                *hint = Hint { epoch: Some(epoch), position };
            }
            newer
        });
    }
}
