//! Kinds, choices, states, rights: a word for every variant, so that a new one does not compile without.

use halyard_device::Standing;
use halyard_device::domain::kind::Kind;
use halyard_device::domain::records::{
    ActionKind, AddressKind, AnswerKind, CardAct, Channel, ComplaintAct, ComplaintKind, Consent,
    CustomerStatus, Directory, MessageKind, PartDirection, PhotoMoment, Priority, ReturnDecision,
    ServiceType, Severity, VisitAct,
};
use halyard_device::domain::rights::Ability;
use halyard_device::domain::rules::{CardState, ComplaintState, Missing, Outcome, VisitState, Warranty};

use super::catalogue::worded;
use super::{Lang, Words};

/// Something that has a word.
pub(crate) trait Worded {
    /// Its word.
    fn words(&self) -> Words;

    /// Its word in one language.
    fn say(&self, lang: Lang) -> &'static str {
        self.words().in_lang(lang)
    }
}

macro_rules! choices {
    ($($type:ident),+) => {
        /// The word for a stored choice of the type whose stored names are `names`.
        pub(crate) fn choice(names: &[&str], stored: &str, lang: Lang) -> Option<&'static str> {
            $(if names == $type::NAMES {
                return $type::ALL.iter().find(|one| one.name() == stored).map(|one| one.say(lang));
            })+
            None
        }
    };
}

choices! {
    ActionKind, AddressKind, AnswerKind, Ability, CardAct, Channel, ComplaintAct, ComplaintKind, Consent,
    CustomerStatus, Directory, MessageKind, PartDirection, PhotoMoment, Priority, ReturnDecision,
    ServiceType, Severity, VisitAct, VisitState, CardState, ComplaintState, Outcome
}

worded! {
    Kind {
        Company: "наша компанія", "our company", "наша компания";
        Role: "роль", "role", "роль";
        Team: "бригада", "team", "бригада";
        Employee: "працівник", "employee", "сотрудник";
        DirectoryEntry: "запис довідника", "directory entry", "запись справочника";
        Checklist: "чек-лист", "checklist", "чек-лист";
        Customer: "контрагент", "customer", "контрагент";
        Equipment: "об'єкт обслуговування", "equipment", "объект обслуживания";
        ServiceCard: "картка обслуговування", "service card", "карточка обслуживания";
        Visit: "виїзд", "visit", "выезд";
        Complaint: "рекламація", "complaint", "рекламация";
    }
    Standing {
        InOffice: "в офісі", "in the office", "в офисе";
        Sending: "надсилається", "sending", "отправляется";
        OnDevice: "на пристрої", "on this device", "на устройстве";
        NotAccepted: "не прийнято", "not accepted", "не принято";
    }
    Priority {
        Low: "низький", "low", "низкий";
        Normal: "звичайний", "normal", "обычный";
        High: "високий", "high", "высокий";
        Urgent: "терміновий", "urgent", "срочный";
    }
    ServiceType {
        Warranty: "гарантійне", "warranty", "гарантийное";
        PostWarranty: "післягарантійне", "post-warranty", "послегарантийное";
        Contract: "абонентське", "contract", "абонентское";
        OneOff: "разове", "one-off", "разовое";
        Commissioning: "пусконалагодження", "commissioning", "пусконаладка";
    }
    CardAct {
        Activated: "введено в дію", "activated", "введена в действие";
        Suspended: "призупинено", "suspended", "приостановлена";
        Completed: "завершено", "completed", "завершена";
        Renewed: "подовжено", "renewed", "продлена";
        Terminated: "розірвано", "terminated", "расторгнута";
        Closed: "закрито", "closed", "закрыта";
        Reopened: "відновлено", "reopened", "возобновлена";
    }
    CardState {
        Draft: "Чернетка", "Draft", "Черновик";
        Active: "Діюча", "Active", "Действующая";
        Suspended: "Призупинена", "Suspended", "Приостановлена";
        Completed: "Завершена", "Completed", "Завершена";
        Renewed: "Подовжена", "Renewed", "Продлена";
        Terminated: "Розірвана", "Terminated", "Расторгнута";
        Closed: "Закрита", "Closed", "Закрыта";
    }
    VisitAct {
        Dispatched: "призначено", "dispatched", "назначено";
        Accepted: "прийнято", "accepted", "принято";
        Declined: "відхилено", "declined", "отклонено";
        TravelStarted: "виїхали", "travel started", "выехали";
        Arrived: "прибули", "arrived", "прибыли";
        WorkStarted: "роботу розпочато", "work started", "работа начата";
        Paused: "роботу призупинено", "work paused", "работа приостановлена";
        Resumed: "роботу продовжено", "work resumed", "работа продолжена";
        Completed: "виконано", "completed", "выполнено";
        CompletedPartly: "виконано частково", "completed partly", "выполнено частично";
        CannotComplete: "неможливо виконати", "cannot complete", "невозможно выполнить";
        Reviewed: "перевірено", "reviewed", "проверено";
        Closed: "закрито", "closed", "закрыто";
        Cancelled: "скасовано", "cancelled", "отменено";
        Reopened: "відновлено", "reopened", "возобновлено";
    }
    VisitState {
        New: "Новий", "New", "Новый";
        Scheduled: "Запланований", "Scheduled", "Запланирован";
        Dispatched: "Призначений", "Dispatched", "Назначен";
        Accepted: "Прийнятий", "Accepted", "Принят";
        Declined: "Відхилений", "Declined", "Отклонён";
        Travelling: "У дорозі", "Travelling", "В пути";
        InProgress: "У роботі", "In progress", "В работе";
        OnHold: "Призупинений", "On hold", "Приостановлен";
        Completed: "Виконаний", "Completed", "Выполнен";
        CompletedPartly: "Виконаний частково", "Completed partly", "Выполнен частично";
        CannotComplete: "Неможливо виконати", "Cannot complete", "Невозможно выполнить";
        Reviewed: "Перевірений", "Reviewed", "Проверен";
        Closed: "Закритий", "Closed", "Закрыт";
        Cancelled: "Скасований", "Cancelled", "Отменён";
    }
    Outcome {
        Completed: "виконано", "completed", "выполнено";
        CompletedPartly: "виконано частково", "completed partly", "выполнено частично";
        CannotComplete: "неможливо виконати", "cannot complete", "невозможно выполнить";
    }
    Warranty {
        Covered: "На гарантії", "Under warranty", "На гарантии";
        Ended: "Гарантія закінчилася", "Warranty is over", "Гарантия закончилась";
        Unknown: "Строк гарантії не вказано", "Warranty is not known", "Срок гарантии не указан";
    }
    ComplaintAct {
        Accepted: "прийнято", "accepted", "принята";
        AnalysisStarted: "розпочато аналіз", "analysis started", "начат анализ";
        ActionStarted: "розпочато дії", "actions started", "начаты действия";
        VerificationStarted: "розпочато перевірку", "verification started", "начата проверка";
        Answered: "відповідь надано", "answered", "ответ дан";
        CustomerAnswered: "клієнт оцінив", "customer answered", "клиент оценил";
        NoAnswer: "без відповіді", "no answer", "без ответа";
        Closed: "закрито", "closed", "закрыта";
        Rejected: "відхилено", "rejected", "отклонена";
        Reopened: "відкрито повторно", "reopened", "открыта повторно";
    }
    ComplaintState {
        Registered: "Зареєстрована", "Registered", "Зарегистрирована";
        Accepted: "Прийнята", "Accepted", "Принята";
        Analysis: "Аналіз", "Analysis", "Анализ";
        Action: "Дії", "Actions", "Действия";
        Verification: "Перевірка", "Verification", "Проверка";
        Answered: "Відповідь надано", "Answered", "Ответ дан";
        Closed: "Закрита", "Closed", "Закрыта";
        Rejected: "Відхилена", "Rejected", "Отклонена";
        Reopened: "Повторна", "Reopened", "Повторная";
    }
    Missing {
        Cause: "причина", "the cause", "причина";
        FinishedCorrectiveAction: "виконана коригувальна дія", "a finished corrective action", "выполненное корректирующее действие";
        CustomersAnswer: "відповідь контрагента", "the customer's answer", "ответ контрагента";
    }
    ComplaintKind {
        Complaint: "скарга", "complaint", "жалоба";
        Failure: "відмова", "failure", "отказ";
        Defect: "брак", "defect", "брак";
    }
    Severity {
        Minor: "незначна", "minor", "незначительная";
        Moderate: "помірна", "moderate", "умеренная";
        Major: "значна", "major", "значительная";
        Critical: "критична", "critical", "критическая";
    }
    Channel {
        Phone: "телефон", "phone", "телефон";
        Email: "електронна пошта", "e-mail", "электронная почта";
        Message: "повідомлення", "message", "сообщение";
        Website: "сайт", "web site", "сайт";
        Letter: "лист", "letter", "письмо";
        OnSite: "на об'єкті", "on site", "на объекте";
        InOffice: "в офісі", "in our office", "в офисе";
    }
    ActionKind {
        Corrective: "коригувальна дія", "corrective action", "корректирующее действие";
        Preventive: "запобіжна дія", "preventive action", "предупреждающее действие";
    }
    ReturnDecision {
        Repair: "ремонт", "repair", "ремонт";
        Replace: "заміна", "replace", "замена";
        Refund: "повернення коштів", "refund", "возврат денег";
        Reject: "відмова", "reject", "отказ";
    }
    MessageKind {
        Acknowledgement: "підтвердження отримання", "acknowledgement", "подтверждение получения";
        Progress: "хід розгляду", "progress", "ход рассмотрения";
        ClosingReply: "підсумкова відповідь", "closing reply", "итоговый ответ";
    }
    AddressKind {
        Legal: "юридична", "legal", "юридический";
        Postal: "поштова", "postal", "почтовый";
        Site: "місце обслуговування", "service site", "место обслуживания";
    }
    PhotoMoment {
        Before: "до", "before", "до";
        After: "після", "after", "после";
        Other: "інше", "other", "другое";
    }
    PartDirection {
        Used: "використано", "used", "использовано";
        Returned: "повернуто", "returned", "возвращено";
    }
    CustomerStatus {
        Prospect: "Потенційний", "Prospect", "Потенциальный";
        Customer: "Діючий", "Active", "Действующий";
        Former: "Колишній", "Former", "Бывший";
    }
    Consent {
        Given: "згода", "given", "согласие";
        Refused: "відмова", "refused", "отказ";
    }
    AnswerKind {
        YesNo: "так чи ні", "yes or no", "да или нет";
        Number: "число", "number", "число";
        Line: "рядок", "line", "строка";
        OneOf: "один із варіантів", "one of the choices", "один из вариантов";
        Photo: "фото", "photo", "фото";
    }
    Directory {
        WorkKind: "види робіт", "work kinds", "виды работ";
        Unit: "одиниці виміру", "units", "единицы измерения";
        Cause: "причини рекламацій", "causes", "причины рекламаций";
        Source: "джерела контактів", "sources", "источники контактов";
        EquipmentCategory: "види обладнання", "equipment categories", "виды оборудования";
        RecipientCategory: "категорії отримувачів", "recipient categories", "категории получателей";
        ExpenseCategory: "категорії накладних витрат", "expense categories", "категории накладных расходов";
        Classifier: "класифікатори контрагентів", "classifiers", "классификаторы контрагентов";
        Class: "класи класифікаторів", "classes", "классы классификаторов";
        Region: "регіони", "regions", "регионы";
        Skill: "навички", "skills", "навыки";
        Reason: "причини пауз, відмов і скасувань", "reasons", "причины пауз, отказов и отмен";
    }
}

#[cfg(test)]
mod tests {
    use halyard_device::domain::records::schema;
    use halyard_device::domain::schema::{FieldSchema, Shape};
    use halyard_device::domain::value::ScalarType;

    use super::*;

    fn choices_in(scalar: ScalarType) -> Option<&'static [&'static str]> {
        match scalar {
            ScalarType::Choice(names) => Some(names),
            ScalarType::List(item) => choices_in(*item),
            _ => None,
        }
    }

    fn scalars(field: &FieldSchema) -> Vec<ScalarType> {
        match field.shape {
            Shape::Scalar(scalar) => vec![scalar],
            Shape::Text => Vec::new(),
            Shape::Rows { columns } | Shape::Events { columns, .. } => {
                columns.iter().map(|column| column.scalar).collect()
            }
        }
    }

    #[test]
    fn every_choice_a_record_can_hold_has_its_word() {
        let fields = Kind::ALL.iter().flat_map(|kind| schema(*kind).fields);
        let choices: Vec<_> = fields.flat_map(scalars).filter_map(choices_in).collect();
        assert!(choices.len() > 20);
        for names in choices {
            for name in names {
                assert!(choice(names, name, Lang::Uk).is_some(), "{name} of {names:?}");
            }
        }
    }
}
