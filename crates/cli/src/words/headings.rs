//! Short words over columns and before values.

use super::{Words, words};

pub(crate) const YES: Words = words("так", "yes", "да");
pub(crate) const NO: Words = words("ні", "no", "нет");
pub(crate) const KIND: Words = words("вид", "kind", "вид");
pub(crate) const ID: Words = words("ідентифікатор", "id", "идентификатор");
pub(crate) const LABEL: Words = words("позначення", "label", "обозначение");
pub(crate) const TITLE: Words = words("назва", "title", "название");
pub(crate) const WHEN: Words = words("коли", "when", "когда");
pub(crate) const ARRIVED: Words = words("в офісі", "in the office", "в офисе");
pub(crate) const AFTER_SIGNATURE: Words = words("після підпису", "after signature", "после подписи");
pub(crate) const WHO: Words = words("хто", "who", "кто");
pub(crate) const DEVICE: Words = words("пристрій", "device", "устройство");
pub(crate) const FIELD: Words = words("поле", "field", "поле");
pub(crate) const FROM: Words = words("було", "from", "было");
pub(crate) const TO: Words = words("стало", "to", "стало");
pub(crate) const COLUMN: Words = words("колонка", "column", "колонка");
pub(crate) const MEANING: Words = words("зміст", "meaning", "содержание");
pub(crate) const STANDING: Words = words("де ваша робота", "where your work is", "где ваша работа");
pub(crate) const NEEDS_DECISION: Words = words("Потребує рішення", "Needs a decision", "Требует решения");
pub(crate) const NEEDS_ATTENTION: Words = words("Потребує уваги", "Needs attention", "Требует внимания");
pub(crate) const DERIVED: Words = words("Обчислено", "Computed", "Вычислено");
pub(crate) const WITHDRAWN: Words = words("відкликано", "withdrawn", "отозвано");
pub(crate) const ORGANISATION: Words = words("організація", "organisation", "организация");
pub(crate) const EMPLOYEE: Words = words("працівник", "employee", "сотрудник");
pub(crate) const RELAY: Words = words("сервер обміну", "relay", "сервер обмена");
pub(crate) const OFFICE: Words = words("офіс", "the office", "офис");
pub(crate) const PIN: Words = words("відбиток сервера", "relay pin", "отпечаток сервера");
pub(crate) const LAST_SYNC: Words = words("остання синхронізація", "last sync", "последняя синхронизация");
pub(crate) const PROFILE: Words = words("папка профілю", "profile folder", "папка профиля");
pub(crate) const PROTECTION: Words = words("захист", "protection", "защита");
pub(crate) const BY_PASSPHRASE: Words = words("парольна фраза", "passphrase", "парольная фраза");
pub(crate) const BY_DEMO_KEY: Words = words("демонстраційний ключ", "demo key", "демонстрационный ключ");
pub(crate) const RECORDS: Words = words("записів", "records", "записей");
pub(crate) const SECTION: Words = words("розділ", "section", "раздел");
pub(crate) const READS: Words = words("бачите", "you see", "видите");
pub(crate) const WRITES: Words = words("змінюєте дані", "you write the data of", "меняете данные");
pub(crate) const MAY: Words = words("Також можна", "You may also", "Также можно");
pub(crate) const MAKES: Words = words("Створюєте", "You make", "Создаёте");
pub(crate) const ROLES: Words = words("ролі", "roles", "роли");
pub(crate) const WHY: Words = words("чому", "why", "почему");
pub(crate) const ENTERED: Words = words("введено", "entered", "введено");
pub(crate) const ENVELOPE: Words = words("пакет", "envelope", "пакет");
pub(crate) const PART: Words = words("що", "what", "что");
pub(crate) const LINE: Words = words("рядок", "line", "строка");
pub(crate) const OUTCOME: Words = words("буде", "will be", "будет");
pub(crate) const MADE: Words = words("створено", "made", "создано");
pub(crate) const THERE: Words = words("уже є", "already there", "уже есть");
pub(crate) const COMPLETED: Words = words("доповнено", "completed", "дополнено");
pub(crate) const REASONS: Words = words("Чому не взято", "Why not taken", "Почему не взято");
pub(crate) const ERROR: Words = words("Помилка", "Error", "Ошибка");
pub(crate) const NOTHING: Words = words("(порожньо)", "(empty)", "(пусто)");
pub(crate) const ONCE: Words = words("один раз", "once", "один раз");
pub(crate) const THIS_DEVICE: Words = words("цей пристрій", "this device", "это устройство");
pub(crate) const UNKNOWN: Words = words("невідомо", "unknown", "неизвестно");
pub(crate) const WARRANTY: Words = words("гарантія", "warranty", "гарантия");
pub(crate) const YES_NO_OR_NEITHER: Words =
    words("так, ні, н/з (не застосовно)", "yes, no, n/a", "да, нет, н/п (не применимо)");
pub(crate) const NOT_APPLICABLE: Words = words("н/з", "n/a", "н/п");
pub(crate) const ANSWERS_DIFFER: Words =
    words("різні відповіді, дайте одну", "answers differ, give one", "разные ответы, дайте один");
pub(crate) const OVERDUE: Words = words("прострочено", "overdue", "просрочено");
pub(crate) const COUNTS_NO_MORE: Words =
    words("відкликано або дублікат", "withdrawn or a duplicate", "отозвано или дубликат");
