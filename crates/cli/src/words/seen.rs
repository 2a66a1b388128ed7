//! What is wrong with rows of a file, and what somebody should look at in a record.

use super::catalogue::catalogue;

catalogue! {
    /// Something found in data.
    Seen<'a>
    RowNoCustomer =>
        "не зрозуміло, чий це рядок: немає ні назви, ні відомого коду, телефону чи серійного номера",
        "nothing says whose row this is: neither a name nor a known code, phone or serial number",
        "непонятно, чья это строка: нет ни названия, ни известного кода, телефона или серийного номера";
    RowWrongLength { found: usize, expected: &'a str } =>
        "цифр {found}, а має бути {expected}",
        "{found} digits where {expected} belong",
        "цифр {found}, а должно быть {expected}";
    RowNotDigits => "тут можуть бути лише цифри", "only digits belong here", "здесь могут быть только цифры";
    RowControlDigit =>
        "контрольна цифра не сходиться: десь помилка в цифрі",
        "the control digit does not fit: a digit is mistyped",
        "контрольная цифра не сходится: где-то ошибка в цифре";
    RowNotAnIban =>
        "не схоже на рахунок: UA і 27 цифр",
        "not an account like UA and 27 digits",
        "не похоже на счёт: UA и 27 цифр";
    RowNotAPhone { text: &'a str } => "не телефон: {text}", "not a phone number: {text}", "не телефон: {text}";
    RowNotAnEmail { text: &'a str } =>
        "не електронна адреса: {text}",
        "not an e-mail address: {text}",
        "не электронный адрес: {text}";
    RowNotADate =>
        "не дата на зразок 31.12.2026 або 2026-12-31",
        "not a date like 31.12.2026 or 2026-12-31",
        "не дата вроде 31.12.2026 или 2026-12-31";
    RowNotCoordinates =>
        "не широта й довгота в градусах",
        "not a latitude and a longitude in degrees",
        "не широта и долгота в градусах";
    RowNotAStatus =>
        "не статус: потенційний, діючий чи колишній",
        "not a status: prospect, customer or former",
        "не статус: потенциальный, действующий или бывший";
    RowTooLong { most: usize } =>
        "довше за {most} знаків",
        "longer than {most} characters",
        "длиннее {most} знаков";
    RowWarrantyBefore =>
        "гарантія закінчується раніше за встановлення",
        "the warranty ends before the installation",
        "гарантия заканчивается раньше установки";
    RowEquipmentUnnamed =>
        "в обладнання немає ні назви, ні моделі, ні виробника, ні виду, ні серійного номера, ні мітки",
        "the equipment has no name, model, maker, sort, serial number or tag",
        "у оборудования нет ни названия, ни модели, ни производителя, ни вида, ни серийного номера, ни метки";
    RowSeveralCustomers { names: &'a str } =>
        "підходять кілька контрагентів: {names}",
        "several customers fit: {names}",
        "подходят несколько контрагентов: {names}";
    RowPhoneOfAnother { customer: &'a str } =>
        "телефон належить контрагенту {customer} з іншою назвою",
        "the phone is that of {customer}, which is called otherwise",
        "телефон принадлежит контрагенту {customer} с другим названием";
    RowSerialOfAnother { customer: &'a str } =>
        "серійний номер належить обладнанню контрагента {customer}",
        "the serial number is that of equipment of {customer}",
        "серийный номер принадлежит оборудованию контрагента {customer}";
    RowSerialInLine { line: usize } =>
        "рядок {line} дає цей серійний номер іншому контрагенту",
        "line {line} gives this serial number to another customer",
        "строка {line} даёт этот серийный номер другому контрагенту";
    RowNoHeading { text: &'a str } =>
        "клітинка «{text}» стоїть не під назвою колонки: зайвий роздільник у рядку або колонка без назви",
        "the cell \"{text}\" stands under no heading: a separator too many in the row, or a column without a name",
        "ячейка «{text}» стоит не под названием колонки: лишний разделитель в строке или колонка без названия";
    RowOpenQuote =>
        "лапки відкрито на початку клітинки й не закрито в її кінці; перевірте клітинки цього рядка",
        "a quote mark begins a cell and is not closed at its end; check the cells of this row",
        "кавычка открыта в начале ячейки и не закрыта в её конце; проверьте ячейки этой строки";
    RowBehindOpenQuote { line: usize } =>
        "можливо, це кінець клітинки з рядка {line}, де не закрито лапки; перевірте обидва рядки",
        "this may be the rest of a cell of line {line}, where a quote mark is not closed; check both lines",
        "возможно, это конец ячейки из строки {line}, где не закрыта кавычка; проверьте обе строки";
    RowLongCell { column: &'a str, most: usize } =>
        "клітинка колонки «{column}» довша за {most} знаків; скоротіть її або перевірте, чи файл цілий",
        "the cell of the column \"{column}\" is longer than {most} characters; shorten it, or check that the file is whole",
        "ячейка колонки «{column}» длиннее {most} знаков; сократите её или проверьте, цел ли файл";
    RowFailedFormula { text: &'a str } =>
        "формула дала помилку {text}; впишіть значення або очистьте клітинку",
        "a formula failed here: {text}; enter a value or clear the cell",
        "формула дала ошибку {text}; впишите значение или очистите ячейку";
    LookDecision { place: &'a str, decider: &'a str } =>
        "«{place}» потребує рішення; вирішує {decider}",
        "\"{place}\" needs a decision; {decider} decides",
        "«{place}» требует решения; решает {decider}";
    LookAnswersDiffer =>
        "на пункт чек-листа відповіли по-різному",
        "one item of the checklist was answered differently",
        "на пункт чек-листа ответили по-разному";
    LookUnreadable { place: &'a str } =>
        "значення «{place}» ця програма не читає; воно збережене",
        "this program cannot read the value of \"{place}\"; it is kept",
        "значение «{place}» эта программа не читает; оно сохранено";
    LookWorkOnCancelled { names: &'a str } =>
        "на скасованому виїзді працювали: {names}",
        "work was done on a cancelled visit: {names}",
        "на отменённом выезде работали: {names}";
    LookDoubleVisit { names: &'a str } =>
        "на виїзді працювали кілька людей, не всі за планом: {names}",
        "several people worked on the visit, not all of them planned: {names}",
        "на выезде работали несколько человек, не все по плану: {names}";
    LookLateFacts { count: usize } =>
        "записи, що надійшли після перевірки або закриття: {count}",
        "entries that came after the review or closing: {count}",
        "записи, поступившие после проверки или закрытия: {count}";
    LookUnanswered { count: usize } =>
        "виконано без відповідей на обов'язкові пункти: {count}",
        "completed without answers to required items: {count}",
        "выполнено без ответов на обязательные пункты: {count}";
    LookOutOfBounds { count: usize } =>
        "виміри поза межами, які дає чек-лист: {count}",
        "measurements outside the bounds the checklist gives: {count}",
        "измерения вне границ, заданных чек-листом: {count}";
    LookOutOfOrder { act: &'a str, state: &'a str } =>
        "подія «{act}» не випливає зі стану «{state}»",
        "the event \"{act}\" does not follow from the state \"{state}\"",
        "событие «{act}» не следует из состояния «{state}»";
    LookClosedTooEarly { missing: &'a str } =>
        "закрито передчасно, бракує: {missing}",
        "closed too early, missing: {missing}",
        "закрыто преждевременно, не хватает: {missing}";
}
