//! Raw operations of the family `matrix`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::matrix::ldmatrix_m8n8_x4_b16
//! ```

/// `ldmatrix.sync.aligned.m8n8.x4.shared.b16 <register-list:4>, [<address>];` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n8_x4_b16"]
pub unsafe fn ldmatrix_m8n8_x4_b16(a: *const u32) -> [u32; 4];

/// `ldmatrix.sync.aligned.m8n8.x1.shared.b16 <register-list:1>, [<address>];` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n8_x1_b16"]
pub unsafe fn ldmatrix_m8n8_x1_b16(a: *const u32) -> u32;

/// `ldmatrix.sync.aligned.m8n8.x1.trans.shared.b16 <register-list:1>, [<address>];` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n8_x1_trans_b16"]
pub unsafe fn ldmatrix_m8n8_x1_trans_b16(a: *const u32) -> u32;

/// `ldmatrix.sync.aligned.m8n8.x2.shared.b16 <register-list:2>, [<address>];` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n8_x2_b16"]
pub unsafe fn ldmatrix_m8n8_x2_b16(a: *const u32) -> [u32; 2];

/// `ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 <register-list:2>, [<address>];` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n8_x2_trans_b16"]
pub unsafe fn ldmatrix_m8n8_x2_trans_b16(a: *const u32) -> [u32; 2];

/// `ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 <register-list:4>, [<address>];` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n8_x4_trans_b16"]
pub unsafe fn ldmatrix_m8n8_x4_trans_b16(a: *const u32) -> [u32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_f32_bf16"]
pub unsafe fn mma_m16n8k16_f32_bf16(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_f32_f16"]
pub unsafe fn mma_m16n8k16_f32_f16(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k8_f32_tf32"]
pub unsafe fn mma_m16n8k8_f32_tf32(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s8"]
pub unsafe fn mma_m16n8k32_s32_s8(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k4_f64"]
pub unsafe fn mma_m8n8k4_f64(a: [f64; 2], b: f64, c: f64) -> [f64; 2];

/// `mma.sync.aligned.m16n8k16.row.col.s32.s8.s8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_s8"]
pub unsafe fn mma_m16n8k16_s32_s8(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.s32.s8.u8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_s8_u8"]
pub unsafe fn mma_m16n8k16_s32_s8_u8(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.s32.u8.u8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_u8"]
pub unsafe fn mma_m16n8k16_s32_u8(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.s32.u8.s8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_u8_s8"]
pub unsafe fn mma_m16n8k16_s32_u8_s8(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.s8.u8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s8_u8"]
pub unsafe fn mma_m16n8k32_s32_s8_u8(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.u8.u8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u8"]
pub unsafe fn mma_m16n8k32_s32_u8(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u8_s8"]
pub unsafe fn mma_m16n8k32_s32_u8_s8(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.satfinite.s32.s8.s8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_s8_satfinite"]
pub unsafe fn mma_m16n8k16_s32_s8_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.satfinite.s32.s8.u8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_s8_u8_satfinite"]
pub unsafe fn mma_m16n8k16_s32_s8_u8_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.satfinite.s32.u8.u8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_u8_satfinite"]
pub unsafe fn mma_m16n8k16_s32_u8_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.satfinite.s32.u8.s8.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_s32_u8_s8_satfinite"]
pub unsafe fn mma_m16n8k16_s32_u8_s8_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.s8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s8_satfinite"]
pub unsafe fn mma_m16n8k32_s32_s8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.u8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s8_u8_satfinite"]
pub unsafe fn mma_m16n8k32_s32_s8_u8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.u8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u8_satfinite"]
pub unsafe fn mma_m16n8k32_s32_u8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.s8.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u8_s8_satfinite"]
pub unsafe fn mma_m16n8k32_s32_u8_s8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_s8"]
pub unsafe fn mma_m8n8k16_s32_s8(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.s32.s8.u8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_s8_u8"]
pub unsafe fn mma_m8n8k16_s32_s8_u8(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.s32.u8.u8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_u8"]
pub unsafe fn mma_m8n8k16_s32_u8(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.s32.u8.s8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_u8_s8"]
pub unsafe fn mma_m8n8k16_s32_u8_s8(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.satfinite.s32.s8.s8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_s8_satfinite"]
pub unsafe fn mma_m8n8k16_s32_s8_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.satfinite.s32.s8.u8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_s8_u8_satfinite"]
pub unsafe fn mma_m8n8k16_s32_s8_u8_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.satfinite.s32.u8.u8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_u8_satfinite"]
pub unsafe fn mma_m8n8k16_s32_u8_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k16.row.col.satfinite.s32.u8.s8.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k16_s32_u8_s8_satfinite"]
pub unsafe fn mma_m8n8k16_s32_u8_s8_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.s32.s4.s4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_s4"]
pub unsafe fn mma_m8n8k32_s32_s4(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.s32.s4.u4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_s4_u4"]
pub unsafe fn mma_m8n8k32_s32_s4_u4(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.s32.u4.u4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_u4"]
pub unsafe fn mma_m8n8k32_s32_u4(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.s32.u4.s4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_u4_s4"]
pub unsafe fn mma_m8n8k32_s32_u4_s4(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.satfinite.s32.s4.s4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_s4_satfinite"]
pub unsafe fn mma_m8n8k32_s32_s4_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.satfinite.s32.s4.u4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_s4_u4_satfinite"]
pub unsafe fn mma_m8n8k32_s32_s4_u4_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.satfinite.s32.u4.u4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_u4_satfinite"]
pub unsafe fn mma_m8n8k32_s32_u4_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m8n8k32.row.col.satfinite.s32.u4.s4.s32 <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 6.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k32_s32_u4_s4_satfinite"]
pub unsafe fn mma_m8n8k32_s32_u4_s4_satfinite(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.s32.s4.s4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s4"]
pub unsafe fn mma_m16n8k32_s32_s4(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.s4.u4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s4_u4"]
pub unsafe fn mma_m16n8k32_s32_s4_u4(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.u4.u4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u4"]
pub unsafe fn mma_m16n8k32_s32_u4(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.s32.u4.s4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u4_s4"]
pub unsafe fn mma_m16n8k32_s32_u4_s4(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.s32.s4.s4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_s4"]
pub unsafe fn mma_m16n8k64_s32_s4(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.s32.s4.u4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_s4_u4"]
pub unsafe fn mma_m16n8k64_s32_s4_u4(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.s32.u4.u4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_u4"]
pub unsafe fn mma_m16n8k64_s32_u4(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.s32.u4.s4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_u4_s4"]
pub unsafe fn mma_m16n8k64_s32_u4_s4(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s4.s4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s4_satfinite"]
pub unsafe fn mma_m16n8k32_s32_s4_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s4.u4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_s4_u4_satfinite"]
pub unsafe fn mma_m16n8k32_s32_s4_u4_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.u4.u4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u4_satfinite"]
pub unsafe fn mma_m16n8k32_s32_u4_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.satfinite.s32.u4.s4.s32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_s32_u4_s4_satfinite"]
pub unsafe fn mma_m16n8k32_s32_u4_s4_satfinite(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.satfinite.s32.s4.s4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_s4_satfinite"]
pub unsafe fn mma_m16n8k64_s32_s4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.satfinite.s32.s4.u4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_s4_u4_satfinite"]
pub unsafe fn mma_m16n8k64_s32_s4_u4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.satfinite.s32.u4.u4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_u4_satfinite"]
pub unsafe fn mma_m16n8k64_s32_u4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m16n8k64.row.col.satfinite.s32.u4.s4.s32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k64_s32_u4_s4_satfinite"]
pub unsafe fn mma_m16n8k64_s32_u4_s4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m8n8k128.row.col.s32.b1.b1.s32.xor.popc <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_75+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k128_s32_b1_xor_popc"]
pub unsafe fn mma_m8n8k128_s32_b1_xor_popc(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m16n8k128.row.col.s32.b1.b1.s32.xor.popc <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k128_s32_b1_xor_popc"]
pub unsafe fn mma_m16n8k128_s32_b1_xor_popc(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k256.row.col.s32.b1.b1.s32.xor.popc <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k256_s32_b1_xor_popc"]
pub unsafe fn mma_m16n8k256_s32_b1_xor_popc(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sync.aligned.m8n8k128.row.col.s32.b1.b1.s32.and.popc <register-list:2>, <register-list:1>, <register-list:1>, <register-list:2>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m8n8k128_s32_b1_and_popc"]
pub unsafe fn mma_m8n8k128_s32_b1_and_popc(a: [i32; 2], b: u32, c: u32) -> [i32; 2];

/// `mma.sync.aligned.m16n8k128.row.col.s32.b1.b1.s32.and.popc <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k128_s32_b1_and_popc"]
pub unsafe fn mma_m16n8k128_s32_b1_and_popc(a: [i32; 4], b: [u32; 2], c: u32) -> [i32; 4];

/// `mma.sync.aligned.m16n8k256.row.col.s32.b1.b1.s32.and.popc <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k256_s32_b1_and_popc"]
pub unsafe fn mma_m16n8k256_s32_b1_and_popc(a: [i32; 4], b: [u32; 4], c: [u32; 2]) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_s8"]
pub unsafe fn mma_sp_m16n8k32_s32_s8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.s32.s8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_s8_u8"]
pub unsafe fn mma_sp_m16n8k32_s32_s8_u8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.s32.u8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_u8"]
pub unsafe fn mma_sp_m16n8k32_s32_u8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_u8_s8"]
pub unsafe fn mma_sp_m16n8k32_s32_u8_s8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_s8_satfinite"]
pub unsafe fn mma_sp_m16n8k32_s32_s8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_s8_u8_satfinite"]
pub unsafe fn mma_sp_m16n8k32_s32_s8_u8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_u8_satfinite"]
pub unsafe fn mma_sp_m16n8k32_s32_u8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k32_s32_u8_s8_satfinite"]
pub unsafe fn mma_sp_m16n8k32_s32_u8_s8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_s8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_s8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.s32.s8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_s8_u8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_s8_u8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.s32.u8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_u8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_u8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_u8_s8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_u8_s8(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_s8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_s8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_s8_u8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_s8_u8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.u8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_u8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_u8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.s8.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k32_s32_u8_s8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k32_s32_u8_s8_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.s8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.s8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s8_u8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s8_u8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.u8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.u8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u8_s8"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u8_s8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.s8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.s8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s8_u8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s8_u8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.u8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.u8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u8_s8_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u8_s8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.s8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s8"]
pub unsafe fn mma_sp_m16n8k64_s32_s8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.s8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s8_u8"]
pub unsafe fn mma_sp_m16n8k64_s32_s8_u8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.u8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u8"]
pub unsafe fn mma_sp_m16n8k64_s32_u8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.u8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u8_s8"]
pub unsafe fn mma_sp_m16n8k64_s32_u8_s8(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.s8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s8_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_s8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.s8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s8_u8_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_s8_u8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.u8.u8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u8_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_u8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.u8.s8.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u8_s8_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_u8_s8_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.s4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.s4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s4_u4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s4_u4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.u4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.s32.u4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u4_s4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u4_s4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.s4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.s4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_s4_u4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_s4_u4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.u4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.satfinite.s32.u4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_s32_u4_s4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_s32_u4_s4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.s32.s4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_s4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_s4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.s32.s4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_s4_u4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_s4_u4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.s32.u4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_u4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_u4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.s32.u4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_u4_s4"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_u4_s4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.satfinite.s32.s4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_s4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_s4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.satfinite.s32.s4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_s4_u4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_s4_u4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.satfinite.s32.u4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_u4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_u4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k128.row.col.satfinite.s32.u4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 8.5)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k128_s32_u4_s4_satfinite"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k128_s32_u4_s4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.s4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s4"]
pub unsafe fn mma_sp_m16n8k64_s32_s4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.s4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s4_u4"]
pub unsafe fn mma_sp_m16n8k64_s32_s4_u4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.u4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u4"]
pub unsafe fn mma_sp_m16n8k64_s32_u4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.s32.u4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u4_s4"]
pub unsafe fn mma_sp_m16n8k64_s32_u4_s4(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.s4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s4_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_s4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.s4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_s4_u4_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_s4_u4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.u4.u4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u4_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_u4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k64.row.col.satfinite.s32.u4.s4.s32 <register-list:4>, <register-list:2>, <register-list:2>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k64_s32_u4_s4_satfinite"]
pub unsafe fn mma_sp_m16n8k64_s32_u4_s4_satfinite(a: [i32; 4], b: [u32; 2], c: [u32; 2], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.s32.s4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_s4"]
pub unsafe fn mma_sp_m16n8k128_s32_s4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.s32.s4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_s4_u4"]
pub unsafe fn mma_sp_m16n8k128_s32_s4_u4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.s32.u4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_u4"]
pub unsafe fn mma_sp_m16n8k128_s32_u4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.s32.u4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_u4_s4"]
pub unsafe fn mma_sp_m16n8k128_s32_u4_s4(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.satfinite.s32.s4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_s4_satfinite"]
pub unsafe fn mma_sp_m16n8k128_s32_s4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.satfinite.s32.s4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_s4_u4_satfinite"]
pub unsafe fn mma_sp_m16n8k128_s32_s4_u4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.satfinite.s32.u4.u4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_u4_satfinite"]
pub unsafe fn mma_sp_m16n8k128_s32_u4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp.sync.aligned.m16n8k128.row.col.satfinite.s32.u4.s4.s32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_80+, PTX 7.1)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_m16n8k128_s32_u4_s4_satfinite"]
pub unsafe fn mma_sp_m16n8k128_s32_u4_s4_satfinite(a: [i32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [i32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m1.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e2m1_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e2m1_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m1.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e2m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e2m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m1.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e3m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e3m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m1.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e4m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e4m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m1.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e5m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m1_e5m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m3.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e2m1_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e2m1_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m3.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e2m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e2m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m3.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e3m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e3m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m3.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e4m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e4m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e2m3.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e5m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e2m3_e5m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e3m2.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e2m1_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e2m1_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e3m2.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e2m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e2m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e3m2.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e3m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e3m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e3m2.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e4m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e4m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e3m2.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e5m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e3m2_e5m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e4m3.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e2m1_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e2m1_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e4m3.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e2m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e2m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e4m3.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e3m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e3m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e4m3.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e4m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e4m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e4m3.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e5m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e4m3_e5m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e5m2.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e2m1_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e2m1_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e5m2.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e2m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e2m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e5m2.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e3m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e3m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e5m2.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e4m3_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e4m3_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e5m2.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:4>, <register-list:4>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e5m2_f32"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f32_e5m2_e5m2_f32(a: [f32; 4], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [f32; 4];

/// `stmatrix.sync.aligned.m8n8.x2.shared.b16 [<address>], <register-list:2>;` (sm_90+, PTX 7.8)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::stmatrix_m8n8_x2_b16"]
pub unsafe fn stmatrix_m8n8_x2_b16(a: *mut u8, b: u32, c: u32);

/// `stmatrix.sync.aligned.m8n8.x2.trans.shared.b16 [<address>], <register-list:2>;` (sm_90+, PTX 7.8)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::stmatrix_m8n8_x2_trans_b16"]
pub unsafe fn stmatrix_m8n8_x2_trans_b16(a: *mut u8, b: u32, c: u32);

/// `stmatrix.sync.aligned.m8n8.x4.shared.b16 [<address>], <register-list:4>;` (sm_90+, PTX 7.8)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::stmatrix_m8n8_x4_b16"]
pub unsafe fn stmatrix_m8n8_x4_b16(a: *mut u8, b: u32, c: u32, d: u32, e: u32);

/// `stmatrix.sync.aligned.m8n8.x4.trans.shared.b16 [<address>], <register-list:4>;` (sm_90+, PTX 7.8)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::stmatrix_m8n8_x4_trans_b16"]
pub unsafe fn stmatrix_m8n8_x4_trans_b16(a: *mut u8, b: u32, c: u32, d: u32, e: u32);

/// `movmatrix.sync.aligned.m8n8.trans.b16 <register>, <register>;` (sm_75+, PTX 7.8)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::movmatrix_trans_b16"]
pub unsafe fn movmatrix_trans_b16(a: u32) -> u32;

/// `ldmatrix.sync.aligned.m16n16.x1.trans.shared.b8 <register-list:2>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m16n16_x1_trans_b8"]
pub unsafe fn ldmatrix_m16n16_x1_trans_b8(a: *const u8) -> [u32; 2];

/// `ldmatrix.sync.aligned.m16n16.x1.trans.shared.b8x16.b4x16_p64 <register-list:2>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m16n16_x1_trans_b8x16_b4x16_p64"]
pub unsafe fn ldmatrix_m16n16_x1_trans_b8x16_b4x16_p64(a: *const u8) -> [u32; 2];

/// `ldmatrix.sync.aligned.m16n16.x1.trans.shared.b8x16.b6x16_p32 <register-list:2>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m16n16_x1_trans_b8x16_b6x16_p32"]
pub unsafe fn ldmatrix_m16n16_x1_trans_b8x16_b6x16_p32(a: *const u8) -> [u32; 2];

/// `ldmatrix.sync.aligned.m16n16.x2.trans.shared.b8 <register-list:4>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m16n16_x2_trans_b8"]
pub unsafe fn ldmatrix_m16n16_x2_trans_b8(a: *const u8) -> [u32; 4];

/// `ldmatrix.sync.aligned.m16n16.x2.trans.shared.b8x16.b4x16_p64 <register-list:4>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m16n16_x2_trans_b8x16_b4x16_p64"]
pub unsafe fn ldmatrix_m16n16_x2_trans_b8x16_b4x16_p64(a: *const u8) -> [u32; 4];

/// `ldmatrix.sync.aligned.m16n16.x2.trans.shared.b8x16.b6x16_p32 <register-list:4>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m16n16_x2_trans_b8x16_b6x16_p32"]
pub unsafe fn ldmatrix_m16n16_x2_trans_b8x16_b6x16_p32(a: *const u8) -> [u32; 4];

/// `ldmatrix.sync.aligned.m8n16.x1.shared.b8x16.b4x16_p64 <register-list:1>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n16_x1_b8x16_b4x16_p64"]
pub unsafe fn ldmatrix_m8n16_x1_b8x16_b4x16_p64(a: *const u8) -> u32;

/// `ldmatrix.sync.aligned.m8n16.x1.shared.b8x16.b6x16_p32 <register-list:1>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n16_x1_b8x16_b6x16_p32"]
pub unsafe fn ldmatrix_m8n16_x1_b8x16_b6x16_p32(a: *const u8) -> u32;

/// `ldmatrix.sync.aligned.m8n16.x2.shared.b8x16.b4x16_p64 <register-list:2>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n16_x2_b8x16_b4x16_p64"]
pub unsafe fn ldmatrix_m8n16_x2_b8x16_b4x16_p64(a: *const u8) -> [u32; 2];

/// `ldmatrix.sync.aligned.m8n16.x2.shared.b8x16.b6x16_p32 <register-list:2>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n16_x2_b8x16_b6x16_p32"]
pub unsafe fn ldmatrix_m8n16_x2_b8x16_b6x16_p32(a: *const u8) -> [u32; 2];

/// `ldmatrix.sync.aligned.m8n16.x4.shared.b8x16.b4x16_p64 <register-list:4>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n16_x4_b8x16_b4x16_p64"]
pub unsafe fn ldmatrix_m8n16_x4_b8x16_b4x16_p64(a: *const u8) -> [u32; 4];

/// `ldmatrix.sync.aligned.m8n16.x4.shared.b8x16.b6x16_p32 <register-list:4>, [<address>];` (, PTX )
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::ldmatrix_m8n16_x4_b8x16_b6x16_p32"]
pub unsafe fn ldmatrix_m8n16_x4_b8x16_b6x16_p32(a: *const u8) -> [u32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m1.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m1_e2m1"]
pub unsafe fn mma_m16n8k32_f32_e2m1_e2m1(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m1.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m1_e2m3"]
pub unsafe fn mma_m16n8k32_f32_e2m1_e2m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m1.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m1_e3m2"]
pub unsafe fn mma_m16n8k32_f32_e2m1_e3m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m1.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m1_e4m3"]
pub unsafe fn mma_m16n8k32_f32_e2m1_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m1.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m1_e5m2"]
pub unsafe fn mma_m16n8k32_f32_e2m1_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m3.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m3_e2m1"]
pub unsafe fn mma_m16n8k32_f32_e2m3_e2m1(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m3.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m3_e2m3"]
pub unsafe fn mma_m16n8k32_f32_e2m3_e2m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m3.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m3_e3m2"]
pub unsafe fn mma_m16n8k32_f32_e2m3_e3m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m3.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m3_e4m3"]
pub unsafe fn mma_m16n8k32_f32_e2m3_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e2m3.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e2m3_e5m2"]
pub unsafe fn mma_m16n8k32_f32_e2m3_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e3m2.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e3m2_e2m1"]
pub unsafe fn mma_m16n8k32_f32_e3m2_e2m1(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e3m2.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e3m2_e2m3"]
pub unsafe fn mma_m16n8k32_f32_e3m2_e2m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e3m2.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e3m2_e3m2"]
pub unsafe fn mma_m16n8k32_f32_e3m2_e3m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e3m2.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e3m2_e4m3"]
pub unsafe fn mma_m16n8k32_f32_e3m2_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e3m2.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e3m2_e5m2"]
pub unsafe fn mma_m16n8k32_f32_e3m2_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e4m3.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e4m3_e2m1"]
pub unsafe fn mma_m16n8k32_f32_e4m3_e2m1(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e4m3.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e4m3_e2m3"]
pub unsafe fn mma_m16n8k32_f32_e4m3_e2m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e4m3.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e4m3_e3m2"]
pub unsafe fn mma_m16n8k32_f32_e4m3_e3m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e4m3.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e4m3_e4m3"]
pub unsafe fn mma_m16n8k32_f32_e4m3_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e4m3.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e4m3_e5m2"]
pub unsafe fn mma_m16n8k32_f32_e4m3_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e5m2.e2m1.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e5m2_e2m1"]
pub unsafe fn mma_m16n8k32_f32_e5m2_e2m1(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e5m2.e2m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e5m2_e2m3"]
pub unsafe fn mma_m16n8k32_f32_e5m2_e2m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e5m2.e3m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e5m2_e3m2"]
pub unsafe fn mma_m16n8k32_f32_e5m2_e3m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e5m2.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e5m2_e4m3"]
pub unsafe fn mma_m16n8k32_f32_e5m2_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f32.e5m2.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f32_e5m2_e5m2"]
pub unsafe fn mma_m16n8k32_f32_e5m2_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m1.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m1_e2m1"]
pub unsafe fn mma_m16n8k32_f16_e2m1_e2m1(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m1.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m1_e2m3"]
pub unsafe fn mma_m16n8k32_f16_e2m1_e2m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m1.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m1_e3m2"]
pub unsafe fn mma_m16n8k32_f16_e2m1_e3m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m1.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m1_e4m3"]
pub unsafe fn mma_m16n8k32_f16_e2m1_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m1.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m1_e5m2"]
pub unsafe fn mma_m16n8k32_f16_e2m1_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m3.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m3_e2m1"]
pub unsafe fn mma_m16n8k32_f16_e2m3_e2m1(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m3.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m3_e2m3"]
pub unsafe fn mma_m16n8k32_f16_e2m3_e2m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m3.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m3_e3m2"]
pub unsafe fn mma_m16n8k32_f16_e2m3_e3m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m3.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m3_e4m3"]
pub unsafe fn mma_m16n8k32_f16_e2m3_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e2m3.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e2m3_e5m2"]
pub unsafe fn mma_m16n8k32_f16_e2m3_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e3m2.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e3m2_e2m1"]
pub unsafe fn mma_m16n8k32_f16_e3m2_e2m1(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e3m2.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e3m2_e2m3"]
pub unsafe fn mma_m16n8k32_f16_e3m2_e2m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e3m2.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e3m2_e3m2"]
pub unsafe fn mma_m16n8k32_f16_e3m2_e3m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e3m2.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e3m2_e4m3"]
pub unsafe fn mma_m16n8k32_f16_e3m2_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e3m2.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e3m2_e5m2"]
pub unsafe fn mma_m16n8k32_f16_e3m2_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e4m3.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e4m3_e2m1"]
pub unsafe fn mma_m16n8k32_f16_e4m3_e2m1(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e4m3.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e4m3_e2m3"]
pub unsafe fn mma_m16n8k32_f16_e4m3_e2m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e4m3.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e4m3_e3m2"]
pub unsafe fn mma_m16n8k32_f16_e4m3_e3m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e4m3.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e4m3_e4m3"]
pub unsafe fn mma_m16n8k32_f16_e4m3_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e4m3.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e4m3_e5m2"]
pub unsafe fn mma_m16n8k32_f16_e4m3_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e5m2.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e5m2_e2m1"]
pub unsafe fn mma_m16n8k32_f16_e5m2_e2m1(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e5m2.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e5m2_e2m3"]
pub unsafe fn mma_m16n8k32_f16_e5m2_e2m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e5m2.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e5m2_e3m2"]
pub unsafe fn mma_m16n8k32_f16_e5m2_e3m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e5m2.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e5m2_e4m3"]
pub unsafe fn mma_m16n8k32_f16_e5m2_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.kind::f8f6f4.f16.e5m2.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_f16_e5m2_e5m2"]
pub unsafe fn mma_m16n8k32_f16_e5m2_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k16.row.col.f16.e4m3.e4m3.f16 <register-list:2>, <register-list:2>, <register-list:1>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f16_e4m3_e4m3"]
pub unsafe fn mma_m16n8k16_fp8_f16_e4m3_e4m3(a: [u32; 2], b: [u32; 2], c: u32) -> [u32; 2];

/// `mma.sync.aligned.m16n8k16.row.col.f16.e4m3.e5m2.f16 <register-list:2>, <register-list:2>, <register-list:1>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f16_e4m3_e5m2"]
pub unsafe fn mma_m16n8k16_fp8_f16_e4m3_e5m2(a: [u32; 2], b: [u32; 2], c: u32) -> [u32; 2];

/// `mma.sync.aligned.m16n8k16.row.col.f16.e5m2.e4m3.f16 <register-list:2>, <register-list:2>, <register-list:1>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f16_e5m2_e4m3"]
pub unsafe fn mma_m16n8k16_fp8_f16_e5m2_e4m3(a: [u32; 2], b: [u32; 2], c: u32) -> [u32; 2];

/// `mma.sync.aligned.m16n8k16.row.col.f16.e5m2.e5m2.f16 <register-list:2>, <register-list:2>, <register-list:1>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f16_e5m2_e5m2"]
pub unsafe fn mma_m16n8k16_fp8_f16_e5m2_e5m2(a: [u32; 2], b: [u32; 2], c: u32) -> [u32; 2];

/// `mma.sync.aligned.m16n8k16.row.col.f32.e4m3.e4m3.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f32_e4m3_e4m3"]
pub unsafe fn mma_m16n8k16_fp8_f32_e4m3_e4m3(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.f32.e4m3.e5m2.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f32_e4m3_e5m2"]
pub unsafe fn mma_m16n8k16_fp8_f32_e4m3_e5m2(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.f32.e5m2.e4m3.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f32_e5m2_e4m3"]
pub unsafe fn mma_m16n8k16_fp8_f32_e5m2_e4m3(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.f32.e5m2.e5m2.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_fp8_f32_e5m2_e5m2"]
pub unsafe fn mma_m16n8k16_fp8_f32_e5m2_e5m2(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.f16.e4m3.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f16_e4m3_e4m3"]
pub unsafe fn mma_m16n8k32_fp8_f16_e4m3_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.f16.e4m3.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f16_e4m3_e5m2"]
pub unsafe fn mma_m16n8k32_fp8_f16_e4m3_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.f16.e5m2.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f16_e5m2_e4m3"]
pub unsafe fn mma_m16n8k32_fp8_f16_e5m2_e4m3(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.f16.e5m2.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_89+, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f16_e5m2_e5m2"]
pub unsafe fn mma_m16n8k32_fp8_f16_e5m2_e5m2(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sync.aligned.m16n8k32.row.col.f32.e4m3.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_89+, PTX 8.4)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f32_e4m3_e4m3"]
pub unsafe fn mma_m16n8k32_fp8_f32_e4m3_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.f32.e4m3.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_89+, PTX 8.4)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f32_e4m3_e5m2"]
pub unsafe fn mma_m16n8k32_fp8_f32_e4m3_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.f32.e5m2.e4m3.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_89+, PTX 8.4)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f32_e5m2_e4m3"]
pub unsafe fn mma_m16n8k32_fp8_f32_e5m2_e4m3(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k32.row.col.f32.e5m2.e5m2.f32 <register-list:4>, <register-list:4>, <register-list:2>, <register-list:4>;` (sm_89+, PTX 8.4)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k32_fp8_f32_e5m2_e5m2"]
pub unsafe fn mma_m16n8k32_fp8_f32_e5m2_e5m2(a: [f32; 4], b: [u32; 4], c: [u32; 2]) -> [f32; 4];

/// `mma.sync.aligned.m16n8k4.row.col.f32.tf32.tf32.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k4_f32_tf32"]
pub unsafe fn mma_m16n8k4_f32_tf32(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k8.row.col.f16.f16.f16.f16 <register-list:2>, <register-list:2>, <register-list:1>, <register-list:2>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k8_f16_f16"]
pub unsafe fn mma_m16n8k8_f16_f16(a: [u32; 2], b: [u32; 2], c: u32) -> [u32; 2];

/// `mma.sync.aligned.m16n8k8.row.col.f32.bf16.bf16.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k8_f32_bf16"]
pub unsafe fn mma_m16n8k8_f32_bf16(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 <register-list:4>, <register-list:2>, <register-list:1>, <register-list:4>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k8_f32_f16"]
pub unsafe fn mma_m16n8k8_f32_f16(a: [f32; 4], b: [u32; 2], c: u32) -> [f32; 4];

/// `mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f16 <register-list:2>, <register-list:4>, <register-list:2>, <register-list:2>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_m16n8k16_f16_f16"]
pub unsafe fn mma_m16n8k16_f16_f16(a: [u32; 2], b: [u32; 4], c: [u32; 2]) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m1.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e2m1_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e2m1_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m1.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e2m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e2m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m1.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e3m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e3m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m1.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e4m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e4m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m1.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e5m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m1_e5m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m3.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e2m1_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e2m1_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m3.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e2m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e2m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m3.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e3m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e3m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m3.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e4m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e4m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e2m3.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e5m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e2m3_e5m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e3m2.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e2m1_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e2m1_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e3m2.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e2m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e2m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e3m2.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e3m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e3m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e3m2.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e4m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e4m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e3m2.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e5m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e3m2_e5m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e4m3.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e2m1_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e2m1_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e4m3.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e2m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e2m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e4m3.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e3m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e3m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e4m3.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e4m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e4m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e4m3.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e5m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e4m3_e5m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e5m2.e2m1.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e2m1_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e2m1_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e5m2.e2m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e2m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e2m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e5m2.e3m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e3m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e3m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e5m2.e4m3.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e4m3_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e4m3_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];

/// `mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f16.e5m2.e5m2.f16 <register-list:2>, <register-list:4>, <register-list:4>, <register-list:2>, <register>, <immediate>;` (sm_120a or sm_120f or sm_121a or sm_121f, PTX 8.7)
#[oxide::convergent(warp)]
#[oxide::intrinsic = "matrix::mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e5m2_f16"]
pub unsafe fn mma_sp_ordered_metadata_m16n8k64_kind_f8f6f4_f16_e5m2_e5m2_f16(a: [u32; 2], b: [u32; 4], c: [u32; 4], d: u32, e: u32) -> [u32; 2];
