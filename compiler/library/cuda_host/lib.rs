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

/// A launch; host code is not compiled, but the kernel and its arguments say which instances exist.
#[macro_export]
macro_rules! cuda_launch {
    (kernel: $kernel:expr, $($field:ident: $value:expr),* $(,)?) => { $crate::launched($kernel, ($($value,)*)) };
}

/// A launch without a stream.
#[macro_export]
macro_rules! cuda_launch_async {
    (kernel: $kernel:expr, $($field:ident: $value:expr),* $(,)?) => { $crate::launched($kernel, ($($value,)*)) };
}

/// What the launch macros stand for.
pub fn launched<K, F>(_kernel: K, _fields: F) -> core::result::Result<(), ()> {
    Ok(())
}

/// Names of the linking interface.
pub mod ltoir {}
