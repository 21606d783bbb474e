//! Where failures end.
//!
//! What it is: the functions the compiler and the macros call when a check fails.
//! What it assumes: the compiler lowers each to a trap followed by `unreachable`; the emulator may report the message.
//! What it guarantees: none of them returns, and none allocates or formats.
//!
//! ```text
//! panic("explicit panic")
//! ```

use crate::intrinsics;

/// A failure with a constant message.
#[lang = "panic"]
#[inline(never)]
#[cold]
#[track_caller]
pub const fn panic(_message: &'static str) -> ! {
    intrinsics::abort()
}

/// A failure with a message known only at run time; the message is dropped.
#[inline]
#[cold]
#[track_caller]
pub const fn panic_str(_message: &str) -> ! {
    panic("explicit panic")
}

/// A failed bounds check.
#[lang = "panic_bounds_check"]
#[inline(never)]
#[cold]
#[track_caller]
fn panic_bounds_check(_index: usize, _len: usize) -> ! {
    intrinsics::abort()
}

/// A failure inside code that must not unwind.
#[lang = "panic_nounwind"]
#[inline(never)]
#[cold]
pub const fn panic_nounwind(_message: &'static str) -> ! {
    intrinsics::abort()
}

/// An unwind out of a function that must not unwind.
#[lang = "panic_cannot_unwind"]
#[inline(never)]
#[cold]
fn panic_cannot_unwind() -> ! {
    intrinsics::abort()
}

/// An unwind during cleanup.
#[lang = "panic_in_cleanup"]
#[inline(never)]
#[cold]
fn panic_in_cleanup() -> ! {
    intrinsics::abort()
}

/// A dereference of a misaligned pointer, where that is checked.
#[lang = "panic_misaligned_pointer_dereference"]
#[inline(never)]
#[cold]
fn panic_misaligned_pointer_dereference(_required: usize, _found: usize) -> ! {
    intrinsics::abort()
}

/// A dereference of a null pointer, where that is checked.
#[lang = "panic_null_pointer_dereference"]
#[inline(never)]
#[cold]
fn panic_null_pointer_dereference() -> ! {
    intrinsics::abort()
}

/// An invalid discriminant, where that is checked.
#[lang = "panic_invalid_enum_construction"]
#[inline(never)]
#[cold]
fn panic_invalid_enum_construction(_source: u128) -> ! {
    intrinsics::abort()
}

macro_rules! arithmetic_failures {
    ($($lang:literal $name:ident $message:literal;)*) => {$(
        #[lang = $lang]
        #[inline(never)]
        #[cold]
        #[track_caller]
        #[allow(missing_docs)]
        pub const fn $name() -> ! {
            panic($message)
        }
    )*};
}

/// The compiler calls these when an arithmetic check fails.
pub mod panic_const {
    use super::panic;

    arithmetic_failures! {
        "panic_const_add_overflow" panic_const_add_overflow "attempt to add with overflow";
        "panic_const_sub_overflow" panic_const_sub_overflow "attempt to subtract with overflow";
        "panic_const_mul_overflow" panic_const_mul_overflow "attempt to multiply with overflow";
        "panic_const_div_overflow" panic_const_div_overflow "attempt to divide with overflow";
        "panic_const_rem_overflow" panic_const_rem_overflow "attempt to calculate the remainder with overflow";
        "panic_const_neg_overflow" panic_const_neg_overflow "attempt to negate with overflow";
        "panic_const_shl_overflow" panic_const_shl_overflow "attempt to shift left with overflow";
        "panic_const_shr_overflow" panic_const_shr_overflow "attempt to shift right with overflow";
        "panic_const_div_by_zero" panic_const_div_by_zero "attempt to divide by zero";
        "panic_const_rem_by_zero" panic_const_rem_by_zero "attempt to calculate the remainder with a divisor of zero";
    }
}
