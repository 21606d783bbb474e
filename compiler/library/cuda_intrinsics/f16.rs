//! Raw operations of the family `f16`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::f16::min_f16
//! ```

/// `min.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::min_f16"]
pub fn min_f16(a: u16, b: u16) -> u16;

/// `min.ftz.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::min_ftz_f16"]
pub fn min_ftz_f16(a: u16, b: u16) -> u16;

/// `min.NaN.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::min_nan_f16"]
pub fn min_nan_f16(a: u16, b: u16) -> u16;

/// `min.ftz.NaN.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::min_ftz_nan_f16"]
pub fn min_ftz_nan_f16(a: u16, b: u16) -> u16;

/// `min.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::min_xorsign_abs_f16"]
pub fn min_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `min.ftz.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::min_ftz_xorsign_abs_f16"]
pub fn min_ftz_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `min.NaN.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::min_nan_xorsign_abs_f16"]
pub fn min_nan_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `min.ftz.NaN.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::min_ftz_nan_xorsign_abs_f16"]
pub fn min_ftz_nan_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `max.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::max_f16"]
pub fn max_f16(a: u16, b: u16) -> u16;

/// `max.ftz.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::max_ftz_f16"]
pub fn max_ftz_f16(a: u16, b: u16) -> u16;

/// `max.NaN.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::max_nan_f16"]
pub fn max_nan_f16(a: u16, b: u16) -> u16;

/// `max.ftz.NaN.f16 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "f16::max_ftz_nan_f16"]
pub fn max_ftz_nan_f16(a: u16, b: u16) -> u16;

/// `max.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::max_xorsign_abs_f16"]
pub fn max_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `max.ftz.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::max_ftz_xorsign_abs_f16"]
pub fn max_ftz_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `max.NaN.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::max_nan_xorsign_abs_f16"]
pub fn max_nan_xorsign_abs_f16(a: u16, b: u16) -> u16;

/// `max.ftz.NaN.xorsign.abs.f16 <register>, <register>, <register>;` (sm_86+, PTX 7.2)
#[oxide::intrinsic = "f16::max_ftz_nan_xorsign_abs_f16"]
pub fn max_ftz_nan_xorsign_abs_f16(a: u16, b: u16) -> u16;
