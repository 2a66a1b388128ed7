// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AddressKind } from "./AddressKind";
import type { Coordinates } from "./Coordinates";
import type { RowId } from "./RowId";

/**
 * An address, as a person finds it.
 */
export type AddressView = { 
/**
 * Its row in the customer.
 */
row: RowId, 
/**
 * What it is for.
 */
kind: AddressKind | null, 
/**
 * What people call it.
 */
label: string | null, 
/**
 * The postal code.
 */
postal_code: string | null, 
/**
 * The town or village.
 */
settlement: string | null, 
/**
 * Street, house, room.
 */
street: string | null, 
/**
 * How to get in.
 */
access_notes: string | null, 
/**
 * The place on the map, in millionths of a degree.
 */
coordinates: Coordinates | null, };
