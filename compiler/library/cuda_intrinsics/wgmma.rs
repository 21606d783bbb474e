//! Raw operations of the family `wgmma`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::wgmma::wgmma_fence
//! ```

/// `wgmma.fence.sync.aligned;` (sm_90a, PTX 8.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "wgmma::wgmma_fence"]
pub unsafe fn wgmma_fence();

/// `wgmma.commit_group.sync.aligned;` (sm_90a, PTX 8.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "wgmma::wgmma_commit_group"]
pub unsafe fn wgmma_commit_group();

/// `wgmma.wait_group.sync.aligned <immediate>;` (sm_90a, PTX 8.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "wgmma::wgmma_wait_group"]
pub unsafe fn wgmma_wait_group(a: u64);
