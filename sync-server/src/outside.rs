//! What the relay takes from the machine: the time and random bytes.
//!
//! Everything else in the relay receives both as values, so that a test or a simulation can decide
//! them. Time is Unix milliseconds of the relay's own clock; no right, order or number depends on it,
//! only the age of codes and the fortnight for which a lost right is still honoured.

use std::fmt;
use std::sync::Arc;

/// The relay's clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

/// The relay's source of random bytes.
#[derive(Clone)]
pub struct Chance(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(|| {
            #[expect(clippy::disallowed_methods, reason = "the one place where the relay reads the clock")]
            let now = std::time::SystemTime::now();
            let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        }))
    }

    /// A clock that says what `now` says.
    #[must_use]
    pub fn told_by(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn unix_ms(&self) -> u64 {
        (self.0)()
    }
}

impl Chance {
    /// The operating system's.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(|bytes| {
            #[expect(
                clippy::expect_used,
                reason = "without randomness there are no keys, and nothing may go on"
            )]
            getrandom::fill(bytes).expect("the operating system gives random bytes");
        }))
    }

    /// Bytes that `fill` decides.
    #[must_use]
    pub fn told_by(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chance")
    }
}
