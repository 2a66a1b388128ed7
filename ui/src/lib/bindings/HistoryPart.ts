// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A part of what happened on a card.
 */
export type HistoryPart = "all" | "works" | "files" | "complaints";
