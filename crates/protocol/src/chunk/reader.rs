//! A slice that is read from its front, refusing instead of panicking.

use super::ChunkError;
use crate::actor::ActorId;

/// What is left of the bytes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn remaining(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn take(&mut self, length: u64) -> Result<&'a [u8], ChunkError> {
        let length = usize::try_from(length).map_err(|_| ChunkError::Truncated)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(ChunkError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, ChunkError> {
        let (&byte, rest) = self.0.split_first().ok_or(ChunkError::Truncated)?;
        self.0 = rest;
        Ok(byte)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ChunkError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(ChunkError::Truncated)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// An unsigned LEB128 number of at most 64 bits in its shortest form.
    pub(super) fn unsigned(&mut self) -> Result<u64, ChunkError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits.leading_zeros() < shift {
                return Err(ChunkError::Number);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                let overlong = byte == 0 && shift > 0;
                return if overlong { Err(ChunkError::Number) } else { Ok(number) };
            }
        }
        Err(ChunkError::Number)
    }

    /// A signed LEB128 number of at most 64 bits in its shortest form.
    pub(super) fn signed(&mut self) -> Result<i64, ChunkError> {
        let (mut number, mut before) = (0_i128, 0_u8);
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= i128::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0;
                let extended = (byte == 0 && before & 0x40 == 0) || (byte == 0x7f && before & 0x40 != 0);
                if shift > 0 && extended {
                    return Err(ChunkError::Number);
                }
                let value = if negative { number - (1_i128 << (shift + 7)) } else { number };
                return i64::try_from(value).map_err(|_| ChunkError::Number);
            }
            before = byte;
        }
        Err(ChunkError::Number)
    }

    /// Bytes behind their length.
    pub(super) fn prefixed(&mut self) -> Result<&'a [u8], ChunkError> {
        let length = self.unsigned()?;
        self.take(length)
    }

    pub(super) fn actor(&mut self) -> Result<ActorId, ChunkError> {
        ActorId::from_slice(self.prefixed()?).ok_or(ChunkError::Actor)
    }

    /// Items behind their count. Room is made as they are read, never by the count alone.
    pub(super) fn list<T>(
        &mut self,
        most: usize,
        mut read: impl FnMut(&mut Self) -> Result<T, ChunkError>,
    ) -> Result<Vec<T>, ChunkError> {
        let count = usize::try_from(self.unsigned()?).map_err(|_| ChunkError::TooMuch)?;
        if count > most {
            return Err(ChunkError::TooMuch);
        }
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unsigned_bytes(mut number: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while number > 0x7f {
            bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).unwrap());
        bytes
    }

    fn signed_bytes(mut number: i64) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let byte = u8::try_from(number & 0x7f).unwrap();
            number >>= 7;
            if (number == 0 && byte & 0x40 == 0) || (number == -1 && byte & 0x40 != 0) {
                bytes.push(byte);
                return bytes;
            }
            bytes.push(byte | 0x80);
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_as_itself(unsigned in any::<u64>(), signed in any::<i64>(), shift in 0_u32..64) {
            for number in [unsigned, unsigned >> shift] {
                prop_assert_eq!(Reader::new(&unsigned_bytes(number)).unsigned(), Ok(number));
            }
            for number in [signed, signed >> shift] {
                prop_assert_eq!(Reader::new(&signed_bytes(number)).signed(), Ok(number));
            }
        }

        #[test]
        fn a_number_has_one_form_only(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            let mut reader = Reader::new(&bytes);
            if let Ok(number) = reader.unsigned() {
                let read = bytes.len() - reader.rest().len();
                prop_assert_eq!(&bytes[..read], unsigned_bytes(number));
            }
            let mut reader = Reader::new(&bytes);
            if let Ok(number) = reader.signed() {
                let read = bytes.len() - reader.rest().len();
                prop_assert_eq!(&bytes[..read], signed_bytes(number));
            }
        }
    }

    #[test]
    fn the_largest_numbers_are_read_and_larger_ones_are_not() {
        for number in [u64::MAX, u64::MAX - 1, 1 << 63] {
            assert_eq!(Reader::new(&unsigned_bytes(number)).unsigned(), Ok(number));
        }
        let too_large = [[0xff; 9].as_slice(), &[2]].concat();
        assert_eq!(Reader::new(&too_large).unsigned(), Err(ChunkError::Number));
        for number in [i64::MIN, i64::MAX] {
            assert_eq!(Reader::new(&signed_bytes(number)).signed(), Ok(number));
        }
    }
}
