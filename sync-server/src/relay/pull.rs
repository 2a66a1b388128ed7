//! Giving a device what is new for it.
//!
//! A page is filled phase by phase: a first sync tier by tier, a listing after a change of rights, then
//! the log. The cursor carries where it stopped. A device with nothing to get costs one read.
//!
//! A document that a listing has brought need not come again from the log in the same page.

use std::collections::HashMap;

use halyard_domain::id::DocumentId;
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::cursor::{Cursor, CursorKey, Phase};
use halyard_protocol::hash::Position;
use halyard_protocol::limits::CLOCK_TOLD_MS;
use halyard_protocol::page::{entry_bytes, page_bytes};
use halyard_protocol::pull::{Entry, Me, PullAnswer, PullRequest};
use halyard_protocol::schema::{Schema, SchemaId};

use super::{Caller, Relay, RelayError};
use crate::storage::{Moment, Reader, Tier};

/// The tiers of a first sync, in order.
const TIERS: [Tier; 3] = [Tier::Directories, Tier::OpenWork, Tier::Rest];

/// How old the note of when a device was last seen may grow: a device with nothing to get writes nothing.
const SEEN_MS: i64 = 60 * 60 * 1000;

impl Relay {
    /// Answers what is new after a cursor.
    ///
    /// # Errors
    /// When the cursor is not the caller's, or of another life of the log.
    pub async fn pull(&self, caller: Caller, request: PullRequest) -> Result<PullAnswer, RelayError> {
        let reader = caller.reader();
        let workspace = self.workspace(caller.workspace).await?;
        let key = CursorKey::new(workspace.cursor_key);
        let cursor = match &request.cursor {
            Some(sealed) => Some(
                key.open(caller.workspace, caller.device, sealed)
                    .map_err(|_| RelayError::CursorNotValid(workspace.epoch))?,
            ),
            None => None,
        };
        let moment = self.moment(reader, cursor.map(|cursor| cursor.position)).await?;
        let presented = presented(cursor.as_ref());
        let cursor = self.accepted(caller, &moment, cursor).await?;
        moment.gives_out()?;
        let most = page_bytes(request.max_bytes);
        let mut filling = Filling {
            relay: self,
            reader,
            cursor,
            own: request.own,
            entries: Vec::new(),
            told: HashMap::new(),
            left: most,
            complete: false,
        };
        filling.fill(&moment).await?;
        let ahead_ms = request.clock.map_or(0, |clock| clock.0.saturating_sub(self.now().0));
        self.note_news(caller, &moment, (presented, filling.cursor.position), ahead_ms).await?;
        // A page without news stays within a kilobyte; a device that wants to know asks by an empty push.
        let chain = if filling.entries.is_empty() { None } else { moment.chain };
        Ok(PullAnswer {
            epoch: moment.workspace.epoch,
            entries: filling.entries,
            cursor: key.seal(caller.workspace, caller.device, &filling.cursor)?,
            complete: filling.complete,
            position: moment.workspace.head,
            watermark: moment.workspace.watermark,
            me: moment.me(caller, request.schema)?,
            chain,
            now: self.now(),
        })
    }

    pub(super) async fn moment(&self, reader: Reader, at: Option<Position>) -> Result<Moment, RelayError> {
        self.storage.moment(reader, at).await?.ok_or(RelayError::UnknownWorkspace)
    }

    /// The cursor to go on from: the device's, if the log is still the one it was given in.
    async fn accepted(
        &self,
        caller: Caller,
        moment: &Moment,
        cursor: Option<Cursor>,
    ) -> Result<Cursor, RelayError> {
        let workspace = &moment.workspace;
        let rights = moment.person.rights.since;
        let Some(cursor) = cursor else {
            return Ok(Cursor::first(workspace.epoch, workspace.head, workspace.running, rights));
        };
        if cursor.epoch != workspace.epoch {
            return Err(RelayError::NewEpoch(workspace.epoch));
        }
        if moment.running != Some(cursor.running) {
            // The log lost a tail that this device has seen.
            tracing::error!(device.id = %caller.device, position = cursor.position.0, "the log is not the one a device knows");
            return Err(RelayError::NewEpoch(self.begin_life(caller.workspace, workspace.epoch).await?));
        }
        Ok(cursor)
    }

    /// Notes before it answers what news the device has and will have: its work is judged by them. And what
    /// its clock says, when that is another story than before.
    async fn note_news(
        &self,
        caller: Caller,
        moment: &Moment,
        (presented, given): (Position, Position),
        clock_ahead_ms: i64,
    ) -> Result<(), RelayError> {
        let now = self.now();
        let seen_lately = moment.seen.is_some_and(|seen| now.ms_since(seen) < SEEN_MS);
        let clock_ahead_ms = if clock_ahead_ms.saturating_abs() < CLOCK_TOLD_MS { 0 } else { clock_ahead_ms };
        let same_clock =
            clock_ahead_ms.saturating_sub(moment.clock_ahead_ms).saturating_abs() < CLOCK_TOLD_MS;
        if presented <= moment.presented && given <= moment.given && seen_lately && same_clock {
            return Ok(());
        }
        let (workspace, device) = (caller.workspace, caller.device);
        Ok(self.storage.note_cursors(workspace, device, (presented, given), now, clock_ahead_ms).await?)
    }
}

/// The position whose news a device has. During a first sync it does not have them all yet.
fn presented(cursor: Option<&Cursor>) -> Position {
    let whole = cursor.filter(|cursor| !matches!(cursor.phase, Phase::First { .. }));
    whole.map(|cursor| cursor.position).unwrap_or_default()
}

impl Caller {
    pub(super) fn reader(self) -> Reader {
        Reader { workspace: self.workspace, device: self.device, employee: self.employee }
    }
}

impl Moment {
    /// A restored relay knows nothing of who left since its backup, so it gives nothing out until IT has
    /// looked.
    pub(super) fn gives_out(&self) -> Result<(), RelayError> {
        let workspace = &self.workspace;
        if workspace.handing_over { Err(RelayError::HandingOver(workspace.epoch)) } else { Ok(()) }
    }

    /// Who the caller is, so that the app never offers what would be refused. The schema is left out
    /// when the caller knows it.
    pub(super) fn me(&self, caller: Caller, known: Option<SchemaId>) -> Result<Me, RelayError> {
        let schema = Relay::schema();
        let schema = if known == Some(schema.id()?) { Schema::default() } else { schema };
        Ok(Me {
            employee: caller.employee,
            roles: self.person.roles.clone(),
            teams: self.person.rights.team.into_iter().collect(),
            rights: self.person.rights.since,
            schema,
        })
    }
}

/// A page while it is filled.
struct Filling<'a> {
    relay: &'a Relay,
    reader: Reader,
    cursor: Cursor,
    /// The end of the caller's chain, as it says.
    own: Option<ChainEnd>,
    entries: Vec<Entry>,
    told: HashMap<DocumentId, Word>,
    left: usize,
    complete: bool,
}

/// The last word of a page about a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// It was brought up to this position.
    Here(Position),
    Gone,
}

impl Word {
    fn of(entry: &Entry) -> Option<(DocumentId, Self)> {
        match entry {
            Entry::Snapshot(one) => Some((one.document, Self::Here(one.position))),
            Entry::Changes(one) => Some((one.document, Self::Here(one.position))),
            Entry::Gone(one) => Some((one.document, Self::Gone)),
            Entry::Replaced(_) | Entry::Archived(_) | Entry::Receipt(_) | Entry::Control(_) => None,
        }
    }

    /// Whether a later word says nothing that this one has not said. Each phase reads at its own moment,
    /// so a later one may know more.
    fn covers(self, later: Self) -> bool {
        match (self, later) {
            (Self::Here(known), Self::Here(at)) => at <= known,
            (Self::Gone, Self::Gone) => true,
            (Self::Here(_), Self::Gone) | (Self::Gone, Self::Here(_)) => false,
        }
    }
}

impl Filling<'_> {
    async fn fill(&mut self, moment: &Moment) -> Result<(), RelayError> {
        if let Some(due) = self.cursor.listing_due(moment.person.rights.since) {
            self.cursor = due;
        }
        loop {
            let phase_ended = match self.cursor.phase {
                Phase::First { tier, place } => self.first(tier, place).await?,
                Phase::Listing { to, place } => self.listing(to, place).await?,
                Phase::Log => return self.log(moment).await,
            };
            if !phase_ended || self.left == 0 {
                return Ok(());
            }
        }
    }

    async fn first(
        &mut self,
        tier: u8,
        place: Option<halyard_protocol::cursor::Place>,
    ) -> Result<bool, RelayError> {
        let Some(what) = TIERS.get(usize::from(tier)) else {
            self.cursor = self.cursor.into_log();
            return Ok(true);
        };
        let storage = &self.relay.storage;
        let page = storage.first_sync(self.reader, *what, place, self.cursor.position, self.left).await?;
        let page = page.ok_or(RelayError::UnknownWorkspace)?;
        self.take(page.entries);
        self.cursor = match page.next {
            Some(place) => self.cursor.first_at(tier, Some(place)),
            None if usize::from(tier) + 1 < TIERS.len() => self.cursor.first_at(tier + 1, None),
            None => self.cursor.into_log(),
        };
        Ok(page.next.is_none())
    }

    async fn listing(
        &mut self,
        to: halyard_protocol::hash::RightsVersion,
        place: Option<DocumentId>,
    ) -> Result<bool, RelayError> {
        let storage = &self.relay.storage;
        let rights = (self.cursor.rights, to);
        let page = storage.listing(self.reader, self.cursor.position, rights, place, self.left).await?;
        let page = page.ok_or(RelayError::UnknownWorkspace)?;
        self.take(page.entries);
        self.cursor = match page.next {
            Some(place) => self.cursor.listed_to(to, place),
            None => self.cursor.listed(to),
        };
        Ok(page.next.is_none())
    }

    async fn log(&mut self, moment: &Moment) -> Result<(), RelayError> {
        if self.cursor.position == moment.workspace.head {
            self.complete = true;
            return Ok(());
        }
        let storage = &self.relay.storage;
        let page =
            storage.news(self.reader, self.cursor.position, self.cursor.rights, self.own, self.left).await?;
        let page = page.ok_or(RelayError::UnknownWorkspace)?;
        self.take(page.entries);
        self.cursor = self.cursor.advanced(page.position, page.running);
        self.complete = page.complete;
        Ok(())
    }

    fn take(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            if let Some((document, word)) = Word::of(&entry) {
                if self.told.get(&document).is_some_and(|told| told.covers(word)) {
                    continue;
                }
                self.told.insert(document, word);
            }
            self.left = self.left.saturating_sub(entry_bytes(&entry));
            self.entries.push(entry);
        }
    }
}
