//! What the driver makes of a stored answer.

use halyard_domain::id::EpochId;

use super::{Context, Done, Driver, Offer, Output, Trouble};
use crate::enrol::Standing;
use crate::hash::Position;

/// How often within one round the relay may start something over before that counts as a failure.
const REPEATS: u32 = 3;

impl Driver {
    pub(super) fn done(&mut self, done: Done, context: &Context) {
        self.under_way = None;
        self.failures = 0;
        self.failed_at = None;
        self.skew_repeated = false;
        match done {
            Done::Standing(standing) => {
                self.standing_needed = false;
                // This answer is not signed: a revoked device hears the relay's signed word from the pull.
                self.standing = if standing == Standing::Revoked { Standing::Active } else { standing };
                self.pull_needed |= self.standing == Standing::Active;
            }
            Done::Pushed { epoch, chain_holds, advanced } => {
                self.saw_epoch(epoch);
                if !chain_holds {
                    return self.begin_incarnation(context);
                }
                if !advanced && !self.may_repeat() {
                    return self.give_up(Trouble::NoProgress, None, context);
                }
            }
            Done::Pulled { epoch, position, complete, chain_holds } => {
                self.pulled(epoch, position, complete, context);
                if !chain_holds {
                    return self.begin_incarnation(context);
                }
            }
            Done::Offered { epoch, differing } => {
                self.saw_epoch_in_offer(epoch);
                self.offer = Offer::Comparing { epoch, buckets: differing };
            }
            Done::Listed { epoch, buckets } => self.listed(epoch, &buckets),
            Done::Fetched { epoch, advanced, incident } => {
                self.saw_epoch(epoch);
                if incident && self.offer == Offer::NotDue {
                    self.offer = Offer::Due;
                }
                if !advanced && !self.may_repeat() {
                    return self.give_up(Trouble::NoProgress, None, context);
                }
            }
        }
        self.go_on(context);
    }

    fn pulled(&mut self, epoch: EpochId, position: Position, complete: bool, context: &Context) {
        if self.epoch.is_none() {
            // First sync brings everything: comparing it the same day would only cost.
            self.epoch = Some(epoch);
            self.next_offer = context.now.plus_ms(self.settings.offer_wait_ms(context.jitter));
        } else {
            self.saw_epoch(epoch);
        }
        self.position = position;
        // The end of a first sync is asked once more: only that tells the relay that all of it has arrived,
        // and IT that this device lacks nothing.
        self.pull_needed = !complete || self.last_full.is_none();
        if complete {
            self.last_full = Some(context.now);
        }
    }

    fn listed(&mut self, epoch: EpochId, done: &[u8]) {
        match &mut self.offer {
            Offer::Comparing { epoch: begun, buckets } if *begun == epoch => {
                buckets.retain(|bucket| !done.contains(bucket));
            }
            // The log began anew between the two phases: what was compared says nothing any more.
            Offer::Comparing { .. } | Offer::Due | Offer::NotDue => {
                self.offer = Offer::Due;
                self.adopts = true;
            }
        }
    }

    /// Any answer may be the first from a new epoch.
    fn saw_epoch(&mut self, epoch: EpochId) {
        let comparing = matches!(&self.offer, Offer::Comparing { epoch: begun, .. } if *begun == epoch);
        if self.epoch.is_some_and(|known| known != epoch) && !comparing {
            self.offer = Offer::Due;
            self.adopts = true;
        }
    }

    fn saw_epoch_in_offer(&mut self, epoch: EpochId) {
        self.adopts |= self.epoch.is_some_and(|known| known != epoch);
    }

    /// Whether something may start over once more in this round.
    pub(super) const fn may_repeat(&mut self) -> bool {
        self.repeats = self.repeats.saturating_add(1);
        self.repeats <= REPEATS
    }

    pub(super) fn begin_incarnation(&mut self, context: &Context) {
        if !self.may_repeat() {
            return self.give_up(Trouble::NoProgress, None, context);
        }
        self.push_needed = true;
        self.out.push(Output::BeginIncarnation);
        self.go_on(context);
    }
}
