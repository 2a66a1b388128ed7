//! Why the office did not accept work.

use super::catalogue::catalogue;

catalogue! {
    /// A reason of the office.
    Office<'a>
    NotAllowed =>
        "Ваша роль не дозволяє змінювати це поле.",
        "Your role does not let you write this field.",
        "Ваша роль не позволяет менять это поле.";
    OutOfSight =>
        "Цей запис вам більше не видно.",
        "You no longer see this record.",
        "Эта запись вам больше не видна.";
    RelayOnly =>
        "Це поле пише лише сервер обміну.",
        "Only the relay writes this field.",
        "Это поле пишет только сервер обмена.";
    OthersRow =>
        "Це рядок іншої людини: його виправляє автор або перевіряючий.",
        "The row is somebody else's: its author or a reviewer corrects it.",
        "Это строка другого человека: её исправляет автор или проверяющий.";
    ConflictNotYours =>
        "Поле потребує рішення, і вирішує інша людина.",
        "The field needs a decision, and somebody else decides.",
        "Поле требует решения, и решает другой человек.";
    DeviceRevoked =>
        "Пристрій було відкликано.",
        "The device was revoked.",
        "Устройство было отозвано.";
    EmployeeDismissed =>
        "Автора зміни звільнено.",
        "The author of the change was dismissed.",
        "Автор изменения уволен.";
    NotARecord =>
        "Сервер обміну не зміг прочитати цю роботу. Це не ваша помилка, і введене збережено. Повідомте ІТ-фахівця.",
        "The relay could not read this work. It is no mistake of yours, and what you entered is kept. Tell your IT specialist.",
        "Сервер обмена не смог прочитать эту работу. Это не ваша ошибка, и введённое сохранено. Сообщите ИТ-специалисту.";
    Behind =>
        "Попередня робота над цим записом чекає на рішення.",
        "Earlier work on this record waits for a decision.",
        "Предыдущая работа над этой записью ждёт решения.";
    OlderGeneration =>
        "Запис на сервері тим часом змінився.",
        "The record on the relay changed meanwhile.",
        "Запись на сервере тем временем изменилась.";
    UnknownDependency =>
        "На сервері ще немає того, на чому побудовано цю зміну.",
        "The relay does not have yet what this change builds on.",
        "На сервере ещё нет того, на чём построено это изменение.";
    NewerSchema =>
        "Програма новіша за сервер обміну.",
        "The program is newer than the relay.",
        "Программа новее сервера обмена.";
    HandingOver =>
        "Сервер обміну відновлюють.",
        "The relay is being restored.",
        "Сервер обмена восстанавливают.";
    RelayBusy =>
        "Сервер обміну перевантажений і не встиг об'єднати цю роботу. Робити нічого не треба.",
        "The relay is too busy and had no time to merge this work. There is nothing to do.",
        "Сервер обмена перегружен и не успел объединить эту работу. Делать ничего не нужно.";
    DocumentUnreadable =>
        "Запис на сервері обміну пошкоджено. Повідомте ІТ-фахівця.",
        "The record is damaged on the relay. Tell your IT specialist.",
        "Запись на сервере обмена повреждена. Сообщите ИТ-специалисту.";
    Erased =>
        "Персональні дані з цього запису видалено, і ці зміни разом з ними.",
        "Personal data was erased from the record, and these changes with it.",
        "Персональные данные из этой записи удалены, и эти изменения вместе с ними.";
    Declined { answer: &'a str } =>
        "Перевіряючий відхилив: «{answer}».",
        "A reviewer declined it: \"{answer}\".",
        "Проверяющий отклонил: «{answer}».";
    Unknown { code: &'a str } =>
        "Причина: {code}.",
        "The reason: {code}.",
        "Причина: {code}.";
}
