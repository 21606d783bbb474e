//! Conversions between types.
//!
//! What it is: `From`, `Into`, `TryFrom`, `TryInto`, `AsRef`, `AsMut`, `Infallible`, `identity`, and the generic
//! implementations. Conversions between numbers are in `num::convert`.
//! What it assumes: nothing.
//! What it guarantees: `From` never loses information.
//!
//! ```text
//! let wide: u64 = lane.into();
//! ```

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};

/// A type without values: the error of a conversion that cannot fail.
#[derive(Copy)]
pub enum Infallible {}

impl Clone for Infallible {
    fn clone(&self) -> Infallible {
        match *self {}
    }
}
impl PartialEq for Infallible {
    fn eq(&self, _other: &Infallible) -> bool {
        match *self {}
    }
}
impl Eq for Infallible {}
impl PartialOrd for Infallible {
    fn partial_cmp(&self, _other: &Self) -> Option<Ordering> {
        match *self {}
    }
}
impl Ord for Infallible {
    fn cmp(&self, _other: &Self) -> Ordering {
        match *self {}
    }
}
impl Hash for Infallible {
    fn hash<H: Hasher>(&self, _state: &mut H) {
        match *self {}
    }
}
impl fmt::Debug for Infallible {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// Returns its argument.
#[inline(always)]
pub const fn identity<T>(value: T) -> T {
    value
}

/// Cheap conversion between references.
pub trait AsRef<T: ?Sized> {
    /// Borrows `self` as a `T`.
    fn as_ref(&self) -> &T;
}

/// Cheap conversion between mutable references.
pub trait AsMut<T: ?Sized> {
    /// Borrows `self` mutably as a `T`.
    fn as_mut(&mut self) -> &mut T;
}

/// Conversion out of `Self`.
pub trait Into<T>: Sized {
    /// Performs the conversion.
    #[must_use]
    fn into(self) -> T;
}

/// Conversion into `Self`.
pub trait From<T>: Sized {
    /// Performs the conversion.
    #[must_use]
    fn from(value: T) -> Self;
}

/// Conversion out of `Self` that may fail.
pub trait TryInto<T>: Sized {
    /// What a failed conversion returns.
    type Error;

    /// Performs the conversion.
    fn try_into(self) -> Result<T, Self::Error>;
}

/// Conversion into `Self` that may fail.
pub trait TryFrom<T>: Sized {
    /// What a failed conversion returns.
    type Error;

    /// Performs the conversion.
    fn try_from(value: T) -> Result<Self, Self::Error>;
}

impl<T, U: From<T>> Into<U> for T {
    #[inline]
    fn into(self) -> U {
        U::from(self)
    }
}

impl<T> From<T> for T {
    #[inline(always)]
    fn from(value: T) -> T {
        value
    }
}

impl<T, U: TryFrom<T>> TryInto<U> for T {
    type Error = U::Error;
    #[inline]
    fn try_into(self) -> Result<U, U::Error> {
        U::try_from(self)
    }
}

impl<T, U: Into<T>> TryFrom<U> for T {
    type Error = Infallible;
    #[inline]
    fn try_from(value: U) -> Result<Self, Infallible> {
        Ok(U::into(value))
    }
}

impl<T: ?Sized + AsRef<U>, U: ?Sized> AsRef<U> for &T {
    #[inline]
    fn as_ref(&self) -> &U {
        <T as AsRef<U>>::as_ref(*self)
    }
}

impl<T: ?Sized + AsRef<U>, U: ?Sized> AsRef<U> for &mut T {
    #[inline]
    fn as_ref(&self) -> &U {
        <T as AsRef<U>>::as_ref(*self)
    }
}

impl<T: ?Sized + AsMut<U>, U: ?Sized> AsMut<U> for &mut T {
    #[inline]
    fn as_mut(&mut self) -> &mut U {
        (*self).as_mut()
    }
}

impl<T> AsRef<[T]> for [T] {
    #[inline(always)]
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T> AsMut<[T]> for [T] {
    #[inline(always)]
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}
