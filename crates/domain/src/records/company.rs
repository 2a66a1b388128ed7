//! Our own company: наша компанія. What stands at the head of every paper.

use crate::id::Ref;
use crate::record::{Record, Row, Rows};
use crate::records::unbuilt::Calendar;
use crate::records::values::Blob;
use crate::records::{Address, Employee};
use rust_decimal::Decimal;

/// Our own company: наша компанія.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Company, section = Administration, version = 1, made_by = [Office])]
pub struct Company {
    /// What it is called.
    pub name: Option<String>,
    /// What its papers call it.
    pub legal_name: Option<String>,
    /// ЄДРПОУ or РНОКПП.
    pub registry_code: Option<String>,
    /// ІПН, the number of a VAT payer.
    pub vat_number: Option<String>,
    /// The VAT it charges, in percent; absent when it is no payer.
    pub vat_percent: Option<Decimal>,
    /// Its bank accounts.
    pub accounts: Rows<BankAccount>,
    /// Its addresses.
    pub addresses: Rows<Address>,
    /// Phones.
    pub phones: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Its web site.
    pub website: Option<String>,
    /// Who signs for it.
    pub signatories: Rows<Signatory>,
    /// Its logo.
    pub logo: Option<Blob>,
    /// Its working days and holidays.
    pub calendar: Option<Ref<Calendar>>,
}

/// A bank account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct BankAccount {
    /// The IBAN.
    pub iban: Option<String>,
    /// The bank.
    pub bank: Option<String>,
    /// The currency, as an ISO 4217 code.
    pub currency: Option<String>,
    /// True of the one that goes on papers.
    pub main: Option<bool>,
}

/// Somebody who signs for the company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Signatory {
    /// The employee, when it is one.
    pub employee: Option<Ref<Employee>>,
    /// The name as it stands under a paper: «М. І. Коваленко».
    pub name: Option<String>,
    /// The position as it stands there.
    pub position: Option<String>,
    /// On what ground: «на підставі Статуту».
    pub basis: Option<String>,
}
