// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DayBrief } from "./DayBrief";
import type { DayVisit } from "./DayVisit";
import type { Instant } from "./Instant";

/**
 * A person's day.
 */
export type Today = { 
/**
 * The day shown.
 */
date: string, 
/**
 * Now, by this device's clock.
 */
as_of: Instant, 
/**
 * When everything was in step with the office last, Unix milliseconds by the relay's clock.
 */
last_full_sync_ms: number | null, 
/**
 * The visits of the day, in order.
 */
visits: Array<DayVisit>, 
/**
 * Open visits of earlier days, latest first.
 */
overdue: Array<DayVisit>, 
/**
 * Open visits that have no time yet.
 */
unplanned: Array<DayVisit>, 
/**
 * The seven days of the week the day is in, Monday first.
 */
week: Array<DayBrief>, 
/**
 * The next day with visits, when there is one within a month.
 */
next_day: DayBrief | null, };
