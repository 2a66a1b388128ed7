//! What commands print when they have done something.

use super::catalogue::catalogue;

catalogue! {
    /// A line of output.
    Tell<'a>
    Saved { label: &'a str } =>
        "Збережено на цьому пристрої: {label}. Офіс отримає це під час синхронізації.",
        "Saved on this device: {label}. The office receives it with the next sync.",
        "Сохранено на этом устройстве: {label}. Офис получит это при синхронизации.";
    NothingChanged { label: &'a str } =>
        "Усе вже було так: {label}. Нічого не змінено.",
        "Everything stood there already: {label}. Nothing was changed.",
        "Всё уже было так: {label}. Ничего не изменено.";
    Proposed { place: &'a str } =>
        "Пропозицію до поля «{place}» збережено. Її побачить той, хто змінює це поле.",
        "The proposal for \"{place}\" is saved. Whoever writes that field will see it.",
        "Предложение к полю «{place}» сохранено. Его увидит тот, кто меняет это поле.";
    Decided { place: &'a str } =>
        "Рішення щодо поля «{place}» збережено на цьому пристрої.",
        "The decision about \"{place}\" is saved on this device.",
        "Решение по полю «{place}» сохранено на этом устройстве.";
    Nothing => "Нічого не знайдено.", "Nothing found.", "Ничего не найдено.";
    Shown { shown: &'a str } => "Показано: {shown}.", "Shown: {shown}.", "Показано: {shown}.";
    More { cursor: &'a str } =>
        "Далі: --after {cursor}",
        "More: --after {cursor}",
        "Далее: --after {cursor}";
    Enrolled { organisation: &'a str } =>
        "Пристрій підключено до організації «{organisation}».",
        "This device is enrolled with \"{organisation}\".",
        "Устройство подключено к организации «{organisation}».";
    Fingerprint { digits: &'a str } =>
        "Відбиток пристрою: {digits}. Звірте його з ІТ-фахівцем.",
        "Fingerprint of the device: {digits}. Compare it with your IT specialist's.",
        "Отпечаток устройства: {digits}. Сверьте его с ИТ-специалистом.";
    Next =>
        "Далі: halyard sync отримає ваші дані.",
        "Next: halyard sync fetches your data.",
        "Далее: halyard sync получит ваши данные.";
    WaitForIt =>
        "Далі: дочекайтеся підтвердження від ІТ-фахівця і запустіть halyard sync.",
        "Next: wait until your IT specialist confirms the device, then run halyard sync.",
        "Далее: дождитесь подтверждения от ИТ-специалиста и запустите halyard sync.";
    Synced { sent: &'a str, received: &'a str } =>
        "Синхронізовано. Офіс прийняв: {sent}. Оновлено на пристрої: {received}.",
        "Synced. The office took: {sent}. Updated here: {received}.",
        "Синхронизировано. Офис принял: {sent}. Обновлено на устройстве: {received}.";
    SomeRefused { count: &'a str } =>
        "Офіс прийняв не все: {count}. Введене збережено; подробиці: halyard not-accepted.",
        "The office did not take everything: {count}. What was entered is kept; see halyard not-accepted.",
        "Офис принял не всё: {count}. Введённое сохранено; подробности: halyard not-accepted.";
    Watching =>
        "Стежу за змінами. Ctrl+C завершує.",
        "Watching for changes. Ctrl+C ends it.",
        "Слежу за изменениями. Ctrl+C завершает.";
    ConnectedAgain =>
        "Зв'язок із сервером обміну знову є.",
        "The relay can be reached again.",
        "Связь с сервером обмена снова есть.";
    Stopped => "Завершено. Усе введене збережено.", "Ended. Everything entered is saved.", "Завершено. Всё введённое сохранено.";
    NotEnrolledYet =>
        "Пристрій ще не підключено. Далі: halyard enrol.",
        "This device is not enrolled yet. Next: halyard enrol.",
        "Устройство ещё не подключено. Далее: halyard enrol.";
    Wiped { when: &'a str } =>
        "Офіс відкликав цей пристрій; {when} записи з нього видалено. Щоб працювати далі, попросіть в ІТ-фахівця новий код і підключіть пристрій в іншій папці: halyard enrol --profile ПАПКА.",
        "The office revoked this device; on {when} the records were taken off it. To go on working, ask your IT specialist for a new code and enrol in another folder: halyard enrol --profile FOLDER.",
        "Офис отозвал это устройство; {when} записи с него удалены. Чтобы работать дальше, попросите у ИТ-специалиста новый код и подключите устройство в другой папке: halyard enrol --profile ПАПКА.";
    NotHandedOver { count: &'a str } =>
        "Офіс не отримав: {count}. Це збережено в базі цього профілю; повідомте ІТ-фахівця й не видаляйте папку.",
        "The office has not received: {count}. It is kept in the database of this profile; tell your IT specialist and do not delete the folder.",
        "Офис не получил: {count}. Это сохранено в базе этого профиля; сообщите ИТ-специалисту и не удаляйте папку.";
    NoRole =>
        "У вас більше немає жодної ролі: вас звільнено або ролі забрано. Нової роботи офіс не прийме; введене раніше збережено. Якщо це помилка, зверніться до адміністратора.",
        "You hold no role any more: you were dismissed or your roles were taken. The office would not take new work; what you entered before is kept. If this is a mistake, ask your administrator.",
        "У вас больше нет ни одной роли: вас уволили или роли забрали. Новую работу офис не примет; введённое раньше сохранено. Если это ошибка, обратитесь к администратору.";
    AllSent => "Усе введене отримав офіс.", "The office has everything that was entered.", "Всё введённое получил офис.";
    Waiting { count: &'a str } =>
        "Чекає на зв'язок: {count}. Збережено на цьому пристрої.",
        "Waiting for a connection: {count}. Saved on this device.",
        "Ждёт связи: {count}. Сохранено на этом устройстве.";
    RefusedWaits { count: usize } =>
        "Не прийнято: {count}. Подробиці: halyard not-accepted.",
        "Not accepted: {count}. See halyard not-accepted.",
        "Не принято: {count}. Подробности: halyard not-accepted.";
    DecisionWaits { count: &'a str, lists: &'a str } =>
        "Потребує рішення: {count}. Перелік: {lists}.",
        "In need of a decision: {count}. A list: {lists}.",
        "Требует решения: {count}. Список: {lists}.";
    ClockAhead { by: &'a str } =>
        "Годинник пристрою поспішає: {by} уперед від сервера. Дані це не псує, але внесений час буде хибним; виставте на пристрої дату, час і часовий пояс.",
        "The device's clock is ahead of the relay's: {by}. That harms no data, but times entered here are wrong; set date, time and time zone of the device.",
        "Часы устройства спешат: {by} вперёд от сервера. Данным это не вредит, но введённое время будет неверным; установите на устройстве дату, время и часовой пояс.";
    ClockBehind { by: &'a str } =>
        "Годинник пристрою відстає від сервера: {by}. Дані це не псує, але внесений час буде хибним; виставте на пристрої дату, час і часовий пояс.",
        "The device's clock is behind the relay's: {by}. That harms no data, but times entered here are wrong; set date, time and time zone of the device.",
        "Часы устройства отстают от сервера: {by}. Данным это не вредит, но введённое время будет неверным; установите на устройстве дату, время и часовой пояс.";
    NeverSynced => "ще не було", "never", "ещё не было";
    AllAccepted => "Неприйнятої роботи немає.", "There is no refused work.", "Непринятой работы нет.";
    PutAway =>
        "Прибрано з переліку. Робота лишається в базі пристрою.",
        "Taken off the list. The work stays in the device database.",
        "Убрано из списка. Работа остаётся в базе устройства.";
    NoneThen =>
        "Тоді цього запису ще не було.",
        "This record did not exist then.",
        "Тогда этой записи ещё не было.";
    AsOf { when: &'a str } => "Стан на {when}", "As of {when}", "Состояние на {when}";
    Preview =>
        "Попередній перегляд: нічого ще не змінено. Щоб імпортувати, додайте --apply.",
        "A preview: nothing was changed yet. To import, add --apply.",
        "Предварительный просмотр: ничего ещё не изменено. Чтобы импортировать, добавьте --apply.";
    NothingToImport =>
        "Імпортувати нічого: усе, що можна взяти з файлу, вже є.",
        "Nothing to import: all that can be taken from the file is here already.",
        "Импортировать нечего: всё, что можно взять из файла, уже есть.";
    NothingTaken =>
        "Нічого не взято: кожен рядок файлу треба виправити.",
        "Nothing was taken: every row of the file needs mending.",
        "Ничего не взято: каждую строку файла нужно исправить.";
    NoRowsInFile =>
        "Під назвами колонок у файлі немає жодного рядка. Нічого не змінено.",
        "There is no row below the names of the columns in the file. Nothing was changed.",
        "Под названиями колонок в файле нет ни одной строки. Ничего не изменено.";
    Imported { records: &'a str } =>
        "Імпортовано: {records}. Скасувати: halyard import undo.",
        "Imported: {records}. To take it back: halyard import undo.",
        "Импортировано: {records}. Отменить: halyard import undo.";
    RowsRefused { rows: &'a str } =>
        "Не взято: {rows}.",
        "Not taken: {rows}.",
        "Не взято: {rows}.";
    RefusedFile { path: &'a str } =>
        "Їх записано з причинами у {path}. Виправте його й імпортуйте ще раз.",
        "They are in {path} with the reasons. Mend that file and import it again.",
        "Они записаны с причинами в {path}. Исправьте его и импортируйте снова.";
    UnknownColumns { names: &'a str } =>
        "Невідомі колонки пропущено: {names}.",
        "Unknown columns were passed over: {names}.",
        "Неизвестные колонки пропущены: {names}.";
    Differs { line: usize, column: &'a str, label: &'a str, kept: &'a str, offered: &'a str } =>
        "рядок {line}, {column}: у «{label}» лишається «{kept}», у файлі «{offered}»",
        "line {line}, {column}: \"{label}\" keeps \"{kept}\", the file says \"{offered}\"",
        "строка {line}, {column}: у «{label}» остаётся «{kept}», в файле «{offered}»";
    LeftOut { line: usize, column: &'a str, text: &'a str } =>
        "рядок {line}, {column}: «{text}» ніхто не знає, клітинку пропущено",
        "line {line}, {column}: nobody knows \"{text}\", the cell was left out",
        "строка {line}, {column}: «{text}» никто не знает, ячейка пропущена";
    LineOf { line: usize } => "рядок {line}", "line {line}", "строка {line}";
    Tally { made: usize, completed: usize, unchanged: usize } =>
        "нових {made}, доповнено {completed}, без змін {unchanged}",
        "{made} new, {completed} completed, {unchanged} unchanged",
        "новых {made}, дополнено {completed}, без изменений {unchanged}";
    ImportUndone { file: &'a str, withdrawn: &'a str, changed_back: &'a str } =>
        "Імпорт файлу {file} скасовано. Відкликано створене ним: {withdrawn}. Повернуто, як було: {changed_back}.",
        "The import of {file} was taken back. Withdrawn of what it made: {withdrawn}. Changed back: {changed_back}.",
        "Импорт файла {file} отменён. Отозвано созданное им: {withdrawn}. Возвращено, как было: {changed_back}.";
    ImportStays { count: &'a str } =>
        "Лишилося дещо з імпортованого: {count}. За потреби відкличте запис самі: halyard edit ІДЕНТИФІКАТОР --withdraw record --why ЧОМУ",
        "Something of what was imported stays: {count}. Where needed, withdraw a record yourself: halyard edit ID --withdraw record --why WHY",
        "Кое-что из импортированного осталось: {count}. При необходимости отзовите запись сами: halyard edit ИДЕНТИФИКАТОР --withdraw record --why ПОЧЕМУ";
    StaysChanged => "змінено людьми після імпорту", "people changed it since", "изменено людьми после импорта";
    StaysNamed => "на нього вказують інші записи", "other records name it", "на неё указывают другие записи";
    StaysGone => "його вже немає на цьому пристрої", "it is not on this device any more", "её уже нет на этом устройстве";
    HeldBy { program: &'a str, process: u32, since: &'a str } =>
        ": {program} (процес {process}{since})",
        ": {program} (process {process}{since})",
        ": {program} (процесс {process}{since})";
    HeldSince { since: &'a str } => ", з {since}", ", since {since}", ", с {since}";
    UndoneWhy => "імпорт скасовано", "import taken back", "импорт отменён";
    RightsUnknown =>
        "Ваші права стануть відомі після першої синхронізації. До того введене збережеться, а вирішить офіс.",
        "Your rights become known with the first sync. Until then what you enter is saved and the office decides.",
        "Ваши права станут известны после первой синхронизации. До того введённое сохранится, а решит офис.";
    Repaired { path: &'a str, changes: &'a str } =>
        "Пошкоджену базу відкладено в {path}. Врятовано: {changes}.",
        "The damaged database is set aside in {path}. Rescued: {changes}.",
        "Повреждённая база отложена в {path}. Спасено: {changes}.";
    Renewed =>
        "Бази не було, тож створено нову, порожню.",
        "There was no database, so a new, empty one was made.",
        "Базы не было, поэтому создана новая, пустая.";
    RepairedSync =>
        "Далі: halyard sync отримає решту.",
        "Next: halyard sync brings the rest.",
        "Далее: halyard sync получит остальное.";
    RepairedEnrol =>
        "Чий це пристрій, дізнатися вже нізвідки. Далі: попросіть в ІТ-фахівця новий код і підключіть пристрій знову (halyard enrol); усе, що отримав офіс, повернеться під час синхронізації, а врятоване, якщо воно є, буде після неї надіслано від вашого імені.",
        "Nothing says any more whose device this is. Next: ask your IT specialist for a new code and enrol the device again (halyard enrol); everything the office received comes back with the sync; whatever was rescued is sent after it in your name.",
        "Чьё это устройство, узнать уже неоткуда. Далее: попросите у ИТ-специалиста новый код и подключите устройство снова (halyard enrol); всё, что получил офис, вернётся при синхронизации, а спасённое, если оно есть, будет после неё отправлено от вашего имени.";
    RepairedPartly =>
        "Ненадіслану роботу прочитано не всю; відкладений файл збережено для ІТ-фахівця.",
        "Unsent work could not all be read; the file set aside is kept for your IT specialist.",
        "Неотправленная работа прочитана не вся; отложенный файл сохранён для ИТ-специалиста.";
    Whole => "База ціла, лагодити нічого.", "The database is whole, there is nothing to repair.", "База цела, чинить нечего.";
    Dangling { label: &'a str } =>
        "{label} (ще не отримано)",
        "{label} (not received yet)",
        "{label} (ещё не получено)";
    AskPassphrase => "Парольна фраза: ", "Passphrase: ", "Парольная фраза: ";
    AskAgain => "Ще раз: ", "Once more: ", "Ещё раз: ";
    DemoProfile => "Демонстраційний профіль: дані не захищено парольною фразою.", "A demo profile: no passphrase protects the data.", "Демонстрационный профиль: данные не защищены парольной фразой.";
    Answered => "Відповідь на пропозицію збережено.", "The answer to the proposal is saved.", "Ответ на предложение сохранён.";
    NothingWaits =>
        "На рішення офісу нічого не чекає.",
        "Nothing waits for a decision of the office.",
        "Решения офиса ничего не ждёт.";
    ReviewNext =>
        "Далі: halyard review show ПАКЕТ, потім halyard review accept ПАКЕТ або halyard review decline ПАКЕТ --answer «…».",
        "Next: halyard review show ENVELOPE, then halyard review accept ENVELOPE or halyard review decline ENVELOPE --answer \"…\".",
        "Далее: halyard review show ПАКЕТ, потом halyard review accept ПАКЕТ или halyard review decline ПАКЕТ --answer «…».";
    WorkAccepted { author: &'a str } =>
        "Роботу прийнято. {author} дізнається про це під час синхронізації; ви побачите зміни після halyard sync.",
        "The work is accepted. {author} learns of it with the next sync; you see it after halyard sync.",
        "Работа принята. {author} узнает об этом при синхронизации; вы увидите изменения после halyard sync.";
    WorkDeclined { author: &'a str } =>
        "Роботу відхилено. {author} прочитає вашу відповідь під час синхронізації; введене збережено в автора й на сервері.",
        "The work is declined. {author} reads your answer with the next sync; what was entered is kept by its author and on the relay.",
        "Работа отклонена. {author} прочитает ваш ответ при синхронизации; введённое сохранено у автора и на сервере.";
    WorkAlong { count: &'a str } =>
        "Разом із нею вирішено: {count}.",
        "Decided together with it: {count}.",
        "Вместе с ней решено: {count}.";
    WorkBehind { count: &'a str } =>
        "За нею чекає: {count}.",
        "Waiting behind it: {count}.",
        "За ней ждёт: {count}.";
    WorkUnreadable =>
        "Запису на цьому пристрої немає, тож не видно, що саме змінено. Запустіть halyard sync і подивіться ще раз.",
        "The record is not on this device, so what was changed cannot be shown. Run halyard sync and look again.",
        "Записи на этом устройстве нет, поэтому не видно, что именно изменено. Запустите halyard sync и посмотрите ещё раз.";
    NotHere { label: &'a str } =>
        "новий {label}",
        "new {label}",
        "новая {label}";
    OutOfBounds { from: &'a str, to: &'a str } =>
        "поза межами {from} – {to}",
        "outside {from} – {to}",
        "вне границ {from} – {to}";
    MaybeTheSame { id: &'a str } =>
        "Можливо, це те саме. Якщо так: halyard edit {id} merged_into=ІДЕНТИФІКАТОР",
        "Perhaps this is the same. If it is: halyard edit {id} merged_into=ID",
        "Возможно, это то же самое. Если да: halyard edit {id} merged_into=ИДЕНТИФИКАТОР";
    SheetRead { sheet: &'a str, others: &'a str } =>
        "Прочитано аркуш «{sheet}». Не прочитано: {others}. Інший аркуш: --sheet НАЗВА",
        "The sheet \"{sheet}\" was read. Not read: {others}. Another sheet: --sheet NAME",
        "Прочитан лист «{sheet}». Не прочитано: {others}. Другой лист: --sheet НАЗВАНИЕ";
    PhotoSaved { path: &'a str } => "Фото збережено у {path}.", "The photo is saved in {path}.", "Фото сохранено в {path}.";
}
