//! Values from text.
//!
//! What it is: `FromStr` for integers, `bool` and `char`.
//! What it assumes: nothing.
//! What it guarantees: accepts and refuses what Rust's own implementations do.
//!
//! ```text
//! let n: u32 = "42".parse().unwrap_or(0);
//! ```

use crate::num::{IntErrorKind, NonZero, ParseIntError};

/// Types that can be read from text.
pub trait FromStr: Sized {
    /// Why a text is none.
    type Err;

    /// Reads the whole text.
    fn from_str(text: &str) -> Result<Self, Self::Err>;
}

/// A text that is neither `true` nor `false`.
#[derive(Clone, PartialEq, Eq)]
pub struct ParseBoolError(());

impl FromStr for bool {
    type Err = ParseBoolError;

    #[inline]
    fn from_str(text: &str) -> Result<bool, ParseBoolError> {
        match text.as_bytes() {
            b"true" => Ok(true),
            b"false" => Ok(false),
            _ => Err(ParseBoolError(())),
        }
    }
}

macro_rules! parsed_integers {
    ($($integer:ty)*) => {$(
        impl FromStr for $integer {
            type Err = ParseIntError;

            #[inline]
            fn from_str(text: &str) -> Result<$integer, ParseIntError> {
                <$integer>::from_str_radix(text, 10)
            }
        }

        impl $integer {
            /// Reads a text of digits of a base from 2 to 36, with a sign.
            pub const fn from_str_radix(text: &str, radix: u32) -> Result<$integer, ParseIntError> {
                assert!(radix >= 2 && radix <= 36, "the base of digits lies between 2 and 36");
                let bytes = text.as_bytes();
                let (is_negative, digits) = match bytes {
                    [] => return Err(ParseIntError { kind: IntErrorKind::Empty }),
                    [b'+' | b'-'] => return Err(ParseIntError { kind: IntErrorKind::InvalidDigit }),
                    [b'+', rest @ ..] => (false, rest),
                    [b'-', rest @ ..] if <$integer>::MIN != 0 => (true, rest),
                    _ => (false, bytes),
                };
                let mut value: $integer = 0;
                let mut at = 0;
                while at < digits.len() {
                    let digit = match (digits[at] as char).to_digit(radix) {
                        Some(digit) => digit as $integer,
                        None => return Err(ParseIntError { kind: IntErrorKind::InvalidDigit }),
                    };
                    let added = match value.checked_mul(radix as $integer) {
                        Some(scaled) if is_negative => scaled.checked_sub(digit),
                        Some(scaled) => scaled.checked_add(digit),
                        None => None,
                    };
                    value = match added {
                        Some(value) => value,
                        None if is_negative => return Err(ParseIntError { kind: IntErrorKind::NegOverflow }),
                        None => return Err(ParseIntError { kind: IntErrorKind::PosOverflow }),
                    };
                    at += 1;
                }
                Ok(value)
            }
        }
    )*};
}

parsed_integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

/// A text that is not one character.
#[derive(Clone, PartialEq, Eq)]
pub struct ParseCharError(());

impl FromStr for char {
    type Err = ParseCharError;

    #[inline]
    fn from_str(text: &str) -> Result<char, ParseCharError> {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(ParseCharError(())),
        }
    }
}

/// A text that is no float.
#[derive(Clone, PartialEq, Eq)]
pub struct ParseFloatError(());

macro_rules! parsed_floats {
    ($($float:ty)*) => {$(
        impl FromStr for $float {
            type Err = ParseFloatError;

            #[oxide::host_only("reading floats from text is not supported in kernels")]
            fn from_str(_text: &str) -> Result<$float, ParseFloatError> {
                Err(ParseFloatError(()))
            }
        }
    )*};
}

parsed_floats! { f32 f64 }

macro_rules! parsed_nonzero {
    ($($integer:ty)*) => {$(
        impl FromStr for NonZero<$integer> {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<NonZero<$integer>, ParseIntError> {
                match NonZero::new(<$integer>::from_str(text)?) {
                    Some(value) => Ok(value),
                    None => Err(ParseIntError { kind: IntErrorKind::Zero }),
                }
            }
        }
    )*};
}

parsed_nonzero! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
