//! The kinds of record and the sections rights are given by.
//!
//! [`Kind`] lists the kinds that exist in this version. A link may name a kind that does not exist
//! yet: it is kept as text ([`crate::id::Target::KIND_NAME`]) and shown as dangling.

use serde::{Deserialize, Serialize};

macro_rules! named_enum {
    ($(#[$doc:meta])+ $name:ident { $($(#[$vdoc:meta])+ $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum $name { $($(#[$vdoc])+ #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// Every variant, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The name as stored and sent.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// Reads a stored name; `None` when a newer version wrote it.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named_enum! {
    /// A kind of record.
    Kind {
        /// Our own company: requisites, signatories, logo.
        Company = "company",
        /// A role and the rights it gives.
        Role = "role",
        /// A team of employees.
        Team = "team",
        /// An employee as everybody may see them.
        Employee = "employee",
        /// An entry of an editable directory: work kind, unit, cause, source, region…
        DirectoryEntry = "directory_entry",
        /// A checklist template.
        Checklist = "checklist",
        /// A counterparty.
        Customer = "customer",
        /// An object of service.
        Equipment = "equipment",
        /// A service card.
        ServiceCard = "service_card",
        /// A visit: one stage of a card.
        Visit = "visit",
        /// A complaint.
        Complaint = "complaint",
    }
}

named_enum! {
    /// A part of the system that rights are given for.
    Section {
        /// Cards, visits, equipment, checklists.
        Service = "service",
        /// Complaints.
        Complaints = "complaints",
        /// Requests and tasks.
        Requests = "requests",
        /// Customers.
        Customers = "customers",
        /// Contracts, documents, templates.
        Documents = "documents",
        /// Prices, invoices, payments.
        Finance = "finance",
        /// Contact cards.
        Sales = "sales",
        /// Overhead expenses.
        Expenses = "expenses",
        /// Projects.
        Projects = "projects",
        /// Products, stock, turnover plans.
        Products = "products",
        /// Campaigns, target groups, mailings, surveys.
        Marketing = "marketing",
        /// Calls.
        Calls = "calls",
        /// Conversations.
        Messages = "messages",
        /// Employees, teams, absences.
        Staff = "staff",
        /// Private data of employees.
        StaffPrivate = "staff_private",
        /// Calendars, directories, roles, the company, custom fields.
        Administration = "administration",
        /// Reports.
        Reports = "reports",
    }
}

named_enum! {
    /// An ownership group: who may write a field.
    Group {
        /// Office or dispatcher decision.
        Office = "office",
        /// Technician fact.
        Technician = "technician",
        /// Customer act.
        Customer = "customer",
        /// The relay only.
        Relay = "relay",
    }
}

named_enum! {
    /// Who decides a conflict of a field.
    Decider {
        /// Whoever writes the office group of the record's section.
        Dispatcher = "dispatcher",
        /// Whoever has the ability to review.
        Reviewer = "reviewer",
        /// The employee the record names as responsible, or the office group.
        Responsible = "responsible",
    }
}
