//! Raw operations of the family `fence`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::fence::threadfence_block
//! ```

/// `membar.cta;` (all, PTX 1.4)
#[oxide::intrinsic = "fence::threadfence_block"]
pub fn threadfence_block();

/// `membar.gl;` (all, PTX 1.4)
#[oxide::intrinsic = "fence::threadfence"]
pub fn threadfence();

/// `membar.sys;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "fence::threadfence_system"]
pub fn threadfence_system();
