//! Bytes that are text in part.
//!
//! What it is: `Utf8Chunks`, and the length of what is no character.
//! What it assumes: nothing.
//! What it guarantees: the chunks put together are the bytes.
//!
//! ```text
//! for chunk in bytes.utf8_chunks() { n += chunk.valid().chars().count() + !chunk.invalid().is_empty() as usize }
//! ```

use super::iter::sequence_form;
use crate::iter::FusedIterator;
use crate::str::{from_utf8, from_utf8_unchecked};

/// How many bytes at `at`, where no character is, could not even begin one; `None`: the bytes end too early.
pub(super) const fn wrong_len(bytes: &[u8], at: usize) -> Option<u8> {
    let (len, low, high) = sequence_form(bytes[at]);
    if len == 0 {
        return Some(1);
    }
    let mut i = 1;
    while i < len {
        if at + i >= bytes.len() {
            return None;
        }
        let byte = bytes[at + i];
        let fits = if i == 1 { byte >= low && byte <= high } else { byte & 0xc0 == 0x80 };
        if !fits {
            return Some(i as u8);
        }
        i += 1;
    }
    Some(len as u8)
}

/// Some text and the bytes after it that are none.
#[derive(Clone, PartialEq, Eq)]
pub struct Utf8Chunk<'a> {
    valid: &'a str,
    invalid: &'a [u8],
}

impl<'a> Utf8Chunk<'a> {
    /// The text.
    #[inline]
    #[must_use]
    pub fn valid(&self) -> &'a str {
        self.valid
    }

    /// Up to three bytes that are not text; none at the end of the bytes.
    #[inline]
    #[must_use]
    pub fn invalid(&self) -> &'a [u8] {
        self.invalid
    }
}

/// The chunks of bytes.
#[derive(Clone)]
#[must_use]
pub struct Utf8Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Utf8Chunks<'a> {
    type Item = Utf8Chunk<'a>;

    fn next(&mut self) -> Option<Utf8Chunk<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (n_valid, n_invalid) = match from_utf8(self.rest) {
            Ok(_) => (self.rest.len(), 0),
            Err(error) => {
                let left = self.rest.len() - error.valid_up_to();
                (error.valid_up_to(), error.error_len().unwrap_or(left))
            }
        };
        let (valid, rest) = self.rest.split_at(n_valid);
        let (invalid, rest) = rest.split_at(n_invalid);
        self.rest = rest;
        Some(Utf8Chunk { valid: unsafe { from_utf8_unchecked(valid) }, invalid })
    }
}
impl FusedIterator for Utf8Chunks<'_> {}

impl [u8] {
    /// The text in these bytes, and what is between it.
    #[inline]
    pub fn utf8_chunks(&self) -> Utf8Chunks<'_> {
        Utf8Chunks { rest: self }
    }
}
