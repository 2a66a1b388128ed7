// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";

/**
 * A record, as a line of a screen names it and leads to it.
 */
export type Linked = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Its kind; absent when the record is not on this device.
 */
kind: Kind | null, 
/**
 * Its number or name; the provisional label when it has none or is not here.
 */
label: string, 
/**
 * What it is about; empty when it is not here.
 */
title: string, 
/**
 * The name in English of a directory entry or a role, where somebody gave it one.
 */
name_en?: string, 
/**
 * The name in Russian, likewise.
 */
name_ru?: string, };
