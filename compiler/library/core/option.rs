//! Optional values.
//!
//! What it is: `Option<T>`, its combinators and its iterators.
//! What it assumes: the compiler gives `Option<&T>` and friends the niche layout.
//! What it guarantees: every combinator calls its closure at most once; `unwrap` on `None` traps.
//!
//! ```text
//! if let Some(out) = c.get_mut(i) { *out = a.get(j).copied().unwrap_or(0.0); }
//! ```

use crate::cmp::Ordering;
use crate::convert::Infallible;
use crate::hash::{Hash, Hasher};
use crate::iter::{FromIterator, FusedIterator, Yields};
use crate::marker::StructuralPartialEq;
use crate::mem;
use crate::ops::{ControlFlow, Deref, DerefMut, FromResidual, Residual, Try};

/// A value, or none.
#[lang = "Option"]
pub enum Option<T> {
    /// No value.
    #[lang = "None"]
    None,
    /// A value.
    #[lang = "Some"]
    Some(T),
}

impl<T> Option<T> {
    /// Whether there is a value.
    #[inline]
    #[must_use]
    pub const fn is_some(&self) -> bool {
        matches!(*self, Some(_))
    }

    /// Whether there is a value for which the predicate holds.
    #[inline]
    #[must_use]
    pub fn is_some_and<F: FnOnce(T) -> bool>(self, f: F) -> bool {
        match self {
            None => false,
            Some(value) => f(value),
        }
    }

    /// Whether there is no value.
    #[inline]
    #[must_use]
    pub const fn is_none(&self) -> bool {
        !self.is_some()
    }

    /// Whether there is no value, or one for which the predicate holds.
    #[inline]
    #[must_use]
    pub fn is_none_or<F: FnOnce(T) -> bool>(self, f: F) -> bool {
        match self {
            None => true,
            Some(value) => f(value),
        }
    }

    /// The value by reference.
    #[inline]
    pub const fn as_ref(&self) -> Option<&T> {
        match *self {
            Some(ref value) => Some(value),
            None => None,
        }
    }

    /// The value by mutable reference.
    #[inline]
    pub const fn as_mut(&mut self) -> Option<&mut T> {
        match *self {
            Some(ref mut value) => Some(value),
            None => None,
        }
    }

    /// The value; traps with a message if there is none.
    #[inline]
    pub const fn expect(self, message: &str) -> T {
        match self {
            Some(value) => value,
            None => crate::panicking::panic_str(message),
        }
    }

    /// The value; traps if there is none.
    #[inline]
    pub const fn unwrap(self) -> T {
        match self {
            Some(value) => value,
            None => panic!("called `Option::unwrap()` on a `None` value"),
        }
    }

    /// The value, or the given one.
    #[inline]
    pub fn unwrap_or(self, default: T) -> T {
        match self {
            Some(value) => value,
            None => default,
        }
    }

    /// The value, or the function's.
    #[inline]
    pub fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T {
        match self {
            Some(value) => value,
            None => f(),
        }
    }

    /// The value, or its type's default.
    #[inline]
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        match self {
            Some(value) => value,
            None => T::default(),
        }
    }

    /// The value, which must exist.
    ///
    /// # Safety
    /// `self` is not `None`.
    #[inline]
    pub const unsafe fn unwrap_unchecked(self) -> T {
        match self {
            Some(value) => value,
            None => unsafe { crate::hint::unreachable_unchecked() },
        }
    }

    /// Applies a function to the value.
    #[inline]
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> {
        match self {
            Some(value) => Some(f(value)),
            None => None,
        }
    }

    /// Looks at the value, if any, and returns `self`.
    #[inline]
    pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Self {
        if let Some(ref value) = self {
            f(value);
        }
        self
    }

    /// The function of the value, or the given result.
    #[inline]
    #[must_use]
    pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U {
        match self {
            Some(value) => f(value),
            None => default,
        }
    }

    /// The function of the value, or the other function's result.
    #[inline]
    pub fn map_or_else<U, D: FnOnce() -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U {
        match self {
            Some(value) => f(value),
            None => default(),
        }
    }

    /// The value as `Ok`, or the error.
    #[inline]
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        match self {
            Some(value) => Ok(value),
            None => Err(error),
        }
    }

    /// The value as `Ok`, or the function's error.
    #[inline]
    pub fn ok_or_else<E, F: FnOnce() -> E>(self, error: F) -> Result<T, E> {
        match self {
            Some(value) => Ok(value),
            None => Err(error()),
        }
    }

    /// What the value dereferences to.
    #[inline]
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        match self {
            Some(value) => Some(value.deref()),
            None => None,
        }
    }

    /// What the value dereferences to, mutably.
    #[inline]
    pub fn as_deref_mut(&mut self) -> Option<&mut T::Target>
    where
        T: DerefMut,
    {
        match self {
            Some(value) => Some(value.deref_mut()),
            None => None,
        }
    }

    /// An iterator over the value, if any.
    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { item: self.as_ref() }
    }

    /// An iterator over the value, if any, by mutable reference.
    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut { item: self.as_mut() }
    }

    /// The other option if there is a value.
    #[inline]
    pub fn and<U>(self, other: Option<U>) -> Option<U> {
        match self {
            Some(_) => other,
            None => None,
        }
    }

    /// The function of the value, which may have none.
    #[inline]
    pub fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U> {
        match self {
            Some(value) => f(value),
            None => None,
        }
    }

    /// The value if the predicate holds for it.
    #[inline]
    pub fn filter<P: FnOnce(&T) -> bool>(self, predicate: P) -> Self {
        if let Some(value) = self {
            if predicate(&value) {
                return Some(value);
            }
        }
        None
    }

    /// This option, or the other if this has no value.
    #[inline]
    pub fn or(self, other: Option<T>) -> Option<T> {
        match self {
            Some(value) => Some(value),
            None => other,
        }
    }

    /// This option, or the function's if this has no value.
    #[inline]
    pub fn or_else<F: FnOnce() -> Option<T>>(self, f: F) -> Option<T> {
        match self {
            Some(value) => Some(value),
            None => f(),
        }
    }

    /// The value if exactly one of the two has one.
    #[inline]
    pub fn xor(self, other: Option<T>) -> Option<T> {
        match (self, other) {
            (Some(value), None) => Some(value),
            (None, Some(value)) => Some(value),
            _ => None,
        }
    }

    /// Stores a value and borrows it.
    #[inline]
    #[must_use]
    pub fn insert(&mut self, value: T) -> &mut T {
        *self = Some(value);
        unsafe { self.as_mut().unwrap_unchecked() }
    }

    /// Borrows the value, storing the given one first if there is none.
    #[inline]
    pub fn get_or_insert(&mut self, value: T) -> &mut T {
        if self.is_none() {
            *self = Some(value);
        }
        unsafe { self.as_mut().unwrap_unchecked() }
    }

    /// Borrows the value, storing the function's first if there is none.
    #[inline]
    pub fn get_or_insert_with<F: FnOnce() -> T>(&mut self, f: F) -> &mut T {
        if self.is_none() {
            *self = Some(f());
        }
        unsafe { self.as_mut().unwrap_unchecked() }
    }

    /// Takes the value out, leaving `None`.
    #[inline]
    pub const fn take(&mut self) -> Option<T> {
        mem::replace(self, None)
    }

    /// Takes the value out if the predicate holds for it.
    #[inline]
    pub fn take_if<P: FnOnce(&mut T) -> bool>(&mut self, predicate: P) -> Option<T> {
        let matched = match self.as_mut() {
            Some(value) => predicate(value),
            None => false,
        };
        if matched { self.take() } else { None }
    }

    /// Stores a value and returns the old one.
    #[inline]
    pub const fn replace(&mut self, value: T) -> Option<T> {
        mem::replace(self, Some(value))
    }

    /// Both values, if there are two.
    #[inline]
    pub fn zip<U>(self, other: Option<U>) -> Option<(T, U)> {
        match (self, other) {
            (Some(a), Some(b)) => Some((a, b)),
            _ => None,
        }
    }
}

impl<T> Option<T> {
    /// The value, with the default put in place of `None` first.
    #[inline]
    pub fn get_or_insert_default(&mut self) -> &mut T
    where
        T: Default,
    {
        self.get_or_insert_with(T::default)
    }

    /// The value as a slice of one, or an empty slice.
    #[inline]
    #[must_use]
    pub const fn as_slice(&self) -> &[T] {
        match self {
            Some(value) => crate::slice::from_ref(value),
            None => &[],
        }
    }

    /// The value as a mutable slice of one, or an empty slice.
    #[inline]
    #[must_use]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        match self {
            Some(value) => crate::slice::from_mut(value),
            None => &mut [],
        }
    }
}

impl<T, U> Option<(T, U)> {
    /// The two halves of a pair.
    #[inline]
    pub fn unzip(self) -> (Option<T>, Option<U>) {
        match self {
            Some((a, b)) => (Some(a), Some(b)),
            None => (None, None),
        }
    }
}

impl<T> Option<&T> {
    /// The referenced value, copied.
    #[inline]
    #[must_use]
    pub const fn copied(self) -> Option<T>
    where
        T: Copy,
    {
        match self {
            Some(&value) => Some(value),
            None => None,
        }
    }

    /// The referenced value, cloned.
    #[inline]
    #[must_use]
    pub fn cloned(self) -> Option<T>
    where
        T: Clone,
    {
        match self {
            Some(value) => Some(value.clone()),
            None => None,
        }
    }
}

impl<T> Option<&mut T> {
    /// The referenced value, copied.
    #[inline]
    #[must_use]
    pub const fn copied(self) -> Option<T>
    where
        T: Copy,
    {
        match self {
            Some(&mut value) => Some(value),
            None => None,
        }
    }

    /// The referenced value, cloned.
    #[inline]
    #[must_use]
    pub fn cloned(self) -> Option<T>
    where
        T: Clone,
    {
        match self {
            Some(value) => Some(value.clone()),
            None => None,
        }
    }
}

impl<T, E> Option<Result<T, E>> {
    /// Swaps the two wrappers.
    #[inline]
    pub fn transpose(self) -> Result<Option<T>, E> {
        match self {
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(error)) => Err(error),
            None => Ok(None),
        }
    }
}

impl<T> Option<Option<T>> {
    /// Removes one level of nesting.
    #[inline]
    pub fn flatten(self) -> Option<T> {
        match self {
            Some(inner) => inner,
            None => None,
        }
    }
}

impl<T: Clone> Clone for Option<T> {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Some(value) => Some(value.clone()),
            None => None,
        }
    }
}

impl<T: Copy> Copy for Option<T> {}

impl<T> Default for Option<T> {
    #[inline]
    fn default() -> Option<T> {
        None
    }
}

impl<T> StructuralPartialEq for Option<T> {}

impl<T: PartialEq> PartialEq for Option<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => *a == *b,
            (None, None) => true,
            _ => false,
        }
    }
}

impl<T: Eq> Eq for Option<T> {}

impl<T: PartialOrd> PartialOrd for Option<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Some(a), Some(b)) => a.partial_cmp(b),
            (Some(_), None) => Some(Ordering::Greater),
            (None, Some(_)) => Some(Ordering::Less),
            (None, None) => Some(Ordering::Equal),
        }
    }
}

impl<T: Ord> Ord for Option<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (None, None) => Ordering::Equal,
        }
    }
}

impl<T: Hash> Hash for Option<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            None => state.write_isize(0),
            Some(value) => {
                state.write_isize(1);
                value.hash(state);
            }
        }
    }
}

impl<T> From<T> for Option<T> {
    #[inline]
    fn from(value: T) -> Option<T> {
        Some(value)
    }
}

impl<'a, T> From<&'a Option<T>> for Option<&'a T> {
    #[inline]
    fn from(option: &'a Option<T>) -> Option<&'a T> {
        option.as_ref()
    }
}

impl<T> Try for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;

    #[inline]
    fn from_output(output: T) -> Self {
        Some(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<Option<Infallible>, T> {
        match self {
            Some(value) => ControlFlow::Continue(value),
            None => ControlFlow::Break(None),
        }
    }
}

impl<T> FromResidual<Option<Infallible>> for Option<T> {
    #[inline]
    fn from_residual(_residual: Option<Infallible>) -> Self {
        None
    }
}

impl<T> Residual<T> for Option<Infallible> {
    type TryType = Option<T>;
}

/// Iterates over the value of an `Option`, by reference.
pub struct Iter<'a, T> {
    item: Option<&'a T>,
}

/// Iterates over the value of an `Option`, by mutable reference.
pub struct IterMut<'a, T> {
    item: Option<&'a mut T>,
}

/// Iterates over the value of an `Option`.
#[derive(Clone)]
pub struct IntoIter<T> {
    item: Option<T>,
}

impl<'a, T> Clone for Iter<'a, T> {
    fn clone(&self) -> Self {
        Iter { item: self.item }
    }
}

macro_rules! option_iterator {
    ([$($generics:tt)*] $iterator:ty, $item:ty) => {
        impl<$($generics)*> Iterator for $iterator {
            type Item = $item;
            #[inline]
            fn next(&mut self) -> Option<$item> {
                self.item.take()
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = if self.item.is_some() { 1 } else { 0 };
                (n, Some(n))
            }
        }
        impl<$($generics)*> DoubleEndedIterator for $iterator {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                self.item.take()
            }
        }
        impl<$($generics)*> ExactSizeIterator for $iterator {}
        impl<$($generics)*> FusedIterator for $iterator {}
    };
}

option_iterator! { ['a, T] Iter<'a, T>, &'a T }
option_iterator! { ['a, T] IterMut<'a, T>, &'a mut T }
option_iterator! { [T] IntoIter<T>, T }

impl<T> IntoIterator for Option<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    const YIELDS: Yields = Yields::AtMostOne;
    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { item: self }
    }
}

impl<'a, T> IntoIterator for &'a Option<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    const YIELDS: Yields = Yields::AtMostOne;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Option<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    const YIELDS: Yields = Yields::AtMostOne;
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

/// Collects until the first `None`.
impl<A, V: FromIterator<A>> FromIterator<Option<A>> for Option<V> {
    fn from_iter<I: IntoIterator<Item = Option<A>>>(iter: I) -> Option<V> {
        crate::iter::try_process(iter.into_iter(), |items| items.collect())
    }
}
