//! Byte permutation.
//!
//! What it is: `prmt` and its modes.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! let swapped = prmt(a, 0, 0x0123);
//! ```

pub use cuda_intrinsics::prmt::*;
