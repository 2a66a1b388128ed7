//! How often strangers may try an enrolment code.
//!
//! A code is 40 bits and lives ten minutes, so guessing needs many tries; this makes them few. Two
//! bounds hold together: everybody's tries in a minute, and tries of one code while it lives. Both
//! are counted before the database is asked, so guessing costs the relay nothing.
//!
//! Memory is bounded by the first bound: no more codes are remembered than may be tried.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Tries of everybody are counted over this time.
const MINUTE: Duration = Duration::from_secs(60);
/// Tries of one code are counted over the life of a code.
const CODE_LIFE: Duration = Duration::from_secs(600);
/// A person mistypes; a sixth time they ask for a new code.
const TRIES_OF_ONE_CODE: u32 = 5;

/// The counters.
#[derive(Debug)]
pub(super) struct EnrolTries {
    per_minute: u32,
    minute: Window,
    code_life: Window,
    of_code: HashMap<String, u32>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    tries: u32,
}

/// Come again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooManyTries {
    /// After this long.
    pub(super) retry_after: Duration,
}

impl EnrolTries {
    /// Counters that allow `per_minute` tries of everybody together.
    pub(super) fn new(per_minute: u32, now: Instant) -> Self {
        let window = || Window { began: now, tries: 0 };
        Self { per_minute, minute: window(), code_life: window(), of_code: HashMap::new() }
    }

    /// Counts a try of `code`.
    pub(super) fn count(&mut self, code: &str, now: Instant) -> Result<(), TooManyTries> {
        if self.minute.has_passed(MINUTE, now) {
            self.minute = Window { began: now, tries: 0 };
        }
        if self.code_life.has_passed(CODE_LIFE, now) {
            self.code_life = Window { began: now, tries: 0 };
            self.of_code.clear();
        }
        if self.minute.tries >= self.per_minute {
            return Err(self.minute.too_many(MINUTE, now));
        }
        self.minute.tries += 1;
        let tries = self.of_code.entry(code.to_owned()).or_default();
        if *tries >= TRIES_OF_ONE_CODE {
            return Err(self.code_life.too_many(CODE_LIFE, now));
        }
        *tries += 1;
        Ok(())
    }
}

impl Window {
    fn has_passed(&self, length: Duration, now: Instant) -> bool {
        now.saturating_duration_since(self.began) >= length
    }

    fn too_many(&self, length: Duration, now: Instant) -> TooManyTries {
        TooManyTries { retry_after: length.saturating_sub(now.saturating_duration_since(self.began)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_tried_five_times_in_its_life() {
        let start = Instant::now();
        let mut tries = EnrolTries::new(60, start);
        for _ in 0..5 {
            assert_eq!(tries.count("ABCD1234", start), Ok(()));
        }
        assert!(tries.count("ABCD1234", start + Duration::from_secs(599)).is_err());
        assert_eq!(tries.count("ABCD1234", start + Duration::from_secs(600)), Ok(()));
    }

    #[test]
    fn everybody_together_can_try_so_many_codes_a_minute_and_is_told_when_to_come_again() {
        let start = Instant::now();
        let mut tries = EnrolTries::new(3, start);
        for code in ["A", "B", "C"] {
            assert_eq!(tries.count(code, start), Ok(()));
        }
        let refused = tries.count("D", start + Duration::from_secs(20)).unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(40));
        assert_eq!(tries.count("D", start + Duration::from_secs(60)), Ok(()));
    }

    #[test]
    fn guessing_for_hours_does_not_fill_the_memory() {
        let start = Instant::now();
        let mut tries = EnrolTries::new(10, start);
        for second in 0..7_200_u64 {
            let _counted = tries.count(&format!("{second}"), start + Duration::from_secs(second));
        }
        assert!(tries.of_code.len() <= 100);
    }
}
