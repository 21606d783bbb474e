//! Asynchronous copies from global to shared memory.
//!
//! What it is: the `cp.async` family: copies of 4, 8 and 16 bytes, with zero fill, their groups and barrier arrival.
//! What it assumes: destinations lie in shared memory.
//! What it guarantees: `cp_async_wait_group` needs a constant argument.
//!
//! ```text
//! unsafe { cp_async_ca_4(dst, src); cp_async_commit_group(); cp_async_wait_group(0) }
//! ```

use cuda_intrinsics::async_copy as raw;

use crate::barrier::Barrier;

pub use cuda_intrinsics::async_copy::{
    cp_async_ca_16, cp_async_ca_4, cp_async_ca_8, cp_async_ca_zfill_16, cp_async_ca_zfill_4, cp_async_ca_zfill_8,
    cp_async_cg_16, cp_async_cg_zfill_16, cp_async_commit_group, cp_async_wait_all, cp_async_wait_group,
};

macro_rules! arrivals {
    ($($name:ident)*) => {$(
        /// Arrives at the barrier when the thread's earlier copies are complete.
        ///
        /// # Safety
        /// The barrier is initialised.
        #[inline(always)]
        pub unsafe fn $name(bar: *mut Barrier) {
            unsafe { raw::$name(bar as *mut u64) }
        }
    )*};
}

arrivals! {
    cp_async_mbarrier_arrive cp_async_mbarrier_arrive_shared cp_async_mbarrier_arrive_noinc
    cp_async_mbarrier_arrive_noinc_shared
}
