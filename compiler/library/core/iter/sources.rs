//! Functions that make iterators.
//!
//! What it is: `once`, `repeat`, `repeat_n`, `empty`, `from_fn`, `successors` and their types.
//! What it assumes: nothing.
//! What it guarantees: closures run once for each value drawn.
//!
//! ```text
//! for k in iter::successors(Some(16), |k| (*k > 1).then(|| k / 2)) { v += shuffle_xor(v, k) }
//! ```

use crate::iter::FusedIterator;
use crate::marker::PhantomData;

/// No values.
pub const fn empty<T>() -> Empty<T> {
    Empty { _item: PhantomData }
}

/// One value.
pub fn once<T>(value: T) -> Once<T> {
    Once { value: Some(value) }
}

/// The function's value, once.
pub fn once_with<A, F: FnOnce() -> A>(make: F) -> OnceWith<F> {
    OnceWith { make: Some(make) }
}

/// One value forever.
pub fn repeat<T: Clone>(element: T) -> Repeat<T> {
    Repeat { element }
}

/// One value `count` times.
pub fn repeat_n<T: Clone>(element: T, count: usize) -> RepeatN<T> {
    RepeatN { element, count }
}

/// The function's values forever.
pub fn repeat_with<A, F: FnMut() -> A>(repeater: F) -> RepeatWith<F> {
    RepeatWith { repeater }
}

/// The function's values until it yields none.
pub fn from_fn<T, F: FnMut() -> Option<T>>(f: F) -> FromFn<F> {
    FromFn { f }
}

/// A value, its successor, and so on until there is none.
pub fn successors<T, F: FnMut(&T) -> Option<T>>(first: Option<T>, successor: F) -> Successors<T, F> {
    Successors { next: first, successor }
}

/// See [`empty`].
#[must_use]
pub struct Empty<T> {
    _item: PhantomData<T>,
}

impl<T> Clone for Empty<T> {
    fn clone(&self) -> Self {
        empty()
    }
}

impl<T> Default for Empty<T> {
    fn default() -> Self {
        empty()
    }
}

impl<T> Iterator for Empty<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(0))
    }
}
impl<T> DoubleEndedIterator for Empty<T> {
    fn next_back(&mut self) -> Option<T> {
        None
    }
}
impl<T> ExactSizeIterator for Empty<T> {}
impl<T> FusedIterator for Empty<T> {}

/// See [`once`].
#[derive(Clone)]
pub struct Once<T> {
    value: Option<T>,
}

impl<T> Iterator for Once<T> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        self.value.take()
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = if self.value.is_some() { 1 } else { 0 };
        (n, Some(n))
    }
}
impl<T> DoubleEndedIterator for Once<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.value.take()
    }
}
impl<T> ExactSizeIterator for Once<T> {}
impl<T> FusedIterator for Once<T> {}

/// See [`once_with`].
#[derive(Clone)]
pub struct OnceWith<F> {
    make: Option<F>,
}

impl<A, F: FnOnce() -> A> Iterator for OnceWith<F> {
    type Item = A;
    #[inline]
    fn next(&mut self) -> Option<A> {
        let make = self.make.take()?;
        Some(make())
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = if self.make.is_some() { 1 } else { 0 };
        (n, Some(n))
    }
}
impl<A, F: FnOnce() -> A> DoubleEndedIterator for OnceWith<F> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        self.next()
    }
}
impl<A, F: FnOnce() -> A> ExactSizeIterator for OnceWith<F> {}
impl<A, F: FnOnce() -> A> FusedIterator for OnceWith<F> {}

/// See [`repeat`].
#[derive(Clone)]
pub struct Repeat<A> {
    element: A,
}

impl<A: Clone> Iterator for Repeat<A> {
    type Item = A;
    #[inline]
    fn next(&mut self) -> Option<A> {
        Some(self.element.clone())
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}
impl<A: Clone> DoubleEndedIterator for Repeat<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        Some(self.element.clone())
    }
}
impl<A: Clone> FusedIterator for Repeat<A> {}

/// See [`repeat_n`].
#[derive(Clone)]
pub struct RepeatN<A> {
    element: A,
    count: usize,
}

impl<A: Clone> Iterator for RepeatN<A> {
    type Item = A;
    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.count == 0 {
            return None;
        }
        self.count -= 1;
        Some(self.element.clone())
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.count, Some(self.count))
    }
}
impl<A: Clone> DoubleEndedIterator for RepeatN<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        self.next()
    }
}
impl<A: Clone> ExactSizeIterator for RepeatN<A> {}
impl<A: Clone> FusedIterator for RepeatN<A> {}

/// See [`repeat_with`].
#[derive(Copy, Clone)]
pub struct RepeatWith<F> {
    repeater: F,
}

impl<A, F: FnMut() -> A> Iterator for RepeatWith<F> {
    type Item = A;
    #[inline]
    fn next(&mut self) -> Option<A> {
        Some((self.repeater)())
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}
impl<A, F: FnMut() -> A> FusedIterator for RepeatWith<F> {}

/// See [`from_fn`].
#[derive(Clone)]
pub struct FromFn<F> {
    f: F,
}

impl<T, F: FnMut() -> Option<T>> Iterator for FromFn<F> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        (self.f)()
    }
}

/// See [`successors`].
#[derive(Clone)]
pub struct Successors<T, F> {
    next: Option<T>,
    successor: F,
}

impl<T, F: FnMut(&T) -> Option<T>> Iterator for Successors<T, F> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        let value = self.next.take()?;
        self.next = (self.successor)(&value);
        Some(value)
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.next.is_some() { (1, None) } else { (0, Some(0)) }
    }
}
impl<T, F: FnMut(&T) -> Option<T>> FusedIterator for Successors<T, F> {}
