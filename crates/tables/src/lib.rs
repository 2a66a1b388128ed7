//! What a record is in SQL.
//!
//! One declaration of a record kind gives its tables, its rows, its lists and its search words, for a
//! device's SQLite and for the office's SQLite or PostgreSQL. Everything here is derived: it can be
//! dropped and rebuilt from documents, and is never migrated. When the tables or the meaning of a row
//! change, [`ddl::version`] changes, and whoever holds such tables drops and rebuilds them.
//!
//! - [`tables::tables_of`] the tables of a kind; [`ddl::create`] and [`ddl::drop_table`] their SQL;
//! - [`rows::rows_of`] a record's rows, pure; [`write::replace`] writes what differs;
//! - [`verify`] whether what is stored is what a record says;
//! - [`derived`] values that depend on other records: a card's percent, its next visit;
//! - [`list::ListQuery`] filters, sorts and pages over them; [`search`] finds words.
//!
//! Nothing here opens a database or knows Automerge. [`sqlite`] binds values for `rusqlite`, so that
//! the device and the embedded office database do it alike.

pub mod columns;
pub mod ddl;
pub mod derived;
mod kinds;
pub mod list;
pub mod order_key;
pub mod rows;
pub mod search;
pub mod sql;
pub mod sqlite;
pub mod tables;
pub mod verify;
pub mod write;
