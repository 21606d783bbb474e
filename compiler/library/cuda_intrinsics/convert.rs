//! Raw operations of the family `convert`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::convert::cvt_f32x2_bf16x2
//! ```

/// `cvt.rn.bf16x2.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_f32x2_bf16x2"]
pub fn cvt_f32x2_bf16x2(a: f32, b: f32) -> u32;

/// `cvt.rn.f16x2.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_f16x2_f32"]
pub fn cvt_f16x2_f32(a: f32, b: f32) -> u32;

/// `cvt.rz.f16x2.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_rz_f16x2_f32"]
pub fn cvt_rz_f16x2_f32(a: f32, b: f32) -> u32;

/// `cvt.rn.relu.f16x2.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_rn_relu_f16x2_f32"]
pub fn cvt_rn_relu_f16x2_f32(a: f32, b: f32) -> u32;

/// `cvt.rn.relu.bf16x2.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_rn_relu_bf16x2_f32"]
pub fn cvt_rn_relu_bf16x2_f32(a: f32, b: f32) -> u32;

/// `cvt.rz.bf16x2.f32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_rz_bf16x2_f32"]
pub fn cvt_rz_bf16x2_f32(a: f32, b: f32) -> u32;

/// `cvt.rn.satfinite.e4m3x2.f32 <register>, <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_e4m3x2_f32"]
pub fn cvt_rn_satfinite_e4m3x2_f32(a: f32, b: f32) -> u16;

/// `cvt.rn.satfinite.relu.e4m3x2.f32 <register>, <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_relu_e4m3x2_f32"]
pub fn cvt_rn_satfinite_relu_e4m3x2_f32(a: f32, b: f32) -> u16;

/// `cvt.rn.satfinite.e5m2x2.f32 <register>, <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_e5m2x2_f32"]
pub fn cvt_rn_satfinite_e5m2x2_f32(a: f32, b: f32) -> u16;

/// `cvt.rn.satfinite.relu.e5m2x2.f32 <register>, <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_relu_e5m2x2_f32"]
pub fn cvt_rn_satfinite_relu_e5m2x2_f32(a: f32, b: f32) -> u16;

/// `cvt.rna.tf32.f32 <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::intrinsic = "convert::cvt_rna_tf32_f32"]
pub fn cvt_rna_tf32_f32(a: f32) -> u32;

/// `cvt.rna.satfinite.tf32.f32 <register>, <register>;` (sm_80+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rna_satfinite_tf32_f32"]
pub fn cvt_rna_satfinite_tf32_f32(a: f32) -> u32;

/// `cvt.rn.tf32.f32 <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "convert::cvt_rn_tf32_f32"]
pub fn cvt_rn_tf32_f32(a: f32) -> u32;

/// `cvt.rn.relu.tf32.f32 <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "convert::cvt_rn_relu_tf32_f32"]
pub fn cvt_rn_relu_tf32_f32(a: f32) -> u32;

/// `cvt.rn.satfinite.tf32.f32 <register>, <register>;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_tf32_f32"]
pub fn cvt_rn_satfinite_tf32_f32(a: f32) -> u32;

/// `cvt.rn.relu.satfinite.tf32.f32 <register>, <register>;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "convert::cvt_rn_relu_satfinite_tf32_f32"]
pub fn cvt_rn_relu_satfinite_tf32_f32(a: f32) -> u32;

/// `cvt.rz.tf32.f32 <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "convert::cvt_rz_tf32_f32"]
pub fn cvt_rz_tf32_f32(a: f32) -> u32;

/// `cvt.rz.relu.tf32.f32 <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "convert::cvt_rz_relu_tf32_f32"]
pub fn cvt_rz_relu_tf32_f32(a: f32) -> u32;

/// `cvt.rz.satfinite.tf32.f32 <register>, <register>;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "convert::cvt_rz_satfinite_tf32_f32"]
pub fn cvt_rz_satfinite_tf32_f32(a: f32) -> u32;

/// `cvt.rz.relu.satfinite.tf32.f32 <register>, <register>;` (sm_100+, PTX 8.6)
#[oxide::intrinsic = "convert::cvt_rz_relu_satfinite_tf32_f32"]
pub fn cvt_rz_relu_satfinite_tf32_f32(a: f32) -> u32;

/// `cvt.rn.satfinite.e4m3x2.f16x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_e4m3x2_f16x2"]
pub fn cvt_rn_satfinite_e4m3x2_f16x2(a: u32) -> u16;

/// `cvt.rn.satfinite.relu.e4m3x2.f16x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_relu_e4m3x2_f16x2"]
pub fn cvt_rn_satfinite_relu_e4m3x2_f16x2(a: u32) -> u16;

/// `cvt.rn.satfinite.e5m2x2.f16x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_e5m2x2_f16x2"]
pub fn cvt_rn_satfinite_e5m2x2_f16x2(a: u32) -> u16;

/// `cvt.rn.satfinite.relu.e5m2x2.f16x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_satfinite_relu_e5m2x2_f16x2"]
pub fn cvt_rn_satfinite_relu_e5m2x2_f16x2(a: u32) -> u16;

/// `cvt.rn.f16x2.e4m3x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_f16x2_e4m3x2"]
pub fn cvt_rn_f16x2_e4m3x2(a: u16) -> u32;

/// `cvt.rn.relu.f16x2.e4m3x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_relu_f16x2_e4m3x2"]
pub fn cvt_rn_relu_f16x2_e4m3x2(a: u16) -> u32;

/// `cvt.rn.f16x2.e5m2x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_f16x2_e5m2x2"]
pub fn cvt_rn_f16x2_e5m2x2(a: u16) -> u32;

/// `cvt.rn.relu.f16x2.e5m2x2 <register>, <register>;` (sm_89+, PTX 8.1)
#[oxide::intrinsic = "convert::cvt_rn_relu_f16x2_e5m2x2"]
pub fn cvt_rn_relu_f16x2_e5m2x2(a: u16) -> u32;
