//! `#[derive(Record)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Field, Ident};

use crate::attributes::Arguments;
use crate::shape::{FieldShape, named_fields};

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let arguments = Arguments::read(&input.attrs, "record")?;
    let missing = |what: &str| syn::Error::new_spanned(name, format!("#[record({what} = ...)] is missing"));
    let kind = arguments.kind.ok_or_else(|| missing("kind"))?;
    let section = arguments.section.ok_or_else(|| missing("section"))?;
    let version = arguments.version.ok_or_else(|| missing("version"))?;
    if arguments.made_by.is_empty() {
        return Err(missing("made_by"));
    }
    let made_by = groups(&arguments.made_by);

    let mut parts = Vec::new();
    for field in &named_fields(input)?.named {
        parts.push(FieldParts::of(field, &arguments.made_by)?);
    }
    let schemas = parts.iter().map(|part| &part.schema);
    let reads = parts.iter().map(|part| &part.read);
    let handles = parts.iter().map(|part| &part.handle);

    Ok(quote! {
        impl crate::record::Record for #name {
            const KIND: crate::kind::Kind = crate::kind::Kind::#kind;
            const SCHEMA: &'static crate::schema::RecordSchema = &crate::schema::RecordSchema {
                kind: crate::kind::Kind::#kind,
                section: crate::kind::Section::#section,
                version: #version,
                made_by: &[#made_by],
                fields: &[
                    #(#schemas,)*
                    crate::records::every_record::author(&[#made_by]),
                    crate::records::every_record::proposals(&[#made_by]),
                    crate::records::every_record::merged_into(crate::kind::Kind::#kind),
                    crate::records::every_record::withdrawn(),
                ],
            };

            fn read(reading: &crate::reading::Reading) -> Self {
                Self { #(#reads),* }
            }
        }

        impl crate::id::Target for #name {
            const KIND_NAME: &'static str = crate::kind::Kind::#kind.name();
        }

        impl #name { #(#handles)* }
    })
}

/// What one declared field gives.
struct FieldParts {
    schema: TokenStream,
    read: TokenStream,
    handle: TokenStream,
}

impl FieldParts {
    fn of(field: &Field, made_by: &[Ident]) -> syn::Result<Self> {
        let ident = field.ident.as_ref().ok_or_else(|| syn::Error::new_spanned(field, "needs a name"))?;
        let key = ident.to_string();
        let arguments = Arguments::read(&field.attrs, "record")?;
        let owners = groups(if arguments.owner.is_empty() { made_by } else { &arguments.owner });
        let decider = arguments.decider.unwrap_or_else(|| format_ident!("Dispatcher"));
        let since = arguments.since.map_or(quote! { 1 }, |since| quote! { #since });
        let written_once = arguments.written_once.is_some_and(|once| once.value);
        let constant = format_ident!("{}", key.to_uppercase());
        let doc = format!("The handle of `{key}`.");

        let (shape, read, handle_type) = match FieldShape::of(&field.ty)? {
            FieldShape::Optional(inside) => (
                quote! { crate::schema::Shape::Scalar(<#inside as crate::value::FieldValue>::TYPE) },
                quote! { crate::record::typed(reading.value(#key)) },
                quote! { crate::record::ScalarField<#inside> },
            ),
            FieldShape::List(list) => (
                quote! { crate::schema::Shape::Scalar(<#list as crate::value::FieldValue>::TYPE) },
                quote! { crate::record::typed(reading.value(#key)).unwrap_or_default() },
                quote! { crate::record::ScalarField<#list> },
            ),
            FieldShape::Text => (
                quote! { crate::schema::Shape::Text },
                quote! { crate::record::LongText(reading.text(#key).to_owned()) },
                quote! { crate::record::TextField },
            ),
            FieldShape::Rows(row) => (
                quote! {
                    crate::schema::Shape::Rows { columns: <#row as crate::record::RowValue>::COLUMNS }
                },
                quote! { crate::record::Rows::read(reading, #key) },
                quote! { crate::record::RowsField<#row> },
            ),
            FieldShape::Events(event) => (
                quote! {
                    crate::schema::Shape::Events {
                        columns: <#event as crate::record::RowValue>::COLUMNS,
                        types: <<#event as crate::record::Event>::Kind as crate::record::EventKind>::TYPES,
                    }
                },
                quote! { crate::record::Events::read(reading, #key) },
                quote! { crate::record::RowsField<#event> },
            ),
        };
        Ok(Self {
            schema: quote! {
                crate::schema::FieldSchema {
                    name: #key,
                    shape: #shape,
                    owners: &[#owners],
                    decider: crate::kind::Decider::#decider,
                    since: #since,
                    written_once: #written_once,
                }
            },
            read: quote! { #ident: #read },
            handle: quote! {
                #[doc = #doc]
                pub const #constant: #handle_type = <#handle_type>::new(#key);
            },
        })
    }
}

fn groups(idents: &[Ident]) -> TokenStream {
    quote! { #(crate::kind::Group::#idents),* }
}
