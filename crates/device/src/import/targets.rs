//! Which field each column of a file fills, and how its cells are read.

use halyard_domain::records::Directory;

use super::columns::Column;
use super::known::Named;
use super::row::Part;

/// How a cell becomes a value.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Line,
    RegistryCode,
    VatNumber,
    Iban,
    Phones,
    Emails,
    Date,
    Status,
    Named(Named),
    /// Taken together with other cells, or kept outside the fields.
    Apart,
}

/// Which field each column fills.
pub(super) const TARGETS: &[(Column, Part, &str, Form)] = &[
    (Column::Name, Part::Customer, "name", Form::Line),
    (Column::LegalName, Part::Customer, "legal_name", Form::Line),
    (Column::RegistryCode, Part::Customer, "registry_code", Form::RegistryCode),
    (Column::VatNumber, Part::Customer, "vat_number", Form::VatNumber),
    (Column::Iban, Part::Customer, "iban", Form::Iban),
    (Column::Phone, Part::Customer, "phones", Form::Phones),
    (Column::Email, Part::Customer, "emails", Form::Emails),
    (Column::Website, Part::Customer, "website", Form::Line),
    (Column::Status, Part::Customer, "status", Form::Status),
    (Column::Source, Part::Customer, "source", Form::Named(Named::Entry(Directory::Source))),
    (Column::Responsible, Part::Customer, "responsible", Form::Named(Named::Employee)),
    (Column::Notes, Part::Customer, "notes", Form::Apart),
    (Column::LegalAddress, Part::LegalAddress, "street", Form::Line),
    (Column::PostalAddress, Part::PostalAddress, "street", Form::Line),
    (Column::SiteAddress, Part::Site, "street", Form::Line),
    (Column::Settlement, Part::Site, "settlement", Form::Line),
    (Column::PostalCode, Part::Site, "postal_code", Form::Line),
    (Column::Region, Part::Site, "region", Form::Named(Named::Entry(Directory::Region))),
    (Column::SiteLabel, Part::Site, "label", Form::Line),
    (Column::AccessNotes, Part::Site, "access_notes", Form::Line),
    (Column::Latitude, Part::Site, "coordinates", Form::Apart),
    (Column::Longitude, Part::Site, "coordinates", Form::Apart),
    (Column::ContactName, Part::Contact, "surname", Form::Apart),
    (Column::ContactSurname, Part::Contact, "surname", Form::Line),
    (Column::ContactGivenName, Part::Contact, "given_name", Form::Line),
    (Column::ContactPatronymic, Part::Contact, "patronymic", Form::Line),
    (Column::ContactVocative, Part::Contact, "vocative", Form::Line),
    (Column::ContactPosition, Part::Contact, "position", Form::Line),
    (
        Column::ContactCategory,
        Part::Contact,
        "recipient_category",
        Form::Named(Named::Entry(Directory::RecipientCategory)),
    ),
    (Column::ContactPhone, Part::Contact, "phones", Form::Phones),
    (Column::ContactEmail, Part::Contact, "emails", Form::Emails),
    (Column::ContactBirthday, Part::Contact, "birthday", Form::Date),
    (Column::ContactNote, Part::Contact, "note", Form::Line),
    (Column::EquipmentName, Part::Equipment, "name", Form::Line),
    (
        Column::EquipmentCategory,
        Part::Equipment,
        "category",
        Form::Named(Named::Entry(Directory::EquipmentCategory)),
    ),
    (Column::Manufacturer, Part::Equipment, "manufacturer", Form::Line),
    (Column::Model, Part::Equipment, "model", Form::Line),
    (Column::Serial, Part::Equipment, "serial", Form::Line),
    (Column::QrTag, Part::Equipment, "qr_tag", Form::Line),
    (Column::Place, Part::Equipment, "place", Form::Line),
    (Column::Installed, Part::Equipment, "installed", Form::Date),
    (Column::WarrantyUntil, Part::Equipment, "warranty_until", Form::Date),
    (Column::EquipmentNotes, Part::Equipment, "notes", Form::Apart),
];

/// The column whose cells fill a field.
pub(super) fn column_of(part: Part, field: &str) -> Option<Column> {
    TARGETS.iter().find(|(_, of, name, _)| *of == part && *name == field).map(|(column, ..)| *column)
}
