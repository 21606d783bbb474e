//! Adapters over iterators of iterables.
//!
//! What it is: `FlatMap` and `Flatten`.
//! What it assumes: nothing.
//! What it guarantees: inner iterators run to their end before the next is made.
//!
//! ```text
//! (0..rows).flat_map(|r| (0..cols).map(move |c| (r, c)))
//! ```

use crate::iter::adapters::Map;
use crate::iter::{FusedIterator, Yields};

/// See [`Iterator::flatten`].
#[must_use]
pub struct Flatten<I: Iterator>
where
    I::Item: IntoIterator,
{
    iter: I,
    front: Option<<I::Item as IntoIterator>::IntoIter>,
    back: Option<<I::Item as IntoIterator>::IntoIter>,
}

impl<I: Iterator> Flatten<I>
where
    I::Item: IntoIterator,
{
    #[inline]
    pub(crate) fn new(iter: I) -> Flatten<I> {
        Flatten { iter, front: None, back: None }
    }
}

impl<I: Iterator + Clone> Clone for Flatten<I>
where
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::IntoIter: Clone,
{
    fn clone(&self) -> Self {
        Flatten { iter: self.iter.clone(), front: self.front.clone(), back: self.back.clone() }
    }
}

impl<I: Iterator> Iterator for Flatten<I>
where
    I::Item: IntoIterator,
{
    type Item = <I::Item as IntoIterator>::Item;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ref mut inner) = self.front {
                match inner.next() {
                    Some(value) => return Some(value),
                    None => self.front = None,
                }
            }
            match self.iter.next() {
                Some(iterable) => self.front = Some(iterable.into_iter()),
                None => break,
            }
        }
        match self.back {
            Some(ref mut inner) => inner.next(),
            None => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let front = match self.front {
            Some(ref inner) => inner.size_hint(),
            None => (0, Some(0)),
        };
        let back = match self.back {
            Some(ref inner) => inner.size_hint(),
            None => (0, Some(0)),
        };
        let lower = front.0.saturating_add(back.0);
        let ends = match (front.1, back.1) {
            (Some(a), Some(b)) => a.checked_add(b),
            _ => None,
        };
        match (<I::Item as IntoIterator>::YIELDS, self.iter.size_hint()) {
            (Yields::Exactly(n), (least, most)) => {
                let most = most.and_then(|most| most.checked_mul(n)).zip(ends);
                (least.saturating_mul(n).saturating_add(lower), most.and_then(|(inner, ends)| inner.checked_add(ends)))
            }
            (Yields::AtMostOne, (_, most)) => (lower, most.zip(ends).and_then(|(inner, ends)| inner.checked_add(ends))),
            (Yields::Any, (0, Some(0))) => (lower, ends),
            (Yields::Any, _) => (lower, None),
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, initial: B, mut f: F) -> B {
        let mut accumulator = initial;
        if let Some(inner) = self.front {
            accumulator = inner.fold(accumulator, &mut f);
        }
        for iterable in self.iter {
            accumulator = iterable.into_iter().fold(accumulator, &mut f);
        }
        if let Some(inner) = self.back {
            accumulator = inner.fold(accumulator, f);
        }
        accumulator
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Flatten<I>
where
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::IntoIter: DoubleEndedIterator,
{
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ref mut inner) = self.back {
                match inner.next_back() {
                    Some(value) => return Some(value),
                    None => self.back = None,
                }
            }
            match self.iter.next_back() {
                Some(iterable) => self.back = Some(iterable.into_iter()),
                None => break,
            }
        }
        match self.front {
            Some(ref mut inner) => inner.next_back(),
            None => None,
        }
    }
}

impl<I: FusedIterator> FusedIterator for Flatten<I> where I::Item: IntoIterator {}

/// See [`Iterator::flat_map`].
#[must_use]
pub struct FlatMap<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> {
    inner: Flatten<Map<I, F>>,
}

impl<I: Iterator + Clone, U: IntoIterator, F: FnMut(I::Item) -> U + Clone> Clone for FlatMap<I, U, F>
where
    U::IntoIter: Clone,
{
    fn clone(&self) -> Self {
        FlatMap { inner: self.inner.clone() }
    }
}

impl<I: FusedIterator, U: IntoIterator, F: FnMut(I::Item) -> U> FusedIterator for FlatMap<I, U, F> {}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> FlatMap<I, U, F> {
    #[inline]
    pub(crate) fn new(iter: I, f: F) -> FlatMap<I, U, F> {
        FlatMap { inner: Flatten::new(Map::new(iter, f)) }
    }
}

impl<I: Iterator, U: IntoIterator, F: FnMut(I::Item) -> U> Iterator for FlatMap<I, U, F> {
    type Item = U::Item;

    #[inline]
    fn next(&mut self) -> Option<U::Item> {
        self.inner.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }

    #[inline]
    fn fold<B, G: FnMut(B, U::Item) -> B>(self, initial: B, g: G) -> B {
        self.inner.fold(initial, g)
    }
}

impl<I: DoubleEndedIterator, U: IntoIterator, F: FnMut(I::Item) -> U> DoubleEndedIterator for FlatMap<I, U, F>
where
    U::IntoIter: DoubleEndedIterator,
{
    #[inline]
    fn next_back(&mut self) -> Option<U::Item> {
        self.inner.next_back()
    }
}
