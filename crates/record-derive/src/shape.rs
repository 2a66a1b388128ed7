//! Which shape a field has, read from its type.

use syn::{GenericArgument, PathArguments, Type};

/// The shape of a declared field, with the type inside.
pub(crate) enum FieldShape<'a> {
    /// `Option<T>`: one value.
    Optional(&'a Type),
    /// `Vec<T>`: one value, a list.
    List(&'a Type),
    /// `LongText`.
    Text,
    /// `Rows<T>`.
    Rows(&'a Type),
    /// `Events<T>`.
    Events(&'a Type),
}

impl<'a> FieldShape<'a> {
    /// Reads the shape of `declared`.
    pub(crate) fn of(declared: &'a Type) -> syn::Result<Self> {
        let refuse = || {
            syn::Error::new_spanned(declared, "a field is Option<T>, Vec<T>, LongText, Rows<T> or Events<T>")
        };
        let Type::Path(path) = declared else { return Err(refuse()) };
        let last = path.path.segments.last().ok_or_else(refuse)?;
        let inside = match &last.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
                Some(GenericArgument::Type(inside)) => Some(inside),
                _ => None,
            },
            PathArguments::None | PathArguments::Parenthesized(_) => None,
        };
        match (last.ident.to_string().as_str(), inside) {
            ("Option", Some(inside)) => Ok(Self::Optional(inside)),
            ("Vec", Some(_)) => Ok(Self::List(declared)),
            ("Rows", Some(inside)) => Ok(Self::Rows(inside)),
            ("Events", Some(inside)) => Ok(Self::Events(inside)),
            ("LongText", None) => Ok(Self::Text),
            _ => Err(refuse()),
        }
    }
}

/// The named fields of a struct.
pub(crate) fn named_fields(input: &syn::DeriveInput) -> syn::Result<&syn::FieldsNamed> {
    match &input.data {
        syn::Data::Struct(syn::DataStruct { fields: syn::Fields::Named(fields), .. }) => Ok(fields),
        _ => Err(syn::Error::new_spanned(&input.ident, "only a struct with named fields")),
    }
}
