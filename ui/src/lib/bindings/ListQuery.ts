// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Filter } from "./Filter";
import type { Kind } from "./Kind";
import type { Page } from "./Page";
import type { Search } from "./Search";
import type { Show } from "./Show";
import type { SortKey } from "./SortKey";

/**
 * A question about the records of one kind.
 */
export type ListQuery = { 
/**
 * The kind.
 */
kind: Kind, 
/**
 * The columns of the answer, beside the id.
 */
columns: Array<string>, 
/**
 * Conditions that all hold.
 */
filters: Array<Filter>, 
/**
 * The order; empty for the kind's default. Equal records stand in the order of their ids.
 */
sort: Array<SortKey>, 
/**
 * Which page.
 */
page: Page, 
/**
 * Words that must be found in the record, or in the customer, object or card it names.
 */
search: Search | null, 
/**
 * Whether records made by mistake and merged duplicates are shown.
 */
show: Show, };
