//! Adapters that combine or reorder iterators.
//!
//! What it is: `Zip`, `Chain`, `Rev` and `Cycle`.
//! What it assumes: nothing.
//! What it guarantees: `Zip` stops with the shorter side, drawing from the left first.
//!
//! ```text
//! for (i, x) in (0..n).zip(values) { }
//! ```

use crate::cmp::min;
use crate::iter::FusedIterator;

/// Pairs of values of two iterables.
pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> Zip<A::IntoIter, B::IntoIter> {
    Zip::new(a.into_iter(), b.into_iter())
}

/// See [`Iterator::zip`].
#[derive(Clone)]
#[must_use]
pub struct Zip<A, B> {
    a: A,
    b: B,
    left: Option<usize>, // pairs, where both sides know
}

impl<A: Iterator, B: Iterator> Zip<A, B> {
    #[inline]
    pub(crate) fn new(a: A, b: B) -> Zip<A, B> {
        let left = match (a.__left(), b.__left()) {
            (Some(a), Some(b)) => Some(min(a, b)),
            _ => None,
        };
        Zip { a, b, left }
    }
}

impl<A: Iterator, B: Iterator> Iterator for Zip<A, B> {
    type Item = (A::Item, B::Item);

    #[inline]
    fn next(&mut self) -> Option<(A::Item, B::Item)> {
        if let Some(left) = self.left {
            if left == 0 {
                return None;
            }
            self.left = Some(left - 1);
            return Some(unsafe { (self.a.next().unwrap_unchecked(), self.b.next().unwrap_unchecked()) });
        }
        match self.a.next() {
            Some(left) => match self.b.next() {
                Some(right) => Some((left, right)),
                None => None,
            },
            None => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (a_lower, a_upper) = self.a.size_hint();
        let (b_lower, b_upper) = self.b.size_hint();
        let upper = match (a_upper, b_upper) {
            (Some(a), Some(b)) => Some(min(a, b)),
            (Some(a), None) => Some(a),
            (None, b) => b,
        };
        (min(a_lower, b_lower), upper)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<(A::Item, B::Item)> {
        if let Some(left) = self.left {
            if n >= left {
                self.left = Some(0);
                return None;
            }
            self.left = Some(left - n - 1);
            return Some(unsafe { (self.a.nth(n).unwrap_unchecked(), self.b.nth(n).unwrap_unchecked()) });
        }
        let mut skipped = 0;
        while skipped < n {
            self.next()?;
            skipped += 1;
        }
        self.next()
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        self.left
    }
}

impl<A, B> DoubleEndedIterator for Zip<A, B>
where
    A: DoubleEndedIterator + ExactSizeIterator,
    B: DoubleEndedIterator + ExactSizeIterator,
{
    #[inline]
    fn next_back(&mut self) -> Option<(A::Item, B::Item)> {
        let (a, b) = (self.a.len(), self.b.len());
        let mut surplus = a.saturating_sub(b);
        while surplus > 0 {
            self.a.next_back();
            surplus -= 1;
        }
        surplus = b.saturating_sub(a);
        while surplus > 0 {
            self.b.next_back();
            surplus -= 1;
        }
        match (self.a.next_back(), self.b.next_back()) {
            (Some(left), Some(right)) => {
                self.left = match self.left {
                    Some(pairs) => Some(pairs - 1),
                    None => None,
                };
                Some((left, right))
            }
            _ => None,
        }
    }
}

impl<A: ExactSizeIterator, B: ExactSizeIterator> ExactSizeIterator for Zip<A, B> {}
impl<A: FusedIterator, B: FusedIterator> FusedIterator for Zip<A, B> {}

/// See [`Iterator::chain`].
#[derive(Clone)]
#[must_use]
pub struct Chain<A, B> {
    a: Option<A>,
    b: Option<B>,
}

impl<A, B> Chain<A, B> {
    #[inline]
    pub(crate) fn new(a: A, b: B) -> Chain<A, B> {
        Chain { a: Some(a), b: Some(b) }
    }
}

impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Chain<A, B> {
    type Item = A::Item;

    #[inline]
    fn next(&mut self) -> Option<A::Item> {
        if let Some(ref mut a) = self.a {
            match a.next() {
                Some(value) => return Some(value),
                None => self.a = None,
            }
        }
        match self.b {
            Some(ref mut b) => b.next(),
            None => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (a_lower, a_upper) = match self.a {
            Some(ref a) => a.size_hint(),
            None => (0, Some(0)),
        };
        let (b_lower, b_upper) = match self.b {
            Some(ref b) => b.size_hint(),
            None => (0, Some(0)),
        };
        let upper = match (a_upper, b_upper) {
            (Some(a), Some(b)) => a.checked_add(b),
            _ => None,
        };
        (a_lower.saturating_add(b_lower), upper)
    }

    #[inline]
    fn fold<Acc, F: FnMut(Acc, A::Item) -> Acc>(self, initial: Acc, mut f: F) -> Acc {
        let mut accumulator = initial;
        if let Some(a) = self.a {
            accumulator = a.fold(accumulator, &mut f);
        }
        if let Some(b) = self.b {
            accumulator = b.fold(accumulator, f);
        }
        accumulator
    }
}

impl<A: DoubleEndedIterator, B: DoubleEndedIterator<Item = A::Item>> DoubleEndedIterator for Chain<A, B> {
    #[inline]
    fn next_back(&mut self) -> Option<A::Item> {
        if let Some(ref mut b) = self.b {
            match b.next_back() {
                Some(value) => return Some(value),
                None => self.b = None,
            }
        }
        match self.a {
            Some(ref mut a) => a.next_back(),
            None => None,
        }
    }
}

impl<A: FusedIterator, B: FusedIterator<Item = A::Item>> FusedIterator for Chain<A, B> {}

/// See [`Iterator::rev`].
#[derive(Clone)]
#[must_use]
pub struct Rev<I> {
    iter: I,
}

impl<I> Rev<I> {
    #[inline]
    pub(crate) fn new(iter: I) -> Rev<I> {
        Rev { iter }
    }
}

impl<I: DoubleEndedIterator> Iterator for Rev<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.iter.next_back()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        self.iter.__left()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        self.iter.nth_back(n)
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Rev<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        self.iter.next()
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<I::Item> {
        self.iter.nth(n)
    }
}

impl<I: ExactSizeIterator + DoubleEndedIterator> ExactSizeIterator for Rev<I> {}
impl<I: FusedIterator + DoubleEndedIterator> FusedIterator for Rev<I> {}

/// See [`Iterator::cycle`].
#[derive(Clone)]
#[must_use]
pub struct Cycle<I> {
    original: I,
    iter: I,
}

impl<I: Clone> Cycle<I> {
    #[inline]
    pub(crate) fn new(iter: I) -> Cycle<I> {
        Cycle { original: iter.clone(), iter }
    }
}

impl<I: Clone + Iterator> Iterator for Cycle<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        match self.iter.next() {
            None => {
                self.iter = self.original.clone();
                self.iter.next()
            }
            value => value,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.original.size_hint() {
            (0, Some(0)) => (0, Some(0)),
            (0, _) => (0, None),
            _ => (usize::MAX, None),
        }
    }
}

impl<I: Clone + Iterator> FusedIterator for Cycle<I> {}

impl<I: Default> Default for Rev<I> {
    fn default() -> Self {
        Rev { iter: I::default() }
    }
}

impl<A: Default, B: Default> Default for Chain<A, B> {
    fn default() -> Self {
        Chain { a: Some(A::default()), b: Some(B::default()) }
    }
}
