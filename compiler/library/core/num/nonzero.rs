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

// Layout: the niche of `NonZero` is zero, so `T` and `Option<NonZero<T>>` have the same values.
impl<T: ZeroablePrimitive> NonZero<T> {
    /// Wraps a value unless it is zero.
    #[inline]
    #[must_use]
    pub const fn new(value: T) -> Option<Self> {
        unsafe { crate::intrinsics::transmute_unchecked(value) }
    }

    /// Wraps a value.
    ///
    /// # Safety
    /// It is not zero.
    #[inline]
    #[must_use]
    pub const unsafe fn new_unchecked(value: T) -> Self {
        unsafe { crate::intrinsics::transmute_unchecked(value) }
    }

    /// The value.
    #[inline(always)]
    pub const fn get(self) -> T {
        unsafe { crate::intrinsics::transmute_unchecked(self) }
    }
}

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

            /// The number of leading zeros.
            #[inline]
            #[must_use]
            pub const fn leading_zeros(self) -> u32 {
                self.get().leading_zeros()
            }

            /// The number of trailing zeros.
            #[inline]
            #[must_use]
            pub const fn trailing_zeros(self) -> u32 {
                self.get().trailing_zeros()
            }

            /// The product, unless it overflows.
            #[inline]
            #[must_use]
            pub const fn checked_mul(self, other: Self) -> Option<Self> {
                match self.get().checked_mul(other.get()) {
                    Some(product) => Self::new(product),
                    None => None,
                }
            }

            /// The number of ones, which is not zero.
            #[inline]
            #[must_use]
            pub const fn count_ones(self) -> NonZero<u32> {
                unsafe { NonZero::<u32>::new_unchecked(self.get().count_ones()) }
            }

            /// The product, limited to the type's range.
            #[inline]
            #[must_use]
            pub const fn saturating_mul(self, other: Self) -> Self {
                unsafe { Self::new_unchecked(self.get().saturating_mul(other.get())) }
            }

            /// The power, unless it overflows.
            #[inline]
            #[must_use]
            pub const fn checked_pow(self, exponent: u32) -> Option<Self> {
                match self.get().checked_pow(exponent) {
                    Some(power) => Self::new(power),
                    None => None,
                }
            }

            /// The power, limited to the type's range.
            #[inline]
            #[must_use]
            pub const fn saturating_pow(self, exponent: u32) -> Self {
                unsafe { Self::new_unchecked(self.get().saturating_pow(exponent)) }
            }
        }

        impl crate::ops::BitOr for NonZero<$integer> {
            type Output = Self;
            #[inline]
            fn bitor(self, other: Self) -> Self {
                unsafe { Self::new_unchecked(self.get() | other.get()) }
            }
        }
        impl crate::ops::BitOr<$integer> for NonZero<$integer> {
            type Output = Self;
            #[inline]
            fn bitor(self, other: $integer) -> Self {
                unsafe { Self::new_unchecked(self.get() | other) }
            }
        }
        impl crate::ops::BitOrAssign for NonZero<$integer> {
            #[inline]
            fn bitor_assign(&mut self, other: Self) {
                *self = *self | other;
            }
        }
        impl TryFrom<$integer> for NonZero<$integer> {
            type Error = super::TryFromIntError;
            #[inline]
            fn try_from(value: $integer) -> Result<Self, super::TryFromIntError> {
                Self::new(value).ok_or(super::TryFromIntError(()))
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

macro_rules! unsigned_nonzero {
    ($($unsigned:ident $signed:ident;)*) => {$(
        impl NonZero<$unsigned> {
            /// One.
            pub const MIN: Self = unsafe { Self::new_unchecked(1) };
            /// The greatest value.
            pub const MAX: Self = unsafe { Self::new_unchecked($unsigned::MAX) };

            /// Whether exactly one bit is set.
            #[inline]
            #[must_use]
            pub const fn is_power_of_two(self) -> bool {
                self.get().is_power_of_two()
            }

            /// The sum, unless it overflows.
            #[inline]
            #[must_use]
            pub const fn checked_add(self, other: $unsigned) -> Option<Self> {
                match self.get().checked_add(other) {
                    Some(sum) => Self::new(sum),
                    None => None,
                }
            }

            /// The sum, limited to the type's range.
            #[inline]
            #[must_use]
            pub const fn saturating_add(self, other: $unsigned) -> Self {
                unsafe { Self::new_unchecked(self.get().saturating_add(other)) }
            }

            /// The least power of two not below `self`, if there is one.
            #[inline]
            #[must_use]
            pub const fn checked_next_power_of_two(self) -> Option<Self> {
                match self.get().checked_next_power_of_two() {
                    Some(power) => Self::new(power),
                    None => None,
                }
            }

            /// The quotient rounded up, which is not zero.
            #[inline]
            #[must_use]
            pub const fn div_ceil(self, divisor: Self) -> Self {
                unsafe { Self::new_unchecked(self.get().div_ceil(divisor.get())) }
            }

            /// The logarithm to base 2, rounded down.
            #[inline]
            #[must_use]
            pub const fn ilog2(self) -> u32 {
                self.get().ilog2()
            }

            /// The logarithm to base 10, rounded down.
            #[inline]
            #[must_use]
            pub const fn ilog10(self) -> u32 {
                self.get().ilog10()
            }

            /// The square root, rounded down, which is not zero.
            #[inline]
            #[must_use]
            pub const fn isqrt(self) -> Self {
                unsafe { Self::new_unchecked(self.get().isqrt()) }
            }

            /// The mean of two values, rounded down.
            #[inline]
            #[must_use]
            pub const fn midpoint(self, other: Self) -> Self {
                unsafe { Self::new_unchecked(self.get().midpoint(other.get())) }
            }

            /// The bits as a signed number.
            #[inline]
            #[must_use]
            pub const fn cast_signed(self) -> NonZero<$signed> {
                unsafe { NonZero::<$signed>::new_unchecked(self.get() as $signed) }
            }
        }

        impl crate::ops::Div<NonZero<$unsigned>> for $unsigned {
            type Output = $unsigned;
            #[inline]
            fn div(self, divisor: NonZero<$unsigned>) -> $unsigned {
                self / divisor.get()
            }
        }
        impl crate::ops::Rem<NonZero<$unsigned>> for $unsigned {
            type Output = $unsigned;
            #[inline]
            fn rem(self, divisor: NonZero<$unsigned>) -> $unsigned {
                self % divisor.get()
            }
        }
        impl crate::ops::DivAssign<NonZero<$unsigned>> for $unsigned {
            #[inline]
            fn div_assign(&mut self, divisor: NonZero<$unsigned>) {
                *self = *self / divisor.get();
            }
        }
        impl crate::ops::RemAssign<NonZero<$unsigned>> for $unsigned {
            #[inline]
            fn rem_assign(&mut self, divisor: NonZero<$unsigned>) {
                *self = *self % divisor.get();
            }
        }
    )*};
}

unsigned_nonzero! { u8 i8; u16 i16; u32 i32; u64 i64; u128 i128; usize isize; }

macro_rules! signed_nonzero {
    ($($signed:ident $unsigned:ident;)*) => {$(
        impl NonZero<$signed> {
            /// The least value.
            pub const MIN: Self = unsafe { Self::new_unchecked($signed::MIN) };
            /// The greatest value.
            pub const MAX: Self = unsafe { Self::new_unchecked($signed::MAX) };

            /// Whether the value is above zero.
            #[inline]
            #[must_use]
            pub const fn is_positive(self) -> bool {
                self.get() > 0
            }

            /// Whether the value is below zero.
            #[inline]
            #[must_use]
            pub const fn is_negative(self) -> bool {
                self.get() < 0
            }

            /// The absolute value; wraps for the least value.
            #[inline]
            #[must_use]
            pub const fn abs(self) -> Self {
                unsafe { Self::new_unchecked(self.get().abs()) }
            }

            /// The absolute value as an unsigned number.
            #[inline]
            #[must_use]
            pub const fn unsigned_abs(self) -> NonZero<$unsigned> {
                unsafe { NonZero::<$unsigned>::new_unchecked(self.get().unsigned_abs()) }
            }

            /// The bits as an unsigned number.
            #[inline]
            #[must_use]
            pub const fn cast_unsigned(self) -> NonZero<$unsigned> {
                unsafe { NonZero::<$unsigned>::new_unchecked(self.get() as $unsigned) }
            }

            signed_nonzero! { @wrapped checked_abs checked_neg; wrapping_abs wrapping_neg saturating_abs saturating_neg; overflowing_abs overflowing_neg }
        }

        impl crate::ops::Neg for NonZero<$signed> {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                unsafe { Self::new_unchecked(-self.get()) }
            }
        }
    )*};
    (@wrapped $($checked:ident)*; $($plain:ident)*; $($overflowing:ident)*) => {
        $(
            /// The integer's method of this name; `None` if it overflows.
            #[inline]
            pub const fn $checked(self) -> Option<Self> {
                match self.get().$checked() {
                    Some(value) => Self::new(value),
                    None => None,
                }
            }
        )*
        $(
            /// The integer's method of this name, which never gives zero here.
            #[inline]
            pub const fn $plain(self) -> Self {
                unsafe { Self::new_unchecked(self.get().$plain()) }
            }
        )*
        $(
            /// The integer's method of this name, which never gives zero here, and whether it overflowed.
            #[inline]
            pub const fn $overflowing(self) -> (Self, bool) {
                let (value, overflow) = self.get().$overflowing();
                (unsafe { Self::new_unchecked(value) }, overflow)
            }
        )*
    };
}

signed_nonzero! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }
