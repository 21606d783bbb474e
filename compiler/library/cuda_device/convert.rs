//! Conversions between number formats.
//!
//! What it is: the `cvt` instructions with explicit rounding, and unpacking of half-precision pairs.
//! What it assumes: nothing.
//! What it guarantees: unpacking is exact.
//!
//! ```text
//! let packed = cvt_f16x2_f32(lo, hi);
//! ```

pub use cuda_intrinsics::convert::*;

/// The two halves of a pair of `f16`.
#[inline(always)]
pub fn cvt_f32x2_f16x2(packed: u32) -> (f32, f32) {
    (cvt_f32_f16x2_lo(packed), cvt_f32_f16x2_hi(packed))
}

/// The low half of a pair of `f16`.
#[inline(always)]
pub fn cvt_f32_f16x2_lo(packed: u32) -> f32 {
    f16::from_bits(packed as u16) as f32
}

/// The high half of a pair of `f16`.
#[inline(always)]
pub fn cvt_f32_f16x2_hi(packed: u32) -> f32 {
    f16::from_bits((packed >> 16) as u16) as f32
}

/// The two halves of a pair of `bfloat16`.
#[inline(always)]
pub fn cvt_f32x2_bf16x2(packed: u32) -> (f32, f32) {
    (cvt_f32_bf16x2_lo(packed), cvt_f32_bf16x2_hi(packed))
}

/// The low half of a pair of `bfloat16`.
#[inline(always)]
pub fn cvt_f32_bf16x2_lo(packed: u32) -> f32 {
    f32::from_bits(packed << 16)
}

/// The high half of a pair of `bfloat16`.
#[inline(always)]
pub fn cvt_f32_bf16x2_hi(packed: u32) -> f32 {
    f32::from_bits(packed & 0xffff_0000)
}
