//! Bank-conflict-free layouts of shared memory.
//!
//! What it is: `Swizzle`, an involution on offsets, and constants and checks about banks; all usable in constants.
//! What it assumes: 32 banks of 4 bytes.
//! What it guarantees: `apply` permutes each block of `2^(S + B)` offsets and undoes itself.
//!
//! ```text
//! type Layout = Swizzle<3, 3, 6>;
//! TILE[Layout::apply(row * 64 + col)] = x;
//! ```

/// The number of banks.
pub const BANKS: usize = 32;
/// The width of a bank.
pub const BANK_WIDTH_BYTES: usize = 4;
/// Lanes of a warp.
pub const WARP_LANES: usize = 32;

/// Exchanges bits: bits `S .. S + B` of an offset are xored into bits `M .. M + B`.
pub struct Swizzle<const B: u32, const M: u32, const S: u32>;

impl<const B: u32, const M: u32, const S: u32> Swizzle<B, M, S> {
    /// The number of bits exchanged.
    pub const BITS: u32 = B;
    /// The number of offsets between two rows that share a pattern.
    pub const SPREAD: usize = 1 << B;

    /// Evaluated by every use, so that a swizzle that does not undo itself is a compile-time error.
    const IS_INVOLUTION: () = assert!(M + B <= S, "Swizzle<B, M, S> requires M + B <= S, so that it undoes itself");

    /// The swizzled offset.
    #[inline(always)]
    pub const fn apply(offset: usize) -> usize {
        let () = Self::IS_INVOLUTION;
        offset ^ (((offset >> S) & ((1 << B) - 1)) << M)
    }

    /// The offset that is swizzled to this one.
    #[inline(always)]
    pub const fn undo(offset: usize) -> usize {
        Self::apply(offset)
    }
}

/// The bank of an element.
#[inline(always)]
pub const fn bank_of(elem_offset: usize, elem_size: usize) -> usize {
    elem_offset * elem_size / BANK_WIDTH_BYTES % BANKS
}

/// The largest number of distinct words any bank must deliver for one access of a warp.
pub const fn conflict_degree(offsets: &[usize; WARP_LANES], elem_size: usize) -> usize {
    let mut worst = 0;
    let mut lane = 0;
    while lane < WARP_LANES {
        let degree = words_of_bank(offsets, elem_size, bank_of(offsets[lane], elem_size));
        if degree > worst {
            worst = degree;
        }
        lane += 1;
    }
    worst
}

/// The number of distinct words that lie in a bank.
const fn words_of_bank(offsets: &[usize; WARP_LANES], elem_size: usize, bank: usize) -> usize {
    let mut count = 0;
    let mut lane = 0;
    while lane < WARP_LANES {
        let word = offsets[lane] * elem_size / BANK_WIDTH_BYTES;
        if word % BANKS == bank && !word_seen_before(offsets, elem_size, lane) {
            count += 1;
        }
        lane += 1;
    }
    count
}

/// Whether an earlier lane accesses the same word.
const fn word_seen_before(offsets: &[usize; WARP_LANES], elem_size: usize, lane: usize) -> bool {
    let word = offsets[lane] * elem_size / BANK_WIDTH_BYTES;
    let mut earlier = 0;
    while earlier < lane {
        if offsets[earlier] * elem_size / BANK_WIDTH_BYTES == word {
            return true;
        }
        earlier += 1;
    }
    false
}

/// The number of banks an access of a warp touches.
pub const fn banks_used(offsets: &[usize; WARP_LANES], elem_size: usize) -> usize {
    let mut seen: u32 = 0;
    let mut lane = 0;
    while lane < WARP_LANES {
        seen |= 1 << bank_of(offsets[lane], elem_size);
        lane += 1;
    }
    seen.count_ones() as usize
}

/// The offsets a warp accesses when lane `i` reads row `i` of a column.
pub const fn column_offsets(stride: usize, col: usize) -> [usize; WARP_LANES] {
    let mut offsets = [0; WARP_LANES];
    let mut lane = 0;
    while lane < WARP_LANES {
        offsets[lane] = lane * stride + col;
        lane += 1;
    }
    offsets
}

/// The offsets a warp accesses when lane `i` reads column `i` of a row.
pub const fn row_offsets(row: usize, stride: usize) -> [usize; WARP_LANES] {
    let mut offsets = [0; WARP_LANES];
    let mut lane = 0;
    while lane < WARP_LANES {
        offsets[lane] = row * stride + lane;
        lane += 1;
    }
    offsets
}
