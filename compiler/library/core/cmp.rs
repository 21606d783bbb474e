//! Equality and order.
//!
//! What it is: `PartialEq`, `Eq`, `PartialOrd`, `Ord`, `Ordering`, `Reverse`, `min`, `max`, and the implementations for
//! primitives and references. Tuples, arrays, slices and pointers implement them in their own files.
//! What it assumes: comparison operators on two primitives are built in, so the bodies below are not recursive.
//! What it guarantees: NaN is unordered and unequal to itself.
//!
//! ```text
//! let clamped = x.max(0).min(255);
//! ```

use self::Ordering::{Equal, Greater, Less};

/// The `==` and `!=` operators.
#[lang = "eq"]
pub trait PartialEq<Rhs: ?Sized = Self> {
    /// Computes `self == other`.
    #[must_use]
    fn eq(&self, other: &Rhs) -> bool;

    /// Computes `self != other`.
    #[inline]
    #[must_use]
    fn ne(&self, other: &Rhs) -> bool {
        !self.eq(other)
    }
}

/// Types whose equality is reflexive.
pub trait Eq: PartialEq<Self> {
    #[doc(hidden)]
    #[inline]
    fn assert_receiver_is_total_eq(&self) {}

    #[doc(hidden)]
    #[inline]
    fn assert_fields_are_eq(&self) {}
}

/// Used by `derive(Eq)` to check that a field type is `Eq`.
pub struct AssertParamIsEq<T: Eq + ?Sized> {
    _field: crate::marker::PhantomData<T>,
}

/// The result of a comparison.
#[lang = "Ordering"]
#[derive(Clone, Copy, Eq, PartialEq, Hash)]
#[repr(i8)]
pub enum Ordering {
    /// The left value is smaller.
    Less = -1,
    /// The values are equal.
    Equal = 0,
    /// The left value is greater.
    Greater = 1,
}

impl Ordering {
    /// Whether this is `Equal`.
    #[inline]
    #[must_use]
    pub const fn is_eq(self) -> bool {
        self as i8 == 0
    }

    /// Whether this is not `Equal`.
    #[inline]
    #[must_use]
    pub const fn is_ne(self) -> bool {
        self as i8 != 0
    }

    /// Whether this is `Less`.
    #[inline]
    #[must_use]
    pub const fn is_lt(self) -> bool {
        (self as i8) < 0
    }

    /// Whether this is `Greater`.
    #[inline]
    #[must_use]
    pub const fn is_gt(self) -> bool {
        self as i8 > 0
    }

    /// Whether this is `Less` or `Equal`.
    #[inline]
    #[must_use]
    pub const fn is_le(self) -> bool {
        self as i8 <= 0
    }

    /// Whether this is `Greater` or `Equal`.
    #[inline]
    #[must_use]
    pub const fn is_ge(self) -> bool {
        self as i8 >= 0
    }

    /// The opposite order.
    #[inline]
    #[must_use]
    pub const fn reverse(self) -> Ordering {
        match self {
            Less => Greater,
            Equal => Equal,
            Greater => Less,
        }
    }

    /// This order, or the other one if this is `Equal`.
    #[inline]
    #[must_use]
    pub const fn then(self, other: Ordering) -> Ordering {
        match self {
            Equal => other,
            _ => self,
        }
    }

    /// This order, or the function's if this is `Equal`.
    #[inline]
    #[must_use]
    pub fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering {
        match self {
            Equal => f(),
            _ => self,
        }
    }
}

impl PartialOrd for Ordering {
    #[inline]
    fn partial_cmp(&self, other: &Ordering) -> Option<Ordering> {
        (*self as i8).partial_cmp(&(*other as i8))
    }
}

impl Ord for Ordering {
    #[inline]
    fn cmp(&self, other: &Ordering) -> Ordering {
        (*self as i8).cmp(&(*other as i8))
    }
}

/// The `<`, `<=`, `>` and `>=` operators.
#[lang = "partial_ord"]
pub trait PartialOrd<Rhs: ?Sized = Self>: PartialEq<Rhs> {
    /// The order of the two values, or `None` if they have none.
    #[must_use]
    fn partial_cmp(&self, other: &Rhs) -> Option<Ordering>;

    /// Computes `self < other`.
    #[inline]
    #[must_use]
    fn lt(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Less))
    }

    /// Computes `self <= other`.
    #[inline]
    #[must_use]
    fn le(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Less | Equal))
    }

    /// Computes `self > other`.
    #[inline]
    #[must_use]
    fn gt(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Greater))
    }

    /// Computes `self >= other`.
    #[inline]
    #[must_use]
    fn ge(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Greater | Equal))
    }
}

/// Types with a total order.
pub trait Ord: Eq + PartialOrd<Self> {
    /// The order of the two values.
    #[must_use]
    fn cmp(&self, other: &Self) -> Ordering;

    /// The greater value; the second if they are equal.
    #[inline]
    #[must_use]
    fn max(self, other: Self) -> Self
    where
        Self: Sized,
    {
        if other < self { self } else { other }
    }

    /// The smaller value; the first if they are equal.
    #[inline]
    #[must_use]
    fn min(self, other: Self) -> Self
    where
        Self: Sized,
    {
        if other < self { other } else { self }
    }

    /// The value limited to `min..=max`.
    #[inline]
    #[must_use]
    fn clamp(self, min: Self, max: Self) -> Self
    where
        Self: Sized,
    {
        assert!(min <= max);
        if self < min {
            min
        } else if self > max {
            max
        } else {
            self
        }
    }
}

/// A wrapper that reverses the order.
#[derive(PartialEq, Eq, Copy, Clone, Default, Hash)]
pub struct Reverse<T>(pub T);

impl<T: PartialOrd> PartialOrd for Reverse<T> {
    #[inline]
    fn partial_cmp(&self, other: &Reverse<T>) -> Option<Ordering> {
        other.0.partial_cmp(&self.0)
    }
}

impl<T: Ord> Ord for Reverse<T> {
    #[inline]
    fn cmp(&self, other: &Reverse<T>) -> Ordering {
        other.0.cmp(&self.0)
    }
}

/// The smaller value; the first if they are equal.
#[inline]
#[must_use]
pub fn min<T: Ord>(v1: T, v2: T) -> T {
    v1.min(v2)
}

/// The greater value; the second if they are equal.
#[inline]
#[must_use]
pub fn max<T: Ord>(v1: T, v2: T) -> T {
    v1.max(v2)
}

/// The smaller value by a comparison; the first if they are equal.
#[inline]
#[must_use]
pub fn min_by<T, F: FnOnce(&T, &T) -> Ordering>(v1: T, v2: T, compare: F) -> T {
    if compare(&v1, &v2).is_le() { v1 } else { v2 }
}

/// The greater value by a comparison; the second if they are equal.
#[inline]
#[must_use]
pub fn max_by<T, F: FnOnce(&T, &T) -> Ordering>(v1: T, v2: T, compare: F) -> T {
    if compare(&v1, &v2).is_gt() { v1 } else { v2 }
}

/// The value with the smaller key; the first if they are equal.
#[inline]
#[must_use]
pub fn min_by_key<T, K: Ord, F: FnMut(&T) -> K>(v1: T, v2: T, mut key: F) -> T {
    if key(&v2) < key(&v1) { v2 } else { v1 }
}

/// The value with the greater key; the second if they are equal.
#[inline]
#[must_use]
pub fn max_by_key<T, K: Ord, F: FnMut(&T) -> K>(v1: T, v2: T, mut key: F) -> T {
    if key(&v2) < key(&v1) { v1 } else { v2 }
}

macro_rules! equality {
    ($($primitive:ident)*) => {$(
        impl PartialEq for $primitive {
            #[inline(always)]
            fn eq(&self, other: &$primitive) -> bool {
                *self == *other
            }
            #[inline(always)]
            fn ne(&self, other: &$primitive) -> bool {
                *self != *other
            }
        }
    )*};
}

equality! { bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 }

macro_rules! comparison_operators {
    ($primitive:ident) => {
        #[inline(always)]
        #[must_use]
        fn lt(&self, other: &$primitive) -> bool {
            *self < *other
        }
        #[inline(always)]
        #[must_use]
        fn le(&self, other: &$primitive) -> bool {
            *self <= *other
        }
        #[inline(always)]
        #[must_use]
        fn gt(&self, other: &$primitive) -> bool {
            *self > *other
        }
        #[inline(always)]
        #[must_use]
        fn ge(&self, other: &$primitive) -> bool {
            *self >= *other
        }
    };
}

macro_rules! total_order {
    ($($primitive:ident)*) => {$(
        impl Eq for $primitive {}
        impl PartialOrd for $primitive {
            #[inline(always)]
            fn partial_cmp(&self, other: &$primitive) -> Option<Ordering> {
                Some(self.cmp(other))
            }
            comparison_operators! { $primitive }
        }
        impl Ord for $primitive {
            #[inline(always)]
            fn cmp(&self, other: &$primitive) -> Ordering {
                if *self < *other {
                    Less
                } else if *self == *other {
                    Equal
                } else {
                    Greater
                }
            }
        }
    )*};
}

total_order! { bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! partial_order {
    ($($float:ident)*) => {$(
        impl PartialOrd for $float {
            #[inline(always)]
            fn partial_cmp(&self, other: &$float) -> Option<Ordering> {
                if *self < *other {
                    Some(Less)
                } else if *self == *other {
                    Some(Equal)
                } else if *self > *other {
                    Some(Greater)
                } else {
                    None
                }
            }
            comparison_operators! { $float }
        }
    )*};
}

partial_order! { f16 f32 f64 }

impl PartialEq for () {
    #[inline(always)]
    fn eq(&self, _other: &()) -> bool {
        true
    }
}
impl Eq for () {}
impl PartialOrd for () {
    #[inline(always)]
    fn partial_cmp(&self, _other: &()) -> Option<Ordering> {
        Some(Equal)
    }
}
impl Ord for () {
    #[inline(always)]
    fn cmp(&self, _other: &()) -> Ordering {
        Equal
    }
}

impl PartialEq for ! {
    fn eq(&self, _other: &!) -> bool {
        *self
    }
}
impl Eq for ! {}
impl PartialOrd for ! {
    fn partial_cmp(&self, _other: &!) -> Option<Ordering> {
        *self
    }
}
impl Ord for ! {
    fn cmp(&self, _other: &!) -> Ordering {
        *self
    }
}

macro_rules! reference_equality {
    ($(($($left:tt)*) ($($right:tt)*);)*) => {$(
        impl<A: ?Sized + PartialEq<B>, B: ?Sized> PartialEq<$($right)* B> for $($left)* A {
            #[inline(always)]
            fn eq(&self, other: &$($right)* B) -> bool {
                PartialEq::eq(&**self, &**other)
            }
            #[inline(always)]
            fn ne(&self, other: &$($right)* B) -> bool {
                PartialEq::ne(&**self, &**other)
            }
        }
    )*};
}

reference_equality! { (&)(&); (&mut)(&mut); (&)(&mut); (&mut)(&); }

macro_rules! reference_order {
    ($(($($reference:tt)*))*) => {$(
        impl<A: ?Sized + PartialOrd<B>, B: ?Sized> PartialOrd<$($reference)* B> for $($reference)* A {
            #[inline(always)]
            fn partial_cmp(&self, other: &$($reference)* B) -> Option<Ordering> {
                PartialOrd::partial_cmp(&**self, &**other)
            }
            #[inline(always)]
            fn lt(&self, other: &$($reference)* B) -> bool {
                PartialOrd::lt(&**self, &**other)
            }
            #[inline(always)]
            fn le(&self, other: &$($reference)* B) -> bool {
                PartialOrd::le(&**self, &**other)
            }
            #[inline(always)]
            fn gt(&self, other: &$($reference)* B) -> bool {
                PartialOrd::gt(&**self, &**other)
            }
            #[inline(always)]
            fn ge(&self, other: &$($reference)* B) -> bool {
                PartialOrd::ge(&**self, &**other)
            }
        }
        impl<A: ?Sized + Ord> Ord for $($reference)* A {
            #[inline(always)]
            fn cmp(&self, other: &Self) -> Ordering {
                Ord::cmp(&**self, &**other)
            }
        }
        impl<A: ?Sized + Eq> Eq for $($reference)* A {}
    )*};
}

reference_order! { (&) (&mut) }
