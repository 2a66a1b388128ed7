// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Changed } from "./Changed";
import type { Connection } from "./Connection";
import type { ImportProgress } from "./ImportProgress";
import type { Notice } from "./Notice";
import type { Stage } from "./Stage";

/**
 * Something a screen should know.
 */
export type AppEvent = { "event": "records" } & Changed | { "event": "everything" } | { "event": "sync", 
/**
 * What goes on.
 */
connection: Connection, } | { "event": "import", 
/**
 * How far.
 */
progress: ImportProgress, } | { "event": "stage", 
/**
 * Where it is.
 */
stage: Stage, } | { "event": "notice", 
/**
 * What.
 */
notice: Notice, };
