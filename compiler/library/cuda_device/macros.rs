//! Attributes and macros of the kernel language.
//!
//! What it is: declarations, so that `use cuda_device::{kernel, gpu_printf}` resolves. The compiler implements them;
//! their bodies are never looked at. `gpu_assert!` is ordinary.
//! What it assumes: the compiler knows each name tagged `#[rustc_builtin_macro]`.
//! What it guarantees: nothing more.
//!
//! ```text
//! use cuda_device::{kernel, launch_bounds};
//! ```

#[rustc_builtin_macro]
#[macro_export]
macro_rules! kernel {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! device {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! constant {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! cuda_module {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! launch_bounds {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! launch_contract {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! cluster_launch {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! cooperative_launch {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! convergent {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! pure {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! readonly {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! unroll {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! gpu_printf {
    ($($tokens:tt)*) => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! ptx_asm {
    ($($tokens:tt)*) => {};
}

/// Traps unless the condition holds; with a literal message, the driver prints it with the source line.
#[macro_export]
macro_rules! gpu_assert {
    ($condition:expr $(,)?) => {
        if !$condition {
            $crate::debug::trap()
        }
    };
    ($condition:expr, $message:literal $(,)?) => {
        if !$condition {
            $crate::debug::__internal::assert_fail(
                concat!($message, "\0"),
                concat!(file!(), "\0"),
                line!(),
                concat!(module_path!(), "\0"),
            )
        }
    };
}
