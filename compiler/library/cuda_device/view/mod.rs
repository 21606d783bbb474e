//! Views that prove their bounds once.
//!
//! What it is: index spaces in which a thread owns several elements (`LinearTiles`, `RowMajorTiles`), the tiles it gets
//! from a `DisjointSlice` (`tile`), runs along a slice (`run`), and read-only matrix bands (`matrix`).
//! What it assumes: coordinates fit 32 bits (the launch contract's `coordinates = u32`); proofs are computed in 64.
//! What it guarantees: after construction, an access is one load or store without a bounds check.
//!
//! ```text
//! let mut tile = out.tile_thread32(thread::index_1d_u32(lc))?;   // four elements, one check
//! tile.at_const::<0>().write(1.0);
//! ```

mod element;
mod matrix;
mod run;
mod tile;

pub use self::element::{InBounds32, InBoundsMut32, LocalIndex32, RuntimeViewMut32, StaticView32, StaticViewMut32};
pub use self::matrix::{ColView32, ColViewIter32, MatrixView32, RowView32, RowViewIter32, ZipView32};
pub use self::run::{GridStrideRuns32, ThreadRunMut32};
pub use self::tile::{RuntimeTileMut32, StaticTileMut32};

/// Thread `t` owns the elements `t * N .. t * N + N`.
pub enum LinearTiles<const N: usize> {}

/// Thread `(r, c)` owns the `R x C` tile at row `r * R` and column `c * C` of a matrix with rows of `STRIDE` elements.
pub enum RowMajorTiles<const R: usize, const C: usize, const STRIDE: usize> {}

/// Thread `(r, c)` owns the `R x C` tile at row `r * R` and column `c * C`; the slice carries the row width.
pub enum RuntimeRowMajorTiles<const R: usize, const C: usize> {}
