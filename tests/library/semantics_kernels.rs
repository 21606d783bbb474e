//! The recording program as kernels of one thread.
//!
//! What it is: one kernel for each part of `semantics.rs`.
//! What it assumes: see there.
//! What it guarantees: each kernel records what the native function of the same part records.
//!
//! ```text
//! record_options<<<1, 1>>>(seed, turns, words, capacity, n_words)
//! ```

use cuda_device::kernel;

#[path = "semantics.rs"]
mod semantics;

macro_rules! kernels {
    ($($name:ident $part:ident;)*) => {$(
        #[kernel]
        pub unsafe fn $name(seed: u64, turns: u32, words: *mut u64, capacity: usize, n_words: *mut u64) {
            unsafe { *n_words = semantics::$part(seed, turns, words, capacity) as u64 };
        }
    )*};
}

kernels! {
    record_bytes bytes; record_halves halves; record_words words; record_doubles doubles; record_quads quads;
    record_sizes sizes; record_ranges ranges; record_adapters adapters; record_folds folds; record_slices slices;
    record_options options; record_results results; record_floats floats; record_characters characters;
    record_values values; record_drops drops; record_strings strings;
}

fn main() {}
