//! Raw operations of the family `grid`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::grid::envreg1
//! ```

/// `mov.b32 <register>, %envreg1;` (all, PTX 2.1)
#[oxide::intrinsic = "grid::envreg1"]
pub fn envreg1() -> u32;

/// `mov.b32 <register>, %envreg2;` (all, PTX 2.1)
#[oxide::intrinsic = "grid::envreg2"]
pub fn envreg2() -> u32;
