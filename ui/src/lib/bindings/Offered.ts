// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Directory } from "./Directory";

/**
 * What a picker offers.
 */
export type Offered = "employees" | "teams" | "customers" | "equipment" | "cards" | "checklists" | { "directory": Directory };
