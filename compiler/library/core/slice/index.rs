//! Indexing slices by position and by range.
//!
//! What it is: `SliceIndex`, implemented for `usize` and every range of `usize`.
//! What it assumes: nothing.
//! What it guarantees: `index` traps outside, `get` returns `None` outside, `get_unchecked` checks nothing.
//!
//! ```text
//! let row = &matrix[r * cols..(r + 1) * cols];
//! ```

use crate::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use crate::ptr;

/// Positions and ranges that index a `T`.
pub unsafe trait SliceIndex<T: ?Sized> {
    /// What indexing yields.
    type Output: ?Sized;

    /// The place, if inside.
    fn get(self, slice: &T) -> Option<&Self::Output>;

    /// The place, mutably, if inside.
    fn get_mut(self, slice: &mut T) -> Option<&mut Self::Output>;

    /// The place.
    ///
    /// # Safety
    /// The index is inside.
    unsafe fn get_unchecked(self, slice: *const T) -> *const Self::Output;

    /// The place, mutably.
    ///
    /// # Safety
    /// The index is inside.
    unsafe fn get_unchecked_mut(self, slice: *mut T) -> *mut Self::Output;

    /// The place; traps outside.
    fn index(self, slice: &T) -> &Self::Output;

    /// The place, mutably; traps outside.
    fn index_mut(self, slice: &mut T) -> &mut Self::Output;
}

unsafe impl<T> SliceIndex<[T]> for usize {
    type Output = T;

    #[inline]
    fn get(self, slice: &[T]) -> Option<&T> {
        if self < slice.len() { Some(unsafe { &*slice.as_ptr().add(self) }) } else { None }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut T> {
        if self < slice.len() { Some(unsafe { &mut *slice.as_mut_ptr().add(self) }) } else { None }
    }

    #[inline(always)]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const T {
        unsafe { (slice as *const T).add(self) }
    }

    #[inline(always)]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut T {
        unsafe { (slice as *mut T).add(self) }
    }

    #[inline(always)]
    fn index(self, slice: &[T]) -> &T {
        &(*slice)[self]
    }

    #[inline(always)]
    fn index_mut(self, slice: &mut [T]) -> &mut T {
        &mut (*slice)[self]
    }
}

unsafe impl<T> SliceIndex<[T]> for Range<usize> {
    type Output = [T];

    #[inline]
    fn get(self, slice: &[T]) -> Option<&[T]> {
        if self.start <= self.end && self.end <= slice.len() {
            Some(unsafe { &*self.get_unchecked(slice as *const [T]) })
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        if self.start <= self.end && self.end <= slice.len() {
            Some(unsafe { &mut *self.get_unchecked_mut(slice as *mut [T]) })
        } else {
            None
        }
    }

    #[inline(always)]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe { ptr::slice_from_raw_parts((slice as *const T).add(self.start), self.end - self.start) }
    }

    #[inline(always)]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe { ptr::slice_from_raw_parts_mut((slice as *mut T).add(self.start), self.end - self.start) }
    }

    #[inline]
    fn index(self, slice: &[T]) -> &[T] {
        check(self.start, self.end, slice.len());
        unsafe { &*self.get_unchecked(slice as *const [T]) }
    }

    #[inline]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        check(self.start, self.end, slice.len());
        unsafe { &mut *self.get_unchecked_mut(slice as *mut [T]) }
    }
}

/// Traps unless `start <= end <= len`.
#[inline(always)]
const fn check(start: usize, end: usize, len: usize) {
    if start > end {
        panic!("slice index starts after its end");
    }
    if end > len {
        panic!("range end index out of range for slice");
    }
}

/// Implements `SliceIndex` for a range by way of the equivalent half-open one; an unchecked index that overflows
/// or starts past the end gives a range that is never inside.
macro_rules! by_half_open_range {
    ($($range:ty: $this:ident, $len:ident => $start:expr, $end:expr, inside $inside:expr;)*) => {$(
        unsafe impl<T> SliceIndex<[T]> for $range {
            type Output = [T];

            #[inline]
            fn get(self, slice: &[T]) -> Option<&[T]> {
                let ($this, $len) = (self, slice.len());
                if $inside { (Range { start: $start, end: $end }).get(slice) } else { None }
            }

            #[inline]
            fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
                let ($this, $len) = (self, slice.len());
                if $inside { (Range { start: $start, end: $end }).get_mut(slice) } else { None }
            }

            #[inline(always)]
            unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
                let ($this, $len) = (self, slice.len());
                unsafe { (Range { start: $start, end: $end }).get_unchecked(slice) }
            }

            #[inline(always)]
            unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
                let ($this, $len) = (self, slice.len());
                unsafe { (Range { start: $start, end: $end }).get_unchecked_mut(slice) }
            }

            #[inline]
            fn index(self, slice: &[T]) -> &[T] {
                let ($this, $len) = (self, slice.len());
                assert!($inside, "range end index out of range for slice");
                (Range { start: $start, end: $end }).index(slice)
            }

            #[inline]
            fn index_mut(self, slice: &mut [T]) -> &mut [T] {
                let ($this, $len) = (self, slice.len());
                assert!($inside, "range end index out of range for slice");
                (Range { start: $start, end: $end }).index_mut(slice)
            }
        }
    )*};
}

by_half_open_range! {
    RangeTo<usize>: this, _len => 0, this.end, inside true;
    RangeFrom<usize>: this, len => this.start, len, inside true;
    RangeFull: _this, len => 0, len, inside true;
    RangeInclusive<usize>: this, _len => if this.exhausted { this.end + 1 } else { this.start }, this.end + 1,
        inside this.end != usize::MAX;
    RangeToInclusive<usize>: this, _len => 0, this.end + 1, inside this.end != usize::MAX;
}
