//! Arithmetic on pairs of `bfloat16` packed in a `u32`.
//!
//! What it is: addition, multiplication, fused multiply-add, minimum, maximum, negation.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! acc = fma_bf16x2(a, b, acc);
//! ```

pub use cuda_intrinsics::bf16x2::*;
