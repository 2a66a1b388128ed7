// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A kind of record.
 */
export type Kind = "company" | "role" | "team" | "employee" | "directory_entry" | "checklist" | "customer" | "equipment" | "service_card" | "visit" | "complaint";
