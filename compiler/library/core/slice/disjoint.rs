//! Several places of a slice at once.
//!
//! What it is: `get_disjoint_mut` with positions and with ranges.
//! What it assumes: nothing.
//! What it guarantees: exclusive references that never overlap.
//!
//! ```text
//! let [left, right] = row.get_disjoint_mut([0..2, 4..6])?;
//! ```

use crate::ops::{Range, RangeInclusive};
use crate::slice::SliceIndex;

/// Why elements cannot be borrowed together.
#[derive(Clone, PartialEq, Eq)]
pub enum GetDisjointMutError {
    /// One lies outside the slice.
    IndexOutOfBounds,
    /// Two are the same.
    OverlappingIndices,
}

/// Positions and ranges of which several can be told apart.
pub unsafe trait GetDisjointMutIndex: Clone {
    /// Whether this lies inside a slice of that length.
    fn is_in_bounds(&self, len: usize) -> bool;

    /// Whether both reach a common element.
    fn is_overlapping(&self, other: &Self) -> bool;
}

unsafe impl GetDisjointMutIndex for usize {
    #[inline]
    fn is_in_bounds(&self, len: usize) -> bool {
        *self < len
    }

    #[inline]
    fn is_overlapping(&self, other: &Self) -> bool {
        *self == *other
    }
}

unsafe impl GetDisjointMutIndex for Range<usize> {
    #[inline]
    fn is_in_bounds(&self, len: usize) -> bool {
        self.start <= self.end && self.end <= len
    }

    #[inline]
    fn is_overlapping(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

unsafe impl GetDisjointMutIndex for RangeInclusive<usize> {
    #[inline]
    fn is_in_bounds(&self, len: usize) -> bool {
        *self.start() <= *self.end() && *self.end() < len
    }

    #[inline]
    fn is_overlapping(&self, other: &Self) -> bool {
        *self.start() <= *other.end() && *other.start() <= *self.end()
    }
}

impl<T> [T] {
    /// Several places that do not overlap, mutably.
    #[inline]
    pub fn get_disjoint_mut<I, const N: usize>(
        &mut self,
        indices: [I; N],
    ) -> Result<[&mut I::Output; N], GetDisjointMutError>
    where
        I: GetDisjointMutIndex + SliceIndex<[T]>,
    {
        for (i, index) in indices.iter().enumerate() {
            if !index.is_in_bounds(self.len()) {
                return Err(GetDisjointMutError::IndexOutOfBounds);
            }
            if indices[..i].iter().any(|earlier| index.is_overlapping(earlier)) {
                return Err(GetDisjointMutError::OverlappingIndices);
            }
        }
        Ok(unsafe { self.get_disjoint_unchecked_mut(indices) })
    }

    /// Several places, mutably.
    ///
    /// # Safety
    ///
    /// They lie inside the slice and do not overlap.
    #[inline]
    pub unsafe fn get_disjoint_unchecked_mut<I, const N: usize>(&mut self, indices: [I; N]) -> [&mut I::Output; N]
    where
        I: GetDisjointMutIndex + SliceIndex<[T]>,
    {
        let whole: *mut [T] = self;
        indices.map(|index| unsafe { &mut *index.get_unchecked_mut(whole) })
    }
}
