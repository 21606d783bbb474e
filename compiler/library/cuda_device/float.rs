//! Float operations with an explicit rounding or approximation.
//!
//! What it is: `add_rz_f32`, `rcp_approx_ftz_f32`, `ex2_approx_f32` and their like.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! let y = float::rsqrt_approx_f32(x);
//! ```

pub use cuda_intrinsics::float::*;
