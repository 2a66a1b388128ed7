//! What the relay's answers mean for the person at the device.

use super::catalogue::catalogue;

catalogue! {
    /// What came of a call to the relay.
    Answer<'a>
    Version =>
        "Програма й сервер обміну мають різні версії й не розуміють одне одного. Введене збережено на пристрої. Оновіть програму або попросіть ІТ-фахівця оновити сервер.",
        "The program and the relay are of different versions and do not understand each other. What you entered is saved on the device. Update the program, or ask your IT specialist to update the relay.",
        "Программа и сервер обмена разных версий и не понимают друг друга. Введённое сохранено на устройстве. Обновите программу или попросите ИТ-специалиста обновить сервер.";
    NotRecognised =>
        "Сервер обміну не впізнав запит цього пристрою. Введене збережено на пристрої. Зазвичай запит змінює проксі в мережі: спробуйте іншу мережу або зверніться до ІТ-фахівця.",
        "The relay did not recognise this device's request. What you entered is saved on the device. Usually a proxy in the network changes requests: try another network, or ask your IT specialist.",
        "Сервер обмена не узнал запрос этого устройства. Введённое сохранено на устройстве. Обычно запрос меняет прокси в сети: попробуйте другую сеть или обратитесь к ИТ-специалисту.";
    Clock =>
        "Годинник пристрою і годинник сервера розходяться. Введене збережено. Перевірте дату й час на пристрої.",
        "The clocks of the device and of the relay differ. What you entered is saved. Check the date and time of the device.",
        "Часы устройства и часы сервера расходятся. Введённое сохранено. Проверьте дату и время на устройстве.";
    Revoked =>
        "Офіс відкликав цей пристрій: він може лише передати ще не надіслане. Введене збережено на пристрої. Зверніться до ІТ-фахівця.",
        "The office revoked this device: it may only hand over what it has not sent. What you entered is saved on the device. Ask your IT specialist.",
        "Офис отозвал это устройство: оно может лишь передать ещё не отправленное. Введённое сохранено на устройстве. Обратитесь к ИТ-специалисту.";
    NotConfirmed =>
        "Пристрій ще не підтверджено. Повідомте ІТ-фахівцю відбиток, показаний під час підключення, і повторіть.",
        "The device is not confirmed yet. Tell your IT specialist the fingerprint shown at enrolment, then try again.",
        "Устройство ещё не подтверждено. Сообщите ИТ-специалисту отпечаток, показанный при подключении, и повторите.";
    NotFound =>
        "Такого запису на сервері немає або він вам недоступний. На пристрої нічого не змінилося.",
        "There is no such thing on the relay, or it is not for you. Nothing on the device has changed.",
        "Такой записи на сервере нет, или она вам недоступна. На устройстве ничего не изменилось.";
    OtherOrganisation =>
        "Цей сервер обміну належить іншій організації. Введене збережено на пристрої й нікуди не передано. Перевірте адресу.",
        "This relay belongs to another organisation. What you entered is saved on the device and was given to nobody. Check the address.",
        "Этот сервер обмена принадлежит другой организации. Введённое сохранено на устройстве и никуда не передано. Проверьте адрес.";
    Restored =>
        "Сервер обміну було відновлено, потрібна звірка. Введене збережено на пристрої. Повторіть синхронізацію; якщо не допоможе, зверніться до ІТ-фахівця.",
        "The relay was restored and has to compare what it holds with this device. What you entered is saved on the device. Sync again; if that does not help, ask your IT specialist.",
        "Сервер обмена был восстановлен, нужна сверка. Введённое сохранено на устройстве. Повторите синхронизацию; если не поможет, обратитесь к ИТ-специалисту.";
    NoProgress =>
        "Сервер обміну відповідає, але звірка з ним не доходить кінця. Введене збережено на пристрої. Повторіть синхронізацію; якщо не допоможе, зверніться до ІТ-фахівця.",
        "The relay answers, but comparing with it does not come to an end. What you entered is saved on the device. Sync again; if that does not help, ask your IT specialist.",
        "Сервер обмена отвечает, но сверка с ним не доходит до конца. Введённое сохранено на устройстве. Повторите синхронизацию; если не поможет, обратитесь к ИТ-специалисту.";
    AlreadyDecided =>
        "Це вже вирішив хтось інший. Синхронізуйте, щоб побачити рішення.",
        "Somebody else has decided this already. Sync to see the decision.",
        "Это уже решил кто-то другой. Синхронизируйте, чтобы увидеть решение.";
    TooLarge =>
        "Запит завеликий для сервера обміну. Введене збережено на пристрої. Повідомте ІТ-фахівця.",
        "The request is too large for the relay. What you entered is saved on the device. Tell your IT specialist.",
        "Запрос слишком велик для сервера обмена. Введённое сохранено на устройстве. Сообщите ИТ-специалисту.";
    CodeWrong =>
        "Код підключення неправильний. На пристрої нічого не змінилося. Перевірте код або попросіть новий.",
        "The enrolment code is wrong. Nothing on the device has changed. Check the code or ask for a new one.",
        "Код подключения неверный. На устройстве ничего не изменилось. Проверьте код или попросите новый.";
    CodeExpired =>
        "Код підключення застарів або вже використаний іншим пристроєм. На пристрої нічого не змінилося. Попросіть новий код.",
        "The enrolment code has expired or was used by another device. Nothing on the device has changed. Ask for a new code.",
        "Код подключения устарел или уже использован другим устройством. На устройстве ничего не изменилось. Попросите новый код.";
    TooManyTries =>
        "Забагато неправильних кодів. На пристрої нічого не змінилося.",
        "Too many wrong codes. Nothing on the device has changed.",
        "Слишком много неверных кодов. На устройстве ничего не изменилось.";
    Busy =>
        "Сервер обміну зараз перевантажений. Введене збережено на пристрої й буде надіслано пізніше.",
        "The relay is busy now. What you entered is saved on the device and will be sent later.",
        "Сервер обмена сейчас перегружен. Введённое сохранено на устройстве и будет отправлено позже.";
    CannotStore =>
        "Сервер обміну не може зберігати: немає місця або відмовив диск. Введене збережено на пристрої й буде надіслано, коли ІТ-фахівець усуне несправність. Повідомте його.",
        "The relay cannot store anything: its disk is full or has failed. What you entered is saved on the device and will be sent when that is mended. Tell your IT specialist.",
        "Сервер обмена не может сохранять: нет места или отказал диск. Введённое сохранено на устройстве и будет отправлено, когда ИТ-специалист устранит неисправность. Сообщите ему.";
    HandingOver =>
        "Сервер обміну відновлюють. Введене збережено на пристрої. Синхронізація продовжиться, коли відновлення завершать.",
        "The relay is being restored. What you entered is saved on the device. Syncing goes on when that is finished.",
        "Сервер обмена восстанавливают. Введённое сохранено на устройстве. Синхронизация продолжится, когда восстановление завершат.";
    Failed =>
        "На сервері обміну сталася помилка. Введене збережено на пристрої. Спробуйте ще раз; якщо повториться, зверніться до ІТ-фахівця.",
        "Something went wrong on the relay. What you entered is saved on the device. Try again; if it happens again, tell your IT specialist.",
        "На сервере обмена произошла ошибка. Введённое сохранено на устройстве. Попробуйте ещё раз; если повторится, обратитесь к ИТ-специалисту.";
    WrongAddress =>
        "Адреса сервера обміну неправильна. На пристрої нічого не змінилося. Перевірте її в ІТ-фахівця.",
        "The address of the relay is wrong. Nothing on the device has changed. Check it with your IT specialist.",
        "Адрес сервера обмена неверный. На устройстве ничего не изменилось. Проверьте его у ИТ-специалиста.";
    NotKnown { shown: &'a str } =>
        "Система цього пристрою не знає, хто видав сертифікат сервера обміну. Нічого не надіслано, введене збережено на пристрої. Відбиток сертифіката: {shown}. Покажіть його ІТ-фахівцю; якщо він справжній: halyard profile --pin.",
        "This device's system does not know who issued the relay's certificate. Nothing was sent; what you entered is saved on the device. The certificate's pin: {shown}. Show it to your IT specialist; if it is the right one: halyard profile --pin.",
        "Система этого устройства не знает, кто выдал сертификат сервера обмена. Ничего не отправлено, введённое сохранено на устройстве. Отпечаток сертификата: {shown}. Покажите его ИТ-специалисту; если он настоящий: halyard profile --pin.";
    OtherKey { shown: &'a str } =>
        "Відповідає не той сервер обміну, до якого підключено цей пристрій. Нічого не надіслано, введене збережено на пристрої. Його відбиток: {shown}. Спробуйте іншу мережу або покажіть це ІТ-фахівцю; якщо сервер справді замінили: halyard profile --pin.",
        "What answers is not the relay this device belongs to. Nothing was sent; what you entered is saved on the device. Its pin: {shown}. Try another network, or show this to your IT specialist; if the relay was really replaced: halyard profile --pin.",
        "Отвечает не тот сервер обмена, к которому подключено это устройство. Ничего не отправлено, введённое сохранено на устройстве. Его отпечаток: {shown}. Попробуйте другую сеть или покажите это ИТ-специалисту; если сервер действительно заменили: halyard profile --pin.";
    OtherName =>
        "Сертифікат сервера обміну видано на інше ім'я, ніж в адресі. Нічого не надіслано, введене збережено на пристрої. Перевірте адресу; ІТ-фахівець може додати ім'я в tls.names.",
        "The relay's certificate is for another name than that of the address. Nothing was sent; what you entered is saved on the device. Check the address; your IT specialist can add the name to tls.names.",
        "Сертификат сервера обмена выдан на другое имя, чем в адресе. Ничего не отправлено, введённое сохранено на устройстве. Проверьте адрес; ИТ-специалист может добавить имя в tls.names.";
    OtherTime =>
        "Сертифікат сервера обміну сьогодні не діє. Нічого не надіслано, введене збережено на пристрої. Перевірте дату на пристрої; якщо вона правильна, повідомте ІТ-фахівця.",
        "The relay's certificate is not valid today. Nothing was sent; what you entered is saved on the device. Check the date of the device; if it is right, tell your IT specialist.",
        "Сертификат сервера обмена сегодня не действует. Ничего не отправлено, введённое сохранено на устройстве. Проверьте дату на устройстве; если она правильная, сообщите ИТ-специалисту.";
    GarbledCertificate =>
        "Сертифікат сервера обміну не вдалося прочитати. Нічого не надіслано, введене збережено на пристрої. Повідомте ІТ-фахівця.",
        "The relay's certificate cannot be read. Nothing was sent; what you entered is saved on the device. Tell your IT specialist.",
        "Сертификат сервера обмена не удалось прочитать. Ничего не отправлено, введённое сохранено на устройстве. Сообщите ИТ-специалисту.";
    NotTls =>
        "За цією адресою немає шифрування, а адреса починається з https://. Нічого не надіслано, введене збережено на пристрої. Перевірте адресу й порт в ІТ-фахівця.",
        "There is no encryption at this address, and the address begins with https://. Nothing was sent; what you entered is saved on the device. Check address and port with your IT specialist.",
        "По этому адресу нет шифрования, а адрес начинается с https://. Ничего не отправлено, введённое сохранено на устройстве. Проверьте адрес и порт у ИТ-специалиста.";
    TlsNeeded =>
        "Сервер обміну приймає лише зашифровані з'єднання. Введене збережено на пристрої. Напишіть адресу з https://.",
        "The relay takes encrypted connections only. What you entered is saved on the device. Write the address with https://.",
        "Сервер обмена принимает только зашифрованные соединения. Введённое сохранено на устройстве. Напишите адрес с https://.";
    NoTls =>
        "Програма не може шифрувати на цьому пристрої. Введене збережено на пристрої. Повідомте ІТ-фахівця.",
        "The program cannot encrypt on this device. What you entered is saved on the device. Tell your IT specialist.",
        "Программа не может шифровать на этом устройстве. Введённое сохранено на устройстве. Сообщите ИТ-специалисту.";
    Unreachable { address: &'a str } =>
        "Сервер обміну за адресою {address} недоступний. Усе введене збережено на цьому пристрої й буде надіслано, щойно з'явиться зв'язок. Якщо зв'язок є, звірте адресу з ІТ-фахівцем; інша задається так: halyard profile --relay АДРЕСА.",
        "There is no relay to be reached at {address}. Everything entered is saved on this device and will be sent when there is a connection. If there is one, compare the address with your IT specialist; another is set by: halyard profile --relay ADDRESS.",
        "Сервер обмена по адресу {address} недоступен. Всё введённое сохранено на этом устройстве и будет отправлено, как только появится связь. Если связь есть, сверьте адрес с ИТ-специалистом; другой задаётся так: halyard profile --relay АДРЕС.";
    NotOurRelay { address: &'a str } =>
        "За адресою {address} відповідає не ваш сервер обміну. Усе введене збережено на цьому пристрої й нікуди не передано. Що саме відповіло, скаже halyard sync.",
        "What answers at {address} is not your relay. Everything entered is saved on this device and was given to nobody. halyard sync says what answered.",
        "По адресу {address} отвечает не ваш сервер обмена. Всё введённое сохранено на этом устройстве и никуда не передано. Что именно ответило, скажет halyard sync.";
    Garbled =>
        "Відповідь сервера обміну не вдалося прочитати. Введене збережено на пристрої. Спробуйте ще раз; якщо повториться, зверніться до ІТ-фахівця.",
        "The relay's answer cannot be read. What you entered is saved on the device. Try again; if it happens again, tell your IT specialist.",
        "Ответ сервера обмена не удалось прочитать. Введённое сохранено на устройстве. Попробуйте ещё раз; если повторится, обратитесь к ИТ-специалисту.";
    Unwritable =>
        "Запит до сервера обміну не вдалося скласти. Введене збережено на пристрої. Повідомте ІТ-фахівця.",
        "A request to the relay could not be written. What you entered is saved on the device. Tell your IT specialist.",
        "Запрос к серверу обмена не удалось составить. Введённое сохранено на устройстве. Сообщите ИТ-специалисту.";
    NotARelay { status: u16 } =>
        "За цією адресою відповідає не сервер обміну Halyard (стан HTTP {status}). На пристрої нічого не змінилося. Перевірте адресу в ІТ-фахівця.",
        "What answers at this address is not a Halyard relay (HTTP status {status}). Nothing on the device has changed. Check the address with your IT specialist.",
        "По этому адресу отвечает не сервер обмена Halyard (состояние HTTP {status}). На устройстве ничего не изменилось. Проверьте адрес у ИТ-специалиста.";
    Wait { said: &'a str, wait: &'a str } =>
        "{said} Зачекайте: {wait}.",
        "{said} Wait: {wait}.",
        "{said} Подождите: {wait}.";
}
