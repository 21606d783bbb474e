//! Numbers.
//!
//! What it is: the inherent methods of the primitive integers (`int`, `uint`) and floats (`float`), conversions
//! between them (`convert`), `NonZero` and `Wrapping`.
//! What it assumes: each primitive's `impl` block holds one macro invocation, so that a compiler may expand it only
//! when a method of that type is looked up.
//! What it guarantees: names, signatures and results of Rust's own methods.
//!
//! ```text
//! let blocks = n.div_ceil(256);
//! ```

#[macro_use]
mod shared;
#[macro_use]
mod int;
#[macro_use]
mod uint;
mod convert;
mod float;
mod float_math;
mod libdevice;
mod nonzero;
mod parse_error;
mod wrapping;

pub mod imp;

pub use self::convert::TryFromIntError;
pub use self::nonzero::{
    NonZero, NonZeroI128, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI8, NonZeroIsize, NonZeroU128, NonZeroU16,
    NonZeroU32, NonZeroU64, NonZeroU8, NonZeroUsize, ZeroablePrimitive,
};
pub use self::parse_error::{IntErrorKind, ParseIntError};
pub use crate::str::ParseFloatError;
pub use self::wrapping::{Saturating, Wrapping};

/// The category of a float.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum FpCategory {
    /// Not a number.
    Nan,
    /// Positive or negative infinity.
    Infinite,
    /// Positive or negative zero.
    Zero,
    /// Closer to zero than the least normal number.
    Subnormal,
    /// Any other.
    Normal,
}

impl i8 {
    common_int_methods! { i8 i8 u8 8 1 }
    signed_int_methods! { i8 u8 8 }
    signed_widening_methods! { i8 u8 i16 8 }
}
impl i16 {
    common_int_methods! { i16 i16 u16 16 2 }
    signed_int_methods! { i16 u16 16 }
    signed_widening_methods! { i16 u16 i32 16 }
}
impl i32 {
    common_int_methods! { i32 i32 u32 32 4 }
    signed_int_methods! { i32 u32 32 }
    signed_widening_methods! { i32 u32 i64 32 }
}
impl i64 {
    common_int_methods! { i64 i64 u64 64 8 }
    signed_int_methods! { i64 u64 64 }
    signed_widening_methods! { i64 u64 i128 64 }
}
impl i128 {
    common_int_methods! { i128 i128 u128 128 16 }
    signed_int_methods! { i128 u128 128 }

    /// The two halves of `self * multiplier + addend + carry`: low and high.
    #[inline]
    #[must_use]
    pub const fn carrying_mul_add(self, multiplier: i128, addend: i128, carry: i128) -> (u128, i128) {
        let (low, high) = (self as u128).carrying_mul_add(multiplier as u128, addend as u128, carry as u128);
        // Each negative operand was read as 2^128 too much.
        let mut high = high as i128;
        if self < 0 {
            high = high.wrapping_sub(multiplier);
        }
        if multiplier < 0 {
            high = high.wrapping_sub(self);
        }
        high = high.wrapping_sub((addend < 0) as i128).wrapping_sub((carry < 0) as i128);
        (low, high)
    }
}
impl isize {
    common_int_methods! { isize isize usize 64 8 }
    signed_int_methods! { isize usize 64 }
    signed_widening_methods! { isize usize i128 64 }
}
impl u8 {
    common_int_methods! { u8 i8 u8 8 1 }
    unsigned_int_methods! { u8 i8 8 }
    widening_int_methods! { u8 u16 8 }
}
impl u16 {
    common_int_methods! { u16 i16 u16 16 2 }
    unsigned_int_methods! { u16 i16 16 }
    widening_int_methods! { u16 u32 16 }
}
impl u32 {
    common_int_methods! { u32 i32 u32 32 4 }
    unsigned_int_methods! { u32 i32 32 }
    widening_int_methods! { u32 u64 32 }
}
impl u64 {
    common_int_methods! { u64 i64 u64 64 8 }
    unsigned_int_methods! { u64 i64 64 }
    widening_int_methods! { u64 u128 64 }
}
impl u128 {
    common_int_methods! { u128 i128 u128 128 16 }
    unsigned_int_methods! { u128 i128 128 }

    /// The two halves of `self * multiplier + addend + carry`: low and high.
    #[inline]
    #[must_use]
    pub const fn carrying_mul_add(self, multiplier: u128, addend: u128, carry: u128) -> (u128, u128) {
        let half = u64::MAX as u128;
        let (a0, a1) = (self & half, self >> 64);
        let (b0, b1) = (multiplier & half, multiplier >> 64);
        let p00 = a0 * b0;
        let p01 = a0 * b1;
        let p10 = a1 * b0;
        let middle = (p00 >> 64) + (p01 & half) + (p10 & half);
        let low = (p00 & half) | (middle << 64);
        let high = (a1 * b1).wrapping_add(p01 >> 64).wrapping_add(p10 >> 64).wrapping_add(middle >> 64);
        let (low, c1) = low.overflowing_add(addend);
        let (low, c2) = low.overflowing_add(carry);
        (low, high.wrapping_add(c1 as u128).wrapping_add(c2 as u128))
    }

    /// The two halves of `self * multiplier + carry`: low and high.
    #[inline]
    #[must_use]
    pub const fn carrying_mul(self, multiplier: u128, carry: u128) -> (u128, u128) {
        self.carrying_mul_add(multiplier, carry, 0)
    }

    /// The two halves of `self * multiplier`: low and high.
    #[inline]
    #[must_use]
    pub const fn widening_mul(self, multiplier: u128) -> (u128, u128) {
        self.carrying_mul_add(multiplier, 0, 0)
    }
}
impl usize {
    common_int_methods! { usize isize usize 64 8 }
    unsigned_int_methods! { usize isize 64 }
    widening_int_methods! { usize u128 64 }
}

impl u8 {
    /// Whether this is ASCII.
    #[inline]
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        *self < 128
    }

    /// Whether this is an ASCII digit.
    #[inline]
    #[must_use]
    pub const fn is_ascii_hexdigit(&self) -> bool {
        matches!(*self, b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F')
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
        *self > b' ' && *self < 127
    }

    /// Whether this is an ASCII control code.
    #[inline]
    #[must_use]
    pub const fn is_ascii_control(&self) -> bool {
        *self < b' ' || *self == 127
    }

    /// Whether two letters are equal but for the case of ASCII letters.
    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &u8) -> bool {
        self.to_ascii_lowercase() == other.to_ascii_lowercase()
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

    /// Whether this is an ASCII digit.
    #[inline]
    #[must_use]
    pub const fn is_ascii_digit(&self) -> bool {
        matches!(*self, b'0'..=b'9')
    }

    /// Whether this is an ASCII letter.
    #[inline]
    #[must_use]
    pub const fn is_ascii_alphabetic(&self) -> bool {
        matches!(*self, b'a'..=b'z' | b'A'..=b'Z')
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
        matches!(*self, b'A'..=b'Z')
    }

    /// Whether this is a lower-case ASCII letter.
    #[inline]
    #[must_use]
    pub const fn is_ascii_lowercase(&self) -> bool {
        matches!(*self, b'a'..=b'z')
    }

    /// Whether this is ASCII white space.
    #[inline]
    #[must_use]
    pub const fn is_ascii_whitespace(&self) -> bool {
        matches!(*self, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
    }

    /// The upper-case form of an ASCII letter.
    #[inline]
    #[must_use]
    pub const fn to_ascii_uppercase(&self) -> u8 {
        if self.is_ascii_lowercase() { *self - 32 } else { *self }
    }

    /// The lower-case form of an ASCII letter.
    #[inline]
    #[must_use]
    pub const fn to_ascii_lowercase(&self) -> u8 {
        if self.is_ascii_uppercase() { *self + 32 } else { *self }
    }
}
