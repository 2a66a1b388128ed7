//! What could not be done: the sentences people read when something went wrong.

use super::catalogue::catalogue;

catalogue! {
    /// What went wrong.
    Say<'a>
    NoSuchRecord { what: &'a str } =>
        "Запису «{what}» на цьому пристрої немає. Перевірте номер або пошукайте: halyard search.",
        "There is no record \"{what}\" on this device. Check the number, or look for it: halyard search.",
        "Записи «{what}» на этом устройстве нет. Проверьте номер или поищите: halyard search.";
    SeveralRecords { what: &'a str, list: &'a str } =>
        "«{what}» підходить кільком записам, і нічого не змінено. Назвіть один з них за ідентифікатором:\n{list}",
        "\"{what}\" fits several records, and nothing was changed. Name one of them by its id:\n{list}",
        "«{what}» подходит нескольким записям, и ничего не изменено. Назовите одну из них по идентификатору:\n{list}";
    IsWithdrawn { label: &'a str, who: &'a str, when: &'a str, why: &'a str, id: &'a str } =>
        "Запис {label} відкликано: {who}, {when}, «{why}». Нічого не змінено. Повернути його: halyard edit {id} --restore",
        "The record {label} was withdrawn: {who}, {when}, \"{why}\". Nothing was changed. To bring it back: halyard edit {id} --restore",
        "Запись {label} отозвана: {who}, {when}, «{why}». Ничего не изменено. Вернуть её: halyard edit {id} --restore";
    AcceptedAlready { who: &'a str, when: &'a str } =>
        "Цю пропозицію вже прийнято: {who}, {when}. Та відповідь лишається, нічого не змінено. Якщо потрібне інше значення, змініть саме поле.",
        "This proposal was accepted already: {who}, {when}. That answer stays, and nothing was changed. For another value edit the field itself.",
        "Это предложение уже принято: {who}, {when}. Тот ответ остаётся, ничего не изменено. Если нужно другое значение, измените само поле.";
    DeclinedAlready { who: &'a str, when: &'a str } =>
        "Цю пропозицію вже відхилено: {who}, {when}. Та відповідь лишається, нічого не змінено. Якщо значення таки потрібне, впишіть його в саме поле.",
        "This proposal was declined already: {who}, {when}. That answer stays, and nothing was changed. If the value is wanted after all, enter it in the field itself.",
        "Это предложение уже отклонено: {who}, {when}. Тот ответ остаётся, ничего не изменено. Если значение всё же нужно, впишите его в само поле.";
    IsDuplicate { label: &'a str, survivor: &'a str, id: &'a str } =>
        "Запис {label} повторює запис {survivor}. Нічого не змінено. Змінюйте той; якщо це не повтор: halyard edit {id} --restore",
        "The record {label} is a duplicate of {survivor}. Nothing was changed. Change that one; if this is no duplicate: halyard edit {id} --restore",
        "Запись {label} повторяет запись {survivor}. Ничего не изменено. Меняйте ту; если это не повтор: halyard edit {id} --restore";
    DocumentDamaged =>
        "Запис не вдалося відкрити. Решта даних ціла. Запустіть halyard sync, щоб отримати його ще раз.",
        "The record cannot be opened. Everything else is whole. Run halyard sync to fetch it again.",
        "Запись не удалось открыть. Остальные данные целы. Запустите halyard sync, чтобы получить её снова.";
    DocumentSetAside =>
        "Запис відкладено як пошкоджений. Решта даних ціла. Наступна синхронізація отримає його заново.",
        "The record is set aside as damaged. Everything else is whole. The next sync fetches it anew.",
        "Запись отложена как повреждённая. Остальные данные целы. Следующая синхронизация получит её заново.";
    RecordExists =>
        "Такий запис уже є. Нічого не змінено.",
        "This record is here already. Nothing was changed.",
        "Такая запись уже есть. Ничего не изменено.";
    NotEnrolled =>
        "Пристрій ще не підключено. Попросіть у ІТ-фахівця адресу й код і запустіть halyard enrol.",
        "This device is not enrolled yet. Ask your IT specialist for an address and a code, then run halyard enrol.",
        "Устройство ещё не подключено. Попросите у ИТ-специалиста адрес и код и запустите halyard enrol.";
    Contended =>
        "Запис саме зараз змінюється, тож зміну не збережено. Повторіть команду.",
        "The record is being changed right now, so this change was not saved. Run the command again.",
        "Запись прямо сейчас меняется, поэтому изменение не сохранено. Повторите команду.";
    DatabaseGarbled =>
        "У базі пристрою є значення, яке не вдалося прочитати. Нічого не змінено. Зверніться до ІТ-фахівця.",
        "The device database holds a value that cannot be read. Nothing was changed. Ask your IT specialist.",
        "В базе устройства есть значение, которое не удалось прочитать. Ничего не изменено. Обратитесь к ИТ-специалисту.";
    DatabaseFailed =>
        "База пристрою не відповіла як слід. Збережене раніше ціле. Повторіть; якщо не допоможе, зверніться до ІТ-фахівця.",
        "The device database failed. What was saved before is whole. Try again; if that does not help, ask your IT specialist.",
        "База устройства дала сбой. Сохранённое раньше цело. Повторите; если не поможет, обратитесь к ИТ-специалисту.";
    DatabaseDamaged =>
        "База пристрою пошкоджена. Нічого не видалено, і все, що отримав офіс, у нього є. Запустіть halyard profile --repair: базу буде відкладено, з ненадісланого врятовано все, що читається, і сказано, що далі.",
        "The device database is damaged. Nothing was deleted, and the office has everything it received. Run halyard profile --repair: the file is set aside, whatever can be read of unsent work is rescued, and it says what comes next.",
        "База устройства повреждена. Ничего не удалено, и всё, что получил офис, у него есть. Запустите halyard profile --repair: база будет отложена, из неотправленного спасено всё, что читается, и сказано, что дальше.";
    DatabaseLost =>
        "База цього профілю порожня або зникла, хоч решта його файлів на місці. Усе, що отримав офіс, у нього є; ненадіслане було лише в базі. Якщо є копія device.db, поверніть її; якщо немає, запустіть halyard profile --repair і підключіть пристрій знову.",
        "The database of this profile is empty or gone, while its other files are there. The office has everything it received; what was not sent was in the database only. If there is a copy of device.db, put it back; if not, run halyard profile --repair and enrol the device again.",
        "База этого профиля пуста или исчезла, хотя остальные его файлы на месте. Всё, что получил офис, у него есть; неотправленное было только в базе. Если есть копия device.db, верните её; если нет, запустите halyard profile --repair и подключите устройство снова.";
    DiskFull =>
        "На диску немає місця, тож зміну не збережено. Збережене раніше ціле. Звільніть місце й повторіть.",
        "The disk is full, so the change was not saved. What was saved before is whole. Free some space and try again.",
        "На диске нет места, поэтому изменение не сохранено. Сохранённое раньше цело. Освободите место и повторите.";
    DiskFailed =>
        "Диск відмовив, тож зміну не збережено. Збережене раніше ціле. Перевірте диск разом з ІТ-фахівцем.",
        "The disk failed, so the change was not saved. What was saved before is whole. Have the disk checked.",
        "Диск отказал, поэтому изменение не сохранено. Сохранённое раньше цело. Проверьте диск вместе с ИТ-специалистом.";
    InUse { holder: &'a str } =>
        "Ці дані вже відкрила інша програма{holder}. Дані цілі, нічого не змінено. Дочекайтеся, поки вона закінчить, або завершіть її (halyard sync --watch завершує Ctrl+C). Інший профіль: --profile.",
        "Another program has this data open{holder}. The data is whole, nothing was changed. Wait until it is done, or end it (Ctrl+C ends halyard sync --watch). Another profile: --profile.",
        "Эти данные уже открыла другая программа{holder}. Данные целы, ничего не изменено. Дождитесь, пока она закончит, или завершите её (halyard sync --watch завершает Ctrl+C). Другой профиль: --profile.";
    OldSqlite =>
        "Програму зібрано із застарілою базою даних, і вона не почала роботу, щоб не зашкодити даним. Оновіть програму.",
        "The program was built with an outdated database engine and did not start, so as not to harm the data. Update the program.",
        "Программа собрана с устаревшей базой данных и не начала работу, чтобы не повредить данные. Обновите программу.";
    FolderUnwritable =>
        "У папку профілю не вдалося записати. Нічого не змінено. Перевірте права на папку й місце на диску.",
        "The profile folder cannot be written to. Nothing was changed. Check its permissions and the free space.",
        "В папку профиля не удалось записать. Ничего не изменено. Проверьте права на папку и место на диске.";
    NoProfile { path: &'a str } =>
        "У папці {path} немає профілю. Підключіть пристрій командою halyard enrol або вкажіть іншу папку: --profile.",
        "There is no profile in {path}. Enrol the device with halyard enrol, or name another folder: --profile.",
        "В папке {path} нет профиля. Подключите устройство командой halyard enrol или укажите другую папку: --profile.";
    NoDataFolder =>
        "Система не каже, де зберігати дані. Вкажіть папку: --profile.",
        "The system does not say where data is kept. Name a folder: --profile.",
        "Система не сообщает, где хранить данные. Укажите папку: --profile.";
    WrongPassphrase =>
        "Парольна фраза неправильна. Дані цілі. Спробуйте ще раз.",
        "The passphrase is wrong. The data is whole. Try again.",
        "Парольная фраза неверна. Данные целы. Попробуйте ещё раз.";
    KeyDamaged =>
        "Файл ключа не вдалося прочитати або створити. Дані не змінено. Поверніть його копію або зверніться до ІТ-фахівця.",
        "The key file could not be read or made. The data was not changed. Put a copy of it back, or ask your IT specialist.",
        "Файл ключа не удалось прочитать или создать. Данные не изменены. Верните его копию или обратитесь к ИТ-специалисту.";
    KeyMissing { path: &'a str } =>
        "Файлу ключа {path} немає, а без нього дані не прочитати. Дані не змінено. Поверніть копію цього файлу.",
        "The key file {path} is missing, and without it the data cannot be read. The data was not changed. Put a copy of the file back.",
        "Файла ключа {path} нет, а без него данные не прочитать. Данные не изменены. Верните копию этого файла.";
    KeyOfNewerVersion =>
        "Профіль створила новіша програма. Дані не змінено. Оновіть цю програму.",
        "A newer program made this profile. The data was not changed. Update this program.",
        "Профиль создала более новая программа. Данные не изменены. Обновите эту программу.";
    NeedsPassphrase =>
        "Профіль захищено парольною фразою. Запустіть без --demo-key і введіть її.",
        "The profile is protected by a passphrase. Run without --demo-key and type it.",
        "Профиль защищён парольной фразой. Запустите без --demo-key и введите её.";
    NeedsPin =>
        "Профіль захищено PIN-кодом. Відкрийте його у вікні програми: там PIN працює разом зі сховищем ключів системи.",
        "The profile is protected by a PIN. Open it in the app's window: there the PIN works together with the system's keyring.",
        "Профиль защищён PIN-кодом. Откройте его в окне программы: там PIN работает вместе с хранилищем ключей системы.";
    IsDemo =>
        "Це демонстраційний профіль без парольної фрази. Додайте --demo-key.",
        "This is a demo profile without a passphrase. Add --demo-key.",
        "Это демонстрационный профиль без парольной фразы. Добавьте --demo-key.";
    NoPassphrase =>
        "Парольну фразу не введено. Дані цілі. Введіть її в терміналі; скрипт задає її змінною HALYARD_PASSPHRASE лише для цієї однієї команди.",
        "No passphrase was given. The data is whole. Type it in the terminal; a script sets the variable HALYARD_PASSPHRASE for this one command only.",
        "Парольная фраза не введена. Данные целы. Введите её в терминале; скрипт задаёт её переменной HALYARD_PASSPHRASE только для этой одной команды.";
    PassphrasesDiffer =>
        "Парольні фрази не збігаються. Нічого не створено. Спробуйте ще раз.",
        "The passphrases differ. Nothing was made. Try again.",
        "Парольные фразы не совпадают. Ничего не создано. Попробуйте ещё раз.";
    AlreadyEnrolled =>
        "Цей пристрій уже підключено. Нічого не змінено. Для іншої організації виберіть іншу папку: --profile.",
        "This device is enrolled already. Nothing was changed. For another organisation choose another folder: --profile.",
        "Это устройство уже подключено. Ничего не изменено. Для другой организации выберите другую папку: --profile.";
    WrongCode =>
        "Код підключення складається з восьми літер і цифр, наприклад 7K3M-9QPX. Перевірте його.",
        "An enrolment code is eight letters and digits, like 7K3M-9QPX. Check it.",
        "Код подключения состоит из восьми букв и цифр, например 7K3M-9QPX. Проверьте его.";
    WrongAddress { address: &'a str } =>
        "«{address}» не схоже на адресу сервера обміну. Вона має вигляд https://ім'я:порт.",
        "\"{address}\" is not the address of a relay. It has the form https://name:port.",
        "«{address}» не похоже на адрес сервера обмена. Он имеет вид https://имя:порт.";
    PlainAddress =>
        "Адреса http:// годиться лише для цього самого комп'ютера: мережею дані йдуть тільки зашифрованими. Напишіть https://.",
        "An http:// address is only for this very machine: over a network data travels encrypted only. Write https://.",
        "Адрес http:// годится только для этого же компьютера: по сети данные идут только зашифрованными. Напишите https://.";
    WrongLink =>
        "Це не посилання-запрошення. Воно починається з halyard://join? і його показує ІТ-фахівець.",
        "This is not the link of an invitation. It begins with halyard://join? and your IT specialist shows it.",
        "Это не ссылка-приглашение. Она начинается с halyard://join? и её показывает ИТ-специалист.";
    CutLink =>
        "Посилання-запрошення обірване: коду в ньому немає або він неповний. На пристрої нічого не змінено. Вставте посилання цілим і в лапках \"…\": без них термінал обриває його на знаку &.",
        "The link of the invitation is cut: its code is missing or not whole. Nothing on the device has changed. Paste the whole link in quotation marks \"…\": without them a terminal cuts it at the & sign.",
        "Ссылка-приглашение оборвана: кода в ней нет или он неполный. На устройстве ничего не изменено. Вставьте ссылку целиком и в кавычках \"…\": без них терминал обрывает её на знаке &.";
    WrongPin =>
        "Відбиток сервера складається з 32 літер і цифр, вісім груп по чотири. Перевірте його.",
        "The pin of a relay is 32 letters and digits, eight groups of four. Check it.",
        "Отпечаток сервера состоит из 32 букв и цифр, восемь групп по четыре. Проверьте его.";
    EnrolNotKnown { address: &'a str, shown: &'a str } =>
        "Система цього пристрою не знає, хто видав сертифікат сервера {address}, тож нічого не надіслано. Його відбиток:\n  {shown}\nПорівняйте його з відбитком на екрані ІТ-фахівця. Якщо вони однакові, повторіть з --pin і цим відбитком; якщо ні, не підключайтеся.",
        "This device's system does not know who issued the certificate of {address}, so nothing was sent. Its pin is:\n  {shown}\nCompare it with the pin on your IT specialist's screen. If they are the same, repeat with --pin and this pin; if not, do not join.",
        "Система этого устройства не знает, кто выдал сертификат сервера {address}, поэтому ничего не отправлено. Его отпечаток:\n  {shown}\nСравните его с отпечатком на экране ИТ-специалиста. Если они совпадают, повторите с --pin и этим отпечатком; если нет, не подключайтесь.";
    EnrolOtherKey { address: &'a str, shown: &'a str } =>
        "За адресою {address} відповідає не той сервер, який запросив цей пристрій, тож нічого не надіслано. Його відбиток:\n  {shown}\nПокажіть це ІТ-фахівцю й попросіть нове запрошення.",
        "What answers at {address} is not the relay that invited this device, so nothing was sent. Its pin is:\n  {shown}\nShow this to your IT specialist and ask for a new invitation.",
        "По адресу {address} отвечает не тот сервер, который пригласил это устройство, поэтому ничего не отправлено. Его отпечаток:\n  {shown}\nПокажите это ИТ-специалисту и попросите новое приглашение.";
    Revoked =>
        "Офіс відкликав цей пристрій, і записи з нього видалено. Усе введене тут спершу передано офісу; чого він ще не прийняв, показує halyard not-accepted. Щоб працювати далі, попросіть в ІТ-фахівця новий код і підключіть пристрій в іншій папці: halyard enrol --profile ПАПКА.",
        "The office revoked this device, and the records were taken off it. Everything entered here was handed over to the office first; halyard not-accepted shows what it has not taken yet. To go on working, ask your IT specialist for a new code and enrol in another folder: halyard enrol --profile FOLDER.",
        "Офис отозвал это устройство, и записи с него удалены. Всё введённое здесь сначала передано офису; чего он ещё не принял, показывает halyard not-accepted. Чтобы работать дальше, попросите у ИТ-специалиста новый код и подключите устройство в другой папке: halyard enrol --profile ПАПКА.";
    RevokedKeeps { kept: &'a str } =>
        "Офіс відкликав цей пристрій, і записи з нього видалено. Введене тут передано офісу, крім цього: {kept}. Це збережено в базі цього профілю; повідомте ІТ-фахівця й не видаляйте папку. Щоб працювати далі, попросіть в ІТ-фахівця новий код і підключіть пристрій в іншій папці: halyard enrol --profile ПАПКА.",
        "The office revoked this device, and the records were taken off it. What was entered here was handed over to the office, except: {kept}. That is kept in the database of this profile; tell your IT specialist and do not delete the folder. To go on working, ask your IT specialist for a new code and enrol in another folder: halyard enrol --profile FOLDER.",
        "Офис отозвал это устройство, и записи с него удалены. Введённое здесь передано офису, кроме этого: {kept}. Это сохранено в базе этого профиля; сообщите ИТ-специалисту и не удаляйте папку. Чтобы работать дальше, попросите у ИТ-специалиста новый код и подключите устройство в другой папке: halyard enrol --profile ПАПКА.";
    WithoutRole =>
        "У вас більше немає жодної ролі: вас звільнено або ролі забрано, тож офіс не прийме нової роботи. Нічого не змінено; введене раніше збережено. Якщо це помилка, зверніться до адміністратора; коли він дасть роль, запустіть halyard sync.",
        "You hold no role any more: you were dismissed or your roles were taken, so the office would not take new work. Nothing was changed; what you entered before is kept. If this is a mistake, ask your administrator; once you have a role, run halyard sync.",
        "У вас больше нет ни одной роли: вас уволили или роли забрали, поэтому офис не примет новую работу. Ничего не изменено; введённое раньше сохранено. Если это ошибка, обратитесь к администратору; когда он даст роль, запустите halyard sync.";
    EnrolRelayFull =>
        "На сервері обміну закінчилося місце на диску, тож пристрій не підключено. На пристрої нічого не змінилося, код не витрачено. Скажіть ІТ-фахівцю звільнити місце, потім повторіть; якщо минуло десять хвилин, попросіть новий код.",
        "The relay's disk is full, so the device has not joined. Nothing on the device has changed, and the code is not used up. Tell your IT specialist to make room, then try again; after ten minutes ask for a new code.",
        "На сервере обмена закончилось место на диске, поэтому устройство не подключено. На устройстве ничего не изменилось, код не израсходован. Скажите ИТ-специалисту освободить место, затем повторите; если прошло десять минут, попросите новый код.";
    EnrolRelayReadOnly =>
        "Сервер обміну зараз нічого не записує: відмовив його диск або на ньому немає місця. Пристрій не підключено, на ньому нічого не змінилося, код не витрачено. Повідомте ІТ-фахівця, потім повторіть; якщо минуло десять хвилин, попросіть новий код.",
        "The relay writes nothing at present: its disk has failed or is full. The device has not joined, nothing on it has changed, and the code is not used up. Tell your IT specialist, then try again; after ten minutes ask for a new code.",
        "Сервер обмена сейчас ничего не записывает: отказал его диск или на нём нет места. Устройство не подключено, на нём ничего не изменилось, код не израсходован. Сообщите ИТ-специалисту, затем повторите; если прошло десять минут, попросите новый код.";
    EnrolUnreachable { address: &'a str } =>
        "Сервер обміну за адресою {address} недоступний. На пристрої нічого не змінилося. Перевірте адресу й зв'язок і повторіть.",
        "There is no relay to be reached at {address}. Nothing on the device has changed. Check the address and the connection, then try again.",
        "Сервер обмена по адресу {address} недоступен. На устройстве ничего не изменилось. Проверьте адрес и связь и повторите.";
    EnrolAnswerLost { address: &'a str } =>
        "Відповідь сервера {address} не дійшла, тож невідомо, чи пристрій підключено. Потрібне для цього збережено в папці профілю. Повторіть ту саму команду з тим самим кодом; якщо сервер скаже, що код недійсний, попросіть новий.",
        "The answer of {address} did not arrive, so nobody here knows whether the device has joined. What that takes is kept in the profile's folder. Repeat the same command with the same code; if the relay then says that the code is not valid, ask for a new one.",
        "Ответ сервера {address} не дошёл, поэтому неизвестно, подключено ли устройство. Нужное для этого сохранено в папке профиля. Повторите ту же команду с тем же кодом; если сервер скажет, что код недействителен, попросите новый.";
    ForgedReceipt =>
        "У відповіді є те, чого ваш сервер обміну не підписував, тож її відкинуто цілком. Введене й отримане раніше збережено на пристрої. Повідомте ІТ-фахівця; працювати без зв'язку можна далі.",
        "Something in an answer was not signed by your relay, so all of it was thrown away. What you entered and what came before is safe on the device. Tell your IT specialist; you can go on working offline.",
        "В ответе есть то, чего ваш сервер обмена не подписывал, поэтому он отброшен целиком. Введённое и полученное раньше сохранено на устройстве. Сообщите ИТ-специалисту; работать без связи можно дальше.";
    SyncBroke =>
        "Синхронізація перервалася. Введене збережено на пристрої. Повторіть.",
        "The sync broke off. What you entered is saved on the device. Try again.",
        "Синхронизация прервалась. Введённое сохранено на устройстве. Повторите.";
    RightsOutOfSight =>
        "Цей запис вам не видно. Нічого не змінено.",
        "You do not see this record. Nothing was changed.",
        "Эта запись вам не видна. Ничего не изменено.";
    RightsNotYoursToMake =>
        "Записи цього виду створюють інші. Нічого не створено.",
        "Records of this kind are made by others. Nothing was made.",
        "Записи этого вида создают другие. Ничего не создано.";
    RightsNotYours { place: &'a str, owners: &'a str } =>
        "Поле «{place}» змінює: {owners}. Нічого не змінено. Можна запропонувати зміну: halyard propose.",
        "The field \"{place}\" is written by: {owners}. Nothing was changed. You can propose a change: halyard propose.",
        "Поле «{place}» меняет: {owners}. Ничего не изменено. Можно предложить изменение: halyard propose.";
    RightsNotYoursToAdd { place: &'a str, owners: &'a str } =>
        "У поле «{place}» таке пише: {owners}. Нічого не змінено. Попросіть їх внести це.",
        "This is written in \"{place}\" by: {owners}. Nothing was changed. Ask them to enter it.",
        "В поле «{place}» такое пишет: {owners}. Ничего не изменено. Попросите их внести это.";
    RightsRelayOnly { place: &'a str } =>
        "Поле «{place}» пише лише сервер обміну. Нічого не змінено.",
        "Only the relay writes the field \"{place}\". Nothing was changed.",
        "Поле «{place}» пишет только сервер обмена. Ничего не изменено.";
    RightsFixed { place: &'a str } =>
        "Поле «{place}» записують один раз, і воно не змінюється. Нічого не змінено.",
        "The field \"{place}\" is written once and never changes. Nothing was changed.",
        "Поле «{place}» записывают один раз, и оно не меняется. Ничего не изменено.";
    RightsAnothersName =>
        "Запис зроблено від чужого імені, тому нічого не змінено.",
        "This was written in another's name, so nothing was changed.",
        "Запись сделана от чужого имени, поэтому ничего не изменено.";
    RightsAnothersRow { place: &'a str } =>
        "Цей рядок ({place}) написала інша людина: його виправляє автор або перевіряючий. Нічого не змінено.",
        "Somebody else wrote this row ({place}): its author or a reviewer corrects it. Nothing was changed.",
        "Эту строку ({place}) написал другой человек: её исправляет автор или проверяющий. Ничего не изменено.";
    RightsNotYoursToDecide { place: &'a str, decider: &'a str } =>
        "Поле «{place}» потребує рішення, і вирішує {decider}. Нічого не змінено.",
        "The field \"{place}\" needs a decision, and {decider} decides. Nothing was changed.",
        "Поле «{place}» требует решения, и решает {decider}. Ничего не изменено.";
    RightsNeedsAbility { ability: &'a str } =>
        "Для цього потрібне право: {ability}. Нічого не змінено. Попросіть адміністратора.",
        "This needs the right to {ability}. Nothing was changed. Ask an administrator.",
        "Для этого нужно право: {ability}. Ничего не изменено. Попросите администратора.";
    RightsForeign { place: &'a str } =>
        "Так у поле «{place}» не пишуть. Нічого не змінено.",
        "The field \"{place}\" is not written like this. Nothing was changed.",
        "Так в поле «{place}» не пишут. Ничего не изменено.";
    RightsNewer { place: &'a str } =>
        "Поле «{place}» знає лише новіша програма. Нічого не змінено. Оновіть програму.",
        "Only a newer program knows the field \"{place}\". Nothing was changed. Update the program.",
        "Поле «{place}» знает только более новая программа. Ничего не изменено. Обновите программу.";
    EditNoField { place: &'a str } =>
        "Поля {place} в цьому виді записів немає. Нічого не змінено.",
        "Records of this kind have no field {place}. Nothing was changed.",
        "Поля {place} в этом виде записей нет. Ничего не изменено.";
    EditWrongShape { place: &'a str } =>
        "Поле «{place}» містить інше: рядки додають через --add, текст пишуть через --text. Нічого не змінено.",
        "The field \"{place}\" holds something else: rows are added with --add, text is written with --text. Nothing was changed.",
        "Поле «{place}» содержит другое: строки добавляют через --add, текст пишут через --text. Ничего не изменено.";
    EditNoRow { place: &'a str } =>
        "Такого рядка в полі «{place}» немає. Нічого не змінено. Рядки видно в halyard show.",
        "The field \"{place}\" has no such row. Nothing was changed. halyard show lists the rows.",
        "Такой строки в поле «{place}» нет. Ничего не изменено. Строки видны в halyard show.";
    EditRowExists { place: &'a str } =>
        "Такий рядок у полі «{place}» уже є. Нічого не змінено.",
        "The field \"{place}\" has this row already. Nothing was changed.",
        "Такая строка в поле «{place}» уже есть. Ничего не изменено.";
    EditBadValue { place: &'a str } =>
        "Значення не підходить до поля «{place}». Нічого не змінено.",
        "The value does not fit the field \"{place}\". Nothing was changed.",
        "Значение не подходит к полю «{place}». Ничего не изменено.";
    EditTooLong { place: &'a str } =>
        "Поле «{place}» стільки не вміщує. Нічого не змінено. Скоротіть написане або розділіть його.",
        "The field \"{place}\" cannot hold as much. Nothing was changed. Make it shorter, or divide it.",
        "Поле «{place}» столько не вмещает. Ничего не изменено. Сократите написанное или разделите его.";
    EditTooMuch =>
        "Для одного збереження це забагато. Нічого не змінено. Спершу збережіть частину, потім додайте решту.",
        "This is too much to be saved at once. Nothing was changed. Save a part first, then add the rest.",
        "Для одного сохранения это слишком много. Ничего не изменено. Сначала сохраните часть, потом добавьте остальное.";
    ListNoColumn { kind: &'a str, column: &'a str } =>
        "У списку {kind} немає колонки {column}. Усі колонки: halyard list {kind} --help-columns.",
        "The list of {kind} has no column {column}. All columns: halyard list {kind} --help-columns.",
        "В списке {kind} нет колонки {column}. Все колонки: halyard list {kind} --help-columns.";
    ListNotALink { column: &'a str } =>
        "Колонка «{column}» не вказує на інший запис.",
        "The column \"{column}\" links to no other record.",
        "Колонка «{column}» не указывает на другую запись.";
    ListNotAText { column: &'a str } =>
        "У колонці «{column}» не текст, тож шукати частину (~) в ній не можна. Порівняйте через =.",
        "The column \"{column}\" is not a text, so no part (~) can be looked for in it. Compare with =.",
        "В колонке «{column}» не текст, поэтому искать часть (~) в ней нельзя. Сравните через =.";
    ListForeignCursor =>
        "Ця позначка сторінки від іншого списку. Почніть список без --after.",
        "This page mark belongs to another list. Start the list without --after.",
        "Эта отметка страницы от другого списка. Начните список без --after.";
    ListTooMuch { limit: usize } =>
        "Забагато умов або рядків: не більше {limit}.",
        "Too many conditions or rows: at most {limit}.",
        "Слишком много условий или строк: не больше {limit}.";
    FileUnreadable =>
        "Файл не вдалося прочитати. Нічого не змінено. Перевірте назву й права.",
        "The file cannot be read. Nothing was changed. Check its name and permissions.",
        "Файл не удалось прочитать. Ничего не изменено. Проверьте имя и права.";
    FileUnwritable { path: &'a str } =>
        "Файл {path} не вдалося записати. Жодного запису не змінено. Перевірте папку й місце на диску.",
        "The file {path} cannot be written. No record was changed. Check the folder and the free space.",
        "Файл {path} не удалось записать. Ни одна запись не изменена. Проверьте папку и место на диске.";
    OutputUnwritable =>
        "Відповідь не вдалося записати. Перевірте, куди вона йде, й місце на диску.",
        "The answer cannot be written. Check where it goes, and the free space.",
        "Ответ не удалось записать. Проверьте, куда он идёт, и место на диске.";
    RefusedUnwritable { path: &'a str } =>
        "Рядки, які можна було взяти, імпортовано. Відхилені не вдалося записати у файл {path}. Перевірте папку й місце на диску й повторіть ту саму команду: вдруге нічого не створиться, а відхилені рядки потраплять у файл.",
        "The rows that could be taken are imported. The refused ones could not be written to {path}. Check the folder and the free space and run the same command again: nothing is made twice, and the refused rows go into the file.",
        "Строки, которые можно было взять, импортированы. Отклонённые не удалось записать в файл {path}. Проверьте папку и место на диске и повторите ту же команду: повторно ничего не создастся, а отклонённые строки попадут в файл.";
    FileThere { path: &'a str } =>
        "Файл {path} уже є, і його не змінено. Нічого не імпортовано. Назвіть для відхилених рядків новий файл.",
        "The file {path} is there already and was not changed. Nothing was imported. Name a new file for the refused rows.",
        "Файл {path} уже есть, и он не изменён. Ничего не импортировано. Назовите для отклонённых строк новый файл.";
    FileTooLarge =>
        "Файл завеликий для одного імпорту. Нічого не змінено. Поділіть його: до 50 000 рядків і 64 МБ.",
        "The file is too large for one import. Nothing was changed. Split it: up to 50,000 rows and 64 MB.",
        "Файл слишком велик для одного импорта. Ничего не изменено. Разделите его: до 50 000 строк и 64 МБ.";
    FileEmpty =>
        "Файл порожній. Нічого не змінено. Перший рядок має містити назви колонок.",
        "The file is empty. Nothing was changed. Its first row must name the columns.",
        "Файл пуст. Ничего не изменено. Первая строка должна содержать названия колонок.";
    FileFormat =>
        "Це не таблиця .csv чи .xlsx. Нічого не змінено. Збережіть таблицю в одному з цих форматів.",
        "This is no .csv or .xlsx table. Nothing was changed. Save the table in one of these formats.",
        "Это не таблица .csv или .xlsx. Ничего не изменено. Сохраните таблицу в одном из этих форматов.";
    FileBrokenHeader { line: usize } =>
        "У рядку {line} з назвами колонок не закрито лапки, тож невідомо, які в файлі колонки. Нічого не змінено. Виправте цей рядок.",
        "In line {line}, which names the columns, a quote mark is not closed, so nothing says what the columns are. Nothing was changed. Mend that line.",
        "В строке {line} с названиями колонок не закрыта кавычка, поэтому неизвестно, какие в файле колонки. Ничего не изменено. Исправьте эту строку.";
    FileTooManyColumns { line: usize, most: usize } =>
        "У рядку {line} з назвами більше ніж {most} колонок. Нічого не змінено. Перевірте, чи це таблиця, і приберіть зайві колонки.",
        "The header in line {line} has more than {most} columns. Nothing was changed. Check that this is a table, and remove the columns nobody needs.",
        "В строке {line} с названиями больше чем {most} колонок. Ничего не изменено. Проверьте, таблица ли это, и уберите лишние колонки.";
    FileLongHeading { column: usize, most: usize } =>
        "Назва колонки {column} довша за {most} знаків. Нічого не змінено. Перевірте, чи це таблиця з назвами колонок у першому рядку.",
        "The heading of column {column} is longer than {most} characters. Nothing was changed. Check that this is a table whose first row names the columns.",
        "Название колонки {column} длиннее {most} знаков. Ничего не изменено. Проверьте, таблица ли это с названиями колонок в первой строке.";
    FileNoKnownColumn { header: &'a str } =>
        "У файлі не впізнано жодної колонки. Перший рядок: {header}. Нічого не змінено. Назвіть колонки в першому рядку, наприклад: Назва;ЄДРПОУ;Телефон;Обладнання;Серійний номер.",
        "No column of the file is known. Its first row says: {header}. Nothing was changed. Name the columns in the first row, for example: Name;EDRPOU;Phone;Equipment;Serial number.",
        "В файле не распознана ни одна колонка. Первая строка: {header}. Ничего не изменено. Назовите колонки в первой строке, например: Наименование;ЕГРПОУ;Телефон;Оборудование;Серийный номер.";
    SheetNoKnownColumn { sheet: &'a str, header: &'a str, others: &'a str } =>
        "На аркуші «{sheet}» не впізнано жодної колонки. Перший рядок: {header}. Нічого не змінено. Виберіть інший аркуш: --sheet НАЗВА. Є ще: {others}.",
        "No column of the sheet \"{sheet}\" is known. Its first row says: {header}. Nothing was changed. Choose another sheet: --sheet NAME. There are also: {others}.",
        "На листе «{sheet}» не распознана ни одна колонка. Первая строка: {header}. Ничего не изменено. Выберите другой лист: --sheet НАЗВАНИЕ. Есть ещё: {others}.";
    FileExcel =>
        "Файл Excel пошкоджено або захищено паролем. Нічого не змінено. Збережіть його заново без пароля.",
        "The Excel file is damaged or protected. Nothing was changed. Save it again without a password.",
        "Файл Excel повреждён или защищён паролем. Ничего не изменено. Сохраните его заново без пароля.";
    ImportUnreadable { file: &'a str } =>
        "Що зробив імпорт «{file}», більше не прочитати, тож скасувати його не можна. Нічого не змінено. Зайві записи вилучіть у вікні поодинці; інші імпорти там скасовуються, як завжди.",
        "What the import of \"{file}\" did cannot be read any more, so it cannot be taken back. Nothing was changed. In the window, withdraw records that are not wanted one by one; other imports can be taken back there as usual.",
        "Что сделал импорт «{file}», больше не прочитать, поэтому отменить его нельзя. Ничего не изменено. Лишние записи изымите в окне по одной; другие импорты отменяются там, как обычно.";
    NothingToUndo =>
        "Немає імпорту, який можна скасувати.",
        "There is no import to take back.",
        "Нет импорта, который можно отменить.";
    NoSuchRefused { what: &'a str } =>
        "Неприйнятої роботи {what} немає. Перелік: halyard not-accepted.",
        "There is no refused work {what}. The list: halyard not-accepted.",
        "Непринятой работы {what} нет. Список: halyard not-accepted.";
    InConflict { id: &'a str, place: &'a str, path: &'a str } =>
        "У полі «{place}» стоять різні значення, і спершу треба вибрати одне з них. Нічого не змінено. Подивіться: halyard show {id}. Виберіть: halyard decide {id} {path} --take 1",
        "The field \"{place}\" holds different values, and one of them has to be chosen first. Nothing was changed. Look: halyard show {id}. Choose: halyard decide {id} {path} --take 1",
        "В поле «{place}» стоят разные значения, и сначала нужно выбрать одно из них. Ничего не изменено. Посмотрите: halyard show {id}. Выберите: halyard decide {id} {path} --take 1";
    NotInConflict { place: &'a str } =>
        "Поле «{place}» не потребує рішення. Нічого не змінено.",
        "The field \"{place}\" needs no decision. Nothing was changed.",
        "Поле «{place}» не требует решения. Ничего не изменено.";
    NoSuchWork { what: &'a str } =>
        "Роботи «{what}», що чекає на рішення, немає. Нічого не вирішено. Назвіть початок пакета з halyard review: щонайменше шість знаків.",
        "No work \"{what}\" waits for a decision. Nothing was decided. Name the beginning of an envelope in halyard review: six characters at least.",
        "Работы «{what}», ждущей решения, нет. Ничего не решено. Назовите начало пакета из halyard review: не меньше шести знаков.";
    MayNotReview =>
        "Вирішувати про роботу інших може той, чия роль має право перевіряти, наприклад диспетчер або адміністратор. Нічого не вирішено. Перевірте свої права: halyard rights.",
        "Work of others is decided by somebody whose role may review, such as a dispatcher or an administrator. Nothing was decided. See what you may do: halyard rights.",
        "Решать о работе других может тот, чья роль имеет право проверять, например диспетчер или администратор. Ничего не решено. Проверьте свои права: halyard rights.";
    AlreadyDecided =>
        "Про цю роботу вже вирішив хтось інший, і чинне його рішення. Що ще чекає: halyard review.",
        "Somebody else has decided about this work, and their decision holds. What still waits: halyard review.",
        "Об этой работе уже решил кто-то другой, и действует его решение. Что ещё ждёт: halyard review.";
    WorkAcceptedBefore { who: &'a str, when: &'a str } =>
        "Цю роботу вже прийнято: {who}, {when}. Чинне те рішення, зараз нічого не змінено. Якщо в записі має бути інакше, змініть його; що ще чекає: halyard review.",
        "This work was accepted already: {who}, {when}. That decision holds, and nothing was changed now. If the record should be otherwise, edit it; what still waits: halyard review.",
        "Эта работа уже принята: {who}, {when}. Действует то решение, сейчас ничего не изменено. Если в записи должно быть иначе, измените её; что ещё ждёт: halyard review.";
    WorkDeclinedBefore { who: &'a str, when: &'a str } =>
        "Цю роботу вже відхилено: {who}, {when}. Чинне те рішення, зараз нічого не змінено. Автор зберігає введене і може ввести його знову; що ще чекає: halyard review.",
        "This work was declined already: {who}, {when}. That decision holds, and nothing was changed now. Its author keeps what was entered and can enter it again; what still waits: halyard review.",
        "Эта работа уже отклонена: {who}, {when}. Действует то решение, сейчас ничего не изменено. Автор сохраняет введённое и может ввести его снова; что ещё ждёт: halyard review.";
    NotMergeable { why: &'a str } =>
        "Цю роботу не можна прийняти з вашими правами ({why}). Вона й далі чекає, нічого не втрачено. Прийняти її може той, чия роль дозволяє такі зміни, або відхиліть її з відповіддю: halyard review decline.",
        "This work cannot be accepted with your rights ({why}). It still waits and nothing is lost. Somebody whose role may write this can accept it, or decline it with an answer: halyard review decline.",
        "Эту работу нельзя принять с вашими правами ({why}). Она по-прежнему ждёт, ничего не потеряно. Принять её может тот, чья роль разрешает такие изменения, или отклоните её с ответом: halyard review decline.";
    FileNoSuchSheet { sheets: &'a str } =>
        "Такого аркуша у файлі немає. Нічого не змінено. Є: {sheets}.",
        "The file has no such sheet. Nothing was changed. There are: {sheets}.",
        "Такого листа в файле нет. Ничего не изменено. Есть: {sheets}.";
    FileNoSheets =>
        "У файлі CSV немає аркушів. Нічого не змінено. Повторіть без --sheet.",
        "A CSV file has no sheets. Nothing was changed. Run it again without --sheet.",
        "В файле CSV нет листов. Ничего не изменено. Повторите без --sheet.";
    NotAPhoto =>
        "Це не фото: підходять JPEG, PNG і WebP. Нічого не змінено.",
        "This is no photo: JPEG, PNG and WebP are. Nothing was changed.",
        "Это не фото: подходят JPEG, PNG и WebP. Ничего не изменено.";
    PhotoTooLarge =>
        "Фото завелике: щонайбільше 32 МіБ. Нічого не змінено. Зменште його й додайте ще раз.",
        "The photo is too large: 32 MiB at most. Nothing was changed. Make it smaller and add it again.",
        "Фото слишком большое: не больше 32 МиБ. Ничего не изменено. Уменьшите его и добавьте снова.";
    PhotoElsewhere =>
        "Цього фото на пристрої немає: воно на тому, яким його зроблено.",
        "This photo is not on this device: it is on the one that took it.",
        "Этого фото на устройстве нет: оно на том, которым его сделали.";
}
