//! `#[derive(Choice)]` and `#[derive(EventKind)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Ident, Variant};

use crate::attributes::Arguments;

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let variants = variants(input)?;
    let idents: Vec<&Ident> = variants.iter().map(|variant| &variant.ident).collect();
    let texts: Vec<String> = idents.iter().map(|ident| snake_case(&ident.to_string())).collect();
    let typescript = typescript(name, &texts);
    Ok(quote! {
        impl #name {
            /// Every choice, in declaration order.
            pub const ALL: &'static [#name] = &[#(#name::#idents),*];
            /// The stored names, in declaration order.
            pub const NAMES: &'static [&'static str] = &[#(#texts),*];

            /// The name as stored.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { #(#name::#idents => #texts),* }
            }
        }

        impl crate::value::FieldValue for #name {
            const TYPE: crate::value::ScalarType = crate::value::ScalarType::Choice(#name::NAMES);

            fn from_scalar(scalar: &crate::value::Scalar) -> Result<Self, crate::value::ValueError> {
                match scalar.as_text() {
                    #(Some(#texts) => Ok(#name::#idents),)*
                    _ => Err(scalar.not("one of the known choices")),
                }
            }

            fn to_scalar(&self) -> crate::value::Scalar {
                crate::value::Scalar::Text(self.name().to_owned())
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                match text.as_str() {
                    #(#texts => Ok(#name::#idents),)*
                    other => Err(::serde::de::Error::unknown_variant(other, #name::NAMES)),
                }
            }
        }

        #typescript
    })
}

/// The union of the stored names, for screens.
fn typescript(name: &Ident, texts: &[String]) -> TokenStream {
    let (title, file) = (name.to_string(), format!("{name}.ts"));
    let union = texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(" | ");
    let declared = format!("type {title} = {union};");
    quote! {
        #[cfg(feature = "typescript")]
        impl ::ts_rs::TS for #name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &::ts_rs::Config) -> String {
                #title.to_owned()
            }
            fn inline(_: &::ts_rs::Config) -> String {
                #union.to_owned()
            }
            fn decl(_: &::ts_rs::Config) -> String {
                #declared.to_owned()
            }
            fn decl_concrete(_: &::ts_rs::Config) -> String {
                #declared.to_owned()
            }
            fn output_path() -> Option<::std::path::PathBuf> {
                Some(#file.into())
            }
        }
    }
}

pub(crate) fn expand_event(input: &DeriveInput) -> syn::Result<TokenStream> {
    let choice = expand(input)?;
    let name = &input.ident;
    let mut types = Vec::new();
    for variant in variants(input)? {
        let owners = Arguments::read(&variant.attrs, "event")?.owner;
        if owners.is_empty() {
            return Err(syn::Error::new_spanned(variant, "say who may add it: #[event(owner = [Office])]"));
        }
        let text = snake_case(&variant.ident.to_string());
        types.push(quote! {
            crate::schema::EventType { name: #text, owners: &[#(crate::kind::Group::#owners),*] }
        });
    }
    Ok(quote! {
        #choice

        impl crate::record::EventKind for #name {
            const TYPES: &'static [crate::schema::EventType] = &[#(#types),*];
        }
    })
}

fn variants(input: &DeriveInput) -> syn::Result<Vec<&Variant>> {
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "only an enum"));
    };
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(syn::Error::new_spanned(variant, "a choice carries no data"));
        }
    }
    Ok(data.variants.iter().collect())
}

fn snake_case(ident: &str) -> String {
    let mut text = String::new();
    for letter in ident.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
