//! Success or failure.
//!
//! What it is: `Result<T, E>` and its combinators.
//! What it assumes: nothing.
//! What it guarantees: every combinator calls its closure at most once; `unwrap` on `Err` traps.
//!
//! ```text
//! match counter.compare_exchange(old, new, AcqRel, Acquire) { Ok(_) => break, Err(seen) => old = seen }
//! ```

use crate::cmp::Ordering;
use crate::convert::Infallible;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::{FromIterator, Yields};
use crate::marker::StructuralPartialEq;
use crate::ops::{ControlFlow, Deref, DerefMut, FromResidual, Residual, Try};
use crate::option;

/// A value, or an error.
#[must_use]
pub enum Result<T, E> {
    /// Success.
    #[lang = "Ok"]
    Ok(T),
    /// Failure.
    #[lang = "Err"]
    Err(E),
}

impl<T, E> Result<T, E> {
    /// The error.
    ///
    /// # Safety
    /// There is one.
    #[inline]
    pub unsafe fn unwrap_err_unchecked(self) -> E {
        match self {
            Ok(_) => unsafe { crate::hint::unreachable_unchecked() },
            Err(error) => error,
        }
    }

    /// Whether this is `Ok`.
    #[inline]
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        matches!(*self, Ok(_))
    }

    /// Whether this is `Ok` and the predicate holds.
    #[inline]
    #[must_use]
    pub fn is_ok_and<F: FnOnce(T) -> bool>(self, f: F) -> bool {
        match self {
            Ok(value) => f(value),
            Err(_) => false,
        }
    }

    /// Whether this is `Err`.
    #[inline]
    #[must_use]
    pub const fn is_err(&self) -> bool {
        !self.is_ok()
    }

    /// Whether this is `Err` and the predicate holds.
    #[inline]
    #[must_use]
    pub fn is_err_and<F: FnOnce(E) -> bool>(self, f: F) -> bool {
        match self {
            Ok(_) => false,
            Err(error) => f(error),
        }
    }

    /// The value, if any.
    #[inline]
    pub fn ok(self) -> Option<T> {
        match self {
            Ok(value) => Some(value),
            Err(_) => None,
        }
    }

    /// The error, if any.
    #[inline]
    pub fn err(self) -> Option<E> {
        match self {
            Ok(_) => None,
            Err(error) => Some(error),
        }
    }

    /// Value or error by reference.
    #[inline]
    pub const fn as_ref(&self) -> Result<&T, &E> {
        match *self {
            Ok(ref value) => Ok(value),
            Err(ref error) => Err(error),
        }
    }

    /// Value or error by mutable reference.
    #[inline]
    pub const fn as_mut(&mut self) -> Result<&mut T, &mut E> {
        match *self {
            Ok(ref mut value) => Ok(value),
            Err(ref mut error) => Err(error),
        }
    }

    /// Applies a function to the value.
    #[inline]
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Result<U, E> {
        match self {
            Ok(value) => Ok(f(value)),
            Err(error) => Err(error),
        }
    }

    /// The function of the value, or the given result.
    #[inline]
    #[must_use]
    pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {
        match self {
            Ok(value) => f(value),
            Err(_) => default,
        }
    }

    /// The function of the value, or the other function of the error.
    #[inline]
    pub fn map_or_else<U, D: FnOnce(E) -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {
        match self {
            Ok(value) => f(value),
            Err(error) => default(error),
        }
    }

    /// Applies a function to the error.
    #[inline]
    pub fn map_err<O, F: FnOnce(E) -> O>(self, f: F) -> Result<T, O> {
        match self {
            Ok(value) => Ok(value),
            Err(error) => Err(f(error)),
        }
    }

    /// Looks at the value, if any, and returns `self`.
    #[inline]
    pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Self {
        if let Ok(ref value) = self {
            f(value);
        }
        self
    }

    /// Looks at the error, if any, and returns `self`.
    #[inline]
    pub fn inspect_err<F: FnOnce(&E)>(self, f: F) -> Self {
        if let Err(ref error) = self {
            f(error);
        }
        self
    }

    /// What the value dereferences to.
    #[inline]
    pub fn as_deref(&self) -> Result<&T::Target, &E>
    where
        T: Deref,
    {
        match self {
            Ok(value) => Ok(value.deref()),
            Err(error) => Err(error),
        }
    }

    /// What the value dereferences to, mutably.
    #[inline]
    pub fn as_deref_mut(&mut self) -> Result<&mut T::Target, &mut E>
    where
        T: DerefMut,
    {
        match self {
            Ok(value) => Ok(value.deref_mut()),
            Err(error) => Err(error),
        }
    }

    /// An iterator over the value, if any.
    #[inline]
    pub fn iter(&self) -> option::IntoIter<&T> {
        self.as_ref().ok().into_iter()
    }

    /// An iterator over the value, if any, by mutable reference.
    #[inline]
    pub fn iter_mut(&mut self) -> option::IntoIter<&mut T> {
        self.as_mut().ok().into_iter()
    }

    /// The other result if this is `Ok`.
    #[inline]
    pub fn and<U>(self, other: Result<U, E>) -> Result<U, E> {
        match self {
            Ok(_) => other,
            Err(error) => Err(error),
        }
    }

    /// The function of the value, which may fail.
    #[inline]
    pub fn and_then<U, F: FnOnce(T) -> Result<U, E>>(self, f: F) -> Result<U, E> {
        match self {
            Ok(value) => f(value),
            Err(error) => Err(error),
        }
    }

    /// The other result if this is `Err`.
    #[inline]
    pub fn or<F>(self, other: Result<T, F>) -> Result<T, F> {
        match self {
            Ok(value) => Ok(value),
            Err(_) => other,
        }
    }

    /// The function of the error, which may succeed.
    #[inline]
    pub fn or_else<F, O: FnOnce(E) -> Result<T, F>>(self, f: O) -> Result<T, F> {
        match self {
            Ok(value) => Ok(value),
            Err(error) => f(error),
        }
    }

    /// The value, or the given one.
    #[inline]
    pub fn unwrap_or(self, default: T) -> T {
        match self {
            Ok(value) => value,
            Err(_) => default,
        }
    }

    /// The value, or the function's of the error.
    #[inline]
    pub fn unwrap_or_else<F: FnOnce(E) -> T>(self, f: F) -> T {
        match self {
            Ok(value) => value,
            Err(error) => f(error),
        }
    }

    /// The value, or its type's default.
    #[inline]
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        match self {
            Ok(value) => value,
            Err(_) => T::default(),
        }
    }

    /// The value; traps with a message if this is `Err`.
    #[inline]
    pub fn expect(self, message: &str) -> T
    where
        E: fmt::Debug,
    {
        match self {
            Ok(value) => value,
            Err(_) => crate::panicking::panic_str(message),
        }
    }

    /// The value; traps if this is `Err`.
    #[inline]
    pub fn unwrap(self) -> T
    where
        E: fmt::Debug,
    {
        match self {
            Ok(value) => value,
            Err(_) => panic!("called `Result::unwrap()` on an `Err` value"),
        }
    }

    /// The error; traps with a message if this is `Ok`.
    #[inline]
    pub fn expect_err(self, message: &str) -> E
    where
        T: fmt::Debug,
    {
        match self {
            Ok(_) => crate::panicking::panic_str(message),
            Err(error) => error,
        }
    }

    /// The error; traps if this is `Ok`.
    #[inline]
    pub fn unwrap_err(self) -> E
    where
        T: fmt::Debug,
    {
        match self {
            Ok(_) => panic!("called `Result::unwrap_err()` on an `Ok` value"),
            Err(error) => error,
        }
    }

    /// The value, which must exist.
    ///
    /// # Safety
    /// `self` is not `Err`.
    #[inline]
    pub unsafe fn unwrap_unchecked(self) -> T {
        match self {
            Ok(value) => value,
            Err(_) => unsafe { crate::hint::unreachable_unchecked() },
        }
    }
}

macro_rules! of_references {
    ($($Reference:ty)*) => {$(
        impl<T, E> Result<$Reference, E> {
            /// The referenced value, copied.
            #[inline]
            pub fn copied(self) -> Result<T, E>
            where
                T: Copy,
            {
                match self {
                    Ok(value) => Ok(*value),
                    Err(error) => Err(error),
                }
            }

            /// The referenced value, cloned.
            #[inline]
            pub fn cloned(self) -> Result<T, E>
            where
                T: Clone,
            {
                match self {
                    Ok(value) => Ok(value.clone()),
                    Err(error) => Err(error),
                }
            }
        }
    )*};
}

of_references! { &T &mut T }

impl<T, E> Result<Option<T>, E> {
    /// Swaps the two wrappers.
    #[inline]
    pub fn transpose(self) -> Option<Result<T, E>> {
        match self {
            Ok(Some(value)) => Some(Ok(value)),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T, E> Result<Result<T, E>, E> {
    /// Removes one level of nesting.
    #[inline]
    pub fn flatten(self) -> Result<T, E> {
        match self {
            Ok(inner) => inner,
            Err(error) => Err(error),
        }
    }
}

impl<T: Clone, E: Clone> Clone for Result<T, E> {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Ok(value) => Ok(value.clone()),
            Err(error) => Err(error.clone()),
        }
    }
}

impl<T: Copy, E: Copy> Copy for Result<T, E> {}
impl<T, E> StructuralPartialEq for Result<T, E> {}

impl<T: PartialEq, E: PartialEq> PartialEq for Result<T, E> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Ok(a), Ok(b)) => *a == *b,
            (Err(a), Err(b)) => *a == *b,
            _ => false,
        }
    }
}

impl<T: Eq, E: Eq> Eq for Result<T, E> {}

impl<T: PartialOrd, E: PartialOrd> PartialOrd for Result<T, E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Ok(a), Ok(b)) => a.partial_cmp(b),
            (Err(a), Err(b)) => a.partial_cmp(b),
            (Ok(_), Err(_)) => Some(Ordering::Less),
            (Err(_), Ok(_)) => Some(Ordering::Greater),
        }
    }
}

impl<T: Ord, E: Ord> Ord for Result<T, E> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Ok(a), Ok(b)) => a.cmp(b),
            (Err(a), Err(b)) => a.cmp(b),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
        }
    }
}

impl<T: Hash, E: Hash> Hash for Result<T, E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Ok(value) => {
                state.write_isize(0);
                value.hash(state);
            }
            Err(error) => {
                state.write_isize(1);
                error.hash(state);
            }
        }
    }
}

impl<T, E> IntoIterator for Result<T, E> {
    type Item = T;
    type IntoIter = option::IntoIter<T>;
    const YIELDS: Yields = Yields::AtMostOne;
    #[inline]
    fn into_iter(self) -> option::IntoIter<T> {
        self.ok().into_iter()
    }
}

impl<'a, T, E> IntoIterator for &'a Result<T, E> {
    type Item = &'a T;
    type IntoIter = option::IntoIter<&'a T>;
    const YIELDS: Yields = Yields::AtMostOne;
    #[inline]
    fn into_iter(self) -> option::IntoIter<&'a T> {
        self.iter()
    }
}

impl<'a, T, E> IntoIterator for &'a mut Result<T, E> {
    type Item = &'a mut T;
    type IntoIter = option::IntoIter<&'a mut T>;
    const YIELDS: Yields = Yields::AtMostOne;
    #[inline]
    fn into_iter(self) -> option::IntoIter<&'a mut T> {
        self.iter_mut()
    }
}

impl<T, E> Try for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;

    #[inline]
    fn from_output(output: T) -> Self {
        Ok(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<Result<Infallible, E>, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Result<T, F> {
    #[inline]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        match residual {
            Err(error) => Err(From::from(error)),
        }
    }
}

impl<T, E> Residual<T> for Result<Infallible, E> {
    type TryType = Result<T, E>;
}

/// Collects until the first error.
impl<A, E, V: FromIterator<A>> FromIterator<Result<A, E>> for Result<V, E> {
    fn from_iter<I: IntoIterator<Item = Result<A, E>>>(iter: I) -> Result<V, E> {
        crate::iter::try_process(iter.into_iter(), |items| items.collect())
    }
}
