//! The list of what a person was told at once: a bubble that was missed is found here.
//!
//! Kept in this device's database over restarts, as it was told at that moment. What was told in a form
//! that this version no longer reads is left out.

use serde::Serialize;

use crate::app::App;
use crate::device::Device;
use crate::error::DeviceError;
use crate::notices::Notice;
use crate::screens::ScreenError;
use crate::screens::status::Nothing;

/// Something that was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NoticeLine {
    /// What.
    pub notice: Notice,
    /// When, by this device's clock, Unix milliseconds.
    pub told_ms: i64,
    /// Nobody has looked at the list since.
    pub is_new: bool,
}

impl Device {
    /// Keeps what the person is told now. The first of them counts as the newest: it stands on top of the list, and
    /// stays longest in it.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_notices(&self, notices: &[Notice]) -> Result<(), DeviceError> {
        let bodies = notices.iter().rev().filter_map(|notice| serde_json::to_string(notice).ok()).collect();
        Ok(self.store.keep_notices(bodies, self.surroundings.now_ms())?)
    }
}

/// What was told, the newest first; at most 200.
///
/// # Errors
/// When the store cannot be read.
pub fn notices(app: &App, _: &Nothing) -> Result<Vec<NoticeLine>, ScreenError> {
    let kept = app.device().store.notices().map_err(DeviceError::from)?;
    let read = kept.into_iter().filter_map(|kept| {
        let notice = serde_json::from_str(&kept.body).ok()?;
        Some(NoticeLine { notice, told_ms: kept.told_ms, is_new: !kept.is_seen })
    });
    Ok(read.collect())
}

/// Somebody has looked at the list.
///
/// # Errors
/// When nothing can be saved.
pub fn notices_seen(app: &App, _: &Nothing) -> Result<Nothing, ScreenError> {
    app.device().store.notices_seen().map_err(DeviceError::from)?;
    Ok(Nothing {})
}

#[cfg(test)]
mod tests {
    use halyard_domain::id::DocumentId;
    use halyard_domain::time::{Instant, TimeWindow};

    use crate::notices::{MyVisit, Notice};

    #[test]
    fn what_was_told_is_read_as_it_was_told() {
        let at = |seconds: i64| Instant::new(1_800_000_000 + seconds, 120).unwrap();
        let window = TimeWindow::new(at(0), at(3600)).unwrap();
        let now =
            MyVisit {
                label: "V-1".into(), customer: Some("ОСББ «Ґанок»".into()), window: Some(window)
            };
        let visit = DocumentId::new_at(1_800_000_000_000, [7; 10]);
        let told = Notice::VisitMoved { visit, from: Some(window), now };
        let kept = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<Notice>(&kept).unwrap(), told);
    }
}
