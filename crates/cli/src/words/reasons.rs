//! Why the office did not accept work, and why an import refused a row.

use halyard_device::import::refusal::{Reason as CellReason, Refusal};
use halyard_device::protocol::reason::Reason;
use halyard_device::protocol::receipt::{Outcome, Receipt};

use super::messages::Say;
use super::seen::Seen;
use super::{Lang, column_of_file, words};

/// Why the office did not accept work, and what becomes of it.
pub(crate) fn receipt(receipt: &Receipt, lang: Lang) -> String {
    let why = receipt.reason.as_ref().map(|reason| reason_of(reason, lang)).unwrap_or_default();
    let then = match receipt.outcome {
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
            "Роботу буде надіслано ще раз.",
            "The work will be sent again.",
            "Работа будет отправлена ещё раз.",
        ),
        Outcome::Malformed => words(
            "Робота лишається на пристрої. Повідомте ІТ-фахівця.",
            "The work stays on the device. Tell your IT specialist.",
            "Работа остаётся на устройстве. Сообщите ИТ-специалисту.",
        ),
    };
    [why.as_str(), then.in_lang(lang)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn reason_of(reason: &Reason, lang: Lang) -> String {
    let said = match reason {
        Reason::NotAllowed => words(
            "Ваша роль не дозволяє змінювати це поле.",
            "Your role does not let you write this field.",
            "Ваша роль не позволяет менять это поле.",
        ),
        Reason::OutOfSight => words(
            "Цей запис вам більше не видно.",
            "You no longer see this record.",
            "Эта запись вам больше не видна.",
        ),
        Reason::RelayOnly => words(
            "Це поле пише лише сервер обміну.",
            "Only the relay writes this field.",
            "Это поле пишет только сервер обмена.",
        ),
        Reason::OthersRow => words(
            "Це рядок іншої людини: його виправляє автор або перевіряючий.",
            "The row is somebody else's: its author or a reviewer corrects it.",
            "Это строка другого человека: её исправляет автор или проверяющий.",
        ),
        Reason::ConflictNotYours => words(
            "Поле потребує рішення, і вирішує інша людина.",
            "The field needs a decision, and somebody else decides.",
            "Поле требует решения, и решает другой человек.",
        ),
        Reason::DeviceRevoked => {
            words("Пристрій було відкликано.", "The device was revoked.", "Устройство было отозвано.")
        }
        Reason::EmployeeDismissed => words(
            "Автора зміни звільнено.",
            "The author of the change was dismissed.",
            "Автор изменения уволен.",
        ),
        Reason::NotARecord | Reason::Malformed(_) => words(
            "Дані не схожі на те, що пише програма.",
            "The data is not what the program writes.",
            "Данные не похожи на то, что пишет программа.",
        ),
        Reason::Behind { .. } => words(
            "Попередня робота над цим записом чекає на рішення.",
            "Earlier work on this record waits for a decision.",
            "Предыдущая работа над этой записью ждёт решения.",
        ),
        Reason::OlderGeneration { .. } | Reason::ReplacedWasMerged { .. } => words(
            "Запис на сервері тим часом змінився.",
            "The record on the relay changed meanwhile.",
            "Запись на сервере тем временем изменилась.",
        ),
        Reason::UnknownDependency { .. } => words(
            "На сервері ще немає того, на чому побудовано цю зміну.",
            "The relay does not have yet what this change builds on.",
            "На сервере ещё нет того, на чём построено это изменение.",
        ),
        Reason::NewerSchema => words(
            "Програма новіша за сервер обміну.",
            "The program is newer than the relay.",
            "Программа новее сервера обмена.",
        ),
        Reason::HandingOver => words(
            "Сервер обміну відновлюють.",
            "The relay is being restored.",
            "Сервер обмена восстанавливают.",
        ),
        Reason::Erased => words(
            "Персональні дані з цього запису видалено, і ці зміни разом з ними.",
            "Personal data was erased from the record, and these changes with it.",
            "Персональные данные из этой записи удалены, и эти изменения вместе с ними.",
        ),
        Reason::Declined { answer } => return Say::Declined { answer }.say(lang),
        Reason::Other(code) => return Say::UnknownReason { code }.say(lang),
    };
    said.in_lang(lang).to_owned()
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
        CellReason::WrongLength { found, expected } => Seen::RowWrongLength { found: *found, expected },
        CellReason::NotDigits => Seen::RowNotDigits,
        CellReason::ControlDigit => Seen::RowControlDigit,
        CellReason::NotAnIban => Seen::RowNotAnIban,
        CellReason::NotAPhone { text } => Seen::RowNotAPhone { text },
        CellReason::NotAnEmail { text } => Seen::RowNotAnEmail { text },
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
        CellReason::SerialInLine { line } => Seen::RowSerialInLine { line: *line },
    }
    .say(lang)
}
