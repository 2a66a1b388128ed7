// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What keeps the sync from going on until somebody has seen to it. Of the same names as in [`SyncTrouble`].
 */
export type SyncHalt = "other_relay" | "forged" | "not_recognised" | "other_version" | "clock" | "device_full";
