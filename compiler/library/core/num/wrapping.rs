//! Numbers with a fixed overflow behaviour.
//!
//! What it is: `Wrapping<T>` and `Saturating<T>`.
//! What it assumes: nothing.
//! What it guarantees: the layout of `T`.
//!
//! ```text
//! let mut h = Wrapping(seed); h *= Wrapping(0x9E37_79B9);
//! ```

use crate::iter::{Product, Sum};
use crate::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign, Mul, MulAssign, Neg, Not,
    Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign,
};

/// Arithmetic modulo the width.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Wrapping<T>(pub T);

/// Arithmetic limited to the type's range.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Saturating<T>(pub T);

macro_rules! operator {
    ($wrapper:ident $integer:ident: $($trait:ident $method:ident $assign:ident $assign_method:ident $inner:ident;)*) => {$(
        impl $trait for $wrapper<$integer> {
            type Output = $wrapper<$integer>;
            #[inline]
            fn $method(self, rhs: $wrapper<$integer>) -> $wrapper<$integer> {
                $wrapper((self.0).$inner(rhs.0))
            }
        }
        impl<'a> $trait<&'a $wrapper<$integer>> for $wrapper<$integer> {
            type Output = $wrapper<$integer>;
            #[inline]
            fn $method(self, rhs: &$wrapper<$integer>) -> $wrapper<$integer> {
                $wrapper((self.0).$inner(rhs.0))
            }
        }
        impl<'a> $trait<$wrapper<$integer>> for &'a $wrapper<$integer> {
            type Output = $wrapper<$integer>;
            #[inline]
            fn $method(self, rhs: $wrapper<$integer>) -> $wrapper<$integer> {
                $wrapper((self.0).$inner(rhs.0))
            }
        }
        impl<'a, 'b> $trait<&'a $wrapper<$integer>> for &'b $wrapper<$integer> {
            type Output = $wrapper<$integer>;
            #[inline]
            fn $method(self, rhs: &$wrapper<$integer>) -> $wrapper<$integer> {
                $wrapper((self.0).$inner(rhs.0))
            }
        }
        impl $assign for $wrapper<$integer> {
            #[inline]
            fn $assign_method(&mut self, rhs: $wrapper<$integer>) {
                self.0 = (self.0).$inner(rhs.0)
            }
        }
        impl<'a> $assign<&'a $wrapper<$integer>> for $wrapper<$integer> {
            #[inline]
            fn $assign_method(&mut self, rhs: &$wrapper<$integer>) {
                self.0 = (self.0).$inner(rhs.0)
            }
        }
        impl $assign<$integer> for $wrapper<$integer> {
            #[inline]
            fn $assign_method(&mut self, rhs: $integer) {
                self.0 = (self.0).$inner(rhs)
            }
        }
    )*};
}

macro_rules! wrapping_operators {
    ($($integer:ident)*) => {$(
        operator! { Wrapping $integer:
            Add add AddAssign add_assign wrapping_add;
            Sub sub SubAssign sub_assign wrapping_sub;
            Mul mul MulAssign mul_assign wrapping_mul;
            Div div DivAssign div_assign wrapping_div;
            Rem rem RemAssign rem_assign wrapping_rem;
            BitAnd bitand BitAndAssign bitand_assign bitand;
            BitOr bitor BitOrAssign bitor_assign bitor;
            BitXor bitxor BitXorAssign bitxor_assign bitxor;
        }
        operator! { Saturating $integer:
            Add add AddAssign add_assign saturating_add;
            Sub sub SubAssign sub_assign saturating_sub;
            Mul mul MulAssign mul_assign saturating_mul;
            Div div DivAssign div_assign saturating_div;
            Rem rem RemAssign rem_assign rem;
            BitAnd bitand BitAndAssign bitand_assign bitand;
            BitOr bitor BitOrAssign bitor_assign bitor;
            BitXor bitxor BitXorAssign bitxor_assign bitxor;
        }
        impl Shl<usize> for Wrapping<$integer> {
            type Output = Wrapping<$integer>;
            #[inline]
            fn shl(self, rhs: usize) -> Wrapping<$integer> {
                Wrapping(self.0.wrapping_shl(rhs as u32))
            }
        }
        impl Shr<usize> for Wrapping<$integer> {
            type Output = Wrapping<$integer>;
            #[inline]
            fn shr(self, rhs: usize) -> Wrapping<$integer> {
                Wrapping(self.0.wrapping_shr(rhs as u32))
            }
        }
        impl ShlAssign<usize> for Wrapping<$integer> {
            #[inline]
            fn shl_assign(&mut self, rhs: usize) {
                *self = *self << rhs
            }
        }
        impl ShrAssign<usize> for Wrapping<$integer> {
            #[inline]
            fn shr_assign(&mut self, rhs: usize) {
                *self = *self >> rhs
            }
        }
        impl Neg for Wrapping<$integer> {
            type Output = Wrapping<$integer>;
            #[inline]
            fn neg(self) -> Wrapping<$integer> {
                Wrapping(self.0.wrapping_neg())
            }
        }
        impl Not for Saturating<$integer> {
            type Output = Saturating<$integer>;
            #[inline]
            fn not(self) -> Saturating<$integer> {
                Saturating(!self.0)
            }
        }
        impl Not for Wrapping<$integer> {
            type Output = Wrapping<$integer>;
            #[inline]
            fn not(self) -> Wrapping<$integer> {
                Wrapping(!self.0)
            }
        }
    )*};
}

wrapping_operators! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! signed_saturating {
    ($($integer:ident)*) => {$(
        impl Neg for Saturating<$integer> {
            type Output = Saturating<$integer>;
            #[inline]
            fn neg(self) -> Saturating<$integer> {
                Saturating(self.0.saturating_neg())
            }
        }
    )*};
}

signed_saturating! { i8 i16 i32 i64 i128 isize }

macro_rules! sums {
    ($wrapper:ident: $($integer:ident)*) => {$(
        impl Sum for $wrapper<$integer> {
            #[inline]
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
                iter.fold($wrapper(0), |a, b| a + b)
            }
        }
        impl<'a> Sum<&'a $wrapper<$integer>> for $wrapper<$integer> {
            #[inline]
            fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
                iter.fold($wrapper(0), |a, b| a + *b)
            }
        }
        impl Product for $wrapper<$integer> {
            #[inline]
            fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
                iter.fold($wrapper(1), |a, b| a * b)
            }
        }
        impl<'a> Product<&'a $wrapper<$integer>> for $wrapper<$integer> {
            #[inline]
            fn product<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
                iter.fold($wrapper(1), |a, b| a * *b)
            }
        }
    )*};
}

sums! { Wrapping: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
sums! { Saturating: u8 u16 u32 u64 u128 usize }

macro_rules! bit_methods {
    ($wrapper:ident: $($integer:ident)*) => {$(
        impl $wrapper<$integer> {
            /// The number of ones.
            #[inline]
            pub const fn count_ones(self) -> u32 {
                self.0.count_ones()
            }

            /// The number of zeros.
            #[inline]
            pub const fn count_zeros(self) -> u32 {
                self.0.count_zeros()
            }

            /// The number of zeros before the first one.
            #[inline]
            pub const fn leading_zeros(self) -> u32 {
                self.0.leading_zeros()
            }

            /// The number of zeros after the last one.
            #[inline]
            pub const fn trailing_zeros(self) -> u32 {
                self.0.trailing_zeros()
            }

            /// The bits moved around to the left.
            #[inline]
            pub const fn rotate_left(self, n: u32) -> Self {
                $wrapper(self.0.rotate_left(n))
            }

            /// The bits moved around to the right.
            #[inline]
            pub const fn rotate_right(self, n: u32) -> Self {
                $wrapper(self.0.rotate_right(n))
            }

            /// The bytes in the other order.
            #[inline]
            pub const fn swap_bytes(self) -> Self {
                $wrapper(self.0.swap_bytes())
            }

            /// The bits in the other order.
            #[inline]
            pub const fn reverse_bits(self) -> Self {
                $wrapper(self.0.reverse_bits())
            }

            /// The power, limited to the type's range.
            #[inline]
            pub const fn pow(self, exponent: u32) -> Self {
                $wrapper(self.0.saturating_pow(exponent))
            }
        }
    )*};
}

bit_methods! { Saturating: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! reversed_bits {
    ($($integer:ident)*) => {$(
        impl Wrapping<$integer> {
            /// The bits in the other order.
            #[inline]
            pub const fn reverse_bits(self) -> Self {
                Wrapping(self.0.reverse_bits())
            }
        }
    )*};
}

reversed_bits! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! powers_of_two {
    ($($integer:ident)*) => {$(
        impl Saturating<$integer> {
            /// Whether one bit is set.
            #[inline]
            pub const fn is_power_of_two(self) -> bool {
                self.0.is_power_of_two()
            }
        }
    )*};
}

powers_of_two! { u8 u16 u32 u64 u128 usize }
