//! Iteration over slices, element by element and split by a predicate.
//!
//! What it is: `Iter` and `IterMut`, a pair of pointers each, `Split`, and the methods of `[T]` that make them.
//! What it assumes: for a zero-sized element the end pointer is the start plus the count in bytes.
//! What it guarantees: `next` is one comparison and one addition.
//!
//! ```text
//! for (x, y) in a.iter().zip(b) { sum += x * y }
//! ```

use crate::hint::assert_unchecked;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::mem::size_of;
use crate::slice::{from_raw_parts, from_raw_parts_mut};

/// Iterates over a slice by reference.
#[must_use]
pub struct Iter<'a, T: 'a> {
    start: *const T,
    end: *const T,
    _marker: PhantomData<&'a T>,
}

/// Iterates over a slice by mutable reference.
#[must_use]
pub struct IterMut<'a, T: 'a> {
    start: *mut T,
    end: *mut T,
    _marker: PhantomData<&'a mut T>,
}

unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Sync> Send for Iter<'_, T> {}
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}

/// What both iterators do, for `*const T` and `*mut T`.
macro_rules! slice_iterator {
    ($name:ident, $mutability:tt, [$($reference:tt)*], [$($borrow:tt)*]) => {
        impl<'a, T> $name<'a, T> {
            #[inline(always)]
            fn remaining(&self) -> usize {
                if size_of::<T>() == 0 {
                    (self.end as usize).wrapping_sub(self.start as usize)
                } else {
                    unsafe { self.end.offset_from_unsigned(self.start as *const T) }
                }
            }

            /// Advances the start by `n <= remaining` and returns the old one.
            #[inline(always)]
            unsafe fn take_front(&mut self, n: usize) -> *$mutability T {
                let old = self.start;
                if size_of::<T>() == 0 {
                    self.end = self.end.wrapping_byte_sub(n);
                } else {
                    self.start = unsafe { self.start.add(n) };
                }
                old
            }

            /// Moves the end back by `n <= remaining` and returns the new one.
            #[inline(always)]
            unsafe fn take_back(&mut self, n: usize) -> *$mutability T {
                if size_of::<T>() == 0 {
                    self.end = self.end.wrapping_byte_sub(n);
                    self.start
                } else {
                    self.end = unsafe { self.end.sub(n) };
                    self.end
                }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $($reference)* T;

            #[inline(always)]
            fn next(&mut self) -> Option<$($reference)* T> {
                if self.start as *const T == self.end as *const T {
                    None
                } else {
                    Some(unsafe { $($borrow)* *self.take_front(1) })
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.remaining();
                (n, Some(n))
            }

            #[inline(always)]
            fn __left(&self) -> Option<usize> {
                Some(self.remaining())
            }

            #[inline]
            fn count(self) -> usize {
                self.remaining()
            }

            #[inline]
            fn nth(&mut self, n: usize) -> Option<$($reference)* T> {
                let remaining = self.remaining();
                if n >= remaining {
                    unsafe { self.take_front(remaining) };
                    return None;
                }
                unsafe {
                    self.take_front(n);
                    Some($($borrow)* *self.take_front(1))
                }
            }

            #[inline]
            fn last(mut self) -> Option<$($reference)* T> {
                self.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline(always)]
            fn next_back(&mut self) -> Option<$($reference)* T> {
                if self.start as *const T == self.end as *const T {
                    None
                } else {
                    Some(unsafe { $($borrow)* *self.take_back(1) })
                }
            }

            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<$($reference)* T> {
                let remaining = self.remaining();
                if n >= remaining {
                    unsafe { self.take_back(remaining) };
                    return None;
                }
                unsafe {
                    self.take_back(n);
                    Some($($borrow)* *self.take_back(1))
                }
            }
        }

        impl<'a, T> ExactSizeIterator for $name<'a, T> {
            #[inline]
            fn len(&self) -> usize {
                self.remaining()
            }
        }

        impl<'a, T> FusedIterator for $name<'a, T> {}
    };
}

slice_iterator! { Iter, const, [&'a], [&] }
slice_iterator! { IterMut, mut, [&'a mut], [&mut] }

impl<'a, T> Iter<'a, T> {
    /// The elements not yet yielded.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &'a [T] {
        unsafe { from_raw_parts(self.start, self.remaining()) }
    }
}

impl<'a, T> Clone for Iter<'a, T> {
    #[inline]
    fn clone(&self) -> Self {
        Iter { start: self.start, end: self.end, _marker: PhantomData }
    }
}

impl<'a, T> IterMut<'a, T> {
    /// The elements not yet yielded.
    #[inline]
    #[must_use]
    pub fn into_slice(self) -> &'a mut [T] {
        unsafe { from_raw_parts_mut(self.start, self.remaining()) }
    }

    /// The elements not yet yielded, shared.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        unsafe { from_raw_parts(self.start as *const T, self.remaining()) }
    }
}

impl<T> [T] {
    /// Iterates over the elements.
    #[inline(always)]
    pub fn iter(&self) -> Iter<'_, T> {
        let start = self.as_ptr();
        let end = if size_of::<T>() == 0 {
            start.wrapping_byte_add(self.len())
        } else {
            unsafe { start.add(self.len()) }
        };
        // `Some(element)` is then known not to be `None` without a test.
        unsafe { assert_unchecked(!start.is_null()) };
        Iter { start, end, _marker: PhantomData }
    }

    /// Iterates over the elements, mutably.
    #[inline(always)]
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let len = self.len();
        let start = self.as_mut_ptr();
        let end = if size_of::<T>() == 0 { start.wrapping_byte_add(len) } else { unsafe { start.add(len) } };
        unsafe { assert_unchecked(!start.is_null()) };
        IterMut { start, end, _marker: PhantomData }
    }
}

impl<'a, T> IntoIterator for &'a [T] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline(always)]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut [T] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline(always)]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T> Default for Iter<'_, T> {
    #[inline]
    fn default() -> Self {
        [].iter()
    }
}

impl<T> Default for IterMut<'_, T> {
    #[inline]
    fn default() -> Self {
        [].iter_mut()
    }
}

impl<T> AsRef<[T]> for Iter<'_, T> {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> AsRef<[T]> for IterMut<'_, T> {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}
