//! Equality and lexicographic order of slices.
//!
//! What it is: `PartialEq`, `Eq`, `PartialOrd` and `Ord` for `[T]`.
//! What it assumes: nothing.
//! What it guarantees: a proper prefix is less than the longer slice.
//!
//! ```text
//! a[..n] == b[..n]
//! ```

use crate::cmp::Ordering;

impl<T: PartialEq<U>, U> PartialEq<[U]> for [T] {
    #[inline]
    fn eq(&self, other: &[U]) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let mut i = 0;
        while i < self.len() {
            if unsafe { *self.get_unchecked(i) != *other.get_unchecked(i) } {
                return false;
            }
            i += 1;
        }
        true
    }
}

impl<T: Eq> Eq for [T] {}

impl<T: PartialOrd> PartialOrd for [T] {
    #[inline]
    fn partial_cmp(&self, other: &[T]) -> Option<Ordering> {
        let shared = crate::cmp::min(self.len(), other.len());
        let mut i = 0;
        while i < shared {
            match unsafe { self.get_unchecked(i).partial_cmp(other.get_unchecked(i)) } {
                Some(Ordering::Equal) => i += 1,
                decided => return decided,
            }
        }
        Some(self.len().cmp(&other.len()))
    }
}

impl<T: Ord> Ord for [T] {
    #[inline]
    fn cmp(&self, other: &[T]) -> Ordering {
        let shared = crate::cmp::min(self.len(), other.len());
        let mut i = 0;
        while i < shared {
            match unsafe { self.get_unchecked(i).cmp(other.get_unchecked(i)) } {
                Ordering::Equal => i += 1,
                decided => return decided,
            }
        }
        self.len().cmp(&other.len())
    }
}
