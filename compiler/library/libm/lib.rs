//! The `libm` crate's functions.
//!
//! What it is: C's math functions under their C names.
//! What it assumes: nothing.
//! What it guarantees: each is the float method it forwards to.
//!
//! ```text
//! let y = libm::sinf(x);
//! ```

#![no_std]

pub use core::num::imp::libm::*;
