//! A clock a test can move, with the machine's own randomness.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use halyard_device::{Surroundings, ThisMachine};

/// The machine's clock, moved by so many milliseconds. Kyiv's winter offset.
#[derive(Debug, Clone, Default)]
pub struct MovableClock(Arc<AtomicI64>);

impl MovableClock {
    /// Moves the clock from now on; earlier when negative.
    pub fn move_by_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Surroundings for MovableClock {
    fn now_ms(&self) -> i64 {
        ThisMachine.now_ms() + self.0.load(Ordering::SeqCst)
    }
    fn offset_minutes(&self) -> i32 {
        120
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        ThisMachine.fill_random(bytes);
    }
}
