//! Raw operations of the family `tma`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::tma::cp_async_bulk_tensor_1d_g2s
//! ```

/// `cp.async.bulk.tensor.1d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [<address>], [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_1d_g2s"]
pub unsafe fn cp_async_bulk_tensor_1d_g2s(a: *mut u8, b: *const u8, c: i32, d: *mut u64);

/// `cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [<address>], [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_2d_g2s"]
pub unsafe fn cp_async_bulk_tensor_2d_g2s(a: *mut u8, b: *const u8, c: i32, d: i32, e: *mut u64);

/// `cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes.multicast::cluster [<address>], [<address>], [<address>], <register>;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_2d_g2s_multicast"]
pub unsafe fn cp_async_bulk_tensor_2d_g2s_multicast(a: *mut u8, b: *const u8, c: i32, d: i32, e: *mut u64, f: u16);

/// `cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes.multicast::cluster.cta_group::2 [<address>], [<address>], [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_2d_g2s_multicast_cg2"]
pub unsafe fn cp_async_bulk_tensor_2d_g2s_multicast_cg2(a: *mut u8, b: *const u8, c: i32, d: i32, e: *mut u64, f: u16);

/// `cp.async.bulk.tensor.3d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [<address>], [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_3d_g2s"]
pub unsafe fn cp_async_bulk_tensor_3d_g2s(a: *mut u8, b: *const u8, c: i32, d: i32, e: i32, f: *mut u64);

/// `cp.async.bulk.tensor.4d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [<address>], [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_4d_g2s"]
pub unsafe fn cp_async_bulk_tensor_4d_g2s(a: *mut u8, b: *const u8, c: i32, d: i32, e: i32, f: i32, g: *mut u64);

/// `cp.async.bulk.tensor.5d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [<address>], [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_5d_g2s"]
pub unsafe fn cp_async_bulk_tensor_5d_g2s(a: *mut u8, b: *const u8, c: i32, d: i32, e: i32, f: i32, g: i32, h: *mut u64);

/// `cp.async.bulk.tensor.1d.global.shared::cta.tile.bulk_group [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_1d_s2g"]
pub unsafe fn cp_async_bulk_tensor_1d_s2g(a: *const u8, b: *const u8, c: i32);

/// `cp.async.bulk.tensor.2d.global.shared::cta.tile.bulk_group [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_2d_s2g"]
pub unsafe fn cp_async_bulk_tensor_2d_s2g(a: *const u8, b: *const u8, c: i32, d: i32);

/// `cp.async.bulk.tensor.3d.global.shared::cta.tile.bulk_group [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_3d_s2g"]
pub unsafe fn cp_async_bulk_tensor_3d_s2g(a: *const u8, b: *const u8, c: i32, d: i32, e: i32);

/// `cp.async.bulk.tensor.4d.global.shared::cta.tile.bulk_group [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_4d_s2g"]
pub unsafe fn cp_async_bulk_tensor_4d_s2g(a: *const u8, b: *const u8, c: i32, d: i32, e: i32, f: i32);

/// `cp.async.bulk.tensor.5d.global.shared::cta.tile.bulk_group [<address>], [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_tensor_5d_s2g"]
pub unsafe fn cp_async_bulk_tensor_5d_s2g(a: *const u8, b: *const u8, c: i32, d: i32, e: i32, f: i32, g: i32);

/// `cp.async.bulk.commit_group;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_commit_group"]
pub fn cp_async_bulk_commit_group();

/// `cp.async.bulk.wait_group <immediate>;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_wait_group"]
pub fn cp_async_bulk_wait_group(a: u32);

/// `cp.async.bulk.wait_group.read <immediate>;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "tma::cp_async_bulk_wait_group_read"]
pub fn cp_async_bulk_wait_group_read(a: u32);
