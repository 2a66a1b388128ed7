// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Where a visit stands in its person's day.
 */
export type Phase = "ahead" | "under_way" | "over";
