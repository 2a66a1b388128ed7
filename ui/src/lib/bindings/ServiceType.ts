// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type ServiceType = "warranty" | "post_warranty" | "contract" | "one_off" | "commissioning";
