//! Shared memory of a block.
//!
//! What it is: `SharedArray`, the type of a static in shared memory, `DynamicSharedArray`, the memory sized at launch,
//! and shared addresses.
//! What it assumes: the compiler puts statics of `#[oxide::shared]` types into shared memory, uninitialised (their
//! initialiser is not evaluated), aligned to the larger of the type's alignment and `ALIGN`.
//! What it guarantees: nothing about races: threads must meet at a barrier between writing and reading.
//!
//! ```text
//! static mut TILE: SharedArray<f32, 256> = SharedArray::UNINIT;
//! unsafe { TILE[tid] = x; thread::sync_threads(); y = TILE[255 - tid]; }
//! ```

use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::{Index, IndexMut};

pub use cuda_intrinsics::shared::{dynamic_smem_size, total_smem_size};

/// An array in shared memory. `ALIGN` may raise its alignment.
#[oxide::shared]
#[repr(C)]
pub struct SharedArray<T, const N: usize, const ALIGN: usize = 0> {
    elements: MaybeUninit<[T; N]>,
    _not_sync: PhantomData<*mut T>,
}

impl<T, const N: usize, const ALIGN: usize> SharedArray<T, N, ALIGN> {
    /// The initialiser of the static; shared memory starts out undefined.
    pub const UNINIT: Self = SharedArray { elements: MaybeUninit::uninit(), _not_sync: PhantomData };

    /// `N`.
    #[inline(always)]
    pub const fn len() -> usize {
        N
    }

    /// Whether `N` is zero.
    #[inline(always)]
    pub const fn is_empty() -> bool {
        N == 0
    }

    /// The alignment of the static.
    #[inline(always)]
    pub const fn alignment() -> usize {
        if ALIGN > align_of::<T>() { ALIGN } else { align_of::<T>() }
    }

    /// A pointer to the first element.
    #[inline(always)]
    pub fn as_ptr(&self) -> *const T {
        self.elements.as_ptr() as *const T
    }

    /// A mutable pointer to the first element.
    #[inline(always)]
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.elements.as_mut_ptr() as *mut T
    }

    /// A mutable pointer to the first element, without a reference in between: `as_raw_mut_ptr(&raw mut TILE)`.
    ///
    /// # Safety
    /// `shared` points to a static.
    #[inline(always)]
    pub unsafe fn as_raw_mut_ptr(shared: *mut Self) -> *mut T {
        shared as *mut T
    }
}

/// Unchecked: the index must be less than `N`.
impl<T, const N: usize, const ALIGN: usize> Index<usize> for SharedArray<T, N, ALIGN> {
    type Output = T;
    #[inline(always)]
    fn index(&self, index: usize) -> &T {
        unsafe { &*self.as_ptr().add(index) }
    }
}

/// Unchecked: the index must be less than `N`.
impl<T, const N: usize, const ALIGN: usize> IndexMut<usize> for SharedArray<T, N, ALIGN> {
    #[inline(always)]
    fn index_mut(&mut self, index: usize) -> &mut T {
        unsafe { &mut *self.as_mut_ptr().add(index) }
    }
}

/// The shared memory whose size the launch gives. All uses in a kernel share it.
pub struct DynamicSharedArray<T, const ALIGN: usize = 16> {
    _element: PhantomData<T>,
}

#[oxide::intrinsic = "dynamic_shared"]
fn dynamic_shared<const ALIGN: usize>() -> *mut u8;

impl<T, const ALIGN: usize> DynamicSharedArray<T, ALIGN> {
    /// A pointer to the start.
    #[inline(always)]
    pub fn get() -> *mut T {
        dynamic_shared::<ALIGN>() as *mut T
    }

    /// A pointer to the first byte.
    #[inline(always)]
    pub fn get_raw() -> *mut u8 {
        dynamic_shared::<ALIGN>()
    }

    /// A pointer `byte_offset` bytes after the start.
    #[inline(always)]
    pub fn offset(byte_offset: usize) -> *mut T {
        unsafe { dynamic_shared::<ALIGN>().add(byte_offset) as *mut T }
    }

    /// `ALIGN`.
    #[inline(always)]
    pub const fn alignment() -> usize {
        ALIGN
    }
}

/// The offset in shared memory of a generic address.
///
/// # Safety
/// The address lies in shared memory.
#[inline(always)]
pub unsafe fn cvta_generic_to_shared_offset(generic: *const u8) -> u64 {
    #[allow(unused_assignments)]
    let mut offset: u64 = 0;
    unsafe {
        crate::ptx_asm!(
            "cvta.to.shared.u64 %0, %1;",
            out("=l") offset,
            in("l") generic,
            options(register_only, may_diverge)
        );
    }
    offset
}
