//! Ranges as iterators.
//!
//! What it is: `Step`, implemented for integers and `char`, and `Iterator` for `a..b`, `a..=b` and `a..`.
//! What it assumes: nothing.
//! What it guarantees: `Range::next` is one comparison and one addition that cannot wrap, which the optimiser turns
//! into an induction variable; `step_by` on a range adds the step directly.
//!
//! ```text
//! for i in 0..n { sum += a[i] }
//! ```

use crate::intrinsics;
use crate::iter::FusedIterator;
use crate::ops::{Range, RangeFrom, RangeInclusive};

/// Types whose ranges can be iterated. The methods act on a whole range so that each is a few instructions.
pub trait Step: Clone + PartialOrd {
    /// How many steps lead from `start` to `end`: exact if it fits `usize`.
    fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>);

    /// The value `n` steps on, if there is one.
    fn forward_checked(start: Self, n: usize) -> Option<Self>;

    /// The value `n` steps back, if there is one.
    fn backward_checked(start: Self, n: usize) -> Option<Self>;

    /// The next value.
    ///
    /// # Safety
    /// There is one.
    unsafe fn successor(start: Self) -> Self;

    /// The value before.
    ///
    /// # Safety
    /// There is one.
    unsafe fn predecessor(start: Self) -> Self;

    /// The value `n` steps on; integers wrap.
    fn forward(start: Self, n: usize) -> Self;

    /// A plain copy; steps are `Copy` in all but name.
    fn copy(&self) -> Self;

    /// `Range::next`, stamped for integers because every `for` loop over a range runs it.
    #[inline(always)]
    fn range_next(range: &mut Range<Self>) -> Option<Self> {
        if range.start < range.end {
            let value = range.start.copy();
            range.start = unsafe { Self::successor(value.copy()) };
            Some(value)
        } else {
            None
        }
    }
}

macro_rules! step_integers {
    ($($integer:ident $unsigned:ident)*) => {$(
        impl Step for $integer {
            #[inline]
            fn steps_between(start: &$integer, end: &$integer) -> (usize, Option<usize>) {
                if *start >= *end {
                    return (0, if *start == *end { Some(0) } else { None });
                }
                let distance = end.wrapping_sub(*start) as $unsigned;
                let narrowed = distance as usize;
                if narrowed as $unsigned == distance { (narrowed, Some(narrowed)) } else { (usize::MAX, None) }
            }
            #[inline]
            fn forward_checked(start: $integer, n: usize) -> Option<$integer> {
                let narrowed = n as $unsigned;
                if narrowed as usize != n {
                    return None;
                }
                let sum = start.wrapping_add(narrowed as $integer);
                if sum >= start { Some(sum) } else { None }
            }
            #[inline]
            fn backward_checked(start: $integer, n: usize) -> Option<$integer> {
                let narrowed = n as $unsigned;
                if narrowed as usize != n {
                    return None;
                }
                let difference = start.wrapping_sub(narrowed as $integer);
                if difference <= start { Some(difference) } else { None }
            }
            #[inline(always)]
            unsafe fn successor(start: $integer) -> $integer {
                unsafe { intrinsics::unchecked_add(start, 1) }
            }
            #[inline(always)]
            unsafe fn predecessor(start: $integer) -> $integer {
                unsafe { intrinsics::unchecked_sub(start, 1) }
            }
            #[inline(always)]
            fn forward(start: $integer, n: usize) -> $integer {
                start.wrapping_add(n as $integer)
            }
            #[inline(always)]
            fn copy(&self) -> $integer {
                *self
            }
            #[inline(always)]
            fn range_next(range: &mut Range<$integer>) -> Option<$integer> {
                if range.start < range.end {
                    let value = range.start;
                    range.start = unsafe { intrinsics::unchecked_add(value, 1) };
                    Some(value)
                } else {
                    None
                }
            }
        }
    )*};
}

step_integers! {
    u8 u8 u16 u16 u32 u32 u64 u64 u128 u128 usize usize
    i8 u8 i16 u16 i32 u32 i64 u64 i128 u128 isize usize
}

/// The codes between the two halves of Unicode, which no `char` has.
const SURROGATES: Range<u32> = 0xD800..0xE000;

impl Step for char {
    fn steps_between(start: &char, end: &char) -> (usize, Option<usize>) {
        let (start, end) = (*start as u32, *end as u32);
        if start > end {
            return (0, None);
        }
        let gap = if start < SURROGATES.start && end >= SURROGATES.end { 0x800 } else { 0 };
        let n = (end - start - gap) as usize;
        (n, Some(n))
    }
    fn forward_checked(start: char, n: usize) -> Option<char> {
        let start = start as u32;
        if n > 0x10FFFF {
            return None;
        }
        let mut code = start + n as u32;
        if start < SURROGATES.start && code >= SURROGATES.start {
            code += 0x800;
        }
        char::from_u32(code)
    }
    fn backward_checked(start: char, n: usize) -> Option<char> {
        let start = start as u32;
        if n > start as usize {
            return None;
        }
        let mut code = start - n as u32;
        if start >= SURROGATES.end && code < SURROGATES.end {
            if code < 0x800 {
                return None;
            }
            code -= 0x800;
        }
        char::from_u32(code)
    }
    unsafe fn successor(start: char) -> char {
        let code = start as u32 + 1;
        unsafe { char::from_u32_unchecked(if code == SURROGATES.start { SURROGATES.end } else { code }) }
    }
    unsafe fn predecessor(start: char) -> char {
        let code = start as u32 - 1;
        unsafe { char::from_u32_unchecked(if code == SURROGATES.end - 1 { SURROGATES.start - 1 } else { code }) }
    }
    fn forward(start: char, n: usize) -> char {
        match char::forward_checked(start, n) {
            Some(character) => character,
            None => panic!("overflow in `Step::forward`"),
        }
    }
    #[inline(always)]
    fn copy(&self) -> char {
        *self
    }
}

impl<A: Step> Iterator for Range<A> {
    type Item = A;

    #[inline(always)]
    fn next(&mut self) -> Option<A> {
        A::range_next(self)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.start < self.end { A::steps_between(&self.start, &self.end) } else { (0, Some(0)) }
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        self.size_hint().1
    }

    #[inline]
    fn count(self) -> usize {
        self.size_hint().0
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if let Some(value) = A::forward_checked(self.start.copy(), n) {
            if value < self.end {
                self.start = unsafe { A::successor(value.copy()) };
                return Some(value);
            }
        }
        self.start = self.end.copy();
        None
    }

    #[inline]
    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    #[inline]
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    #[inline]
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }

    #[inline(always)]
    fn next_step(&mut self, _first: bool, gap: usize) -> Option<A> {
        if self.start < self.end {
            let value = self.start.copy();
            let after = unsafe { A::successor(value.copy()) };
            self.start = match A::forward_checked(after, gap) {
                Some(next) => next,
                None => self.end.copy(),
            };
            Some(value)
        } else {
            None
        }
    }

    #[inline]
    fn steps_ahead(&self) -> bool {
        true
    }
}

impl<A: Step> DoubleEndedIterator for Range<A> {
    #[inline(always)]
    fn next_back(&mut self) -> Option<A> {
        if self.start < self.end {
            self.end = unsafe { A::predecessor(self.end.copy()) };
            Some(self.end.copy())
        } else {
            None
        }
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if let Some(value) = A::backward_checked(self.end.copy(), n) {
            if value > self.start {
                self.end = unsafe { A::predecessor(value) };
                return Some(self.end.copy());
            }
        }
        self.end = self.start.copy();
        None
    }
}

macro_rules! exact_size {
    ($range:ident: $($integer:ident)*) => {$(
        impl ExactSizeIterator for $range<$integer> {}
    )*};
}

// As in Rust, only where every length fits a 32-bit `usize`.
exact_size! { Range: usize u8 isize i8 u16 i16 u32 i32 }
exact_size! { RangeInclusive: u8 i8 u16 i16 }

impl<A: Step> FusedIterator for Range<A> {}

impl<A: Step> Iterator for RangeInclusive<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        let value = self.start.copy();
        if value < self.end {
            self.start = unsafe { A::successor(value.copy()) };
        } else {
            self.exhausted = true;
        }
        Some(value)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.exhausted || !(self.start <= self.end) {
            return (0, Some(0));
        }
        let (lower, upper) = A::steps_between(&self.start, &self.end);
        let upper = match upper {
            Some(n) => n.checked_add(1),
            None => None,
        };
        (lower.saturating_add(1), upper)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if let Some(value) = A::forward_checked(self.start.copy(), n) {
            if value < self.end {
                self.start = unsafe { A::successor(value.copy()) };
                return Some(value);
            }
            if value == self.end {
                self.start = value.copy();
                self.exhausted = true;
                return Some(value);
            }
        }
        self.start = self.end.copy();
        self.exhausted = true;
        None
    }

    #[inline]
    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    #[inline]
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    #[inline]
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }

    #[inline]
    fn fold<B, F: FnMut(B, A) -> B>(self, initial: B, mut f: F) -> B {
        let mut accumulator = initial;
        if self.exhausted || !(self.start <= self.end) {
            return accumulator;
        }
        let mut value = self.start.copy();
        while value < self.end {
            accumulator = f(accumulator, value.copy());
            value = unsafe { A::successor(value) };
        }
        f(accumulator, value)
    }
}

impl<A: Step> DoubleEndedIterator for RangeInclusive<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        let value = self.end.copy();
        if self.start < value {
            self.end = unsafe { A::predecessor(value.copy()) };
        } else {
            self.exhausted = true;
        }
        Some(value)
    }
}

impl<A: Step> FusedIterator for RangeInclusive<A> {}

impl<A: Step> Iterator for RangeFrom<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        let value = self.start.copy();
        self.start = A::forward(value.copy(), 1);
        Some(value)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        self.start = A::forward(self.start.copy(), n);
        self.next()
    }
}

impl<A: Step> FusedIterator for RangeFrom<A> {}
