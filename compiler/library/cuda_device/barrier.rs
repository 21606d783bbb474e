//! Memory barriers in shared memory (mbarrier).
//!
//! What it is: `Barrier`, the raw operations on it, and `ManagedBarrier`, which tracks initialisation in its type.
//! What it assumes: the compiler puts statics of type `Barrier` into shared memory.
//! What it guarantees: a `ManagedBarrier` can be waited on only between `init` and `inval`.
//!
//! ```text
//! static mut BAR: Barrier = Barrier::UNINIT;
//! let bar = unsafe { TmaBarrierHandle::from_static(&raw mut BAR).init(1) };
//! let token = bar.arrive_expect_tx(BYTES); bar.wait(token);
//! ```

use core::borrow::Borrow;
use core::marker::PhantomData;

use cuda_intrinsics::barrier as raw;

use crate::thread;

pub use cuda_intrinsics::barrier::{
    fence_mbarrier_init_release_cluster, fence_proxy_async_generic_acquire_shared_cluster_cluster,
    fence_proxy_async_generic_release_shared_cta_cluster, fence_proxy_async_shared_cta, mbarrier_arrive_cluster,
    nanosleep,
};

/// A barrier object.
#[oxide::shared]
#[repr(C, align(8))]
pub struct Barrier(u64);

impl Barrier {
    /// The initialiser of the static; the barrier must still be initialised by `mbarrier_init`.
    pub const UNINIT: Barrier = Barrier(0);
}

/// Prepares the barrier for `count` arrivals a phase.
///
/// # Safety
/// One thread calls it, before any other use.
#[inline(always)]
pub unsafe fn mbarrier_init(bar: *mut Barrier, count: u32) {
    unsafe { raw::mbarrier_init(bar as *mut u64, count) }
}

/// Arrives; the token names the phase.
///
/// # Safety
/// The barrier is initialised.
#[inline(always)]
pub unsafe fn mbarrier_arrive(bar: *const Barrier) -> u64 {
    unsafe { raw::mbarrier_arrive(bar as *const u64) }
}

/// Arrives and drops the token.
///
/// # Safety
/// The barrier is initialised.
#[inline(always)]
pub unsafe fn mbarrier_arrive_no_complete(bar: *const Barrier) {
    unsafe {
        mbarrier_arrive(bar);
    }
}

/// Whether the phase of the token is complete.
///
/// # Safety
/// The barrier is initialised and the token is its own.
#[inline(always)]
pub unsafe fn mbarrier_test_wait(bar: *const Barrier, token: u64) -> bool {
    unsafe { raw::mbarrier_test_wait(bar as *const u64, token) }
}

/// Ends the barrier's life; the memory may be used otherwise.
///
/// # Safety
/// No thread uses the barrier any more.
#[inline(always)]
pub unsafe fn mbarrier_inval(bar: *mut Barrier) {
    unsafe { raw::mbarrier_inval(bar as *mut u64) }
}

/// Arrives and expects `bytes` more bytes in this phase. The second argument has no effect.
///
/// # Safety
/// The barrier is initialised.
#[inline(always)]
pub unsafe fn mbarrier_arrive_expect_tx(bar: *const Barrier, tx_count: u32, bytes: u32) -> u64 {
    unsafe { raw::mbarrier_arrive_expect_tx(bar as *const u64, tx_count, bytes) }
}

/// `mbarrier_arrive_expect_tx` with cluster scope.
///
/// # Safety
/// The barrier is initialised.
#[inline(always)]
pub unsafe fn mbarrier_arrive_expect_tx_cluster(bar: *const Barrier, tx_count: u32, bytes: u32) -> u64 {
    unsafe { raw::mbarrier_arrive_expect_tx_cluster(bar as *const u64, tx_count, bytes) }
}

/// Waits for a while; whether the phase of the token is complete.
///
/// # Safety
/// The barrier is initialised and the token is its own.
#[inline(always)]
pub unsafe fn mbarrier_try_wait(bar: *const Barrier, token: u64) -> bool {
    unsafe { raw::mbarrier_try_wait(bar as *const u64, token) }
}

/// Waits for a while; whether the phase of that parity is complete.
///
/// # Safety
/// The barrier is initialised.
#[inline(always)]
pub unsafe fn mbarrier_try_wait_parity(bar: *const Barrier, parity: u32) -> bool {
    unsafe { raw::mbarrier_try_wait_parity(bar as *const u64, parity) }
}

/// `mbarrier_try_wait_parity` that acquires in cluster scope.
///
/// # Safety
/// The barrier is initialised.
#[inline(always)]
pub unsafe fn mbarrier_try_wait_parity_cluster(bar: *const Barrier, parity: u32) -> bool {
    unsafe { raw::mbarrier_try_wait_parity_cluster(bar as *const u64, parity) }
}

/// Waits until the phase of the token is complete.
///
/// # Safety
/// The barrier is initialised and the token is its own.
#[inline]
pub unsafe fn mbarrier_wait(bar: *const Barrier, token: u64) {
    while !unsafe { mbarrier_test_wait(bar, token) } {}
}

/// Arrives and waits for the phase to complete.
///
/// # Safety
/// The barrier is initialised.
#[inline]
pub unsafe fn mbarrier_arrive_and_wait(bar: *const Barrier) {
    unsafe { mbarrier_wait(bar, mbarrier_arrive(bar)) }
}

/// The barrier is not initialised.
pub struct Uninit;
/// The barrier is in use.
pub struct Ready;
/// The barrier's life is over.
pub struct Invalidated;

/// A barrier for any use.
pub struct GeneralBarrier;
/// A barrier for bulk copies.
pub struct TmaBarrier;
/// A barrier for matrix operations.
pub struct MmaBarrier;

/// The phase an arrival belongs to.
#[derive(Clone, Copy)]
pub struct BarrierToken(u64);

impl BarrierToken {
    /// The hardware's token.
    #[inline(always)]
    pub fn raw(&self) -> u64 {
        self.0
    }

    /// Wraps a hardware token.
    #[inline(always)]
    pub fn from_raw(token: u64) -> BarrierToken {
        BarrierToken(token)
    }
}

/// A barrier whose state is part of its type.
pub struct ManagedBarrier<State, Kind, const ID: usize = 0> {
    bar: *mut Barrier,
    _state: PhantomData<(State, Kind)>,
}

/// A managed barrier for bulk copies.
pub type TmaBarrierHandle<State> = ManagedBarrier<State, TmaBarrier>;
/// A managed barrier for matrix operations.
pub type MmaBarrierHandle<State> = ManagedBarrier<State, MmaBarrier>;
/// The first of two barriers for bulk copies.
pub type TmaBarrier0<State> = ManagedBarrier<State, TmaBarrier, 0>;
/// The second of two barriers for bulk copies.
pub type TmaBarrier1<State> = ManagedBarrier<State, TmaBarrier, 1>;

impl<State, Kind, const ID: usize> ManagedBarrier<State, Kind, ID> {
    /// The barrier's address.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut Barrier {
        self.bar
    }

    #[inline(always)]
    fn into_state<Next>(self) -> ManagedBarrier<Next, Kind, ID> {
        ManagedBarrier { bar: self.bar, _state: PhantomData }
    }
}

impl<Kind, const ID: usize> ManagedBarrier<Uninit, Kind, ID> {
    /// Wraps a static.
    #[inline(always)]
    pub fn from_static(bar: *mut Barrier) -> Self {
        ManagedBarrier { bar, _state: PhantomData }
    }

    /// Initialises the barrier from thread 0 and waits for the block.
    ///
    /// # Safety
    /// Every thread of the block calls it, once, with the same static.
    #[inline(always)]
    pub unsafe fn init(self, count: u32) -> ManagedBarrier<Ready, Kind, ID> {
        unsafe { self.init_by(count, 0) }
    }

    /// Initialises the barrier from the given thread (by `threadIdx.x`) and waits for the block.
    ///
    /// # Safety
    /// Every thread of the block calls it, once, with the same arguments.
    #[inline(always)]
    pub unsafe fn init_by(self, count: u32, thread: u32) -> ManagedBarrier<Ready, Kind, ID> {
        if thread::threadIdx_x() == thread {
            unsafe {
                mbarrier_init(self.bar, count);
                fence_proxy_async_shared_cta();
            }
        }
        thread::sync_threads();
        self.into_state()
    }
}

impl<Kind, const ID: usize> ManagedBarrier<Ready, Kind, ID> {
    /// Arrives.
    #[inline(always)]
    pub fn arrive(&self) -> BarrierToken {
        BarrierToken(unsafe { mbarrier_arrive(self.bar) })
    }

    /// Arrives and expects `bytes` more bytes in this phase.
    #[inline(always)]
    pub fn arrive_expect_tx(&self, bytes: u32) -> BarrierToken {
        BarrierToken(unsafe { mbarrier_arrive_expect_tx(self.bar, 1, bytes) })
    }

    /// Waits until the phase of the token is complete.
    #[inline(always)]
    pub fn wait(&self, token: impl Borrow<BarrierToken>) {
        unsafe { mbarrier_wait(self.bar, token.borrow().0) }
    }

    /// Waits for a while; whether the phase of the token is complete.
    #[inline(always)]
    pub fn try_wait(&self, token: impl Borrow<BarrierToken>) -> bool {
        unsafe { mbarrier_try_wait(self.bar, token.borrow().0) }
    }

    /// Whether the phase of the token is complete.
    #[inline(always)]
    pub fn test_wait(&self, token: impl Borrow<BarrierToken>) -> bool {
        unsafe { mbarrier_test_wait(self.bar, token.borrow().0) }
    }

    /// Waits for a while; whether the phase of that parity is complete.
    #[inline(always)]
    pub fn try_wait_parity(&self, parity: u32) -> bool {
        unsafe { mbarrier_try_wait_parity(self.bar, parity) }
    }

    /// Waits for the block and ends the barrier's life from thread 0.
    ///
    /// # Safety
    /// Every thread of the block calls it, once.
    #[inline(always)]
    pub unsafe fn inval(self) -> ManagedBarrier<Invalidated, Kind, ID> {
        unsafe { self.inval_by(0) }
    }

    /// Waits for the block and ends the barrier's life from the given thread.
    ///
    /// # Safety
    /// Every thread of the block calls it, once, with the same argument.
    #[inline(always)]
    pub unsafe fn inval_by(self, thread: u32) -> ManagedBarrier<Invalidated, Kind, ID> {
        thread::sync_threads();
        if thread::threadIdx_x() == thread {
            unsafe { mbarrier_inval(self.bar) }
        }
        thread::sync_threads();
        self.into_state()
    }
}
