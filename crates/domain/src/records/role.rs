//! A role: роль. What those who hold it may see and do.
//!
//! Each section is a field of its own, so that two administrators who change different sections do
//! not meet; a field in conflict counts as its narrower value (`crate::rights::Access::of_role`).
//! Who holds a role is not here: that is the account's.

use crate::record::{LongText, Record};
use crate::rights::{Ability, SectionRights};

/// A role: роль. The fields after the names are called as the sections are.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Role, section = Administration, version = 1, made_by = [Office])]
pub struct Role {
    /// What it is called, in Ukrainian.
    pub name: Option<String>,
    /// In English.
    pub name_en: Option<String>,
    /// In Russian.
    pub name_ru: Option<String>,
    /// Whom it is for.
    pub notes: LongText,
    /// Cards, visits, equipment, checklists.
    pub service: Option<SectionRights>,
    /// Complaints.
    pub complaints: Option<SectionRights>,
    /// Requests and tasks.
    pub requests: Option<SectionRights>,
    /// Customers.
    pub customers: Option<SectionRights>,
    /// Contracts, documents, templates.
    pub documents: Option<SectionRights>,
    /// Prices, invoices, payments.
    pub finance: Option<SectionRights>,
    /// Contact cards.
    pub sales: Option<SectionRights>,
    /// Overhead expenses.
    pub expenses: Option<SectionRights>,
    /// Projects.
    pub projects: Option<SectionRights>,
    /// Products, stock, turnover plans.
    pub products: Option<SectionRights>,
    /// Campaigns, target groups, mailings, surveys.
    pub marketing: Option<SectionRights>,
    /// Calls.
    pub calls: Option<SectionRights>,
    /// Conversations.
    pub messages: Option<SectionRights>,
    /// Employees, teams, absences.
    pub staff: Option<SectionRights>,
    /// Private data of employees.
    pub staff_private: Option<SectionRights>,
    /// Calendars, directories, roles, the company, custom fields.
    pub administration: Option<SectionRights>,
    /// Reports.
    pub reports: Option<SectionRights>,
    /// What else its holders may do.
    pub abilities: Vec<Ability>,
}
