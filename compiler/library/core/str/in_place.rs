//! Text that is changed in place.
//!
//! What it is: the methods of `&mut str`, and the names that older code calls methods by.
//! What it assumes: what is written by way of `as_bytes_mut` stays UTF-8.
//! What it guarantees: nothing else writes bytes that are not.
//!
//! ```text
//! text.make_ascii_uppercase(); let (head, tail) = text.split_at_mut(4);
//! ```

use super::pattern::Pattern;
use crate::ops::IndexMut;
use crate::slice::{self, SliceIndex};
use crate::str::{from_utf8, Utf8Error};

/// A `str` from bytes.
///
/// # Safety
/// The bytes are UTF-8.
#[inline]
#[must_use]
pub const unsafe fn from_utf8_unchecked_mut(bytes: &mut [u8]) -> &mut str {
    unsafe { crate::intrinsics::transmute(bytes) }
}

/// A `str` from bytes, if they are UTF-8.
pub const fn from_utf8_mut(bytes: &mut [u8]) -> Result<&mut str, Utf8Error> {
    match from_utf8(bytes) {
        Ok(_) => Ok(unsafe { from_utf8_unchecked_mut(bytes) }),
        Err(error) => Err(error),
    }
}

impl str {
    /// The text of bytes that are UTF-8.
    #[inline]
    pub const fn from_utf8_mut(bytes: &mut [u8]) -> Result<&mut str, Utf8Error> {
        from_utf8_mut(bytes)
    }

    /// The text of bytes.
    ///
    /// # Safety
    ///
    /// They are UTF-8.
    #[inline]
    pub const unsafe fn from_utf8_unchecked_mut(bytes: &mut [u8]) -> &mut str {
        unsafe { from_utf8_unchecked_mut(bytes) }
    }

    /// The bytes.
    ///
    /// # Safety
    ///
    /// They are UTF-8 again when the borrow ends.
    #[inline]
    pub const unsafe fn as_bytes_mut(&mut self) -> &mut [u8] {
        unsafe { crate::intrinsics::transmute(self) }
    }

    /// A pointer to the first byte.
    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut u8 {
        self as *mut str as *mut u8
    }

    /// ASCII letters become small ones.
    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_lowercase()
    }

    /// ASCII letters become capital ones.
    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_uppercase()
    }

    /// The part of a range, mutably, if it lies inside and cuts no character.
    #[inline]
    pub fn get_mut<I: SliceIndex<str>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }

    /// The part of a range, mutably.
    ///
    /// # Safety
    ///
    /// It lies inside and cuts no character.
    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<str>>(&mut self, index: I) -> &mut I::Output {
        unsafe { &mut *index.get_unchecked_mut(self) }
    }

    /// What is before a byte and what is after; traps within a character.
    #[inline]
    pub fn split_at_mut(&mut self, middle: usize) -> (&mut str, &mut str) {
        match self.split_at_mut_checked(middle) {
            Some(parts) => parts,
            None => panic!("failed to slice string"),
        }
    }

    /// What is before a byte and what is after, unless it is within a character.
    #[inline]
    pub fn split_at_mut_checked(&mut self, middle: usize) -> Option<(&mut str, &mut str)> {
        if !self.is_char_boundary(middle) {
            return None;
        }
        let (len, start) = (self.len(), self.as_mut_ptr());
        unsafe {
            Some((
                from_utf8_unchecked_mut(slice::from_raw_parts_mut(start, middle)),
                from_utf8_unchecked_mut(slice::from_raw_parts_mut(start.add(middle), len - middle)),
            ))
        }
    }

    /// [`str::trim_start`].
    #[inline]
    #[must_use]
    pub fn trim_left(&self) -> &str {
        self.trim_start()
    }

    /// [`str::trim_end`].
    #[inline]
    #[must_use]
    pub fn trim_right(&self) -> &str {
        self.trim_end()
    }

    /// [`str::trim_start_matches`].
    #[inline]
    #[must_use]
    pub fn trim_left_matches<P: Pattern>(&self, pattern: P) -> &str {
        self.trim_start_matches(pattern)
    }

    /// [`str::trim_end_matches`].
    #[inline]
    #[must_use]
    pub fn trim_right_matches<P: Pattern>(&self, pattern: P) -> &str {
        self.trim_end_matches(pattern)
    }
}

impl<I: SliceIndex<str>> IndexMut<I> for str {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

impl Default for &mut str {
    #[inline]
    fn default() -> Self {
        unsafe { from_utf8_unchecked_mut(&mut []) }
    }
}
