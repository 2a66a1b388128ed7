//! What is wrong with a command as typed, and what would be right.

use super::catalogue::catalogue;

catalogue! {
    /// A mistake in a command.
    Usage<'a>
    NoDeviceName =>
        "Назвіть пристрій, щоб офіс упізнав його: --name \"планшет Олени\".",
        "Name the device, so that the office can tell it from others: --name \"Olena's tablet\".",
        "Назовите устройство, чтобы офис узнал его: --name \"планшет Елены\".";
    UnknownKind { text: &'a str, known: &'a str } =>
        "Виду записів «{text}» немає. Є: {known}.",
        "There is no kind of record \"{text}\". There are: {known}.",
        "Вида записей «{text}» нет. Есть: {known}.";
    NoValue { text: &'a str } =>
        "«{text}» не схоже на поле=значення.",
        "\"{text}\" is not a field=value.",
        "«{text}» не похоже на поле=значение.";
    UnknownField { kind: &'a str, name: &'a str, known: &'a str } =>
        "У виді {kind} немає поля «{name}». Є: {known}.",
        "The kind {kind} has no field \"{name}\". There are: {known}.",
        "В виде {kind} нет поля «{name}». Есть: {known}.";
    UnknownColumn { field: &'a str, name: &'a str, known: &'a str } =>
        "У рядках поля {field} немає колонки «{name}». Є: {known}.",
        "Rows of {field} have no column \"{name}\". There are: {known}.",
        "В строках поля {field} нет колонки «{name}». Есть: {known}.";
    IsRows { name: &'a str } =>
        "Поле {name} містить рядки. Додайте рядок: --add {name} колонка=значення,…",
        "The field {name} holds rows. Add one: --add {name} column=value,…",
        "Поле {name} содержит строки. Добавьте строку: --add {name} колонка=значение,…";
    IsEvents { name: &'a str, known: &'a str } =>
        "Поле {name} містить події. Додайте подію: --event what=… ({known})",
        "The field {name} holds events. Add one: --event what=… ({known})",
        "Поле {name} содержит события. Добавьте событие: --event what=… ({known})";
    IsText { name: &'a str } =>
        "Поле {name} містить довгий текст. Напишіть його: --text {name}=…",
        "The field {name} holds a long text. Write it: --text {name}=…",
        "Поле {name} содержит длинный текст. Напишите его: --text {name}=…";
    NotText { name: &'a str } =>
        "Поле {name} не містить довгого тексту. Напишіть {name}=значення без --text.",
        "The field {name} holds no long text. Write {name}=value without --text.",
        "Поле {name} не содержит длинного текста. Напишите {name}=значение без --text.";
    NotRows { name: &'a str, known: &'a str } =>
        "Поле {name} не містить рядків. Рядки є в: {known}.",
        "The field {name} holds no rows. Rows are in: {known}.",
        "Поле {name} не содержит строк. Строки есть в: {known}.";
    NoEvents { kind: &'a str } =>
        "У виді {kind} немає подій.",
        "The kind {kind} has no events.",
        "В виде {kind} нет событий.";
    EventWithoutWhat { known: &'a str } =>
        "Скажіть, що сталося: what=… Можливо: {known}.",
        "Say what happened: what=… Possible: {known}.",
        "Скажите, что произошло: what=… Возможно: {known}.";
    BadRow { text: &'a str } =>
        "«{text}» не схоже на поле/рядок. Номери рядків показує halyard show: works/2 або works/ідентифікатор.",
        "\"{text}\" is not a field/row. halyard show numbers the rows: works/2 or works/ID.",
        "«{text}» не похоже на поле/строка. Номера строк показывает halyard show: works/2 или works/идентификатор.";
    BadRowId { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібен ідентифікатор рядка, його показує halyard show --json.",
        "\"{text}\" does not fit {name}: the id of a row is needed; halyard show --json tells it.",
        "«{text}» не подходит к {name}: нужен идентификатор строки, его показывает halyard show --json.";
    BadChoice { name: &'a str, text: &'a str, known: &'a str } =>
        "«{text}» не підходить до {name}. Можливо: {known}.",
        "\"{text}\" does not fit {name}. Possible: {known}.",
        "«{text}» не подходит к {name}. Возможно: {known}.";
    BadBool { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}. Можливо: так, ні (yes, no).",
        "\"{text}\" does not fit {name}. Possible: yes, no.",
        "«{text}» не подходит к {name}. Возможно: да, нет (yes, no).";
    BadInt { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібне ціле число, наприклад 90.",
        "\"{text}\" does not fit {name}: a whole number is needed, like 90.",
        "«{text}» не подходит к {name}: нужно целое число, например 90.";
    BadMark { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібна оцінка від 1 до 5.",
        "\"{text}\" does not fit {name}: a mark from 1 to 5 is needed.",
        "«{text}» не подходит к {name}: нужна оценка от 1 до 5.";
    BadDecimal { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібне число, наприклад 1,5 або 1.5.",
        "\"{text}\" does not fit {name}: a number is needed, like 1.5.",
        "«{text}» не подходит к {name}: нужно число, например 1,5 или 1.5.";
    BadMoney { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібна сума з валютою, наприклад 1250,50 UAH.",
        "\"{text}\" does not fit {name}: an amount with a currency is needed, like 1250.50 UAH.",
        "«{text}» не подходит к {name}: нужна сумма с валютой, например 1250,50 UAH.";
    BadInstant { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібен час, наприклад 2026-03-02 09:00.",
        "\"{text}\" does not fit {name}: a time is needed, like 2026-03-02 09:00.",
        "«{text}» не подходит к {name}: нужно время, например 2026-03-02 09:00.";
    SkippedHour { name: &'a str, text: &'a str } =>
        "Часу «{text}» ({name}) не буває: тієї ночі годинник переводять уперед.",
        "There is no time \"{text}\" ({name}): the clock is put forward that night.",
        "Времени «{text}» ({name}) не бывает: в ту ночь часы переводят вперёд.";
    BadDate { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібна дата, наприклад 2026-03-02 або 02.03.2026.",
        "\"{text}\" does not fit {name}: a date is needed, like 2026-03-02 or 02.03.2026.",
        "«{text}» не подходит к {name}: нужна дата, например 2026-03-02 или 02.03.2026.";
    BadWindow { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: потрібен проміжок, наприклад 2026-03-02 09:00-11:30.",
        "\"{text}\" does not fit {name}: a window is needed, like 2026-03-02 09:00-11:30.",
        "«{text}» не подходит к {name}: нужен промежуток, например 2026-03-02 09:00-11:30.";
    BackwardWindow { name: &'a str, text: &'a str } =>
        "«{text}» не підходить до {name}: кінець раніше за початок.",
        "\"{text}\" does not fit {name}: it ends before it starts.",
        "«{text}» не подходит к {name}: конец раньше начала.";
    BadGroup { name: &'a str, example: &'a str } =>
        "Значення не підходить до {name}. Потрібен JSON, наприклад {example}.",
        "The value does not fit {name}. JSON is needed, like {example}.",
        "Значение не подходит к {name}. Нужен JSON, например {example}.";
    LinkNotFound { name: &'a str, text: &'a str, kind: &'a str } =>
        "«{text}» не підходить до {name}: такого запису ({kind}) на пристрої немає.",
        "\"{text}\" does not fit {name}: there is no such {kind} on this device.",
        "«{text}» не подходит к {name}: такой записи ({kind}) на устройстве нет.";
    LinkUnbuilt { name: &'a str, text: &'a str, kind: &'a str } =>
        "«{text}» не підходить до {name}: записів виду {kind} ця програма ще не має, назвіть ідентифікатор.",
        "\"{text}\" does not fit {name}: this program has no {kind} records yet, give an id.",
        "«{text}» не подходит к {name}: записей вида {kind} у этой программы ещё нет, назовите идентификатор.";
    NeverOverdue =>
        "Простроченими бувають лише виїзди (visit) й рекламації (complaint).",
        "Only visits and complaints can be overdue.",
        "Просроченными бывают только выезды (visit) и рекламации (complaint).";
    NotProposable { name: &'a str } =>
        "До поля {name} нічого не пропонують: події кожен пише за себе.",
        "Nothing is proposed for {name}: everybody writes their own events.",
        "К полю {name} ничего не предлагают: события каждый пишет за себя.";
    BadCondition { text: &'a str } =>
        "«{text}» не схоже на умову: поле=значення, поле=, поле!=, поле~частина, поле>=значення, поле<=значення, state=a,b.",
        "\"{text}\" is not a condition: field=value, field=, field!=, field~part, field>=value, field<=value, state=a,b.",
        "«{text}» не похоже на условие: поле=значение, поле=, поле!=, поле~часть, поле>=значение, поле<=значение, state=a,b.";
    BadCursor =>
        "Позначку сторінки не впізнано. Скопіюйте її з попередньої сторінки або почніть без --after.",
        "The page mark is not known. Copy it from the page before, or start without --after.",
        "Отметка страницы не распознана. Скопируйте её с предыдущей страницы или начните без --after.";
    TakeOutOfRange { count: usize } =>
        "Значень {count}: виберіть --take від 1 до {count}.",
        "There are {count} values: choose --take from 1 to {count}.",
        "Значений {count}: выберите --take от 1 до {count}.";
    NoChecklist =>
        "На чек-лист відповідають у виїзді: halyard edit V-2026-00034 --answer 2=так",
        "A checklist is answered in a visit: halyard edit V-2026-00034 --answer 2=yes",
        "На чек-лист отвечают в выезде: halyard edit V-2026-00034 --answer 2=да";
    NoSuchQuestion { text: &'a str, count: usize } =>
        "Питання «{text}» у чек-листі немає, усього питань: {count}. Номери показує halyard show.",
        "The checklist has no question \"{text}\"; it has {count}. halyard show tells their numbers.",
        "Вопроса «{text}» в чек-листе нет, всего вопросов: {count}. Номера показывает halyard show.";
    NotAnAnswer { question: &'a str, expected: &'a str } =>
        "Відповідь не підходить до питання {question}. Можливо: {expected}.",
        "The answer does not fit question {question}. Possible: {expected}.",
        "Ответ не подходит к вопросу {question}. Возможно: {expected}.";
    NothingToDo =>
        "Не сказано, що змінити. Приклад: halyard edit SC-2026-00012 priority=high",
        "Nothing to change was said. An example: halyard edit SC-2026-00012 priority=high",
        "Не сказано, что изменить. Пример: halyard edit SC-2026-00012 priority=high";
    WhyMissing =>
        "Скажіть чому: --why «помилковий рядок».",
        "Say why: --why \"a wrong row\".",
        "Скажите почему: --why «ошибочная строка».";
    Twice { name: &'a str } =>
        "Поле {name} названо двічі.",
        "The field {name} is named twice.",
        "Поле {name} названо дважды.";
    AnswerMissing =>
        "Скажіть авторові, чому його роботу відхилено: --answer «такий клієнт уже є».",
        "Tell the author why the work is declined: --answer \"this customer is here already\".",
        "Скажите автору, почему его работа отклонена: --answer «такой клиент уже есть».";
    NoPhotos =>
        "Фото бувають у виїзду (visit), рекламації (complaint) й об'єкта (equipment).",
        "Visits, complaints and equipment have photos.",
        "Фото бывают у выезда (visit), рекламации (complaint) и объекта (equipment).";
}
