//! Raw operations of the family `shared`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::shared::dynamic_smem_size
//! ```

/// `mov.u32 <register>, %dynamic_smem_size;` (sm_20+, PTX 4.1)
#[oxide::intrinsic = "shared::dynamic_smem_size"]
pub fn dynamic_smem_size() -> u32;

/// `mov.u32 <register>, %total_smem_size;` (sm_20+, PTX 4.1)
#[oxide::intrinsic = "shared::total_smem_size"]
pub fn total_smem_size() -> u32;
