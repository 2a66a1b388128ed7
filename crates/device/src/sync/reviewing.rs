//! The review queue at the relay: asked and answered with this device's key.

use std::sync::Arc;

use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::keys::Signature;
use halyard_protocol::review::{Decision, DecisionAnswer, ReviewList, Verdict};
use halyard_protocol::signed::Signed as _;
use halyard_protocol::version::OBJECT_VERSION;

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::session::Session;

impl Device {
    /// A page of the work that waits for a decision, after an envelope.
    ///
    /// # Errors
    /// When the relay cannot be reached, or this person may not review.
    pub(crate) async fn review_list(
        self: &Arc<Self>,
        after: Option<EnvelopeHash>,
    ) -> Result<ReviewList, SyncError> {
        let session = Session::open(self).await?;
        let query = after.map(|after| format!("after={after}"));
        Ok(session.client.get("/v1/review", query.as_deref(), session.relay_now()).await?)
    }

    /// Decides about an envelope, signed by this device.
    ///
    /// # Errors
    /// When the relay cannot be reached, it was decided already, or this person may not review.
    pub(crate) async fn decide_review(
        self: &Arc<Self>,
        envelope: EnvelopeHash,
        verdict: Verdict,
    ) -> Result<DecisionAnswer, SyncError> {
        let session = Session::open(self).await?;
        let identity = self.identity().ok_or(DeviceError::NotEnrolled)?;
        let key = self.with_profile(|profile| profile.key.clone())?;
        let mut decision = Decision {
            v: OBJECT_VERSION,
            workspace: identity.workspace,
            envelope,
            verdict,
            employee: identity.employee,
            device: Some(identity.device),
            time: session.relay_now(),
            signature: Signature::missing(),
        };
        decision.sign(&key)?;
        Ok(session.client.post(&format!("/v1/review/{envelope}"), &decision, session.relay_now()).await?)
    }
}
