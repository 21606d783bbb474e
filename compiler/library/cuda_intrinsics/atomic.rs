//! Raw operations of the family `atomic`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::atomic::atom_add_f16x2
//! ```

/// `atom.global.add.noftz.f16x2 <register>, [<address>], <register>;` (sm_70+, PTX 6.2)
#[oxide::intrinsic = "atomic::atom_add_f16x2"]
pub unsafe fn atom_add_f16x2(a: *mut u32, b: u32) -> u32;

/// `atom.global.add.noftz.bf16x2 <register>, [<address>], <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "atomic::atom_add_bf16x2"]
pub unsafe fn atom_add_bf16x2(a: *mut u32, b: u32) -> u32;
