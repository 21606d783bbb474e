//! Runs of consecutive elements a thread owns in a 1-D space.
//!
//! What it is: the methods of `DisjointSlice` over `Index1D` and `LinearTiles<N>` that take a 32-bit witness.
//! What it assumes: `view`'s.
//! What it guarantees: runs of distinct threads are disjoint; a run is never empty.
//!
//! ```text
//! let mut runs = out.grid_stride_runs32(index);
//! while let Some(mut run) = runs.next_run() { }
//! ```

use crate::disjoint::DisjointSlice;
use crate::thread::{blockDim_x, gridDim_x, Index1D, ThreadIndex32};
use crate::view::{InBoundsMut32, LinearTiles, RuntimeViewMut32, StaticViewMut32};

impl<'a, T> DisjointSlice<'a, T, Index1D> {
    /// The witness's element, if inside.
    #[inline(always)]
    pub fn element_thread32(&mut self, index: ThreadIndex32<'_>) -> Option<InBoundsMut32<'_, T>> {
        let offset = index.get() as usize;
        if size_of::<T>() != 0 && offset < self.len() {
            Some(unsafe { InBoundsMut32::from_pointer(self.pointer().add(offset)) })
        } else {
            None
        }
    }
}

impl<'a, T, const N: usize> DisjointSlice<'a, T, LinearTiles<N>> {
    /// The witness's tile, if all of it lies inside.
    #[inline(always)]
    pub fn tile_thread32(&mut self, index: ThreadIndex32<'_>) -> Option<StaticViewMut32<'_, T, N>> {
        let start = index.get() as u64 * N as u64;
        if size_of::<T>() != 0 && N != 0 && start + N as u64 <= self.len() as u64 {
            Some(unsafe { StaticViewMut32::from_pointer(self.pointer().add(start as usize)) })
        } else {
            None
        }
    }

    /// The witness's run: its tile, cut at the end of the slice.
    #[inline(always)]
    pub fn thread_run32(&mut self, index: ThreadIndex32<'_>) -> Option<ThreadRunMut32<'_, T, N>> {
        let start = index.get() as u64 * N as u64;
        unsafe { run_at(self.pointer(), self.len() as u64, start) }
    }

    /// The witness's run, and every run a whole grid of tiles further on.
    #[inline(always)]
    pub fn grid_stride_runs32(&mut self, index: ThreadIndex32<'_>) -> GridStrideRuns32<'_, 'a, T, N> {
        let period = gridDim_x() as u64 * blockDim_x() as u64;
        GridStrideRuns32 { tile: index.get() as u64, period, slice: self }
    }
}

/// The run that starts at `start`, if that lies inside.
///
/// # Safety
/// The elements `start..start + N` that lie inside belong to the caller for `'a`.
#[inline(always)]
unsafe fn run_at<'a, T, const N: usize>(pointer: *mut T, len: u64, start: u64) -> Option<ThreadRunMut32<'a, T, N>> {
    if size_of::<T>() == 0 || N == 0 || start >= len {
        return None;
    }
    let first = unsafe { pointer.add(start as usize) };
    let rest = len - start;
    Some(if rest >= N as u64 {
        ThreadRunMut32::Full(unsafe { StaticViewMut32::from_pointer(first) })
    } else {
        ThreadRunMut32::Clipped(unsafe { RuntimeViewMut32::from_pointer(first, rest as u32) })
    })
}

/// A thread's run: whole, or cut at the end of the slice.
pub enum ThreadRunMut32<'a, T, const N: usize> {
    /// All `N` elements.
    Full(StaticViewMut32<'a, T, N>),
    /// Fewer.
    Clipped(RuntimeViewMut32<'a, T>),
}

impl<'a, T, const N: usize> ThreadRunMut32<'a, T, N> {
    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> u32 {
        match self {
            ThreadRunMut32::Full(view) => view.len(),
            ThreadRunMut32::Clipped(view) => view.len(),
        }
    }

    /// Always false.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Whether the run was cut.
    #[inline(always)]
    pub fn is_clipped(&self) -> bool {
        matches!(self, ThreadRunMut32::Clipped(_))
    }

    /// An element, if inside.
    #[inline(always)]
    pub fn at(&mut self, index: u32) -> Option<InBoundsMut32<'_, T>> {
        match self {
            ThreadRunMut32::Full(view) => match crate::view::LocalIndex32::new(index) {
                Some(proven) => Some(view.at(proven)),
                None => None,
            },
            ThreadRunMut32::Clipped(view) => view.at(index),
        }
    }
}

/// The runs of one thread in a grid-stride walk.
pub struct GridStrideRuns32<'s, 'a, T, const N: usize> {
    tile: u64,
    period: u64,
    slice: &'s mut DisjointSlice<'a, T, LinearTiles<N>>,
}

impl<'s, 'a, T, const N: usize> GridStrideRuns32<'s, 'a, T, N> {
    /// The next run; none once the walk leaves the slice or a start exceeds 32 bits.
    #[inline(always)]
    pub fn next_run(&mut self) -> Option<ThreadRunMut32<'_, T, N>> {
        let start = self.tile * N as u64;
        if start > u32::MAX as u64 {
            return None;
        }
        self.tile += self.period;
        unsafe { run_at(self.slice.pointer(), self.slice.len() as u64, start) }
    }

    /// The number of tiles from one run to the next.
    #[inline(always)]
    pub fn period(&self) -> u64 {
        self.period
    }
}
