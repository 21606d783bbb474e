//! Fixed-size arrays.
//!
//! What it is: methods and traits of `[T; N]`, `from_fn`, and iteration by value.
//! What it assumes: `a[i]` is built in and bounds-checked; loops of constant length are unrolled by the optimiser.
//! What it guarantees: an array that is built element by element drops nothing twice.
//!
//! ```text
//! let squares: [u32; 8] = array::from_fn(|i| (i * i) as u32);
//! ```

use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::fmt;
use crate::intrinsics;
use crate::iter::{FusedIterator, Yields};
use crate::mem::{ManuallyDrop, MaybeUninit, needs_drop};
use crate::ops::{Index, IndexMut};
use crate::ptr;
use crate::slice::{Iter, IterMut, SliceIndex};

/// An array of clones of a value.
#[inline]
#[must_use]
pub fn repeat<T: Clone, const N: usize>(value: T) -> [T; N] {
    from_fn(|_| value.clone())
}

/// An array whose elements are the function's values at their indices.
#[inline]
pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(mut f: F) -> [T; N] {
    let mut elements: MaybeUninit<[T; N]> = MaybeUninit::uninit();
    let first = elements.as_mut_ptr() as *mut T;
    let mut i = 0;
    while i < N {
        let value = f(i);
        unsafe { first.add(i).write(value) };
        i += 1;
    }
    unsafe { elements.assume_init() }
}

/// A reference as an array of one.
#[inline]
pub const fn from_ref<T>(value: &T) -> &[T; 1] {
    unsafe { &*(value as *const T as *const [T; 1]) }
}

/// A mutable reference as an array of one.
#[inline]
pub const fn from_mut<T>(value: &mut T) -> &mut [T; 1] {
    unsafe { &mut *(value as *mut T as *mut [T; 1]) }
}

/// A slice of the wrong length for an array.
#[derive(Copy, Clone)]
pub struct TryFromSliceError(());

impl fmt::Debug for TryFromSliceError {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl<T, const N: usize> [T; N] {
    /// The function of every element.
    #[inline]
    #[must_use]
    pub fn map<U, F: FnMut(T) -> U>(self, mut f: F) -> [U; N] {
        let source = ManuallyDrop::new(self);
        let first = &source as *const ManuallyDrop<[T; N]> as *const T;
        from_fn(|i| f(unsafe { first.add(i).read() }))
    }

    /// The elements as a slice.
    #[inline(always)]
    pub const fn as_slice(&self) -> &[T] {
        self
    }

    /// The elements as a mutable slice.
    #[inline(always)]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        self
    }

    /// The elements by reference.
    #[inline]
    pub fn each_ref(&self) -> [&T; N] {
        let first = self as *const [T; N] as *const T;
        from_fn(|i| unsafe { &*first.add(i) })
    }

    /// The elements by mutable reference.
    #[inline]
    pub fn each_mut(&mut self) -> [&mut T; N] {
        let first = self as *mut [T; N] as *mut T;
        from_fn(|i| unsafe { &mut *first.add(i) })
    }
}

impl<T: Clone, const N: usize> Clone for [T; N] {
    #[inline]
    fn clone(&self) -> Self {
        from_fn(|i| self[i].clone())
    }
}

impl<T, I: SliceIndex<[T]>, const N: usize> Index<I> for [T; N] {
    type Output = I::Output;
    #[inline(always)]
    fn index(&self, index: I) -> &I::Output {
        index.index(self as &[T])
    }
}

impl<T, I: SliceIndex<[T]>, const N: usize> IndexMut<I> for [T; N] {
    #[inline(always)]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self as &mut [T])
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for [T; N] {
    #[inline]
    fn eq(&self, other: &[U; N]) -> bool {
        let mut i = 0;
        while i < N {
            if self[i] != other[i] {
                return false;
            }
            i += 1;
        }
        true
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U]> for [T; N] {
    #[inline]
    fn eq(&self, other: &[U]) -> bool {
        *(self as &[T]) == *other
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for [T] {
    #[inline]
    fn eq(&self, other: &[U; N]) -> bool {
        *self == *(other as &[U])
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<&[U]> for [T; N] {
    #[inline]
    fn eq(&self, other: &&[U]) -> bool {
        *(self as &[T]) == **other
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for &[T] {
    #[inline]
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *(other as &[U])
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<&mut [U]> for [T; N] {
    #[inline]
    fn eq(&self, other: &&mut [U]) -> bool {
        *(self as &[T]) == **other
    }
}

impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for &mut [T] {
    #[inline]
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *(other as &[U])
    }
}

impl<T: Eq, const N: usize> Eq for [T; N] {}

impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {
    #[inline]
    fn partial_cmp(&self, other: &[T; N]) -> Option<Ordering> {
        PartialOrd::partial_cmp(self as &[T], other as &[T])
    }
}

impl<T: Ord, const N: usize> Ord for [T; N] {
    #[inline]
    fn cmp(&self, other: &[T; N]) -> Ordering {
        Ord::cmp(self as &[T], other as &[T])
    }
}

impl<T, const N: usize> Default for IntoIter<T, N> {
    fn default() -> Self {
        IntoIter { elements: MaybeUninit::uninit_array(), start: N, end: N }
    }
}

impl<T> Default for [T; 0] {
    #[inline]
    fn default() -> Self {
        []
    }
}

macro_rules! array_defaults {
    ($($length:literal)*) => {$(
        impl<T: Default> Default for [T; $length] {
            #[inline]
            fn default() -> Self {
                from_fn(|_| T::default())
            }
        }
    )*};
}

array_defaults! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 }

impl<T, const N: usize> AsRef<[T]> for [T; N] {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> AsMut<[T]> for [T; N] {
    #[inline]
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T, const N: usize> Borrow<[T]> for [T; N] {
    #[inline]
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> BorrowMut<[T]> for [T; N] {
    #[inline]
    fn borrow_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {
        match <&[T; N]>::try_from(slice) {
            Ok(array) => Ok(*array),
            Err(error) => Err(error),
        }
    }
}

impl<T: Copy, const N: usize> TryFrom<&mut [T]> for [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &mut [T]) -> Result<[T; N], TryFromSliceError> {
        <[T; N]>::try_from(&*slice)
    }
}

impl<'a, T, const N: usize> TryFrom<&'a [T]> for &'a [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &'a [T]) -> Result<&'a [T; N], TryFromSliceError> {
        if slice.len() == N { Ok(unsafe { &*(slice.as_ptr() as *const [T; N]) }) } else { Err(TryFromSliceError(())) }
    }
}

impl<'a, T, const N: usize> TryFrom<&'a mut [T]> for &'a mut [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &'a mut [T]) -> Result<&'a mut [T; N], TryFromSliceError> {
        if slice.len() == N {
            Ok(unsafe { &mut *(slice.as_mut_ptr() as *mut [T; N]) })
        } else {
            Err(TryFromSliceError(()))
        }
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    const YIELDS: Yields = Yields::Exactly(N);
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    const YIELDS: Yields = Yields::Exactly(N);
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;
    const YIELDS: Yields = Yields::Exactly(N);
    #[inline]
    fn into_iter(self) -> IntoIter<T, N> {
        IntoIter { elements: unsafe { intrinsics::transmute_unchecked(self) }, start: 0, end: N }
    }
}

/// Iterates over an array by value. The elements `start..end` are still owned.
pub struct IntoIter<T, const N: usize> {
    elements: [MaybeUninit<T>; N],
    start: usize,
    end: usize,
}

impl<T, const N: usize> IntoIter<T, N> {
    /// The elements not yet yielded.
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        unsafe {
            crate::slice::from_raw_parts((self.elements.as_ptr() as *const T).add(self.start), self.end - self.start)
        }
    }

    /// The elements not yet yielded, mutably.
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        let start = self.elements.as_mut_ptr() as *mut T;
        unsafe { crate::slice::from_raw_parts_mut(start.add(self.start), self.end - self.start) }
    }
}

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        if self.start < self.end {
            let i = self.start;
            self.start = i + 1;
            Some(unsafe { (self.elements.as_ptr() as *const T).add(i).read() })
        } else {
            None
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.end - self.start;
        (n, Some(n))
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        if needs_drop::<T>() { None } else { Some(self.end - self.start) }
    }
}

impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.start < self.end {
            self.end -= 1;
            Some(unsafe { (self.elements.as_ptr() as *const T).add(self.end).read() })
        } else {
            None
        }
    }
}

impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}

impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {
    fn clone(&self) -> Self {
        let mut copy = IntoIter { elements: MaybeUninit::uninit_array(), start: 0, end: 0 };
        for element in self.as_slice() {
            copy.elements[copy.end].write(element.clone());
            copy.end += 1;
        }
        copy
    }
}

impl<T, const N: usize> Drop for IntoIter<T, N> {
    #[inline]
    fn drop(&mut self) {
        if crate::mem::needs_drop::<T>() {
            while self.start < self.end {
                unsafe { ptr::drop_in_place((self.elements.as_mut_ptr() as *mut T).add(self.start)) };
                self.start += 1;
            }
        }
    }
}
