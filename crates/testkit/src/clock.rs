//! A clock a test moves, and random bytes that never repeat within a life and are the same in every run.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use halyard_device::Surroundings;

/// 2026-03-02 09:00 in Kyiv, a Monday, in Unix milliseconds.
const MONDAY_MORNING_MS: i64 = 1_772_434_800_000;

/// The surroundings of a device. Clones share the clock and the bytes.
#[derive(Debug, Clone)]
pub struct TestClock {
    now_ms: Arc<AtomicI64>,
    count: Arc<AtomicU64>,
}

impl TestClock {
    /// Monday morning in the `life`th life of a device: other lives get other random bytes.
    #[must_use]
    pub fn monday(life: u64) -> Self {
        let count = Arc::new(AtomicU64::new(life << 32));
        Self { now_ms: Arc::new(AtomicI64::new(MONDAY_MORNING_MS)), count }
    }

    /// Moves the clock by milliseconds, backwards when negative.
    pub fn move_by_ms(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Surroundings for TestClock {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }
    fn offset_minutes(&self) -> i32 {
        120
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        let count = self.count.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        bytes.iter_mut().zip(count.iter().rev().cycle()).for_each(|(byte, value)| *byte = *value);
    }
}
