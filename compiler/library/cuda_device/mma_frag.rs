//! Which accumulator elements of a 16x8 `mma` tile a lane holds.
//!
//! What it is: index arithmetic between (lane, register) and (row, column), usable in constants.
//! What it assumes: the accumulator layout of the `m16n8` shapes with 32-bit accumulators.
//! What it guarantees: `acc_decode` inverts `acc_offset`.
//!
//! ```text
//! let (row, col) = mma_frag::acc_coords(lane, j);
//! ```

/// Rows of the tile.
pub const ACC_ROWS: usize = 16;
/// Columns of the tile.
pub const ACC_COLS: usize = 8;
/// Accumulator registers of a lane.
pub const ACC_PER_LANE: usize = 4;
/// Lanes of a warp.
pub const WARP_LANES: usize = 32;

/// Row and column of register `j` of a lane.
#[inline(always)]
pub const fn acc_coords(lane: usize, j: usize) -> (usize, usize) {
    (lane / 4 + 8 * (j >> 1), 2 * (lane % 4) + (j & 1))
}

/// Offset in a row-major tile of register `j` of a lane.
#[inline(always)]
pub const fn acc_offset(lane: usize, j: usize) -> usize {
    let (row, col) = acc_coords(lane, j);
    row * ACC_COLS + col
}

/// Offset in a row-major matrix of register `j` of a lane, for the tile at `(tile_row, tile_col)`; `None` on overflow.
#[inline]
pub const fn acc_matrix_offset(
    lane: usize,
    j: usize,
    tile_row: usize,
    tile_col: usize,
    row_stride: usize,
) -> Option<usize> {
    let (row, col) = acc_coords(lane, j);
    let row = match tile_row.checked_add(row) {
        Some(row) => row,
        None => return None,
    };
    let col = match tile_col.checked_add(col) {
        Some(col) => col,
        None => return None,
    };
    match row.checked_mul(row_stride) {
        Some(start) => start.checked_add(col),
        None => None,
    }
}

/// The lane and register that hold an offset of the tile.
#[inline]
pub const fn acc_decode(offset: usize) -> Option<(usize, usize)> {
    if offset >= ACC_ROWS * ACC_COLS {
        return None;
    }
    let (row, col) = (offset / ACC_COLS, offset % ACC_COLS);
    Some(((row % 8) * 4 + col / 2, (row / 8) * 2 + (col & 1)))
}
