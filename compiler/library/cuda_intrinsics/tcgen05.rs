//! Raw operations of the family `tcgen05`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::tcgen05::tcgen05_alloc
//! ```

/// `tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_alloc"]
pub unsafe fn tcgen05_alloc(a: *mut u32, b: u32);

/// `tcgen05.dealloc.cta_group::1.sync.aligned.b32 <register>, <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_dealloc"]
pub unsafe fn tcgen05_dealloc(a: u32, b: u32);

/// `tcgen05.relinquish_alloc_permit.cta_group::1.sync.aligned;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_relinquish_alloc_permit"]
pub fn tcgen05_relinquish_alloc_permit();

/// `tcgen05.fence::before_thread_sync;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_fence_before_thread_sync"]
pub fn tcgen05_fence_before_thread_sync();

/// `tcgen05.fence::after_thread_sync;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_fence_after_thread_sync"]
pub fn tcgen05_fence_after_thread_sync();

/// `tcgen05.commit.cta_group::1.mbarrier::arrive::one.b64 [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_commit"]
pub unsafe fn tcgen05_commit(a: *mut u64);

/// `tcgen05.commit.cta_group::1.mbarrier::arrive::one.shared::cluster.b64 [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_commit_shared_cluster"]
pub unsafe fn tcgen05_commit_shared_cluster(a: *mut u64);

/// `tcgen05.mma.ws.cta_group::1.kind::f16 [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_f16"]
pub unsafe fn tcgen05_mma_ws_f16(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.mma.cta_group::1.kind::f16 [<address>], <register>, <register>, <register>, {%z, %z, %z, %z}, %enable_pred;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_f16"]
pub unsafe fn tcgen05_mma_f16(a: u32, b: u64, c: u64, d: u32, e: bool);

/// `tcgen05.mma.ws.cta_group::1.kind::f16 [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_bf16"]
pub unsafe fn tcgen05_mma_ws_bf16(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.mma.ws.cta_group::1.kind::tf32 [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_tf32"]
pub unsafe fn tcgen05_mma_ws_tf32(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.cp.cta_group::1.128x256b [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_smem_to_tmem"]
pub unsafe fn tcgen05_cp_smem_to_tmem(a: u32, b: u64);

/// `tcgen05.ld.sync.aligned.16x256b.x8.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x8_pure"]
pub unsafe fn tcgen05_ld_16x256b_x8_pure(a: u32) -> [f32; 32];

/// `tcgen05.ld.sync.aligned.16x256b.x1.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_pure"]
pub unsafe fn tcgen05_ld_16x256b_pure(a: u32) -> [f32; 4];

/// `tcgen05.wait::ld.sync.aligned;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_load_wait"]
pub fn tcgen05_load_wait();

/// `tcgen05.wait::st.sync.aligned;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_store_wait"]
pub fn tcgen05_store_wait();

/// `tcgen05.alloc.cta_group::2.sync.aligned.shared::cta.b32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_alloc_cg2"]
pub unsafe fn tcgen05_alloc_cg2(a: *mut u32, b: u32);

/// `tcgen05.dealloc.cta_group::2.sync.aligned.b32 <register>, <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_dealloc_cg2"]
pub unsafe fn tcgen05_dealloc_cg2(a: u32, b: u32);

/// `tcgen05.relinquish_alloc_permit.cta_group::2.sync.aligned;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_relinquish_alloc_permit_cg2"]
pub fn tcgen05_relinquish_alloc_permit_cg2();

/// `tcgen05.mma.cta_group::2.kind::f16 [<address>], <register>, <register>, <register>, {%z, %z, %z, %z, %z, %z, %z, %z}, %enable_pred;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_f16_cg2"]
pub unsafe fn tcgen05_mma_f16_cg2(a: u32, b: u64, c: u64, d: u32, e: bool);

/// `tcgen05.commit.cta_group::2.mbarrier::arrive::one.b64 [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_commit_cg2"]
pub unsafe fn tcgen05_commit_cg2(a: *mut u64);

/// `tcgen05.commit.cta_group::2.mbarrier::arrive::one.shared::cluster.b64 [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_commit_shared_cluster_cg2"]
pub unsafe fn tcgen05_commit_shared_cluster_cg2(a: *mut u64);

/// `tcgen05.commit.cta_group::2.mbarrier::arrive::one.shared::cluster.multicast::cluster.b64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_commit_multicast_cg2"]
pub unsafe fn tcgen05_commit_multicast_cg2(a: *mut u64, b: u16);

/// `tcgen05.cp.cta_group::2.128x256b [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_smem_to_tmem_cg2"]
pub unsafe fn tcgen05_cp_smem_to_tmem_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.128x128b.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x128b_b4x16_p64"]
pub unsafe fn tcgen05_cp_128x128b_b4x16_p64(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.128x128b.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x128b_b4x16_p64_cg2"]
pub unsafe fn tcgen05_cp_128x128b_b4x16_p64_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.128x128b.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x128b_b6x16_p32"]
pub unsafe fn tcgen05_cp_128x128b_b6x16_p32(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.128x128b.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x128b_b6x16_p32_cg2"]
pub unsafe fn tcgen05_cp_128x128b_b6x16_p32_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.128x128b [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x128b"]
pub unsafe fn tcgen05_cp_128x128b(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.128x128b [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x128b_cg2"]
pub unsafe fn tcgen05_cp_128x128b_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.128x256b.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x256b_b4x16_p64"]
pub unsafe fn tcgen05_cp_128x256b_b4x16_p64(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.128x256b.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x256b_b4x16_p64_cg2"]
pub unsafe fn tcgen05_cp_128x256b_b4x16_p64_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.128x256b.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x256b_b6x16_p32"]
pub unsafe fn tcgen05_cp_128x256b_b6x16_p32(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.128x256b.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_128x256b_b6x16_p32_cg2"]
pub unsafe fn tcgen05_cp_128x256b_b6x16_p32_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.32x128b.warpx4.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_32x128b_warpx4_b4x16_p64"]
pub unsafe fn tcgen05_cp_32x128b_warpx4_b4x16_p64(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.32x128b.warpx4.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_32x128b_warpx4_b4x16_p64_cg2"]
pub unsafe fn tcgen05_cp_32x128b_warpx4_b4x16_p64_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.32x128b.warpx4.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_32x128b_warpx4_b6x16_p32"]
pub unsafe fn tcgen05_cp_32x128b_warpx4_b6x16_p32(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.32x128b.warpx4.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_32x128b_warpx4_b6x16_p32_cg2"]
pub unsafe fn tcgen05_cp_32x128b_warpx4_b6x16_p32_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.32x128b.warpx4 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_32x128b_warpx4"]
pub unsafe fn tcgen05_cp_32x128b_warpx4(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.32x128b.warpx4 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_32x128b_warpx4_cg2"]
pub unsafe fn tcgen05_cp_32x128b_warpx4_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.4x256b.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_4x256b_b4x16_p64"]
pub unsafe fn tcgen05_cp_4x256b_b4x16_p64(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.4x256b.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_4x256b_b4x16_p64_cg2"]
pub unsafe fn tcgen05_cp_4x256b_b4x16_p64_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.4x256b.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_4x256b_b6x16_p32"]
pub unsafe fn tcgen05_cp_4x256b_b6x16_p32(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.4x256b.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_4x256b_b6x16_p32_cg2"]
pub unsafe fn tcgen05_cp_4x256b_b6x16_p32_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.4x256b [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_4x256b"]
pub unsafe fn tcgen05_cp_4x256b(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.4x256b [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_4x256b_cg2"]
pub unsafe fn tcgen05_cp_4x256b_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.64x128b.warpx2::01_23.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_01_23_b4x16_p64"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_01_23_b4x16_p64(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.64x128b.warpx2::01_23.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_01_23_b4x16_p64_cg2"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_01_23_b4x16_p64_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.64x128b.warpx2::01_23.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_01_23_b6x16_p32"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_01_23_b6x16_p32(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.64x128b.warpx2::01_23.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_01_23_b6x16_p32_cg2"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_01_23_b6x16_p32_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.64x128b.warpx2::01_23 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_01_23"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_01_23(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.64x128b.warpx2::01_23 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_01_23_cg2"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_01_23_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.64x128b.warpx2::02_13.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_02_13_b4x16_p64"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_02_13_b4x16_p64(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.64x128b.warpx2::02_13.b8x16.b4x16_p64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_02_13_b4x16_p64_cg2"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_02_13_b4x16_p64_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.64x128b.warpx2::02_13.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_02_13_b6x16_p32"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_02_13_b6x16_p32(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.64x128b.warpx2::02_13.b8x16.b6x16_p32 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_02_13_b6x16_p32_cg2"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_02_13_b6x16_p32_cg2(a: u32, b: u64);

/// `tcgen05.cp.cta_group::1.64x128b.warpx2::02_13 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_02_13"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_02_13(a: u32, b: u64);

/// `tcgen05.cp.cta_group::2.64x128b.warpx2::02_13 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_cp_64x128b_warpx2_02_13_cg2"]
pub unsafe fn tcgen05_cp_64x128b_warpx2_02_13_cg2(a: u32, b: u64);

/// `tcgen05.ld.sync.aligned.16x64b.x1.b32 <register-list:1>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x1_raw"]
pub unsafe fn tcgen05_ld_16x64b_x1_raw(a: u32) -> u32;

/// `tcgen05.ld.sync.aligned.16x64b.x1.pack::16b.b32 <register-list:1>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x1_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x1_pack16(a: u32) -> u32;

/// `tcgen05.ld.sync.aligned.16x64b.x2.b32 <register-list:2>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x2_raw"]
pub unsafe fn tcgen05_ld_16x64b_x2_raw(a: u32) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.16x64b.x2.pack::16b.b32 <register-list:2>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x2_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x2_pack16(a: u32) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.16x64b.x4.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x4_raw"]
pub unsafe fn tcgen05_ld_16x64b_x4_raw(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x64b.x4.pack::16b.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x4_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x4_pack16(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x64b.x8.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x8_raw"]
pub unsafe fn tcgen05_ld_16x64b_x8_raw(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x64b.x8.pack::16b.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x8_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x8_pack16(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x64b.x16.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x16_raw"]
pub unsafe fn tcgen05_ld_16x64b_x16_raw(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x64b.x16.pack::16b.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x16_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x16_pack16(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x64b.x32.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x32_raw"]
pub unsafe fn tcgen05_ld_16x64b_x32_raw(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x64b.x32.pack::16b.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x32_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x32_pack16(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x64b.x64.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x64_raw"]
pub unsafe fn tcgen05_ld_16x64b_x64_raw(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x64b.x64.pack::16b.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x64_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x64_pack16(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x64b.x128.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x128_raw"]
pub unsafe fn tcgen05_ld_16x64b_x128_raw(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.16x64b.x128.pack::16b.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x64b_x128_pack16"]
pub unsafe fn tcgen05_ld_16x64b_x128_pack16(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.16x128b.x1.b32 <register-list:2>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x1_raw"]
pub unsafe fn tcgen05_ld_16x128b_x1_raw(a: u32) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.16x128b.x1.pack::16b.b32 <register-list:2>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x1_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x1_pack16(a: u32) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.16x128b.x2.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x2_raw"]
pub unsafe fn tcgen05_ld_16x128b_x2_raw(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x128b.x2.pack::16b.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x2_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x2_pack16(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x128b.x4.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x4_raw"]
pub unsafe fn tcgen05_ld_16x128b_x4_raw(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x128b.x4.pack::16b.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x4_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x4_pack16(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x128b.x8.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x8_raw"]
pub unsafe fn tcgen05_ld_16x128b_x8_raw(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x128b.x8.pack::16b.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x8_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x8_pack16(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x128b.x16.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x16_raw"]
pub unsafe fn tcgen05_ld_16x128b_x16_raw(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x128b.x16.pack::16b.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x16_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x16_pack16(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x128b.x32.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x32_raw"]
pub unsafe fn tcgen05_ld_16x128b_x32_raw(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x128b.x32.pack::16b.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x32_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x32_pack16(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x128b.x64.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x64_raw"]
pub unsafe fn tcgen05_ld_16x128b_x64_raw(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.16x128b.x64.pack::16b.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x128b_x64_pack16"]
pub unsafe fn tcgen05_ld_16x128b_x64_pack16(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.16x256b.x1.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x1_raw"]
pub unsafe fn tcgen05_ld_16x256b_x1_raw(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x256b.x1.pack::16b.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x1_pack16"]
pub unsafe fn tcgen05_ld_16x256b_x1_pack16(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x256b.x2.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x2_raw"]
pub unsafe fn tcgen05_ld_16x256b_x2_raw(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x256b.x2.pack::16b.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x2_pack16"]
pub unsafe fn tcgen05_ld_16x256b_x2_pack16(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x256b.x4.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x4_raw"]
pub unsafe fn tcgen05_ld_16x256b_x4_raw(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x256b.x4.pack::16b.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x4_pack16"]
pub unsafe fn tcgen05_ld_16x256b_x4_pack16(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x256b.x8.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x8_raw"]
pub unsafe fn tcgen05_ld_16x256b_x8_raw(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x256b.x8.pack::16b.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x8_pack16"]
pub unsafe fn tcgen05_ld_16x256b_x8_pack16(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x256b.x16.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x16_raw"]
pub unsafe fn tcgen05_ld_16x256b_x16_raw(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x256b.x16.pack::16b.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x16_pack16"]
pub unsafe fn tcgen05_ld_16x256b_x16_pack16(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x256b.x32.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x32_raw"]
pub unsafe fn tcgen05_ld_16x256b_x32_raw(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.16x256b.x32.pack::16b.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x256b_x32_pack16"]
pub unsafe fn tcgen05_ld_16x256b_x32_pack16(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.32x32b.x1.b32 <register-list:1>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x1_raw"]
pub unsafe fn tcgen05_ld_32x32b_x1_raw(a: u32) -> u32;

/// `tcgen05.ld.sync.aligned.32x32b.x1.pack::16b.b32 <register-list:1>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x1_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x1_pack16(a: u32) -> u32;

/// `tcgen05.ld.sync.aligned.32x32b.x2.b32 <register-list:2>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x2_raw"]
pub unsafe fn tcgen05_ld_32x32b_x2_raw(a: u32) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.32x32b.x2.pack::16b.b32 <register-list:2>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x2_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x2_pack16(a: u32) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.32x32b.x4.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x4_raw"]
pub unsafe fn tcgen05_ld_32x32b_x4_raw(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.32x32b.x4.pack::16b.b32 <register-list:4>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x4_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x4_pack16(a: u32) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.32x32b.x8.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x8_raw"]
pub unsafe fn tcgen05_ld_32x32b_x8_raw(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.32x32b.x8.pack::16b.b32 <register-list:8>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x8_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x8_pack16(a: u32) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.32x32b.x16.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x16_raw"]
pub unsafe fn tcgen05_ld_32x32b_x16_raw(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.32x32b.x16.pack::16b.b32 <register-list:16>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x16_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x16_pack16(a: u32) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.32x32b.x32.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x32_raw"]
pub unsafe fn tcgen05_ld_32x32b_x32_raw(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.32x32b.x32.pack::16b.b32 <register-list:32>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x32_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x32_pack16(a: u32) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.32x32b.x64.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x64_raw"]
pub unsafe fn tcgen05_ld_32x32b_x64_raw(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.32x32b.x64.pack::16b.b32 <register-list:64>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x64_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x64_pack16(a: u32) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.32x32b.x128.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x128_raw"]
pub unsafe fn tcgen05_ld_32x32b_x128_raw(a: u32) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.32x32b.x128.pack::16b.b32 <register-list:128>, [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_32x32b_x128_pack16"]
pub unsafe fn tcgen05_ld_32x32b_x128_pack16(a: u32) -> [u32; 128];

/// `tcgen05.st.sync.aligned.16x64b.x1.b32 [<address>], <register-list:1>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x1_raw"]
pub unsafe fn tcgen05_st_16x64b_x1_raw(a: u32, b: u32);

/// `tcgen05.st.sync.aligned.16x64b.x1.unpack::16b.b32 [<address>], <register-list:1>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x1_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x1_unpack16(a: u32, b: u32);

/// `tcgen05.st.sync.aligned.16x64b.x2.b32 [<address>], <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x2_raw"]
pub unsafe fn tcgen05_st_16x64b_x2_raw(a: u32, b: [u32; 2]);

/// `tcgen05.st.sync.aligned.16x64b.x2.unpack::16b.b32 [<address>], <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x2_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x2_unpack16(a: u32, b: [u32; 2]);

/// `tcgen05.st.sync.aligned.16x64b.x4.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x4_raw"]
pub unsafe fn tcgen05_st_16x64b_x4_raw(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x64b.x4.unpack::16b.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x4_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x4_unpack16(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x64b.x8.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x8_raw"]
pub unsafe fn tcgen05_st_16x64b_x8_raw(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x64b.x8.unpack::16b.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x8_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x8_unpack16(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x64b.x16.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x16_raw"]
pub unsafe fn tcgen05_st_16x64b_x16_raw(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x64b.x16.unpack::16b.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x16_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x16_unpack16(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x64b.x32.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x32_raw"]
pub unsafe fn tcgen05_st_16x64b_x32_raw(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x64b.x32.unpack::16b.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x32_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x32_unpack16(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x64b.x64.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x64_raw"]
pub unsafe fn tcgen05_st_16x64b_x64_raw(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x64b.x64.unpack::16b.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x64_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x64_unpack16(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x64b.x128.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x128_raw"]
pub unsafe fn tcgen05_st_16x64b_x128_raw(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.16x64b.x128.unpack::16b.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x64b_x128_unpack16"]
pub unsafe fn tcgen05_st_16x64b_x128_unpack16(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.16x128b.x1.b32 [<address>], <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x1_raw"]
pub unsafe fn tcgen05_st_16x128b_x1_raw(a: u32, b: [u32; 2]);

/// `tcgen05.st.sync.aligned.16x128b.x1.unpack::16b.b32 [<address>], <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x1_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x1_unpack16(a: u32, b: [u32; 2]);

/// `tcgen05.st.sync.aligned.16x128b.x2.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x2_raw"]
pub unsafe fn tcgen05_st_16x128b_x2_raw(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x128b.x2.unpack::16b.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x2_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x2_unpack16(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x128b.x4.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x4_raw"]
pub unsafe fn tcgen05_st_16x128b_x4_raw(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x128b.x4.unpack::16b.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x4_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x4_unpack16(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x128b.x8.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x8_raw"]
pub unsafe fn tcgen05_st_16x128b_x8_raw(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x128b.x8.unpack::16b.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x8_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x8_unpack16(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x128b.x16.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x16_raw"]
pub unsafe fn tcgen05_st_16x128b_x16_raw(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x128b.x16.unpack::16b.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x16_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x16_unpack16(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x128b.x32.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x32_raw"]
pub unsafe fn tcgen05_st_16x128b_x32_raw(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x128b.x32.unpack::16b.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x32_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x32_unpack16(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x128b.x64.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x64_raw"]
pub unsafe fn tcgen05_st_16x128b_x64_raw(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.16x128b.x64.unpack::16b.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x128b_x64_unpack16"]
pub unsafe fn tcgen05_st_16x128b_x64_unpack16(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.16x256b.x1.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x1_raw"]
pub unsafe fn tcgen05_st_16x256b_x1_raw(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x256b.x1.unpack::16b.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x1_unpack16"]
pub unsafe fn tcgen05_st_16x256b_x1_unpack16(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x256b.x2.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x2_raw"]
pub unsafe fn tcgen05_st_16x256b_x2_raw(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x256b.x2.unpack::16b.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x2_unpack16"]
pub unsafe fn tcgen05_st_16x256b_x2_unpack16(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x256b.x4.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x4_raw"]
pub unsafe fn tcgen05_st_16x256b_x4_raw(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x256b.x4.unpack::16b.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x4_unpack16"]
pub unsafe fn tcgen05_st_16x256b_x4_unpack16(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x256b.x8.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x8_raw"]
pub unsafe fn tcgen05_st_16x256b_x8_raw(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x256b.x8.unpack::16b.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x8_unpack16"]
pub unsafe fn tcgen05_st_16x256b_x8_unpack16(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x256b.x16.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x16_raw"]
pub unsafe fn tcgen05_st_16x256b_x16_raw(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x256b.x16.unpack::16b.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x16_unpack16"]
pub unsafe fn tcgen05_st_16x256b_x16_unpack16(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x256b.x32.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x32_raw"]
pub unsafe fn tcgen05_st_16x256b_x32_raw(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.16x256b.x32.unpack::16b.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x256b_x32_unpack16"]
pub unsafe fn tcgen05_st_16x256b_x32_unpack16(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.32x32b.x1.b32 [<address>], <register-list:1>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x1_raw"]
pub unsafe fn tcgen05_st_32x32b_x1_raw(a: u32, b: u32);

/// `tcgen05.st.sync.aligned.32x32b.x1.unpack::16b.b32 [<address>], <register-list:1>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x1_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x1_unpack16(a: u32, b: u32);

/// `tcgen05.st.sync.aligned.32x32b.x2.b32 [<address>], <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x2_raw"]
pub unsafe fn tcgen05_st_32x32b_x2_raw(a: u32, b: [u32; 2]);

/// `tcgen05.st.sync.aligned.32x32b.x2.unpack::16b.b32 [<address>], <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x2_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x2_unpack16(a: u32, b: [u32; 2]);

/// `tcgen05.st.sync.aligned.32x32b.x4.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x4_raw"]
pub unsafe fn tcgen05_st_32x32b_x4_raw(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.32x32b.x4.unpack::16b.b32 [<address>], <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x4_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x4_unpack16(a: u32, b: [u32; 4]);

/// `tcgen05.st.sync.aligned.32x32b.x8.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x8_raw"]
pub unsafe fn tcgen05_st_32x32b_x8_raw(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.32x32b.x8.unpack::16b.b32 [<address>], <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x8_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x8_unpack16(a: u32, b: [u32; 8]);

/// `tcgen05.st.sync.aligned.32x32b.x16.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x16_raw"]
pub unsafe fn tcgen05_st_32x32b_x16_raw(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.32x32b.x16.unpack::16b.b32 [<address>], <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x16_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x16_unpack16(a: u32, b: [u32; 16]);

/// `tcgen05.st.sync.aligned.32x32b.x32.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x32_raw"]
pub unsafe fn tcgen05_st_32x32b_x32_raw(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.32x32b.x32.unpack::16b.b32 [<address>], <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x32_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x32_unpack16(a: u32, b: [u32; 32]);

/// `tcgen05.st.sync.aligned.32x32b.x64.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x64_raw"]
pub unsafe fn tcgen05_st_32x32b_x64_raw(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.32x32b.x64.unpack::16b.b32 [<address>], <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x64_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x64_unpack16(a: u32, b: [u32; 64]);

/// `tcgen05.st.sync.aligned.32x32b.x128.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x128_raw"]
pub unsafe fn tcgen05_st_32x32b_x128_raw(a: u32, b: [u32; 128]);

/// `tcgen05.st.sync.aligned.32x32b.x128.unpack::16b.b32 [<address>], <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_32x32b_x128_unpack16"]
pub unsafe fn tcgen05_st_32x32b_x128_unpack16(a: u32, b: [u32; 128]);

/// `tcgen05.ld.sync.aligned.16x32bx2.x1.b32 <register-list:1>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x1_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x1_raw(a: u32, b: i64) -> u32;

/// `tcgen05.ld.sync.aligned.16x32bx2.x1.pack::16b.b32 <register-list:1>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x1_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x1_pack16(a: u32, b: i64) -> u32;

/// `tcgen05.ld.sync.aligned.16x32bx2.x2.b32 <register-list:2>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x2_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x2_raw(a: u32, b: i64) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.16x32bx2.x2.pack::16b.b32 <register-list:2>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x2_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x2_pack16(a: u32, b: i64) -> [u32; 2];

/// `tcgen05.ld.sync.aligned.16x32bx2.x4.b32 <register-list:4>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x4_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x4_raw(a: u32, b: i64) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x32bx2.x4.pack::16b.b32 <register-list:4>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x4_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x4_pack16(a: u32, b: i64) -> [u32; 4];

/// `tcgen05.ld.sync.aligned.16x32bx2.x8.b32 <register-list:8>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x8_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x8_raw(a: u32, b: i64) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x32bx2.x8.pack::16b.b32 <register-list:8>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x8_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x8_pack16(a: u32, b: i64) -> [u32; 8];

/// `tcgen05.ld.sync.aligned.16x32bx2.x16.b32 <register-list:16>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x16_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x16_raw(a: u32, b: i64) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x32bx2.x16.pack::16b.b32 <register-list:16>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x16_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x16_pack16(a: u32, b: i64) -> [u32; 16];

/// `tcgen05.ld.sync.aligned.16x32bx2.x32.b32 <register-list:32>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x32_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x32_raw(a: u32, b: i64) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x32bx2.x32.pack::16b.b32 <register-list:32>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x32_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x32_pack16(a: u32, b: i64) -> [u32; 32];

/// `tcgen05.ld.sync.aligned.16x32bx2.x64.b32 <register-list:64>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x64_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x64_raw(a: u32, b: i64) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x32bx2.x64.pack::16b.b32 <register-list:64>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x64_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x64_pack16(a: u32, b: i64) -> [u32; 64];

/// `tcgen05.ld.sync.aligned.16x32bx2.x128.b32 <register-list:128>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x128_raw"]
pub unsafe fn tcgen05_ld_16x32bx2_x128_raw(a: u32, b: i64) -> [u32; 128];

/// `tcgen05.ld.sync.aligned.16x32bx2.x128.pack::16b.b32 <register-list:128>, [<address>], <immediate>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_ld_16x32bx2_x128_pack16"]
pub unsafe fn tcgen05_ld_16x32bx2_x128_pack16(a: u32, b: i64) -> [u32; 128];

/// `tcgen05.st.sync.aligned.16x32bx2.x1.b32 [<address>], <immediate>, <register-list:1>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x1_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x1_raw(a: u32, b: i64, c: u32);

/// `tcgen05.st.sync.aligned.16x32bx2.x1.unpack::16b.b32 [<address>], <immediate>, <register-list:1>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x1_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x1_unpack16(a: u32, b: i64, c: u32);

/// `tcgen05.st.sync.aligned.16x32bx2.x2.b32 [<address>], <immediate>, <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x2_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x2_raw(a: u32, b: i64, c: [u32; 2]);

/// `tcgen05.st.sync.aligned.16x32bx2.x2.unpack::16b.b32 [<address>], <immediate>, <register-list:2>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x2_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x2_unpack16(a: u32, b: i64, c: [u32; 2]);

/// `tcgen05.st.sync.aligned.16x32bx2.x4.b32 [<address>], <immediate>, <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x4_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x4_raw(a: u32, b: i64, c: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x32bx2.x4.unpack::16b.b32 [<address>], <immediate>, <register-list:4>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x4_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x4_unpack16(a: u32, b: i64, c: [u32; 4]);

/// `tcgen05.st.sync.aligned.16x32bx2.x8.b32 [<address>], <immediate>, <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x8_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x8_raw(a: u32, b: i64, c: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x32bx2.x8.unpack::16b.b32 [<address>], <immediate>, <register-list:8>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x8_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x8_unpack16(a: u32, b: i64, c: [u32; 8]);

/// `tcgen05.st.sync.aligned.16x32bx2.x16.b32 [<address>], <immediate>, <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x16_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x16_raw(a: u32, b: i64, c: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x32bx2.x16.unpack::16b.b32 [<address>], <immediate>, <register-list:16>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x16_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x16_unpack16(a: u32, b: i64, c: [u32; 16]);

/// `tcgen05.st.sync.aligned.16x32bx2.x32.b32 [<address>], <immediate>, <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x32_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x32_raw(a: u32, b: i64, c: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x32bx2.x32.unpack::16b.b32 [<address>], <immediate>, <register-list:32>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x32_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x32_unpack16(a: u32, b: i64, c: [u32; 32]);

/// `tcgen05.st.sync.aligned.16x32bx2.x64.b32 [<address>], <immediate>, <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x64_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x64_raw(a: u32, b: i64, c: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x32bx2.x64.unpack::16b.b32 [<address>], <immediate>, <register-list:64>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x64_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x64_unpack16(a: u32, b: i64, c: [u32; 64]);

/// `tcgen05.st.sync.aligned.16x32bx2.x128.b32 [<address>], <immediate>, <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x128_raw"]
pub unsafe fn tcgen05_st_16x32bx2_x128_raw(a: u32, b: i64, c: [u32; 128]);

/// `tcgen05.st.sync.aligned.16x32bx2.x128.unpack::16b.b32 [<address>], <immediate>, <register-list:128>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "tcgen05::tcgen05_st_16x32bx2_x128_unpack16"]
pub unsafe fn tcgen05_st_16x32bx2_x128_unpack16(a: u32, b: i64, c: [u32; 128]);

/// `tcgen05.commit.cta_group::1.mbarrier::arrive::one.shared::cluster.multicast::cluster.b64 [<address>], <register>;` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_commit_multicast"]
pub unsafe fn tcgen05_commit_multicast(a: *mut u64, b: u16);

/// `tcgen05.shift.cta_group::1.down [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_shift_down"]
pub unsafe fn tcgen05_shift_down(a: u32);

/// `tcgen05.shift.cta_group::2.down [<address>];` (sm_100a or sm_101a or sm_103a or sm_110a, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_shift_down_cg2"]
pub unsafe fn tcgen05_shift_down_cg2(a: u32);

/// `tcgen05.mma.cta_group::1.kind::f16.collector::a::discard [<address>], <register>, <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_shared"]
pub unsafe fn tcgen05_mma_shared(a: u32, b: u64, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32);

/// `tcgen05.mma.cta_group::1.kind::f16.collector::a::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_tensor"]
pub unsafe fn tcgen05_mma_tensor(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32);

/// `tcgen05.mma.cta_group::1.kind::f16.collector::a::discard.ashift [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_tensor_ashift"]
pub unsafe fn tcgen05_mma_tensor_ashift(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32);

/// `tcgen05.mma.sp.cta_group::1.kind::f16.collector::a::discard [<address>], <register>, <register>, [<address>], <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_sp_shared"]
pub unsafe fn tcgen05_mma_sp_shared(a: u32, b: u64, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32, i: u32);

/// `tcgen05.mma.sp.cta_group::1.kind::f16.collector::a::discard [<address>], [<address>], <register>, [<address>], <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_sp_tensor"]
pub unsafe fn tcgen05_mma_sp_tensor(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32, i: u32);

/// `tcgen05.mma.sp.cta_group::1.kind::f16.collector::a::discard.ashift [<address>], [<address>], <register>, [<address>], <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_sp_tensor_ashift"]
pub unsafe fn tcgen05_mma_sp_tensor_ashift(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32, i: u32);

/// `tcgen05.mma.ws.cta_group::1.kind::f16.collector::b0::discard [<address>], <register>, <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_shared"]
pub unsafe fn tcgen05_mma_ws_shared(a: u32, b: u64, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32);

/// `tcgen05.mma.ws.cta_group::1.kind::f16.collector::b0::discard [<address>], <register>, <register>, <register>, %enable_pred, <register>;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_shared_zero_col_mask"]
pub unsafe fn tcgen05_mma_ws_shared_zero_col_mask(a: u32, b: u64, c: u64, d: u32, e: bool, f: u64, g: u32, h: u32, i: u32);

/// `tcgen05.mma.ws.sp.cta_group::1.kind::f16.collector::b0::discard [<address>], <register>, <register>, [<address>], <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_sp_shared"]
pub unsafe fn tcgen05_mma_ws_sp_shared(a: u32, b: u64, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32, i: u32);

/// `tcgen05.mma.ws.sp.cta_group::1.kind::f16.collector::b0::discard [<address>], <register>, <register>, [<address>], <register>, %enable_pred, <register>;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_sp_shared_zero_col_mask"]
pub unsafe fn tcgen05_mma_ws_sp_shared_zero_col_mask(a: u32, b: u64, c: u64, d: u32, e: bool, f: u32, g: u64, h: u32, i: u32, j: u32);

/// `tcgen05.mma.ws.sp.cta_group::1.kind::f16.collector::b0::discard [<address>], [<address>], <register>, [<address>], <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_sp_tensor"]
pub unsafe fn tcgen05_mma_ws_sp_tensor(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32, i: u32);

/// `tcgen05.mma.ws.sp.cta_group::1.kind::f16.collector::b0::discard [<address>], [<address>], <register>, [<address>], <register>, %enable_pred, <register>;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_sp_tensor_zero_col_mask"]
pub unsafe fn tcgen05_mma_ws_sp_tensor_zero_col_mask(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u64, h: u32, i: u32, j: u32);

/// `tcgen05.mma.ws.cta_group::1.kind::f16.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_tensor"]
pub unsafe fn tcgen05_mma_ws_tensor(a: u32, b: u32, c: u64, d: u32, e: bool, f: u32, g: u32, h: u32);

/// `tcgen05.mma.ws.cta_group::1.kind::f16.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred, <register>;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f16; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4; sm_100a at PTX 8.6 or sm_101a at PTX 8.6 or sm_110a at PTX 9.0 for kind=i8; sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=tf32, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_tensor_zero_col_mask"]
pub unsafe fn tcgen05_mma_ws_tensor_zero_col_mask(a: u32, b: u32, c: u64, d: u32, e: bool, f: u64, g: u32, h: u32, i: u32);

/// `tcgen05.mma.ws.cta_group::1.kind::f8f6f4.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_e4m3"]
pub unsafe fn tcgen05_mma_ws_e4m3(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.mma.ws.cta_group::1.kind::f8f6f4.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_e5m2"]
pub unsafe fn tcgen05_mma_ws_e5m2(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.mma.ws.cta_group::1.kind::f8f6f4.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_e2m3"]
pub unsafe fn tcgen05_mma_ws_e2m3(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.mma.ws.cta_group::1.kind::f8f6f4.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_e3m2"]
pub unsafe fn tcgen05_mma_ws_e3m2(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);

/// `tcgen05.mma.ws.cta_group::1.kind::f8f6f4.collector::b0::discard [<address>], [<address>], <register>, <register>, %enable_pred;` (sm_100a at PTX 8.6 or sm_100f at PTX 8.8 or sm_101a at PTX 8.6 or sm_101f at PTX 8.8 or sm_103a at PTX 8.8 or sm_103f at PTX 8.8 or sm_110a at PTX 9.0 or sm_110f at PTX 9.0 for kind=f8f6f4, PTX 8.6)
#[oxide::intrinsic = "tcgen05::tcgen05_mma_ws_e2m1"]
pub unsafe fn tcgen05_mma_ws_e2m1(a: u32, b: u32, c: u64, d: u64, e: u32, f: bool);
