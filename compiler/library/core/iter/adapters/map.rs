//! Adapters that change each value.
//!
//! What it is: `Map`, `Copied`, `Cloned`, `Inspect` and `Scan`.
//! What it assumes: nothing.
//! What it guarantees: one value in, one value out (`Scan` may stop early).
//!
//! ```text
//! values.iter().map(|v| v * 2.0)
//! ```

use crate::iter::FusedIterator;

/// See [`Iterator::map`].
#[derive(Clone)]
#[must_use]
pub struct Map<I, F> {
    iter: I,
    f: F,
}

impl<I, F> Map<I, F> {
    #[inline]
    pub(crate) fn new(iter: I, f: F) -> Map<I, F> {
        Map { iter, f }
    }
}

impl<B, I: Iterator, F: FnMut(I::Item) -> B> Iterator for Map<I, F> {
    type Item = B;

    #[inline]
    fn next(&mut self) -> Option<B> {
        match self.iter.next() {
            Some(value) => Some((self.f)(value)),
            None => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }

    #[inline]
    fn fold<Acc, G: FnMut(Acc, B) -> Acc>(self, initial: Acc, mut g: G) -> Acc {
        let mut f = self.f;
        self.iter.fold(initial, |accumulator, value| g(accumulator, f(value)))
    }
}

impl<B, I: DoubleEndedIterator, F: FnMut(I::Item) -> B> DoubleEndedIterator for Map<I, F> {
    #[inline]
    fn next_back(&mut self) -> Option<B> {
        match self.iter.next_back() {
            Some(value) => Some((self.f)(value)),
            None => None,
        }
    }
}

impl<B, I: ExactSizeIterator, F: FnMut(I::Item) -> B> ExactSizeIterator for Map<I, F> {}
impl<B, I: FusedIterator, F: FnMut(I::Item) -> B> FusedIterator for Map<I, F> {}

macro_rules! by_value {
    ($name:ident $bound:ident $value:ident => $result:expr, $is_plain:expr) => {
        /// Yields referenced values by value.
        #[derive(Clone)]
        pub struct $name<I> {
            iter: I,
        }

        impl<I: Default> Default for $name<I> {
            fn default() -> Self {
                $name { iter: I::default() }
            }
        }

        impl<I> $name<I> {
            #[inline]
            pub(crate) fn new(iter: I) -> $name<I> {
                $name { iter }
            }
        }

        impl<'a, T: 'a + $bound, I: Iterator<Item = &'a T>> Iterator for $name<I> {
            type Item = T;

            #[inline]
            fn next(&mut self) -> Option<T> {
                match self.iter.next() {
                    Some($value) => Some($result),
                    None => None,
                }
            }

            #[inline(always)]
            fn __left(&self) -> Option<usize> {
                if $is_plain { self.iter.__left() } else { None }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.iter.size_hint()
            }

            #[inline]
            fn nth(&mut self, n: usize) -> Option<T> {
                match self.iter.nth(n) {
                    Some($value) => Some($result),
                    None => None,
                }
            }
        }

        impl<'a, T: 'a + $bound, I: DoubleEndedIterator<Item = &'a T>> DoubleEndedIterator for $name<I> {
            #[inline]
            fn next_back(&mut self) -> Option<T> {
                match self.iter.next_back() {
                    Some($value) => Some($result),
                    None => None,
                }
            }
        }

        impl<'a, T: 'a + $bound, I: ExactSizeIterator<Item = &'a T>> ExactSizeIterator for $name<I> {}
        impl<'a, T: 'a + $bound, I: FusedIterator<Item = &'a T>> FusedIterator for $name<I> {}
    };
}

by_value! { Copied Copy value => *value, true }
by_value! { Cloned Clone value => value.clone(), false }

/// See [`Iterator::inspect`].
#[derive(Clone)]
#[must_use]
pub struct Inspect<I, F> {
    iter: I,
    f: F,
}

impl<I, F> Inspect<I, F> {
    #[inline]
    pub(crate) fn new(iter: I, f: F) -> Inspect<I, F> {
        Inspect { iter, f }
    }
}

impl<I: Iterator, F: FnMut(&I::Item)> Iterator for Inspect<I, F> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let value = self.iter.next()?;
        (self.f)(&value);
        Some(value)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

impl<I: DoubleEndedIterator, F: FnMut(&I::Item)> DoubleEndedIterator for Inspect<I, F> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        let value = self.iter.next_back()?;
        (self.f)(&value);
        Some(value)
    }
}

impl<I: ExactSizeIterator, F: FnMut(&I::Item)> ExactSizeIterator for Inspect<I, F> {}
impl<I: FusedIterator, F: FnMut(&I::Item)> FusedIterator for Inspect<I, F> {}

/// See [`Iterator::scan`].
#[derive(Clone)]
#[must_use]
pub struct Scan<I, St, F> {
    iter: I,
    state: St,
    f: F,
}

impl<I, St, F> Scan<I, St, F> {
    #[inline]
    pub(crate) fn new(iter: I, state: St, f: F) -> Scan<I, St, F> {
        Scan { iter, state, f }
    }
}

impl<B, I: Iterator, St, F: FnMut(&mut St, I::Item) -> Option<B>> Iterator for Scan<I, St, F> {
    type Item = B;

    #[inline]
    fn next(&mut self) -> Option<B> {
        let value = self.iter.next()?;
        (self.f)(&mut self.state, value)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.iter.size_hint().1)
    }
}
