//! Raw operations of the family `bf16`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::bf16::min_bf16
//! ```

/// `min.bf16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16::min_bf16"]
pub fn min_bf16(a: u16, b: u16) -> u16;

/// `min.NaN.bf16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16::min_nan_bf16"]
pub fn min_nan_bf16(a: u16, b: u16) -> u16;

/// `min.xorsign.abs.bf16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16::min_xorsign_abs_bf16"]
pub fn min_xorsign_abs_bf16(a: u16, b: u16) -> u16;

/// `min.NaN.xorsign.abs.bf16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16::min_nan_xorsign_abs_bf16"]
pub fn min_nan_xorsign_abs_bf16(a: u16, b: u16) -> u16;

/// `max.bf16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16::max_bf16"]
pub fn max_bf16(a: u16, b: u16) -> u16;

/// `max.NaN.bf16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16::max_nan_bf16"]
pub fn max_nan_bf16(a: u16, b: u16) -> u16;

/// `max.xorsign.abs.bf16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16::max_xorsign_abs_bf16"]
pub fn max_xorsign_abs_bf16(a: u16, b: u16) -> u16;

/// `max.NaN.xorsign.abs.bf16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16::max_nan_xorsign_abs_bf16"]
pub fn max_nan_xorsign_abs_bf16(a: u16, b: u16) -> u16;
