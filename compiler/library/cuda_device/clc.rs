//! Cluster launch control (sm_100).
//!
//! What it is: requests to cancel a block not yet launched, and the queries on the response.
//! What it assumes: the response is 16 bytes of shared memory.
//! What it guarantees: nothing more.
//!
//! ```text
//! unsafe { clc_try_cancel(response, &raw mut BAR) }
//! ```

use cuda_intrinsics::clc as raw;

use crate::barrier::Barrier;

pub use cuda_intrinsics::clc::{
    clc_query_get_first_ctaid_x, clc_query_get_first_ctaid_y, clc_query_get_first_ctaid_z, clc_query_is_canceled,
};

/// Asks to cancel a block; the response arrives at `response` and counts on the barrier.
///
/// # Safety
/// `response` is 16 aligned bytes of shared memory; the barrier expects them.
#[inline(always)]
pub unsafe fn clc_try_cancel(response: *mut u8, bar: *mut Barrier) {
    unsafe { raw::clc_try_cancel(response, bar as *mut u64) }
}

/// `clc_try_cancel` for all blocks of the cluster.
///
/// # Safety
/// As for `clc_try_cancel`, in every block.
#[inline(always)]
pub unsafe fn clc_try_cancel_multicast(response: *mut u8, bar: *mut Barrier) {
    unsafe { raw::clc_try_cancel_multicast(response, bar as *mut u64) }
}
