//! Bodies of requests and answers: CBOR, as it is or compressed with zstd.
//!
//! What comes out of decompression is capped before it is made, so a bomb costs no more than its cap.

use std::io::Read;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cbor::{self, DecodeError, EncodeError};

/// Bodies up to this size are sent as they are: compression would not pay.
const SMALL_BYTES: usize = 256;
const LEVEL: i32 = 3;
/// Largest window a decoder reserves, as a power of two. Level 3 needs less.
const WINDOW_LOG_MOST: u32 = 23;

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Not at all.
    Identity,
    /// With zstd (RFC 8878).
    Zstd,
}

impl Encoding {
    /// Reads the value of `Content-Encoding`; `None` for one this protocol does not take.
    #[must_use]
    pub fn from_header(value: Option<&str>) -> Option<Self> {
        match value.map(|value| value.trim().to_ascii_lowercase()).as_deref() {
            None | Some("" | "identity") => Some(Self::Identity),
            Some("zstd") => Some(Self::Zstd),
            Some(_) => None,
        }
    }

    /// The value of `Content-Encoding`; identity has no header.
    #[must_use]
    pub const fn header(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Zstd => Some("zstd"),
        }
    }
}

/// Why a body could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It cannot be written as CBOR.
    #[error("writing a body")]
    Cbor(#[from] EncodeError),
    /// It cannot be compressed.
    #[error("compressing a body")]
    Zstd(#[source] std::io::Error),
}

/// Why a body could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is larger than this call takes.
    #[error("body of more than {most} bytes")]
    TooLarge {
        /// What this call takes.
        most: usize,
    },
    /// It is not what its `Content-Encoding` says.
    #[error("decompressing a body")]
    Zstd(#[source] std::io::Error),
    /// It is not the CBOR this call takes.
    #[error("reading a body")]
    Cbor(#[source] DecodeError),
}

/// Writes a body, compressed when that pays.
///
/// # Errors
/// When it cannot be written as CBOR or compressed.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<(Vec<u8>, Encoding), WriteError> {
    let plain = cbor::encode(value)?;
    if plain.len() <= SMALL_BYTES {
        return Ok((plain, Encoding::Identity));
    }
    let packed = zstd::bulk::compress(&plain, LEVEL).map_err(WriteError::Zstd)?;
    if packed.len() < plain.len() { Ok((packed, Encoding::Zstd)) } else { Ok((plain, Encoding::Identity)) }
}

/// Reads a body of at most `most` bytes after decompression.
///
/// # Errors
/// When it is too large, not compressed as said, or not the CBOR expected.
pub fn read<T: DeserializeOwned>(bytes: &[u8], encoding: Encoding, most: usize) -> Result<T, ReadError> {
    let plain = match encoding {
        Encoding::Identity => return decode(bytes, most),
        Encoding::Zstd => decompress(bytes, most)?,
    };
    decode(&plain, most)
}

fn decode<T: DeserializeOwned>(bytes: &[u8], most: usize) -> Result<T, ReadError> {
    cbor::decode(bytes, most).map_err(|error| match error {
        DecodeError::TooLong { most, .. } => ReadError::TooLarge { most },
        other => ReadError::Cbor(other),
    })
}

/// Decompresses to at most `most` bytes. The output grows with what really comes out, not with what the
/// frame claims.
///
/// # Errors
/// When more comes out or the bytes are no zstd.
pub fn decompress(bytes: &[u8], most: usize) -> Result<Vec<u8>, ReadError> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(ReadError::Zstd)?;
    decoder.window_log_max(WINDOW_LOG_MOST).map_err(ReadError::Zstd)?;
    let mut plain = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(limit).read_to_end(&mut plain).map_err(ReadError::Zstd)?;
    if plain.len() > most { Err(ReadError::TooLarge { most }) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_survives_the_wire_small_and_large() {
        for length in [0, 10, 100_000] {
            let value = "роботи ".repeat(length);
            let (bytes, encoding) = write(&value).unwrap();
            assert_eq!(encoding == Encoding::Zstd, length > 10);
            assert_eq!(read::<String>(&bytes, encoding, 2_000_000).unwrap(), value);
        }
    }

    #[test]
    fn a_bomb_costs_no_more_than_its_cap() {
        let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 19).unwrap();
        assert!(bomb.len() < 16 << 10, "{}", bomb.len());
        assert!(matches!(decompress(&bomb, 1 << 20), Err(ReadError::TooLarge { .. })));
    }

    #[test]
    fn exactly_the_cap_is_read() {
        let packed = zstd::bulk::compress(&[7; 1000], 3).unwrap();
        assert_eq!(decompress(&packed, 1000).unwrap().len(), 1000);
        assert!(matches!(decompress(&packed, 999), Err(ReadError::TooLarge { most: 999 })));
    }

    #[test]
    fn a_cut_body_is_an_error() {
        let (bytes, encoding) = write(&"x".repeat(5000)).unwrap();
        assert_eq!(encoding, Encoding::Zstd);
        for at in 0..bytes.len() {
            assert!(read::<String>(&bytes[..at], encoding, 10_000).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn only_two_encodings_are_taken() {
        assert_eq!(Encoding::from_header(None), Some(Encoding::Identity));
        assert_eq!(Encoding::from_header(Some("Zstd")), Some(Encoding::Zstd));
        assert_eq!(Encoding::from_header(Some("gzip")), None);
        assert_eq!(Encoding::from_header(Some("zstd, zstd")), None);
    }
}
