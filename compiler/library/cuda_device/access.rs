//! Planning of coalesced memory accesses.
//!
//! What it is: `AccessPlan`, how a block reads a tile in transactions, and counts of the cache lines an access touches;
//! all usable in constants.
//! What it assumes: lines of 128 bytes, sectors of 32.
//! What it guarantees: a plan's transactions are aligned and hold whole elements.
//!
//! ```text
//! const PLAN: AccessPlan = access::plan::<f32>(access::TXN_128, 256).unwrap();
//! ```

/// A transaction of 4 bytes a thread.
pub const TXN_32: usize = 4;
/// A transaction of 8 bytes a thread.
pub const TXN_64: usize = 8;
/// A transaction of 16 bytes a thread.
pub const TXN_128: usize = 16;
/// The size of a cache line.
pub const LINE_BYTES: usize = 128;
/// The size of a sector of a line.
pub const SECTOR_BYTES: usize = 32;

/// How a block accesses memory in one pass.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AccessPlan {
    /// Bytes a thread moves.
    pub txn_bytes: usize,
    /// The alignment that needs.
    pub align: usize,
    /// Elements a thread moves.
    pub elems_per_thread: usize,
    /// Threads of the block.
    pub threads: usize,
    /// Elements the block moves.
    pub elems_per_block: usize,
}

impl AccessPlan {
    /// The other extent of a tile with `other` elements along one side that a pass covers exactly.
    #[inline]
    pub const fn min_extent(&self, other: usize) -> Option<usize> {
        if other != 0 && other % self.elems_per_thread == 0 && self.elems_per_block % other == 0 {
            Some(self.elems_per_block / other)
        } else {
            None
        }
    }

    /// Whether whole passes cover a tile.
    #[inline]
    pub const fn fits_tile(&self, elems: usize) -> bool {
        elems != 0 && elems % self.elems_per_block == 0
    }

    /// The number of passes that cover a tile, if they cover it exactly.
    #[inline]
    pub const fn passes_for_tile(&self, elems: usize) -> Option<usize> {
        if self.fits_tile(elems) { Some(elems / self.elems_per_block) } else { None }
    }
}

/// The plan for elements of a type, if a transaction holds a whole number of them.
#[inline]
pub const fn plan<T>(txn_bytes: usize, threads: usize) -> Option<AccessPlan> {
    plan_for_elem_size(size_of::<T>(), txn_bytes, threads)
}

/// The plan for elements of a size, if a transaction holds a whole number of them.
#[inline]
pub const fn plan_for_elem_size(elem_size: usize, txn_bytes: usize, threads: usize) -> Option<AccessPlan> {
    let is_transaction = txn_bytes == TXN_32 || txn_bytes == TXN_64 || txn_bytes == TXN_128;
    if !is_transaction || threads == 0 || elem_size == 0 || txn_bytes % elem_size != 0 {
        return None;
    }
    let elems_per_thread = txn_bytes / elem_size;
    let elems_per_block = match elems_per_thread.checked_mul(threads) {
        Some(elems) => elems,
        None => return None,
    };
    Some(AccessPlan { txn_bytes, align: txn_bytes, elems_per_thread, threads, elems_per_block })
}

/// The plan with the widest transactions whose passes cover a tile.
#[inline]
pub const fn widest<T>(tile_elems: usize, threads: usize) -> Option<AccessPlan> {
    let mut txn_bytes = TXN_128;
    while txn_bytes >= TXN_32 {
        if let Some(plan) = plan::<T>(txn_bytes, threads) {
            if plan.fits_tile(tile_elems) {
                return Some(plan);
            }
        }
        txn_bytes /= 2;
    }
    None
}

/// The number of lines a warp touches: lane `i` accesses `elem_size` bytes at `offsets[i] * elem_size`.
pub const fn lines_touched(offsets: &[usize; 32], elem_size: usize) -> usize {
    let mut count = 0;
    let mut lane = 0;
    while lane < 32 {
        let first = offsets[lane] * elem_size / LINE_BYTES;
        let last = (offsets[lane] * elem_size + elem_size - 1) / LINE_BYTES;
        let mut line = first;
        while line <= last {
            if !line_seen_before(offsets, elem_size, lane, line) {
                count += 1;
            }
            line += 1;
        }
        lane += 1;
    }
    count
}

/// Whether an earlier lane touches the line.
const fn line_seen_before(offsets: &[usize; 32], elem_size: usize, lane: usize, line: usize) -> bool {
    let mut earlier = 0;
    while earlier < lane {
        let first = offsets[earlier] * elem_size / LINE_BYTES;
        let last = (offsets[earlier] * elem_size + elem_size - 1) / LINE_BYTES;
        if first <= line && line <= last {
            return true;
        }
        earlier += 1;
    }
    false
}

/// The number of lines the bytes of a warp's access fill at best.
#[inline]
pub const fn minimum_lines(elem_size: usize) -> usize {
    (32 * elem_size).div_ceil(LINE_BYTES)
}

/// The number of lines a warp touches beyond the best.
#[inline]
pub const fn wasted_lines(offsets: &[usize; 32], elem_size: usize) -> usize {
    lines_touched(offsets, elem_size).saturating_sub(minimum_lines(elem_size))
}

/// Whether a warp touches no more lines than needed.
#[inline]
pub const fn is_fully_coalesced(offsets: &[usize; 32], elem_size: usize) -> bool {
    wasted_lines(offsets, elem_size) == 0
}
