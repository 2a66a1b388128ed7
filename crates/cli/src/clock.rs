//! What the clock on the wall here says: the offset of a moment, and moments as people type them.

use chrono::{Local, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use halyard_device::domain::time::Instant;
use halyard_device::{Surroundings as _, ThisMachine};

/// Where the wall is.
pub(crate) trait Wall {
    /// Minutes east of UTC at a local time; `None` when the clock skips it.
    fn offset_minutes(&self, local: NaiveDateTime) -> Option<i32>;

    /// Minutes east of UTC at a moment.
    fn offset_at(&self, unix_seconds: i64) -> i32;

    /// Now.
    fn now(&self) -> Instant;

    /// The moment the wall shows `local`; the earlier one when it shows it twice.
    fn instant(&self, local: NaiveDateTime) -> Option<Instant> {
        let offset = self.offset_minutes(local)?;
        let unix = local.and_utc().timestamp() - i64::from(offset) * 60;
        Instant::new(unix, offset).ok()
    }

    /// The moment as the wall here shows it.
    fn at(&self, unix_seconds: i64) -> Instant {
        Instant::new(unix_seconds, self.offset_at(unix_seconds)).unwrap_or_else(|_| Instant::epoch())
    }
}

/// The wall of this machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThisWall;

impl Wall for ThisWall {
    fn offset_minutes(&self, local: NaiveDateTime) -> Option<i32> {
        match Local.offset_from_local_datetime(&local) {
            MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
                Some(offset.fix().local_minus_utc() / 60)
            }
            MappedLocalTime::None => None,
        }
    }

    fn now(&self) -> Instant {
        ThisMachine.now()
    }

    fn offset_at(&self, unix_seconds: i64) -> i32 {
        let moment = chrono::DateTime::from_timestamp(unix_seconds, 0);
        moment.map_or(0, |moment| {
            Local.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc() / 60
        })
    }
}
