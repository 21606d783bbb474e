//! The macros every kernel may use.
//!
//! What it is: `macro_rules!` for assertions and panics, and declarations of the macros the compiler expands itself.
//! What it assumes: a panic traps, so a message is kept only when it is a single literal; other arguments are parsed
//! and dropped.
//! What it guarantees: each macro accepts what Rust's own accepts; conditions are evaluated exactly once.
//!
//! ```text
//! assert!(lane < 32, "lane out of range");   // if !(lane < 32) { panic }
//! ```

/// Traps, naming the message when it is one literal.
#[macro_export]
macro_rules! panic {
    () => {
        $crate::panicking::panic("explicit panic")
    };
    ($message:literal $(,)?) => {
        $crate::panicking::panic($message)
    };
    ($message:literal, $($argument:tt)*) => {
        $crate::panicking::panic($message)
    };
    ($($argument:tt)*) => {
        $crate::panicking::panic("explicit panic")
    };
}

/// Traps unless the condition holds.
#[macro_export]
macro_rules! assert {
    ($condition:expr $(,)?) => {
        if !$condition {
            $crate::panicking::panic($crate::concat!("assertion failed: ", $crate::stringify!($condition)))
        }
    };
    ($condition:expr, $message:literal $(,)?) => {
        if !$condition {
            $crate::panicking::panic($message)
        }
    };
    ($condition:expr, $($argument:tt)*) => {
        if !$condition {
            $crate::panicking::panic($crate::concat!("assertion failed: ", $crate::stringify!($condition)))
        }
    };
}

/// Traps unless the two values compare equal.
#[macro_export]
macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left, right) => {
                if !(*left == *right) {
                    $crate::panicking::panic("assertion `left == right` failed")
                }
            }
        }
    };
    ($left:expr, $right:expr, $($argument:tt)*) => {
        $crate::assert_eq!($left, $right)
    };
}

/// Traps if the two values compare equal.
#[macro_export]
macro_rules! assert_ne {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left, right) => {
                if *left == *right {
                    $crate::panicking::panic("assertion `left != right` failed")
                }
            }
        }
    };
    ($left:expr, $right:expr, $($argument:tt)*) => {
        $crate::assert_ne!($left, $right)
    };
}

/// `assert!` when debug assertions are on; kernels are built with them off.
#[macro_export]
macro_rules! debug_assert {
    ($($argument:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert!($($argument)*)
        }
    };
}

/// `assert_eq!` when debug assertions are on.
#[macro_export]
macro_rules! debug_assert_eq {
    ($($argument:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_eq!($($argument)*)
        }
    };
}

/// `assert_ne!` when debug assertions are on.
#[macro_export]
macro_rules! debug_assert_ne {
    ($($argument:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_ne!($($argument)*)
        }
    };
}

/// Whether an expression matches a pattern, with an optional guard.
#[macro_export]
macro_rules! matches {
    ($expression:expr, $pattern:pat $(if $guard:expr)? $(,)?) => {
        match $expression {
            $pattern $(if $guard)? => true,
            _ => false,
        }
    };
}

/// Marks a point control flow never reaches; traps if it does.
#[macro_export]
macro_rules! unreachable {
    ($($argument:tt)*) => {
        $crate::panicking::panic("internal error: entered unreachable code")
    };
}

/// Marks code that will not be written.
#[macro_export]
macro_rules! unimplemented {
    ($($argument:tt)*) => {
        $crate::panicking::panic("not implemented")
    };
}

/// Marks code still to be written.
#[macro_export]
macro_rules! todo {
    ($($argument:tt)*) => {
        $crate::panicking::panic("not yet implemented")
    };
}

/// Unwraps a `Result` or returns its error from the enclosing function.
#[macro_export]
macro_rules! r#try {
    ($expression:expr $(,)?) => {
        match $expression {
            $crate::result::Result::Ok(value) => value,
            $crate::result::Result::Err(error) => {
                return $crate::result::Result::Err($crate::convert::From::from(error));
            }
        }
    };
}

/// The address of a place, without a reference in between.
#[macro_export]
macro_rules! addr_of {
    ($place:expr) => {
        &raw const $place
    };
}

/// The mutable address of a place, without a reference in between.
#[macro_export]
macro_rules! addr_of_mut {
    ($place:expr) => {
        &raw mut $place
    };
}

// Expanded by the compiler itself; the bodies below are never looked at.

#[rustc_builtin_macro]
#[macro_export]
macro_rules! concat {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! stringify {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! line {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! column {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! file {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! module_path {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! include {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! include_str {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! include_bytes {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! env {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! option_env {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! cfg {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! compile_error {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! format_args {
    () => {};
}

#[rustc_builtin_macro]
#[macro_export]
macro_rules! offset_of {
    () => {};
}
