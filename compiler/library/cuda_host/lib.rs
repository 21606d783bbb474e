//! Names of the launch library that kernel files import.
//!
//! What it is: `cuda_module` and the launch macros by their second path, and traits without behaviour.
//! What it assumes: host code is not compiled here.
//! What it guarantees: `cuda_host::cuda_module` is `cuda_device::cuda_module`.
//!
//! ```text
//! use cuda_host::cuda_module;
//! ```

#![no_std]

pub use cuda_device::cuda_module;

/// A kernel generic over types, whose entry name depends on them.
pub trait GenericCudaKernel {}

/// Expanded by host code only.
#[macro_export]
macro_rules! cuda_launch {
    ($($tokens:tt)*) => {};
}

/// Expanded by host code only.
#[macro_export]
macro_rules! cuda_launch_async {
    ($($tokens:tt)*) => {};
}

/// Names of the linking interface.
pub mod ltoir {}
