//! Names that `custom_mir` bodies import.
//!
//! What it is: a place for `use core::intrinsics::mir::*`; the statement macros themselves are built into the
//! compiler where it supports them.
//! What it assumes: nothing.
//! What it guarantees: nothing.
//!
//! ```text
//! use core::intrinsics::mir::*;
//! ```
