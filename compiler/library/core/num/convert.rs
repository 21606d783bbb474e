//! Conversions between numbers.
//!
//! What it is: `From` where nothing is lost, `TryFrom` between integers otherwise.
//! What it assumes: `usize` is 64 bits wide, but `From` treats it as Rust does: at least 16.
//! What it guarantees: `TryFrom` fails exactly when the value does not fit.
//!
//! ```text
//! let index: usize = usize::try_from(offset)?;
//! ```

use crate::convert::Infallible;
use crate::fmt;

/// A number that does not fit.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct TryFromIntError(pub(crate) ());

impl fmt::Debug for TryFromIntError {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl From<Infallible> for TryFromIntError {
    fn from(never: Infallible) -> TryFromIntError {
        match never {}
    }
}

macro_rules! lossless {
    ($($source:ident => $($target:ident)*;)*) => {$($(
        impl From<$source> for $target {
            #[inline(always)]
            fn from(value: $source) -> $target {
                value as $target
            }
        }
    )*)*};
}

lossless! {
    bool => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize f16 f32 f64;
    u16 => u32 u64 u128 usize i32 i64 i128 f32 f64;
    u32 => u64 u128 i64 i128 f64;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize f16 f32 f64;
    i16 => i32 i64 i128 isize f32 f64;
    i32 => i64 i128 f64;
    i64 => i128;
    f16 => f32 f64;
    f32 => f64;
}

impl From<bool> for f32 {
    #[inline(always)]
    fn from(value: bool) -> f32 {
        value as u8 as f32
    }
}

impl From<bool> for f64 {
    #[inline(always)]
    fn from(value: bool) -> f64 {
        value as u8 as f64
    }
}

macro_rules! truth_values {
    ($($source:ident)*) => {$(
        impl TryFrom<$source> for bool {
            type Error = TryFromIntError;
            #[inline]
            fn try_from(value: $source) -> Result<bool, TryFromIntError> {
                match value {
                    0 => Ok(false),
                    1 => Ok(true),
                    _ => Err(TryFromIntError(())),
                }
            }
        }
    )*};
}

truth_values! { u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 }

/// A value fits if it survives the round trip with its sign.
macro_rules! checked {
    ($($source:ident => $($target:ident)*;)*) => {$($(
        impl TryFrom<$source> for $target {
            type Error = TryFromIntError;
            #[inline]
            fn try_from(value: $source) -> Result<$target, TryFromIntError> {
                let converted = value as $target;
                if converted as $source == value && (converted < 0 as $target) == (value < 0 as $source) {
                    Ok(converted)
                } else {
                    Err(TryFromIntError(()))
                }
            }
        }
    )*)*};
}

checked! {
    u8 => i8;
    u16 => u8 i8 i16 isize;
    u32 => u8 u16 usize i8 i16 i32 isize;
    u64 => u8 u16 u32 usize i8 i16 i32 i64 isize;
    u128 => u8 u16 u32 u64 usize i8 i16 i32 i64 i128 isize;
    usize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 isize;
    i8 => u8 u16 u32 u64 u128 usize;
    i16 => u8 u16 u32 u64 u128 usize i8;
    i32 => u8 u16 u32 u64 u128 usize i8 i16 isize;
    i64 => u8 u16 u32 u64 u128 usize i8 i16 i32 isize;
    i128 => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 isize;
    isize => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128;
}
