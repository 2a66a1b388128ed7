//! The arguments of `#[record(...)]` and `#[event(...)]`.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitBool, LitInt, Token, bracketed};

/// Everything a `#[record]` or `#[event]` attribute can say.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) kind: Option<Ident>,
    pub(crate) section: Option<Ident>,
    pub(crate) version: Option<LitInt>,
    pub(crate) made_by: Vec<Ident>,
    pub(crate) owner: Vec<Ident>,
    pub(crate) decider: Option<Ident>,
    pub(crate) since: Option<LitInt>,
    pub(crate) written_once: Option<LitBool>,
}

impl Arguments {
    /// Reads the attribute called `name`, if it is there.
    pub(crate) fn read(attributes: &[Attribute], name: &str) -> syn::Result<Self> {
        match attributes.iter().find(|attribute| attribute.path().is_ident(name)) {
            Some(attribute) => attribute.parse_args(),
            None => Ok(Self::default()),
        }
    }
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Self::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            match name.to_string().as_str() {
                "kind" => arguments.kind = Some(input.parse()?),
                "section" => arguments.section = Some(input.parse()?),
                "version" => arguments.version = Some(input.parse()?),
                "made_by" => arguments.made_by = idents(input)?,
                "owner" => arguments.owner = idents(input)?,
                "decider" => arguments.decider = Some(input.parse()?),
                "since" => arguments.since = Some(input.parse()?),
                "written_once" => arguments.written_once = Some(input.parse()?),
                _ => return Err(syn::Error::new(name.span(), "unknown argument")),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}

fn idents(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let list;
    bracketed!(list in input);
    Ok(Punctuated::<Ident, Token![,]>::parse_terminated(&list)?.into_iter().collect())
}
