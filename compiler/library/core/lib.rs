//! The core library of the kernel language: what every Rust program takes for granted.
//!
//! What it is: `Option`, `Result`, operators, iterators, slices, numbers, pointers, cells and atomics, written in
//! ordinary Rust on top of compiler intrinsics. The front end compiles only the items a kernel reaches.
//! What it assumes: the lang items and `#[rustc_intrinsic]` declarations below are known to the compiler by rustc's
//! names (see `../README.md`), panics trap, and there is neither a heap nor unwinding.
//! What it guarantees: names, signatures and results equal those of Rust's own `core` for everything it offers.
//!
//! ```text
//! fn total(values: &[u32]) -> u32 { values.iter().copied().filter(|v| v % 2 == 0).sum() }
//! ```

#![no_core]
#![feature(no_core, lang_items, intrinsics, rustc_attrs, auto_traits, negative_impls, decl_macro)]
#![feature(unboxed_closures, fundamental, never_type, f16, arbitrary_self_types, prelude_import)]
#![feature(register_tool, adt_const_params, unsized_const_params, link_llvm_intrinsics, abi_unadjusted, extern_types, freeze_impls)]
#![feature(transparent_unions, const_precise_live_drops)]
#![rustc_coherence_is_core]
#![register_tool(oxide)]
#![allow(internal_features, incomplete_features, dead_code)]

extern crate self as core;

#[macro_use]
mod macros;

pub mod alloc;
pub mod any;
pub mod array;
pub mod borrow;
pub mod cell;
pub mod char;
pub mod clone;
pub mod cmp;
pub mod convert;
pub mod default;
pub mod error;
pub mod ffi;
pub mod fmt;
pub mod hash;
pub mod hint;
pub mod intrinsics;
pub mod iter;
pub mod marker;
pub mod mem;
pub mod num;
pub mod ops;
pub mod option;
pub mod panic;
pub mod panicking;
pub mod pin;
pub mod prelude;
pub mod ptr;
pub mod result;
pub mod slice;
pub mod str;
pub mod sync;
pub mod time;
pub mod tuple;

mod bool;
mod integer_limits;

pub mod f16;
pub mod f32;
pub mod f64;

#[prelude_import]
#[allow(unused_imports)]
use crate::prelude::rust_2021::*;

pub use crate::integer_limits::{i128, i16, i32, i64, i8, isize, u128, u16, u32, u64, u8, usize};
