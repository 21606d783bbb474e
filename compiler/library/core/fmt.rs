//! The names formatting code mentions.
//!
//! What it is: `Debug`, `Display` and the other traits, `Formatter`, `Arguments`, `Write`, `Error` and `Result`, so
//! that bounds and derives resolve.
//! What it assumes: `derive(Debug)` expands to an implementation whose `fmt` writes nothing.
//! What it guarantees: no formatting happens on the device; use `gpu_printf!`.
//!
//! ```text
//! #[derive(Debug)] struct Pair(u32, u32);
//! ```

use crate::marker::PhantomData;

/// What formatting returns.
pub type Result = crate::result::Result<(), Error>;

/// A failure to format.
#[derive(Copy, Clone, Default, PartialEq, Eq)]
pub struct Error;

/// Where formatted text would go.
pub struct Formatter<'a> {
    _sink: PhantomData<&'a mut ()>,
}

impl<'a> Formatter<'a> {
    /// Discards the text.
    #[inline]
    pub fn write_str(&mut self, _text: &str) -> Result {
        Ok(())
    }

    /// Discards the text.
    #[inline]
    pub fn pad(&mut self, _text: &str) -> Result {
        Ok(())
    }
}

/// A format string with its arguments.
#[lang = "format_arguments"]
#[derive(Copy, Clone)]
pub struct Arguments<'a> {
    _pieces: PhantomData<&'a ()>,
}

/// A sink for text.
pub trait Write {
    /// Writes text.
    fn write_str(&mut self, text: &str) -> Result;

    /// Writes one character.
    fn write_char(&mut self, character: char) -> Result {
        let mut bytes = [0; 4];
        self.write_str(character.encode_utf8(&mut bytes))
    }

    /// Writes formatted text.
    #[oxide::host_only("`core::fmt` formatting is not supported in kernels; use `gpu_printf!`")]
    fn write_fmt(&mut self, _arguments: Arguments<'_>) -> Result {
        Err(Error)
    }
}

/// Writes formatted text.
#[oxide::host_only("`core::fmt` formatting is not supported in kernels; use `gpu_printf!`")]
pub fn write<W: Write + ?Sized>(_output: &mut W, _arguments: Arguments<'_>) -> Result {
    Err(Error)
}

macro_rules! format_traits {
    ($($name:ident)*) => {$(
        /// A way to format a value.
        pub trait $name {
            /// Formats the value.
            fn fmt(&self, formatter: &mut Formatter<'_>) -> Result;
        }
        impl<T: ?Sized + $name> $name for &T {
            fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
                $name::fmt(&**self, formatter)
            }
        }
        impl<T: ?Sized + $name> $name for &mut T {
            fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
                $name::fmt(&**self, formatter)
            }
        }
    )*};
}

format_traits! { Debug Display Octal LowerHex UpperHex Binary Pointer LowerExp UpperExp }

macro_rules! writes_nothing {
    ($($name:ident for $($primitive:ty),*;)*) => {$($(
        impl $name for $primitive {
            #[inline]
            fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
                Ok(())
            }
        }
    )*)*};
}

writes_nothing! {
    Debug for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f16, f32, f64, bool, char, str, (), !,
        Error, Arguments<'_>, crate::cmp::Ordering, crate::num::ParseIntError, crate::num::IntErrorKind,
        crate::str::Utf8Error, crate::str::ParseBoolError;
    Display for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f16, f32, f64, bool, char, str, !,
        Error, Arguments<'_>;
    LowerHex for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    UpperHex for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    Binary for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    Octal for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    LowerExp for f32, f64;
    UpperExp for f32, f64;
}

macro_rules! debug_nothing {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Debug for $type {
            #[inline]
            fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
                Ok(())
            }
        }
    )*};
}

debug_nothing! {
    [T: ?Sized] *const T;
    [T: ?Sized] *mut T;
    [T: Debug] [T];
    [T: Debug, const N: usize] [T; N];
    [T: Debug] Option<T>;
    [T: Debug] crate::cmp::Reverse<T>;
    [T: Debug, E: Debug] crate::result::Result<T, E>;
    [T: Debug] crate::ops::Range<T>;
    [T: Debug] crate::ops::RangeInclusive<T>;
    [T: ?Sized] PhantomData<T>;
    [T] crate::mem::MaybeUninit<T>;
    [A: Debug] (A,);
    [A: Debug, B: Debug] (A, B);
    [A: Debug, B: Debug, C: Debug] (A, B, C);
    [A: Debug, B: Debug, C: Debug, D: Debug] (A, B, C, D);
}
