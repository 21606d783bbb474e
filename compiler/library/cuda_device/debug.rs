//! Traps, breakpoints, clocks, profiler events.
//!
//! What it is: the operations for debugging and timing a kernel.
//! What it assumes: nothing.
//! What it guarantees: clock reads are neither merged nor moved across each other.
//!
//! ```text
//! let start = debug::clock64(); work(); let cycles = debug::clock64() - start;
//! ```

pub use cuda_intrinsics::debug::{breakpoint, clock, clock64, globaltimer, trap};

/// Raises profiler event `N`, 0 to 15.
#[inline(always)]
pub fn prof_trigger<const N: u32>() {
    const { assert!(N <= 15, "prof_trigger event must be in 0..=15") };
    cuda_intrinsics::debug::pmevent(N)
}

/// What macros call; no part of the API.
#[doc(hidden)]
pub mod __internal {
    unsafe extern "C" {
        fn __assertfail(message: *const u8, file: *const u8, line: u32, function: *const u8, char_size: usize);
    }

    /// Reports a failed assertion through the driver and stops the thread. All strings end in NUL.
    #[inline]
    #[cold]
    pub fn assert_fail(message: &str, file: &str, line: u32, function: &str) {
        unsafe { __assertfail(message.as_ptr(), file.as_ptr(), line, function.as_ptr(), 1) }
    }
}
