//! Sections, reach, groups and abilities: what rights are made of.

use halyard_device::domain::kind::{Decider, Group, Section};
use halyard_device::domain::rights::{Ability, Reach};

use super::catalogue::worded;

worded! {
    Section {
        Service: "сервіс", "service", "сервис";
        Complaints: "рекламації", "complaints", "рекламации";
        Requests: "звернення", "requests", "обращения";
        Customers: "контрагенти", "customers", "контрагенты";
        Documents: "документи", "documents", "документы";
        Finance: "фінанси", "finance", "финансы";
        Sales: "продажі", "sales", "продажи";
        Expenses: "накладні витрати", "expenses", "накладные расходы";
        Projects: "проєкти", "projects", "проекты";
        Products: "товари", "products", "товары";
        Marketing: "маркетинг", "marketing", "маркетинг";
        Calls: "дзвінки", "calls", "звонки";
        Messages: "листування", "messages", "переписка";
        Staff: "працівники", "staff", "сотрудники";
        StaffPrivate: "кадрові дані", "private staff data", "кадровые данные";
        Administration: "адміністрування", "administration", "администрирование";
        Reports: "звіти", "reports", "отчёты";
    }
    Group {
        Office: "офіс", "office", "офис";
        Technician: "технік", "technician", "техник";
        Customer: "контрагент", "customer", "контрагент";
        Relay: "сервер обміну", "relay", "сервер обмена";
    }
    Decider {
        Dispatcher: "диспетчер", "the dispatcher", "диспетчер";
        Reviewer: "перевіряючий", "the reviewer", "проверяющий";
        Responsible: "відповідальний", "the responsible employee", "ответственный";
    }
    Reach {
        None: "немає", "none", "нет";
        Own: "власні", "own", "свои";
        Team: "команда", "team", "команда";
        All: "усі", "all", "все";
    }
    Ability {
        Review: "перевіряти чужу роботу", "review the work of others", "проверять чужую работу";
        Reopen: "відновлювати закрите", "reopen what was closed", "возобновлять закрытое";
        CloseComplaint: "закривати рекламації", "close complaints", "закрывать рекламации";
        ApproveExpense: "погоджувати витрати", "approve expenses", "согласовывать расходы";
        Export: "вивантажувати дані", "export data", "выгружать данные";
        EnrolDevices: "підключати пристрої", "enrol devices", "подключать устройства";
        AssignRoles: "призначати ролі", "assign roles", "назначать роли";
    }
}
