//! Kinds that records link to and that this version does not have yet.
//!
//! Such a link is stored, shown as dangling and kept by every edit; what derives from it is empty.

use crate::id::Target;

macro_rules! unbuilt {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {$(
        $(#[$doc])+
        #[derive(Debug)]
        pub enum $name {}

        impl Target for $name {
            const KIND_NAME: &'static str = $text;
        }
    )+};
}

unbuilt! {
    /// A contract with a customer: договір.
    Contract = "contract",
    /// A product or service: товар або послуга.
    Product = "product",
    /// A request: звернення.
    Request = "request",
    /// A business document: документ.
    Document = "document",
    /// A project: проєкт.
    Project = "project",
    /// How fast we answer: норматив реагування.
    SlaPolicy = "sla_policy",
    /// A field an administrator added: додаткове поле.
    CustomField = "custom_field",
    /// A working calendar: робочий календар.
    Calendar = "calendar",
}
