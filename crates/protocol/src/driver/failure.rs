//! What the driver makes of a failed request.

use super::{Context, Driver, Failure, Offer, Output, State, Trouble};
use crate::certificate::Revocation;
use crate::enrol::Standing;
use crate::problem::{ErrorCode, Problem};
use crate::signed::Signed;
use crate::time::UnixMs;

/// A difference between the clocks smaller than this was not why a request was refused.
const SKEW_WORTH_A_REPEAT_MS: i64 = 1_000;

impl Driver {
    pub(super) fn failed(&mut self, failure: Failure, context: &Context) {
        match failure {
            Failure::Unreachable => self.give_up(Trouble::Unreachable, None, context),
            Failure::NotARelay => self.give_up(Trouble::NotARelay, None, context),
            Failure::OtherRelay => self.give_up(Trouble::OtherRelay, None, context),
            Failure::Forged => self.give_up(Trouble::Forged, None, context),
            Failure::DeviceFull => self.give_up(Trouble::DeviceFull, None, context),
            Failure::Problem(problem) => self.problem(*problem, context),
        }
    }

    fn problem(&mut self, problem: Problem, context: &Context) {
        let retry_after = problem.retry_after_s;
        match (problem.code, problem.now, problem.revocation) {
            (ErrorCode::ClockSkew, Some(relay_now), _) => self.skewed(relay_now, context),
            (ErrorCode::ClockSkew, None, _) => self.give_up(Trouble::Clock, None, context),
            (ErrorCode::ProtocolNotSpoken, ..) => {
                self.give_up(Trouble::Protocol(problem.versions), None, context);
            }
            (ErrorCode::DeviceRevoked, _, Some(revocation)) => self.revoked(&revocation, context),
            (ErrorCode::DeviceRevoked, _, None) | (ErrorCode::WorkspaceUnknown, ..) => {
                self.give_up(Trouble::OtherRelay, None, context);
            }
            (ErrorCode::DeviceNotActive, ..) => {
                self.under_way = None;
                self.standing = Standing::Accepted;
                self.go_on(context);
            }
            (ErrorCode::SignatureWrong | ErrorCode::SignatureMissing, ..) => {
                self.give_up(Trouble::NotRecognised, None, context);
            }
            (ErrorCode::NewEpoch | ErrorCode::CursorNotValid, ..) => self.offer_anew(context),
            (ErrorCode::HandingOver, ..) if self.must_hand_over(problem.epoch) => self.offer_anew(context),
            (ErrorCode::ChainBroken, ..) => {
                self.under_way = None;
                self.begin_incarnation(context);
            }
            (code @ (ErrorCode::HandingOver | ErrorCode::StorageFull | ErrorCode::ReadOnly), ..)
            | (code @ (ErrorCode::Busy | ErrorCode::TooManyRequests | ErrorCode::Internal), ..) => {
                self.give_up(Trouble::RelayUnable(code), retry_after, context);
            }
            (code, ..) => self.give_up(Trouble::Unexpected(code), retry_after, context),
        }
    }

    /// Keeps the difference between the clocks and repeats the request, once.
    fn skewed(&mut self, relay_now: UnixMs, context: &Context) {
        let offset = relay_now.ms_since(context.now);
        let same = offset.saturating_sub(self.clock_offset_ms).saturating_abs() < SKEW_WORTH_A_REPEAT_MS;
        let Some(request) = self.under_way.clone().filter(|_| !self.skew_repeated && !same) else {
            return self.give_up(Trouble::Clock, None, context);
        };
        self.skew_repeated = true;
        self.clock_offset_ms = offset;
        self.out.push(Output::RememberClockOffset(offset));
        self.out.push(Output::Send(request));
    }

    /// Believes only the relay's signed word about this very device.
    pub(super) fn revoked(&mut self, revocation: &Revocation, context: &Context) {
        let ours = revocation.workspace == self.identity.workspace
            && revocation.device == self.identity.device
            && revocation.verify(&self.identity.relay).is_ok();
        if !ours {
            return self.give_up(Trouble::OtherRelay, None, context);
        }
        if self.standing == Standing::Revoked {
            // Even handing over was refused: what is unsent stays, and is offered again later.
            return self.give_up(Trouble::RelayUnable(ErrorCode::DeviceRevoked), None, context);
        }
        self.standing = Standing::Revoked;
        self.under_way = None;
        self.go_on(context);
    }

    fn must_hand_over(&self, epoch: Option<halyard_domain::id::EpochId>) -> bool {
        epoch.is_some() && self.epoch.is_some() && epoch != self.epoch && self.offer == Offer::NotDue
    }

    /// The stored cursor is of no use: compare everything, hand over, and go on from a new one.
    fn offer_anew(&mut self, context: &Context) {
        if !self.may_repeat() {
            return self.give_up(Trouble::NoProgress, None, context);
        }
        self.under_way = None;
        self.offer = Offer::Due;
        self.adopts = true;
        self.go_on(context);
    }

    /// Ends the round and tries again later; what was to be done stays to be done.
    pub(super) fn give_up(&mut self, trouble: Trouble, retry_after_s: Option<u32>, context: &Context) {
        let asked = i64::from(retry_after_s.unwrap_or(0)).saturating_mul(1_000);
        let usual = self.settings.back_off(self.failures, context.jitter);
        let wait = match &trouble {
            Trouble::Protocol(_) | Trouble::OtherRelay | Trouble::Forged | Trouble::NotRecognised => {
                self.settings.slow_ms
            }
            Trouble::Unreachable
            | Trouble::NotARelay
            | Trouble::Clock
            | Trouble::DeviceFull
            | Trouble::RelayUnable(_)
            | Trouble::Unexpected(_)
            | Trouble::NoProgress => usual.max(asked).min(self.settings.slow_ms),
        };
        self.may_hurry = matches!(trouble, Trouble::Unreachable | Trouble::NotARelay);
        self.under_way = None;
        self.next_poll = None;
        self.repeats = 0;
        self.skew_repeated = false;
        self.failures = self.failures.saturating_add(1);
        self.failed_at = Some(context.now);
        let until = context.now.plus_ms(wait);
        self.show(State::Waiting { until, trouble });
        self.sleep_until(until);
    }
}
