//! The few words the desktop itself shows: the tray's menu and notices.
//!
//! Everything else people read is in the page's catalogue. The page tells which language is spoken; it is
//! kept beside the profile for the next start, when the desktop speaks before the page does.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use halyard_device::domain::time::TimeWindow;
use halyard_device::notices::{MyVisit, Notice};
use halyard_device::screens::status::SyncHalt;

use crate::language::Lang;

const FILE: &str = "language";

/// The language spoken now.
pub(super) struct Spoken {
    lang: Mutex<Lang>,
    file: PathBuf,
}

impl Spoken {
    /// The language kept in the profile's folder; Ukrainian before anybody chose.
    pub(super) fn kept_in(profile: &Path) -> Self {
        let file = profile.join(FILE);
        let kept = std::fs::read_to_string(&file).ok();
        let lang = kept.and_then(|name| serde_json::from_value(name.trim().into()).ok());
        Self { lang: Mutex::new(lang.unwrap_or_default()), file }
    }

    /// The language.
    pub(super) fn lang(&self) -> Lang {
        *self.lang.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Speaks another language from now on, and keeps it when the profile has a folder.
    pub(super) fn speak(&self, lang: Lang) {
        *self.lang.lock().unwrap_or_else(PoisonError::into_inner) = lang;
        let name = match lang {
            Lang::Uk => "uk",
            Lang::En => "en",
            Lang::Ru => "ru",
        };
        if let Err(error) = std::fs::write(&self.file, name) {
            tracing::info!(%error, "the language is not kept for the next start");
        }
    }
}

/// A word of the tray.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word {
    /// Brings the window back.
    Open,
    /// Syncs at once.
    SyncNow,
    /// Locks the profile.
    Lock,
    /// Ends the program.
    End,
}

impl Word {
    /// In a language.
    pub(super) fn say(self, lang: Lang) -> &'static str {
        let [uk, en, ru] = match self {
            Self::Open => ["Відкрити Halyard", "Open Halyard", "Открыть Halyard"],
            Self::SyncNow => ["Обмінятися з офісом", "Sync now", "Обменяться с офисом"],
            Self::Lock => ["Заблокувати", "Lock", "Заблокировать"],
            Self::End => ["Завершити роботу", "Quit", "Завершить работу"],
        };
        pick(lang, uk, en, ru)
    }
}

/// What a notice says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoticeWords {
    pub(super) summary: String,
    pub(super) body: String,
    /// On the button that opens the record.
    pub(super) open: String,
}

/// A notice in a language.
pub(super) fn of_notice(notice: &Notice, lang: Lang) -> NoticeWords {
    let (summary, body) = match notice {
        Notice::VisitAssigned { now, .. } => {
            (pick(lang, "Новий виїзд", "New visit", "Новый выезд"), visit(now, lang))
        }
        Notice::VisitMoved { from, now, .. } => {
            let was = from.map(|from| {
                let before = pick(lang, "Було", "Was", "Было");
                format!("\n{before}: {}", time(from))
            });
            let body = format!("{}{}", visit(now, lang), was.unwrap_or_default());
            (pick(lang, "Виїзд перенесено", "Visit moved", "Выезд перенесён"), body)
        }
        Notice::NotAccepted { name, .. } => (
            pick(lang, "Не прийнято", "Not accepted", "Не принято"),
            named(
                name.as_ref().map(|name| name.label.as_str()),
                pick(
                    lang,
                    "Офіс не прийняв запис. Введене збережено на пристрої.",
                    "The office did not accept it. What you entered is saved on this device.",
                    "Офис не принял запись. Введённое сохранено на устройстве.",
                ),
            ),
        ),
        Notice::Decide { name, .. } => (
            pick(lang, "Потрібне рішення", "A decision is needed", "Нужно решение"),
            named(
                name.as_ref().map(|name| name.label.as_str()),
                pick(
                    lang,
                    "Двоє записали різне. Виберіть, що лишити.",
                    "Two people wrote different values. Choose which one stays.",
                    "Двое записали разное. Выберите, что оставить.",
                ),
            ),
        ),
        Notice::Review { count } => {
            let waits = pick(
                lang,
                "Неприйняті записи чекають рішення",
                "Changes not accepted wait for a decision",
                "Непринятые записи ждут решения",
            );
            (pick(lang, "На розгляд", "To review", "На рассмотрение"), format!("{waits}: {count}"))
        }
        Notice::SyncHalted { by } => (
            pick(lang, "Обмін зупинився", "The sync has stopped", "Обмен остановился"),
            halted(*by, lang).to_owned(),
        ),
        Notice::Several { count } => {
            let new = pick(lang, "Нового", "New items", "Нового");
            (pick(lang, "Є новини", "There is news", "Есть новости"), format!("{new}: {count}"))
        }
    };
    NoticeWords {
        summary: summary.to_owned(),
        body,
        open: pick(lang, "Відкрити", "Open", "Открыть").to_owned(),
    }
}

/// What somebody has to see to.
fn halted(by: SyncHalt, lang: Lang) -> &'static str {
    let [uk, en, ru] = match by {
        SyncHalt::OtherVersion => [
            "Програма й сервер офісу різних версій. Зроблене збережено на пристрої. Оновіть програму.",
            "The app and the office’s server are of different versions. Your work is saved on this device. Update the app.",
            "Программа и сервер офиса разных версий. Сделанное сохранено на устройстве. Обновите программу.",
        ],
        SyncHalt::Clock => [
            "Годинник пристрою розходиться з сервером офісу. Зроблене збережено на пристрої. Перевірте дату й час.",
            "The clocks of this device and of the office’s server differ. Your work is saved on this device. Check the date and time.",
            "Часы устройства расходятся с сервером офиса. Сделанное сохранено на устройстве. Проверьте дату и время.",
        ],
        SyncHalt::DeviceFull => [
            "На пристрої немає місця. Збережене ціле. Звільніть місце.",
            "This device is full. What was saved is safe. Free some space.",
            "На устройстве нет места. Сохранённое цело. Освободите место.",
        ],
        SyncHalt::OtherRelay | SyncHalt::Forged | SyncHalt::NotRecognised => [
            "Сервер офісу відповідає не так, як мав би. Зроблене збережено на пристрої. Скажіть адміністратору.",
            "The office’s server does not answer as it should. Your work is saved on this device. Tell your administrator.",
            "Сервер офиса отвечает не так, как должен. Сделанное сохранено на устройстве. Скажите администратору.",
        ],
    };
    pick(lang, uk, en, ru)
}

fn visit(visit: &MyVisit, lang: Lang) -> String {
    let when = match visit.window {
        Some(window) => time(window),
        None => pick(lang, "час не призначено", "no time yet", "время не назначено").to_owned(),
    };
    let what = [Some(visit.label.as_str()), visit.customer.as_deref()];
    let what: Vec<&str> = what.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("{}\n{when}", what.join(" · "))
}

fn named(label: Option<&str>, sentence: &str) -> String {
    label.map_or_else(|| sentence.to_owned(), |label| format!("{label}. {sentence}"))
}

/// Day and time on the wall where the visit was planned.
fn time(window: TimeWindow) -> String {
    let (start, end) = (window.start().local(), window.end().local());
    if start.date() == end.date() {
        format!("{}–{}", start.format("%d.%m %H:%M"), end.format("%H:%M"))
    } else {
        format!("{} – {}", start.format("%d.%m %H:%M"), end.format("%d.%m %H:%M"))
    }
}

fn pick<'a>(lang: Lang, uk: &'a str, en: &'a str, ru: &'a str) -> &'a str {
    match lang {
        Lang::Uk => uk,
        Lang::En => en,
        Lang::Ru => ru,
    }
}

#[cfg(test)]
mod tests {
    use halyard_device::domain::id::DocumentId;
    use halyard_device::domain::time::Instant;

    use super::*;

    fn window(start_hour: i64, end_hour: i64) -> TimeWindow {
        // 2026-03-02 00:00 in Kyiv.
        let at = |hour: i64| Instant::new(1_772_402_400 + hour * 3600, 120).unwrap();
        TimeWindow::new(at(start_hour), at(end_hour)).unwrap()
    }

    #[track_caller]
    fn check(notice: &Notice, lang: Lang, summary: &str, body: &str) {
        let words = of_notice(notice, lang);
        assert_eq!((words.summary.as_str(), words.body.as_str()), (summary, body));
    }

    #[test]
    fn a_notice_says_what_where_and_when() {
        let id = DocumentId::made_by_rule("visit");
        let mine = |window| MyVisit {
            label: "V-2026-00012".to_owned(),
            customer: Some("ОСББ «Ґанок»".to_owned()),
            window,
        };
        let assigned = Notice::VisitAssigned { visit: id, now: mine(Some(window(10, 12))) };
        check(&assigned, Lang::Uk, "Новий виїзд", "V-2026-00012 · ОСББ «Ґанок»\n02.03 10:00–12:00");
        let timeless = Notice::VisitAssigned { visit: id, now: mine(None) };
        check(&timeless, Lang::En, "New visit", "V-2026-00012 · ОСББ «Ґанок»\nno time yet");
        let moved =
            Notice::VisitMoved { visit: id, from: Some(window(10, 12)), now: mine(Some(window(22, 26))) };
        check(
            &moved,
            Lang::Uk,
            "Виїзд перенесено",
            "V-2026-00012 · ОСББ «Ґанок»\n02.03 22:00 – 03.03 02:00\nБуло: 02.03 10:00–12:00",
        );
    }

    #[test]
    fn the_language_is_kept_for_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Spoken::kept_in(folder.path()).lang(), Lang::Uk);
        Spoken::kept_in(folder.path()).speak(Lang::Ru);
        assert_eq!(Spoken::kept_in(folder.path()).lang(), Lang::Ru);
    }
}
