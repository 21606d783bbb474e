//! Methods of `char`.
//!
//! What it is: conversion to and from numbers, digits, and ASCII classes.
//! What it assumes: a `char` is a Unicode scalar value in 32 bits.
//! What it guarantees: no Unicode tables are used, so classes beyond ASCII are not offered.
//!
//! ```text
//! let digit = 'a'.to_digit(16);
//! ```

/// A `char` from its code.
#[inline]
#[must_use]
pub const fn from_u32(code: u32) -> Option<char> {
    char::from_u32(code)
}

/// A `char` from its code.
///
/// # Safety
/// The code is a Unicode scalar value.
#[inline]
#[must_use]
pub const unsafe fn from_u32_unchecked(code: u32) -> char {
    unsafe { crate::intrinsics::transmute(code) }
}

/// A digit's `char`.
#[inline]
#[must_use]
pub const fn from_digit(digit: u32, radix: u32) -> Option<char> {
    char::from_digit(digit, radix)
}

pub use crate::str::ParseCharError;

/// A failed conversion to `char`.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct CharTryFromError(());

impl char {
    /// The least `char`.
    pub const MIN: char = '\0';
    /// The greatest `char`.
    pub const MAX: char = '\u{10FFFF}';
    /// The character standing for a decoding error.
    pub const REPLACEMENT_CHARACTER: char = '\u{FFFD}';

    /// A `char` from its code.
    #[inline]
    #[must_use]
    pub const fn from_u32(code: u32) -> Option<char> {
        if code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) {
            None
        } else {
            Some(unsafe { from_u32_unchecked(code) })
        }
    }

    /// A `char` from its code.
    ///
    /// # Safety
    /// The code is a Unicode scalar value.
    #[inline]
    #[must_use]
    pub const unsafe fn from_u32_unchecked(code: u32) -> char {
        unsafe { from_u32_unchecked(code) }
    }

    /// A digit's `char`.
    #[inline]
    #[must_use]
    pub const fn from_digit(digit: u32, radix: u32) -> Option<char> {
        assert!(radix <= 36, "from_digit: radix is too high (maximum 36)");
        if digit >= radix {
            return None;
        }
        let digit = digit as u8;
        Some(if digit < 10 { (b'0' + digit) as char } else { (b'a' + (digit - 10)) as char })
    }

    /// The value of a digit.
    #[inline]
    #[must_use]
    pub const fn to_digit(self, radix: u32) -> Option<u32> {
        assert!(radix >= 2 && radix <= 36, "to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive");
        let code = self as u32;
        let digit = if code >= '0' as u32 && code <= '9' as u32 {
            code - '0' as u32
        } else {
            let lower = code | 0x20;
            if lower >= 'a' as u32 && lower <= 'z' as u32 { lower - 'a' as u32 + 10 } else { return None }
        };
        if digit < radix { Some(digit) } else { None }
    }

    /// Whether this is a digit.
    #[inline]
    pub const fn is_digit(self, radix: u32) -> bool {
        self.to_digit(radix).is_some()
    }

    /// The number of bytes in UTF-8.
    #[inline]
    #[must_use]
    pub const fn len_utf8(self) -> usize {
        let code = self as u32;
        if code < 0x80 {
            1
        } else if code < 0x800 {
            2
        } else if code < 0x10000 {
            3
        } else {
            4
        }
    }

    /// Writes the character in UTF-8; traps if the bytes do not fit.
    #[inline]
    pub const fn encode_utf8(self, bytes: &mut [u8]) -> &mut str {
        let code = self as u32;
        let len = self.len_utf8();
        if len == 1 {
            bytes[0] = code as u8;
        } else if len == 2 {
            bytes[0] = 0xc0 | (code >> 6) as u8;
            bytes[1] = 0x80 | (code & 0x3f) as u8;
        } else if len == 3 {
            bytes[0] = 0xe0 | (code >> 12) as u8;
            bytes[1] = 0x80 | ((code >> 6) & 0x3f) as u8;
            bytes[2] = 0x80 | (code & 0x3f) as u8;
        } else {
            bytes[0] = 0xf0 | (code >> 18) as u8;
            bytes[1] = 0x80 | ((code >> 12) & 0x3f) as u8;
            bytes[2] = 0x80 | ((code >> 6) & 0x3f) as u8;
            bytes[3] = 0x80 | (code & 0x3f) as u8;
        }
        let (text, _) = bytes.split_at_mut(len);
        unsafe { crate::intrinsics::transmute(text) }
    }

    /// The most bytes that a character needs in UTF-8.
    pub const MAX_LEN_UTF8: usize = 4;

    /// The most units that a character needs in UTF-16.
    pub const MAX_LEN_UTF16: usize = 2;

    /// Writes the character in UTF-16; traps if the units do not fit.
    #[inline]
    pub const fn encode_utf16(self, units: &mut [u16]) -> &mut [u16] {
        let code = self as u32;
        let len = self.len_utf16();
        if len == 1 {
            units[0] = code as u16;
        } else {
            units[0] = 0xd800 | ((code - 0x1_0000) >> 10) as u16;
            units[1] = 0xdc00 | ((code - 0x1_0000) & 0x3ff) as u16;
        }
        units.split_at_mut(len).0
    }

    /// Whether this is ASCII.
    #[inline]
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        (*self as u32) < 128
    }

    /// Whether this is an ASCII letter.
    #[inline]
    #[must_use]
    pub const fn is_ascii_alphabetic(&self) -> bool {
        matches!(*self, 'a'..='z' | 'A'..='Z')
    }

    /// Whether this is an ASCII digit.
    #[inline]
    #[must_use]
    pub const fn is_ascii_digit(&self) -> bool {
        matches!(*self, '0'..='9')
    }

    /// Whether this is an ASCII hexadecimal digit.
    #[inline]
    #[must_use]
    pub const fn is_ascii_hexdigit(&self) -> bool {
        matches!(*self, '0'..='9' | 'a'..='f' | 'A'..='F')
    }

    /// Whether this is ASCII punctuation.
    #[inline]
    #[must_use]
    pub const fn is_ascii_punctuation(&self) -> bool {
        self.is_ascii_graphic() && !self.is_ascii_alphanumeric()
    }

    /// Whether this is a visible ASCII character.
    #[inline]
    #[must_use]
    pub const fn is_ascii_graphic(&self) -> bool {
        matches!(*self, '!'..='~')
    }

    /// Whether this is an ASCII control code.
    #[inline]
    #[must_use]
    pub const fn is_ascii_control(&self) -> bool {
        (*self as u32) < 32 || *self as u32 == 127
    }

    /// Whether Unicode calls this a letter; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `is_ascii_` methods")]
    pub fn is_alphabetic(self) -> bool {
        self.is_ascii_alphabetic()
    }

    /// Whether Unicode calls this a lower-case letter; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `is_ascii_` methods")]
    pub fn is_lowercase(self) -> bool {
        self.is_ascii_lowercase()
    }

    /// Whether Unicode calls this an upper-case letter; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `is_ascii_` methods")]
    pub fn is_uppercase(self) -> bool {
        self.is_ascii_uppercase()
    }

    /// Whether Unicode calls this a number; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `is_ascii_` methods")]
    pub fn is_numeric(self) -> bool {
        self.is_ascii_digit()
    }

    /// Whether Unicode calls this a letter or a number; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `is_ascii_` methods")]
    pub fn is_alphanumeric(self) -> bool {
        self.is_ascii_alphanumeric()
    }

    /// The lower-case form, of one or more characters; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `to_ascii_` methods")]
    pub fn to_lowercase(self) -> ToLowercase {
        ToLowercase(Some(self.to_ascii_lowercase()))
    }

    /// The upper-case form, of one or more characters; the host's tables decide.
    #[oxide::host_only("properties of Unicode characters are not supported in kernels; use the `to_ascii_` methods")]
    pub fn to_uppercase(self) -> ToUppercase {
        ToUppercase(Some(self.to_ascii_uppercase()))
    }

    /// Whether this is a control code: `U+0000` to `U+001F`, `U+007F` to `U+009F`.
    #[inline]
    #[must_use]
    pub const fn is_control(self) -> bool {
        (self as u32) < 32 || (self as u32 >= 127 && self as u32 <= 159)
    }

    /// Whether two characters are equal but for the case of ASCII letters.
    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &char) -> bool {
        self.to_ascii_lowercase() as u32 == other.to_ascii_lowercase() as u32
    }

    /// Turns an ASCII letter into its upper-case form.
    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }

    /// Turns an ASCII letter into its lower-case form.
    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }

    /// The number of 16-bit units in UTF-16.
    #[inline]
    #[must_use]
    pub const fn len_utf16(self) -> usize {
        if (self as u32) < 0x10000 { 1 } else { 2 }
    }

    /// Whether this is white space.
    #[inline]
    #[must_use]
    pub const fn is_whitespace(self) -> bool {
        matches!(
            self,
            '\t'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{2028}' | '\u{2029}'
                | '\u{202F}' | '\u{205F}' | '\u{3000}'
        )
    }

    /// Whether this is an ASCII letter or digit.
    #[inline]
    #[must_use]
    pub const fn is_ascii_alphanumeric(&self) -> bool {
        self.is_ascii_alphabetic() || self.is_ascii_digit()
    }

    /// Whether this is an upper-case ASCII letter.
    #[inline]
    #[must_use]
    pub const fn is_ascii_uppercase(&self) -> bool {
        matches!(*self, 'A'..='Z')
    }

    /// Whether this is a lower-case ASCII letter.
    #[inline]
    #[must_use]
    pub const fn is_ascii_lowercase(&self) -> bool {
        matches!(*self, 'a'..='z')
    }

    /// Whether this is ASCII white space.
    #[inline]
    #[must_use]
    pub const fn is_ascii_whitespace(&self) -> bool {
        matches!(*self, '\t' | '\n' | '\x0C' | '\r' | ' ')
    }

    /// The upper-case form of an ASCII letter.
    #[inline]
    #[must_use]
    pub const fn to_ascii_uppercase(&self) -> char {
        if self.is_ascii_lowercase() { (*self as u8 - 32) as char } else { *self }
    }

    /// The lower-case form of an ASCII letter.
    #[inline]
    #[must_use]
    pub const fn to_ascii_lowercase(&self) -> char {
        if self.is_ascii_uppercase() { (*self as u8 + 32) as char } else { *self }
    }
}

impl From<u8> for char {
    #[inline]
    fn from(code: u8) -> char {
        code as char
    }
}

impl From<char> for u32 {
    #[inline]
    fn from(character: char) -> u32 {
        character as u32
    }
}

impl From<char> for u64 {
    #[inline]
    fn from(character: char) -> u64 {
        character as u64
    }
}

impl From<char> for u128 {
    #[inline]
    fn from(character: char) -> u128 {
        character as u128
    }
}

/// A failed conversion of a `char` to a smaller integer.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct TryFromCharError(());

macro_rules! from_characters {
    ($($integer:ident)*) => {$(
        impl TryFrom<char> for $integer {
            type Error = TryFromCharError;
            #[inline]
            fn try_from(character: char) -> Result<$integer, TryFromCharError> {
                match (character as u32).try_into() {
                    Ok(code) => Ok(code),
                    Err(_) => Err(TryFromCharError(())),
                }
            }
        }
    )*};
}

from_characters! { u8 u16 usize }

impl TryFrom<u32> for char {
    type Error = CharTryFromError;
    #[inline]
    fn try_from(code: u32) -> Result<char, CharTryFromError> {
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => Err(CharTryFromError(())),
        }
    }
}

/// See [`char::to_lowercase`].
#[derive(Clone)]
pub struct ToLowercase(Option<char>);

impl Iterator for ToLowercase {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        self.0.take()
    }
}

/// See [`char::to_uppercase`].
#[derive(Clone)]
pub struct ToUppercase(Option<char>);

impl Iterator for ToUppercase {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        self.0.take()
    }
}
