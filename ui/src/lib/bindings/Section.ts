// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A part of the system that rights are given for.
 */
export type Section = "service" | "complaints" | "requests" | "customers" | "documents" | "finance" | "sales" | "expenses" | "projects" | "products" | "marketing" | "calls" | "messages" | "staff" | "staff_private" | "administration" | "reports";
