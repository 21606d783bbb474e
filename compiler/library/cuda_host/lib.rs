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

use cuda_core::DriverError;

pub use cuda_device::cuda_module;

/// A kernel generic over types, whose entry name depends on them.
pub trait GenericCudaKernel {}

/// A launch; host code is not compiled, but the kernel and its arguments say which instances exist.
#[macro_export]
macro_rules! cuda_launch {
    (kernel: $kernel:expr, $($fields:tt)*) => { $crate::__launch!($kernel, [] $($fields)*) };
}

/// A launch without a stream.
#[macro_export]
macro_rules! cuda_launch_async {
    (kernel: $kernel:expr, $($fields:tt)*) => { $crate::queued($crate::__launch!($kernel, [] $($fields)*)) };
}

/// The fields of a launch, one after the other; the arguments come last.
#[doc(hidden)]
#[macro_export]
macro_rules! __launch {
    ($kernel:expr, [$($done:tt)*] args: [$($args:tt)*] $(,)?) => {
        $crate::__launch_arguments!($kernel, [$($done)*] [] $($args)*)
    };
    ($kernel:expr, [$($done:tt)*] $field:ident: $value:expr, $($rest:tt)*) => {
        $crate::__launch!($kernel, [$($done)* $value,] $($rest)*)
    };
    ($kernel:expr, [$($done:tt)*] $field:ident: $value:expr) => { $crate::launched($kernel, ($($done)* $value,)) };
    ($kernel:expr, [$($done:tt)*]) => { $crate::launched($kernel, ($($done)*)) };
}

/// `slice(buffer)` and `slice_mut(buffer)` are words of the launch, not functions in scope.
#[doc(hidden)]
#[macro_export]
macro_rules! __launch_arguments {
    ($kernel:expr, [$($done:tt)*] [$($args:tt)*]) => { $crate::launched($kernel, ($($done)* ($($args)*),)) };
    ($kernel:expr, $done:tt [$($args:tt)*] slice($buffer:expr) $(, $($rest:tt)*)?) => {
        $crate::__launch_arguments!($kernel, $done [$($args)* $crate::slice(&$buffer),] $($($rest)*)?)
    };
    ($kernel:expr, $done:tt [$($args:tt)*] slice_mut($buffer:expr) $(, $($rest:tt)*)?) => {
        $crate::__launch_arguments!($kernel, $done [$($args)* $crate::slice_mut(&mut $buffer),] $($($rest)*)?)
    };
    ($kernel:expr, $done:tt [$($args:tt)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::__launch_arguments!($kernel, $done [$($args)* $value,] $($($rest)*)?)
    };
}

/// A buffer that a kernel reads.
pub fn slice<B>(buffer: &B) -> &B {
    buffer
}

/// A buffer that a kernel writes.
pub fn slice_mut<B>(buffer: &mut B) -> &mut B {
    buffer
}

/// What the launch macros stand for.
pub fn launched<K, F>(_kernel: K, _fields: F) -> Result<(), DriverError> {
    Ok(())
}

/// A launch that waits for a stream.
pub struct AsyncKernelLaunch(());

/// What the launch without a stream is.
pub fn queued(_launched: Result<(), DriverError>) -> AsyncKernelLaunch {
    AsyncKernelLaunch(())
}

/// Names of the linking interface.
pub mod ltoir {}
