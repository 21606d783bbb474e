//! Slices.
//!
//! What it is: access, splitting, searching and rearranging of `[T]`. Iterators are in `iter`, `chunks` and `split`,
//! slicing by ranges in `index`, comparison in `cmp`, ordering in `sort`.
//! What it assumes: `s[i]` with `i: usize` is built in and bounds-checked.
//! What it guarantees: every access outside the slice traps unless the method says `unchecked` or returns `Option`.
//!
//! ```text
//! let (left, right) = values.split_at(mid);
//! ```

mod ascii;
mod chunks;
mod disjoint;
mod cmp;
mod index;
mod iter;
mod sort;
mod split;

use crate::intrinsics;
use crate::ops::RangeBounds;
use crate::ops::{Bound, Index, IndexMut, Range};
use crate::ptr;

pub use self::chunks::{
    ArrayWindows, Chunks, ChunksExact, ChunksExactMut, ChunksMut, RChunks, RChunksExact,
    RChunksExactMut, RChunksMut, Windows,
};
pub use self::disjoint::{GetDisjointMutError, GetDisjointMutIndex};
pub use self::index::SliceIndex;
pub use self::iter::{Iter, IterMut};
pub use self::split::{
    ChunkBy, ChunkByMut, RSplit, RSplitMut, RSplitN, RSplitNMut, Split, SplitInclusive, SplitInclusiveMut, SplitMut, SplitN,
    SplitNMut,
};

/// A slice from a pointer and a length.
///
/// # Safety
/// `data` points to `len` valid values, unchanged for `'a`.
#[inline(always)]
#[must_use]
pub const unsafe fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {
    unsafe { &*ptr::slice_from_raw_parts(data, len) }
}

/// A mutable slice from a pointer and a length.
///
/// # Safety
/// `data` points to `len` valid values, not otherwise accessed for `'a`.
#[inline(always)]
#[must_use]
pub const unsafe fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {
    unsafe { &mut *ptr::slice_from_raw_parts_mut(data, len) }
}

/// A reference as a slice of one.
#[inline]
#[must_use]
pub const fn from_ref<T>(value: &T) -> &[T] {
    crate::array::from_ref(value)
}

/// A mutable reference as a slice of one.
#[inline]
#[must_use]
pub const fn from_mut<T>(value: &mut T) -> &mut [T] {
    crate::array::from_mut(value)
}

/// The range a slice operation means, checked against the length.
#[inline]
pub fn range<R: RangeBounds<usize>>(range: R, bounds: crate::ops::RangeTo<usize>) -> Range<usize> {
    let start = match range.start_bound() {
        Bound::Included(start) => *start,
        Bound::Excluded(start) => *start + 1,
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(end) => *end + 1,
        Bound::Excluded(end) => *end,
        Bound::Unbounded => bounds.end,
    };
    assert!(start <= end, "slice index starts after its end");
    assert!(end <= bounds.end, "range end index out of range for slice");
    Range { start, end }
}

impl<T> [T] {
    /// The number of elements.
    #[lang = "slice_len_fn"]
    #[inline(always)]
    #[must_use]
    pub const fn len(&self) -> usize {
        intrinsics::ptr_metadata::<[T], usize>(self as *const [T])
    }

    /// Whether there are no elements.
    #[inline(always)]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A pointer to the first element.
    #[inline(always)]
    #[must_use]
    pub const fn as_ptr(&self) -> *const T {
        self as *const [T] as *const T
    }

    /// A mutable pointer to the first element.
    #[inline(always)]
    #[must_use]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut [T] as *mut T
    }

    /// The pointers to the first element and past the last.
    #[inline]
    #[must_use]
    pub const fn as_ptr_range(&self) -> Range<*const T> {
        let start = self.as_ptr();
        Range { start, end: unsafe { start.add(self.len()) } }
    }

    /// The mutable pointers to the first element and past the last.
    #[inline]
    #[must_use]
    pub const fn as_mut_ptr_range(&mut self) -> Range<*mut T> {
        let start = self.as_mut_ptr();
        Range { start, end: unsafe { start.add(self.len()) } }
    }

    /// The element or subslice at an index, if inside.
    #[inline]
    #[must_use]
    pub fn get<I: SliceIndex<[T]>>(&self, index: I) -> Option<&I::Output> {
        index.get(self)
    }

    /// The element or subslice at an index, mutably, if inside.
    #[inline]
    #[must_use]
    pub fn get_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }

    /// The element or subslice at an index.
    ///
    /// # Safety
    /// The index is inside.
    #[inline(always)]
    #[must_use]
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(&self, index: I) -> &I::Output {
        unsafe { &*index.get_unchecked(self as *const [T]) }
    }

    /// The element or subslice at an index, mutably.
    ///
    /// # Safety
    /// The index is inside.
    #[inline(always)]
    #[must_use]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> &mut I::Output {
        unsafe { &mut *index.get_unchecked_mut(self as *mut [T]) }
    }

    /// The first element.
    #[inline]
    #[must_use]
    pub const fn first(&self) -> Option<&T> {
        if let [first, ..] = self { Some(first) } else { None }
    }

    /// The first element, mutably.
    #[inline]
    #[must_use]
    pub const fn first_mut(&mut self) -> Option<&mut T> {
        if let [first, ..] = self { Some(first) } else { None }
    }

    /// The last element.
    #[inline]
    #[must_use]
    pub const fn last(&self) -> Option<&T> {
        if let [.., last] = self { Some(last) } else { None }
    }

    /// The last element, mutably.
    #[inline]
    #[must_use]
    pub const fn last_mut(&mut self) -> Option<&mut T> {
        if let [.., last] = self { Some(last) } else { None }
    }

    /// The first element and the rest.
    #[inline]
    #[must_use]
    pub const fn split_first(&self) -> Option<(&T, &[T])> {
        if let [first, rest @ ..] = self { Some((first, rest)) } else { None }
    }

    /// The first element and the rest, mutably.
    #[inline]
    #[must_use]
    pub const fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [first, rest @ ..] = self { Some((first, rest)) } else { None }
    }

    /// The last element and the rest.
    #[inline]
    #[must_use]
    pub const fn split_last(&self) -> Option<(&T, &[T])> {
        if let [rest @ .., last] = self { Some((last, rest)) } else { None }
    }

    /// The last element and the rest, mutably.
    #[inline]
    #[must_use]
    pub const fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [rest @ .., last] = self { Some((last, rest)) } else { None }
    }

    /// The first `N` elements as an array, if there are that many.
    #[inline]
    pub const fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N { None } else { Some(unsafe { &*(self.as_ptr() as *const [T; N]) }) }
    }

    /// The last `N` elements as an array, if there are that many.
    #[inline]
    pub const fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N {
            None
        } else {
            Some(unsafe { &*(self.as_ptr().add(self.len() - N) as *const [T; N]) })
        }
    }

    /// The first `N` elements as an array, mutably, if there are that many.
    #[inline]
    pub const fn first_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N { None } else { Some(unsafe { &mut *(self.as_mut_ptr() as *mut [T; N]) }) }
    }

    /// The last `N` elements as an array, mutably, if there are that many.
    #[inline]
    pub const fn last_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N {
            return None;
        }
        let start = self.len() - N;
        Some(unsafe { &mut *(self.as_mut_ptr().add(start) as *mut [T; N]) })
    }

    /// The first `N` elements as an array, and the rest, mutably.
    #[inline]
    pub const fn split_first_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T; N], &mut [T])> {
        if self.len() < N {
            return None;
        }
        let (head, tail) = self.split_at_mut(N);
        Some((unsafe { &mut *(head.as_mut_ptr() as *mut [T; N]) }, tail))
    }

    /// The elements before the last `N`, and those as an array.
    #[inline]
    pub const fn split_last_chunk<const N: usize>(&self) -> Option<(&[T], &[T; N])> {
        if self.len() < N {
            return None;
        }
        let (head, tail) = self.split_at(self.len() - N);
        Some((head, unsafe { &*(tail.as_ptr() as *const [T; N]) }))
    }

    /// The elements before the last `N`, and those as an array, mutably.
    #[inline]
    pub const fn split_last_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T], &mut [T; N])> {
        if self.len() < N {
            return None;
        }
        let start = self.len() - N;
        let (head, tail) = self.split_at_mut(start);
        Some((head, unsafe { &mut *(tail.as_mut_ptr() as *mut [T; N]) }))
    }

    /// The first `N` elements as an array, and the rest.
    #[inline]
    pub const fn split_first_chunk<const N: usize>(&self) -> Option<(&[T; N], &[T])> {
        if self.len() < N {
            return None;
        }
        let (head, tail) = self.split_at(N);
        Some((unsafe { &*(head.as_ptr() as *const [T; N]) }, tail))
    }

    /// The elements before `mid` and from `mid` on; traps if `mid` lies outside.
    #[inline]
    #[must_use]
    pub const fn split_at(&self, mid: usize) -> (&[T], &[T]) {
        assert!(mid <= self.len(), "mid > len");
        unsafe { self.split_at_unchecked(mid) }
    }

    /// The elements before `mid` and from `mid` on, mutably; traps if `mid` lies outside.
    #[inline]
    #[must_use]
    pub const fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        assert!(mid <= self.len(), "mid > len");
        unsafe { self.split_at_mut_unchecked(mid) }
    }

    /// The elements before `mid` and from `mid` on, if `mid` lies inside.
    #[inline]
    #[must_use]
    pub const fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {
        if mid <= self.len() { Some(unsafe { self.split_at_unchecked(mid) }) } else { None }
    }

    /// The elements before `mid` and from `mid` on, mutably, if `mid` lies inside.
    #[inline]
    #[must_use]
    pub const fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut [T], &mut [T])> {
        if mid <= self.len() { Some(unsafe { self.split_at_mut_unchecked(mid) }) } else { None }
    }

    /// The elements before `mid` and from `mid` on.
    ///
    /// # Safety
    /// `mid` is at most the length.
    #[inline]
    #[must_use]
    pub const unsafe fn split_at_unchecked(&self, mid: usize) -> (&[T], &[T]) {
        let len = self.len();
        let data = self.as_ptr();
        unsafe { (from_raw_parts(data, mid), from_raw_parts(data.add(mid), len - mid)) }
    }

    /// The elements before `mid` and from `mid` on, mutably.
    ///
    /// # Safety
    /// `mid` is at most the length.
    #[inline]
    #[must_use]
    pub const unsafe fn split_at_mut_unchecked(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        let len = self.len();
        let data = self.as_mut_ptr();
        unsafe { (from_raw_parts_mut(data, mid), from_raw_parts_mut(data.add(mid), len - mid)) }
    }

    /// The elements as arrays of `N`, and the rest.
    #[inline]
    #[must_use]
    pub const fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (head, tail) = unsafe { self.split_at_unchecked(whole * N) };
        (unsafe { from_raw_parts(head.as_ptr() as *const [T; N], whole) }, tail)
    }

    /// The elements as arrays of `N`, and the rest, mutably.
    #[inline]
    #[must_use]
    pub const fn as_chunks_mut<const N: usize>(&mut self) -> (&mut [[T; N]], &mut [T]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (head, tail) = unsafe { self.split_at_mut_unchecked(whole * N) };
        (unsafe { from_raw_parts_mut(head.as_mut_ptr() as *mut [T; N], whole) }, tail)
    }

    /// The elements as an array, if there are exactly `N`.
    #[inline]
    #[must_use]
    pub const fn as_array<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() == N { Some(unsafe { &*(self.as_ptr() as *const [T; N]) }) } else { None }
    }

    /// The elements as an array, mutably, if there are exactly `N`.
    #[inline]
    #[must_use]
    pub const fn as_mut_array<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() == N { Some(unsafe { &mut *(self.as_mut_ptr() as *mut [T; N]) }) } else { None }
    }

    /// The first elements that are no whole array of `N`, and the arrays.
    #[inline]
    #[must_use]
    pub const fn as_rchunks<const N: usize>(&self) -> (&[T], &[[T; N]]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (head, tail) = unsafe { self.split_at_unchecked(self.len() - whole * N) };
        (head, unsafe { from_raw_parts(tail.as_ptr() as *const [T; N], whole) })
    }

    /// The first elements that are no whole array of `N`, and the arrays, mutably.
    #[inline]
    #[must_use]
    pub const fn as_rchunks_mut<const N: usize>(&mut self) -> (&mut [T], &mut [[T; N]]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let start = self.len() - whole * N;
        let (head, tail) = unsafe { self.split_at_mut_unchecked(start) };
        (head, unsafe { from_raw_parts_mut(tail.as_mut_ptr() as *mut [T; N], whole) })
    }

    /// The elements as arrays of `N`.
    ///
    /// # Safety
    /// `N` is not zero and divides the length.
    #[inline]
    #[must_use]
    pub const unsafe fn as_chunks_unchecked<const N: usize>(&self) -> &[[T; N]] {
        unsafe { from_raw_parts(self.as_ptr() as *const [T; N], self.len() / N) }
    }

    /// The elements as arrays of `N`, mutably.
    ///
    /// # Safety
    /// `N` is not zero and divides the length.
    #[inline]
    #[must_use]
    pub const unsafe fn as_chunks_unchecked_mut<const N: usize>(&mut self) -> &mut [[T; N]] {
        let whole = self.len() / N;
        unsafe { from_raw_parts_mut(self.as_mut_ptr() as *mut [T; N], whole) }
    }

    /// The place of an element that a reference points to, if it points to one.
    #[inline]
    #[must_use]
    pub fn element_offset(&self, element: &T) -> Option<usize> {
        let size = crate::mem::size_of::<T>();
        assert!(size != 0, "elements are zero-sized");
        let bytes = (element as *const T as usize).wrapping_sub(self.as_ptr() as usize);
        let place = bytes / size;
        if bytes % size == 0 && place < self.len() { Some(place) } else { None }
    }

    /// Reinterprets the elements as another type, mutably, with unaligned ends.
    ///
    /// # Safety
    /// The bytes of the elements are valid values of `U`, and the other way round.
    #[inline]
    #[must_use]
    pub unsafe fn align_to_mut<U>(&mut self) -> (&mut [T], &mut [U], &mut [T]) {
        let size = crate::mem::size_of::<T>();
        let other = crate::mem::size_of::<U>();
        let offset = self.as_ptr().align_offset(crate::mem::align_of::<U>());
        if size == 0 || other == 0 || offset > self.len() {
            return (self, &mut [], &mut []);
        }
        let (head, rest) = self.split_at_mut(offset);
        let middle = rest.len() * size / other;
        let tail = middle * other / size;
        let (body, end) = rest.split_at_mut(tail);
        (head, unsafe { from_raw_parts_mut(body.as_mut_ptr() as *mut U, middle) }, end)
    }

    /// Reinterprets the elements as another type, with unaligned ends.
    ///
    /// # Safety
    /// The bytes of the elements are valid values of `U`.
    #[inline]
    #[must_use]
    pub unsafe fn align_to<U>(&self) -> (&[T], &[U], &[T]) {
        let size = crate::mem::size_of::<T>();
        let other = crate::mem::size_of::<U>();
        let offset = self.as_ptr().align_offset(crate::mem::align_of::<U>());
        if size == 0 || other == 0 || offset > self.len() {
            return (self, &[], &[]);
        }
        let (head, rest) = self.split_at(offset);
        let middle = rest.len() * size / other;
        let (body, tail) = (rest, middle * other / size);
        unsafe {
            (
                head,
                from_raw_parts(body.as_ptr() as *const U, middle),
                from_raw_parts(body.as_ptr().add(tail), body.len() - tail),
            )
        }
    }

    /// Swaps two elements.
    #[inline]
    pub const fn swap(&mut self, a: usize, b: usize) {
        let x = &raw mut self[a];
        let y = &raw mut self[b];
        unsafe { ptr::swap(x, y) }
    }

    /// Reverses the order of the elements.
    #[inline]
    pub const fn reverse(&mut self) {
        let len = self.len();
        let first = self.as_mut_ptr();
        let mut i = 0;
        while i < len / 2 {
            unsafe { ptr::swap(first.add(i), first.add(len - 1 - i)) };
            i += 1;
        }
    }

    /// Moves the first `mid` elements to the end.
    #[inline]
    pub fn rotate_left(&mut self, mid: usize) {
        assert!(mid <= self.len());
        self[..mid].reverse();
        self[mid..].reverse();
        self.reverse();
    }

    /// Moves the last `k` elements to the front.
    #[inline]
    pub fn rotate_right(&mut self, k: usize) {
        assert!(k <= self.len());
        self.rotate_left(self.len() - k)
    }

    /// Sets every element to a clone of the value.
    #[inline]
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        for slot in self {
            *slot = value.clone();
        }
    }

    /// Sets every element to the function's value.
    #[inline]
    pub fn fill_with<F: FnMut() -> T>(&mut self, mut f: F) {
        for slot in self {
            *slot = f();
        }
    }

    /// Clones the elements of a slice of the same length.
    #[inline]
    pub fn clone_from_slice(&mut self, source: &[T])
    where
        T: Clone,
    {
        assert!(self.len() == source.len(), "destination and source slices have different lengths");
        for (slot, value) in self.iter_mut().zip(source) {
            *slot = value.clone();
        }
    }

    /// Copies the elements of a slice of the same length.
    #[inline]
    pub const fn copy_from_slice(&mut self, source: &[T])
    where
        T: Copy,
    {
        assert!(self.len() == source.len(), "copy_from_slice: source slice length does not match destination slice length");
        unsafe { intrinsics::copy_nonoverlapping(source.as_ptr(), self.as_mut_ptr(), self.len()) }
    }

    /// Copies a range of elements to another place in the same slice.
    #[inline]
    pub fn copy_within<R: RangeBounds<usize>>(&mut self, source: R, destination: usize)
    where
        T: Copy,
    {
        let Range { start, end } = range(source, ..self.len());
        let count = end - start;
        assert!(destination <= self.len() - count, "dest is out of bounds");
        let data = self.as_mut_ptr();
        unsafe { intrinsics::copy(data.add(start) as *const T, data.add(destination), count) }
    }

    /// Swaps the elements with those of a slice of the same length.
    #[inline]
    pub fn swap_with_slice(&mut self, other: &mut [T]) {
        assert!(self.len() == other.len(), "destination and source slices have different lengths");
        unsafe { ptr::swap_nonoverlapping(self.as_mut_ptr(), other.as_mut_ptr(), self.len()) }
    }

    /// Whether an element equals the value.
    #[inline]
    #[must_use]
    pub fn contains(&self, value: &T) -> bool
    where
        T: PartialEq,
    {
        for element in self {
            if *element == *value {
                return true;
            }
        }
        false
    }

    /// Whether the slice begins with the other.
    #[inline]
    #[must_use]
    pub fn starts_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let n = needle.len();
        self.len() >= n && *needle == self[..n]
    }

    /// Whether the slice ends with the other.
    #[inline]
    #[must_use]
    pub fn ends_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let (m, n) = (self.len(), needle.len());
        m >= n && *needle == self[m - n..]
    }

    /// The rest after a prefix, if the slice begins with it.
    #[inline]
    #[must_use]
    pub fn strip_prefix(&self, prefix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.starts_with(prefix) { Some(&self[prefix.len()..]) } else { None }
    }

    /// The rest before a suffix, if the slice ends with it.
    #[inline]
    #[must_use]
    pub fn strip_suffix(&self, suffix: &[T]) -> Option<&[T]>
    where
        T: PartialEq,
    {
        if self.ends_with(suffix) { Some(&self[..self.len() - suffix.len()]) } else { None }
    }
}

impl<T, const N: usize> [[T; N]] {
    /// The elements of all the arrays.
    #[inline]
    pub const fn as_flattened(&self) -> &[T] {
        unsafe { from_raw_parts(self.as_ptr() as *const T, self.len() * N) }
    }

    /// The elements of all the arrays, mutably.
    #[inline]
    pub const fn as_flattened_mut(&mut self) -> &mut [T] {
        unsafe { from_raw_parts_mut(self.as_mut_ptr() as *mut T, self.len() * N) }
    }
}

impl<T, I: SliceIndex<[T]>> Index<I> for [T] {
    type Output = I::Output;
    #[inline(always)]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<T, I: SliceIndex<[T]>> IndexMut<I> for [T] {
    #[inline(always)]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

impl<T> Default for &mut [T] {
    fn default() -> Self {
        &mut []
    }
}
