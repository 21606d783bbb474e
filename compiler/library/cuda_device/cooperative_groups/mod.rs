//! Groups of threads as values.
//!
//! What it is: grid, cluster, block, warp tile and coalesced threads, with their collectives, and reductions and scans
//! over tiles and blocks.
//! What it assumes: all threads of a group reach each collective together.
//! What it guarantees: results are relative to the group: a tile's ballot has the tile's lane 0 in bit 0.
//!
//! ```text
//! let tile = this_thread_block().tiled_partition::<16>();
//! let sum = warp_reduce::<f32, ops::Sum, 16>(&tile, x);
//! ```

use crate::{cluster, grid, thread, warp};

pub mod ops;
mod reduce;

pub use self::ops::ReduceOp;
pub use self::reduce::{block_reduce, block_scan, warp_reduce, warp_scan, WarpShuffle};

/// A group of threads.
pub trait ThreadGroup: Copy {
    /// The number of threads.
    fn size(&self) -> u32;
    /// The caller's number in the group.
    fn thread_rank(&self) -> u32;
    /// Waits until all threads of the group arrive.
    fn sync(&self);
}

/// Groups that lie within a warp.
pub trait WarpCollective: ThreadGroup {
    /// The threads in which the predicate holds, by rank.
    fn ballot(&self, predicate: bool) -> u32;
    /// Whether the predicate holds in every thread.
    fn all(&self, predicate: bool) -> bool;
    /// Whether the predicate holds in some thread.
    fn any(&self, predicate: bool) -> bool;
    /// The value of another thread, by rank.
    fn shfl(&self, value: u32, source: u32) -> u32;
    /// The value of the thread whose number differs by the mask's bits; the caller's own outside the group.
    fn shfl_xor(&self, value: u32, lane_mask: u32) -> u32;
    /// The value of the thread `delta` above; the caller's own outside the group.
    fn shfl_down(&self, value: u32, delta: u32) -> u32;
    /// The value of the thread `delta` below; the caller's own outside the group.
    fn shfl_up(&self, value: u32, delta: u32) -> u32;
    /// The threads with the same value, by rank.
    fn match_any(&self, value: u32) -> u32;
    /// The threads with the same value, by rank.
    fn match_any_i64(&self, value: u64) -> u32;
    /// All threads of the group if all have the same value, else 0.
    fn match_all(&self, value: u32) -> u32;
    /// All threads of the group if all have the same value, else 0.
    fn match_all_i64(&self, value: u64) -> u32;

    /// `shfl` of an `f32`.
    #[inline(always)]
    fn shfl_f32(&self, value: f32, source: u32) -> f32 {
        f32::from_bits(self.shfl(value.to_bits(), source))
    }
    /// `shfl_xor` of an `f32`.
    #[inline(always)]
    fn shfl_xor_f32(&self, value: f32, lane_mask: u32) -> f32 {
        f32::from_bits(self.shfl_xor(value.to_bits(), lane_mask))
    }
    /// `shfl_down` of an `f32`.
    #[inline(always)]
    fn shfl_down_f32(&self, value: f32, delta: u32) -> f32 {
        f32::from_bits(self.shfl_down(value.to_bits(), delta))
    }
    /// `shfl_up` of an `f32`.
    #[inline(always)]
    fn shfl_up_f32(&self, value: f32, delta: u32) -> f32 {
        f32::from_bits(self.shfl_up(value.to_bits(), delta))
    }
}

/// All threads of the launch.
#[derive(Clone, Copy)]
pub struct Grid(());

/// The group of all threads of a cooperative launch.
#[inline(always)]
pub fn this_grid() -> Grid {
    Grid(())
}

impl Grid {
    /// The number of blocks.
    #[inline(always)]
    pub fn num_blocks(&self) -> u32 {
        thread::gridDim_x() * thread::gridDim_y() * thread::gridDim_z()
    }

    /// The block's linear number.
    #[inline(always)]
    pub fn block_rank(&self) -> u32 {
        thread::blockIdx_x()
            + (thread::blockIdx_y() + thread::blockIdx_z() * thread::gridDim_y()) * thread::gridDim_x()
    }
}

impl ThreadGroup for Grid {
    #[inline(always)]
    fn size(&self) -> u32 {
        self.num_blocks() * this_thread_block().size()
    }
    #[inline(always)]
    fn thread_rank(&self) -> u32 {
        let block = this_thread_block();
        self.block_rank() * block.size() + block.thread_rank()
    }
    #[inline(always)]
    fn sync(&self) {
        grid::sync()
    }
}

/// All threads of the cluster.
#[derive(Clone, Copy)]
pub struct Cluster(());

/// The group of all threads of the cluster.
#[inline(always)]
pub fn this_cluster() -> Cluster {
    Cluster(())
}

impl Cluster {
    /// The number of blocks.
    #[inline(always)]
    pub fn num_blocks(&self) -> u32 {
        cluster::cluster_size()
    }

    /// The block's linear number in the cluster.
    #[inline(always)]
    pub fn block_rank(&self) -> u32 {
        cluster::block_rank()
    }
}

impl ThreadGroup for Cluster {
    #[inline(always)]
    fn size(&self) -> u32 {
        self.num_blocks() * this_thread_block().size()
    }
    #[inline(always)]
    fn thread_rank(&self) -> u32 {
        let block = this_thread_block();
        self.block_rank() * block.size() + block.thread_rank()
    }
    #[inline(always)]
    fn sync(&self) {
        cluster::cluster_sync()
    }
}

/// All threads of the block.
#[derive(Clone, Copy)]
pub struct ThreadBlock(());

/// The group of all threads of the block.
#[inline(always)]
pub fn this_thread_block() -> ThreadBlock {
    ThreadBlock(())
}

impl ThreadBlock {
    /// The caller's tile of `N` consecutive threads; `N` is a power of two up to 32.
    #[inline(always)]
    pub fn tiled_partition<const N: u32>(&self) -> WarpTile<N> {
        const { assert!(N.is_power_of_two() && N <= 32, "tile size must be a power of two in 1..=32") };
        WarpTile(())
    }
}

impl ThreadGroup for ThreadBlock {
    #[inline(always)]
    fn size(&self) -> u32 {
        thread::blockDim_x() * thread::blockDim_y() * thread::blockDim_z()
    }
    #[inline(always)]
    fn thread_rank(&self) -> u32 {
        thread::threadIdx_x()
            + thread::threadIdx_y() * thread::blockDim_x()
            + thread::threadIdx_z() * thread::blockDim_x() * thread::blockDim_y()
    }
    #[inline(always)]
    fn sync(&self) {
        thread::sync_threads()
    }
}

/// `N` consecutive lanes of a warp.
#[derive(Clone, Copy)]
pub struct WarpTile<const N: u32>(());

impl<const N: u32> WarpTile<N> {
    /// The tile's first lane.
    #[inline(always)]
    fn base(&self) -> u32 {
        warp::lane_id() & !(N - 1)
    }

    /// The tile's lanes.
    #[inline(always)]
    pub(crate) fn mask(&self) -> u32 {
        (u32::MAX >> (32 - N)) << self.base()
    }

    /// Lanes of the warp as ranks of the tile.
    #[inline(always)]
    fn relative(&self, lanes: u32) -> u32 {
        (lanes & self.mask()) >> self.base()
    }

    /// The value of a lane given by a rank; the caller's own if the rank lies outside.
    #[inline(always)]
    fn from_rank(&self, value: u32, rank: u32) -> u32 {
        let source = if rank < N { rank } else { self.thread_rank() };
        warp::shuffle_sync(self.mask(), value, self.base() | source)
    }
}

impl<const N: u32> ThreadGroup for WarpTile<N> {
    #[inline(always)]
    fn size(&self) -> u32 {
        N
    }
    #[inline(always)]
    fn thread_rank(&self) -> u32 {
        warp::lane_id() & (N - 1)
    }
    #[inline(always)]
    fn sync(&self) {
        warp::sync_mask(self.mask())
    }
}

impl<const N: u32> WarpCollective for WarpTile<N> {
    #[inline(always)]
    fn ballot(&self, predicate: bool) -> u32 {
        self.relative(warp::ballot_sync(self.mask(), predicate))
    }
    #[inline(always)]
    fn all(&self, predicate: bool) -> bool {
        warp::all_sync(self.mask(), predicate)
    }
    #[inline(always)]
    fn any(&self, predicate: bool) -> bool {
        warp::any_sync(self.mask(), predicate)
    }
    #[inline(always)]
    fn shfl(&self, value: u32, source: u32) -> u32 {
        self.from_rank(value, source & (N - 1))
    }
    #[inline(always)]
    fn shfl_xor(&self, value: u32, lane_mask: u32) -> u32 {
        self.from_rank(value, self.thread_rank() ^ lane_mask)
    }
    #[inline(always)]
    fn shfl_down(&self, value: u32, delta: u32) -> u32 {
        self.from_rank(value, self.thread_rank().saturating_add(delta))
    }
    #[inline(always)]
    fn shfl_up(&self, value: u32, delta: u32) -> u32 {
        self.from_rank(value, self.thread_rank().wrapping_sub(delta))
    }
    #[inline(always)]
    fn match_any(&self, value: u32) -> u32 {
        self.relative(warp::match_any_sync(self.mask(), value))
    }
    #[inline(always)]
    fn match_any_i64(&self, value: u64) -> u32 {
        self.relative(warp::match_any_i64_sync(self.mask(), value))
    }
    #[inline(always)]
    fn match_all(&self, value: u32) -> u32 {
        self.relative(warp::match_all_sync(self.mask(), value))
    }
    #[inline(always)]
    fn match_all_i64(&self, value: u64) -> u32 {
        self.relative(warp::match_all_i64_sync(self.mask(), value))
    }
}

/// The lanes of a warp that run together.
#[derive(Clone, Copy)]
pub struct CoalescedThreads {
    mask: u32,
}

/// The group of the lanes that are active here.
#[inline(always)]
pub fn coalesced_threads() -> CoalescedThreads {
    CoalescedThreads { mask: warp::active_mask() }
}

impl CoalescedThreads {
    /// The lanes.
    #[inline(always)]
    pub fn raw_mask(&self) -> u32 {
        self.mask
    }

    /// The lane of a rank, or 32 if there is none.
    #[inline]
    fn lane_of(&self, rank: u32) -> u32 {
        if rank >= self.mask.count_ones() {
            return 32;
        }
        let mut rest = self.mask;
        let mut i = 0;
        while i < rank {
            rest &= rest - 1;
            i += 1;
        }
        rest.trailing_zeros()
    }

    /// Lanes of the warp as ranks of the group.
    #[inline]
    fn ranks_of(&self, lanes: u32) -> u32 {
        let mut rest = self.mask;
        let mut ranks = 0;
        let mut rank = 0;
        while rest != 0 {
            let lane = rest.trailing_zeros();
            ranks |= ((lanes >> lane) & 1) << rank;
            rest &= rest - 1;
            rank += 1;
        }
        ranks
    }

    /// The value of a lane; the caller's own if the lane is not in the group.
    #[inline(always)]
    fn from_lane(&self, value: u32, lane: u32) -> u32 {
        let member = lane < 32 && (self.mask >> (lane & 31)) & 1 == 1;
        warp::shuffle_sync(self.mask, value, if member { lane } else { warp::lane_id() })
    }
}

impl ThreadGroup for CoalescedThreads {
    #[inline(always)]
    fn size(&self) -> u32 {
        self.mask.count_ones()
    }
    #[inline(always)]
    fn thread_rank(&self) -> u32 {
        (self.mask & warp::lanemask_lt()).count_ones()
    }
    #[inline(always)]
    fn sync(&self) {
        warp::sync_mask(self.mask)
    }
}

impl WarpCollective for CoalescedThreads {
    #[inline(always)]
    fn ballot(&self, predicate: bool) -> u32 {
        self.ranks_of(warp::ballot_sync(self.mask, predicate))
    }
    #[inline(always)]
    fn all(&self, predicate: bool) -> bool {
        warp::all_sync(self.mask, predicate)
    }
    #[inline(always)]
    fn any(&self, predicate: bool) -> bool {
        warp::any_sync(self.mask, predicate)
    }
    #[inline(always)]
    fn shfl(&self, value: u32, source: u32) -> u32 {
        self.from_lane(value, self.lane_of(source))
    }
    #[inline(always)]
    fn shfl_xor(&self, value: u32, lane_mask: u32) -> u32 {
        self.from_lane(value, warp::lane_id() ^ lane_mask)
    }
    #[inline(always)]
    fn shfl_down(&self, value: u32, delta: u32) -> u32 {
        self.from_lane(value, warp::lane_id().saturating_add(delta))
    }
    #[inline(always)]
    fn shfl_up(&self, value: u32, delta: u32) -> u32 {
        self.from_lane(value, warp::lane_id().wrapping_sub(delta))
    }
    #[inline(always)]
    fn match_any(&self, value: u32) -> u32 {
        self.ranks_of(warp::match_any_sync(self.mask, value))
    }
    #[inline(always)]
    fn match_any_i64(&self, value: u64) -> u32 {
        self.ranks_of(warp::match_any_i64_sync(self.mask, value))
    }
    #[inline(always)]
    fn match_all(&self, value: u32) -> u32 {
        self.ranks_of(warp::match_all_sync(self.mask, value))
    }
    #[inline(always)]
    fn match_all_i64(&self, value: u64) -> u32 {
        self.ranks_of(warp::match_all_i64_sync(self.mask, value))
    }
}
