//! Adapters that choose among values.
//!
//! What it is: `Filter`, `FilterMap`, `TakeWhile`, `SkipWhile`, `MapWhile`, `Peekable` and `Fuse`.
//! What it assumes: nothing.
//! What it guarantees: order is kept.
//!
//! ```text
//! keys.iter().filter(|k| **k != EMPTY).count()
//! ```

use crate::iter::FusedIterator;

/// See [`Iterator::filter`].
#[derive(Clone)]
#[must_use]
pub struct Filter<I, P> {
    iter: I,
    predicate: P,
}

impl<I, P> Filter<I, P> {
    #[inline]
    pub(crate) fn new(iter: I, predicate: P) -> Filter<I, P> {
        Filter { iter, predicate }
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for Filter<I, P> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        while let Some(value) = self.iter.next() {
            if (self.predicate)(&value) {
                return Some(value);
            }
        }
        None
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }

    #[inline]
    fn count(self) -> usize {
        // Adding the predicate's value keeps the loop free of branches.
        let mut predicate = self.predicate;
        self.iter.fold(0, |n, value| n + predicate(&value) as usize)
    }
}

impl<I: DoubleEndedIterator, P: FnMut(&I::Item) -> bool> DoubleEndedIterator for Filter<I, P> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        while let Some(value) = self.iter.next_back() {
            if (self.predicate)(&value) {
                return Some(value);
            }
        }
        None
    }
}

impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for Filter<I, P> {}

/// See [`Iterator::filter_map`].
#[derive(Clone)]
#[must_use]
pub struct FilterMap<I, F> {
    iter: I,
    f: F,
}

impl<I, F> FilterMap<I, F> {
    #[inline]
    pub(crate) fn new(iter: I, f: F) -> FilterMap<I, F> {
        FilterMap { iter, f }
    }
}

impl<B, I: Iterator, F: FnMut(I::Item) -> Option<B>> Iterator for FilterMap<I, F> {
    type Item = B;

    #[inline]
    fn next(&mut self) -> Option<B> {
        while let Some(value) = self.iter.next() {
            if let Some(result) = (self.f)(value) {
                return Some(result);
            }
        }
        None
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}

impl<B, I: DoubleEndedIterator, F: FnMut(I::Item) -> Option<B>> DoubleEndedIterator for FilterMap<I, F> {
    #[inline]
    fn next_back(&mut self) -> Option<B> {
        while let Some(value) = self.iter.next_back() {
            if let Some(result) = (self.f)(value) {
                return Some(result);
            }
        }
        None
    }
}

/// See [`Iterator::take_while`].
#[derive(Clone)]
#[must_use]
pub struct TakeWhile<I, P> {
    iter: I,
    done: bool,
    predicate: P,
}

impl<I, P> TakeWhile<I, P> {
    #[inline]
    pub(crate) fn new(iter: I, predicate: P) -> TakeWhile<I, P> {
        TakeWhile { iter, done: false, predicate }
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for TakeWhile<I, P> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.done {
            return None;
        }
        let value = self.iter.next()?;
        if (self.predicate)(&value) {
            Some(value)
        } else {
            self.done = true;
            None
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.done { (0, Some(0)) } else { (0, self.iter.size_hint().1) }
    }
}

impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for TakeWhile<I, P> {}

/// See [`Iterator::skip_while`].
#[derive(Clone)]
#[must_use]
pub struct SkipWhile<I, P> {
    iter: I,
    skipped: bool,
    predicate: P,
}

impl<I, P> SkipWhile<I, P> {
    #[inline]
    pub(crate) fn new(iter: I, predicate: P) -> SkipWhile<I, P> {
        SkipWhile { iter, skipped: false, predicate }
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for SkipWhile<I, P> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        while let Some(value) = self.iter.next() {
            if self.skipped || !(self.predicate)(&value) {
                self.skipped = true;
                return Some(value);
            }
        }
        None
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}

impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for SkipWhile<I, P> {}

/// See [`Iterator::map_while`].
#[derive(Clone)]
#[must_use]
pub struct MapWhile<I, P> {
    iter: I,
    predicate: P,
}

impl<I, P> MapWhile<I, P> {
    #[inline]
    pub(crate) fn new(iter: I, predicate: P) -> MapWhile<I, P> {
        MapWhile { iter, predicate }
    }
}

impl<B, I: Iterator, P: FnMut(I::Item) -> Option<B>> Iterator for MapWhile<I, P> {
    type Item = B;

    #[inline]
    fn next(&mut self) -> Option<B> {
        let value = self.iter.next()?;
        (self.predicate)(value)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}

/// See [`Iterator::peekable`].
#[must_use]
pub struct Peekable<I: Iterator> {
    iter: I,
    peeked: Option<Option<I::Item>>,
}

impl<I: Iterator + Clone> Clone for Peekable<I>
where
    I::Item: Clone,
{
    fn clone(&self) -> Self {
        Peekable { iter: self.iter.clone(), peeked: self.peeked.clone() }
    }
}

impl<I: Iterator> Peekable<I> {
    #[inline]
    pub(crate) fn new(iter: I) -> Peekable<I> {
        Peekable { iter, peeked: None }
    }

    /// The value `next` will yield.
    #[inline]
    pub fn peek(&mut self) -> Option<&I::Item> {
        if self.peeked.is_none() {
            self.peeked = Some(self.iter.next());
        }
        match self.peeked {
            Some(Some(ref value)) => Some(value),
            _ => None,
        }
    }

    /// The value `next` will yield, mutably.
    #[inline]
    pub fn peek_mut(&mut self) -> Option<&mut I::Item> {
        if self.peeked.is_none() {
            self.peeked = Some(self.iter.next());
        }
        match self.peeked {
            Some(Some(ref mut value)) => Some(value),
            _ => None,
        }
    }

    /// The next value if the predicate holds for it.
    #[inline]
    pub fn next_if<F: FnOnce(&I::Item) -> bool>(&mut self, predicate: F) -> Option<I::Item> {
        match self.next() {
            Some(value) => {
                if predicate(&value) {
                    return Some(value);
                }
                self.peeked = Some(Some(value));
                None
            }
            None => {
                self.peeked = Some(None);
                None
            }
        }
    }

    /// What the function makes of the next value, which it gives back as an error to leave it in place.
    #[inline]
    pub fn next_if_map<R, F: FnOnce(I::Item) -> Result<R, I::Item>>(&mut self, f: F) -> Option<R> {
        match f(self.next()?) {
            Ok(made) => Some(made),
            Err(value) => {
                self.peeked = Some(Some(value));
                None
            }
        }
    }

    /// What the function makes of the next value, which stays in place otherwise.
    #[inline]
    pub fn next_if_map_mut<R, F: FnOnce(&mut I::Item) -> Option<R>>(&mut self, f: F) -> Option<R> {
        let made = f(self.peek_mut()?)?;
        self.peeked = None;
        Some(made)
    }

    /// The next value if it equals another.
    #[inline]
    pub fn next_if_eq<T: ?Sized>(&mut self, expected: &T) -> Option<I::Item>
    where
        I::Item: PartialEq<T>,
    {
        self.next_if(|value| value == expected)
    }
}

impl<I: Iterator> Iterator for Peekable<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        match self.peeked.take() {
            Some(value) => value,
            None => self.iter.next(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let extra = match self.peeked {
            Some(None) => return (0, Some(0)),
            Some(Some(_)) => 1,
            None => 0,
        };
        let (lower, upper) = self.iter.size_hint();
        let upper = match upper {
            Some(n) => n.checked_add(extra),
            None => None,
        };
        (lower.saturating_add(extra), upper)
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Peekable<I> {}
impl<I: FusedIterator> FusedIterator for Peekable<I> {}
impl<I: DoubleEndedIterator> DoubleEndedIterator for Peekable<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        match self.peeked {
            Some(None) => None,
            Some(_) => match self.iter.next_back() {
                None => self.peeked.take()?,
                last => last,
            },
            None => self.iter.next_back(),
        }
    }
}
impl<B, I: FusedIterator, F: FnMut(I::Item) -> Option<B>> FusedIterator for FilterMap<I, F> {}

/// See [`Iterator::fuse`].
#[derive(Clone)]
#[must_use]
pub struct Fuse<I> {
    iter: Option<I>,
}

impl<I> Fuse<I> {
    #[inline]
    pub(crate) fn new(iter: I) -> Fuse<I> {
        Fuse { iter: Some(iter) }
    }
}

impl<I: Iterator> Iterator for Fuse<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let value = match self.iter {
            Some(ref mut iter) => iter.next(),
            None => return None,
        };
        if value.is_none() {
            self.iter = None;
        }
        value
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.iter {
            Some(ref iter) => iter.size_hint(),
            None => (0, Some(0)),
        }
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Fuse<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        let value = match self.iter {
            Some(ref mut iter) => iter.next_back(),
            None => return None,
        };
        if value.is_none() {
            self.iter = None;
        }
        value
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Fuse<I> {}
impl<I: Iterator> FusedIterator for Fuse<I> {}
impl<I: FusedIterator + ?Sized> FusedIterator for &mut I {}

impl<I: Default> Default for Fuse<I> {
    fn default() -> Self {
        Fuse { iter: Some(I::default()) }
    }
}
