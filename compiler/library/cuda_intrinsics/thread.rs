//! Raw operations of the family `thread`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::thread::sync_threads
//! ```

/// `bar.sync 0;` (all, PTX 1.0)
#[oxide::convergent(block)]
#[oxide::intrinsic = "thread::sync_threads"]
pub unsafe fn sync_threads();

/// `mov.u32 <register>, %smid;` (all, PTX 1.3)
#[oxide::intrinsic = "thread::smid"]
pub fn smid() -> u32;

/// `mov.u32 <register>, %nsmid;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "thread::nsmid"]
pub fn nsmid() -> u32;

/// `mov.u64 <register>, %gridid;` (sm_30+, PTX 3.0)
#[oxide::intrinsic = "thread::gridid"]
pub fn gridid() -> u64;
