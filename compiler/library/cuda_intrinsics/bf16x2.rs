//! Raw operations of the family `bf16x2`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::bf16x2::fma_bf16x2
//! ```

/// `fma.rn.bf16x2 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::fma_bf16x2"]
pub fn fma_bf16x2(a: u32, b: u32, c: u32) -> u32;

/// `fma.rn.relu.bf16x2 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::fma_relu_bf16x2"]
pub fn fma_relu_bf16x2(a: u32, b: u32, c: u32) -> u32;

/// `add.rn.bf16x2 <register>, <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "bf16x2::add_bf16x2"]
pub fn add_bf16x2(a: u32, b: u32) -> u32;

/// `sub.rn.bf16x2 <register>, <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "bf16x2::sub_bf16x2"]
pub fn sub_bf16x2(a: u32, b: u32) -> u32;

/// `mul.rn.bf16x2 <register>, <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "bf16x2::mul_bf16x2"]
pub fn mul_bf16x2(a: u32, b: u32) -> u32;

/// `min.bf16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::min_bf16x2"]
pub fn min_bf16x2(a: u32, b: u32) -> u32;

/// `max.bf16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::max_bf16x2"]
pub fn max_bf16x2(a: u32, b: u32) -> u32;

/// `neg.bf16x2 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::neg_bf16x2"]
pub fn neg_bf16x2(a: u32) -> u32;

/// `abs.bf16x2 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::abs_bf16x2"]
pub fn abs_bf16x2(a: u32) -> u32;

/// `min.NaN.bf16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::min_nan_bf16x2"]
pub fn min_nan_bf16x2(a: u32, b: u32) -> u32;

/// `min.NaN.xorsign.abs.bf16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16x2::min_nan_xorsign_abs_bf16x2"]
pub fn min_nan_xorsign_abs_bf16x2(a: u32, b: u32) -> u32;

/// `min.xorsign.abs.bf16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16x2::min_xorsign_abs_bf16x2"]
pub fn min_xorsign_abs_bf16x2(a: u32, b: u32) -> u32;

/// `max.NaN.bf16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "bf16x2::max_nan_bf16x2"]
pub fn max_nan_bf16x2(a: u32, b: u32) -> u32;

/// `max.NaN.xorsign.abs.bf16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16x2::max_nan_xorsign_abs_bf16x2"]
pub fn max_nan_xorsign_abs_bf16x2(a: u32, b: u32) -> u32;

/// `max.xorsign.abs.bf16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "bf16x2::max_xorsign_abs_bf16x2"]
pub fn max_xorsign_abs_bf16x2(a: u32, b: u32) -> u32;
