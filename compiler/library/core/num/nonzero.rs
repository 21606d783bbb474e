//! Integers that are never zero.
//!
//! What it is: `NonZero<T>` and its aliases.
//! What it assumes: the compiler uses zero as a niche, so `Option<NonZero<T>>` has the size of `T`.
//! What it guarantees: the wrapped value is not zero.
//!
//! ```text
//! let stride = NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
//! ```

use crate::cmp::Ordering;
use crate::hash::{Hash, Hasher};

/// Integers that have a zero.
pub trait ZeroablePrimitive: Sized + Copy {
    #[doc(hidden)]
    type NonZeroInner: Copy;
}

/// An integer that is not zero.
#[repr(transparent)]
pub struct NonZero<T: ZeroablePrimitive>(T::NonZeroInner);

macro_rules! nonzero_integers {
    ($($integer:ident $inner:ident $alias:ident $greatest:literal;)*) => {$(
        /// The integer behind `NonZero`, which carries the niche.
        #[derive(Copy, Clone)]
        #[repr(transparent)]
        #[rustc_layout_scalar_valid_range_start(1)]
        #[rustc_layout_scalar_valid_range_end($greatest)]
        #[rustc_nonnull_optimization_guaranteed]
        pub struct $inner($integer);

        impl ZeroablePrimitive for $integer {
            type NonZeroInner = $inner;
        }

        /// An integer that is not zero.
        pub type $alias = NonZero<$integer>;

        impl NonZero<$integer> {
            /// The width in bits.
            pub const BITS: u32 = $integer::BITS;

            /// Wraps a value unless it is zero.
            #[inline]
            pub const fn new(value: $integer) -> Option<Self> {
                if value != 0 { Some(unsafe { NonZero($inner(value)) }) } else { None }
            }

            /// Wraps a value.
            ///
            /// # Safety
            /// It is not zero.
            #[inline]
            pub const unsafe fn new_unchecked(value: $integer) -> Self {
                unsafe { NonZero($inner(value)) }
            }

            /// The value.
            #[inline(always)]
            pub const fn get(self) -> $integer {
                self.0.0
            }

            /// The number of leading zeros.
            #[inline]
            pub const fn leading_zeros(self) -> u32 {
                self.get().leading_zeros()
            }

            /// The number of trailing zeros.
            #[inline]
            pub const fn trailing_zeros(self) -> u32 {
                self.get().trailing_zeros()
            }

            /// The product, unless it overflows.
            #[inline]
            pub const fn checked_mul(self, other: Self) -> Option<Self> {
                match self.get().checked_mul(other.get()) {
                    Some(product) => Self::new(product),
                    None => None,
                }
            }
        }

        impl Clone for NonZero<$integer> {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }
        impl Copy for NonZero<$integer> {}
        impl PartialEq for NonZero<$integer> {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.get() == other.get()
            }
        }
        impl Eq for NonZero<$integer> {}
        impl PartialOrd for NonZero<$integer> {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.get().cmp(&other.get()))
            }
        }
        impl Ord for NonZero<$integer> {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                self.get().cmp(&other.get())
            }
        }
        impl Hash for NonZero<$integer> {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.get().hash(state)
            }
        }
        impl From<NonZero<$integer>> for $integer {
            #[inline]
            fn from(value: NonZero<$integer>) -> $integer {
                value.get()
            }
        }
    )*};
}

nonzero_integers! {
    u8 NonZeroU8Inner NonZeroU8 0xff;
    u16 NonZeroU16Inner NonZeroU16 0xffff;
    u32 NonZeroU32Inner NonZeroU32 0xffff_ffff;
    u64 NonZeroU64Inner NonZeroU64 0xffff_ffff_ffff_ffff;
    u128 NonZeroU128Inner NonZeroU128 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;
    usize NonZeroUsizeInner NonZeroUsize 0xffff_ffff_ffff_ffff;
    i8 NonZeroI8Inner NonZeroI8 0xff;
    i16 NonZeroI16Inner NonZeroI16 0xffff;
    i32 NonZeroI32Inner NonZeroI32 0xffff_ffff;
    i64 NonZeroI64Inner NonZeroI64 0xffff_ffff_ffff_ffff;
    i128 NonZeroI128Inner NonZeroI128 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;
    isize NonZeroIsizeInner NonZeroIsize 0xffff_ffff_ffff_ffff;
}

macro_rules! least_nonzero {
    ($($unsigned:ident)*) => {$(
        impl NonZero<$unsigned> {
            /// One.
            pub const MIN: Self = unsafe { Self::new_unchecked(1) };
            /// The greatest value.
            pub const MAX: Self = unsafe { Self::new_unchecked($unsigned::MAX) };

            /// Whether exactly one bit is set.
            #[inline]
            pub const fn is_power_of_two(self) -> bool {
                self.get().is_power_of_two()
            }
        }
    )*};
}

least_nonzero! { u8 u16 u32 u64 u128 usize }
