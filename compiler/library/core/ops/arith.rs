//! Arithmetic operator traits and their implementations for numbers.
//!
//! What it is: `Add`, `Sub`, `Mul`, `Div`, `Rem`, `Neg` and the assigning forms, for values and references.
//! What it assumes: the operator applied to two primitives is built in, so the bodies below are not recursive.
//! What it guarantees: integer overflow wraps, division by zero traps, floats follow IEEE 754.
//!
//! ```text
//! let sum = &a + &b;   // `impl Add<&f32> for &f32`
//! ```

/// The `+` operator.
#[lang = "add"]
pub trait Add<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self + rhs`.
    fn add(self, rhs: Rhs) -> Self::Output;
}

/// The `+=` operator.
#[lang = "add_assign"]
pub trait AddAssign<Rhs = Self> {
    /// Performs `self += rhs`.
    fn add_assign(&mut self, rhs: Rhs);
}

/// The `-` operator.
#[lang = "sub"]
pub trait Sub<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self - rhs`.
    fn sub(self, rhs: Rhs) -> Self::Output;
}

/// The `-=` operator.
#[lang = "sub_assign"]
pub trait SubAssign<Rhs = Self> {
    /// Performs `self -= rhs`.
    fn sub_assign(&mut self, rhs: Rhs);
}

/// The `*` operator.
#[lang = "mul"]
pub trait Mul<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self * rhs`.
    fn mul(self, rhs: Rhs) -> Self::Output;
}

/// The `*=` operator.
#[lang = "mul_assign"]
pub trait MulAssign<Rhs = Self> {
    /// Performs `self *= rhs`.
    fn mul_assign(&mut self, rhs: Rhs);
}

/// The `/` operator.
#[lang = "div"]
pub trait Div<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self / rhs`.
    fn div(self, rhs: Rhs) -> Self::Output;
}

/// The `/=` operator.
#[lang = "div_assign"]
pub trait DivAssign<Rhs = Self> {
    /// Performs `self /= rhs`.
    fn div_assign(&mut self, rhs: Rhs);
}

/// The `%` operator.
#[lang = "rem"]
pub trait Rem<Rhs = Self> {
    /// The type of the result.
    type Output;

    /// Computes `self % rhs`.
    fn rem(self, rhs: Rhs) -> Self::Output;
}

/// The `%=` operator.
#[lang = "rem_assign"]
pub trait RemAssign<Rhs = Self> {
    /// Performs `self %= rhs`.
    fn rem_assign(&mut self, rhs: Rhs);
}

/// The unary `-` operator.
#[lang = "neg"]
pub trait Neg {
    /// The type of the result.
    type Output;

    /// Computes `-self`.
    fn neg(self) -> Self::Output;
}

macro_rules! binary_operator {
    ($trait:ident $method:ident $assign_trait:ident $assign_method:ident $operator:tt $($number:ident)*) => {$(
        impl $trait for $number {
            type Output = $number;
            #[inline(always)]
            fn $method(self, rhs: $number) -> $number {
                self $operator rhs
            }
        }
        impl $trait<&$number> for $number {
            type Output = $number;
            #[inline(always)]
            fn $method(self, rhs: &$number) -> $number {
                self $operator *rhs
            }
        }
        impl $trait<$number> for &$number {
            type Output = $number;
            #[inline(always)]
            fn $method(self, rhs: $number) -> $number {
                *self $operator rhs
            }
        }
        impl $trait<&$number> for &$number {
            type Output = $number;
            #[inline(always)]
            fn $method(self, rhs: &$number) -> $number {
                *self $operator *rhs
            }
        }
        impl $assign_trait for $number {
            #[inline(always)]
            fn $assign_method(&mut self, rhs: $number) {
                *self = *self $operator rhs
            }
        }
        impl $assign_trait<&$number> for $number {
            #[inline(always)]
            fn $assign_method(&mut self, rhs: &$number) {
                *self = *self $operator *rhs
            }
        }
    )*};
}

macro_rules! arithmetic_operators {
    ($($number:ident)*) => {
        binary_operator! { Add add AddAssign add_assign + $($number)* }
        binary_operator! { Sub sub SubAssign sub_assign - $($number)* }
        binary_operator! { Mul mul MulAssign mul_assign * $($number)* }
        binary_operator! { Div div DivAssign div_assign / $($number)* }
        binary_operator! { Rem rem RemAssign rem_assign % $($number)* }
    };
}

arithmetic_operators! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 }

macro_rules! negation {
    ($($number:ident)*) => {$(
        impl Neg for $number {
            type Output = $number;
            #[inline(always)]
            fn neg(self) -> $number {
                -self
            }
        }
        impl Neg for &$number {
            type Output = $number;
            #[inline(always)]
            fn neg(self) -> $number {
                -*self
            }
        }
    )*};
}

negation! { i8 i16 i32 i64 i128 isize f16 f32 f64 }
