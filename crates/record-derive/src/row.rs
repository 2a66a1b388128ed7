//! `#[derive(Row)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::shape::{FieldShape, named_fields};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let mut columns = Vec::new();
    let mut reads = Vec::new();
    let mut writes = Vec::new();
    for field in &named_fields(input)?.named {
        let Some(ident) = &field.ident else { continue };
        let key = ident.to_string();
        match FieldShape::of(&field.ty)? {
            FieldShape::Optional(inside) => {
                columns.push(column(&key, inside));
                reads.push(quote! { #ident: crate::record::typed(row.value(#key)) });
                writes.push(quote! {
                    if let Some(value) = &self.#ident {
                        columns.insert(#key.to_owned(), crate::value::FieldValue::to_scalar(value));
                    }
                });
            }
            FieldShape::List(list) => {
                columns.push(column(&key, list));
                reads.push(quote! { #ident: crate::record::typed(row.value(#key)).unwrap_or_default() });
                writes.push(quote! {
                    if !self.#ident.is_empty() {
                        columns.insert(#key.to_owned(), crate::value::FieldValue::to_scalar(&self.#ident));
                    }
                });
            }
            FieldShape::Text | FieldShape::Rows(_) | FieldShape::Events(_) => {
                return Err(syn::Error::new_spanned(&field.ty, "a column is Option<T> or Vec<T>"));
            }
        }
    }
    Ok(quote! {
        impl crate::record::RowValue for #name {
            const COLUMNS: &'static [crate::schema::ColumnSchema] = &[#(#columns),*];

            fn read(row: &crate::reading::RowReading) -> Self {
                Self { #(#reads),* }
            }

            fn columns(&self) -> ::std::collections::BTreeMap<String, crate::value::Scalar> {
                let mut columns = ::std::collections::BTreeMap::new();
                #(#writes)*
                columns
            }
        }
    })
}

fn column(key: &str, value: &syn::Type) -> TokenStream {
    quote! {
        crate::schema::ColumnSchema {
            name: #key,
            scalar: <#value as crate::value::FieldValue>::TYPE,
        }
    }
}
