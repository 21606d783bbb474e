//! Iteration over slices in pieces.
//!
//! What it is: `chunks`, `chunks_exact`, `rchunks`, `windows` and their mutable forms.
//! What it assumes: nothing.
//! What it guarantees: a piece size of zero traps; exact pieces have exactly that length.
//!
//! ```text
//! for pair in values.chunks_exact(2) { sum += pair[0] * pair[1] }
//! ```

use crate::cmp::min;
use crate::iter::FusedIterator;
use crate::mem::{replace, take};

impl<T> [T] {
    /// Iterates over pieces of `size` elements; the last may be shorter.
    #[inline]
    pub fn chunks(&self, size: usize) -> Chunks<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        Chunks { rest: self, size }
    }

    /// Iterates over mutable pieces of `size` elements; the last may be shorter.
    #[inline]
    pub fn chunks_mut(&mut self, size: usize) -> ChunksMut<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        ChunksMut { rest: self, size }
    }

    /// Iterates over pieces of exactly `size` elements; the iterator's `remainder` is left over.
    #[inline]
    pub fn chunks_exact(&self, size: usize) -> ChunksExact<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        let (rest, remainder) = self.split_at(self.len() - self.len() % size);
        ChunksExact { rest, remainder, size }
    }

    /// Iterates over mutable pieces of exactly `size` elements; the iterator's remainder is left over.
    #[inline]
    pub fn chunks_exact_mut(&mut self, size: usize) -> ChunksExactMut<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        let mid = self.len() - self.len() % size;
        let (rest, remainder) = self.split_at_mut(mid);
        ChunksExactMut { rest, remainder, size }
    }

    /// Iterates over pieces of `size` elements from the end; the last may be shorter.
    #[inline]
    pub fn rchunks(&self, size: usize) -> RChunks<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        RChunks { rest: self, size }
    }

    /// Iterates over mutable pieces of `size` elements from the end; the last may be shorter.
    #[inline]
    pub fn rchunks_mut(&mut self, size: usize) -> RChunksMut<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        RChunksMut { rest: self, size }
    }

    /// Iterates over pieces of exactly `size` elements from the end; the iterator's `remainder` is left over.
    #[inline]
    pub fn rchunks_exact(&self, size: usize) -> RChunksExact<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        let (remainder, rest) = self.split_at(self.len() % size);
        RChunksExact { rest, remainder, size }
    }

    /// Iterates over mutable pieces of exactly `size` elements from the end; the iterator's remainder is left over.
    #[inline]
    pub fn rchunks_exact_mut(&mut self, size: usize) -> RChunksExactMut<'_, T> {
        assert!(size != 0, "chunk size must be non-zero");
        let mid = self.len() % size;
        let (remainder, rest) = self.split_at_mut(mid);
        RChunksExactMut { rest, remainder, size }
    }

    /// Iterates over all runs of `size` consecutive elements.
    #[inline]
    pub fn windows(&self, size: usize) -> Windows<'_, T> {
        assert!(size != 0, "window size must be non-zero");
        Windows { rest: self, size }
    }

    /// Iterates over all runs of `N` consecutive elements, as arrays.
    #[inline]
    pub fn array_windows<const N: usize>(&self) -> ArrayWindows<'_, T, N> {
        assert!(N != 0, "window size must be non-zero");
        ArrayWindows { rest: self }
    }
}

/// Iterates over pieces of a slice.
#[must_use]
pub struct Chunks<'a, T: 'a> {
    rest: &'a [T],
    size: usize,
}

impl<'a, T> Iterator for Chunks<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let (piece, rest) = self.rest.split_at(min(self.size, self.rest.len()));
        self.rest = rest;
        Some(piece)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len().div_ceil(self.size);
        (n, Some(n))
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        Some(self.rest.len().div_ceil(self.size))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let start = min(n.saturating_mul(self.size), self.rest.len());
        self.rest = &self.rest[start..];
        self.next()
    }
}

impl<'a, T> DoubleEndedIterator for Chunks<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        let len = self.rest.len();
        if len == 0 {
            return None;
        }
        let last = if len % self.size == 0 { self.size } else { len % self.size };
        let (rest, piece) = self.rest.split_at(len - last);
        self.rest = rest;
        Some(piece)
    }
}

impl<T> ExactSizeIterator for Chunks<'_, T> {}
impl<T> FusedIterator for Chunks<'_, T> {}

/// Iterates over mutable pieces of a slice.
#[must_use]
pub struct ChunksMut<'a, T: 'a> {
    rest: &'a mut [T],
    size: usize,
}

impl<'a, T> Iterator for ChunksMut<'a, T> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let whole = replace(&mut self.rest, &mut []);
        let mid = min(self.size, whole.len());
        let (piece, rest) = whole.split_at_mut(mid);
        self.rest = rest;
        Some(piece)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len().div_ceil(self.size);
        (n, Some(n))
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        Some(self.rest.len().div_ceil(self.size))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a mut [T]> {
        let whole = replace(&mut self.rest, &mut []);
        let start = min(n.saturating_mul(self.size), whole.len());
        self.rest = whole.split_at_mut(start).1;
        self.next()
    }
}

impl<T> ExactSizeIterator for ChunksMut<'_, T> {}
impl<T> FusedIterator for ChunksMut<'_, T> {}

/// Iterates over pieces of exact length.
#[must_use]
pub struct ChunksExact<'a, T: 'a> {
    rest: &'a [T],
    remainder: &'a [T],
    size: usize,
}

impl<'a, T> ChunksExact<'a, T> {
    /// The elements after the last whole piece.
    #[inline]
    #[must_use]
    pub fn remainder(&self) -> &'a [T] {
        self.remainder
    }
}

impl<'a, T> Iterator for ChunksExact<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.len() < self.size {
            return None;
        }
        let (piece, rest) = unsafe { self.rest.split_at_unchecked(self.size) };
        self.rest = rest;
        Some(piece)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len() / self.size;
        (n, Some(n))
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        Some(self.rest.len() / self.size)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let start = min(n.saturating_mul(self.size), self.rest.len());
        self.rest = &self.rest[start..];
        self.next()
    }
}

impl<'a, T> DoubleEndedIterator for ChunksExact<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.rest.len() < self.size {
            return None;
        }
        let (rest, piece) = self.rest.split_at(self.rest.len() - self.size);
        self.rest = rest;
        Some(piece)
    }
}

impl<T> ExactSizeIterator for ChunksExact<'_, T> {}
impl<T> FusedIterator for ChunksExact<'_, T> {}

/// Iterates over mutable pieces of exact length.
#[must_use]
pub struct ChunksExactMut<'a, T: 'a> {
    rest: &'a mut [T],
    remainder: &'a mut [T],
    size: usize,
}

impl<'a, T> ChunksExactMut<'a, T> {
    /// The elements after the last whole piece.
    #[inline]
    #[must_use]
    pub fn into_remainder(self) -> &'a mut [T] {
        self.remainder
    }
}

impl<'a, T> Iterator for ChunksExactMut<'a, T> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.rest.len() < self.size {
            return None;
        }
        let whole = replace(&mut self.rest, &mut []);
        let (piece, rest) = unsafe { whole.split_at_mut_unchecked(self.size) };
        self.rest = rest;
        Some(piece)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len() / self.size;
        (n, Some(n))
    }

    #[inline(always)]
    fn __left(&self) -> Option<usize> {
        Some(self.rest.len() / self.size)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a mut [T]> {
        let whole = replace(&mut self.rest, &mut []);
        let start = min(n.saturating_mul(self.size), whole.len());
        self.rest = whole.split_at_mut(start).1;
        self.next()
    }
}

impl<T> ExactSizeIterator for ChunksExactMut<'_, T> {}
impl<T> FusedIterator for ChunksExactMut<'_, T> {}

/// Iterates over pieces of a slice from the end.
#[must_use]
pub struct RChunks<'a, T: 'a> {
    rest: &'a [T],
    size: usize,
}

impl<'a, T> Iterator for RChunks<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        let len = self.rest.len();
        if len == 0 {
            return None;
        }
        let (rest, piece) = self.rest.split_at(len - min(self.size, len));
        self.rest = rest;
        Some(piece)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.rest.len().div_ceil(self.size);
        (n, Some(n))
    }
}

impl<T> ExactSizeIterator for RChunks<'_, T> {}
impl<T> FusedIterator for RChunks<'_, T> {}

/// Iterates over overlapping runs.
#[must_use]
pub struct Windows<'a, T: 'a> {
    rest: &'a [T],
    size: usize,
}

impl<'a, T> Iterator for Windows<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.len() < self.size {
            return None;
        }
        let run = &self.rest[..self.size];
        self.rest = &self.rest[1..];
        Some(run)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = (self.rest.len() + 1).saturating_sub(self.size);
        (n, Some(n))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        self.rest = &self.rest[min(n, self.rest.len())..];
        self.next()
    }
}

impl<'a, T> DoubleEndedIterator for Windows<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        let len = self.rest.len();
        if len < self.size {
            return None;
        }
        let run = &self.rest[len - self.size..];
        self.rest = &self.rest[..len - 1];
        Some(run)
    }
}

impl<T> ExactSizeIterator for Windows<'_, T> {}
impl<T> FusedIterator for Windows<'_, T> {}

/// Iterates over overlapping runs, as arrays.
#[must_use]
pub struct ArrayWindows<'a, T: 'a, const N: usize> {
    rest: &'a [T],
}

impl<'a, T, const N: usize> Iterator for ArrayWindows<'a, T, N> {
    type Item = &'a [T; N];

    #[inline]
    fn next(&mut self) -> Option<&'a [T; N]> {
        let run = self.rest.first_chunk::<N>()?;
        self.rest = &self.rest[1..];
        Some(run)
    }
}

impl<'a, T, const N: usize> DoubleEndedIterator for ArrayWindows<'a, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T; N]> {
        let run = self.rest.last_chunk::<N>()?;
        self.rest = &self.rest[..self.rest.len() - 1];
        Some(run)
    }
}

/// Iterates over mutable pieces of a slice from the end.
#[must_use]
pub struct RChunksMut<'a, T: 'a> {
    rest: &'a mut [T],
    size: usize,
}

/// Iterates over pieces of exact length from the end.
#[must_use]
pub struct RChunksExact<'a, T: 'a> {
    rest: &'a [T],
    remainder: &'a [T],
    size: usize,
}

impl<'a, T> RChunksExact<'a, T> {
    /// The elements before the first whole piece.
    #[inline]
    #[must_use]
    pub fn remainder(&self) -> &'a [T] {
        self.remainder
    }
}

/// Iterates over mutable pieces of exact length from the end.
#[must_use]
pub struct RChunksExactMut<'a, T: 'a> {
    rest: &'a mut [T],
    remainder: &'a mut [T],
    size: usize,
}

impl<'a, T> RChunksExactMut<'a, T> {
    /// The elements before the first whole piece.
    #[inline]
    #[must_use]
    pub fn into_remainder(self) -> &'a mut [T] {
        self.remainder
    }
}

/// Where the last piece starts if pieces are counted from the start, and where the first one ends counted from the end.
#[inline]
fn last_start(len: usize, size: usize) -> usize {
    (len - 1) / size * size
}

macro_rules! pieces_from_the_end {
    ($($name:ident $item:ty, $split:ident;)*) => {$(
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;
            #[inline]
            fn next(&mut self) -> Option<$item> {
                let len = self.rest.len();
                if len == 0 {
                    return None;
                }
                let (rest, piece) = take(&mut self.rest).$split(len.saturating_sub(self.size));
                self.rest = rest;
                Some(piece)
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.rest.len().div_ceil(self.size);
                (n, Some(n))
            }
        }
        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    )*};
}

pieces_from_the_end! { RChunksMut &'a mut [T], split_at_mut; RChunksExact &'a [T], split_at; RChunksExactMut &'a mut [T], split_at_mut; }

macro_rules! first_pieces_back {
    ($($name:ident $item:ty, $split:ident;)*) => {$(
        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                let len = self.rest.len();
                if len == 0 {
                    return None;
                }
                let (piece, rest) = take(&mut self.rest).$split(len - last_start(len, self.size));
                self.rest = rest;
                Some(piece)
            }
        }
    )*};
}

first_pieces_back! {
    RChunks &'a [T], split_at; RChunksMut &'a mut [T], split_at_mut; RChunksExact &'a [T], split_at;
    RChunksExactMut &'a mut [T], split_at_mut;
}

macro_rules! last_pieces_back {
    ($($name:ident)*) => {$(
        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<&'a mut [T]> {
                let len = self.rest.len();
                if len == 0 {
                    return None;
                }
                let (rest, piece) = take(&mut self.rest).split_at_mut(last_start(len, self.size));
                self.rest = rest;
                Some(piece)
            }
        }
    )*};
}

last_pieces_back! { ChunksMut ChunksExactMut }

macro_rules! clone_pieces {
    ($([$($generics:tt)*] $name:ty { $($field:ident)* })*) => {$(
        impl<$($generics)*> Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                Self { $($field: self.$field),* }
            }
        }
    )*};
}

clone_pieces! {
    ['a, T] Chunks<'a, T> { rest size }
    ['a, T] ChunksExact<'a, T> { rest remainder size }
    ['a, T] RChunks<'a, T> { rest size }
    ['a, T] RChunksExact<'a, T> { rest remainder size }
    ['a, T] Windows<'a, T> { rest size }
    ['a, T, const N: usize] ArrayWindows<'a, T, N> { rest }
}
