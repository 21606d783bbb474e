//! Reductions and scans over warp tiles and blocks.
//!
//! What it is: `warp_reduce`, `warp_scan`, `block_reduce`, `block_scan`.
//! What it assumes: every thread of the group calls; `NUM_WARPS` covers the block.
//! What it guarantees: every thread gets a reduction's result; scans are inclusive, in rank order.
//!
//! ```text
//! let total = block_reduce::<f32, Sum, 8>(&this_thread_block(), x, &raw mut PARTIALS);
//! ```

use super::{ReduceOp, ThreadBlock, ThreadGroup, WarpTile};
use crate::shared::SharedArray;
use crate::{thread, warp};

/// Values a warp can shuffle.
pub trait WarpShuffle: Copy {
    /// See [`warp::shuffle_sync`].
    fn shuffle(mask: u32, value: Self, lane: u32) -> Self;
    /// See [`warp::shuffle_xor_sync`].
    fn shuffle_xor(mask: u32, value: Self, lane_mask: u32) -> Self;
    /// See [`warp::shuffle_up_sync`].
    fn shuffle_up(mask: u32, value: Self, delta: u32) -> Self;
}

macro_rules! shuffled {
    ($($type:ident |$value:ident| $to:expr, |$bits:ident| $from:expr;)*) => {$(
        impl WarpShuffle for $type {
            #[inline(always)]
            fn shuffle(mask: u32, $value: $type, lane: u32) -> $type {
                let $bits = warp::shuffle_sync(mask, $to, lane);
                $from
            }
            #[inline(always)]
            fn shuffle_xor(mask: u32, $value: $type, lane_mask: u32) -> $type {
                let $bits = warp::shuffle_xor_sync(mask, $to, lane_mask);
                $from
            }
            #[inline(always)]
            fn shuffle_up(mask: u32, $value: $type, delta: u32) -> $type {
                let $bits = warp::shuffle_up_sync(mask, $to, delta);
                $from
            }
        }
    )*};
}

shuffled! {
    u32 |v| v, |b| b;
    i32 |v| v as u32, |b| b as i32;
    f32 |v| v.to_bits(), |b| f32::from_bits(b);
}

/// The reduction over a tile, by a butterfly.
#[inline(always)]
pub fn warp_reduce<T: WarpShuffle, Op: ReduceOp<T>, const N: u32>(tile: &WarpTile<N>, value: T) -> T {
    let mask = tile.mask();
    let mut result = value;
    let mut distance = N / 2;
    while distance > 0 {
        result = Op::combine(result, T::shuffle_xor(mask, result, distance));
        distance /= 2;
    }
    result
}

/// The inclusive scan over a tile.
#[inline(always)]
pub fn warp_scan<T: WarpShuffle, Op: ReduceOp<T>, const N: u32>(tile: &WarpTile<N>, value: T) -> T {
    let mask = tile.mask();
    let rank = tile.thread_rank();
    let mut result = value;
    let mut distance = 1;
    while distance < N {
        let below = T::shuffle_up(mask, result, distance);
        if rank >= distance {
            result = Op::combine(below, result);
        }
        distance *= 2;
    }
    result
}

/// The lanes of the caller's warp that belong to the block, whose size need not be a multiple of 32.
#[inline(always)]
fn warp_members(block: &ThreadBlock) -> u32 {
    let first = block.thread_rank() & !31;
    let rest = block.size() - first;
    if rest >= 32 { u32::MAX } else { (1 << rest) - 1 }
}

/// The inclusive scan over the lanes of the caller's warp that belong to the block.
#[inline(always)]
fn scan_members<T: WarpShuffle, Op: ReduceOp<T>>(members: u32, lane: u32, value: T) -> T {
    let mut result = value;
    let mut distance = 1;
    while distance < 32 {
        let below = T::shuffle_up(members, result, distance);
        if lane >= distance {
            result = Op::combine(below, result);
        }
        distance *= 2;
    }
    result
}

/// Scans each warp, leaves the warps' totals in shared memory, and returns the thread's value and its warp.
#[inline(always)]
fn scan_warps<T: WarpShuffle, Op: ReduceOp<T>>(block: &ThreadBlock, value: T, totals: *mut T) -> (T, u32) {
    let rank = block.thread_rank();
    let (lane, warp) = (rank & 31, rank / 32);
    let members = warp_members(block);
    let scanned = scan_members::<T, Op>(members, lane, value);
    if lane == members.count_ones() - 1 {
        unsafe { *totals.add(warp as usize) = scanned };
    }
    thread::sync_threads();
    (scanned, warp)
}

/// Combines the totals of the first `count` warps.
#[inline(always)]
fn combine_totals<T: WarpShuffle, Op: ReduceOp<T>>(totals: *const T, count: u32) -> T {
    let mut result = Op::identity();
    let mut i = 0;
    while i < count {
        result = Op::combine(result, unsafe { *totals.add(i as usize) });
        i += 1;
    }
    result
}

/// The reduction over the block. `smem` holds one value for each warp.
#[oxide::convergent(block)]
#[oxide::uniform(block)]
#[inline(always)]
pub fn block_reduce<T: WarpShuffle, Op: ReduceOp<T>, const NUM_WARPS: usize>(
    block: &ThreadBlock,
    value: T,
    smem: *mut SharedArray<T, NUM_WARPS>,
) -> T {
    let totals = smem as *mut T;
    scan_warps::<T, Op>(block, value, totals);
    let result = combine_totals::<T, Op>(totals, block.size().div_ceil(32));
    // The next use of `smem` must not overtake this one's readers.
    thread::sync_threads();
    result
}

/// The inclusive scan over the block, in rank order. `smem` holds one value for each warp.
#[oxide::convergent(block)]
#[inline(always)]
pub fn block_scan<T: WarpShuffle, Op: ReduceOp<T>, const NUM_WARPS: usize>(
    block: &ThreadBlock,
    value: T,
    smem: *mut SharedArray<T, NUM_WARPS>,
) -> T {
    let totals = smem as *mut T;
    let (scanned, warp) = scan_warps::<T, Op>(block, value, totals);
    let result = Op::combine(combine_totals::<T, Op>(totals, warp), scanned);
    thread::sync_threads();
    result
}
