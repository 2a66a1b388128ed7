// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Ability } from "./Ability";
import type { Kind } from "./Kind";
import type { Linked } from "./Linked";
import type { SectionView } from "./SectionView";

/**
 * Who uses this device, and what they may do anywhere.
 */
export type Me = { 
/**
 * The employee.
 */
employee: Linked, 
/**
 * This device, as histories and conflicts name it.
 */
device: string, 
/**
 * The organisation.
 */
organisation: string, 
/**
 * False before the first sync: everything is offered then, and the office judges.
 */
rights_known: boolean, 
/**
 * Their roles.
 */
roles: Array<Linked>, 
/**
 * Their teams.
 */
teams: Array<Linked>, 
/**
 * Whether they work at a desk: they see everybody's, or write what the office writes.
 */
at_a_desk: boolean, 
/**
 * What they may see and write in each section.
 */
sections: Array<SectionView>, 
/**
 * What else they may do.
 */
abilities: Array<Ability>, 
/**
 * The kinds of record they may make.
 */
makes: Array<Kind>, };
