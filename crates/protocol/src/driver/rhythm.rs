//! How long the driver waits: between rounds, after failures, between offers.

/// A random number from 0 to 1000 that the caller brings, so that devices do not all come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter(u16);

impl Jitter {
    /// Takes any random number.
    #[must_use]
    pub const fn from_random(random: u16) -> Self {
        Self(random % 1001)
    }

    /// This part of `span`, from nothing to all of it.
    fn of(self, span: i64) -> i64 {
        span.saturating_mul(i64::from(self.0)) / 1000
    }
}

/// The waits of a driver, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The longest wait after the first failure; doubled at each further one.
    pub back_off_ms: i64,
    /// The longest wait after any number of failures: no longer than between rounds without a live socket, for a
    /// question that fails costs no more than one that is answered.
    pub back_off_most_ms: i64,
    /// How soon after a failure an edit brings the next try.
    pub edit_patience_ms: i64,
    /// The wait when only people can help: another protocol, another relay.
    pub slow_ms: i64,
    /// Between rounds without a live socket.
    pub poll_ms: i64,
    /// Between rounds with one.
    pub poll_live_ms: i64,
    /// Between questions whether IT has confirmed the device.
    pub confirm_poll_ms: i64,
    /// Between offers.
    pub offer_every_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            back_off_ms: 1_000,
            back_off_most_ms: 60_000,
            edit_patience_ms: 5_000,
            slow_ms: 60 * 60_000,
            poll_ms: 60_000,
            poll_live_ms: 10 * 60_000,
            confirm_poll_ms: 5_000,
            offer_every_ms: 24 * 60 * 60_000,
        }
    }
}

impl Settings {
    /// The wait after so many earlier failures: between half and all of a doubling span.
    pub(super) fn back_off(&self, failures: u32, jitter: Jitter) -> i64 {
        let doubled = self.back_off_ms.saturating_mul(1_i64 << failures.min(30));
        let span = doubled.min(self.back_off_most_ms);
        span / 2 + jitter.of(span - span / 2)
    }

    /// The wait between rounds, up to a quarter more by chance.
    pub(super) fn poll_wait_ms(&self, live: bool, jitter: Jitter) -> i64 {
        let wait = if live { self.poll_live_ms } else { self.poll_ms };
        wait + jitter.of(wait / 4)
    }

    /// The wait until the next offer, up to an eighth less by chance.
    pub(super) fn offer_wait_ms(&self, jitter: Jitter) -> i64 {
        self.offer_every_ms - jitter.of(self.offer_every_ms / 8)
    }

    /// No wait is longer than this, so a longer one means that the clock was set back.
    pub(super) fn longest_wait_ms(&self) -> i64 {
        self.slow_ms.max(self.poll_live_ms).max(self.back_off_most_ms).saturating_mul(2)
    }
}
