//! The bytes and characters of a string.
//!
//! What it is: `Bytes`, `Chars`, `CharIndices`, and the length of one UTF-8 sequence.
//! What it assumes: `Chars` walks over text known to be UTF-8.
//! What it guarantees: both ends may be taken from, and meet.
//!
//! ```text
//! "aé".chars().rev().next() == Some('é')
//! ```

use crate::iter::{Copied, FusedIterator};
use crate::slice;

/// How long the UTF-8 sequence that starts with this byte is, and between which bytes its second one is; 0 bytes: none
/// starts so.
#[inline]
pub(super) const fn sequence_form(first: u8) -> (usize, u8, u8) {
    match first {
        0..=0x7f => (1, 0, 0),
        0xc2..=0xdf => (2, 0x80, 0xbf),
        0xe0 => (3, 0xa0, 0xbf),
        0xed => (3, 0x80, 0x9f),
        0xe1..=0xef => (3, 0x80, 0xbf),
        0xf0 => (4, 0x90, 0xbf),
        0xf1..=0xf3 => (4, 0x80, 0xbf),
        0xf4 => (4, 0x80, 0x8f),
        _ => (0, 0, 0),
    }
}

/// The length of the well-formed UTF-8 sequence at `at`, 0 if there is none.
pub(super) const fn sequence_len(bytes: &[u8], at: usize) -> usize {
    let (len, low, high) = sequence_form(bytes[at]);
    if len <= 1 {
        return len;
    }
    if at + len > bytes.len() || bytes[at + 1] < low || bytes[at + 1] > high {
        return 0;
    }
    let mut i = 2;
    while i < len {
        if bytes[at + i] & 0xc0 != 0x80 {
            return 0;
        }
        i += 1;
    }
    len
}

/// The bytes of a string.
#[derive(Clone)]
#[must_use]
pub struct Bytes<'a>(Copied<slice::Iter<'a, u8>>);

impl<'a> Bytes<'a> {
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        Bytes(text.as_bytes().iter().copied())
    }
}

impl Iterator for Bytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.0.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Bytes<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u8> {
        self.0.next_back()
    }
}
impl ExactSizeIterator for Bytes<'_> {}
impl FusedIterator for Bytes<'_> {}

/// The characters of a string.
#[derive(Clone)]
#[must_use]
pub struct Chars<'a> {
    rest: &'a [u8],
}

impl<'a> Chars<'a> {
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        Chars { rest: text.as_bytes() }
    }

    /// What has not been taken yet.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        unsafe { super::from_utf8_unchecked(self.rest) }
    }
}

/// The character of a whole UTF-8 sequence.
#[inline]
fn decoded(sequence: &[u8]) -> char {
    let tail = |at: usize| (sequence[at] & 0x3f) as u32;
    let first = sequence[0] as u32;
    let code = match sequence.len() {
        1 => first,
        2 => (first & 0x1f) << 6 | tail(1),
        3 => (first & 0x0f) << 12 | tail(1) << 6 | tail(2),
        _ => (first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3),
    };
    unsafe { char::from_u32_unchecked(code) }
}

impl Iterator for Chars<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        let first = *self.rest.first()?;
        let len = if first < 0x80 { 1 } else if first < 0xe0 { 2 } else if first < 0xf0 { 3 } else { 4 };
        let (sequence, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(decoded(sequence))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len().div_ceil(4), Some(self.rest.len()))
    }
}

impl DoubleEndedIterator for Chars<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        let mut start = self.rest.len().checked_sub(1)?;
        while self.rest[start] & 0xc0 == 0x80 {
            start -= 1;
        }
        let (rest, sequence) = self.rest.split_at(start);
        self.rest = rest;
        Some(decoded(sequence))
    }
}
impl FusedIterator for Chars<'_> {}

/// The characters of a string with the byte each starts at.
#[derive(Clone)]
#[must_use]
pub struct CharIndices<'a> {
    front: usize,
    chars: Chars<'a>,
}

impl<'a> CharIndices<'a> {
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        CharIndices { front: 0, chars: Chars::new(text) }
    }

    /// What has not been taken yet.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.chars.as_str()
    }

    /// The byte at which the next character starts.
    #[inline]
    #[must_use]
    pub fn offset(&self) -> usize {
        self.front
    }
}

impl Iterator for CharIndices<'_> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let (start, before) = (self.front, self.chars.rest.len());
        let c = self.chars.next()?;
        self.front += before - self.chars.rest.len();
        Some((start, c))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.chars.size_hint()
    }
}

impl DoubleEndedIterator for CharIndices<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<(usize, char)> {
        let c = self.chars.next_back()?;
        Some((self.front + self.chars.rest.len(), c))
    }
}
impl FusedIterator for CharIndices<'_> {}
