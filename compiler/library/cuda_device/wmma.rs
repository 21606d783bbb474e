//! Matrix multiply-accumulate of a warp, and the loads of its fragments.
//!
//! What it is: `mma_*` and `mma_sp_*` of all shapes, `ldmatrix_*`, `movmatrix_trans_b16`.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! let d = unsafe { mma_m16n8k16_f32_f16(c, a, b) };
//! ```

pub use cuda_intrinsics::matrix::*;

pub use cuda_intrinsics::matrix::{
    ldmatrix_m8n8_x1_b16 as ldmatrix_x1, ldmatrix_m8n8_x1_trans_b16 as ldmatrix_x1_trans,
    ldmatrix_m8n8_x2_b16 as ldmatrix_x2, ldmatrix_m8n8_x2_trans_b16 as ldmatrix_x2_trans,
    ldmatrix_m8n8_x4_b16 as ldmatrix_x4, ldmatrix_m8n8_x4_trans_b16 as ldmatrix_x4_trans,
};
