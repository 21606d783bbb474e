//! Text as UTF-16.
//!
//! What it is: `EncodeUtf16`.
//! What it assumes: nothing.
//! What it guarantees: a character outside the basic plane is two units.
//!
//! ```text
//! let n_units = name.encode_utf16().count();
//! ```

use crate::iter::FusedIterator;
use crate::str::Chars;

/// The UTF-16 units of a string.
#[derive(Clone)]
#[must_use]
pub struct EncodeUtf16<'a> {
    characters: Chars<'a>,
    second: Option<u16>,
}

impl Iterator for EncodeUtf16<'_> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        if let Some(unit) = self.second.take() {
            return Some(unit);
        }
        let mut units = [0; 2];
        if self.characters.next()?.encode_utf16(&mut units).len() == 2 {
            self.second = Some(units[1]);
        }
        Some(units[0])
    }
}
impl FusedIterator for EncodeUtf16<'_> {}

impl str {
    /// The units of the text in UTF-16.
    #[inline]
    pub fn encode_utf16(&self) -> EncodeUtf16<'_> {
        EncodeUtf16 { characters: self.chars(), second: None }
    }
}
