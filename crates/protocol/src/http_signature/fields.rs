//! Reading and writing the two signature headers and the signature base.
//!
//! Of structured fields (RFC 8941) this reads what the two headers need: one dictionary member that is an
//! inner list of plain strings with integer and string parameters, and one that is a byte string.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::keys::Signature;

/// Longest signature header read.
const HEADER_BYTES: usize = 1024;

/// A `signature-input` header that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureInput {
    /// The label.
    pub label: String,
    /// The covered components, in order.
    pub components: Vec<String>,
    /// When the request was made, in Unix seconds.
    pub created: i64,
    /// Whose key signed.
    pub keyid: String,
    /// The list with its parameters as it was sent: the last line of the signature base.
    pub parameters: String,
}

/// What is signed (RFC 9421, 2.5): a line for each component, then the list itself.
#[must_use]
pub fn signature_base(components: &[(&str, &str)], parameters: &str) -> String {
    let mut base = String::new();
    for (name, value) in components {
        base.push_str(&format!("\"{name}\": {}\n", value.trim()));
    }
    base.push_str(&format!("\"@signature-params\": {parameters}"));
    base
}

pub(super) fn write_parameters(components: &[&str], created: i64, keyid: &str) -> String {
    let list: Vec<String> = components.iter().map(|name| format!("\"{name}\"")).collect();
    format!("({});created={created};keyid=\"{keyid}\"", list.join(" "))
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads the value of `signature`: one label and one Ed25519 signature.
#[must_use]
pub fn parse_signature(header: &str) -> Option<(String, Signature)> {
    let (label, value) = bounded(header)?.split_once('=')?;
    let encoded = value.strip_prefix(':')?.strip_suffix(':')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    Some((key(label)?, Signature::from_slice(&bytes).ok()?))
}

/// Reads the value of `signature-input`: one label, its components, `created`, `keyid`, and `alg` only
/// when it says `ed25519`. Any other parameter is refused.
#[must_use]
pub fn parse_signature_input(header: &str) -> Option<SignatureInput> {
    let (label, parameters) = bounded(header)?.split_once('=')?;
    let (mut rest, mut components) = (parameters.strip_prefix('(')?, Vec::new());
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(after) = rest.strip_prefix(')') {
            rest = after;
            break;
        }
        let (name, after) = string(rest)?;
        if !(after.starts_with(' ') || after.starts_with(')')) {
            return None;
        }
        components.push(name.to_owned());
        rest = after;
    }
    let (mut created, mut keyid) = (None, None);
    while let Some(after) = rest.strip_prefix(';') {
        let (name, value) = after.trim_start_matches(' ').split_once('=')?;
        rest = match name {
            "created" if created.is_none() => {
                let (number, after) = integer(value)?;
                created = Some(number);
                after
            }
            "keyid" if keyid.is_none() => {
                let (text, after) = string(value)?;
                keyid = Some(text.to_owned());
                after
            }
            "alg" => value.strip_prefix("\"ed25519\"")?,
            _ => return None,
        };
    }
    rest.is_empty().then_some(())?;
    let (label, parameters) = (key(label)?, parameters.to_owned());
    Some(SignatureInput { label, components, created: created?, keyid: keyid?, parameters })
}

fn bounded(header: &str) -> Option<&str> {
    (header.len() <= HEADER_BYTES && header.is_ascii()).then(|| header.trim())
}

fn key(label: &str) -> Option<String> {
    let plain = label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (plain && label.starts_with(|first: char| first.is_ascii_lowercase())).then(|| label.to_owned())
}

/// A string without escapes, and what follows it.
fn string(text: &str) -> Option<(&str, &str)> {
    let (inside, after) = text.strip_prefix('"')?.split_once('"')?;
    inside.bytes().all(|byte| (0x20..0x7f).contains(&byte) && byte != b'\\').then_some((inside, after))
}

/// An integer of at most 15 digits, and what follows it.
fn integer(text: &str) -> Option<(i64, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=15).contains(&count) {
        return None;
    }
    let (number, after) = text.split_at_checked(text.len() - digits.len() + count)?;
    Some((number.parse().ok()?, after))
}
