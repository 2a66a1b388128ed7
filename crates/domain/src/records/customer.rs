//! A customer: контрагент. Whoever buys, bought or may buy from us.
//!
//! What several people write at the same time (phones, addresses, requisites) is kept side by side
//! until the customer's responsible decides. The portrait (revenue, visits, last contact…) is derived.

use crate::id::Ref;
use crate::record::{Choice, LongText, Record, Row, Rows};
use crate::records::{Address, CustomValue, DirectoryEntry, Employee};

/// A customer: контрагент.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Customer, section = Customers, version = 1, made_by = [Office])]
pub struct Customer {
    /// What we call it.
    #[record(decider = Responsible)]
    pub name: Option<String>,
    /// What its papers call it.
    #[record(decider = Responsible)]
    pub legal_name: Option<String>,
    /// ЄДРПОУ of a company (8 digits), РНОКПП of a person (10 digits).
    #[record(decider = Responsible)]
    pub registry_code: Option<String>,
    /// ІПН, the number of a VAT payer (12 digits).
    #[record(decider = Responsible)]
    pub vat_number: Option<String>,
    /// The account it pays from.
    #[record(decider = Responsible)]
    pub iban: Option<String>,
    /// Its phones.
    #[record(decider = Responsible)]
    pub phones: Vec<String>,
    /// Its e-mail addresses.
    #[record(decider = Responsible)]
    pub emails: Vec<String>,
    /// Its web site.
    #[record(decider = Responsible)]
    pub website: Option<String>,
    /// Legal, postal and service addresses.
    #[record(decider = Responsible)]
    pub addresses: Rows<Address>,
    /// The people we talk to.
    #[record(decider = Responsible)]
    pub contacts: Rows<ContactPerson>,
    /// Where it stands in each classifier.
    #[record(decider = Responsible)]
    pub classification: Rows<Classification>,
    /// Values of the fields our company added.
    #[record(decider = Responsible)]
    pub custom_values: Rows<CustomValue>,
    /// What first brought it to us.
    #[record(decider = Responsible)]
    pub source: Option<Ref<DirectoryEntry>>,
    /// Who of us is responsible for it.
    pub responsible: Option<Ref<Employee>>,
    /// Where we stand with it.
    #[record(decider = Responsible)]
    pub status: Option<CustomerStatus>,
    /// The customer who recommended us.
    #[record(decider = Responsible)]
    pub referred_by: Option<Ref<Customer>>,
    /// Anything else.
    pub notes: LongText,
}

/// Where we stand with a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum CustomerStatus {
    /// May become one: потенційний.
    Prospect,
    /// Is one: діючий.
    Customer,
    /// Was one: колишній.
    Former,
}

/// Whether a person lets us write or call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Consent {
    /// Agreed.
    Given,
    /// Refused, or took the consent back.
    Refused,
}

/// A contact person: контактна особа.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct ContactPerson {
    /// Surname: прізвище.
    pub surname: Option<String>,
    /// Given name: ім'я.
    pub given_name: Option<String>,
    /// Patronymic: по батькові.
    pub patronymic: Option<String>,
    /// Given name and patronymic as one addresses the person: «Іване Петровичу».
    pub vocative: Option<String>,
    /// Position at the customer.
    pub position: Option<String>,
    /// What we may write to this person about: director, accountant, engineer…
    pub recipient_category: Option<Ref<DirectoryEntry>>,
    /// Phones.
    pub phones: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Birthday.
    pub birthday: Option<chrono::NaiveDate>,
    /// May we send e-mail.
    pub consent_email: Option<Consent>,
    /// May we send SMS and messages.
    pub consent_sms: Option<Consent>,
    /// May we call.
    pub consent_call: Option<Consent>,
    /// May we send letters.
    pub consent_post: Option<Consent>,
    /// Anything else about the person.
    pub note: Option<String>,
}

/// A customer's place in one classifier. Of several standing rows for one classifier all count: a
/// customer may belong to two classes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Classification {
    /// The classifier: industry, size…
    pub classifier: Option<Ref<DirectoryEntry>>,
    /// The class in it.
    pub class: Option<Ref<DirectoryEntry>>,
}
