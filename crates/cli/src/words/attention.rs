//! What somebody should look at in a record, as one line each.

use halyard_device::domain::rules::Attention;

use super::seen::Seen;
use super::{Lang, Worded, field};

/// One item. `person` names the people in it.
pub(crate) fn attention(item: &Attention, lang: Lang, names: &str) -> String {
    match item {
        Attention::NeedsDecision { path, decider } => {
            let place = match &path.column {
                Some(column) => format!("{}: {}", field(&path.field, lang), field(column, lang)),
                None => field(&path.field, lang).to_owned(),
            };
            Seen::LookDecision { place: &place, decider: decider.say(lang) }.say(lang)
        }
        Attention::AnswersDiffer { .. } => Seen::LookAnswersDiffer.say(lang),
        Attention::Unreadable { path } => Seen::LookUnreadable { place: field(&path.field, lang) }.say(lang),
        Attention::WorkOnCancelled { .. } => Seen::LookWorkOnCancelled { names }.say(lang),
        Attention::DoubleVisit { .. } => Seen::LookDoubleVisit { names }.say(lang),
        Attention::LateFacts { count, .. } => Seen::LookLateFacts { count: *count }.say(lang),
        Attention::CompletedUnanswered { items } => Seen::LookUnanswered { count: items.len() }.say(lang),
        Attention::OutOfBounds { items } => Seen::LookOutOfBounds { count: items.len() }.say(lang),
        Attention::VisitOutOfOrder { act, state, .. } => {
            Seen::LookOutOfOrder { act: act.say(lang), state: state.say(lang) }.say(lang)
        }
        Attention::CardOutOfOrder { act, state, .. } => {
            Seen::LookOutOfOrder { act: act.say(lang), state: state.say(lang) }.say(lang)
        }
        Attention::ComplaintOutOfOrder { act, state, .. } => {
            Seen::LookOutOfOrder { act: act.say(lang), state: state.say(lang) }.say(lang)
        }
        Attention::ClosedTooEarly { missing } => {
            let missing: Vec<&str> = missing.iter().map(|one| one.say(lang)).collect();
            Seen::LookClosedTooEarly { missing: &missing.join(", ") }.say(lang)
        }
    }
}
