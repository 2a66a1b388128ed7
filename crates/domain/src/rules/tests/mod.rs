//! The rules, as tables in product words.

mod attending;
mod carrying;
mod counting;
mod states;
mod stepping;
