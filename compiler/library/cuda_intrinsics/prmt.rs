//! Raw operations of the family `prmt`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::prmt::prmt
//! ```

/// `prmt.b32 <register>, <register>, <register>, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt"]
pub fn prmt(a: u32, b: u32, c: u32) -> u32;

/// `prmt.b32.f4e <register>, <register>, <register>, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt_f4e"]
pub fn prmt_f4e(a: u32, b: u32, c: u32) -> u32;

/// `prmt.b32.b4e <register>, <register>, <register>, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt_b4e"]
pub fn prmt_b4e(a: u32, b: u32, c: u32) -> u32;

/// `prmt.b32.rc8 <register>, <register>, 0, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt_rc8"]
pub fn prmt_rc8(a: u32, b: u32) -> u32;

/// `prmt.b32.ecl <register>, <register>, 0, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt_ecl"]
pub fn prmt_ecl(a: u32, b: u32) -> u32;

/// `prmt.b32.ecr <register>, <register>, 0, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt_ecr"]
pub fn prmt_ecr(a: u32, b: u32) -> u32;

/// `prmt.b32.rc16 <register>, <register>, 0, <register>;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "prmt::prmt_rc16"]
pub fn prmt_rc16(a: u32, b: u32) -> u32;
