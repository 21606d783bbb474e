//! Dot products of packed integers.
//!
//! What it is: `dp4a_*` over four bytes, `dp2a_*` over two halves and the low two bytes.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! acc = dp4a_s32(a, b, acc);
//! ```

pub use cuda_intrinsics::dotprod::*;
