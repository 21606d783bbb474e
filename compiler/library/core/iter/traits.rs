//! The iteration traits.
//!
//! What it is: `Iterator`, `DoubleEndedIterator`, `ExactSizeIterator`, `FusedIterator`, `IntoIterator`,
//! `FromIterator` and `Extend`.
//! What it assumes: the compiler lowers `for` to `IntoIterator::into_iter` and a loop over `Iterator::next`.
//! What it guarantees: every provided method is a plain loop over `next` (or `next_back`), so that one inlining of
//! `next` yields a counted loop.
//!
//! ```text
//! let norm = values.iter().map(|v| v * v).sum::<f32>();
//! ```

use crate::cmp::Ordering;
use crate::iter::{
    Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, FlatMap, Flatten, Fuse, Inspect, Map, MapWhile, Peekable,
    Product, Rev, Scan, Skip, SkipWhile, StepBy, Sum, Take, TakeWhile, Zip,
};
use crate::ops::{ControlFlow, Try};

/// A sequence of values produced one at a time.
#[lang = "iterator"]
#[must_use]
pub trait Iterator {
    /// What the iterator yields.
    type Item;

    /// The next value, or `None` at the end.
    #[lang = "next"]
    fn next(&mut self) -> Option<Self::Item>;

    /// A lower and, if known, an upper bound of what is left.
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, None)
    }

    /// The number of values left, of an iterator that yields exactly so many and whose `next` does nothing else than
    /// yield one: who knows it need not ask each `next` whether it was the last.
    #[doc(hidden)]
    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        None
    }

    /// The number of values left.
    #[inline]
    fn count(self) -> usize
    where
        Self: Sized,
    {
        let mut n = 0;
        for _ in self {
            n += 1;
        }
        n
    }

    /// The last value.
    #[inline]
    fn last(self) -> Option<Self::Item>
    where
        Self: Sized,
    {
        let mut last = None;
        for value in self {
            last = Some(value);
        }
        last
    }

    /// Discards `n` values; the error is how many were missing.
    #[inline]
    fn advance_by(&mut self, n: usize) -> Result<(), usize> {
        let mut i = 0;
        while i < n {
            if self.next().is_none() {
                return Err(n - i);
            }
            i += 1;
        }
        Ok(())
    }

    /// The value after discarding `n`.
    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let mut i = 0;
        while i < n {
            self.next()?;
            i += 1;
        }
        self.next()
    }

    /// How `StepBy` draws its next value. `first` tells whether it is the first; `gap` is the step less one.
    /// Ranges override it with one addition.
    #[doc(hidden)]
    #[inline]
    fn next_step(&mut self, first: bool, gap: usize) -> Option<Self::Item> {
        if first { self.next() } else { self.nth(gap) }
    }

    /// Whether `next_step` leaves the iterator at the next value to yield rather than after the last one yielded.
    #[doc(hidden)]
    #[inline]
    fn steps_ahead(&self) -> bool {
        false
    }

    /// Every `step`-th value, from the first.
    #[inline]
    fn step_by(self, step: usize) -> StepBy<Self>
    where
        Self: Sized,
    {
        StepBy::new(self, step)
    }

    /// The values of both iterators, one after the other.
    #[inline]
    fn chain<U: IntoIterator<Item = Self::Item>>(self, other: U) -> Chain<Self, U::IntoIter>
    where
        Self: Sized,
    {
        Chain::new(self, other.into_iter())
    }

    /// Pairs of values of both iterators.
    #[inline]
    fn zip<U: IntoIterator>(self, other: U) -> Zip<Self, U::IntoIter>
    where
        Self: Sized,
    {
        Zip::new(self, other.into_iter())
    }

    /// The function of every value.
    #[inline]
    fn map<B, F: FnMut(Self::Item) -> B>(self, f: F) -> Map<Self, F>
    where
        Self: Sized,
    {
        Map::new(self, f)
    }

    /// Calls the function with every value.
    #[inline]
    fn for_each<F: FnMut(Self::Item)>(self, mut f: F)
    where
        Self: Sized,
    {
        for value in self {
            f(value)
        }
    }

    /// The values for which the predicate holds.
    #[inline]
    fn filter<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> Filter<Self, P>
    where
        Self: Sized,
    {
        Filter::new(self, predicate)
    }

    /// The values the function yields.
    #[inline]
    fn filter_map<B, F: FnMut(Self::Item) -> Option<B>>(self, f: F) -> FilterMap<Self, F>
    where
        Self: Sized,
    {
        FilterMap::new(self, f)
    }

    /// Values with their positions.
    #[inline]
    fn enumerate(self) -> Enumerate<Self>
    where
        Self: Sized,
    {
        Enumerate::new(self)
    }

    /// An iterator that can look one value ahead.
    #[inline]
    fn peekable(self) -> Peekable<Self>
    where
        Self: Sized,
    {
        Peekable::new(self)
    }

    /// The values from the first for which the predicate fails.
    #[inline]
    fn skip_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> SkipWhile<Self, P>
    where
        Self: Sized,
    {
        SkipWhile::new(self, predicate)
    }

    /// The values before the first for which the predicate fails.
    #[inline]
    fn take_while<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> TakeWhile<Self, P>
    where
        Self: Sized,
    {
        TakeWhile::new(self, predicate)
    }

    /// The function's values until it yields none.
    #[inline]
    fn map_while<B, P: FnMut(Self::Item) -> Option<B>>(self, predicate: P) -> MapWhile<Self, P>
    where
        Self: Sized,
    {
        MapWhile::new(self, predicate)
    }

    /// The values after the first `n`.
    #[inline]
    fn skip(self, n: usize) -> Skip<Self>
    where
        Self: Sized,
    {
        Skip::new(self, n)
    }

    /// The first `n` values.
    #[inline]
    fn take(self, n: usize) -> Take<Self>
    where
        Self: Sized,
    {
        Take::new(self, n)
    }

    /// The function's values, which also updates a state.
    #[inline]
    fn scan<St, B, F: FnMut(&mut St, Self::Item) -> Option<B>>(self, initial: St, f: F) -> Scan<Self, St, F>
    where
        Self: Sized,
    {
        Scan::new(self, initial, f)
    }

    /// The values of the iterators the function makes.
    #[inline]
    fn flat_map<U: IntoIterator, F: FnMut(Self::Item) -> U>(self, f: F) -> FlatMap<Self, U, F>
    where
        Self: Sized,
    {
        FlatMap::new(self, f)
    }

    /// The values of the values, which are iterable.
    #[inline]
    fn flatten(self) -> Flatten<Self>
    where
        Self: Sized,
        Self::Item: IntoIterator,
    {
        Flatten::new(self)
    }

    /// An iterator that stays at its end.
    #[inline]
    fn fuse(self) -> Fuse<Self>
    where
        Self: Sized,
    {
        Fuse::new(self)
    }

    /// Looks at every value on its way.
    #[inline]
    fn inspect<F: FnMut(&Self::Item)>(self, f: F) -> Inspect<Self, F>
    where
        Self: Sized,
    {
        Inspect::new(self, f)
    }

    /// The iterator by reference, so that an adapter does not consume it.
    #[inline]
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }

    /// Gathers the values.
    #[inline]
    #[must_use]
    fn collect<B: FromIterator<Self::Item>>(self) -> B
    where
        Self: Sized,
    {
        FromIterator::from_iter(self)
    }

    /// Gathers the values into two collections by a predicate.
    fn partition<B: Default + Extend<Self::Item>, F: FnMut(&Self::Item) -> bool>(self, mut f: F) -> (B, B)
    where
        Self: Sized,
    {
        let mut yes: B = Default::default();
        let mut no: B = Default::default();
        for value in self {
            if f(&value) { yes.extend(Some(value)) } else { no.extend(Some(value)) }
        }
        (yes, no)
    }

    /// Folds until the function stops.
    #[inline]
    fn try_fold<B, F: FnMut(B, Self::Item) -> R, R: Try<Output = B>>(&mut self, initial: B, mut f: F) -> R
    where
        Self: Sized,
    {
        let mut accumulator = initial;
        while let Some(value) = self.next() {
            match f(accumulator, value).branch() {
                ControlFlow::Continue(next) => accumulator = next,
                ControlFlow::Break(residual) => return R::from_residual(residual),
            }
        }
        R::from_output(accumulator)
    }

    /// Calls the function with every value until it stops.
    #[inline]
    fn try_for_each<F: FnMut(Self::Item) -> R, R: Try<Output = ()>>(&mut self, mut f: F) -> R
    where
        Self: Sized,
    {
        while let Some(value) = self.next() {
            match f(value).branch() {
                ControlFlow::Continue(()) => {}
                ControlFlow::Break(residual) => return R::from_residual(residual),
            }
        }
        R::from_output(())
    }

    /// Combines all values, starting from `initial`.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, initial: B, mut f: F) -> B
    where
        Self: Sized,
    {
        let mut accumulator = initial;
        for value in self {
            accumulator = f(accumulator, value);
        }
        accumulator
    }

    /// Combines all values, starting from the first.
    #[inline]
    fn reduce<F: FnMut(Self::Item, Self::Item) -> Self::Item>(mut self, f: F) -> Option<Self::Item>
    where
        Self: Sized,
    {
        let first = self.next()?;
        Some(self.fold(first, f))
    }

    /// Whether the predicate holds for every value.
    #[inline]
    fn all<F: FnMut(Self::Item) -> bool>(&mut self, mut f: F) -> bool
    where
        Self: Sized,
    {
        while let Some(value) = self.next() {
            if !f(value) {
                return false;
            }
        }
        true
    }

    /// Whether the predicate holds for some value.
    #[inline]
    fn any<F: FnMut(Self::Item) -> bool>(&mut self, mut f: F) -> bool
    where
        Self: Sized,
    {
        while let Some(value) = self.next() {
            if f(value) {
                return true;
            }
        }
        false
    }

    /// The first value for which the predicate holds.
    #[inline]
    fn find<P: FnMut(&Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<Self::Item>
    where
        Self: Sized,
    {
        while let Some(value) = self.next() {
            if predicate(&value) {
                return Some(value);
            }
        }
        None
    }

    /// The first result the function yields.
    #[inline]
    fn find_map<B, F: FnMut(Self::Item) -> Option<B>>(&mut self, mut f: F) -> Option<B>
    where
        Self: Sized,
    {
        while let Some(value) = self.next() {
            if let Some(result) = f(value) {
                return Some(result);
            }
        }
        None
    }

    /// The position of the first value for which the predicate holds.
    #[inline]
    fn position<P: FnMut(Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<usize>
    where
        Self: Sized,
    {
        let mut i = 0;
        while let Some(value) = self.next() {
            if predicate(value) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    /// The position of the last value for which the predicate holds.
    #[inline]
    fn rposition<P: FnMut(Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<usize>
    where
        Self: Sized + ExactSizeIterator + DoubleEndedIterator,
    {
        let mut i = self.len();
        while let Some(value) = self.next_back() {
            i -= 1;
            if predicate(value) {
                return Some(i);
            }
        }
        None
    }

    /// The greatest value; the last of equals.
    #[inline]
    fn max(self) -> Option<Self::Item>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        self.reduce(|a, b| if b < a { a } else { b })
    }

    /// The smallest value; the first of equals.
    #[inline]
    fn min(self) -> Option<Self::Item>
    where
        Self: Sized,
        Self::Item: Ord,
    {
        self.reduce(|a, b| if b < a { b } else { a })
    }

    /// The value with the greatest key; the last of equals.
    #[inline]
    fn max_by_key<B: Ord, F: FnMut(&Self::Item) -> B>(mut self, mut f: F) -> Option<Self::Item>
    where
        Self: Sized,
    {
        let mut best = self.next()?;
        let mut best_key = f(&best);
        for value in self {
            let key = f(&value);
            if !(key < best_key) {
                best = value;
                best_key = key;
            }
        }
        Some(best)
    }

    /// The greatest value by a comparison; the last of equals.
    #[inline]
    fn max_by<F: FnMut(&Self::Item, &Self::Item) -> Ordering>(self, mut compare: F) -> Option<Self::Item>
    where
        Self: Sized,
    {
        self.reduce(|a, b| if compare(&a, &b).is_gt() { a } else { b })
    }

    /// The value with the smallest key; the first of equals.
    #[inline]
    fn min_by_key<B: Ord, F: FnMut(&Self::Item) -> B>(mut self, mut f: F) -> Option<Self::Item>
    where
        Self: Sized,
    {
        let mut best = self.next()?;
        let mut best_key = f(&best);
        for value in self {
            let key = f(&value);
            if key < best_key {
                best = value;
                best_key = key;
            }
        }
        Some(best)
    }

    /// The smallest value by a comparison; the first of equals.
    #[inline]
    fn min_by<F: FnMut(&Self::Item, &Self::Item) -> Ordering>(self, mut compare: F) -> Option<Self::Item>
    where
        Self: Sized,
    {
        self.reduce(|a, b| if compare(&a, &b).is_gt() { b } else { a })
    }

    /// The values from the end.
    #[inline]
    fn rev(self) -> Rev<Self>
    where
        Self: Sized + DoubleEndedIterator,
    {
        Rev::new(self)
    }

    /// Two collections from an iterator of pairs.
    fn unzip<A, B, FromA: Default + Extend<A>, FromB: Default + Extend<B>>(self) -> (FromA, FromB)
    where
        Self: Sized + Iterator<Item = (A, B)>,
    {
        let mut left: FromA = Default::default();
        let mut right: FromB = Default::default();
        for (a, b) in self {
            left.extend(Some(a));
            right.extend(Some(b));
        }
        (left, right)
    }

    /// The referenced values, copied.
    #[inline]
    fn copied<'a, T: 'a + Copy>(self) -> Copied<Self>
    where
        Self: Sized + Iterator<Item = &'a T>,
    {
        Copied::new(self)
    }

    /// The referenced values, cloned.
    #[inline]
    fn cloned<'a, T: 'a + Clone>(self) -> Cloned<Self>
    where
        Self: Sized + Iterator<Item = &'a T>,
    {
        Cloned::new(self)
    }

    /// The values over and over.
    #[inline]
    fn cycle(self) -> Cycle<Self>
    where
        Self: Sized + Clone,
    {
        Cycle::new(self)
    }

    /// The sum.
    #[inline]
    fn sum<S: Sum<Self::Item>>(self) -> S
    where
        Self: Sized,
    {
        Sum::sum(self)
    }

    /// The product.
    #[inline]
    fn product<P: Product<Self::Item>>(self) -> P
    where
        Self: Sized,
    {
        Product::product(self)
    }

    /// The lexicographic order of two sequences.
    fn cmp<I: IntoIterator<Item = Self::Item>>(mut self, other: I) -> Ordering
    where
        Self::Item: Ord,
        Self: Sized,
    {
        let mut other = other.into_iter();
        loop {
            match (self.next(), other.next()) {
                (None, None) => return Ordering::Equal,
                (None, Some(_)) => return Ordering::Less,
                (Some(_), None) => return Ordering::Greater,
                (Some(a), Some(b)) => match a.cmp(&b) {
                    Ordering::Equal => {}
                    decided => return decided,
                },
            }
        }
    }

    /// The lexicographic order of two sequences, if their values have one.
    fn partial_cmp<I: IntoIterator>(mut self, other: I) -> Option<Ordering>
    where
        Self::Item: PartialOrd<I::Item>,
        Self: Sized,
    {
        let mut other = other.into_iter();
        loop {
            match (self.next(), other.next()) {
                (None, None) => return Some(Ordering::Equal),
                (None, Some(_)) => return Some(Ordering::Less),
                (Some(_), None) => return Some(Ordering::Greater),
                (Some(a), Some(b)) => match a.partial_cmp(&b) {
                    Some(Ordering::Equal) => {}
                    decided => return decided,
                },
            }
        }
    }

    /// Whether two sequences are equal.
    fn eq<I: IntoIterator>(mut self, other: I) -> bool
    where
        Self::Item: PartialEq<I::Item>,
        Self: Sized,
    {
        let mut other = other.into_iter();
        loop {
            match (self.next(), other.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if a == b => {}
                _ => return false,
            }
        }
    }

    /// Whether two sequences differ.
    fn ne<I: IntoIterator>(self, other: I) -> bool
    where
        Self::Item: PartialEq<I::Item>,
        Self: Sized,
    {
        !Iterator::eq(self, other)
    }

    /// Whether this sequence comes before the other.
    fn lt<I: IntoIterator>(self, other: I) -> bool
    where
        Self::Item: PartialOrd<I::Item>,
        Self: Sized,
    {
        Iterator::partial_cmp(self, other) == Some(Ordering::Less)
    }

    /// Whether this sequence comes before the other or equals it.
    fn le<I: IntoIterator>(self, other: I) -> bool
    where
        Self::Item: PartialOrd<I::Item>,
        Self: Sized,
    {
        matches!(Iterator::partial_cmp(self, other), Some(Ordering::Less | Ordering::Equal))
    }

    /// Whether this sequence comes after the other.
    fn gt<I: IntoIterator>(self, other: I) -> bool
    where
        Self::Item: PartialOrd<I::Item>,
        Self: Sized,
    {
        Iterator::partial_cmp(self, other) == Some(Ordering::Greater)
    }

    /// Whether this sequence comes after the other or equals it.
    fn ge<I: IntoIterator>(self, other: I) -> bool
    where
        Self::Item: PartialOrd<I::Item>,
        Self: Sized,
    {
        matches!(Iterator::partial_cmp(self, other), Some(Ordering::Greater | Ordering::Equal))
    }

    /// Whether the predicate holds for every two neighbours.
    fn is_sorted_by<F: FnMut(&Self::Item, &Self::Item) -> bool>(mut self, mut compare: F) -> bool
    where
        Self: Sized,
    {
        let mut last = match self.next() {
            Some(value) => value,
            None => return true,
        };
        for value in self {
            if !compare(&last, &value) {
                return false;
            }
            last = value;
        }
        true
    }

    /// Whether the keys ascend.
    fn is_sorted_by_key<F: FnMut(Self::Item) -> K, K: PartialOrd>(self, f: F) -> bool
    where
        Self: Sized,
    {
        self.map(f).is_sorted()
    }

    /// Whether the values ascend.
    fn is_sorted(mut self) -> bool
    where
        Self: Sized,
        Self::Item: PartialOrd,
    {
        let mut last = match self.next() {
            Some(value) => value,
            None => return true,
        };
        for value in self {
            if !(last <= value) {
                return false;
            }
            last = value;
        }
        true
    }
}

/// Iterators that also yield from their end.
pub trait DoubleEndedIterator: Iterator {
    /// The next value from the end.
    fn next_back(&mut self) -> Option<Self::Item>;

    /// The value from the end after discarding `n`.
    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let mut i = 0;
        while i < n {
            self.next_back()?;
            i += 1;
        }
        self.next_back()
    }

    /// Folds from the end until the function stops.
    #[inline]
    fn try_rfold<B, F: FnMut(B, Self::Item) -> R, R: Try<Output = B>>(&mut self, initial: B, mut f: F) -> R
    where
        Self: Sized,
    {
        let mut accumulator = initial;
        while let Some(value) = self.next_back() {
            match f(accumulator, value).branch() {
                ControlFlow::Continue(next) => accumulator = next,
                ControlFlow::Break(residual) => return R::from_residual(residual),
            }
        }
        R::from_output(accumulator)
    }

    /// Combines all values from the end.
    #[inline]
    fn rfold<B, F: FnMut(B, Self::Item) -> B>(mut self, initial: B, mut f: F) -> B
    where
        Self: Sized,
    {
        let mut accumulator = initial;
        while let Some(value) = self.next_back() {
            accumulator = f(accumulator, value);
        }
        accumulator
    }

    /// The last value for which the predicate holds.
    #[inline]
    fn rfind<P: FnMut(&Self::Item) -> bool>(&mut self, mut predicate: P) -> Option<Self::Item>
    where
        Self: Sized,
    {
        while let Some(value) = self.next_back() {
            if predicate(&value) {
                return Some(value);
            }
        }
        None
    }
}

/// Iterators that know how many values are left.
pub trait ExactSizeIterator: Iterator {
    /// The number of values left.
    #[inline]
    fn len(&self) -> usize {
        self.size_hint().0
    }
}

/// Iterators that stay at their end.
pub trait FusedIterator: Iterator {}

/// Types that can be iterated.
pub trait IntoIterator {
    /// What the iterator yields.
    type Item;

    /// The iterator.
    type IntoIter: Iterator<Item = Self::Item>;

    /// Makes the iterator.
    #[lang = "into_iter"]
    fn into_iter(self) -> Self::IntoIter;

    /// How many items every value of the type yields, as far as the type says; for [`Flatten`]'s size hints.
    #[doc(hidden)]
    const YIELDS: Yields = Yields::Any;
}

/// See [`IntoIterator::YIELDS`].
#[doc(hidden)]
pub enum Yields {
    /// The type does not say.
    Any,
    /// None or one.
    AtMostOne,
    /// So many.
    Exactly(usize),
}

/// Types that can be gathered from an iterator.
pub trait FromIterator<A>: Sized {
    /// Gathers the values.
    fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self;
}

/// Collections that take more values.
pub trait Extend<A> {
    /// Takes the values.
    fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T);
}

impl FromIterator<()> for () {
    fn from_iter<I: IntoIterator<Item = ()>>(iter: I) -> () {
        for () in iter {}
    }
}

impl Extend<()> for () {
    fn extend<T: IntoIterator<Item = ()>>(&mut self, iter: T) {
        for () in iter {}
    }
}

impl<I: Iterator> IntoIterator for I {
    type Item = I::Item;
    type IntoIter = I;
    #[inline(always)]
    fn into_iter(self) -> I {
        self
    }
}
