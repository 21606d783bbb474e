//! Sharing between threads.
//!
//! What it is: `atomic`.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! use core::sync::atomic::{AtomicU32, Ordering};
//! ```

pub mod atomic;
mod pointer_steps;
