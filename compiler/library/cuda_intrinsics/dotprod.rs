//! Raw operations of the family `dotprod`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::dotprod::dp4a_s32
//! ```

/// `dp4a.s32.s32 <register>, <register>, <register>, <register>;` (sm_61+, PTX 5.0)
#[oxide::intrinsic = "dotprod::dp4a_s32"]
pub fn dp4a_s32(a: u32, b: u32, c: i32) -> i32;

/// `dp4a.u32.u32 <register>, <register>, <register>, <register>;` (sm_61+, PTX 5.0)
#[oxide::intrinsic = "dotprod::dp4a_u32"]
pub fn dp4a_u32(a: u32, b: u32, c: u32) -> u32;

/// `dp2a.lo.s32.s32 <register>, <register>, <register>, <register>;` (sm_61+, PTX 5.0)
#[oxide::intrinsic = "dotprod::dp2a_s32"]
pub fn dp2a_s32(a: u32, b: u32, c: i32) -> i32;

/// `dp2a.lo.u32.u32 <register>, <register>, <register>, <register>;` (sm_61+, PTX 5.0)
#[oxide::intrinsic = "dotprod::dp2a_u32"]
pub fn dp2a_u32(a: u32, b: u32, c: u32) -> u32;
