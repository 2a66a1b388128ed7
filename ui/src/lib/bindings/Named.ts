// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";

/**
 * A record as one line names it.
 */
export type Named = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * Its number or name, or the provisional label until it has one.
 */
label: string, 
/**
 * What it is about.
 */
title: string, };
