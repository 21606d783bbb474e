//! Bitwise and shift operator traits and their implementations for integers and `bool`.
//!
//! What it is: `Not`, `BitAnd`, `BitOr`, `BitXor`, `Shl`, `Shr` and the assigning forms.
//! What it assumes: the operator applied to two primitives is built in, so the bodies below are not recursive.
//! What it guarantees: shift amounts are masked to the width; amounts may be of any integer type.
//!
//! ```text
//! fn low_bit<T: Copy + BitAnd<Output = T> + From<u8>>(x: T) -> T { x & T::from(1) }
//! ```

/// The unary `!` operator.
#[lang = "not"]
pub trait Not {
    /// The type of the result.
    type Output;

    /// Computes `!self`.
    fn not(self) -> Self::Output;
}

/// The `&` operator.
#[lang = "bitand"]
pub trait BitAnd<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self & rhs`.
    fn bitand(self, rhs: Rhs) -> Self::Output;
}

/// The `&=` operator.
#[lang = "bitand_assign"]
pub trait BitAndAssign<Rhs = Self> {
    /// Performs `self &= rhs`.
    fn bitand_assign(&mut self, rhs: Rhs);
}

/// The `|` operator.
#[lang = "bitor"]
pub trait BitOr<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self | rhs`.
    fn bitor(self, rhs: Rhs) -> Self::Output;
}

/// The `|=` operator.
#[lang = "bitor_assign"]
pub trait BitOrAssign<Rhs = Self> {
    /// Performs `self |= rhs`.
    fn bitor_assign(&mut self, rhs: Rhs);
}

/// The `^` operator.
#[lang = "bitxor"]
pub trait BitXor<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self ^ rhs`.
    fn bitxor(self, rhs: Rhs) -> Self::Output;
}

/// The `^=` operator.
#[lang = "bitxor_assign"]
pub trait BitXorAssign<Rhs = Self> {
    /// Performs `self ^= rhs`.
    fn bitxor_assign(&mut self, rhs: Rhs);
}

/// The `<<` operator.
#[lang = "shl"]
pub trait Shl<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self << rhs`.
    fn shl(self, rhs: Rhs) -> Self::Output;
}

/// The `<<=` operator.
#[lang = "shl_assign"]
pub trait ShlAssign<Rhs = Self> {
    /// Performs `self <<= rhs`.
    fn shl_assign(&mut self, rhs: Rhs);
}

/// The `>>` operator.
#[lang = "shr"]
pub trait Shr<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self >> rhs`.
    fn shr(self, rhs: Rhs) -> Self::Output;
}

/// The `>>=` operator.
#[lang = "shr_assign"]
pub trait ShrAssign<Rhs = Self> {
    /// Performs `self >>= rhs`.
    fn shr_assign(&mut self, rhs: Rhs);
}

macro_rules! bit_operator {
    ($trait:ident $method:ident $assign_trait:ident $assign_method:ident $operator:tt $($bits:ident)*) => {$(
        impl $trait for $bits {
            type Output = $bits;
            #[inline(always)]
            fn $method(self, rhs: $bits) -> $bits {
                self $operator rhs
            }
        }
        impl $trait<&$bits> for $bits {
            type Output = $bits;
            #[inline(always)]
            fn $method(self, rhs: &$bits) -> $bits {
                self $operator *rhs
            }
        }
        impl $trait<$bits> for &$bits {
            type Output = $bits;
            #[inline(always)]
            fn $method(self, rhs: $bits) -> $bits {
                *self $operator rhs
            }
        }
        impl $trait<&$bits> for &$bits {
            type Output = $bits;
            #[inline(always)]
            fn $method(self, rhs: &$bits) -> $bits {
                *self $operator *rhs
            }
        }
        impl $assign_trait for $bits {
            #[inline(always)]
            fn $assign_method(&mut self, rhs: $bits) {
                *self = *self $operator rhs
            }
        }
        impl $assign_trait<&$bits> for $bits {
            #[inline(always)]
            fn $assign_method(&mut self, rhs: &$bits) {
                *self = *self $operator *rhs
            }
        }
    )*};
}

macro_rules! complement {
    ($($bits:ident)*) => {$(
        impl Not for $bits {
            type Output = $bits;
            #[inline(always)]
            fn not(self) -> $bits {
                !self
            }
        }
        impl Not for &$bits {
            type Output = $bits;
            #[inline(always)]
            fn not(self) -> $bits {
                !*self
            }
        }
    )*};
}

macro_rules! bit_operators {
    ($($bits:ident)*) => {
        bit_operator! { BitAnd bitand BitAndAssign bitand_assign & $($bits)* }
        bit_operator! { BitOr bitor BitOrAssign bitor_assign | $($bits)* }
        bit_operator! { BitXor bitxor BitXorAssign bitxor_assign ^ $($bits)* }
        complement! { $($bits)* }
    };
}

bit_operators! { bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! shift_by {
    ($integer:ident $($amount:ident)*) => {$(
        impl Shl<$amount> for $integer {
            type Output = $integer;
            #[inline(always)]
            fn shl(self, rhs: $amount) -> $integer {
                self << rhs
            }
        }
        impl Shl<$amount> for &$integer {
            type Output = $integer;
            #[inline(always)]
            fn shl(self, rhs: $amount) -> $integer {
                *self << rhs
            }
        }
        impl Shl<&$amount> for $integer {
            type Output = $integer;
            #[inline(always)]
            fn shl(self, rhs: &$amount) -> $integer {
                self << *rhs
            }
        }
        impl Shl<&$amount> for &$integer {
            type Output = $integer;
            #[inline(always)]
            fn shl(self, rhs: &$amount) -> $integer {
                *self << *rhs
            }
        }
        impl Shr<&$amount> for $integer {
            type Output = $integer;
            #[inline(always)]
            fn shr(self, rhs: &$amount) -> $integer {
                self >> *rhs
            }
        }
        impl Shr<&$amount> for &$integer {
            type Output = $integer;
            #[inline(always)]
            fn shr(self, rhs: &$amount) -> $integer {
                *self >> *rhs
            }
        }
        impl ShlAssign<&$amount> for $integer {
            #[inline(always)]
            fn shl_assign(&mut self, rhs: &$amount) {
                *self = *self << *rhs
            }
        }
        impl ShrAssign<&$amount> for $integer {
            #[inline(always)]
            fn shr_assign(&mut self, rhs: &$amount) {
                *self = *self >> *rhs
            }
        }
        impl ShlAssign<$amount> for $integer {
            #[inline(always)]
            fn shl_assign(&mut self, rhs: $amount) {
                *self = *self << rhs
            }
        }
        impl Shr<$amount> for $integer {
            type Output = $integer;
            #[inline(always)]
            fn shr(self, rhs: $amount) -> $integer {
                self >> rhs
            }
        }
        impl Shr<$amount> for &$integer {
            type Output = $integer;
            #[inline(always)]
            fn shr(self, rhs: $amount) -> $integer {
                *self >> rhs
            }
        }
        impl ShrAssign<$amount> for $integer {
            #[inline(always)]
            fn shr_assign(&mut self, rhs: $amount) {
                *self = *self >> rhs
            }
        }
    )*};
}

macro_rules! shifts {
    ($($integer:ident)*) => {$(
        shift_by! { $integer u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    )*};
}

shifts! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
