//! String slices.
//!
//! What it is: the methods of `str` that need neither case tables nor memory: bytes, characters, searching, splitting,
//! trimming, indexing by byte ranges and parsing of integers.
//! What it assumes: a `&str` is a byte slice known to be UTF-8.
//! What it guarantees: results of Rust's own methods; a range that cuts a character traps.
//!
//! ```text
//! const TAG: &[u8] = "oxide".as_bytes();
//! let digits = line.bytes().filter(u8::is_ascii_digit).count();
//! ```

mod encode;
mod in_place;
mod iter;
mod lossy;
mod parse;
mod pattern;
mod split;

pub use self::encode::EncodeUtf16;
pub use self::in_place::{from_utf8_mut, from_utf8_unchecked_mut};
pub use self::iter::{Bytes, CharIndices, Chars};
pub use self::lossy::{Utf8Chunk, Utf8Chunks};
pub use self::parse::{FromStr, ParseBoolError};
pub use self::parse::{ParseCharError, ParseFloatError};
pub use self::split::{
    Lines, MatchIndices, Matches, RMatchIndices, RMatches, RSplit, RSplitN, RSplitTerminator, Split, SplitAsciiWhitespace,
    SplitInclusive, SplitN, SplitTerminator, SplitWhitespace,
};

use self::pattern::{AsciiBlank, Blank, CharacterPattern, Pattern};
use self::split::{Matched, Parts};
use crate::cmp::Ordering;
use crate::ops::{Index, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use crate::slice::SliceIndex;

/// The bytes are not UTF-8 from `valid_up_to` on.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct Utf8Error {
    valid_up_to: usize,
    error_len: Option<u8>,
}

impl Utf8Error {
    /// The length of the part that is UTF-8.
    #[inline]
    pub const fn valid_up_to(&self) -> usize {
        self.valid_up_to
    }

    /// How many bytes after it no character starts with; `None`: the text ends within a character.
    #[inline]
    pub const fn error_len(&self) -> Option<usize> {
        match self.error_len {
            Some(len) => Some(len as usize),
            None => None,
        }
    }
}

/// A `str` from bytes.
///
/// # Safety
/// The bytes are UTF-8.
#[inline]
#[must_use]
pub const unsafe fn from_utf8_unchecked(bytes: &[u8]) -> &str {
    unsafe { crate::intrinsics::transmute(bytes) }
}

/// A `str` from bytes, if they are UTF-8.
pub const fn from_utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    let mut at = 0;
    while at < bytes.len() {
        let len = iter::sequence_len(bytes, at);
        if len == 0 {
            return Err(Utf8Error { valid_up_to: at, error_len: lossy::wrong_len(bytes, at) });
        }
        at += len;
    }
    Ok(unsafe { from_utf8_unchecked(bytes) })
}

impl str {
    /// The text of bytes that are UTF-8.
    #[inline]
    pub const fn from_utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
        from_utf8(bytes)
    }

    /// The text of bytes.
    ///
    /// # Safety
    ///
    /// They are UTF-8.
    #[inline]
    pub const unsafe fn from_utf8_unchecked(bytes: &[u8]) -> &str {
        unsafe { from_utf8_unchecked(bytes) }
    }

    /// The number of bytes.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there are no bytes.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        unsafe { crate::intrinsics::transmute(self) }
    }

    /// A pointer to the first byte.
    #[inline]
    #[must_use]
    pub const fn as_ptr(&self) -> *const u8 {
        self as *const str as *const u8
    }

    /// Whether a character starts or the string ends at this byte.
    #[inline]
    #[must_use]
    pub const fn is_char_boundary(&self, index: usize) -> bool {
        let bytes = self.as_bytes();
        index == 0 || index == bytes.len() || (index < bytes.len() && (bytes[index] as i8) >= -0x40)
    }

    /// The last boundary between characters that is not after this byte.
    #[inline]
    #[must_use]
    pub const fn floor_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut at = index;
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The first boundary between characters that is not before this byte.
    #[inline]
    #[must_use]
    pub const fn ceil_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut at = index;
        while !self.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// The bytes, one by one.
    #[inline]
    pub fn bytes(&self) -> Bytes<'_> {
        Bytes::new(self)
    }

    /// The characters, one by one.
    #[inline]
    pub fn chars(&self) -> Chars<'_> {
        Chars::new(self)
    }

    /// The characters with the byte each starts at.
    #[inline]
    pub fn char_indices(&self) -> CharIndices<'_> {
        CharIndices::new(self)
    }

    /// The part in a range of bytes; `None` if the range is outside or cuts a character.
    #[inline]
    pub fn get<I: SliceIndex<str>>(&self, index: I) -> Option<&I::Output> {
        index.get(self)
    }

    /// The part in a range of bytes.
    ///
    /// # Safety
    /// The range is inside and cuts no character.
    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<str>>(&self, index: I) -> &I::Output {
        unsafe { &*index.get_unchecked(self) }
    }

    /// The parts before and from a byte; traps where that cuts a character.
    #[inline]
    #[must_use]
    pub fn split_at(&self, middle: usize) -> (&str, &str) {
        (&self[..middle], &self[middle..])
    }

    /// The parts before and from a byte, if that cuts no character.
    #[inline]
    #[must_use]
    pub fn split_at_checked(&self, middle: usize) -> Option<(&str, &str)> {
        if self.is_char_boundary(middle) { Some(self.split_at(middle)) } else { None }
    }

    /// Whether every byte is ASCII.
    #[inline]
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        self.as_bytes().is_ascii()
    }

    /// Equality without regard to the case of ASCII letters.
    #[inline]
    #[must_use]
    pub const fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
    }

    /// Without ASCII white space at both ends.
    #[inline]
    #[must_use]
    pub const fn trim_ascii(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii()) }
    }

    /// Without ASCII white space at the start.
    #[inline]
    #[must_use]
    pub const fn trim_ascii_start(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_start()) }
    }

    /// Without ASCII white space at the end.
    #[inline]
    #[must_use]
    pub const fn trim_ascii_end(&self) -> &str {
        unsafe { from_utf8_unchecked(self.as_bytes().trim_ascii_end()) }
    }

    /// The byte at which the first match starts.
    #[inline]
    pub fn find<P: Pattern>(&self, mut pattern: P) -> Option<usize> {
        pattern::first(self, &mut pattern).map(|(start, _)| start)
    }

    /// The byte at which the last match starts.
    #[inline]
    pub fn rfind<P: Pattern>(&self, mut pattern: P) -> Option<usize> {
        pattern::last(self, &mut pattern).map(|(start, _)| start)
    }

    /// Whether there is a match.
    #[inline]
    pub fn contains<P: Pattern>(&self, pattern: P) -> bool {
        self.find(pattern).is_some()
    }

    /// Whether a match is at the start.
    #[inline]
    pub fn starts_with<P: Pattern>(&self, mut pattern: P) -> bool {
        pattern.prefix_len(self).is_some()
    }

    /// Whether a match is at the end.
    #[inline]
    pub fn ends_with<P: Pattern>(&self, mut pattern: P) -> bool {
        pattern.suffix_len(self).is_some()
    }

    /// What follows a match at the start.
    #[inline]
    #[must_use]
    pub fn strip_prefix<P: Pattern>(&self, mut pattern: P) -> Option<&str> {
        let len = pattern.prefix_len(self)?;
        Some(&self[len..])
    }

    /// What precedes a match at the end.
    #[inline]
    #[must_use]
    pub fn strip_suffix<P: Pattern>(&self, mut pattern: P) -> Option<&str> {
        let len = pattern.suffix_len(self)?;
        Some(&self[..self.len() - len])
    }

    /// The parts before and behind the first match.
    #[inline]
    pub fn split_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (start, end) = pattern::first(self, &mut delimiter)?;
        Some((&self[..start], &self[end..]))
    }

    /// The parts before and behind the last match.
    #[inline]
    pub fn rsplit_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (start, end) = pattern::last(self, &mut delimiter)?;
        Some((&self[..start], &self[end..]))
    }

    /// The part before which and behind which the pattern no longer matches.
    fn trimmed<P: Pattern>(&self, mut pattern: P, at_start: bool, at_end: bool) -> &str {
        let (mut start, mut end) = (0, self.len());
        while at_start && start < end {
            match pattern.prefix_len(&self[start..end]) {
                Some(len) if len > 0 => start += len,
                _ => break,
            }
        }
        while at_end && start < end {
            match pattern.suffix_len(&self[start..end]) {
                Some(len) if len > 0 => end -= len,
                _ => break,
            }
        }
        &self[start..end]
    }

    /// Without white space at both ends.
    #[inline]
    #[must_use]
    pub fn trim(&self) -> &str {
        self.trimmed(Blank, true, true)
    }

    /// Without white space at the start.
    #[inline]
    #[must_use]
    pub fn trim_start(&self) -> &str {
        self.trimmed(Blank, true, false)
    }

    /// Without white space at the end.
    #[inline]
    #[must_use]
    pub fn trim_end(&self) -> &str {
        self.trimmed(Blank, false, true)
    }

    /// Without matches at both ends.
    #[inline]
    #[must_use]
    pub fn trim_matches<P: CharacterPattern>(&self, pattern: P) -> &str {
        self.trimmed(pattern, true, true)
    }

    /// Without matches at the start.
    #[inline]
    #[must_use]
    pub fn trim_start_matches<P: Pattern>(&self, pattern: P) -> &str {
        self.trimmed(pattern, true, false)
    }

    /// Without matches at the end.
    #[inline]
    #[must_use]
    pub fn trim_end_matches<P: Pattern>(&self, pattern: P) -> &str {
        self.trimmed(pattern, false, true)
    }

    /// The parts between matches.
    #[inline]
    pub fn split<P: Pattern>(&self, pattern: P) -> Split<'_, P> {
        Split(Parts::new(self, pattern, true))
    }

    /// The parts between matches, last first.
    #[inline]
    pub fn rsplit<P: Pattern>(&self, pattern: P) -> RSplit<'_, P> {
        RSplit(Parts::new(self, pattern, true))
    }

    /// The parts that end with a match each.
    #[inline]
    pub fn split_inclusive<P: Pattern>(&self, pattern: P) -> SplitInclusive<'_, P> {
        SplitInclusive(Parts::new(self, pattern, false))
    }

    /// The parts between matches, without an empty one at the end.
    #[inline]
    pub fn split_terminator<P: Pattern>(&self, pattern: P) -> SplitTerminator<'_, P> {
        SplitTerminator(Parts::new(self, pattern, false))
    }

    /// The parts between matches, last first, without an empty one at the end.
    #[inline]
    pub fn rsplit_terminator<P: Pattern>(&self, pattern: P) -> RSplitTerminator<'_, P> {
        RSplitTerminator(Parts::new(self, pattern, false))
    }

    /// At most `n` parts; the last is all that is left.
    #[inline]
    pub fn splitn<P: Pattern>(&self, n: usize, pattern: P) -> SplitN<'_, P> {
        SplitN { parts: Parts::new(self, pattern, true), left: n }
    }

    /// At most `n` parts, last first; the last one taken is all that is left.
    #[inline]
    pub fn rsplitn<P: Pattern>(&self, n: usize, pattern: P) -> RSplitN<'_, P> {
        RSplitN { parts: Parts::new(self, pattern, true), left: n }
    }

    /// The matches.
    #[inline]
    pub fn matches<P: Pattern>(&self, pattern: P) -> Matches<'_, P> {
        Matches(Matched::new(self, pattern))
    }

    /// The matches, last first.
    #[inline]
    pub fn rmatches<P: Pattern>(&self, pattern: P) -> RMatches<'_, P> {
        RMatches(Matched::new(self, pattern))
    }

    /// The matches with the byte each starts at.
    #[inline]
    pub fn match_indices<P: Pattern>(&self, pattern: P) -> MatchIndices<'_, P> {
        MatchIndices(Matched::new(self, pattern))
    }

    /// The matches with the byte each starts at, last first.
    #[inline]
    pub fn rmatch_indices<P: Pattern>(&self, pattern: P) -> RMatchIndices<'_, P> {
        RMatchIndices(Matched::new(self, pattern))
    }

    /// The lines, without their ends.
    #[inline]
    pub fn lines(&self) -> Lines<'_> {
        Lines(self.split_inclusive('\n'))
    }

    /// The words between white space.
    #[inline]
    pub fn split_whitespace(&self) -> SplitWhitespace<'_> {
        SplitWhitespace(self.split(Blank))
    }

    /// The words between ASCII white space.
    #[inline]
    pub fn split_ascii_whitespace(&self) -> SplitAsciiWhitespace<'_> {
        SplitAsciiWhitespace(self.split(AsciiBlank))
    }

    /// Reads a value from the text.
    #[inline]
    pub fn parse<F: FromStr>(&self) -> Result<F, F::Err> {
        F::from_str(self)
    }
}

impl<I: SliceIndex<str>> Index<I> for str {
    type Output = I::Output;

    #[inline]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

macro_rules! string_ranges {
    ($($range:ty, $this:ident, $text:ident => $start:expr, $end:expr;)*) => {$(
        unsafe impl SliceIndex<str> for $range {
            type Output = str;

            #[inline]
            fn get($this, $text: &str) -> Option<&str> {
                let (start, end): (usize, usize) = ($start, $end);
                if start <= end && $text.is_char_boundary(start) && $text.is_char_boundary(end) {
                    Some(unsafe { from_utf8_unchecked(&$text.as_bytes()[start..end]) })
                } else {
                    None
                }
            }

            #[inline]
            fn get_mut($this, $text: &mut str) -> Option<&mut str> {
                let found = SliceIndex::<str>::get($this, &*$text)? as *const str as *mut str;
                Some(unsafe { &mut *found })
            }

            #[inline]
            unsafe fn get_unchecked($this, text: *const str) -> *const str {
                let $text = unsafe { &*text };
                let (start, end): (usize, usize) = ($start, $end);
                unsafe { from_utf8_unchecked($text.as_bytes().get_unchecked(start..end)) }
            }

            #[inline]
            unsafe fn get_unchecked_mut($this, text: *mut str) -> *mut str {
                unsafe { SliceIndex::<str>::get_unchecked($this, text as *const str) as *mut str }
            }

            #[inline]
            fn index($this, text: &str) -> &str {
                match SliceIndex::<str>::get($this, text) {
                    Some(part) => part,
                    None => panic!("a range outside the string or inside a character"),
                }
            }

            #[inline]
            fn index_mut($this, text: &mut str) -> &mut str {
                match SliceIndex::<str>::get_mut($this, text) {
                    Some(part) => part,
                    None => panic!("a range outside the string or inside a character"),
                }
            }
        }
    )*};
}

string_ranges! {
    Range<usize>, self, text => self.start, self.end;
    RangeTo<usize>, self, text => 0, self.end;
    RangeFrom<usize>, self, text => self.start, text.len();
    RangeFull, self, text => 0, text.len();
    RangeInclusive<usize>, self, text => *self.start(), self.end().wrapping_add(1);
    RangeToInclusive<usize>, self, text => 0, self.end.wrapping_add(1);
}

impl PartialEq for str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}
impl Eq for str {}
impl PartialOrd for str {
    #[inline]
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for str {
    #[inline]
    fn cmp(&self, other: &str) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}
impl AsRef<[u8]> for str {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}
impl AsRef<str> for str {
    #[inline]
    fn as_ref(&self) -> &str {
        self
    }
}
impl Default for &str {
    #[inline]
    fn default() -> Self {
        ""
    }
}
