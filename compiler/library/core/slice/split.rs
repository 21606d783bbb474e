//! Splitting slices at elements for which a predicate holds, and into runs.
//!
//! What it is: `split`, `splitn`, `split_inclusive`, `chunk_by`, their mutable and reversed forms, and removal from an end
//! of a slice that is itself a variable.
//! What it assumes: nothing.
//! What it guarantees: a separator belongs to no piece, except in the inclusive forms.
//!
//! ```text
//! for field in line.split(|byte| *byte == b',') { }
//! ```

use crate::iter::FusedIterator;
use crate::mem::take;
use crate::ops::RangeBounds;
use crate::ops::Bound;

impl<T> [T] {
    /// Iterates over the runs between elements for which the predicate holds.
    #[inline]
    pub fn split<F: FnMut(&T) -> bool>(&self, predicate: F) -> Split<'_, T, F> {
        Split { rest: Some(self), predicate }
    }

    /// Iterates over the mutable runs between elements for which the predicate holds.
    #[inline]
    pub fn split_mut<F: FnMut(&T) -> bool>(&mut self, predicate: F) -> SplitMut<'_, T, F> {
        SplitMut { rest: Some(self), predicate }
    }

    /// Iterates over the runs between elements for which the predicate holds, from the end.
    #[inline]
    pub fn rsplit<F: FnMut(&T) -> bool>(&self, predicate: F) -> RSplit<'_, T, F> {
        RSplit { inner: self.split(predicate) }
    }

    /// Iterates over the mutable runs between elements for which the predicate holds, from the end.
    #[inline]
    pub fn rsplit_mut<F: FnMut(&T) -> bool>(&mut self, predicate: F) -> RSplitMut<'_, T, F> {
        RSplitMut { inner: self.split_mut(predicate) }
    }

    /// `split`, with at most `n` runs; the last holds the rest.
    #[inline]
    pub fn splitn<F: FnMut(&T) -> bool>(&self, n: usize, predicate: F) -> SplitN<'_, T, F> {
        SplitN { inner: self.split(predicate), left: n }
    }

    /// `split_mut`, with at most `n` runs; the last holds the rest.
    #[inline]
    pub fn splitn_mut<F: FnMut(&T) -> bool>(&mut self, n: usize, predicate: F) -> SplitNMut<'_, T, F> {
        SplitNMut { inner: self.split_mut(predicate), left: n }
    }

    /// `rsplit`, with at most `n` runs; the last holds the rest.
    #[inline]
    pub fn rsplitn<F: FnMut(&T) -> bool>(&self, n: usize, predicate: F) -> RSplitN<'_, T, F> {
        RSplitN { inner: self.split(predicate), left: n }
    }

    /// `rsplit_mut`, with at most `n` runs; the last holds the rest.
    #[inline]
    pub fn rsplitn_mut<F: FnMut(&T) -> bool>(&mut self, n: usize, predicate: F) -> RSplitNMut<'_, T, F> {
        RSplitNMut { inner: self.split_mut(predicate), left: n }
    }

    /// Iterates over the runs that end with an element for which the predicate holds.
    #[inline]
    pub fn split_inclusive<F: FnMut(&T) -> bool>(&self, predicate: F) -> SplitInclusive<'_, T, F> {
        SplitInclusive { rest: self, predicate }
    }

    /// Iterates over the mutable runs that end with an element for which the predicate holds.
    #[inline]
    pub fn split_inclusive_mut<F: FnMut(&T) -> bool>(&mut self, predicate: F) -> SplitInclusiveMut<'_, T, F> {
        SplitInclusiveMut { rest: self, predicate }
    }

    /// Iterates over the longest runs in which the predicate holds for every two neighbours.
    #[inline]
    pub fn chunk_by<F: FnMut(&T, &T) -> bool>(&self, predicate: F) -> ChunkBy<'_, T, F> {
        ChunkBy { rest: self, predicate }
    }

    /// Iterates over the longest mutable runs in which the predicate holds for every two neighbours.
    #[inline]
    pub fn chunk_by_mut<F: FnMut(&T, &T) -> bool>(&mut self, predicate: F) -> ChunkByMut<'_, T, F> {
        ChunkByMut { rest: self, predicate }
    }

    /// Takes the elements of a range that begins at the start or reaches the end off the slice, if it lies inside.
    #[inline]
    #[must_use]
    pub fn split_off<'a, R: RangeBounds<usize>>(self: &mut &'a Self, range: R) -> Option<&'a Self> {
        let (front, mid) = one_sided(&range)?;
        let whole: &'a [T] = *self;
        let (left, right) = whole.split_at_checked(mid)?;
        if front {
            *self = right;
            Some(left)
        } else {
            *self = left;
            Some(right)
        }
    }

    /// Takes the mutable elements of a range that begins at the start or reaches the end off the slice.
    #[inline]
    #[must_use]
    pub fn split_off_mut<'a, R: RangeBounds<usize>>(self: &mut &'a mut Self, range: R) -> Option<&'a mut Self> {
        let (front, mid) = one_sided(&range)?;
        if mid > self.len() {
            return None;
        }
        let (left, right) = take(self).split_at_mut(mid);
        if front {
            *self = right;
            Some(left)
        } else {
            *self = left;
            Some(right)
        }
    }

    /// Takes the first element off the slice.
    #[inline]
    pub fn split_off_first<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (first, rest) = self.split_first()?;
        *self = rest;
        Some(first)
    }

    /// Takes the first element off the slice, mutably.
    #[inline]
    pub fn split_off_first_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (first, rest) = take(self).split_first_mut()?;
        *self = rest;
        Some(first)
    }

    /// Takes the last element off the slice.
    #[inline]
    pub fn split_off_last<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (last, rest) = self.split_last()?;
        *self = rest;
        Some(last)
    }

    /// Takes the last element off the slice, mutably.
    #[inline]
    pub fn split_off_last_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (last, rest) = take(self).split_last_mut()?;
        *self = rest;
        Some(last)
    }
}

/// Whether a range begins at the start, and where it ends, or else where it begins.
#[inline]
fn one_sided<R: RangeBounds<usize>>(range: &R) -> Option<(bool, usize)> {
    match (range.start_bound(), range.end_bound()) {
        (Bound::Unbounded, Bound::Excluded(end)) => Some((true, *end)),
        (Bound::Unbounded, Bound::Included(end)) => Some((true, end.checked_add(1)?)),
        (Bound::Included(start), Bound::Unbounded) => Some((false, *start)),
        _ => panic!("only one-sided ranges can be split off"),
    }
}

/// The place of the first element for which the predicate holds.
#[inline]
fn first_place<T, F: FnMut(&T) -> bool>(values: &[T], predicate: &mut F) -> Option<usize> {
    let mut i = 0;
    while i < values.len() {
        if predicate(&values[i]) {
            return Some(i);
        }
        i += 1;
    }
    None
}

/// The place of the last element for which the predicate holds.
#[inline]
fn last_place<T, F: FnMut(&T) -> bool>(values: &[T], predicate: &mut F) -> Option<usize> {
    let mut i = values.len();
    while i > 0 {
        i -= 1;
        if predicate(&values[i]) {
            return Some(i);
        }
    }
    None
}

/// Iterates over the runs between separators.
#[must_use]
pub struct Split<'a, T: 'a, F: FnMut(&T) -> bool> {
    rest: Option<&'a [T]>,
    predicate: F,
}

impl<'a, T, F: FnMut(&T) -> bool> Iterator for Split<'a, T, F> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        let rest = self.rest?;
        match first_place(rest, &mut self.predicate) {
            Some(i) => {
                self.rest = Some(&rest[i + 1..]);
                Some(&rest[..i])
            }
            None => self.rest.take(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.rest {
            Some(rest) => (1, Some(rest.len() + 1)),
            None => (0, Some(0)),
        }
    }
}

impl<'a, T, F: FnMut(&T) -> bool> DoubleEndedIterator for Split<'a, T, F> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        let rest = self.rest?;
        match last_place(rest, &mut self.predicate) {
            Some(i) => {
                self.rest = Some(&rest[..i]);
                Some(&rest[i + 1..])
            }
            None => self.rest.take(),
        }
    }
}

impl<T, F: FnMut(&T) -> bool> FusedIterator for Split<'_, T, F> {}

impl<T, F: FnMut(&T) -> bool + Clone> Clone for Split<'_, T, F> {
    #[inline]
    fn clone(&self) -> Self {
        Split { rest: self.rest, predicate: self.predicate.clone() }
    }
}

/// Iterates over the mutable runs between separators.
#[must_use]
pub struct SplitMut<'a, T: 'a, F: FnMut(&T) -> bool> {
    rest: Option<&'a mut [T]>,
    predicate: F,
}

impl<'a, T, F: FnMut(&T) -> bool> Iterator for SplitMut<'a, T, F> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        let rest = self.rest.take()?;
        match first_place(rest, &mut self.predicate) {
            Some(i) => {
                let (run, tail) = rest.split_at_mut(i);
                self.rest = Some(&mut tail[1..]);
                Some(run)
            }
            None => Some(rest),
        }
    }
}

impl<'a, T, F: FnMut(&T) -> bool> DoubleEndedIterator for SplitMut<'a, T, F> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let rest = self.rest.take()?;
        match last_place(rest, &mut self.predicate) {
            Some(i) => {
                let (head, run) = rest.split_at_mut(i);
                self.rest = Some(head);
                Some(&mut run[1..])
            }
            None => Some(rest),
        }
    }
}

impl<T, F: FnMut(&T) -> bool> FusedIterator for SplitMut<'_, T, F> {}

/// Iterates over the runs between separators, from the end.
#[must_use]
pub struct RSplit<'a, T: 'a, F: FnMut(&T) -> bool> {
    inner: Split<'a, T, F>,
}

/// Iterates over the mutable runs between separators, from the end.
#[must_use]
pub struct RSplitMut<'a, T: 'a, F: FnMut(&T) -> bool> {
    inner: SplitMut<'a, T, F>,
}

macro_rules! reversed_split {
    ($($name:ident $item:ty;)*) => {$(
        impl<'a, T, F: FnMut(&T) -> bool> Iterator for $name<'a, T, F> {
            type Item = $item;
            #[inline]
            fn next(&mut self) -> Option<$item> {
                self.inner.next_back()
            }
        }
        impl<'a, T, F: FnMut(&T) -> bool> DoubleEndedIterator for $name<'a, T, F> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                self.inner.next()
            }
        }
        impl<T, F: FnMut(&T) -> bool> FusedIterator for $name<'_, T, F> {}
    )*};
}

reversed_split! { RSplit &'a [T]; RSplitMut &'a mut [T]; }

impl<T, F: FnMut(&T) -> bool + Clone> Clone for RSplit<'_, T, F> {
    #[inline]
    fn clone(&self) -> Self {
        RSplit { inner: self.inner.clone() }
    }
}

/// `Split` with a limited number of runs.
#[must_use]
pub struct SplitN<'a, T: 'a, F: FnMut(&T) -> bool> {
    inner: Split<'a, T, F>,
    left: usize,
}

/// `SplitMut` with a limited number of runs.
#[must_use]
pub struct SplitNMut<'a, T: 'a, F: FnMut(&T) -> bool> {
    inner: SplitMut<'a, T, F>,
    left: usize,
}

/// `RSplit` with a limited number of runs.
#[must_use]
pub struct RSplitN<'a, T: 'a, F: FnMut(&T) -> bool> {
    inner: Split<'a, T, F>,
    left: usize,
}

/// `RSplitMut` with a limited number of runs.
#[must_use]
pub struct RSplitNMut<'a, T: 'a, F: FnMut(&T) -> bool> {
    inner: SplitMut<'a, T, F>,
    left: usize,
}

macro_rules! limited_split {
    ($($name:ident $item:ty, $next:ident;)*) => {$(
        impl<'a, T, F: FnMut(&T) -> bool> Iterator for $name<'a, T, F> {
            type Item = $item;
            #[inline]
            fn next(&mut self) -> Option<$item> {
                match self.left {
                    0 => None,
                    1 => {
                        self.left = 0;
                        self.inner.rest.take()
                    }
                    _ => {
                        self.left -= 1;
                        self.inner.$next()
                    }
                }
            }
        }
        impl<T, F: FnMut(&T) -> bool> FusedIterator for $name<'_, T, F> {}
    )*};
}

limited_split! {
    SplitN &'a [T], next; SplitNMut &'a mut [T], next; RSplitN &'a [T], next_back; RSplitNMut &'a mut [T], next_back;
}

/// Iterates over the runs that end with a separator.
#[must_use]
pub struct SplitInclusive<'a, T: 'a, F: FnMut(&T) -> bool> {
    rest: &'a [T],
    predicate: F,
}

impl<T, F: FnMut(&T) -> bool + Clone> Clone for SplitInclusive<'_, T, F> {
    #[inline]
    fn clone(&self) -> Self {
        SplitInclusive { rest: self.rest, predicate: self.predicate.clone() }
    }
}

impl<'a, T, F: FnMut(&T) -> bool> Iterator for SplitInclusive<'a, T, F> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = first_place(self.rest, &mut self.predicate).map_or(self.rest.len(), |i| i + 1);
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(run)
    }
}

impl<'a, T, F: FnMut(&T) -> bool> DoubleEndedIterator for SplitInclusive<'a, T, F> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        let (_, before) = self.rest.split_last()?;
        let start = last_place(before, &mut self.predicate).map_or(0, |i| i + 1);
        let (rest, run) = self.rest.split_at(start);
        self.rest = rest;
        Some(run)
    }
}

impl<T, F: FnMut(&T) -> bool> FusedIterator for SplitInclusive<'_, T, F> {}

/// Iterates over the mutable runs that end with a separator.
#[must_use]
pub struct SplitInclusiveMut<'a, T: 'a, F: FnMut(&T) -> bool> {
    rest: &'a mut [T],
    predicate: F,
}

impl<'a, T, F: FnMut(&T) -> bool> Iterator for SplitInclusiveMut<'a, T, F> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = first_place(self.rest, &mut self.predicate).map_or(self.rest.len(), |i| i + 1);
        let (run, rest) = take(&mut self.rest).split_at_mut(end);
        self.rest = rest;
        Some(run)
    }
}

impl<'a, T, F: FnMut(&T) -> bool> DoubleEndedIterator for SplitInclusiveMut<'a, T, F> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        let (_, before) = self.rest.split_last()?;
        let start = last_place(before, &mut self.predicate).map_or(0, |i| i + 1);
        let (rest, run) = take(&mut self.rest).split_at_mut(start);
        self.rest = rest;
        Some(run)
    }
}

impl<T, F: FnMut(&T) -> bool> FusedIterator for SplitInclusiveMut<'_, T, F> {}

/// The length of the first run in which the predicate holds for every two neighbours.
#[inline]
fn first_run<T, F: FnMut(&T, &T) -> bool>(values: &[T], predicate: &mut F) -> usize {
    let mut n = 1;
    while n < values.len() && predicate(&values[n - 1], &values[n]) {
        n += 1;
    }
    n
}

/// The start of the last run in which the predicate holds for every two neighbours.
#[inline]
fn last_run<T, F: FnMut(&T, &T) -> bool>(values: &[T], predicate: &mut F) -> usize {
    let mut start = values.len() - 1;
    while start > 0 && predicate(&values[start - 1], &values[start]) {
        start -= 1;
    }
    start
}

/// Iterates over runs of neighbours.
#[must_use]
pub struct ChunkBy<'a, T: 'a, F> {
    rest: &'a [T],
    predicate: F,
}

impl<T, F: Clone> Clone for ChunkBy<'_, T, F> {
    #[inline]
    fn clone(&self) -> Self {
        ChunkBy { rest: self.rest, predicate: self.predicate.clone() }
    }
}

impl<'a, T, F: FnMut(&T, &T) -> bool> Iterator for ChunkBy<'a, T, F> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let (run, rest) = self.rest.split_at(first_run(self.rest, &mut self.predicate));
        self.rest = rest;
        Some(run)
    }
}

impl<'a, T, F: FnMut(&T, &T) -> bool> DoubleEndedIterator for ChunkBy<'a, T, F> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let (rest, run) = self.rest.split_at(last_run(self.rest, &mut self.predicate));
        self.rest = rest;
        Some(run)
    }
}

impl<T, F: FnMut(&T, &T) -> bool> FusedIterator for ChunkBy<'_, T, F> {}

/// Iterates over mutable runs of neighbours.
#[must_use]
pub struct ChunkByMut<'a, T: 'a, F> {
    rest: &'a mut [T],
    predicate: F,
}

impl<'a, T, F: FnMut(&T, &T) -> bool> Iterator for ChunkByMut<'a, T, F> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let n = first_run(self.rest, &mut self.predicate);
        let (run, rest) = take(&mut self.rest).split_at_mut(n);
        self.rest = rest;
        Some(run)
    }
}

impl<'a, T, F: FnMut(&T, &T) -> bool> DoubleEndedIterator for ChunkByMut<'a, T, F> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a mut [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let start = last_run(self.rest, &mut self.predicate);
        let (rest, run) = take(&mut self.rest).split_at_mut(start);
        self.rest = rest;
        Some(run)
    }
}

impl<T, F: FnMut(&T, &T) -> bool> FusedIterator for ChunkByMut<'_, T, F> {}
