//! Runs the library's pure functions on pseudo-random inputs and records every result as 64-bit words.
//!
//! What it is: one source, compiled by rustc against our `core` and against Rust's own, and by our compiler as kernels
//! (`semantics_kernels.rs`); the recordings must be equal.
//! What it assumes: nothing panics on the inputs chosen.
//! What it guarantees: the same seed gives the same inputs everywhere.
//!
//! ```text
//! unsafe { options(seed, 100, words.as_mut_ptr(), words.len()) }
//! ```

#![cfg_attr(own, no_std)]
#![cfg_attr(not(own), feature(int_roundings, signed_bigint_helpers, widening_mul))]
#![allow(unstable_name_collisions, stable_features, unused_features, internal_features, unused_must_use)]

use core::cmp::{Ordering, Reverse};
use core::hash::{Hash, Hasher};

#[path = "semantics_ints.rs"]
pub mod ints;
#[path = "semantics_iter.rs"]
pub mod iter;
#[path = "semantics_misc.rs"]
pub mod misc;
#[path = "semantics_text.rs"]
pub mod text;

/// Where results go.
pub struct Record {
    words: *mut u64,
    capacity: usize,
    len: usize,
}

impl Record {
    pub fn word(&mut self, word: u64) {
        if self.len < self.capacity {
            unsafe { *self.words.add(self.len) = word };
        }
        self.len += 1;
    }

    pub fn put<T: Recorded>(&mut self, value: T) {
        value.record(self);
    }
}

/// Values that can be recorded.
pub trait Recorded {
    fn record(self, to: &mut Record);
}

macro_rules! recorded_integers {
    ($($t:ident)*) => {$(
        impl Recorded for $t {
            fn record(self, to: &mut Record) {
                to.word(self as u64);
                if size_of::<$t>() == 16 { to.word((self as u128 >> 64) as u64); }
            }
        }
    )*};
}

recorded_integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

impl Recorded for bool {
    fn record(self, to: &mut Record) {
        to.word(self as u64)
    }
}
impl Recorded for char {
    fn record(self, to: &mut Record) {
        to.word(self as u64)
    }
}
impl Recorded for f32 {
    fn record(self, to: &mut Record) {
        to.word(if self.is_nan() { 0x7fc0_0000 } else { self.to_bits() as u64 })
    }
}
impl Recorded for f64 {
    fn record(self, to: &mut Record) {
        to.word(if self.is_nan() { 0x7ff8_0000_0000_0000 } else { self.to_bits() })
    }
}
impl Recorded for () {
    fn record(self, to: &mut Record) {
        to.word(0x55)
    }
}
impl Recorded for Ordering {
    fn record(self, to: &mut Record) {
        to.word(self as i8 as u64)
    }
}
impl<T: Recorded> Recorded for Reverse<T> {
    fn record(self, to: &mut Record) {
        self.0.record(to)
    }
}
impl<T: Recorded + Copy> Recorded for &T {
    fn record(self, to: &mut Record) {
        (*self).record(to)
    }
}
impl<T: Recorded + Copy> Recorded for &mut T {
    fn record(self, to: &mut Record) {
        (*self).record(to)
    }
}
impl<T: Recorded + Copy> Recorded for &[T] {
    fn record(self, to: &mut Record) {
        to.word(self.len() as u64);
        let mut i = 0;
        while i < self.len() {
            self[i].record(to);
            i += 1;
        }
    }
}
impl<T: Recorded, const N: usize> Recorded for [T; N] {
    fn record(self, to: &mut Record) {
        to.word(N as u64);
        for value in self {
            value.record(to);
        }
    }
}
impl<T: Recorded> Recorded for Option<T> {
    fn record(self, to: &mut Record) {
        match self {
            None => to.word(0xdead),
            Some(value) => {
                to.word(0xbeef);
                value.record(to)
            }
        }
    }
}
impl<T: Recorded, E: Recorded> Recorded for Result<T, E> {
    fn record(self, to: &mut Record) {
        match self {
            Ok(value) => {
                to.word(0x600d);
                value.record(to)
            }
            Err(error) => {
                to.word(0xbad);
                error.record(to)
            }
        }
    }
}
impl<A: Recorded, B: Recorded> Recorded for (A, B) {
    fn record(self, to: &mut Record) {
        self.0.record(to);
        self.1.record(to)
    }
}
impl<A: Recorded, B: Recorded, C: Recorded> Recorded for (A, B, C) {
    fn record(self, to: &mut Record) {
        self.0.record(to);
        self.1.record(to);
        self.2.record(to)
    }
}

/// Pseudo-random inputs, with many edge values.
pub struct Random(u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 11) % n
    }

    pub fn wide(&mut self) -> u128 {
        let high = self.next() as u128;
        let value = (high << 64) | self.next() as u128;
        match self.below(8) {
            0 => 0,
            1 => !0,
            2 => 1,
            3 => self.below(20) as u128,
            4 => !(self.below(20) as u128),
            5 => 1u128 << (self.below(128) as u32),
            6 => (1u128 << (self.below(128) as u32)).wrapping_sub(1),
            _ => value,
        }
    }
}

/// A hasher whose every byte counts.
pub struct Fnv(pub u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ *byte as u64).wrapping_mul(0x100_0000_01b3);
        }
    }
}

pub fn hash_of<T: Hash>(value: T) -> u64 {
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    value.hash(&mut hasher);
    hasher.finish()
}

/// One function for each part: it runs the part `turns` times and returns the number of words recorded.
macro_rules! parts {
    ($($name:ident $module:ident::$function:ident;)*) => {$(
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(seed: u64, turns: u32, words: *mut u64, capacity: usize) -> usize {
            let mut record = Record { words, capacity, len: 0 };
            let mut random = Random(seed | 1);
            for _ in 0..turns {
                $module::$function(&mut random, &mut record);
            }
            record.len
        }
    )*};
}

parts! {
    bytes ints::bytes; halves ints::halves; words ints::words; doubles ints::doubles; quads ints::quads;
    sizes ints::sizes;
    ranges iter::ranges; adapters iter::adapters; folds iter::folds; slices iter::slices;
    options misc::options; results misc::results; floats misc::floats; characters misc::characters;
    values misc::values; drops misc::drops; strings text::strings;
}
