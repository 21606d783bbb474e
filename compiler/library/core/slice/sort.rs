//! Searching sorted slices and sorting.
//!
//! What it is: binary search, insertion and heap sort, a stable merge sort (Rust's own is in `alloc`), and tests for
//! sortedness.
//! What it assumes: a thread sorts its own few elements; nothing here is parallel.
//! What it guarantees: no recursion and no memory beyond the slice; `sort_unstable` may reorder equal elements of more
//! than 20. Merging moves elements in place, which takes time in the square of the length at worst.
//!
//! ```text
//! let i = bounds.partition_point(|b| *b <= x);
//! ```

use crate::cmp::Ordering;

impl<T> [T] {
    /// The index of an element equal to the value, or where it would go.
    #[inline]
    pub fn binary_search(&self, value: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|element| element.cmp(value))
    }

    /// The index of an element the comparison finds equal, or where it would go.
    #[inline]
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut compare: F) -> Result<usize, usize> {
        // As many steps for every value, so that the lanes of a warp stay together; which of several equal elements is
        // found, and what is found in a slice that is not sorted, is what rustc's library finds.
        let (mut start, mut count) = (0, self.len());
        if count == 0 {
            return Err(0);
        }
        while count > 1 {
            let mid = start + count / 2;
            if compare(&self[mid]) != Ordering::Greater {
                start = mid;
            }
            count -= count / 2;
        }
        match compare(&self[start]) {
            Ordering::Equal => Ok(start),
            Ordering::Less => Err(start + 1),
            Ordering::Greater => Err(start),
        }
    }

    /// The index of an element with the key, or where it would go.
    #[inline]
    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(&'a self, key: &B, mut f: F) -> Result<usize, usize> {
        self.binary_search_by(|element| f(element).cmp(key))
    }

    /// The number of leading elements for which the predicate holds, if it holds for a prefix only.
    #[inline]
    #[must_use]
    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut predicate: P) -> usize {
        let side = |element| if predicate(element) { Ordering::Less } else { Ordering::Greater };
        match self.binary_search_by(side) {
            Ok(i) | Err(i) => i,
        }
    }

    /// Whether the elements ascend.
    #[inline]
    #[must_use]
    pub fn is_sorted(&self) -> bool
    where
        T: PartialOrd,
    {
        let mut i = 1;
        while i < self.len() {
            if !(self[i - 1] <= self[i]) {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Whether the predicate holds for every two neighbours.
    #[inline]
    #[must_use]
    pub fn is_sorted_by<'a, F: FnMut(&'a T, &'a T) -> bool>(&'a self, mut compare: F) -> bool {
        let mut i = 1;
        while i < self.len() {
            if !compare(&self[i - 1], &self[i]) {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Whether the keys ascend.
    #[inline]
    #[must_use]
    pub fn is_sorted_by_key<'a, K: PartialOrd, F: FnMut(&'a T) -> K>(&'a self, f: F) -> bool {
        self.iter().is_sorted_by_key(f)
    }

    /// Puts the element that sorting would put at `index` there, smaller ones before it and greater ones after it.
    #[inline]
    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        select(self, index, |a, b| a < b)
    }

    /// `select_nth_unstable` by a comparison.
    #[inline]
    pub fn select_nth_unstable_by<F: FnMut(&T, &T) -> Ordering>(
        &mut self,
        index: usize,
        mut compare: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        select(self, index, |a, b| compare(a, b).is_lt())
    }

    /// `select_nth_unstable` by a key.
    #[inline]
    pub fn select_nth_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(
        &mut self,
        index: usize,
        mut key: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        select(self, index, |a, b| key(a) < key(b))
    }

    /// Sorts ascending; equal elements keep their order.
    #[inline]
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        merge_sort(self, |a, b| a < b)
    }

    /// Sorts by a comparison; equal elements keep their order.
    #[inline]
    pub fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        merge_sort(self, |a, b| compare(a, b).is_lt())
    }

    /// Sorts by a key; equal elements keep their order.
    #[inline]
    pub fn sort_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut key: F) {
        merge_sort(self, |a, b| key(a) < key(b))
    }

    /// Sorts by a key, which is asked for at each comparison as there is no memory to keep it; equal elements keep their
    /// order.
    #[inline]
    pub fn sort_by_cached_key<K: Ord, F: FnMut(&T) -> K>(&mut self, key: F) {
        self.sort_by_key(key)
    }

    /// Sorts ascending; equal elements may change places.
    #[inline]
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        unstable_sort(self, |a, b| a < b)
    }

    /// Sorts by a comparison; equal elements may change places.
    #[inline]
    pub fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        unstable_sort(self, |a, b| compare(a, b).is_lt())
    }

    /// Sorts by a key; equal elements may change places.
    #[inline]
    pub fn sort_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut key: F) {
        unstable_sort(self, |a, b| key(a) < key(b))
    }
}

/// Up to here insertion sort is used, as in Rust's own library: equal elements of so few keep their order there too.
const FEW: usize = 20;

fn unstable_sort<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], mut less: F) {
    if values.len() <= FEW {
        insertion_sort(values, &mut less);
    } else {
        heap_sort(values, less);
    }
}

/// Moves each element down past the greater ones before it.
fn insertion_sort<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], less: &mut F) {
    for end in 1..values.len() {
        let mut at = end;
        while at > 0 && less(&values[at], &values[at - 1]) {
            values.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Sorts runs by insertion, then merges neighbouring runs until there is one.
fn merge_sort<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], mut less: F) {
    for run in values.chunks_mut(FEW) {
        insertion_sort(run, &mut less);
    }
    let mut width = FEW;
    while width < values.len() {
        for pair in values.chunks_mut(2 * width) {
            merge(pair, width, &mut less);
        }
        width *= 2;
    }
}

/// Merges `values[..middle]` with the rest: what of the rest is less than the next element is rotated before it.
fn merge<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], mut middle: usize, less: &mut F) {
    let mut at = 0;
    while at < middle && middle < values.len() {
        let mut end = middle;
        while end < values.len() && less(&values[end], &values[at]) {
            end += 1;
        }
        values[at..end].rotate_left(middle - at);
        at += end - middle + 1;
        middle = end;
    }
}

/// Sorts, which is more than selection asks for but needs no second algorithm; then splits at the place.
fn select<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], index: usize, less: F) -> (&mut [T], &mut T, &mut [T]) {
    assert!(index < values.len(), "partition_at_index index out of range");
    heap_sort(values, less);
    let (left, rest) = values.split_at_mut(index);
    let (nth, right) = rest.split_at_mut(1);
    (left, &mut nth[0], right)
}

/// Sorts by building a heap and taking the greatest element off it repeatedly.
fn heap_sort<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], mut less: F) {
    let len = values.len();
    let mut root = len / 2;
    while root > 0 {
        root -= 1;
        sift_down(values, root, &mut less);
    }
    let mut end = len;
    while end > 1 {
        end -= 1;
        values.swap(0, end);
        sift_down(&mut values[..end], 0, &mut less);
    }
}

/// Restores the heap below one element.
fn sift_down<T, F: FnMut(&T, &T) -> bool>(heap: &mut [T], mut root: usize, less: &mut F) {
    loop {
        let mut child = 2 * root + 1;
        if child >= heap.len() {
            return;
        }
        if child + 1 < heap.len() && less(&heap[child], &heap[child + 1]) {
            child += 1;
        }
        if !less(&heap[root], &heap[child]) {
            return;
        }
        heap.swap(root, child);
        root = child;
    }
}
