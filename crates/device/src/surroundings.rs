//! Where the device is: its clock, its offset from UTC, its source of randomness.
//!
//! The only place of the device that asks the machine for either. Everything else takes them from
//! here, so that tests run at a fixed time and give the same ids again.

use halyard_domain::time::Instant;

/// A clock and a source of random bytes.
pub trait Surroundings: Send + Sync + 'static {
    /// Unix milliseconds by this machine's clock, right or wrong.
    fn now_ms(&self) -> i64;

    /// Minutes east of UTC on the wall here.
    fn offset_minutes(&self) -> i32;

    /// Fills `bytes` with bytes nobody can guess.
    fn fill_random(&self, bytes: &mut [u8]);

    /// Ten random bytes, as time-ordered ids need them.
    fn random10(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.fill_random(&mut bytes);
        bytes
    }

    /// Now, as a person here reads it off the wall. The epoch when the clock is beyond all years.
    fn now(&self) -> Instant {
        let seconds = self.now_ms().div_euclid(1000);
        Instant::new(seconds, self.offset_minutes()).unwrap_or_else(|_| Instant::epoch())
    }
}

impl Surroundings for std::sync::Arc<dyn Surroundings> {
    fn now_ms(&self) -> i64 {
        self.as_ref().now_ms()
    }
    fn offset_minutes(&self) -> i32 {
        self.as_ref().offset_minutes()
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        self.as_ref().fill_random(bytes);
    }
}

/// The machine the program runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThisMachine;

impl Surroundings for ThisMachine {
    #[expect(clippy::disallowed_methods, reason = "the one place where the device reads the clock")]
    fn now_ms(&self) -> i64 {
        chrono::Utc::now().timestamp_millis()
    }

    #[expect(clippy::disallowed_methods, reason = "the one place where the device reads the offset")]
    fn offset_minutes(&self) -> i32 {
        chrono::Local::now().offset().local_minus_utc() / 60
    }

    #[expect(clippy::expect_used, reason = "without randomness no key and no id may be made")]
    fn fill_random(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the system gives random bytes");
    }
}
