//! Hints to the optimiser.
//!
//! What it is: `unreachable_unchecked`, `assert_unchecked`, `black_box`, `spin_loop`, `select_unpredictable` and
//! friends.
//! What it assumes: nothing.
//! What it guarantees: the safe ones never change a program's meaning.
//!
//! ```text
//! let chosen = hint::select_unpredictable(x < y, x, y);
//! ```

use crate::intrinsics;

/// Tells the compiler that this point is never reached.
///
/// # Safety
/// It is never reached.
#[inline]
pub const unsafe fn unreachable_unchecked() -> ! {
    unsafe { intrinsics::unreachable() }
}

/// Tells the compiler that a condition holds.
///
/// # Safety
/// It holds.
#[inline]
pub const unsafe fn assert_unchecked(condition: bool) {
    unsafe { intrinsics::assume(condition) }
}

/// Returns its argument; the optimiser may assume nothing about it.
#[inline]
pub fn black_box<T>(value: T) -> T {
    intrinsics::black_box(value)
}

/// Returns its argument.
#[inline]
#[must_use]
pub const fn must_use<T>(value: T) -> T {
    value
}

/// Does nothing: a GPU's warp scheduler needs no hint to run other warps.
#[inline(always)]
pub fn spin_loop() {}

/// Marks the path that calls it as unlikely.
#[inline(always)]
pub const fn cold_path() {
    intrinsics::cold_path()
}

/// One of two values, chosen without a branch.
#[inline]
pub fn select_unpredictable<T: Copy>(condition: bool, true_value: T, false_value: T) -> T {
    intrinsics::select_unpredictable(condition, true_value, false_value)
}
