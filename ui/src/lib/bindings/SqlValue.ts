// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A value on its way to or from a database.
 */
export type SqlValue = "null" | { "bool": boolean } | { "int": number } | { "text": string } | { "uuid": [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number] };
