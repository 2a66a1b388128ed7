//! The live connections there are: one a device, so many together.
//!
//! A tablet that changes networks opens a new connection long before the old one is known to be
//! dead, so a device's newer connection ends its older one instead of being refused.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use halyard_domain::id::{DeviceId, WorkspaceId};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

type Owner = (WorkspaceId, DeviceId);

/// All live connections.
#[derive(Debug, Clone)]
pub struct Sessions {
    most: usize,
    open: Arc<Mutex<Open>>,
    count: Arc<watch::Sender<usize>>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    by_owner: HashMap<Owner, (u64, CancellationToken)>,
    /// Also those that were replaced and have not ended yet.
    count: usize,
}

/// One live connection, counted until dropped.
#[derive(Debug)]
pub(super) struct Session {
    sessions: Sessions,
    owner: Owner,
    number: u64,
    replaced: CancellationToken,
}

impl Sessions {
    /// Room for `most` connections.
    pub(super) fn new(most: usize) -> Self {
        Self { most, open: Arc::default(), count: Arc::new(watch::Sender::new(0)) }
    }

    /// Counts a new connection, ending the device's older one; `None` when there is no room.
    pub(super) fn begin(&self, workspace: WorkspaceId, device: DeviceId) -> Option<Session> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.count >= self.most {
            return None;
        }
        let (owner, number, replaced) = ((workspace, device), open.next, CancellationToken::new());
        open.next += 1;
        open.count += 1;
        if let Some((_, older)) = open.by_owner.insert(owner, (number, replaced.clone())) {
            older.cancel();
        }
        self.count.send_replace(open.count);
        Some(Session { sessions: self.clone(), owner, number, replaced })
    }

    /// Returns when no connection is open.
    pub async fn all_ended(&self) {
        let mut count = self.count.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ended = count.wait_for(|count| *count == 0).await.is_ok();
    }
}

impl Session {
    /// Returns when the device has opened a newer connection.
    pub(super) async fn replaced(&self) {
        self.replaced.cancelled().await;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let mut open = self.sessions.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.count = open.count.saturating_sub(1);
        if open.by_owner.get(&self.owner).is_some_and(|(number, _)| *number == self.number) {
            open.by_owner.remove(&self.owner);
        }
        self.sessions.count.send_replace(open.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tablet(name: &str) -> Owner {
        (WorkspaceId::made_by_rule("office"), DeviceId::made_by_rule(name))
    }

    #[test]
    fn a_newer_connection_of_a_device_ends_the_older_one_and_outlives_it() {
        let sessions = Sessions::new(10);
        let (workspace, device) = tablet("one");
        let older = sessions.begin(workspace, device).unwrap();
        let newer = sessions.begin(workspace, device).unwrap();
        assert!(older.replaced.is_cancelled());

        drop(older);
        let newest = sessions.begin(workspace, device).unwrap();
        assert!(newer.replaced.is_cancelled());
        assert!(!newest.replaced.is_cancelled());
    }

    #[test]
    fn there_is_room_for_so_many_and_again_when_one_ends() {
        let sessions = Sessions::new(1);
        let (workspace, device) = tablet("one");
        let only = sessions.begin(workspace, device).unwrap();
        let (_, other) = tablet("two");
        assert!(sessions.begin(workspace, other).is_none());
        drop(only);
        assert!(sessions.begin(workspace, other).is_some());
    }
}
