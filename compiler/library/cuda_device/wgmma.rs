//! Matrix multiply-accumulate of a warp group (sm_90a).
//!
//! What it is: the fences and waits of the asynchronous proxy, shared-memory descriptors, and the 64x64x16 product.
//! What it assumes: the compiler fuses each region from fence to wait into registers.
//! What it guarantees: a wait needs a constant argument.
//!
//! ```text
//! wgmma_fence();
//! unsafe { wgmma_mma_m64n64k16_f32_bf16(&mut acc, desc_a, desc_b) };
//! wgmma_commit_group(); wgmma_wait_group::<0>();
//! ```

use cuda_intrinsics::wgmma as raw;

use crate::shared::cvta_generic_to_shared_offset;

/// The accumulator of a 64x64 tile: 32 values a lane.
pub type Acc64x64 = [[f32; 8]; 4];

/// An accumulator of zeros.
#[inline(always)]
pub const fn zero_accumulator() -> Acc64x64 {
    [[0.0; 8]; 4]
}

/// Orders earlier register and shared accesses before the next product.
#[inline(always)]
pub fn wgmma_fence() {
    unsafe { raw::wgmma_fence() }
}

/// Closes the group of the products since the last commit.
#[inline(always)]
pub fn wgmma_commit_group() {
    unsafe { raw::wgmma_commit_group() }
}

/// Waits until at most `N` groups are pending.
#[inline(always)]
pub fn wgmma_wait_group<const N: u32>() {
    unsafe { raw::wgmma_wait_group(N as u64) }
}

/// The descriptor of a tile in shared memory, with 128-byte swizzling.
///
/// # Safety
/// The pointer lies in shared memory.
#[inline(always)]
pub unsafe fn make_smem_desc(pointer: *const u8) -> u64 {
    let address = unsafe { cvta_generic_to_shared_offset(pointer) };
    ((address >> 4) & 0x3fff) | 0xc000_0008_0008_0000
}

/// `acc += a * b` for a tile of `bf16` values.
///
/// # Safety
/// All 128 threads of the warp group call it with the same descriptors, between a fence and a commit.
#[oxide::convergent(warp)]
#[oxide::intrinsic = "oxide::wgmma_mma_m64n64k16_f32_bf16"]
pub unsafe fn wgmma_mma_m64n64k16_f32_bf16(acc: &mut [[f32; 8]; 4], desc_a: u64, desc_b: u64);

/// `acc += a * b` for a tile of `f16` values.
///
/// # Safety
/// All 128 threads of the warp group call it with the same descriptors, between a fence and a commit.
#[oxide::convergent(warp)]
#[oxide::intrinsic = "oxide::wgmma_mma_m64n64k16_f32_f16"]
pub unsafe fn wgmma_mma_m64n64k16_f32_f16(acc: &mut [[f32; 8]; 4], desc_a: u64, desc_b: u64);

/// `acc += a * b` for a tile of `tf32` values.
///
/// # Safety
/// All 128 threads of the warp group call it with the same descriptors, between a fence and a commit.
#[oxide::convergent(warp)]
#[oxide::intrinsic = "oxide::wgmma_mma_m64n64k8_f32_tf32"]
pub unsafe fn wgmma_mma_m64n64k8_f32_tf32(acc: &mut [[f32; 8]; 4], desc_a: u64, desc_b: u64);
