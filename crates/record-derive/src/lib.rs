//! One declaration of a record gives its schema, reading, editing and the owner of every path.
//!
//! - `#[derive(Record)]` on a kind: `#[record(kind = Visit, section = Service, version = 1,
//!   made_by = [Office])]`; on a field: `#[record(owner = [Technician], decider = Reviewer, since = 2,
//!   written_once = true)]`, each part optional. A field is `Option<T>` or `Vec<T>` (one scalar), `LongText`, `Rows<T>` or
//!   `Events<T>`. Without `owner` a field belongs to those in `made_by`.
//! - `#[derive(Row)]` on the own columns of a row: every field is `Option<T>` or `Vec<T>`.
//! - `#[derive(Choice)]` on an enum without data: stored in snake_case.
//! - `#[derive(EventKind)]`: a choice whose variants carry `#[event(owner = [Technician])]`.
//!
//! The generated code names `halyard_domain` paths through `crate::`: records live in the domain.

mod attributes;
mod choice;
mod record;
mod row;
mod shape;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Implements `Record`, and a field handle for every field: `Visit::WINDOW.set(&window)`.
#[proc_macro_derive(Record, attributes(record))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    finish(record::expand(&parse_macro_input!(input as DeriveInput)))
}

/// Implements `RowValue`.
#[proc_macro_derive(Row)]
pub fn derive_row(input: TokenStream) -> TokenStream {
    finish(row::expand(&parse_macro_input!(input as DeriveInput)))
}

/// Implements `FieldValue` for an enum without data, and `NAMES`, `ALL`, `name()`.
#[proc_macro_derive(Choice)]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    finish(choice::expand(&parse_macro_input!(input as DeriveInput)))
}

/// Implements what `Choice` does, and `EventKind` with the owners of every type.
#[proc_macro_derive(EventKind, attributes(event))]
pub fn derive_event_kind(input: TokenStream) -> TokenStream {
    finish(choice::expand_event(&parse_macro_input!(input as DeriveInput)))
}

fn finish(expanded: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    expanded.unwrap_or_else(|error| error.to_compile_error()).into()
}
