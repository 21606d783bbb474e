//! Two-dimensional tiles a thread owns.
//!
//! What it is: `StaticTileMut32` and `RuntimeTileMut32`, and the methods of `DisjointSlice` that give them.
//! What it assumes: `view`'s.
//! What it guarantees: a tile lies wholly inside the matrix; tiles of distinct threads are disjoint.
//!
//! ```text
//! let mut tile = out.tile_2d32(thread::coord_2d_u32(lc))?;
//! tile.at_const::<0, 1>().write(x);
//! ```

use core::marker::PhantomData;

use crate::disjoint::DisjointSlice;
use crate::thread::ThreadCoord2D32;
use crate::view::{InBoundsMut32, LocalIndex32, RowMajorTiles, RuntimeRowMajorTiles};

/// The offset of tile `(row, col)`, if the whole `R x C` tile lies in a matrix of `stride` columns and `len` elements.
#[inline(always)]
fn tile_start<const R: usize, const C: usize>(coord: &ThreadCoord2D32<'_>, stride: u64, len: u64) -> Option<u64> {
    if R == 0 || C == 0 {
        return None;
    }
    let row = coord.row() as u64 * R as u64;
    let col = coord.col() as u64 * C as u64;
    let last_col = col + (C as u64 - 1);
    let last_row = row + (R as u64 - 1);
    if last_col >= stride {
        return None;
    }
    // Rows and strides of 32-bit coordinates can exceed 64 bits only with absurd tile heights.
    let last = last_row.checked_mul(stride)?.checked_add(last_col)?;
    if last < len { Some(row * stride + col) } else { None }
}

impl<'a, T, const R: usize, const C: usize, const S: usize> DisjointSlice<'a, T, RowMajorTiles<R, C, S>> {
    /// The witness's tile, if all of it lies inside.
    #[inline(always)]
    pub fn tile_2d32(&mut self, coord: ThreadCoord2D32<'_>) -> Option<StaticTileMut32<'_, T, R, C, S>> {
        if size_of::<T>() == 0 {
            return None;
        }
        let start = tile_start::<R, C>(&coord, S as u64, self.len() as u64)?;
        Some(StaticTileMut32 { pointer: unsafe { self.pointer().add(start as usize) }, _borrow: PhantomData })
    }
}

impl<'a, T, const R: usize, const C: usize> DisjointSlice<'a, T, RuntimeRowMajorTiles<R, C>> {
    /// The witness's tile in rows of the slice's width, if all of it lies inside.
    #[inline(always)]
    pub fn tile_2d32_rt(&mut self, coord: ThreadCoord2D32<'_>) -> Option<RuntimeTileMut32<'_, T, R, C>> {
        if size_of::<T>() == 0 {
            return None;
        }
        let stride = self.row_width();
        let start = tile_start::<R, C>(&coord, stride as u64, self.len() as u64)?;
        Some(RuntimeTileMut32 { pointer: unsafe { self.pointer().add(start as usize) }, stride, _borrow: PhantomData })
    }
}

/// An `R x C` tile of a matrix with rows of `S` elements.
pub struct StaticTileMut32<'a, T, const R: usize, const C: usize, const S: usize> {
    pointer: *mut T,
    _borrow: PhantomData<&'a mut T>,
}

impl<'a, T, const R: usize, const C: usize, const S: usize> StaticTileMut32<'a, T, R, C, S> {
    /// An element by proven indices.
    #[inline(always)]
    pub fn at(&mut self, row: LocalIndex32<R>, col: LocalIndex32<C>) -> InBoundsMut32<'_, T> {
        let offset = row.get() as usize * S + col.get() as usize;
        unsafe { InBoundsMut32::from_pointer(self.pointer.add(offset)) }
    }

    /// An element by constant indices.
    #[inline(always)]
    pub fn at_const<const ROW: u32, const COL: u32>(&mut self) -> InBoundsMut32<'_, T> {
        self.at(LocalIndex32::<R>::constant::<ROW>(), LocalIndex32::<C>::constant::<COL>())
    }

    /// `R`.
    #[inline(always)]
    pub fn rows(&self) -> u32 {
        R as u32
    }

    /// `C`.
    #[inline(always)]
    pub fn cols(&self) -> u32 {
        C as u32
    }
}

/// An `R x C` tile of a matrix whose row width is known at run time.
pub struct RuntimeTileMut32<'a, T, const R: usize, const C: usize> {
    pointer: *mut T,
    stride: u32,
    _borrow: PhantomData<&'a mut T>,
}

impl<'a, T, const R: usize, const C: usize> RuntimeTileMut32<'a, T, R, C> {
    /// An element by proven indices.
    #[inline(always)]
    pub fn at(&mut self, row: LocalIndex32<R>, col: LocalIndex32<C>) -> InBoundsMut32<'_, T> {
        let offset = row.get() as usize * self.stride as usize + col.get() as usize;
        unsafe { InBoundsMut32::from_pointer(self.pointer.add(offset)) }
    }

    /// An element by constant indices.
    #[inline(always)]
    pub fn at_const<const ROW: u32, const COL: u32>(&mut self) -> InBoundsMut32<'_, T> {
        self.at(LocalIndex32::<R>::constant::<ROW>(), LocalIndex32::<C>::constant::<COL>())
    }

    /// `R`.
    #[inline(always)]
    pub fn rows(&self) -> u32 {
        R as u32
    }

    /// `C`.
    #[inline(always)]
    pub fn cols(&self) -> u32 {
        C as u32
    }

    /// The row width of the matrix.
    #[inline(always)]
    pub fn stride(&self) -> u32 {
        self.stride
    }
}
