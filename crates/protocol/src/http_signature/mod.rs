//! Signed requests: HTTP message signatures (RFC 9421) with Ed25519, content digests by RFC 9530.
//!
//! Every request is signed by the device's key over its method, path, query, content digest, workspace
//! and the time it was made, so there is no token to steal. [`sign`] makes the headers; [`read`] says whose
//! key is needed and [`Claim::verify`] checks with it. The relay's clock comes in, and a request made more
//! than two minutes from it is answered with the relay's time, so that the device can keep the difference
//! and repeat.
//!
//! One signature under one label is read, over exactly the components expected in their order. RFC 9421
//! allows more; nobody needs it here, and every further choice is one an attacker has.

mod digest;
mod fields;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, WorkspaceId};

use crate::keys::{PublicKey, Signature};
use crate::limits::CLOCK_WINDOW_S;
use crate::time::UnixMs;

pub use digest::{content_digest, digest_matches};
pub use fields::{SignatureInput, parse_signature, parse_signature_input, signature_base};

/// The label the signature stands under.
pub const LABEL: &str = "halyard";
/// The header that lists what is signed.
pub const SIGNATURE_INPUT: &str = "signature-input";
/// The header with the signature.
pub const SIGNATURE: &str = "signature";
/// The header with the digest of the body; also of an empty one.
pub const CONTENT_DIGEST: &str = "content-digest";

/// What of a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path as sent, without the query.
    pub path: &'a str,
    /// The query as sent, without the question mark; `None` when there is none.
    pub query: Option<&'a str>,
    /// The value of the workspace header, when it is sent.
    pub workspace: Option<&'a str>,
    /// The value of the content digest header.
    pub content_digest: &'a str,
}

/// The headers a signed request carries besides the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHeaders {
    /// Value of `content-digest`.
    pub content_digest: String,
    /// Value of `signature-input`.
    pub signature_input: String,
    /// Value of `signature`.
    pub signature: String,
}

/// Why a request is not taken. Only [`Refused::Skewed`] tells the caller anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No signature, or one that cannot be read, or not over what must be signed.
    #[error("the request is not signed as it must be")]
    Missing,
    /// The signature does not fit.
    #[error("the request signature does not fit")]
    Wrong,
    /// Made too far from this clock, by a device whose signature fits.
    #[error("the request was made at another time")]
    Skewed {
        /// The relay's clock.
        now: UnixMs,
    },
}

/// Signs a request made at `created` with a body.
#[must_use]
pub fn sign(
    key: &SigningKey,
    device: DeviceId,
    created: UnixMs,
    (method, path, query): (&str, &str, Option<&str>),
    workspace: Option<WorkspaceId>,
    body: &[u8],
) -> SignedHeaders {
    let content_digest = content_digest(body);
    let workspace = workspace.map(|id| id.to_string());
    let request =
        Request { method, path, query, workspace: workspace.as_deref(), content_digest: &content_digest };
    let components = request.components();
    let names: Vec<&str> = components.iter().map(|(name, _)| *name).collect();
    let parameters = fields::write_parameters(&names, created.seconds(), &device.to_string());
    let base = signature_base(&components_ref(&components), &parameters);
    let signature = Signature::make(key, base.as_bytes());
    SignedHeaders {
        signature_input: format!("{LABEL}={parameters}"),
        signature: format!("{LABEL}=:{}:", fields::base64(&signature.0)),
        content_digest,
    }
}

impl Request<'_> {
    /// What must be signed of it, in order.
    fn components(&self) -> Vec<(&'static str, String)> {
        let mut components = vec![("@method", self.method.to_owned()), ("@path", self.path.to_owned())];
        if let Some(query) = self.query {
            components.push(("@query", format!("?{query}")));
        }
        components.push((CONTENT_DIGEST, self.content_digest.to_owned()));
        if let Some(workspace) = self.workspace {
            components.push((crate::version::WORKSPACE_HEADER, workspace.to_owned()));
        }
        components
    }
}

fn components_ref<'a>(components: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    components.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// A request whose form is right, waiting for the key of the device it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The device it says it is from.
    pub device: DeviceId,
    created: i64,
    base: String,
    signature: Signature,
}

/// Reads the signature headers and answers which device's key is needed.
///
/// # Errors
/// When the request is not signed in the form this protocol takes.
pub fn read(request: &Request<'_>, signature_input: &str, signature: &str) -> Result<Claim, Refused> {
    let input = parse_signature_input(signature_input).ok_or(Refused::Missing)?;
    let signature = parse_signature(signature).ok_or(Refused::Missing)?;
    if input.label != LABEL || signature.0 != LABEL {
        return Err(Refused::Missing);
    }
    let components = request.components();
    if !input.components.iter().map(String::as_str).eq(components.iter().map(|(name, _)| *name)) {
        return Err(Refused::Missing);
    }
    let device = input.keyid.parse().map_err(|_| Refused::Missing)?;
    let base = signature_base(&components_ref(&components), &input.parameters);
    Ok(Claim { device, created: input.created, base, signature: signature.1 })
}

impl Claim {
    /// Checks the signature and then the time: the relay's clock is told only to a device it knows.
    ///
    /// # Errors
    /// When the signature is not `key`'s, or `created` is too far from `now`.
    pub fn verify(&self, key: &PublicKey, now: UnixMs) -> Result<(), Refused> {
        key.verify(self.base.as_bytes(), &self.signature).map_err(|_| Refused::Wrong)?;
        let skew = self.created.saturating_sub(now.seconds()).saturating_abs();
        if skew > CLOCK_WINDOW_S { Err(Refused::Skewed { now }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
