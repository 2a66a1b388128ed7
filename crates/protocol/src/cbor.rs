//! CBOR as the protocol writes and reads it.
//!
//! [`canonical`] is the deterministic encoding of RFC 8949 §4.2.1 (shortest integers, definite lengths,
//! keys in bytewise order): equal values have equal bytes in every language, so it is what is signed and
//! hashed. [`encode`] writes the same data without sorting, for bodies, which nobody signs. Decoding is
//! bounded in size and depth, refuses trailing bytes, and reads either.
//!
//! Unknown keys are ignored when reading a body. In a signed object they are not: the bytes are
//! encoded again from what was understood, so an added key makes the signature wrong.

use ciborium::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value cannot be written as CBOR.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("writing CBOR: {0}")]
pub struct EncodeError(String);

/// Why bytes are not the CBOR that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More bytes than this place accepts.
    #[error("{length} bytes of CBOR where at most {most} are read")]
    TooLong {
        /// How many came.
        length: usize,
        /// How many are read.
        most: usize,
    },
    /// Nested deeper than this place accepts.
    #[error("CBOR nested too deep")]
    TooDeep,
    /// Bytes after the value.
    #[error("bytes after the CBOR value")]
    Trailing,
    /// Not CBOR, or not the shape expected.
    #[error("reading CBOR: {0}")]
    Shape(String),
}

/// Writes a body.
///
/// # Errors
/// When the value cannot be written as CBOR.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(|error| EncodeError(error.to_string()))?;
    Ok(bytes)
}

/// Writes the deterministic encoding.
///
/// # Errors
/// When the value cannot be written as CBOR.
pub fn canonical<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    canonical_without(value, None)
}

/// Writes the deterministic encoding of a map without one of its keys.
pub(crate) fn canonical_without<T: Serialize + ?Sized>(
    value: &T,
    key: Option<&str>,
) -> Result<Vec<u8>, EncodeError> {
    let mut value = Value::serialized(value).map_err(|error| EncodeError(error.to_string()))?;
    if let (Value::Map(entries), Some(key)) = (&mut value, key) {
        entries.retain(|(name, _)| name.as_text() != Some(key));
    }
    sort(&mut value)?;
    encode(&value)
}

fn sort(value: &mut Value) -> Result<(), EncodeError> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(sort),
        Value::Tag(_, inner) => sort(inner),
        Value::Map(entries) => {
            for (key, item) in entries.iter_mut() {
                sort(key)?;
                sort(item)?;
            }
            let mut keyed = Vec::with_capacity(entries.len());
            for (key, item) in entries.drain(..) {
                keyed.push((encode(&key)?, key, item));
            }
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            entries.extend(keyed.into_iter().map(|(_, key, item)| (key, item)));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Reads one value that fills `bytes` exactly, at most `most` bytes long and
/// [`BODY_DEPTH`](crate::limits::BODY_DEPTH) deep.
///
/// # Errors
/// When the bytes are too many, too deep, not CBOR, followed by others, or of another shape.
pub fn decode<T: DeserializeOwned>(bytes: &[u8], most: usize) -> Result<T, DecodeError> {
    if bytes.len() > most {
        return Err(DecodeError::TooLong { length: bytes.len(), most });
    }
    let mut rest = bytes;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut rest, crate::limits::BODY_DEPTH)
        .map_err(|error| match error {
            ciborium::de::Error::RecursionLimitExceeded => DecodeError::TooDeep,
            other => DecodeError::Shape(other.to_string()),
        })?;
    if rest.is_empty() { Ok(value) } else { Err(DecodeError::Trailing) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sample {
        workspace: u64,
        v: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<i64>,
    }

    #[test]
    fn the_deterministic_encoding_sorts_keys_bytewise_and_shortens_integers() {
        let bytes = canonical(&Sample { workspace: 256, v: 1, at: Some(-1) }).unwrap();
        // {"v": 1, "at": -1, "workspace": 256}: a shorter key has a smaller first byte.
        assert_eq!(hex::encode(bytes), "a36176016261742069776f726b73706163651901 00".replace(' ', ""));
    }

    #[test]
    fn nested_maps_are_sorted_too() {
        let inner = Value::Map(vec![(Value::from("b"), Value::from(1)), (Value::from("a"), Value::from(2))]);
        let bytes = canonical(&Value::Array(vec![inner])).unwrap();
        assert_eq!(hex::encode(bytes), "81a2616102616201");
    }

    #[test]
    fn what_was_encoded_is_read_back() {
        let sample = Sample { workspace: u64::MAX, v: 0, at: None };
        assert_eq!(decode::<Sample>(&encode(&sample).unwrap(), 64), Ok(sample));
    }

    #[test]
    fn unknown_keys_of_a_body_are_ignored() {
        let mut entries = Value::serialized(&Sample { workspace: 1, v: 2, at: None }).unwrap();
        if let Value::Map(entries) = &mut entries {
            entries.push((Value::from("new"), Value::Array(vec![Value::from(1)])));
        }
        let read: Sample = decode(&encode(&entries).unwrap(), 100).unwrap();
        assert_eq!(read, Sample { workspace: 1, v: 2, at: None });
    }

    #[test]
    fn too_long_too_deep_and_trailing_bytes_are_refused() {
        assert_eq!(decode::<u8>(&[1, 2], 1), Err(DecodeError::TooLong { length: 2, most: 1 }));
        assert_eq!(decode::<u8>(&[1, 2], 2), Err(DecodeError::Trailing));
        let deep = [vec![0x81; 1000], vec![1]].concat();
        assert_eq!(decode::<Value>(&deep, 2000), Err(DecodeError::TooDeep));
    }

    #[test]
    fn a_promised_length_that_does_not_follow_costs_nothing() {
        // A byte string, an array and a map of 2⁶² items each, with nothing behind them.
        for start in [0x5b_u8, 0x9b, 0xbb] {
            let bytes = [vec![start], (1_u64 << 62).to_be_bytes().to_vec()].concat();
            assert!(decode::<Value>(&bytes, 100).is_err());
            assert!(decode::<Vec<u64>>(&bytes, 100).is_err());
        }
    }
}
