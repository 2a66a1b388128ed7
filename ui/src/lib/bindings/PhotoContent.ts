// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { PhotoState } from "./PhotoState";

/**
 * A photo, when it is on this device.
 */
export type PhotoContent = { 
/**
 * Its media type.
 */
media_type: string, 
/**
 * The file in base 64.
 */
content: string, 
/**
 * Where it is.
 */
state: PhotoState, };
