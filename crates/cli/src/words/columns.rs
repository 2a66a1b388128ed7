//! What the columns of an imported file are called, and the parts of a row.

use halyard_device::import::columns::Column;
use halyard_device::import::row::Part;

use super::choices::Worded;
use super::{Words, words};

/// The name of a column of a file.
pub(crate) fn column_of_file(column: Column) -> Words {
    match column {
        Column::Name => words("Назва", "Name", "Название"),
        Column::LegalName => words("Юридична назва", "Legal name", "Юридическое название"),
        Column::RegistryCode => words("ЄДРПОУ або РНОКПП", "Registry code", "ЕГРПОУ или РНУКПН"),
        Column::VatNumber => words("ІПН", "VAT number", "ИНН"),
        Column::Iban => words("IBAN", "IBAN", "IBAN"),
        Column::Phone => words("Телефон", "Phone", "Телефон"),
        Column::Email => words("Електронна пошта", "E-mail", "Электронная почта"),
        Column::Website => words("Сайт", "Web site", "Сайт"),
        Column::Status => words("Статус", "Status", "Статус"),
        Column::Source => words("Джерело", "Source", "Источник"),
        Column::Responsible => words("Відповідальний", "Responsible", "Ответственный"),
        Column::Notes => words("Примітки", "Notes", "Примечания"),
        Column::LegalAddress => words("Юридична адреса", "Legal address", "Юридический адрес"),
        Column::PostalAddress => words("Поштова адреса", "Postal address", "Почтовый адрес"),
        Column::SiteAddress => words("Адреса об'єкта", "Site address", "Адрес объекта"),
        Column::Settlement => words("Населений пункт", "Settlement", "Населённый пункт"),
        Column::PostalCode => words("Поштовий індекс", "Postal code", "Почтовый индекс"),
        Column::Region => words("Регіон", "Region", "Регион"),
        Column::SiteLabel => words("Назва місця", "Place", "Название места"),
        Column::AccessNotes => words("Як потрапити", "Access notes", "Как попасть"),
        Column::Latitude => words("Широта", "Latitude", "Широта"),
        Column::Longitude => words("Довгота", "Longitude", "Долгота"),
        Column::ContactName => words("Контактна особа", "Contact person", "Контактное лицо"),
        Column::ContactSurname => words("Прізвище", "Surname", "Фамилия"),
        Column::ContactGivenName => words("Ім'я", "Given name", "Имя"),
        Column::ContactPatronymic => words("По батькові", "Patronymic", "Отчество"),
        Column::ContactVocative => words("Звертання", "Salutation", "Обращение"),
        Column::ContactPosition => words("Посада", "Position", "Должность"),
        Column::ContactCategory => {
            words("Категорія отримувача", "Recipient category", "Категория получателя")
        }
        Column::ContactPhone => {
            words("Телефон контактної особи", "Contact's phone", "Телефон контактного лица")
        }
        Column::ContactEmail => words("Пошта контактної особи", "Contact's e-mail", "Почта контактного лица"),
        Column::ContactBirthday => words("День народження", "Birthday", "День рождения"),
        Column::ContactNote => words("Примітка про особу", "Contact's note", "Примечание о лице"),
        Column::EquipmentName => words("Обладнання", "Equipment", "Оборудование"),
        Column::EquipmentCategory => words("Вид обладнання", "Category", "Вид оборудования"),
        Column::Manufacturer => words("Виробник", "Manufacturer", "Производитель"),
        Column::Model => words("Модель", "Model", "Модель"),
        Column::Serial => words("Серійний номер", "Serial number", "Серийный номер"),
        Column::QrTag => words("QR-мітка", "QR tag", "QR-метка"),
        Column::Place => words("Де саме", "Place", "Где именно"),
        Column::Installed => words("Встановлено", "Installed", "Установлено"),
        Column::WarrantyUntil => words("Гарантія до", "Warranty until", "Гарантия до"),
        Column::EquipmentNotes => {
            words("Примітки до обладнання", "Equipment notes", "Примечания к оборудованию")
        }
        Column::Reasons => words("Чому не взято", "Why not taken", "Почему не взято"),
    }
}

impl Worded for Part {
    fn words(&self) -> Words {
        match self {
            Self::Customer => words("контрагент", "customer", "контрагент"),
            Self::Site => words("місце обслуговування", "service site", "место обслуживания"),
            Self::LegalAddress => words("юридична адреса", "legal address", "юридический адрес"),
            Self::PostalAddress => words("поштова адреса", "postal address", "почтовый адрес"),
            Self::Contact => words("контактна особа", "contact person", "контактное лицо"),
            Self::Equipment => words("об'єкт обслуговування", "equipment", "объект обслуживания"),
        }
    }
}
