//! Content digests by RFC 9530: SHA-256 only.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The value of `content-digest` for a body as it is sent, after compression.
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// Whether a body as it arrived is the one the header speaks of.
#[must_use]
pub fn digest_matches(header: &str, body: &[u8]) -> bool {
    header.trim() == content_digest(body)
}
