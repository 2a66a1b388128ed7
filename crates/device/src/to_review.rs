//! How much refused work waits at the relay for an employee who may review. The device keeps what it heard last, so
//! the count is known without a network and nobody is told of the same work twice.
//!
//! Nothing tells a device that work was refused: it asks whenever it gets in step, once a minute at most. Only
//! what came since is asked for; now and then all of it, because others decide too.

use std::sync::Arc;
use std::time::Duration;

use halyard_domain::rights::Ability;
use halyard_protocol::hash::EnvelopeHash;
use halyard_store::EnvelopeKey;
use tokio::sync::watch;

use crate::app::{App, rest};
use crate::device::Device;
use crate::screens::status::Connection;
use crate::sync::SyncError;

/// The least time between two questions.
const EVERY: Duration = if cfg!(test) { Duration::from_millis(20) } else { Duration::from_secs(60) };
/// After so long all of it is asked for, in milliseconds.
const WHOLE_MS: i64 = 10 * 60_000;

impl App {
    /// Asks what waits for review whenever the device gets in step, as long as the app lives.
    pub(crate) async fn follow_reviews(&self, mut connection: watch::Receiver<Connection>) {
        let mut whole_ms: Option<i64> = None;
        while connection.wait_for(|now| *now == Connection::InStep).await.is_ok() {
            let now = self.device().surroundings.now_ms();
            let whole = whole_ms.is_none_or(|last| !(last..last + WHOLE_MS).contains(&now));
            match self.device().hear_what_waits(whole).await {
                Ok(is_news) => {
                    whole_ms = if whole { Some(now) } else { whole_ms };
                    if is_news {
                        self.tell_standing();
                    }
                }
                Err(error) => tracing::info!(%error, "what waits for review is not known anew"),
            }
            rest(EVERY).await;
            if connection.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Device {
    /// Asks the relay what waits, all of it or only what came since; true when that is another thing than was known.
    /// Nothing waits for whoever may not review, and nothing is asked then.
    async fn hear_what_waits(self: &Arc<Self>, whole: bool) -> Result<bool, SyncError> {
        let device = Arc::clone(self);
        let known = move || -> Result<Option<Vec<EnvelopeKey>>, SyncError> {
            let may = device.access()?.is_some_and(|access| access.can(Ability::Review));
            Ok(if may { Some(device.store.to_review()?) } else { None })
        };
        let known = tokio::task::spawn_blocking(known).await.map_err(|_| SyncError::Interrupted)??;
        let waiting = match known {
            Some(known) => self.named_waiting(if whole { Vec::new() } else { known }).await?,
            None => Vec::new(),
        };
        let device = Arc::clone(self);
        let keep = move || device.store.keep_to_review(waiting);
        Ok(tokio::task::spawn_blocking(keep).await.map_err(|_| SyncError::Interrupted)??)
    }

    /// What waits no more, because it has an answer; true when it was known to wait.
    pub(crate) fn waits_no_more(&self, envelope: EnvelopeHash) -> Result<bool, SyncError> {
        let mut waiting = self.store.to_review()?;
        waiting.retain(|one| *one != envelope.0);
        Ok(self.store.keep_to_review(waiting)?)
    }
}
