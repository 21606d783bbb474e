//! Raw operations of the family `clc`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::clc::clc_try_cancel
//! ```

/// `clusterlaunchcontrol.try_cancel.async.shared::cta.mbarrier::complete_tx::bytes.b128 [<address>], [<address>];` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "clc::clc_try_cancel"]
pub unsafe fn clc_try_cancel(a: *mut u8, b: *mut u64);

/// `clusterlaunchcontrol.try_cancel.async.shared::cta.mbarrier::complete_tx::bytes.multicast::cluster::all.b128 [<address>], [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a or sm_120a or sm_121a, PTX 8.6)
#[oxide::intrinsic = "clc::clc_try_cancel_multicast"]
pub unsafe fn clc_try_cancel_multicast(a: *mut u8, b: *mut u64);

/// `clusterlaunchcontrol.query_cancel.is_canceled.pred.b128 <register>, %clc_handle;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "clc::clc_query_is_canceled"]
pub unsafe fn clc_query_is_canceled(a: u64, b: u64) -> u32;

/// `clusterlaunchcontrol.query_cancel.get_first_ctaid::x.b32.b128 <register>, %clc_handle;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "clc::clc_query_get_first_ctaid_x"]
pub unsafe fn clc_query_get_first_ctaid_x(a: u64, b: u64) -> u32;

/// `clusterlaunchcontrol.query_cancel.get_first_ctaid::y.b32.b128 <register>, %clc_handle;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "clc::clc_query_get_first_ctaid_y"]
pub unsafe fn clc_query_get_first_ctaid_y(a: u64, b: u64) -> u32;

/// `clusterlaunchcontrol.query_cancel.get_first_ctaid::z.b32.b128 <register>, %clc_handle;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "clc::clc_query_get_first_ctaid_z"]
pub unsafe fn clc_query_get_first_ctaid_z(a: u64, b: u64) -> u32;
