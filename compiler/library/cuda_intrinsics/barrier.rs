//! Raw operations of the family `barrier`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::barrier::mbarrier_init
//! ```

/// `mbarrier.init.shared.b64 [<address>], <register-or-immediate>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "barrier::mbarrier_init"]
pub unsafe fn mbarrier_init(a: *mut u64, b: u32);

/// `mbarrier.arrive.shared.b64 <register>, [<address>];` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "barrier::mbarrier_arrive"]
pub unsafe fn mbarrier_arrive(a: *const u64) -> u64;

/// `mbarrier.test_wait.shared.b64 <register>, [<address>], <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "barrier::mbarrier_test_wait"]
pub unsafe fn mbarrier_test_wait(a: *const u64, b: u64) -> bool;

/// `mbarrier.inval.shared.b64 [<address>];` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "barrier::mbarrier_inval"]
pub unsafe fn mbarrier_inval(a: *mut u64);

/// `mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 <register>, [<address>], <register>;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "barrier::mbarrier_arrive_expect_tx"]
pub unsafe fn mbarrier_arrive_expect_tx(a: *const u64, b: u32, c: u32) -> u64;

/// `mbarrier.arrive.expect_tx.relaxed.cluster.shared::cta.b64 <register>, [<address>], <register>;` (sm_90+, PTX 8.6)
#[oxide::intrinsic = "barrier::mbarrier_arrive_expect_tx_cluster"]
pub unsafe fn mbarrier_arrive_expect_tx_cluster(a: *const u64, b: u32, c: u32) -> u64;

/// `mbarrier.arrive.release.cluster.shared::cluster.b64 _, [<address>];` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "barrier::mbarrier_arrive_cluster"]
pub unsafe fn mbarrier_arrive_cluster(a: u64);

/// `mbarrier.try_wait.shared.b64 <register>, [<address>], <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "barrier::mbarrier_try_wait"]
pub unsafe fn mbarrier_try_wait(a: *const u64, b: u64) -> bool;

/// `mbarrier.try_wait.parity.shared::cta.b64 <register>, [<address>], <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "barrier::mbarrier_try_wait_parity"]
pub unsafe fn mbarrier_try_wait_parity(a: *const u64, b: u32) -> bool;

/// `mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 <register>, [<address>], <register>;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "barrier::mbarrier_try_wait_parity_cluster"]
pub unsafe fn mbarrier_try_wait_parity_cluster(a: *const u64, b: u32) -> bool;

/// `fence.proxy.async.shared::cta;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "barrier::fence_proxy_async_shared_cta"]
pub unsafe fn fence_proxy_async_shared_cta();

/// `fence.mbarrier_init.release.cluster;` (sm_90+, PTX 8.0)
#[oxide::intrinsic = "barrier::fence_mbarrier_init_release_cluster"]
pub unsafe fn fence_mbarrier_init_release_cluster();

/// `fence.proxy.async::generic.release.sync_restrict::shared::cta.cluster;` (sm_90+, PTX 8.6)
#[oxide::intrinsic = "barrier::fence_proxy_async_generic_release_shared_cta_cluster"]
pub unsafe fn fence_proxy_async_generic_release_shared_cta_cluster();

/// `fence.proxy.async::generic.acquire.sync_restrict::shared::cluster.cluster;` (sm_90+, PTX 8.6)
#[oxide::intrinsic = "barrier::fence_proxy_async_generic_acquire_shared_cluster_cluster"]
pub unsafe fn fence_proxy_async_generic_acquire_shared_cluster_cluster();

/// `nanosleep.u32 <register-or-immediate>;` (sm_70+, PTX 6.3)
#[oxide::intrinsic = "barrier::nanosleep"]
pub unsafe fn nanosleep(a: u32);
