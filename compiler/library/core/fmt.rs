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

format_traits! { Debug Display Octal LowerHex UpperHex Binary LowerExp UpperExp }

/// A way to format an address.
pub trait Pointer {
    /// Formats the address.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result;
}

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
        Error, Arguments<'_>, crate::alloc::Layout, crate::alloc::LayoutError, crate::any::TypeId, crate::time::Duration,
        crate::time::TryFromFloatSecsError, crate::cmp::Ordering, crate::num::ParseIntError, crate::num::IntErrorKind,
        crate::num::ParseFloatError, crate::num::FpCategory, crate::str::Utf8Error, crate::str::ParseBoolError,
        crate::char::CharTryFromError, crate::char::ParseCharError, crate::char::TryFromCharError,
        crate::cell::BorrowError, crate::cell::BorrowMutError, crate::ops::RangeFull, crate::marker::PhantomPinned,
        crate::slice::GetDisjointMutError, crate::char::ToLowercase, crate::char::ToUppercase,
        crate::sync::atomic::Ordering, crate::sync::atomic::AtomicBool, crate::sync::atomic::AtomicU8,
        crate::sync::atomic::AtomicU16, crate::sync::atomic::AtomicU32, crate::sync::atomic::AtomicU64,
        crate::sync::atomic::AtomicUsize, crate::sync::atomic::AtomicI8, crate::sync::atomic::AtomicI16,
        crate::sync::atomic::AtomicI32, crate::sync::atomic::AtomicI64, crate::sync::atomic::AtomicIsize;
    Display for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f16, f32, f64, bool, char, str, !,
        Error, Arguments<'_>, crate::convert::Infallible, crate::num::ParseIntError, crate::num::ParseFloatError,
        crate::num::TryFromIntError, crate::str::Utf8Error, crate::str::ParseBoolError, crate::char::CharTryFromError,
        crate::char::ParseCharError, crate::char::TryFromCharError, crate::array::TryFromSliceError,
        crate::cell::BorrowError, crate::cell::BorrowMutError, crate::slice::GetDisjointMutError;
    LowerHex for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    UpperHex for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    Binary for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    Octal for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
    LowerExp for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64;
    UpperExp for u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64;
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
    [T: Debug] crate::ops::RangeFrom<T>;
    [T: Debug] crate::ops::RangeTo<T>;
    [T: Debug] crate::ops::RangeToInclusive<T>;
    [T: Debug] crate::ops::Bound<T>;
    [B: Debug, C: Debug] crate::ops::ControlFlow<B, C>;
    [T: Debug + ?Sized] crate::mem::ManuallyDrop<T>;
    [T] crate::mem::Discriminant<T>;
    [T: ?Sized] crate::ptr::NonNull<T>;
    [T: Copy + Debug] crate::cell::Cell<T>;
    [T: ?Sized + Debug] crate::cell::RefCell<T>;
    [T: ?Sized] crate::cell::UnsafeCell<T>;
    [T: Debug] crate::cell::OnceCell<T>;
    [T: ?Sized + Debug] crate::cell::Ref<'_, T>;
    [T: ?Sized + Debug] crate::cell::RefMut<'_, T>;
    [T] crate::sync::atomic::AtomicPtr<T>;
    [T: Debug] crate::num::Wrapping<T>;
    [T: Debug] crate::num::Saturating<T>;
    [T: crate::num::ZeroablePrimitive + Debug] crate::num::NonZero<T>;
    [A: Debug] (A,);
    [A: Debug, B: Debug] (A, B);
    [A: Debug, B: Debug, C: Debug] (A, B, C);
    [A: Debug, B: Debug, C: Debug, D: Debug] (A, B, C, D);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug] (A, B, C, D, E);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug] (A, B, C, D, E, F);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug, G: Debug] (A, B, C, D, E, F, G);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug, G: Debug, H: Debug] (A, B, C, D, E, F, G, H);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug, G: Debug, H: Debug, I: Debug]
        (A, B, C, D, E, F, G, H, I);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug, G: Debug, H: Debug, I: Debug, J: Debug]
        (A, B, C, D, E, F, G, H, I, J);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug, G: Debug, H: Debug, I: Debug, J: Debug, K: Debug]
        (A, B, C, D, E, F, G, H, I, J, K);
    [A: Debug, B: Debug, C: Debug, D: Debug, E: Debug, F: Debug, G: Debug, H: Debug, I: Debug, J: Debug, K: Debug, L: Debug]
        (A, B, C, D, E, F, G, H, I, J, K, L);
    [T: Debug] crate::slice::Iter<'_, T>;
    [T: Debug] crate::slice::IterMut<'_, T>;
    [T: Debug] crate::slice::Chunks<'_, T>;
    [T: Debug] crate::slice::ChunksMut<'_, T>;
    [T: Debug] crate::slice::ChunksExact<'_, T>;
    [T: Debug] crate::slice::ChunksExactMut<'_, T>;
    [T: Debug] crate::slice::RChunks<'_, T>;
    [T: Debug] crate::slice::RChunksMut<'_, T>;
    [T: Debug] crate::slice::RChunksExact<'_, T>;
    [T: Debug] crate::slice::Windows<'_, T>;
    [T: Debug] crate::slice::RChunksExactMut<'_, T>;
    [T: Debug, const N: usize] crate::slice::ArrayWindows<'_, T, N>;
    [T: Debug, F: FnMut(&T) -> bool] crate::slice::Split<'_, T, F>;
    [T: Debug, F: FnMut(&T) -> bool] crate::slice::SplitMut<'_, T, F>;
    [T: Debug, F: FnMut(&T) -> bool] crate::slice::RSplit<'_, T, F>;
    [T: Debug, F: FnMut(&T) -> bool] crate::slice::SplitN<'_, T, F>;
    [T: Debug, F: FnMut(&T) -> bool] crate::slice::RSplitN<'_, T, F>;
    [T: Debug, F: FnMut(&T) -> bool] crate::slice::SplitInclusive<'_, T, F>;
    [T: Debug, F] crate::slice::ChunkBy<'_, T, F>;
    [T: Debug, const N: usize] crate::array::IntoIter<T, N>;
    [] crate::str::Chars<'_>;
    [] crate::str::CharIndices<'_>;
    [] crate::str::Bytes<'_>;
    [] crate::str::Lines<'_>;
    [] crate::str::EncodeUtf16<'_>;
    [] crate::str::Utf8Chunk<'_>;
    [] crate::str::Utf8Chunks<'_>;
    [I: Debug, F] crate::iter::Map<I, F>;
    [I: Debug, F] crate::iter::Filter<I, F>;
    [I: Debug, F] crate::iter::FilterMap<I, F>;
    [I: Debug] crate::iter::Enumerate<I>;
    [I: Debug] crate::iter::Rev<I>;
    [I: Debug] crate::iter::Cycle<I>;
    [I: Debug] crate::iter::Skip<I>;
    [I: Debug] crate::iter::Take<I>;
    [I: Debug] crate::iter::StepBy<I>;
    [I: Debug, F] crate::iter::SkipWhile<I, F>;
    [I: Debug, F] crate::iter::TakeWhile<I, F>;
    [I: Debug, F] crate::iter::MapWhile<I, F>;
    [I: Debug, S: Debug, F] crate::iter::Scan<I, S, F>;
    [I: Debug, F] crate::iter::Inspect<I, F>;
    [I: Debug] crate::iter::Copied<I>;
    [I: Debug] crate::iter::Cloned<I>;
    [I: Debug] crate::iter::Fuse<I>;
    [T: Debug] crate::iter::Once<T>;
    [T] crate::iter::Empty<T>;
    [T: Debug] crate::iter::Repeat<T>;
    [T: Debug] crate::iter::RepeatN<T>;
    [T: Debug, F] crate::iter::Successors<T, F>;
    [F] crate::iter::FromFn<F>;
    [F] crate::iter::RepeatWith<F>;
    [F] crate::iter::OnceWith<F>;
    [T: Debug] crate::option::IntoIter<T>;
    [T: Debug] crate::option::Iter<'_, T>;
}

impl<I: Iterator + Debug> Debug for crate::iter::Peekable<I>
where
    I::Item: Debug,
{
    fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
        Ok(())
    }
}

impl<I: Iterator + Debug> Debug for crate::iter::Flatten<I>
where
    I::Item: IntoIterator,
{
    fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
        Ok(())
    }
}

impl<I: Iterator + Debug, U: IntoIterator, F: FnMut(I::Item) -> U> Debug for crate::iter::FlatMap<I, U, F> {
    fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
        Ok(())
    }
}

macro_rules! as_the_number {
    ($($name:ident)*) => {$(
        impl<T: $name> $name for crate::num::Wrapping<T> {
            fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
                self.0.fmt(formatter)
            }
        }
        impl<T: $name> $name for crate::num::Saturating<T> {
            fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
                self.0.fmt(formatter)
            }
        }
        impl<T: crate::num::ZeroablePrimitive + $name> $name for crate::num::NonZero<T> {
            fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
                Ok(())
            }
        }
    )*};
}

as_the_number! { Display Octal LowerHex UpperHex Binary }

impl<T: crate::num::ZeroablePrimitive + LowerExp> LowerExp for crate::num::NonZero<T> {
    fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
        Ok(())
    }
}

macro_rules! addresses {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Pointer for $type {
            #[inline]
            fn fmt(&self, _formatter: &mut Formatter<'_>) -> Result {
                Ok(())
            }
        }
    )*};
}

addresses! {
    [T: ?Sized] &T;
    [T: ?Sized] &mut T;
    [T: ?Sized] *const T;
    [T: ?Sized] *mut T;
    [T: ?Sized] crate::ptr::NonNull<T>;
}
