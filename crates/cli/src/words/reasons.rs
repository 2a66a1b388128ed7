//! Why the office did not accept work, and why an import refused a row.

use halyard_device::import::refusal::{Reason as CellReason, Refusal};
use halyard_device::protocol::reason::Reason;
use halyard_device::protocol::receipt::{Outcome, Receipt};

use super::objections::miswritten;
use super::office::Office;
use super::seen::Seen;
use super::{Lang, column_of_file, words};

/// Why the office did not accept work, and what becomes of it.
pub(crate) fn receipt(receipt: &Receipt, lang: Lang) -> String {
    let why = receipt.reason.as_ref().map(|why| reason(why, lang)).unwrap_or_default();
    if receipt.reason == Some(Reason::Erased) {
        return why;
    }
    let decided = matches!(receipt.reason, Some(Reason::Declined { .. }));
    let then = match receipt.outcome {
        _ if decided => words(
            "Введене збережено в цьому переліку.",
            "What was entered is kept in this list.",
            "Введённое сохранено в этом списке.",
        ),
        Outcome::Accepted => words("Прийнято.", "Accepted.", "Принято."),
        Outcome::Quarantined => words(
            "Робота зберігається в офісі, там вирішать, чи прийняти її.",
            "The work is kept in the office, which decides whether to accept it.",
            "Работа хранится в офисе, там решат, принять ли её.",
        ),
        Outcome::Blocked => words(
            "Робота зберігається в офісі й чекає на рішення щодо попередньої.",
            "The work is kept in the office and waits for the decision about what it builds on.",
            "Работа хранится в офисе и ждёт решения о предыдущей.",
        ),
        Outcome::Stale => words(
            "Запис тим часом розпочато заново; роботу буде внесено ще раз.",
            "The record was begun anew meanwhile; the work is entered again.",
            "Запись тем временем начата заново; работа будет внесена ещё раз.",
        ),
        Outcome::Deferred => words(
            "Програма надішле роботу ще раз сама.",
            "The program sends the work again by itself.",
            "Программа отправит работу ещё раз сама.",
        ),
        Outcome::Malformed => words(
            "Робота лишається на пристрої.",
            "The work stays on the device.",
            "Работа остаётся на устройстве.",
        ),
    };
    [why.as_str(), then.in_lang(lang)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Why the office did not accept work, said to its author.
pub(crate) fn reason(why: &Reason, lang: Lang) -> String {
    let said = match why {
        Reason::NotAllowed => Office::NotAllowed,
        Reason::OutOfSight => Office::OutOfSight,
        Reason::RelayOnly => Office::RelayOnly,
        Reason::OthersRow => Office::OthersRow,
        Reason::ConflictNotYours => Office::ConflictNotYours,
        Reason::DeviceRevoked => Office::DeviceRevoked,
        Reason::EmployeeDismissed => Office::EmployeeDismissed,
        Reason::NotARecord | Reason::Malformed(_) => Office::NotARecord,
        Reason::Behind { .. } => Office::Behind,
        Reason::OlderGeneration { .. } | Reason::ReplacedWasMerged { .. } => Office::OlderGeneration,
        Reason::UnknownDependency { .. } => Office::UnknownDependency,
        Reason::NewerSchema => Office::NewerSchema,
        Reason::HandingOver => Office::HandingOver,
        Reason::RelayBusy => Office::RelayBusy,
        Reason::DocumentUnreadable => Office::DocumentUnreadable,
        Reason::Erased => Office::Erased,
        Reason::Declined { answer } => Office::Declined { answer },
        Reason::Other(code) => Office::Unknown { code },
    };
    said.say(lang)
}

/// What is wrong with a cell or a row of an imported file.
pub(crate) fn refused_cell(refusal: &Refusal, lang: Lang) -> String {
    let why = cell_reason(&refusal.reason, lang);
    match refusal.column {
        Some(column) => format!("{}: {why}", column_of_file(column).in_lang(lang)),
        None => why,
    }
}

fn cell_reason(reason: &CellReason, lang: Lang) -> String {
    match reason {
        CellReason::NoCustomer => Seen::RowNoCustomer,
        CellReason::Miswritten(wrong) => return miswritten(wrong, lang),
        CellReason::NotADate => Seen::RowNotADate,
        CellReason::NotCoordinates => Seen::RowNotCoordinates,
        CellReason::NotAStatus => Seen::RowNotAStatus,
        CellReason::TooLong { most } => Seen::RowTooLong { most: *most },
        CellReason::WarrantyBeforeInstallation => Seen::RowWarrantyBefore,
        CellReason::EquipmentUnnamed => Seen::RowEquipmentUnnamed,
        CellReason::SeveralCustomers { candidates } => {
            return Seen::RowSeveralCustomers { names: &candidates.join(", ") }.say(lang);
        }
        CellReason::PhoneOfAnother { customer } => Seen::RowPhoneOfAnother { customer },
        CellReason::SerialOfAnother { customer } => Seen::RowSerialOfAnother { customer },
        CellReason::NoHeading { text } => Seen::RowNoHeading { text },
        CellReason::OpenQuote => Seen::RowOpenQuote,
        CellReason::BehindOpenQuote { line } => Seen::RowBehindOpenQuote { line: *line },
        CellReason::LongCell { column, most } => Seen::RowLongCell { column, most: *most },
        CellReason::FailedFormula { text } => Seen::RowFailedFormula { text },
        CellReason::SerialInLine { line } => Seen::RowSerialInLine { line: *line },
    }
    .say(lang)
}
