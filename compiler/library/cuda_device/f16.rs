//! Minimum and maximum of `f16` in `u16` bits.
//!
//! What it is: the scalar half-precision operations.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! let m = f16::min_f16(a.to_bits(), b.to_bits());
//! ```

pub use cuda_intrinsics::f16::*;
