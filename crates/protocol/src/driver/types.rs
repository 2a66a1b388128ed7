//! What goes into the driver and what comes out.

use halyard_domain::id::{DeviceId, EpochId, WorkspaceId};

use super::Jitter;
use crate::certificate::Revocation;
use crate::enrol::Standing;
use crate::hash::Position;
use crate::keys::PublicKey;
use crate::problem::{ErrorCode, Problem};
use crate::time::UnixMs;
use crate::version::VersionRange;

/// Whose driver this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device.
    pub device: DeviceId,
    /// The key of its relay.
    pub relay: PublicKey,
}

/// What the store keeps for the driver between two starts of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remembered {
    /// How far the enrolment was.
    pub standing: Standing,
    /// The epoch of the stored cursor; `None` before the first page.
    pub epoch: Option<EpochId>,
    /// From [`Output::RememberClockOffset`].
    pub clock_offset_ms: i64,
    /// When everything had been pulled last.
    pub last_full: Option<UnixMs>,
    /// When an offer was done last.
    pub last_offer: Option<UnixMs>,
}

/// What is pending in the store when [`Driver::handle`](super::Driver::handle) is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pending {
    /// Envelopes, or changes to be put into envelopes, wait to be sent. Not those that are `deferred`.
    pub unsent: bool,
    /// Changes the relay deferred wait: sending them again before some time has passed would be in vain.
    pub deferred: bool,
    /// Envelopes wait to be handed over to a new epoch.
    pub handover: bool,
    /// Documents wait to be fetched.
    pub fetch: bool,
    /// Photos and signatures wait to be sent.
    pub blobs: bool,
}

/// The circumstances of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The device's clock.
    pub now: UnixMs,
    /// A fresh random number.
    pub jitter: Jitter,
    /// What is pending now.
    pub pending: Pending,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The app started.
    Started,
    /// The person asked for it.
    Asked,
    /// An edit was committed.
    Edited,
    /// The relay hinted at news.
    Hint {
        /// The epoch of the hint.
        epoch: EpochId,
        /// Where the log is.
        position: Position,
    },
    /// The live socket closed.
    LiveClosed,
    /// The live socket brought the relay's word that the device is revoked.
    Revoked(Revocation),
    /// The system says the network is back.
    NetworkReturned,
    /// The time of the last [`Output::SleepUntil`] has come.
    Tick,
    /// The request under way was answered and the answer is stored.
    Done(Done),
    /// The request under way failed.
    Failed(Failure),
}

/// What the answer to a request came to, once it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// To [`Request::EnrolmentStatus`].
    Standing(Standing),
    /// To [`Request::Push`].
    Pushed {
        /// The epoch of the answer.
        epoch: EpochId,
        /// Whether the relay's end of the chain is in this device's chain and can be continued.
        chain_holds: bool,
        /// Whether any envelope got a receipt.
        advanced: bool,
    },
    /// To [`Request::Pull`].
    Pulled {
        /// The epoch of the answer.
        epoch: EpochId,
        /// The end of the log when the page was read.
        position: Position,
        /// Whether there is nothing more.
        complete: bool,
        /// Whether the relay's end of the chain is in this device's chain and can be continued.
        chain_holds: bool,
    },
    /// To [`Request::OfferDigests`].
    Offered {
        /// The epoch of the answer.
        epoch: EpochId,
        /// The buckets that differ.
        differing: Vec<u8>,
    },
    /// To [`Request::OfferLists`].
    Listed {
        /// The epoch of the answer.
        epoch: EpochId,
        /// The buckets that were sent.
        buckets: Vec<u8>,
    },
    /// To [`Request::Fetch`].
    Fetched {
        /// The epoch of the answer.
        epoch: EpochId,
        /// Whether any document asked for was stored or is known to be gone.
        advanced: bool,
        /// Whether a document differed also when it came whole, and was set aside.
        incident: bool,
    },
}

/// Why the request under way has no stored answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or it broke off.
    Unreachable,
    /// Something answered that is no relay: a login page, a wrong address.
    NotARelay,
    /// A relay answered that is not this organisation's: another key.
    OtherRelay,
    /// Something in an answer is not signed by our relay, and none of it was taken.
    Forged,
    /// The answer could not be stored: the disk is full.
    DeviceFull,
    /// The relay answered with a problem.
    Problem(Box<Problem>),
}

/// What to send next. The caller builds the body from its store when it sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// `GET /v1/enrol/{device}`.
    EnrolmentStatus,
    /// `POST /v1/sync/push` with the oldest unsent envelopes and what is to be handed over.
    Push,
    /// `POST /v1/sync/pull` with the stored cursor.
    Pull,
    /// `POST /v1/sync/offer`, first phase.
    OfferDigests,
    /// `POST /v1/sync/offer`, second phase.
    OfferLists {
        /// The buckets whose lists to send.
        buckets: Vec<u8>,
    },
    /// `POST /v1/sync/fetch` with the documents waiting to be fetched.
    Fetch,
}

impl Request {
    pub(super) const fn activity(&self) -> Activity {
        match self {
            Self::Push => Activity::Sending,
            Self::EnrolmentStatus | Self::Pull | Self::Fetch => Activity::Receiving,
            Self::OfferDigests | Self::OfferLists { .. } => Activity::Comparing,
        }
    }
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Send this.
    Send(Request),
    /// Say [`Input::Tick`] at this time of the device's clock. Replaces an earlier one.
    SleepUntil(UnixMs),
    /// Open the live socket.
    OpenLive,
    /// Keep this difference between the clocks.
    RememberClockOffset(i64),
    /// Begin a new incarnation and sign what has no receipt anew, before the next request.
    BeginIncarnation,
    /// Keep that an offer was done now.
    OfferDone,
    /// Replace the stored cursor by the one the offer brought.
    AdoptCursor,
    /// The relay revoked this device and nothing more can be sent now: purge. What it deferred stays sealed and
    /// is sent again later.
    Purge,
    /// Show this.
    Show(Status),
}

/// What people are shown about the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What goes on.
    pub state: State,
    /// When everything had been pulled last.
    pub last_full: Option<UnixMs>,
}

/// What goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// IT has not confirmed the device yet.
    AwaitingConfirmation,
    /// Everything is sent and pulled.
    Idle,
    /// A request is under way.
    Working(Activity),
    /// The last try failed; the next is at this time.
    Waiting {
        /// When.
        until: UnixMs,
        /// Why.
        trouble: Trouble,
    },
    /// The office removed this device.
    Revoked,
}

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Work goes to the office.
    Sending,
    /// News comes from the office.
    Receiving,
    /// Both sides compare what they hold.
    Comparing,
}

/// Why the last try failed, as far as people can do something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No connection.
    Unreachable,
    /// Something else answers at the relay's address.
    NotARelay,
    /// Another organisation's relay answers.
    OtherRelay,
    /// Something in an answer is not signed by our relay, and none of it was taken.
    Forged,
    /// The relay does not know this device or its key.
    NotRecognised,
    /// The relay speaks other versions: this app, or the relay, must be updated.
    Protocol(Option<VersionRange>),
    /// The clocks cannot be brought together.
    Clock,
    /// This device has no room left.
    DeviceFull,
    /// The relay cannot serve now, as it says: full, read-only, restoring, busy.
    RelayUnable(ErrorCode),
    /// The relay refused in a way an honest device should not meet.
    Unexpected(ErrorCode),
    /// Requests are answered and nothing moves.
    NoProgress,
}
