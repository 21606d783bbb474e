//! `std` as far as a kernel file can use it on the device.
//!
//! What it is: re-exports of `core` under the names kernel files write (`std::ops::Add`, `std::mem::size_of`), and C's
//! math functions by their internal path.
//! What it assumes: host-only parts of `std` (threads, files, collections, printing) are used by host code alone,
//! which is not compiled for the device.
//! What it guarantees: every name here is the same item as in `core`.
//!
//! ```text
//! use std::ops::{Add, Mul};
//! ```

#![no_std]
#![allow(unused_imports)]

pub use core::any;
pub use core::array;
pub use core::borrow;
pub use core::cell;
pub use core::char;
pub use core::clone;
pub use core::cmp;
pub use core::convert;
pub use core::default;
pub use core::error;
pub use core::ffi;
pub use core::fmt;
pub use core::hash;
pub use core::hint;
pub use core::intrinsics;
pub use core::iter;
pub use core::marker;
pub use core::mem;
pub use core::num;
pub use core::ops;
pub use core::option;
pub use core::panic;
pub use core::pin;
pub use core::prelude;
pub use core::ptr;
pub use core::result;
pub use core::slice;
pub use core::str;
pub use core::sync;

pub use core::{f16, f32, f64};
pub use core::{i128, i16, i32, i64, i8, isize, u128, u16, u32, u64, u8, usize};

pub use core::{
    addr_of, addr_of_mut, assert, assert_eq, assert_ne, cfg, column, compile_error, concat, debug_assert,
    debug_assert_eq, debug_assert_ne, env, file, format_args, include, include_bytes, include_str, line, matches,
    module_path, option_env, stringify, todo, unimplemented, unreachable,
};

/// Spans of time; clocks are the host's.
pub mod time {
    pub use core::time::*;
}

/// The shape of memory; allocators are the host's.
pub mod alloc {
    pub use core::alloc::*;
}

/// The process's environment, for host code; also the name of a macro.
pub mod env {}

/// Internals that some kernels name.
pub mod sys {
    /// C's math functions.
    pub mod cmath {
        pub use core::num::imp::libm::*;
    }
}
