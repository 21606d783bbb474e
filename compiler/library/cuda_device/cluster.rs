//! Thread block clusters (sm_90).
//!
//! What it is: coordinates in the cluster, its barrier, and distributed shared memory.
//! What it assumes: a kernel with `#[cluster_launch]`.
//! What it guarantees: after `cluster_sync`, earlier accesses of every thread of the cluster are visible.
//!
//! ```text
//! let theirs = unsafe { cluster::map_shared_rank(&raw const TILE as *const f32, rank) };
//! cluster::cluster_sync();
//! ```

#![allow(non_snake_case)]

use cuda_intrinsics::{cluster as raw, sreg};

pub use cuda_intrinsics::cluster::{
    barrier_cluster_arrive, barrier_cluster_arrive_aligned, barrier_cluster_arrive_relaxed,
    barrier_cluster_arrive_relaxed_aligned, barrier_cluster_wait, barrier_cluster_wait_aligned, dsmem_read_u32,
};

macro_rules! registers {
    ($($name:ident $register:ident $doc:literal;)*) => {$(
        #[doc = $doc]
        #[inline(always)]
        pub fn $name() -> u32 {
            sreg::$register()
        }
    )*};
}

registers! {
    cluster_ctaidX cluster_block_idx_x "The block's x coordinate in its cluster.";
    cluster_ctaidY cluster_block_idx_y "The block's y coordinate in its cluster.";
    cluster_ctaidZ cluster_block_idx_z "The block's z coordinate in its cluster.";
    cluster_nctaidX cluster_dim_x "The number of blocks of the cluster along x.";
    cluster_nctaidY cluster_dim_y "The number of blocks of the cluster along y.";
    cluster_nctaidZ cluster_dim_z "The number of blocks of the cluster along z.";
    block_rank cluster_block_rank "The block's linear number in its cluster.";
    cluster_size cluster_block_count "The number of blocks in the cluster.";
}

/// The cluster's linear number in the grid.
#[inline(always)]
pub fn cluster_idx() -> u32 {
    let (x, y, z) = (sreg::cluster_idx_x(), sreg::cluster_idx_y(), sreg::cluster_idx_z());
    x + (y + z * sreg::cluster_grid_dim_y()) * sreg::cluster_grid_dim_x()
}

/// The number of clusters in the grid.
#[inline(always)]
pub fn num_clusters() -> u32 {
    sreg::cluster_grid_dim_x() * sreg::cluster_grid_dim_y() * sreg::cluster_grid_dim_z()
}

/// Waits until every thread of the cluster arrives.
#[inline(always)]
pub fn cluster_sync() {
    unsafe {
        raw::barrier_cluster_arrive_aligned();
        raw::barrier_cluster_wait_aligned();
    }
}

/// The address, in another block of the cluster, of the same shared variable.
///
/// # Safety
/// `pointer` lies in shared memory and `rank` is a block of the cluster that is still running.
#[inline(always)]
pub unsafe fn map_shared_rank<T>(pointer: *const T, rank: u32) -> *const T {
    unsafe { raw::map_shared_rank(pointer as *const u8, rank) as *const T }
}

/// The mutable address, in another block of the cluster, of the same shared variable.
///
/// # Safety
/// As for `map_shared_rank`.
#[inline(always)]
pub unsafe fn map_shared_rank_mut<T>(pointer: *mut T, rank: u32) -> *mut T {
    unsafe { raw::map_shared_rank(pointer as *const u8, rank) as *mut T }
}
