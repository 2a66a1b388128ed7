//! News that there are news, for whom there are some.
//!
//! One watch per device that listens holds the end of the log as of the newest commit that concerns it. A
//! device that is slow sees only the newest value, so a thousand changes in a second are one hint to it;
//! a commit that concerns it not is no hint, and so says nothing about what others do.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use halyard_domain::id::{DeviceId, DocumentId, EpochId, WorkspaceId};
use halyard_protocol::hash::Position;
use tokio::sync::watch;

use super::Caller;
use crate::storage::Concerned;

/// Where a workspace's log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint {
    /// The life of the log; absent until something of concern was written since the device listens.
    pub epoch: Option<EpochId>,
    /// Its end.
    pub position: Position,
}

#[derive(Default)]
pub(super) struct Hints {
    by_workspace: Mutex<HashMap<WorkspaceId, HashMap<DeviceId, Listener>>>,
}

struct Listener {
    employee: DocumentId,
    told: watch::Sender<Hint>,
}

impl Hints {
    pub(super) fn listen(&self, caller: &Caller) -> watch::Receiver<Hint> {
        let mut all = self.by_workspace.lock().unwrap_or_else(PoisonError::into_inner);
        let listeners = all.entry(caller.workspace).or_default();
        let listener = listeners
            .entry(caller.device)
            .or_insert_with(|| Listener { employee: caller.employee, told: watch::Sender::default() });
        listener.told.subscribe()
    }

    /// Tells those of concern who listen, unless they know already: commits may be told out of order.
    pub(super) fn tell(
        &self,
        workspace: WorkspaceId,
        epoch: EpochId,
        position: Position,
        concerned: &Concerned,
    ) {
        let mut all = self.by_workspace.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(listeners) = all.get_mut(&workspace) else { return };
        listeners.retain(|_, listener| !listener.told.is_closed());
        for (device, listener) in &*listeners {
            if !concerned.includes(*device, listener.employee) {
                continue;
            }
            listener.told.send_if_modified(|hint| {
                let newer = hint.epoch != Some(epoch) || hint.position < position;
                if newer {
                    *hint = Hint { epoch: Some(epoch), position };
                }
                newer
            });
        }
    }
}
