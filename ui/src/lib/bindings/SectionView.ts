// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Group } from "./Group";
import type { Reach } from "./Reach";
import type { Section } from "./Section";

/**
 * What somebody may see and write in a section.
 */
export type SectionView = { 
/**
 * The section.
 */
section: Section, 
/**
 * How far they see.
 */
reach: Reach, 
/**
 * The ownership groups they write.
 */
write: Array<Group>, };
