//! What the threads of a warp do together.
//!
//! What it is: lane identity, synchronisation, shuffles, votes, matches, reductions, election.
//! What it assumes: all lanes named by a mask reach the same call; the maskless forms name all 32.
//! What it guarantees: every reduction gives all its lanes the result.
//!
//! ```text
//! let total = warp::reduce_sum_f32(x);
//! ```

use cuda_intrinsics::warp as raw;

use crate::thread;

pub use cuda_intrinsics::sreg::{lane_id, lanemask_eq, lanemask_ge, lanemask_gt, lanemask_le, lanemask_lt};
pub use cuda_intrinsics::warp::{active_mask, nwarpid, warpid};

/// The mask that names all lanes.
const FULL: u32 = 0xffff_ffff;

/// The warp's number in a 1-D block.
#[inline(always)]
pub fn warp_id() -> u32 {
    thread::threadIdx_x() / 32
}

/// Waits for the lanes named by the mask.
#[inline(always)]
pub fn sync_mask(mask: u32) {
    unsafe { raw::sync_mask(mask) }
}

/// The two forms of a shuffle: with a mask, and for all lanes.
macro_rules! shuffles {
    ($($masked:ident $maskless:ident $operand:ident $value:ty, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[inline(always)]
        pub fn $masked(mask: u32, var: $value, $operand: u32) -> $value {
            unsafe { raw::$masked(mask, var, $operand) }
        }

        #[doc = $doc]
        #[inline(always)]
        pub fn $maskless(var: $value, $operand: u32) -> $value {
            unsafe { raw::$masked(FULL, var, $operand) }
        }
    )*};
}

shuffles! {
    shuffle_sync shuffle src_lane u32, "The value of another lane.";
    shuffle_xor_sync shuffle_xor lane_mask u32, "The value of the lane whose number differs by the mask's bits.";
    shuffle_down_sync shuffle_down delta u32, "The value of the lane `delta` above; lanes past the end keep their own.";
    shuffle_up_sync shuffle_up delta u32, "The value of the lane `delta` below; lanes before the start keep their own.";
    shuffle_f32_sync shuffle_f32 src_lane f32, "The value of another lane.";
    shuffle_xor_f32_sync shuffle_xor_f32 lane_mask f32, "The value of the lane whose number differs by the mask's bits.";
    shuffle_down_f32_sync shuffle_down_f32 delta f32, "The value of the lane `delta` above; lanes past the end keep their own.";
    shuffle_up_f32_sync shuffle_up_f32 delta f32, "The value of the lane `delta` below; lanes before the start keep their own.";
    shuffle_u64_sync shuffle_u64 src_lane u64, "The value of another lane.";
    shuffle_xor_u64_sync shuffle_xor_u64 lane_mask u64, "The value of the lane whose number differs by the mask's bits.";
    shuffle_down_u64_sync shuffle_down_u64 delta u64, "The value of the lane `delta` above; lanes past the end keep their own.";
    shuffle_up_u64_sync shuffle_up_u64 delta u64, "The value of the lane `delta` below; lanes before the start keep their own.";
}

/// Shuffles of `f64` through the bits.
macro_rules! double_shuffles {
    ($($masked:ident $maskless:ident $bits:ident $operand:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[inline(always)]
        pub fn $masked(mask: u32, var: f64, $operand: u32) -> f64 {
            f64::from_bits($bits(mask, var.to_bits(), $operand))
        }

        #[doc = $doc]
        #[inline(always)]
        pub fn $maskless(var: f64, $operand: u32) -> f64 {
            $masked(FULL, var, $operand)
        }
    )*};
}

double_shuffles! {
    shuffle_f64_sync shuffle_f64 shuffle_u64_sync src_lane, "The value of another lane.";
    shuffle_xor_f64_sync shuffle_xor_f64 shuffle_xor_u64_sync lane_mask, "The value of the lane whose number differs by the mask's bits.";
    shuffle_down_f64_sync shuffle_down_f64 shuffle_down_u64_sync delta, "The value of the lane `delta` above; lanes past the end keep their own.";
    shuffle_up_f64_sync shuffle_up_f64 shuffle_up_u64_sync delta, "The value of the lane `delta` below; lanes before the start keep their own.";
}

// Votes.

/// Whether the predicate holds in every named lane.
#[inline(always)]
pub fn all_sync(mask: u32, predicate: bool) -> bool {
    unsafe { raw::all_sync(mask, predicate) }
}

/// Whether the predicate holds in some named lane.
#[inline(always)]
pub fn any_sync(mask: u32, predicate: bool) -> bool {
    unsafe { raw::any_sync(mask, predicate) }
}

/// The lanes in which the predicate holds.
#[inline(always)]
pub fn ballot_sync(mask: u32, predicate: bool) -> u32 {
    unsafe { raw::ballot_sync(mask, predicate) }
}

/// Whether the predicate holds in every lane.
#[inline(always)]
pub fn all(predicate: bool) -> bool {
    all_sync(FULL, predicate)
}

/// Whether the predicate holds in some lane.
#[inline(always)]
pub fn any(predicate: bool) -> bool {
    any_sync(FULL, predicate)
}

/// The lanes in which the predicate holds.
#[inline(always)]
pub fn ballot(predicate: bool) -> u32 {
    ballot_sync(FULL, predicate)
}

/// The number of lanes in which the predicate holds.
#[inline(always)]
pub fn popc(predicate: bool) -> u32 {
    ballot(predicate).count_ones()
}

// Matches.

/// The named lanes with the same value.
#[inline(always)]
pub fn match_any_sync(mask: u32, value: u32) -> u32 {
    unsafe { raw::match_any_sync(mask, value) }
}

/// The named lanes with the same value.
#[inline(always)]
pub fn match_any_i64_sync(mask: u32, value: u64) -> u32 {
    unsafe { raw::match_any_i64_sync(mask, value) }
}

/// The mask if all named lanes have the same value, else 0.
#[inline(always)]
pub fn match_all_sync(mask: u32, value: u32) -> u32 {
    unsafe { raw::match_all_sync(mask, value) }
}

/// The mask if all named lanes have the same value, else 0.
#[inline(always)]
pub fn match_all_i64_sync(mask: u32, value: u64) -> u32 {
    unsafe { raw::match_all_i64_sync(mask, value) }
}

// Hardware reductions (sm_80).

macro_rules! redux {
    ($($name:ident $value:ident;)*) => {$(
        /// The named lanes' values reduced by one instruction.
        #[inline(always)]
        pub fn $name(mask: u32, value: $value) -> $value {
            unsafe { raw::$name(mask, value) }
        }
    )*};
}

redux! {
    redux_sync_add u32; redux_sync_and u32; redux_sync_or u32; redux_sync_xor u32;
    redux_sync_min_u32 u32; redux_sync_max_u32 u32; redux_sync_min_i32 i32; redux_sync_max_i32 i32;
}

/// Elects one of the named lanes: its number, and whether it is the caller.
#[inline(always)]
pub fn elect_sync(mask: u32) -> (u32, bool) {
    unsafe { raw::elect_sync(mask) }
}

/// Whether the caller is the elected lane.
#[inline(always)]
pub fn is_elected_sync(mask: u32) -> bool {
    elect_sync(mask).1
}

// Reductions by shuffles.

/// The number of threads in the caller's warp of a 1-D block.
#[inline(always)]
pub fn live_lanes_1d() -> u32 {
    let rest = thread::blockDim_x() - warp_id() * 32;
    if rest < 32 { rest } else { 32 }
}

/// For each operation: the butterfly over all lanes, and the fold over the first `live_lanes`.
macro_rules! reductions {
    ($($whole:ident $partial:ident $value:ident $xor:ident $down:ident $broadcast:ident |$a:ident, $b:ident| $combine:expr;)*) => {$(
        /// The reduction over all lanes of the warp; every lane gets the result.
        #[oxide::uniform(warp)]
        #[inline(always)]
        pub fn $whole(val: $value) -> $value {
            let mut $a = val;
            let mut distance = 16;
            while distance > 0 {
                let $b = $xor(FULL, $a, distance);
                $a = $combine;
                distance >>= 1;
            }
            $a
        }

        /// The reduction over the first `live_lanes` lanes (1 to 32); each of them gets the result.
        #[oxide::uniform(warp)]
        #[inline]
        pub fn $partial(val: $value, live_lanes: u32) -> $value {
            let live = live_lanes.max(1).min(32);
            let mask = FULL >> (32 - live);
            let mut $a = val;
            if live.is_power_of_two() {
                let mut distance = live / 2;
                while distance > 0 {
                    let $b = $xor(mask, $a, distance);
                    $a = $combine;
                    distance >>= 1;
                }
                return $a;
            }
            let lane = lane_id();
            let mut span = live;
            while span > 1 {
                let half = span.div_ceil(2);
                let $b = $down(mask, $a, half);
                if lane + half < span {
                    $a = $combine;
                }
                span = half;
            }
            $broadcast(mask, $a, 0)
        }
    )*};
}

reductions! {
    reduce_sum_f32 reduce_sum_f32_partial f32 shuffle_xor_f32_sync shuffle_down_f32_sync shuffle_f32_sync
        |a, b| a + b;
    reduce_max_f32 reduce_max_f32_partial f32 shuffle_xor_f32_sync shuffle_down_f32_sync shuffle_f32_sync
        |a, b| if b > a { b } else { a };
    reduce_min_f32 reduce_min_f32_partial f32 shuffle_xor_f32_sync shuffle_down_f32_sync shuffle_f32_sync
        |a, b| if b < a { b } else { a };
    reduce_sum_f64 reduce_sum_f64_partial f64 shuffle_xor_f64_sync shuffle_down_f64_sync shuffle_f64_sync
        |a, b| a + b;
    reduce_max_f64 reduce_max_f64_partial f64 shuffle_xor_f64_sync shuffle_down_f64_sync shuffle_f64_sync
        |a, b| if b > a { b } else { a };
    reduce_min_f64 reduce_min_f64_partial f64 shuffle_xor_f64_sync shuffle_down_f64_sync shuffle_f64_sync
        |a, b| if b < a { b } else { a };
}
