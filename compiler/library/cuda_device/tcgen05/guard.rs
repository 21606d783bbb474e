//! Tensor memory whose allocation is part of its type.
//!
//! What it is: `TmemGuard`, `TmemAddress` and `TensorMemoryHandle`.
//! What it assumes: one warp allocates and frees, as the hardware asks.
//! What it guarantees: an address can be had only between `alloc` and `dealloc`.
//!
//! ```text
//! let tmem = unsafe { TmemGuard::<TmemUninit, 512>::from_static(&raw mut ADDR as *mut u32).alloc() };
//! ```

use core::marker::PhantomData;

use cuda_intrinsics::tcgen05 as raw;

use crate::thread;

/// An address in tensor memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TmemAddress(u32);

/// An address in tensor memory, by its other name.
pub type TensorMemoryHandle = TmemAddress;

impl TmemAddress {
    /// Wraps an address.
    ///
    /// # Safety
    /// It is allocated.
    #[inline(always)]
    pub const unsafe fn from_raw(address: u32) -> TmemAddress {
        TmemAddress(address)
    }

    /// The address.
    #[inline(always)]
    pub const fn raw(&self) -> u32 {
        self.0
    }
}

/// Not yet allocated.
pub struct TmemUninit;
/// Allocated.
pub struct TmemReady;
/// Freed.
pub struct TmemDeallocated;

/// `N_COLS` columns of tensor memory. `slot` is the word of shared memory that receives the address.
pub struct TmemGuard<State, const N_COLS: u32> {
    slot: *mut u32,
    _state: PhantomData<State>,
}

impl<State, const N_COLS: u32> TmemGuard<State, N_COLS> {
    /// `N_COLS`.
    #[inline(always)]
    pub const fn n_cols(&self) -> u32 {
        N_COLS
    }
}

impl<const N_COLS: u32> TmemGuard<TmemUninit, N_COLS> {
    /// Wraps the word that will receive the address.
    #[inline(always)]
    pub fn from_static(slot: *mut u32) -> Self {
        TmemGuard { slot, _state: PhantomData }
    }

    /// Allocates from warp 0 and waits for the block.
    ///
    /// # Safety
    /// Every thread of the block calls it, once.
    #[inline(always)]
    pub unsafe fn alloc(self) -> TmemGuard<TmemReady, N_COLS> {
        unsafe { self.alloc_by(0) }
    }

    /// Allocates from the given warp and waits for the block.
    ///
    /// # Safety
    /// Every thread of the block calls it, once, with the same argument.
    #[inline(always)]
    pub unsafe fn alloc_by(self, warp: u32) -> TmemGuard<TmemReady, N_COLS> {
        const { assert!(N_COLS.is_power_of_two() && N_COLS >= 32 && N_COLS <= 512, "columns must be a power of two in 32..=512") };
        if thread::threadIdx_x() / 32 == warp {
            unsafe { raw::tcgen05_alloc(self.slot, N_COLS) }
        }
        thread::sync_threads();
        TmemGuard { slot: self.slot, _state: PhantomData }
    }
}

impl<const N_COLS: u32> TmemGuard<TmemReady, N_COLS> {
    /// The address.
    #[inline(always)]
    pub fn address(&self) -> TmemAddress {
        TmemAddress(self.raw_address())
    }

    /// The address as a number.
    #[inline(always)]
    pub fn raw_address(&self) -> u32 {
        unsafe { *self.slot }
    }

    /// Waits for the block and frees from warp 0.
    ///
    /// # Safety
    /// Every thread of the block calls it, once.
    #[inline(always)]
    pub unsafe fn dealloc(self) -> TmemGuard<TmemDeallocated, N_COLS> {
        unsafe { self.dealloc_by(0) }
    }

    /// Waits for the block and frees from the given warp.
    ///
    /// # Safety
    /// Every thread of the block calls it, once, with the same argument.
    #[inline(always)]
    pub unsafe fn dealloc_by(self, warp: u32) -> TmemGuard<TmemDeallocated, N_COLS> {
        let address = self.raw_address();
        thread::sync_threads();
        if thread::threadIdx_x() / 32 == warp {
            unsafe { raw::tcgen05_dealloc(address, N_COLS) }
        }
        TmemGuard { slot: self.slot, _state: PhantomData }
    }
}
