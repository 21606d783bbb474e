//! Raw operations of the family `float`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::float::mul_rn_f64
//! ```

/// `mul.rn.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rn_f64"]
pub fn mul_rn_f64(a: f64, b: f64) -> f64;

/// `mul.rz.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rz_f64"]
pub fn mul_rz_f64(a: f64, b: f64) -> f64;

/// `mul.rm.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rm_f64"]
pub fn mul_rm_f64(a: f64, b: f64) -> f64;

/// `mul.rp.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rp_f64"]
pub fn mul_rp_f64(a: f64, b: f64) -> f64;

/// `div.rn.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rn_f64"]
pub fn div_rn_f64(a: f64, b: f64) -> f64;

/// `div.rz.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rz_f64"]
pub fn div_rz_f64(a: f64, b: f64) -> f64;

/// `div.rm.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rm_f64"]
pub fn div_rm_f64(a: f64, b: f64) -> f64;

/// `div.rp.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rp_f64"]
pub fn div_rp_f64(a: f64, b: f64) -> f64;

/// `fma.rn.f64 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rn_f64"]
pub fn fma_rn_f64(a: f64, b: f64, c: f64) -> f64;

/// `fma.rz.f64 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rz_f64"]
pub fn fma_rz_f64(a: f64, b: f64, c: f64) -> f64;

/// `fma.rm.f64 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rm_f64"]
pub fn fma_rm_f64(a: f64, b: f64, c: f64) -> f64;

/// `fma.rp.f64 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rp_f64"]
pub fn fma_rp_f64(a: f64, b: f64, c: f64) -> f64;

/// `mul.rn.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rn_f32"]
pub fn mul_rn_f32(a: f32, b: f32) -> f32;

/// `mul.rn.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rn_ftz_f32"]
pub fn mul_rn_ftz_f32(a: f32, b: f32) -> f32;

/// `mul.rz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rz_f32"]
pub fn mul_rz_f32(a: f32, b: f32) -> f32;

/// `mul.rz.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rz_ftz_f32"]
pub fn mul_rz_ftz_f32(a: f32, b: f32) -> f32;

/// `mul.rm.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rm_f32"]
pub fn mul_rm_f32(a: f32, b: f32) -> f32;

/// `mul.rm.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rm_ftz_f32"]
pub fn mul_rm_ftz_f32(a: f32, b: f32) -> f32;

/// `mul.rp.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rp_f32"]
pub fn mul_rp_f32(a: f32, b: f32) -> f32;

/// `mul.rp.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::mul_rp_ftz_f32"]
pub fn mul_rp_ftz_f32(a: f32, b: f32) -> f32;

/// `div.rn.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rn_f32"]
pub fn div_rn_f32(a: f32, b: f32) -> f32;

/// `div.rn.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rn_ftz_f32"]
pub fn div_rn_ftz_f32(a: f32, b: f32) -> f32;

/// `div.rz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rz_f32"]
pub fn div_rz_f32(a: f32, b: f32) -> f32;

/// `div.rz.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rz_ftz_f32"]
pub fn div_rz_ftz_f32(a: f32, b: f32) -> f32;

/// `div.rm.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rm_f32"]
pub fn div_rm_f32(a: f32, b: f32) -> f32;

/// `div.rm.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rm_ftz_f32"]
pub fn div_rm_ftz_f32(a: f32, b: f32) -> f32;

/// `div.rp.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rp_f32"]
pub fn div_rp_f32(a: f32, b: f32) -> f32;

/// `div.rp.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::div_rp_ftz_f32"]
pub fn div_rp_ftz_f32(a: f32, b: f32) -> f32;

/// `fma.rn.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rn_f32"]
pub fn fma_rn_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rn.ftz.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rn_ftz_f32"]
pub fn fma_rn_ftz_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rn.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rn_sat_f32"]
pub fn fma_rn_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rn.ftz.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rn_ftz_sat_f32"]
pub fn fma_rn_ftz_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rz.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rz_f32"]
pub fn fma_rz_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rz.ftz.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rz_ftz_f32"]
pub fn fma_rz_ftz_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rz.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rz_sat_f32"]
pub fn fma_rz_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rz.ftz.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rz_ftz_sat_f32"]
pub fn fma_rz_ftz_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rm.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rm_f32"]
pub fn fma_rm_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rm.ftz.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rm_ftz_f32"]
pub fn fma_rm_ftz_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rm.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rm_sat_f32"]
pub fn fma_rm_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rm.ftz.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rm_ftz_sat_f32"]
pub fn fma_rm_ftz_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rp.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rp_f32"]
pub fn fma_rp_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rp.ftz.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rp_ftz_f32"]
pub fn fma_rp_ftz_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rp.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rp_sat_f32"]
pub fn fma_rp_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `fma.rp.ftz.sat.f32 <register>, <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::fma_rp_ftz_sat_f32"]
pub fn fma_rp_ftz_sat_f32(a: f32, b: f32, c: f32) -> f32;

/// `add.rn.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rn_f64"]
pub fn add_rn_f64(a: f64, b: f64) -> f64;

/// `add.rz.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rz_f64"]
pub fn add_rz_f64(a: f64, b: f64) -> f64;

/// `add.rm.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rm_f64"]
pub fn add_rm_f64(a: f64, b: f64) -> f64;

/// `add.rp.f64 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rp_f64"]
pub fn add_rp_f64(a: f64, b: f64) -> f64;

/// `add.rn.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rn_f32"]
pub fn add_rn_f32(a: f32, b: f32) -> f32;

/// `add.rn.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rn_ftz_f32"]
pub fn add_rn_ftz_f32(a: f32, b: f32) -> f32;

/// `add.rn.sat.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rn_sat_f32"]
pub fn add_rn_sat_f32(a: f32, b: f32) -> f32;

/// `add.rn.sat.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rn_ftz_sat_f32"]
pub fn add_rn_ftz_sat_f32(a: f32, b: f32) -> f32;

/// `add.rz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rz_f32"]
pub fn add_rz_f32(a: f32, b: f32) -> f32;

/// `add.rz.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rz_ftz_f32"]
pub fn add_rz_ftz_f32(a: f32, b: f32) -> f32;

/// `add.rz.sat.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rz_sat_f32"]
pub fn add_rz_sat_f32(a: f32, b: f32) -> f32;

/// `add.rz.sat.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rz_ftz_sat_f32"]
pub fn add_rz_ftz_sat_f32(a: f32, b: f32) -> f32;

/// `add.rm.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rm_f32"]
pub fn add_rm_f32(a: f32, b: f32) -> f32;

/// `add.rm.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rm_ftz_f32"]
pub fn add_rm_ftz_f32(a: f32, b: f32) -> f32;

/// `add.rm.sat.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rm_sat_f32"]
pub fn add_rm_sat_f32(a: f32, b: f32) -> f32;

/// `add.rm.sat.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rm_ftz_sat_f32"]
pub fn add_rm_ftz_sat_f32(a: f32, b: f32) -> f32;

/// `add.rp.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rp_f32"]
pub fn add_rp_f32(a: f32, b: f32) -> f32;

/// `add.rp.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rp_ftz_f32"]
pub fn add_rp_ftz_f32(a: f32, b: f32) -> f32;

/// `add.rp.sat.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rp_sat_f32"]
pub fn add_rp_sat_f32(a: f32, b: f32) -> f32;

/// `add.rp.sat.ftz.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::add_rp_ftz_sat_f32"]
pub fn add_rp_ftz_sat_f32(a: f32, b: f32) -> f32;

/// `min.ftz.NaN.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::min_ftz_nan_xorsign_abs_f32"]
pub fn min_ftz_nan_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `min.ftz.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::min_ftz_xorsign_abs_f32"]
pub fn min_ftz_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `min.NaN.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::min_nan_xorsign_abs_f32"]
pub fn min_nan_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `min.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::min_xorsign_abs_f32"]
pub fn min_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `max.ftz.NaN.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::max_ftz_nan_xorsign_abs_f32"]
pub fn max_ftz_nan_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `max.ftz.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::max_ftz_xorsign_abs_f32"]
pub fn max_ftz_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `max.NaN.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::max_nan_xorsign_abs_f32"]
pub fn max_nan_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `max.xorsign.abs.f32 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "float::max_xorsign_abs_f32"]
pub fn max_xorsign_abs_f32(a: f32, b: f32) -> f32;

/// `sin.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sin_approx_f32"]
pub fn sin_approx_f32(a: f32) -> f32;

/// `sin.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sin_approx_ftz_f32"]
pub fn sin_approx_ftz_f32(a: f32) -> f32;

/// `cos.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::cos_approx_f32"]
pub fn cos_approx_f32(a: f32) -> f32;

/// `cos.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::cos_approx_ftz_f32"]
pub fn cos_approx_ftz_f32(a: f32) -> f32;

/// `lg2.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::lg2_approx_f32"]
pub fn lg2_approx_f32(a: f32) -> f32;

/// `lg2.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::lg2_approx_ftz_f32"]
pub fn lg2_approx_ftz_f32(a: f32) -> f32;

/// `rcp.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_approx_ftz_f32"]
pub fn rcp_approx_ftz_f32(a: f32) -> f32;

/// `rcp.rn.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rn_f32"]
pub fn rcp_rn_f32(a: f32) -> f32;

/// `rcp.rn.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rn_ftz_f32"]
pub fn rcp_rn_ftz_f32(a: f32) -> f32;

/// `rcp.rz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rz_f32"]
pub fn rcp_rz_f32(a: f32) -> f32;

/// `rcp.rz.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rz_ftz_f32"]
pub fn rcp_rz_ftz_f32(a: f32) -> f32;

/// `rcp.rm.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rm_f32"]
pub fn rcp_rm_f32(a: f32) -> f32;

/// `rcp.rm.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rm_ftz_f32"]
pub fn rcp_rm_ftz_f32(a: f32) -> f32;

/// `rcp.rp.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rp_f32"]
pub fn rcp_rp_f32(a: f32) -> f32;

/// `rcp.rp.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rp_ftz_f32"]
pub fn rcp_rp_ftz_f32(a: f32) -> f32;

/// `rcp.approx.ftz.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_approx_ftz_f64"]
pub fn rcp_approx_ftz_f64(a: f64) -> f64;

/// `rcp.rn.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rn_f64"]
pub fn rcp_rn_f64(a: f64) -> f64;

/// `rcp.rz.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rz_f64"]
pub fn rcp_rz_f64(a: f64) -> f64;

/// `rcp.rm.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rm_f64"]
pub fn rcp_rm_f64(a: f64) -> f64;

/// `rcp.rp.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rcp_rp_f64"]
pub fn rcp_rp_f64(a: f64) -> f64;

/// `rsqrt.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rsqrt_approx_f32"]
pub fn rsqrt_approx_f32(a: f32) -> f32;

/// `rsqrt.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rsqrt_approx_ftz_f32"]
pub fn rsqrt_approx_ftz_f32(a: f32) -> f32;

/// `rsqrt.approx.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::rsqrt_approx_f64"]
pub fn rsqrt_approx_f64(a: f64) -> f64;

/// `sqrt.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_approx_f32"]
pub fn sqrt_approx_f32(a: f32) -> f32;

/// `sqrt.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_approx_ftz_f32"]
pub fn sqrt_approx_ftz_f32(a: f32) -> f32;

/// `sqrt.rn.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rn_f32"]
pub fn sqrt_rn_f32(a: f32) -> f32;

/// `sqrt.rn.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rn_ftz_f32"]
pub fn sqrt_rn_ftz_f32(a: f32) -> f32;

/// `sqrt.rz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rz_f32"]
pub fn sqrt_rz_f32(a: f32) -> f32;

/// `sqrt.rz.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rz_ftz_f32"]
pub fn sqrt_rz_ftz_f32(a: f32) -> f32;

/// `sqrt.rm.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rm_f32"]
pub fn sqrt_rm_f32(a: f32) -> f32;

/// `sqrt.rm.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rm_ftz_f32"]
pub fn sqrt_rm_ftz_f32(a: f32) -> f32;

/// `sqrt.rp.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rp_f32"]
pub fn sqrt_rp_f32(a: f32) -> f32;

/// `sqrt.rp.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rp_ftz_f32"]
pub fn sqrt_rp_ftz_f32(a: f32) -> f32;

/// `sqrt.rn.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rn_f64"]
pub fn sqrt_rn_f64(a: f64) -> f64;

/// `sqrt.rz.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rz_f64"]
pub fn sqrt_rz_f64(a: f64) -> f64;

/// `sqrt.rm.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rm_f64"]
pub fn sqrt_rm_f64(a: f64) -> f64;

/// `sqrt.rp.f64 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::sqrt_rp_f64"]
pub fn sqrt_rp_f64(a: f64) -> f64;

/// `ex2.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::ex2_approx_f32"]
pub fn ex2_approx_f32(a: f32) -> f32;

/// `ex2.approx.ftz.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::ex2_approx_ftz_f32"]
pub fn ex2_approx_ftz_f32(a: f32) -> f32;

/// `tanh.approx.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "float::tanh_approx_f32"]
pub fn tanh_approx_f32(a: f32) -> f32;
