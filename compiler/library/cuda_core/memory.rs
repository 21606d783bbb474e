//! Memory functions of the host library, by name.
//!
//! What it is: an empty module for imports; host code is not compiled.
//! What it assumes: no kernel reaches it.
//! What it guarantees: nothing more.
//!
//! ```text
//! use cuda_core::memory;
//! ```
