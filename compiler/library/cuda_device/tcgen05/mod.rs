//! Tensor memory and tensor core of Blackwell (sm_100a).
//!
//! What it is: allocation (`guard`), descriptors (`descriptor`), products, copies, loads and stores, and the epilogue's
//! packing of half-precision pairs.
//! What it assumes: calls are made by the warp or thread the instruction asks for.
//! What it guarantees: descriptors have the hardware's bit layout.
//!
//! ```text
//! unsafe { tcgen05_alloc(&raw mut ADDR as *mut u32, 512); tcgen05_mma_f16(d, a, b, idesc, false) }
//! ```

mod descriptor;
mod guard;
mod registers;
mod selected;

use cuda_intrinsics::tcgen05 as raw;

use crate::cusimd::CuSimd;

pub use self::descriptor::{
    Tcgen05AccumulatorType, Tcgen05ElementType, Tcgen05InstructionDescriptor, Tcgen05InstructionDescriptorBuilder,
    Tcgen05MmaShape, Tcgen05SmemDescriptor, Tcgen05SmemDescriptorBuilder, Tcgen05SwizzleMode,
};
pub use self::guard::{TensorMemoryHandle, TmemAddress, TmemDeallocated, TmemGuard, TmemReady, TmemUninit};
pub use self::registers::*;
pub use self::selected::*;

pub use cuda_intrinsics::matrix::{
    stmatrix_m8n8_x2_b16 as stmatrix_m8n8_x2, stmatrix_m8n8_x2_trans_b16 as stmatrix_m8n8_x2_trans,
    stmatrix_m8n8_x4_b16 as stmatrix_m8n8_x4, stmatrix_m8n8_x4_trans_b16 as stmatrix_m8n8_x4_trans,
};
pub use cuda_intrinsics::tcgen05::{
    tcgen05_alloc, tcgen05_dealloc, tcgen05_relinquish_alloc_permit, tcgen05_fence_before_thread_sync,
    tcgen05_fence_after_thread_sync, tcgen05_commit, tcgen05_commit_shared_cluster, tcgen05_mma_ws_f16,
    tcgen05_mma_f16, tcgen05_mma_ws_bf16, tcgen05_mma_ws_tf32, tcgen05_cp_smem_to_tmem, tcgen05_load_wait,
    tcgen05_store_wait, tcgen05_alloc_cg2, tcgen05_dealloc_cg2, tcgen05_relinquish_alloc_permit_cg2,
    tcgen05_mma_f16_cg2, tcgen05_commit_cg2, tcgen05_commit_shared_cluster_cg2, tcgen05_commit_multicast_cg2,
    tcgen05_cp_smem_to_tmem_cg2, tcgen05_cp_128x128b_b4x16_p64, tcgen05_cp_128x128b_b4x16_p64_cg2,
    tcgen05_cp_128x128b_b6x16_p32, tcgen05_cp_128x128b_b6x16_p32_cg2, tcgen05_cp_128x128b,
    tcgen05_cp_128x128b_cg2, tcgen05_cp_128x256b_b4x16_p64, tcgen05_cp_128x256b_b4x16_p64_cg2,
    tcgen05_cp_128x256b_b6x16_p32, tcgen05_cp_128x256b_b6x16_p32_cg2, tcgen05_cp_32x128b_warpx4_b4x16_p64,
    tcgen05_cp_32x128b_warpx4_b4x16_p64_cg2, tcgen05_cp_32x128b_warpx4_b6x16_p32,
    tcgen05_cp_32x128b_warpx4_b6x16_p32_cg2, tcgen05_cp_32x128b_warpx4, tcgen05_cp_32x128b_warpx4_cg2,
    tcgen05_cp_4x256b_b4x16_p64, tcgen05_cp_4x256b_b4x16_p64_cg2, tcgen05_cp_4x256b_b6x16_p32,
    tcgen05_cp_4x256b_b6x16_p32_cg2, tcgen05_cp_4x256b, tcgen05_cp_4x256b_cg2,
    tcgen05_cp_64x128b_warpx2_01_23_b4x16_p64, tcgen05_cp_64x128b_warpx2_01_23_b4x16_p64_cg2,
    tcgen05_cp_64x128b_warpx2_01_23_b6x16_p32, tcgen05_cp_64x128b_warpx2_01_23_b6x16_p32_cg2,
    tcgen05_cp_64x128b_warpx2_01_23, tcgen05_cp_64x128b_warpx2_01_23_cg2,
    tcgen05_cp_64x128b_warpx2_02_13_b4x16_p64, tcgen05_cp_64x128b_warpx2_02_13_b4x16_p64_cg2,
    tcgen05_cp_64x128b_warpx2_02_13_b6x16_p32, tcgen05_cp_64x128b_warpx2_02_13_b6x16_p32_cg2,
    tcgen05_cp_64x128b_warpx2_02_13, tcgen05_cp_64x128b_warpx2_02_13_cg2, tcgen05_ld_16x64b_x1_raw,
    tcgen05_ld_16x64b_x1_pack16, tcgen05_ld_32x32b_x1_raw, tcgen05_ld_32x32b_x1_pack16,
    tcgen05_st_16x64b_x1_raw, tcgen05_st_16x64b_x1_unpack16, tcgen05_st_32x32b_x1_raw,
    tcgen05_st_32x32b_x1_unpack16,
    tcgen05_commit_multicast, tcgen05_shift_down,
    tcgen05_shift_down_cg2, tcgen05_mma_ws_e4m3, tcgen05_mma_ws_e5m2, tcgen05_mma_ws_e2m3, tcgen05_mma_ws_e3m2,
    tcgen05_mma_ws_e2m1,
};

/// Four `f32` of tensor memory.
pub type TmemF32x4 = CuSimd<f32, 4>;
/// Thirty-two `f32` of tensor memory.
pub type TmemF32x32 = CuSimd<f32, 32>;

/// Which operand the collector buffer keeps between products.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum CollectorUsage {
    /// Drop it.
    Discard = 0,
    /// Use it for the last time.
    LastUse = 1,
    /// Fill it.
    Fill = 2,
    /// Use it.
    Use = 3,
}

/// `tcgen05_mma_ws_f16` with a collector; the collector's use is a hint.
///
/// # Safety
/// As for `tcgen05_mma_ws_f16`.
#[inline(always)]
pub unsafe fn tcgen05_mma_ws_f16_with_collector(
    d_tmem: u32,
    a_tmem: u32,
    a_desc: u64,
    b_desc: u64,
    idesc: u32,
    enable_d: bool,
    _collector: CollectorUsage,
) {
    unsafe { raw::tcgen05_mma_ws_f16(d_tmem, a_tmem, a_desc, b_desc, idesc, enable_d) }
}

/// Loads four `f32` from tensor memory; wait with `tcgen05_load_wait`.
///
/// # Safety
/// The address is allocated, and all lanes of the warp call together.
#[inline(always)]
pub unsafe fn tcgen05_ld_16x256b_pure(tmem: u32) -> TmemF32x4 {
    CuSimd::new(unsafe { raw::tcgen05_ld_16x256b_pure(tmem) })
}

/// Loads thirty-two `f32` from tensor memory; wait with `tcgen05_load_wait`.
///
/// # Safety
/// The address is allocated, and all lanes of the warp call together.
#[inline(always)]
pub unsafe fn tcgen05_ld_16x256b_x8_pure(tmem: u32) -> TmemF32x32 {
    CuSimd::new(unsafe { raw::tcgen05_ld_16x256b_x8_pure(tmem) })
}

/// The `bfloat16` of an `f32`, cut.
#[inline(always)]
pub fn f32_to_bf16(value: f32) -> u16 {
    (value.to_bits() >> 16) as u16
}

/// The `bfloat16` nearest to an `f32`; halves go to the even one.
#[inline(always)]
pub fn f32_to_bf16_rne(value: f32) -> u16 {
    let bits = value.to_bits();
    if value.is_nan() {
        return (bits >> 16) as u16 | 0x40;
    }
    (bits.wrapping_add(0x7fff + ((bits >> 16) & 1)) >> 16) as u16
}

/// Two `bfloat16` in one word, the first in the low half.
#[inline(always)]
pub fn pack_bf16_pair(low: u16, high: u16) -> u32 {
    low as u32 | ((high as u32) << 16)
}

/// Two `f16` in one word, the first in the low half.
#[inline(always)]
pub fn pack_f16_pair(low: u16, high: u16) -> u32 {
    low as u32 | ((high as u32) << 16)
}

/// Two `f32` as `bfloat16` in one word, the first in the low half.
#[inline(always)]
pub fn f32_pair_to_packed_bf16(low: f32, high: f32) -> u32 {
    pack_bf16_pair(f32_to_bf16_rne(low), f32_to_bf16_rne(high))
}

/// Two `f32` as `bfloat16` in one word, the first in the low half, by one instruction.
#[inline(always)]
pub fn cvt_f32x2_bf16x2(low: f32, high: f32) -> u32 {
    #[allow(unused_assignments)]
    let mut packed: u32 = 0;
    unsafe {
        crate::ptx_asm!(
            "cvt.rn.bf16x2.f32 %0, %1, %2;",
            out("=r") packed,
            in("f") high,
            in("f") low,
            options(register_only, may_diverge)
        );
    }
    packed
}
