//! Where a thread is: coordinates, index witnesses, the block barrier.
//!
//! What it is: the special registers, and the witness types that prove to a `DisjointSlice` which element belongs to
//! the calling thread. Witnesses are made only by `__internal`, to which the compiler redirects `index_1d` and its
//! like inside `#[kernel]` and `#[device]` bodies.
//! What it assumes: the scope passed to `__internal` lives in the kernel's own frame.
//! What it guarantees: distinct threads get distinct valid witnesses; a witness cannot leave the kernel, be copied or
//! be sent to another thread.
//!
//! ```text
//! let i = thread::index_1d();
//! if let Some(out) = c.get_mut(i) { *out = 1.0 }
//! ```

#![allow(non_snake_case)]

use core::marker::PhantomData;

use cuda_intrinsics::{sreg, thread as raw};

use crate::disjoint::{DisjointSlice, SpaceLayout};

pub use cuda_intrinsics::thread::{gridid, nsmid, smid};

macro_rules! coordinates {
    ($($name:ident $register:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        #[inline(always)]
        pub fn $name() -> u32 {
            sreg::$register()
        }
    )*};
}

coordinates! {
    threadIdx_x thread_idx_x "The thread's x coordinate in its block.";
    threadIdx_y thread_idx_y "The thread's y coordinate in its block.";
    threadIdx_z thread_idx_z "The thread's z coordinate in its block.";
    blockIdx_x block_idx_x "The block's x coordinate in the grid.";
    blockIdx_y block_idx_y "The block's y coordinate in the grid.";
    blockIdx_z block_idx_z "The block's z coordinate in the grid.";
    blockDim_x block_dim_x "The number of threads of a block along x.";
    blockDim_y block_dim_y "The number of threads of a block along y.";
    blockDim_z block_dim_z "The number of threads of a block along z.";
    gridDim_x grid_dim_x "The number of blocks along x.";
    gridDim_y grid_dim_y "The number of blocks along y.";
    gridDim_z grid_dim_z "The number of blocks along z.";
}

/// Waits until all threads of the block arrive; their earlier memory accesses are visible after it.
#[inline(always)]
pub fn sync_threads() {
    unsafe { raw::sync_threads() }
}

/// The thread's row in the grid: `blockIdx.y * blockDim.y + threadIdx.y`.
#[inline(always)]
pub fn index_2d_row() -> usize {
    blockIdx_y() as usize * blockDim_y() as usize + threadIdx_y() as usize
}

/// The thread's column in the grid: `blockIdx.x * blockDim.x + threadIdx.x`.
#[inline(always)]
pub fn index_2d_col() -> usize {
    blockIdx_x() as usize * blockDim_x() as usize + threadIdx_x() as usize
}

// Index spaces: what a witness's number means.

/// One element for each thread of a 1-D launch.
pub enum Index1D {}
/// One element for each thread of a 2-D launch, `row * ROW_STRIDE + col`.
pub enum Index2D<const ROW_STRIDE: usize> {}
/// One element for each thread of a 2-D launch, in rows as wide as the slice says.
pub enum Runtime2DIndex {}
/// One element for each warp of a 1-D launch.
pub enum WarpIndex {}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Index1D {}
impl<const ROW_STRIDE: usize> sealed::Sealed for Index2D<ROW_STRIDE> {}
impl sealed::Sealed for Runtime2DIndex {}
impl sealed::Sealed for WarpIndex {}

/// Spaces whose witness is an offset as it stands.
pub trait FlatIndexSpace: sealed::Sealed {}

impl FlatIndexSpace for Index1D {}
impl<const ROW_STRIDE: usize> FlatIndexSpace for Index2D<ROW_STRIDE> {}
impl FlatIndexSpace for WarpIndex {}

/// Spaces whose witness selects one element of a `DisjointSlice`.
pub trait ElementSpace: SpaceLayout {
    /// The element's offset, or `usize::MAX` if the witness is invalid for a slice with this data.
    #[doc(hidden)]
    fn offset(raw: usize, data: Self::Data) -> usize;
}

macro_rules! flat_elements {
    ($([$($generics:tt)*] $space:ty;)*) => {$(
        impl<$($generics)*> ElementSpace for $space {
            #[inline(always)]
            fn offset(raw: usize, _data: ()) -> usize {
                raw
            }
        }
    )*};
}

flat_elements! { [] Index1D; [const ROW_STRIDE: usize] Index2D<ROW_STRIDE>; [] WarpIndex; }

impl ElementSpace for Runtime2DIndex {
    #[inline(always)]
    fn offset(raw: usize, width: u32) -> usize {
        let (row, col) = (raw >> 32, raw & 0xffff_ffff);
        if col < width as usize { row * width as usize + col } else { INVALID }
    }
}

/// Spaces whose witness follows from the thread's coordinates alone.
pub trait IndexFormula: FlatIndexSpace + ElementSpace<Data = ()> {
    /// The calling thread's witness.
    #[doc(hidden)]
    fn witness<'kernel, S: __internal::Scope>(scope: &'kernel S) -> Option<ThreadIndex<'kernel, Self>>
    where
        Self: Sized;
}

impl IndexFormula for Index1D {
    #[inline(always)]
    fn witness<'kernel, S: __internal::Scope>(scope: &'kernel S) -> Option<ThreadIndex<'kernel, Index1D>> {
        let raw = __internal::linear_index(scope);
        if raw == INVALID { None } else { Some(ThreadIndex::new(raw)) }
    }
}

impl<const ROW_STRIDE: usize> IndexFormula for Index2D<ROW_STRIDE> {
    #[inline(always)]
    fn witness<'kernel, S: __internal::Scope>(scope: &'kernel S) -> Option<ThreadIndex<'kernel, Index2D<ROW_STRIDE>>> {
        __internal::index_2d::<ROW_STRIDE>(scope)
    }
}

/// What an invalid witness holds; no slice is that long.
const INVALID: usize = usize::MAX;

/// A type that is invariant in `'kernel` and confined to its thread.
type Brand<'kernel> = PhantomData<(fn(&'kernel ()) -> &'kernel (), *const ())>;

/// Proof that an element belongs to the calling thread.
#[repr(transparent)]
pub struct ThreadIndex<'kernel, IS = Index1D> {
    raw: usize,
    _brand: Brand<'kernel>,
    _space: PhantomData<IS>,
}

impl<'kernel, IS> ThreadIndex<'kernel, IS> {
    #[inline(always)]
    pub(crate) fn new(raw: usize) -> Self {
        ThreadIndex { raw, _brand: PhantomData, _space: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn raw(&self) -> usize {
        self.raw
    }

    /// Whether the launch has the shape this index needs.
    #[inline(always)]
    pub fn is_valid(&self) -> bool {
        self.raw != INVALID
    }
}

impl<'kernel, IS: FlatIndexSpace> ThreadIndex<'kernel, IS> {
    /// The offset; `usize::MAX` if invalid.
    #[inline(always)]
    pub fn get(&self) -> usize {
        self.raw
    }

    /// Whether the offset lies below `len`.
    #[inline(always)]
    pub fn in_bounds(&self, len: usize) -> bool {
        self.raw < len
    }
}

impl<'kernel> ThreadIndex<'kernel, Runtime2DIndex> {
    /// The row.
    #[inline(always)]
    pub fn row(&self) -> usize {
        self.raw >> 32
    }

    /// The column.
    #[inline(always)]
    pub fn col(&self) -> usize {
        self.raw & 0xffff_ffff
    }
}

/// Proof of the calling thread's 32-bit linear index.
pub struct ThreadIndex32<'kernel> {
    raw: u32,
    _brand: Brand<'kernel>,
}

impl<'kernel> ThreadIndex32<'kernel> {
    /// The index.
    #[inline(always)]
    pub fn get(&self) -> u32 {
        self.raw
    }

    /// Whether the index lies below `len`.
    #[inline(always)]
    pub fn in_bounds(&self, len: usize) -> bool {
        (self.raw as usize) < len
    }
}

/// Proof of the calling thread's 32-bit row and column.
pub struct ThreadCoord2D32<'kernel> {
    row: u32,
    col: u32,
    _brand: Brand<'kernel>,
}

impl<'kernel> ThreadCoord2D32<'kernel> {
    /// The row.
    #[inline(always)]
    pub fn row(&self) -> u32 {
        self.row
    }

    /// The column.
    #[inline(always)]
    pub fn col(&self) -> u32 {
        self.col
    }
}

// What a launch contract says, as types.

/// No contract: the launch may have any rank.
pub enum UnknownDomain {}
/// The contract allows 1-D launches only.
pub enum Domain1 {}
/// The contract allows 1-D and 2-D launches.
pub enum Domain2 {}
/// The contract allows any rank.
pub enum Domain3 {}
/// Coordinates may need more than 32 bits.
pub enum NativeCoordinates {}
/// The host has checked that every coordinate fits 32 bits.
pub enum U32Coordinates {}

/// A launch's rank, if known.
pub trait LaunchDomain {
    /// The highest rank the launch may have; 0 if unknown.
    #[doc(hidden)]
    const RANK: u32;
}

impl LaunchDomain for UnknownDomain {
    const RANK: u32 = 0;
}
impl LaunchDomain for Domain1 {
    const RANK: u32 = 1;
}
impl LaunchDomain for Domain2 {
    const RANK: u32 = 2;
}
impl LaunchDomain for Domain3 {
    const RANK: u32 = 3;
}

/// What `#[kernel(launch_context = lc)]` binds `lc` to, behind a reference.
pub struct LaunchContext<'kernel, Domain, Coordinates> {
    _brand: Brand<'kernel>,
    _facts: PhantomData<(Domain, Coordinates)>,
}

/// The type of `lc`.
pub type LaunchContextRef<'kernel, Domain, Coordinates> = &'kernel LaunchContext<'kernel, Domain, Coordinates>;

/// The thread's linear index in 32 bits; the host has checked that it fits.
#[inline(always)]
pub fn index_1d_u32<'kernel>(
    _context: LaunchContextRef<'kernel, Domain1, U32Coordinates>,
) -> ThreadIndex32<'kernel> {
    let raw = blockIdx_x().wrapping_mul(blockDim_x()).wrapping_add(threadIdx_x());
    ThreadIndex32 { raw, _brand: PhantomData }
}

/// The thread's row and column in 32 bits; the host has checked that they fit.
#[inline(always)]
pub fn coord_2d_u32<'kernel>(
    _context: LaunchContextRef<'kernel, Domain2, U32Coordinates>,
) -> ThreadCoord2D32<'kernel> {
    let row = blockIdx_y().wrapping_mul(blockDim_y()).wrapping_add(threadIdx_y());
    let col = blockIdx_x().wrapping_mul(blockDim_x()).wrapping_add(threadIdx_x());
    ThreadCoord2D32 { row, col, _brand: PhantomData }
}

// The public names of the redirected functions. Reached unredirected, they are an error.

/// The witness of element `blockIdx.x * blockDim.x + threadIdx.x`; invalid on a launch that is not 1-D.
#[oxide::host_only("`thread::index_1d` only works inside `#[kernel]` / `#[device]` functions")]
pub fn index_1d<'kernel>() -> ThreadIndex<'kernel, Index1D> {
    unreachable!()
}

/// The witness of element `row * ROW_STRIDE + col`, if `col < ROW_STRIDE`.
#[oxide::host_only("`thread::index_2d` only works inside `#[kernel]` / `#[device]` functions")]
pub fn index_2d<'kernel, const ROW_STRIDE: usize>() -> Option<ThreadIndex<'kernel, Index2D<ROW_STRIDE>>> {
    unreachable!()
}

/// The witness of the thread's row and column, if the column lies inside the slice's rows.
#[oxide::host_only("`thread::index_2d_runtime` only works inside `#[kernel]` / `#[device]` functions")]
pub fn index_2d_runtime<'kernel, T>(
    _slice: &DisjointSlice<'_, T, Runtime2DIndex>,
) -> Option<ThreadIndex<'kernel, Runtime2DIndex>> {
    unreachable!()
}

/// The witness of the thread's warp, in its lane 0.
#[oxide::host_only("`thread::warp_index` only works inside `#[kernel]` / `#[device]` functions")]
pub fn warp_index<'kernel>() -> Option<ThreadIndex<'kernel, WarpIndex>> {
    unreachable!()
}

/// What the compiler calls; no part of the API.
#[doc(hidden)]
pub mod __internal {
    use super::*;

    /// What is known of a launch.
    pub trait Scope {
        /// See [`LaunchDomain`].
        const RANK: u32;
    }

    /// The local every `#[kernel]` and `#[device]` body that needs witnesses begins with.
    pub struct LaunchScope<Domain, Coordinates> {
        _brand: PhantomData<*const ()>,
        _facts: PhantomData<(Domain, Coordinates)>,
    }

    impl<Domain, Coordinates> LaunchScope<Domain, Coordinates> {
        /// # Safety
        /// Only for the local the compiler declares, with facts its launch contract ensures.
        #[inline(always)]
        pub const unsafe fn new() -> Self {
            LaunchScope { _brand: PhantomData, _facts: PhantomData }
        }
    }

    impl<Domain: LaunchDomain, Coordinates> Scope for LaunchScope<Domain, Coordinates> {
        const RANK: u32 = Domain::RANK;
    }

    /// What `lc` is bound to.
    #[inline(always)]
    pub fn launch_context<'kernel, Domain, Coordinates>(
        scope: &'kernel LaunchScope<Domain, Coordinates>,
    ) -> LaunchContextRef<'kernel, Domain, Coordinates> {
        let pointer = scope as *const LaunchScope<Domain, Coordinates>;
        unsafe { &*(pointer as *const LaunchContext<'kernel, Domain, Coordinates>) }
    }

    /// Whether no thread differs from another in z only.
    #[inline(always)]
    fn is_flat_in_z<S: Scope>(_scope: &S) -> bool {
        S::RANK == 1 || S::RANK == 2 || (blockDim_z() == 1 && gridDim_z() == 1)
    }

    /// Whether no thread differs from another in y or z only.
    #[inline(always)]
    fn is_linear<S: Scope>(scope: &S) -> bool {
        S::RANK == 1 || (blockDim_y() == 1 && gridDim_y() == 1 && is_flat_in_z(scope))
    }

    /// The linear index, or `usize::MAX`. Neither factor exceeds 32 bits, so the sum does not overflow.
    #[inline(always)]
    pub(crate) fn linear_index<S: Scope>(scope: &S) -> usize {
        if is_linear(scope) { index_2d_col() } else { INVALID }
    }

    /// See [`super::index_1d`].
    #[inline(always)]
    pub fn index_1d<'kernel, S: Scope>(scope: &'kernel S) -> ThreadIndex<'kernel, Index1D> {
        ThreadIndex::new(linear_index(scope))
    }

    /// See [`super::index_2d`].
    #[inline(always)]
    pub fn index_2d<'kernel, const ROW_STRIDE: usize>(
        scope: &'kernel impl Scope,
    ) -> Option<ThreadIndex<'kernel, Index2D<ROW_STRIDE>>> {
        let (row, col) = (index_2d_row(), index_2d_col());
        if col >= ROW_STRIDE || !is_flat_in_z(scope) {
            return None;
        }
        let (start, overflow) = row.overflowing_mul(ROW_STRIDE);
        let (raw, carry) = start.overflowing_add(col);
        if overflow || carry || raw == INVALID { None } else { Some(ThreadIndex::new(raw)) }
    }

    /// The form `index_2d(stride)` of earlier releases, whose witness is good for 1-D slices.
    #[inline(always)]
    pub fn index_2d_strided<'kernel>(
        scope: &'kernel impl Scope,
        row_stride: usize,
    ) -> Option<ThreadIndex<'kernel, Index1D>> {
        let (row, col) = (index_2d_row(), index_2d_col());
        if col >= row_stride || !is_flat_in_z(scope) {
            return None;
        }
        let raw = row.checked_mul(row_stride)?.checked_add(col)?;
        if raw == INVALID { None } else { Some(ThreadIndex::new(raw)) }
    }

    /// See [`super::index_2d_runtime`].
    #[inline(always)]
    pub fn index_2d_runtime<'kernel, T>(
        scope: &'kernel impl Scope,
        slice: &DisjointSlice<'_, T, Runtime2DIndex>,
    ) -> Option<ThreadIndex<'kernel, Runtime2DIndex>> {
        let (row, col) = (index_2d_row(), index_2d_col());
        let width = slice.row_width() as usize;
        // All ones would be the invalid witness; a width never reaches that column.
        if col >= width || row > u32::MAX as usize || !is_flat_in_z(scope) {
            return None;
        }
        Some(ThreadIndex::new((row << 32) | col))
    }

    /// See [`super::warp_index`].
    #[inline(always)]
    pub fn warp_index<'kernel>(scope: &'kernel impl Scope) -> Option<ThreadIndex<'kernel, WarpIndex>> {
        let thread = threadIdx_x();
        if thread % 32 != 0 || !is_linear(scope) {
            return None;
        }
        let warps = blockDim_x().div_ceil(32) as usize;
        Some(ThreadIndex::new(blockIdx_x() as usize * warps + (thread / 32) as usize))
    }
}
