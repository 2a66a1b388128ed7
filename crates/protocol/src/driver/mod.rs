//! When a device talks to its relay, and about what.
//!
//! A state machine without I/O: [`Driver::handle`] takes what happened with the time, a random number and
//! what is pending in the store, and answers what to do. The caller sends the request it is told to, stores
//! the answer in one transaction, and only then reports it. One request is under way at a time.
//!
//! It promises: what is unsent goes before a newer cursor is presented; pages are pulled until there are no
//! more; a new epoch is answered with an offer and hand-over; after any failure it tries again, later and
//! later but always; nothing but the relay's signed word makes it ask for a purge, and never while work can
//! be sent. What the relay deferred does not keep the records on a revoked device; it goes on to be sent.

mod answer;
mod failure;
mod rhythm;
mod types;

use halyard_domain::id::EpochId;

use crate::enrol::Standing;
use crate::hash::Position;
use crate::time::UnixMs;

pub use rhythm::{Jitter, Settings};
pub use types::{
    Activity, Context, Done, Failure, Identity, Input, Output, Pending, Remembered, Request, State, Status,
    Trouble,
};

/// Most buckets whose lists go into one request.
const BUCKETS_AT_ONCE: usize = 32;

/// How far an offer is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Offer {
    NotDue,
    Due,
    /// Digests were compared in this epoch; the lists of these buckets are still to be sent.
    Comparing {
        epoch: EpochId,
        buckets: Vec<u8>,
    },
}

/// The live socket, as far as the driver knows.
#[derive(Debug, Clone, Copy, Default)]
struct Live {
    opened: Option<UnixMs>,
    /// How often it closed soon after it was opened.
    failures: u32,
    /// When it may be opened again.
    again: Option<UnixMs>,
}

/// The sync driver of a device.
#[derive(Debug, Clone)]
pub struct Driver {
    identity: Identity,
    settings: Settings,
    standing: Standing,
    /// The epoch of the cursor in the store.
    epoch: Option<EpochId>,
    position: Position,
    clock_offset_ms: i64,
    last_full: Option<UnixMs>,
    next_offer: UnixMs,
    under_way: Option<Request>,
    pull_needed: bool,
    standing_needed: bool,
    offer: Offer,
    /// Whether the offer's cursor replaces the stored one when all it asked for is done.
    adopts: bool,
    live: Live,
    wake_at: Option<UnixMs>,
    /// When the log is asked for without any other cause; edits do not put it off.
    next_poll: Option<UnixMs>,
    failures: u32,
    failed_at: Option<UnixMs>,
    /// Whether an edit may bring the next try forward: nobody asked to wait.
    may_hurry: bool,
    /// A push must follow, whatever was pending: a new incarnation has just begun.
    push_needed: bool,
    /// Starts over in this round: adoptions, new incarnations, pushes without progress.
    repeats: u32,
    skew_repeated: bool,
    /// The purge was asked for: once.
    purged: bool,
    shown: Option<Status>,
    out: Vec<Output>,
}

impl Driver {
    /// A driver that goes on from what the store remembers.
    #[must_use]
    pub fn new(identity: Identity, settings: Settings, remembered: &Remembered) -> Self {
        Self {
            identity,
            settings,
            standing: remembered.standing,
            epoch: remembered.epoch,
            position: Position(0),
            clock_offset_ms: remembered.clock_offset_ms,
            last_full: remembered.last_full,
            next_offer: remembered.last_offer.map_or(UnixMs(0), |last| last.plus_ms(settings.offer_every_ms)),
            under_way: None,
            pull_needed: false,
            standing_needed: false,
            offer: Offer::NotDue,
            adopts: false,
            live: Live::default(),
            wake_at: None,
            next_poll: None,
            failures: 0,
            failed_at: None,
            may_hurry: false,
            push_needed: false,
            repeats: 0,
            skew_repeated: false,
            purged: false,
            shown: None,
            out: Vec::new(),
        }
    }

    /// What to add to the device's clock to get the relay's; requests are signed with that time.
    #[must_use]
    pub const fn clock_offset_ms(&self) -> i64 {
        self.clock_offset_ms
    }

    /// Whether a purge was asked for: the relay revoked this device.
    #[must_use]
    pub const fn is_purged(&self) -> bool {
        self.purged
    }

    /// Whether nothing will be asked for any more: the device is purged, and nothing made on it waits for
    /// another try.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.purged && self.under_way.is_none() && self.wake_at.is_none()
    }

    /// Takes what happened and answers what to do, in order.
    #[must_use]
    pub fn handle(&mut self, input: Input, context: &Context) -> Vec<Output> {
        match input {
            Input::Started | Input::Asked => self.wake(context),
            Input::Edited => self.edited(context),
            Input::Hint { epoch, position } => {
                self.live.failures = 0;
                if self.epoch != Some(epoch) || position > self.position {
                    self.wake(context);
                }
            }
            Input::NetworkReturned => {
                self.failures = 0;
                self.failed_at = None;
                self.wake(context);
            }
            Input::LiveClosed => self.live_closed(context),
            Input::Revoked(revocation) => self.revoked(&revocation, context),
            Input::Tick => self.tick(context),
            Input::Done(done) => self.done(done, context),
            Input::Failed(failure) => self.failed(failure, context),
        }
        std::mem::take(&mut self.out)
    }

    fn wake(&mut self, context: &Context) {
        self.pull_needed = true;
        self.standing_needed = true;
        self.next_poll = None;
        self.offer_if_due(context);
        self.go_on(context);
    }

    fn tick(&mut self, context: &Context) {
        let longest = self.settings.longest_wait_ms();
        match self.wake_at {
            // A clock that was set back must not put the next try off for years.
            Some(at) if context.now < at && at.ms_since(context.now) <= longest => self.sleep_until(at),
            Some(_) | None => self.wake(context),
        }
    }

    /// An edit is sent at once; after a failure it only brings the next try forward.
    fn edited(&mut self, context: &Context) {
        match (self.failed_at, self.wake_at) {
            (None, _) => self.go_on(context),
            (Some(failed), Some(at)) if self.may_hurry => {
                let patient = failed.plus_ms(self.settings.edit_patience_ms).max(context.now);
                self.sleep_until(at.min(patient));
            }
            (Some(_), _) => {}
        }
    }

    /// Tries the socket again later, and asks for what it may have missed.
    fn live_closed(&mut self, context: &Context) {
        let lasted = self.live.opened.map_or(0, |opened| context.now.ms_since(opened));
        let failures = if lasted >= self.settings.poll_ms { 0 } else { self.live.failures };
        let again = context.now.plus_ms(self.settings.back_off(failures, context.jitter));
        self.live = Live { opened: None, failures: failures.saturating_add(1), again: Some(again) };
        if self.failed_at.is_none() && !self.is_over() {
            self.next_poll = Some(self.next_poll.map_or(again, |at| at.min(again)));
            self.sleep_until(self.wake_at.map_or(again, |at| at.min(again)));
        }
    }

    fn offer_if_due(&mut self, context: &Context) {
        let until = self.next_offer.ms_since(context.now);
        let set_back = until > self.settings.offer_every_ms.saturating_mul(2);
        if self.epoch.is_some() && (until <= 0 || set_back) && self.offer == Offer::NotDue {
            self.offer = Offer::Due;
        }
    }

    /// Sends the next request, or ends the round.
    fn go_on(&mut self, context: &Context) {
        if self.under_way.is_some() {
            return;
        }
        if self.next_poll.is_some_and(|at| at <= context.now) {
            self.next_poll = None;
            self.pull_needed = true;
        }
        match self.next_request(context) {
            Some(request) => {
                self.wake_at = None;
                self.show(State::Working(request.activity()));
                self.under_way = Some(request.clone());
                self.out.push(Output::Send(request));
            }
            None => self.end_round(context),
        }
    }

    fn next_request(&mut self, context: &Context) -> Option<Request> {
        let pending = context.pending;
        match self.standing {
            Standing::Accepted => return self.standing_needed.then_some(Request::EnrolmentStatus),
            Standing::Revoked => {
                let push = std::mem::take(&mut self.push_needed) || pending.unsent;
                return push.then_some(Request::Push);
            }
            Standing::Active => {}
        }
        if self.adopts && self.offer == Offer::Due {
            return Some(Request::OfferDigests);
        }
        if let Offer::Comparing { buckets, .. } = &self.offer
            && !buckets.is_empty()
        {
            let buckets = buckets.iter().copied().take(BUCKETS_AT_ONCE).collect();
            return Some(Request::OfferLists { buckets });
        }
        if std::mem::take(&mut self.push_needed) || pending.unsent || pending.handover {
            return Some(Request::Push);
        }
        if pending.fetch {
            return Some(Request::Fetch);
        }
        if let Offer::Comparing { epoch, .. } = self.offer {
            self.end_offer(epoch, context);
        }
        if self.pull_needed {
            return Some(Request::Pull);
        }
        (self.offer == Offer::Due).then_some(Request::OfferDigests)
    }

    /// Everything the offer asked for is sent and fetched.
    fn end_offer(&mut self, epoch: EpochId, context: &Context) {
        self.offer = Offer::NotDue;
        self.next_offer = context.now.plus_ms(self.settings.offer_wait_ms(context.jitter));
        self.out.push(Output::OfferDone);
        if self.adopts {
            self.adopts = false;
            self.epoch = Some(epoch);
            self.pull_needed = true;
            self.out.push(Output::AdoptCursor);
        }
    }

    fn end_round(&mut self, context: &Context) {
        self.repeats = 0;
        self.standing_needed = false;
        match self.standing {
            Standing::Accepted => {
                self.show(State::AwaitingConfirmation);
                self.sleep_until_poll(self.settings.confirm_poll_ms, context);
            }
            Standing::Revoked => {
                let pending = context.pending;
                self.show(State::Revoked);
                if !pending.blobs && !std::mem::replace(&mut self.purged, true) {
                    self.out.push(Output::Purge);
                }
                self.wake_at = None;
                if pending.blobs || pending.deferred {
                    self.sleep_until_poll(self.settings.poll_wait_ms(false, context.jitter), context);
                }
            }
            Standing::Active => {
                self.show(State::Idle);
                if self.live.opened.is_none() && self.live.again.is_none_or(|at| at <= context.now) {
                    self.live.opened = Some(context.now);
                    self.out.push(Output::OpenLive);
                }
                // What failed may be well again before the socket may be opened: it is not forgotten until
                // the next usual poll.
                let usual = self.settings.poll_wait_ms(self.live.opened.is_some(), context.jitter);
                let wait = match self.live {
                    Live { opened: None, again: Some(again), .. } => usual.min(again.ms_since(context.now)),
                    _ => usual,
                };
                self.sleep_until_poll(wait, context);
            }
        }
    }

    fn sleep_until_poll(&mut self, wait_ms: i64, context: &Context) {
        let usual = context.now.plus_ms(wait_ms);
        let at = *self.next_poll.get_or_insert(usual);
        self.sleep_until(at);
    }

    fn sleep_until(&mut self, at: UnixMs) {
        if self.under_way.is_none() {
            self.wake_at = Some(at);
            self.out.push(Output::SleepUntil(at));
        }
    }

    fn show(&mut self, state: State) {
        // A device without records is not at work again because it still hands something over.
        let state = if self.purged { State::Revoked } else { state };
        let status = Status { state, last_full: self.last_full };
        if self.shown.as_ref() != Some(&status) {
            self.shown = Some(status.clone());
            self.out.push(Output::Show(status));
        }
    }
}

#[cfg(test)]
mod tests;
