//! Minimum and maximum of `bfloat16` in `u16` bits.
//!
//! What it is: the scalar `bfloat16` operations.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! let m = bf16::max_bf16(a, b);
//! ```

pub use cuda_intrinsics::bf16::*;
