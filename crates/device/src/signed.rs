//! What was written after a customer had signed: «після підпису».
//!
//! A signature names the heads of the visit that were on the screen. What is not in their past was not
//! before the customer's eyes, also when somebody wrote it earlier on another device.

use std::collections::BTreeSet;

use halyard_domain::hash::ChangeHash;
use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::Visit;
use halyard_records::{Document, HistoryEntry, Written};

/// The changes no standing signature covers; `None` when nobody has signed.
pub(crate) fn beyond_signatures(opened: &Document, reading: &Reading) -> Option<BTreeSet<ChangeHash>> {
    if reading.kind != Visit::KIND {
        return None;
    }
    let visit = Visit::read(reading);
    let beyond = visit.signatures.standing().filter(|row| !row.value.visit_heads.is_empty()).map(|row| {
        let heads: Vec<ChangeHash> =
            row.value.visit_heads.iter().filter_map(|head| head.parse().ok()).collect();
        opened.beyond(&heads).into_iter().collect::<BTreeSet<_>>()
    });
    beyond.reduce(|one, other| one.intersection(&other).copied().collect())
}

/// True of what the customer signs for: facts and texts. The signature itself, the customer's mark, what
/// the relay writes and the office's own steps are beside that.
pub(crate) fn is_signed_for(entry: &HistoryEntry) -> bool {
    let field = entry.path.field.as_str();
    let signed = [
        Visit::WORKS.name,
        Visit::PARTS.name,
        Visit::READINGS.name,
        Visit::CHECKLIST_ANSWERS.name,
        Visit::FINDINGS.name,
        Visit::RECOMMENDATIONS.name,
        Visit::PHOTOS.name,
    ];
    signed.contains(&field) && !matches!(&entry.what, Written::Value { from, to } if from.contains(to))
}
