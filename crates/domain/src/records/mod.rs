//! The record kinds, one file each, as `domain.md` lays them out.

mod employee;

pub use employee::Employee;
