//! Raw operations of the family `async_copy`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::async_copy::cp_async_ca_4
//! ```

/// `cp.async.ca.shared.global [<address>], [<address>], 4;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_ca_4"]
pub unsafe fn cp_async_ca_4(a: *mut u32, b: *const u32);

/// `cp.async.ca.shared.global [<address>], [<address>], 4, <register-or-immediate>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_ca_zfill_4"]
pub unsafe fn cp_async_ca_zfill_4(a: *mut u32, b: *const u8, c: u32);

/// `cp.async.ca.shared.global [<address>], [<address>], 8;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_ca_8"]
pub unsafe fn cp_async_ca_8(a: *mut u32, b: *const u32);

/// `cp.async.ca.shared.global [<address>], [<address>], 8, <register-or-immediate>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_ca_zfill_8"]
pub unsafe fn cp_async_ca_zfill_8(a: *mut u32, b: *const u8, c: u32);

/// `cp.async.ca.shared.global [<address>], [<address>], 16;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_ca_16"]
pub unsafe fn cp_async_ca_16(a: *mut u32, b: *const u32);

/// `cp.async.ca.shared.global [<address>], [<address>], 16, <register-or-immediate>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_ca_zfill_16"]
pub unsafe fn cp_async_ca_zfill_16(a: *mut u32, b: *const u8, c: u32);

/// `cp.async.cg.shared.global [<address>], [<address>], 16;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_cg_16"]
pub unsafe fn cp_async_cg_16(a: *mut u32, b: *const u32);

/// `cp.async.cg.shared.global [<address>], [<address>], 16, <register-or-immediate>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_cg_zfill_16"]
pub unsafe fn cp_async_cg_zfill_16(a: *mut u32, b: *const u8, c: u32);

/// `cp.async.commit_group;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_commit_group"]
pub unsafe fn cp_async_commit_group();

/// `cp.async.wait_all;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_wait_all"]
pub unsafe fn cp_async_wait_all();

/// `cp.async.wait_group <immediate>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_wait_group"]
pub unsafe fn cp_async_wait_group(a: u32);

/// `cp.async.mbarrier.arrive.b64 [<address>];` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_mbarrier_arrive"]
pub unsafe fn cp_async_mbarrier_arrive(a: *mut u64);

/// `cp.async.mbarrier.arrive.shared.b64 [<address>];` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_mbarrier_arrive_shared"]
pub unsafe fn cp_async_mbarrier_arrive_shared(a: *mut u64);

/// `cp.async.mbarrier.arrive.noinc.b64 [<address>];` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_mbarrier_arrive_noinc"]
pub unsafe fn cp_async_mbarrier_arrive_noinc(a: *mut u64);

/// `cp.async.mbarrier.arrive.noinc.shared.b64 [<address>];` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "async_copy::cp_async_mbarrier_arrive_noinc_shared"]
pub unsafe fn cp_async_mbarrier_arrive_noinc_shared(a: *mut u64);
