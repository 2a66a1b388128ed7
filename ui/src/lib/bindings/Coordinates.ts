// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A place on the map, in millionths of a degree (WGS 84).
 */
export type Coordinates = { 
/**
 * North of the equator.
 */
latitude_e6: number, 
/**
 * East of Greenwich.
 */
longitude_e6: number, };
