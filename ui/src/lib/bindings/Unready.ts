// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What is missing to be ready for a visit.
 */
export type Unready = "acceptance" | "customer" | "address" | "phone" | "equipment" | "checklist" | "decision" | "access_to_arrange";
