//! Raw operations of the family `f16x2`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::f16x2::fma_f16x2
//! ```

/// `fma.rn.f16x2 <register>, <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::fma_f16x2"]
pub fn fma_f16x2(a: u32, b: u32, c: u32) -> u32;

/// `fma.rn.relu.f16x2 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::fma_relu_f16x2"]
pub fn fma_relu_f16x2(a: u32, b: u32, c: u32) -> u32;

/// `add.rn.f16x2 <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::add_f16x2"]
pub fn add_f16x2(a: u32, b: u32) -> u32;

/// `sub.rn.f16x2 <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::sub_f16x2"]
pub fn sub_f16x2(a: u32, b: u32) -> u32;

/// `mul.rn.f16x2 <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::mul_f16x2"]
pub fn mul_f16x2(a: u32, b: u32) -> u32;

/// `min.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::min_f16x2"]
pub fn min_f16x2(a: u32, b: u32) -> u32;

/// `max.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::max_f16x2"]
pub fn max_f16x2(a: u32, b: u32) -> u32;

/// `neg.f16x2 <register>, <register>;` (sm_70+, PTX 6.0)
#[oxide::intrinsic = "f16x2::neg_f16x2"]
pub fn neg_f16x2(a: u32) -> u32;

/// `abs.f16x2 <register>, <register>;` (sm_70+, PTX 6.5)
#[oxide::intrinsic = "f16x2::abs_f16x2"]
pub fn abs_f16x2(a: u32) -> u32;

/// `min.ftz.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::min_ftz_f16x2"]
pub fn min_ftz_f16x2(a: u32, b: u32) -> u32;

/// `min.ftz.NaN.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::min_ftz_nan_f16x2"]
pub fn min_ftz_nan_f16x2(a: u32, b: u32) -> u32;

/// `min.ftz.NaN.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::min_ftz_nan_xorsign_abs_f16x2"]
pub fn min_ftz_nan_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `min.ftz.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::min_ftz_xorsign_abs_f16x2"]
pub fn min_ftz_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `min.NaN.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::min_nan_f16x2"]
pub fn min_nan_f16x2(a: u32, b: u32) -> u32;

/// `min.NaN.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::min_nan_xorsign_abs_f16x2"]
pub fn min_nan_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `min.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::min_xorsign_abs_f16x2"]
pub fn min_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `max.ftz.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::max_ftz_f16x2"]
pub fn max_ftz_f16x2(a: u32, b: u32) -> u32;

/// `max.ftz.NaN.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::max_ftz_nan_f16x2"]
pub fn max_ftz_nan_f16x2(a: u32, b: u32) -> u32;

/// `max.ftz.NaN.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::max_ftz_nan_xorsign_abs_f16x2"]
pub fn max_ftz_nan_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `max.ftz.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::max_ftz_xorsign_abs_f16x2"]
pub fn max_ftz_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `max.NaN.f16x2 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::max_nan_f16x2"]
pub fn max_nan_f16x2(a: u32, b: u32) -> u32;

/// `max.NaN.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::max_nan_xorsign_abs_f16x2"]
pub fn max_nan_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `max.xorsign.abs.f16x2 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16x2::max_xorsign_abs_f16x2"]
pub fn max_xorsign_abs_f16x2(a: u32, b: u32) -> u32;

/// `fma.rn.ftz.f16x2 <register>, <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::fma_ftz_f16x2"]
pub fn fma_ftz_f16x2(a: u32, b: u32, c: u32) -> u32;

/// `fma.rn.sat.f16x2 <register>, <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::fma_sat_f16x2"]
pub fn fma_sat_f16x2(a: u32, b: u32, c: u32) -> u32;

/// `fma.rn.ftz.sat.f16x2 <register>, <register>, <register>, <register>;` (sm_70+, PTX 4.2)
#[oxide::intrinsic = "f16x2::fma_ftz_sat_f16x2"]
pub fn fma_ftz_sat_f16x2(a: u32, b: u32, c: u32) -> u32;

/// `fma.rn.ftz.relu.f16x2 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16x2::fma_ftz_relu_f16x2"]
pub fn fma_ftz_relu_f16x2(a: u32, b: u32, c: u32) -> u32;
