//! Adapters that count.
//!
//! What it is: `Enumerate`, `Skip`, `Take` and `StepBy`.
//! What it assumes: nothing.
//! What it guarantees: `StepBy` on an integer range is one comparison and one checked addition a value.
//!
//! ```text
//! for i in (tid..n).step_by(threads) { }
//! ```

use crate::cmp::min;
use crate::iter::{FusedIterator, Repeat};

/// See [`Iterator::enumerate`].
#[derive(Clone)]
#[must_use]
pub struct Enumerate<I> {
    iter: I,
    count: usize,
}

impl<I> Enumerate<I> {
    #[inline]
    pub(crate) fn new(iter: I) -> Enumerate<I> {
        Enumerate { iter, count: 0 }
    }
}

impl<I: Iterator> Iterator for Enumerate<I> {
    type Item = (usize, I::Item);

    #[inline]
    fn next(&mut self) -> Option<(usize, I::Item)> {
        match self.iter.next() {
            Some(value) => {
                let i = self.count;
                self.count = i + 1;
                Some((i, value))
            }
            None => None,
        }
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
    fn nth(&mut self, n: usize) -> Option<(usize, I::Item)> {
        let value = self.iter.nth(n)?;
        let i = self.count + n;
        self.count = i + 1;
        Some((i, value))
    }
}

impl<I: ExactSizeIterator + DoubleEndedIterator> DoubleEndedIterator for Enumerate<I> {
    #[inline]
    fn next_back(&mut self) -> Option<(usize, I::Item)> {
        let value = self.iter.next_back()?;
        Some((self.count + self.iter.len(), value))
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Enumerate<I> {}
impl<I: FusedIterator> FusedIterator for Enumerate<I> {}

/// See [`Iterator::skip`].
#[derive(Clone)]
#[must_use]
pub struct Skip<I> {
    iter: I,
    n: usize,
}

impl<I> Skip<I> {
    #[inline]
    pub(crate) fn new(iter: I, n: usize) -> Skip<I> {
        Skip { iter, n }
    }
}

impl<I: Iterator> Iterator for Skip<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.n == 0 {
            return self.iter.next();
        }
        let n = self.n;
        self.n = 0;
        self.iter.nth(n)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        let skipped = self.n;
        self.n = 0;
        if skipped > 0 {
            self.iter.nth(skipped - 1)?;
        }
        self.iter.nth(n)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.iter.size_hint();
        let upper = match upper {
            Some(n) => Some(n.saturating_sub(self.n)),
            None => None,
        };
        (lower.saturating_sub(self.n), upper)
    }

    #[inline]
    fn fold<B, F: FnMut(B, I::Item) -> B>(mut self, initial: B, f: F) -> B {
        if self.n > 0 && self.iter.nth(self.n - 1).is_none() {
            return initial;
        }
        self.iter.fold(initial, f)
    }
}

impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for Skip<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        if self.iter.len() > self.n { self.iter.next_back() } else { None }
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Skip<I> {}
impl<I: FusedIterator> FusedIterator for Skip<I> {}

/// See [`Iterator::take`].
#[derive(Clone)]
#[must_use]
pub struct Take<I> {
    iter: I,
    n: usize,
}

impl<I> Take<I> {
    #[inline]
    pub(crate) fn new(iter: I, n: usize) -> Take<I> {
        Take { iter, n }
    }
}

impl<I: Iterator> Iterator for Take<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.n == 0 {
            return None;
        }
        self.n -= 1;
        self.iter.next()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        if self.n > n {
            self.n -= n + 1;
            return self.iter.nth(n);
        }
        if self.n > 0 {
            let rest = self.n - 1;
            self.n = 0;
            self.iter.nth(rest);
        }
        None
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.iter.size_hint();
        let upper = match upper {
            Some(n) => min(n, self.n),
            None => self.n,
        };
        (min(lower, self.n), Some(upper))
    }
}

impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for Take<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        if self.n == 0 {
            return None;
        }
        let n = self.n;
        self.n -= 1;
        self.iter.nth_back(self.iter.len().saturating_sub(n))
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Take<I> {}
impl<I: FusedIterator> FusedIterator for Take<I> {}

/// See [`Iterator::step_by`].
#[derive(Clone)]
#[must_use]
pub struct StepBy<I> {
    iter: I,
    gap: usize,
    first: bool,
}

impl<I> StepBy<I> {
    #[inline]
    pub(crate) fn new(iter: I, step: usize) -> StepBy<I> {
        assert!(step != 0, "assertion failed: step != 0");
        StepBy { iter, gap: step - 1, first: true }
    }
}

impl<I: Iterator> Iterator for StepBy<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let first = self.first;
        self.first = false;
        self.iter.next_step(first, self.gap)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.iter.size_hint();
        if self.first || self.iter.steps_ahead() {
            let upper = match upper {
                Some(n) => Some(ahead(n, self.gap)),
                None => None,
            };
            (ahead(lower, self.gap), upper)
        } else {
            let upper = match upper {
                Some(n) => Some(behind(n, self.gap)),
                None => None,
            };
            (behind(lower, self.gap), upper)
        }
    }
}

/// How many values `n` source values give when the next one is yielded.
#[inline]
const fn ahead(n: usize, gap: usize) -> usize {
    if n == 0 { 0 } else { 1 + behind(n - 1, gap) }
}

/// How many values `n` source values give when `gap` of them are skipped first.
#[inline]
const fn behind(n: usize, gap: usize) -> usize {
    if gap == usize::MAX { 0 } else { n / (gap + 1) }
}

impl<I: DoubleEndedIterator + ExactSizeIterator> DoubleEndedIterator for StepBy<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        let n = self.iter.len();
        if self.first || self.iter.steps_ahead() {
            // The last value lies at the greatest multiple of the step below `n`.
            if n == 0 { None } else { self.iter.nth_back((n - 1) % (self.gap + 1)) }
        } else if n > self.gap {
            self.iter.nth_back(n % (self.gap + 1))
        } else {
            None
        }
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for StepBy<I> {}

impl<I: Default> Default for Enumerate<I> {
    fn default() -> Self {
        Enumerate { iter: I::default(), count: 0 }
    }
}

impl<T: Clone> DoubleEndedIterator for Take<Repeat<T>> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.next()
    }
}

impl<T: Clone> ExactSizeIterator for Take<Repeat<T>> {}
