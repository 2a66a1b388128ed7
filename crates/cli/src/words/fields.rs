//! What fields, columns of rows and columns of lists are called.
//!
//! One table for all kinds: a name means the same wherever it occurs. A test walks every schema, so a
//! field without words fails the build's tests.

use super::{Lang, Words, words};

const fn of(
    name: &'static str,
    uk: &'static str,
    en: &'static str,
    ru: &'static str,
) -> (&'static str, Words) {
    (name, words(uk, en, ru))
}

/// What a field or a column of a row is called; its own name when a newer version made it.
pub(crate) fn field(name: &str, lang: Lang) -> &str {
    find(FIELDS, name).map_or(name, |found| found.in_lang(lang))
}

/// What a column of a list is called.
pub(crate) fn list_column(name: &str, lang: Lang) -> String {
    let whole = find(LISTED, name).or_else(|| find(FIELDS, name));
    if let Some(found) = whole {
        return found.in_lang(lang).to_owned();
    }
    let part = PARTS.iter().find_map(|(ending, part)| {
        let base = find(FIELDS, name.strip_suffix(ending)?)?;
        Some(format!("{} ({})", base.in_lang(lang), part.in_lang(lang)))
    });
    part.unwrap_or_else(|| name.to_owned())
}

fn find(table: &[(&str, Words)], name: &str) -> Option<Words> {
    table.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
}

/// Columns that lists have beside the fields.
const LISTED: &[(&str, Words)] = &[
    of("id", "ідентифікатор", "id", "идентификатор"),
    of("label", "позначення", "label", "обозначение"),
    of("title", "назва", "title", "название"),
    of("state", "стан", "state", "состояние"),
    of("outcome", "результат", "outcome", "результат"),
    of("percent", "відсоток виконання", "percent complete", "процент выполнения"),
    of("conflicts", "потребує рішення", "needs a decision", "требует решения"),
    of("attention", "потребує уваги", "needs attention", "требует внимания"),
    of("withdrawal", "чому відкликано", "why withdrawn", "почему отозвано"),
    of("visits_planned", "заплановано виїздів", "visits planned", "запланировано выездов"),
    of("visits_completed", "виконано виїздів", "visits completed", "выполнено выездов"),
    of("next_visit_start", "наступний виїзд", "next visit", "следующий выезд"),
    of("visits_done", "було виїздів", "visits done", "было выездов"),
    of("last_visit_start", "останній виїзд", "last visit", "последний выезд"),
    of("open_complaints", "відкритих рекламацій", "open complaints", "открытых рекламаций"),
];

/// Columns that a field of several parts becomes.
const PARTS: &[(&str, Words)] = &[
    ("_start_offset", words("початок, пояс", "start, offset", "начало, пояс")),
    ("_end_offset", words("кінець, пояс", "end, offset", "конец, пояс")),
    ("_start", words("початок", "start", "начало")),
    ("_end", words("кінець", "end", "конец")),
    ("_offset", words("пояс", "offset", "пояс")),
    ("_minor", words("сума в копійках", "in minor units", "сумма в копейках")),
    ("_currency", words("валюта", "currency", "валюта")),
    ("_e6", words("у мільйонних", "in millionths", "в миллионных")),
    ("_key", words("ключ", "key", "ключ")),
];

const FIELDS: &[(&str, Words)] = &[
    of("abilities", "можливості", "abilities", "возможности"),
    of("access_notes", "як потрапити", "access notes", "как попасть"),
    of("accounts", "рахунки", "accounts", "счета"),
    of("action_kind", "вид дії", "action kind", "вид действия"),
    of("actions", "дії", "actions", "действия"),
    of("address_kind", "вид адреси", "address kind", "вид адреса"),
    of("addresses", "адреси", "addresses", "адреса"),
    of("administration", "адміністрування", "administration", "администрирование"),
    of("after", "замість відповідей", "replaces answers", "вместо ответов"),
    of("answer", "відповідь", "answer", "ответ"),
    of("answer_kind", "вид відповіді", "answer kind", "вид ответа"),
    of("at", "час", "time", "время"),
    of("author", "автор", "author", "автор"),
    of("bank", "банк", "bank", "банк"),
    of("basis", "підстава", "basis", "основание"),
    of("batch", "партія", "batch", "партия"),
    of("birthday", "день народження", "birthday", "день рождения"),
    of("by", "хто", "who", "кто"),
    of("calendar", "робочий календар", "calendar", "рабочий календарь"),
    of("calls", "дзвінки", "calls", "звонки"),
    of("caption", "підпис до фото", "caption", "подпись к фото"),
    of("card", "картка обслуговування", "service card", "карточка обслуживания"),
    of("card_heads", "версія картки", "card version", "версия карточки"),
    of("category", "вид обладнання", "category", "вид оборудования"),
    of("cause", "причина (словами)", "cause in words", "причина (словами)"),
    of("cause_code", "причина", "cause", "причина"),
    of("channel", "канал звернення", "channel", "канал обращения"),
    of("checklist", "чек-лист", "checklist", "чек-лист"),
    of("checklist_answers", "відповіді чек-листа", "checklist answers", "ответы чек-листа"),
    of("choices", "варіанти", "choices", "варианты"),
    of("class", "клас", "class", "класс"),
    of("classification", "класифікація", "classification", "классификация"),
    of("classifier", "класифікатор", "classifier", "классификатор"),
    of("code", "код", "code", "код"),
    of("comment", "коментар", "comment", "комментарий"),
    of("compensation", "компенсація", "compensation", "компенсация"),
    of("compensation_note", "що ще надаємо", "what else we give", "что ещё даём"),
    of("complaint_kind", "вид рекламації", "complaint kind", "вид рекламации"),
    of("complaints", "рекламації", "complaints", "рекламации"),
    of("consent_call", "згода на дзвінки", "consent to calls", "согласие на звонки"),
    of("consent_email", "згода на електронну пошту", "consent to e-mail", "согласие на электронную почту"),
    of("consent_post", "згода на листи", "consent to letters", "согласие на письма"),
    of("consent_sms", "згода на SMS", "consent to SMS", "согласие на SMS"),
    of("contact", "контактна особа", "contact person", "контактное лицо"),
    of("contact_note", "хто звернувся", "who complained", "кто обратился"),
    of("contacts", "контактні особи", "contact persons", "контактные лица"),
    of("containment", "негайні заходи", "containment", "немедленные меры"),
    of("contract", "договір", "contract", "договор"),
    of("coordinates", "координати", "coordinates", "координаты"),
    of("crew", "бригада", "crew", "бригада"),
    of("currency", "валюта", "currency", "валюта"),
    of("custom_values", "додаткові поля", "custom fields", "дополнительные поля"),
    of("customer", "контрагент", "customer", "контрагент"),
    of("customers", "контрагенти", "customers", "контрагенты"),
    of("decision", "рішення", "decision", "решение"),
    of("description", "опис", "description", "описание"),
    of("direction", "напрям", "direction", "направление"),
    of("directory", "довідник", "directory", "справочник"),
    of("document", "документ", "document", "документ"),
    of("documents", "документи", "documents", "документы"),
    of("done", "виконано", "done", "выполнено"),
    of("due", "строк", "due", "срок"),
    of("duration_minutes", "тривалість, хв", "duration, min", "длительность, мин"),
    of("emails", "електронна пошта", "e-mail", "электронная почта"),
    of("employee", "працівник", "employee", "сотрудник"),
    of("equipment", "об'єкт обслуговування", "equipment", "объект обслуживания"),
    of("events", "події", "events", "события"),
    of("expenses", "накладні витрати", "expenses", "накладные расходы"),
    of("facts_seen", "побачено фактів", "facts seen", "увидено фактов"),
    of("field", "поле", "field", "поле"),
    of("file", "файл", "file", "файл"),
    of("finance", "фінанси", "finance", "финансы"),
    of("findings", "виявлено", "findings", "выявлено"),
    of("given_name", "ім'я", "given name", "имя"),
    of("hours", "годин", "hours", "часов"),
    of("hours_per_unit", "годин на одиницю", "hours per unit", "часов на единицу"),
    of("iban", "рахунок (IBAN)", "account (IBAN)", "счёт (IBAN)"),
    of("image", "зображення", "image", "изображение"),
    of("installed", "встановлено", "installed", "установлено"),
    of("instructions", "вказівки", "instructions", "указания"),
    of("item", "пункт", "item", "пункт"),
    of("items", "пункти", "items", "пункты"),
    of("label", "назва місця", "place", "название места"),
    of("leader", "керівник команди", "leader", "руководитель команды"),
    of("left", "останній день", "last day", "последний день"),
    of("legal_name", "юридична назва", "legal name", "юридическое название"),
    of("logo", "логотип", "logo", "логотип"),
    of("main", "основний", "main", "основной"),
    of("manager", "керівник", "manager", "руководитель"),
    of("manufacturer", "виробник", "manufacturer", "производитель"),
    of("mark", "оцінка", "mark", "оценка"),
    of("marketing", "маркетинг", "marketing", "маркетинг"),
    of("maximum", "найбільше", "maximum", "наибольшее"),
    of("members", "робоча група", "members", "рабочая группа"),
    of("merged_into", "дублікат запису", "duplicate of", "дубликат записи"),
    of("message_kind", "вид повідомлення", "message kind", "вид сообщения"),
    of("messages", "повідомлення контрагенту", "messages", "сообщения контрагенту"),
    of("meter", "лічильник", "meter", "счётчик"),
    of("meters", "лічильники", "meters", "счётчики"),
    of("minimum", "найменше", "minimum", "наименьшее"),
    of("model", "модель", "model", "модель"),
    of("moment", "коли знято", "moment", "когда снято"),
    of("name", "назва", "name", "название"),
    of("name_en", "назва англійською", "name in English", "название по-английски"),
    of("name_ru", "назва російською", "name in Russian", "название по-русски"),
    of("next_card", "наступна картка", "next card", "следующая карточка"),
    of("note", "примітка", "note", "примечание"),
    of("notes", "примітки", "notes", "примечания"),
    of("number", "номер", "number", "номер"),
    of("parent", "входить до", "part of", "входит в"),
    of("parts", "запчастини", "parts", "запчасти"),
    of("path", "поле", "field", "поле"),
    of("patronymic", "по батькові", "patronymic", "отчество"),
    of("period", "період роботи", "period", "период работы"),
    of("periodicity", "періодичність", "periodicity", "периодичность"),
    of("phones", "телефони", "phones", "телефоны"),
    of("photo", "фото", "photo", "фото"),
    of("photos", "фотографії", "photos", "фотографии"),
    of("pinned", "закріплено", "pinned", "закреплено"),
    of("place", "де саме", "place", "где именно"),
    of("planned_works", "заплановані роботи", "planned works", "запланированные работы"),
    of("position", "посада або місце", "position", "должность или место"),
    of("postal_code", "поштовий індекс", "postal code", "почтовый индекс"),
    of("priority", "пріоритет", "priority", "приоритет"),
    of("product", "товар", "product", "товар"),
    of("products", "товари", "products", "товары"),
    of("project", "проєкт", "project", "проект"),
    of("projects", "проєкти", "projects", "проекты"),
    of("proposals", "пропозиції", "proposals", "предложения"),
    of("qr_tag", "QR-мітка", "QR tag", "QR-метка"),
    of("quantity", "кількість", "quantity", "количество"),
    of("rating", "оцінка", "rating", "оценка"),
    of("rating_comment", "коментар до оцінки", "rating comment", "комментарий к оценке"),
    of("readings", "показання лічильників", "readings", "показания счётчиков"),
    of("reason", "причина", "reason", "причина"),
    of("received", "отримано", "received", "получено"),
    of("received_at", "коли надійшла", "received at", "когда поступила"),
    of("recipient_category", "категорія отримувача", "recipient category", "категория получателя"),
    of("recommendations", "рекомендації", "recommendations", "рекомендации"),
    of("referred_by", "хто порекомендував", "referred by", "кто порекомендовал"),
    of("region", "регіон", "region", "регион"),
    of("regions", "регіони", "regions", "регионы"),
    of("registry_code", "код ЄДРПОУ або РНОКПП", "registry code (ЄДРПОУ)", "код ЕГРПОУ или РНУКПН"),
    of("reports", "звіти", "reports", "отчёты"),
    of("request", "звернення", "request", "обращение"),
    of("requests", "звернення і завдання", "requests", "обращения и задания"),
    of("required", "обов'язково", "required", "обязательно"),
    of("responsible", "відповідальний", "responsible", "ответственный"),
    of("retired", "не пропонується", "retired", "не предлагается"),
    of("returns", "повернення", "returns", "возвраты"),
    of("sales", "продажі", "sales", "продажи"),
    of("sent", "надіслано", "sent", "отправлено"),
    of("serial", "серійний номер", "serial number", "серийный номер"),
    of("service", "сервіс", "service", "сервис"),
    of("service_type", "вид обслуговування", "service type", "вид обслуживания"),
    of("settlement", "населений пункт", "settlement", "населённый пункт"),
    of("severity", "серйозність", "severity", "серьёзность"),
    of("signatories", "підписанти", "signatories", "подписанты"),
    of("signature_refusal", "відмова від підпису", "refusal to sign", "отказ от подписи"),
    of("signature_required", "потрібен підпис", "signature required", "нужна подпись"),
    of("signatures", "підписи", "signatures", "подписи"),
    of("site", "місце обслуговування", "service site", "место обслуживания"),
    of("skills", "навички", "skills", "навыки"),
    of("sla_policy", "норматив реагування", "SLA policy", "норматив реагирования"),
    of("source", "джерело", "source", "источник"),
    of("specialists", "спеціалісти", "specialists", "специалисты"),
    of("staff", "працівники", "staff", "сотрудники"),
    of("staff_private", "кадрові дані", "private staff data", "кадровые данные"),
    of("status", "статус", "status", "статус"),
    of("street", "вулиця, будинок", "street", "улица, дом"),
    of("subject", "об'єкт словами", "subject", "объект словами"),
    of("surname", "прізвище", "surname", "фамилия"),
    of("team", "команда", "team", "команда"),
    of("text", "текст", "text", "текст"),
    of("title", "назва", "title", "название"),
    of("unit", "одиниця виміру", "unit", "единица измерения"),
    of("value", "значення", "value", "значение"),
    of("vat_number", "ІПН платника ПДВ", "VAT number (ІПН)", "ИНН плательщика НДС"),
    of("vat_percent", "ставка ПДВ, %", "VAT, %", "ставка НДС, %"),
    of("visit", "виїзд", "visit", "выезд"),
    of("visit_heads", "версія виїзду", "visit version", "версия выезда"),
    of("vocative", "звертання", "salutation", "обращение"),
    of("volume", "обсяг", "volume", "объём"),
    of("warranty", "за гарантією", "under warranty", "по гарантии"),
    of("warranty_terms", "умови гарантії", "warranty terms", "условия гарантии"),
    of("warranty_until", "гарантія до", "warranty until", "гарантия до"),
    of("website", "сайт", "web site", "сайт"),
    of("weight", "вага", "weight", "вес"),
    of("what", "що сталося", "what happened", "что произошло"),
    of("who", "виконавець", "who", "исполнитель"),
    of("why", "чому", "why", "почему"),
    of("window", "запланований час", "planned window", "запланированное время"),
    of("wish", "чого хоче контрагент", "wish", "чего хочет контрагент"),
    of("withdrawn", "відкликано", "withdrawn", "отозвано"),
    of("work_kind", "вид робіт", "work kind", "вид работ"),
    of("working_hours", "робочі години", "working hours", "рабочие часы"),
    of("works", "виконані роботи", "works", "выполненные работы"),
];

#[cfg(test)]
mod tests {
    use halyard_device::domain::kind::Kind;
    use halyard_device::domain::records::schema;
    use halyard_device::domain::schema::row_column;
    use halyard_device::tables::tables::tables_of;

    use super::*;

    #[test]
    fn every_field_and_column_of_every_kind_has_its_words() {
        let mut missing: Vec<&str> = Vec::new();
        for field in Kind::ALL.iter().flat_map(|kind| schema(*kind).fields) {
            let columns = field.columns().unwrap_or_default().iter().map(|column| column.name);
            missing.extend(columns.chain([field.name]).filter(|name| find(FIELDS, name).is_none()));
        }
        let common = [row_column::BY, row_column::AT, row_column::WITHDRAWN, row_column::WHAT];
        missing.extend(common.iter().filter(|name| find(FIELDS, name).is_none()));
        missing.sort_unstable();
        missing.dedup();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn every_column_of_every_list_has_its_words() {
        let columns = Kind::ALL.iter().flat_map(|kind| &tables_of(*kind).main.columns);
        let bare: Vec<&str> = columns
            .map(|column| column.name.as_str())
            .filter(|name| name.contains('_') && list_column(name, Lang::Uk) == **name)
            .collect();
        assert_eq!(bare, Vec::<&str>::new());
    }

    #[test]
    fn no_name_stands_twice() {
        for table in [LISTED, FIELDS] {
            let mut names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}
