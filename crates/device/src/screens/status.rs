//! The sync chip and who we are.

use std::sync::Arc;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::{Group, Kind, Section};
use halyard_domain::rights::{Ability, Reach, may_create};
use halyard_protocol::driver::{Activity, State, Trouble};
use halyard_tables::list::ListQuery;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::desk::unanswered_wishes;
use crate::screens::names::{Linked, Names};
use crate::screens::{ScreenError, StorageTrouble};
use crate::sync::Told;

/// A question without data.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "Record<string, never>"))]
pub struct Nothing {}

/// How the device stands with its relay.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SyncView {
    /// The organisation, once enrolled.
    pub organisation: Option<String>,
    /// Where the relay is.
    pub relay_url: Option<String>,
    /// Own changes the office has not answered for.
    pub unsent: u64,
    /// Photos that are on this device and nowhere else.
    pub photos_only_here: u64,
    /// Refused work nobody has put away.
    pub not_accepted: usize,
    /// Records here in which values or answers wait for a decision.
    pub undecided: u64,
    /// Records here with wishes nobody has answered.
    pub wishes: u64,
    /// Refused work of others that waits at the office for this person to review, as was heard last.
    pub to_review: usize,
    /// When everything was in step last, Unix milliseconds by the relay's clock; absent until the first
    /// sync is complete.
    pub last_full_sync_ms: Option<i64>,
    /// What to add to this device's clock to get the relay's, in milliseconds.
    pub clock_offset_ms: i64,
    /// Why nothing can be saved any more, when that is so.
    pub stopped: Option<StorageTrouble>,
    /// What goes on between this device and the office.
    pub connection: Connection,
}

/// What goes on between this device and the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Connection {
    /// The background sync does not run: before enrolment, or switched off.
    Off,
    /// IT has not confirmed the device yet.
    AwaitingConfirmation,
    /// Everything is sent and taken.
    InStep,
    /// Work goes to the office.
    Sending,
    /// News comes from the office.
    Receiving,
    /// Both sides compare what they hold.
    Comparing,
    /// The last try failed; the next comes by itself.
    Waiting {
        /// When, Unix milliseconds by this device's clock.
        until_ms: i64,
        /// Why.
        trouble: SyncTrouble,
    },
    /// The office removed this device.
    Revoked,
    /// The sync ended over something this device cannot do.
    Failed,
}

/// Why the last try failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum SyncTrouble {
    /// No connection: offline.
    Unreachable,
    /// Something else answers at the relay's address.
    NotARelay,
    /// Another organisation's relay answers.
    OtherRelay,
    /// Something in an answer is not signed by our relay, and none of it was taken.
    Forged,
    /// The relay does not know this device or its key.
    NotRecognised,
    /// This app, or the relay, must be updated.
    OtherVersion,
    /// The clocks cannot be brought together.
    Clock,
    /// This device has no room left.
    DeviceFull,
    /// The relay cannot serve now.
    RelayUnable {
        /// Its code.
        problem: String,
    },
    /// The relay refused in a way an honest device should not meet.
    Unexpected {
        /// Its code.
        problem: String,
    },
    /// Requests are answered and nothing moves.
    NoProgress,
}

/// What keeps the sync from going on until somebody has seen to it. Of the same names as in [`SyncTrouble`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SyncHalt {
    /// Another organisation's relay answers.
    OtherRelay,
    /// Something in an answer is not signed by our relay.
    Forged,
    /// The relay does not know this device or its key.
    NotRecognised,
    /// This app, or the relay, must be updated.
    OtherVersion,
    /// The clocks cannot be brought together.
    Clock,
    /// This device has no room left.
    DeviceFull,
}

impl SyncTrouble {
    /// What a person has to see to; none of what passes by itself or with the next network.
    pub(crate) const fn halt(&self) -> Option<SyncHalt> {
        match self {
            Self::OtherRelay => Some(SyncHalt::OtherRelay),
            Self::Forged => Some(SyncHalt::Forged),
            Self::NotRecognised => Some(SyncHalt::NotRecognised),
            Self::OtherVersion => Some(SyncHalt::OtherVersion),
            Self::Clock => Some(SyncHalt::Clock),
            Self::DeviceFull => Some(SyncHalt::DeviceFull),
            Self::Unreachable
            | Self::NotARelay
            | Self::RelayUnable { .. }
            | Self::Unexpected { .. }
            | Self::NoProgress => None,
        }
    }
}

/// Who uses this device, and what they may do anywhere.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Me {
    /// The employee.
    pub employee: Linked,
    /// This device, as histories and conflicts name it.
    pub device: String,
    /// The organisation.
    pub organisation: String,
    /// False before the first sync: everything is offered then, and the office judges.
    pub rights_known: bool,
    /// Their roles.
    pub roles: Vec<Linked>,
    /// Their teams.
    pub teams: Vec<Linked>,
    /// Whether they work at a desk: they see everybody's, or write what the office writes.
    pub at_a_desk: bool,
    /// What they may see and write in each section.
    pub sections: Vec<SectionView>,
    /// What else they may do.
    pub abilities: Vec<Ability>,
    /// The kinds of record they may make.
    pub makes: Vec<Kind>,
}

/// What somebody may see and write in a section.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SectionView {
    /// The section.
    pub section: Section,
    /// How far they see.
    pub reach: Reach,
    /// The ownership groups they write.
    pub write: Vec<Group>,
}

/// How the device stands with its relay.
///
/// # Errors
/// When the device cannot be read.
pub fn sync_status(app: &App, _: &Nothing) -> Result<SyncView, ScreenError> {
    let status = app.device().status()?;
    Ok(SyncView {
        organisation: status.organisation,
        relay_url: status.relay_url,
        unsent: status.unsent,
        photos_only_here: app.device().store.blobs_only_here()?,
        not_accepted: status.not_accepted,
        undecided: status.undecided,
        wishes: wishes(app.device())?,
        to_review: app.device().store.to_review()?.len(),
        last_full_sync_ms: status.last_full_sync_ms,
        clock_offset_ms: status.clock_offset_ms,
        stopped: app.device().store.stop_reason().map(StorageTrouble::from),
        connection: app.connection(),
    })
}

/// How many records have wishes nobody has answered.
fn wishes(device: &Device) -> Result<u64, DeviceError> {
    let counts = Kind::ALL.iter().map(|kind| {
        let filters = vec![unanswered_wishes()];
        device.count(&ListQuery { filters, ..ListQuery::of(*kind, &[], 1) })
    });
    counts.sum()
}

/// Syncs now and says how the device stands afterwards.
///
/// # Errors
/// When the office cannot be reached or says no; what was made here is safe and is sent later.
pub async fn sync_now(app: &Arc<App>, asked: &Nothing) -> Result<SyncView, ScreenError> {
    app.device().sync().await?;
    // The sync in the background may have ended, or be waiting out failures for minutes: the office can be reached.
    if app.connection() == Connection::Failed {
        app.connect();
    }
    app.wake(Told::NetworkReturned);
    sync_status(app, asked)
}

/// Who uses this device, and what they may do.
///
/// # Errors
/// When the device is not enrolled or cannot be read.
pub fn me(app: &App, _: &Nothing) -> Result<Me, ScreenError> {
    let device = app.device();
    let identity = device.identity().ok_or(ScreenError::NotEnrolled)?;
    let told = device.me()?;
    let access = device.access()?;
    let (roles, teams): (Vec<DocumentId>, Vec<DocumentId>) =
        told.map(|me| (me.roles, me.teams)).unwrap_or_default();
    let names = Names::of(device, roles.iter().chain(&teams).copied().chain([identity.employee]))?;
    let links = |ids: &[DocumentId]| ids.iter().map(|id| names.link(*id)).collect();
    let makes = Kind::ALL.iter().copied();
    let makes = makes.filter(|kind| access.as_ref().is_none_or(|access| may_create(access, *kind).is_ok()));
    let at_a_desk = access
        .iter()
        .flat_map(|access| access.sections())
        .any(|(_, rights)| rights.reach == Reach::All || rights.write.contains(&Group::Office));
    let sections = access.iter().flat_map(|access| access.sections()).map(|(section, rights)| SectionView {
        section: *section,
        reach: rights.reach,
        write: rights.write.iter().copied().collect(),
    });
    Ok(Me {
        employee: names.link(identity.employee),
        device: identity.device.to_string(),
        organisation: identity.organisation,
        rights_known: access.is_some(),
        roles: links(&roles),
        teams: links(&teams),
        at_a_desk,
        sections: sections.collect(),
        abilities: access.iter().flat_map(|access| access.abilities()).copied().collect(),
        makes: makes.collect(),
    })
}

impl From<State> for Connection {
    fn from(state: State) -> Self {
        match state {
            State::AwaitingConfirmation => Self::AwaitingConfirmation,
            State::Idle => Self::InStep,
            State::Working(Activity::Sending) => Self::Sending,
            State::Working(Activity::Receiving) => Self::Receiving,
            State::Working(Activity::Comparing) => Self::Comparing,
            State::Waiting { until, trouble } => Self::Waiting { until_ms: until.0, trouble: trouble.into() },
            State::Revoked => Self::Revoked,
        }
    }
}

impl From<Trouble> for SyncTrouble {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Unreachable => Self::Unreachable,
            Trouble::NotARelay => Self::NotARelay,
            Trouble::OtherRelay => Self::OtherRelay,
            Trouble::Forged => Self::Forged,
            Trouble::NotRecognised => Self::NotRecognised,
            Trouble::Protocol(_) => Self::OtherVersion,
            Trouble::Clock => Self::Clock,
            Trouble::DeviceFull => Self::DeviceFull,
            Trouble::RelayUnable(code) => Self::RelayUnable { problem: code.name().to_owned() },
            Trouble::Unexpected(code) => Self::Unexpected { problem: code.name().to_owned() },
            Trouble::NoProgress => Self::NoProgress,
        }
    }
}
