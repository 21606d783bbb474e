//! Kernels that exercise `cuda_device` beyond what the examples use. Each writes what it computed; the test knows the answer.

use cuda_device::atomic::{AtomicOrdering, BlockAtomicU32, DeviceAtomicF32, DeviceAtomicI32, DeviceAtomicU64};
use cuda_device::cooperative_groups::ops::{BitXor, Max, Min, Sum};
use cuda_device::cooperative_groups::{
    block_reduce, block_scan, coalesced_threads, this_thread_block, warp_reduce, warp_scan, ReduceOp, ThreadGroup,
    WarpCollective,
};
use cuda_device::cusimd::Float4;
use cuda_device::swizzle::{column_offsets, conflict_degree, Swizzle};
use cuda_device::vector::{self, F32x4};
use cuda_device::view::{LinearTiles, LocalIndex32, MatrixView32, RowMajorTiles, RuntimeRowMajorTiles, StaticView32};
use cuda_device::{
    access, convert, cuda_module, kernel, launch_bounds, launch_contract, mma_frag, tcgen05, thread, warp, DisjointSlice,
    SharedArray, Uniform,
};

#[cuda_module]
mod kernels {
    use super::*;

    #[kernel]
    pub fn index_spaces(mut a: DisjointSlice<u32, thread::Index2D<8>>, mut w: DisjointSlice<u32, thread::WarpIndex>) {
        if let Some(index) = thread::index_2d::<8>() {
            let raw = index.get() as u32;
            if let Some(slot) = a.get_mut(index) {
                *slot = raw + 1;
            }
        }
        if let Some(index) = thread::warp_index() {
            if let Some(slot) = w.get_mut(index) {
                *slot = 100 + warp::warp_id();
            }
        }
    }

    #[kernel]
    pub fn runtime_width(mut a: DisjointSlice<u32, thread::Runtime2DIndex>) {
        if let Some(index) = thread::index_2d_runtime(&a) {
            let (row, col) = (index.row() as u32, index.col() as u32);
            if let Some(slot) = a.get_mut(index) {
                *slot = row * 100 + col;
            }
        }
    }

    #[kernel]
    pub fn indexed(mut a: DisjointSlice<u64>) {
        if let Some((slot, index)) = a.get_mut_indexed() {
            *slot = index.get() as u64 * 3 + index.is_valid() as u64;
        }
    }

    #[kernel(launch_context = lc)]
    #[launch_contract(domain = 1, coordinates = u32)]
    #[launch_bounds(64)]
    pub fn linear_tiles(mut a: DisjointSlice<u32, LinearTiles<4>>, mut b: DisjointSlice<u32, LinearTiles<3>>) {
        if let Some(mut tile) = a.tile_thread32(thread::index_1d_u32(lc)) {
            tile.at_const::<0>().write(10);
            tile.at_const::<3>().write(13);
            if let Some(index) = LocalIndex32::new(1) {
                *tile.at(index).get_mut() = 11 + tile.len();
            }
        }
        if let Some(mut run) = b.thread_run32(thread::index_1d_u32(lc)) {
            let clipped = run.is_clipped() as u32 * 1000;
            for i in 0..run.len() {
                if let Some(mut slot) = run.at(i) {
                    slot.write(clipped + i + 1);
                }
            }
        }
    }

    #[kernel(launch_context = lc)]
    #[launch_contract(domain = 1, coordinates = u32)]
    #[launch_bounds(64)]
    pub fn grid_stride(mut a: DisjointSlice<u32, LinearTiles<2>>) {
        let mut runs = a.grid_stride_runs32(thread::index_1d_u32(lc));
        let period = runs.period() as u32;
        let mut turn = 1;
        while let Some(mut run) = runs.next_run() {
            for i in 0..run.len() {
                if let Some(mut slot) = run.at(i) {
                    slot.write(period * 100 + turn * 10 + i);
                }
            }
            turn += 1;
        }
    }

    #[kernel(launch_context = lc)]
    #[launch_contract(domain = 2, coordinates = u32)]
    #[launch_bounds(64)]
    pub fn tiles_2d(mut a: DisjointSlice<u32, RowMajorTiles<2, 2, 6>>, mut b: DisjointSlice<u32, RuntimeRowMajorTiles<1, 2>>) {
        if let Some(mut tile) = a.tile_2d32(thread::coord_2d_u32(lc)) {
            tile.at_const::<0, 0>().write(1);
            tile.at_const::<0, 1>().write(2);
            tile.at_const::<1, 0>().write(3);
            tile.at_const::<1, 1>().write(4);
        }
        if let Some(mut tile) = b.tile_2d32_rt(thread::coord_2d_u32(lc)) {
            let stride = tile.stride();
            tile.at_const::<0, 0>().write(stride);
            tile.at_const::<0, 1>().write(stride + 1);
        }
    }

    #[kernel]
    pub fn matrix_views(a: &[f32], b: &[f32], n: Uniform<u32>, mut out: DisjointSlice<f32>) {
        let n = n.get();
        let i = thread::index_1d();
        let at = i.get() as u32;
        let (left, right) = (MatrixView32::new(a, n), MatrixView32::new(b, n));
        let mut sum = -1.0;
        if let (Some(row), Some(col)) = (left.row(at / n, n), right.col(at % n, n)) {
            if let Some(pairs) = row.zip_exact(col) {
                sum = 0.0;
                for (x, y) in pairs {
                    sum += x * y;
                }
            }
        }
        if let Some(view) = StaticView32::<f32, 4>::from_slice(&a[..4]) {
            sum += view.at_const::<2>().read();
        }
        if let Some(slot) = out.get_mut(i) {
            *slot = sum;
        }
    }

    #[kernel]
    pub fn warp_sums(mut out: DisjointSlice<f32>) {
        let i = thread::index_1d();
        let x = warp::lane_id() as f32 + 1.0;
        let live = warp::live_lanes_1d();
        let total = warp::reduce_sum_f32_partial(x, live);
        let top = warp::reduce_max_f64_partial(x as f64, live);
        let low = warp::reduce_min_f32_partial(x, live);
        if let Some(slot) = out.get_mut(i) {
            *slot = total * 10000.0 + top as f32 * 100.0 + low;
        }
    }

    #[kernel]
    pub fn warp_words(mut out: DisjointSlice<u64>) {
        let i = thread::index_1d();
        let lane = warp::lane_id() as u64;
        let wide = (lane << 40) | lane;
        let mut word = warp::shuffle_xor_u64(wide, 5);
        word = word.wrapping_add(warp::shuffle_f64(lane as f64, 7) as u64);
        word = word.wrapping_add(warp::ballot(lane % 3 == 0) as u64 * 8);
        word = word.wrapping_add(warp::match_any_sync(u32::MAX, lane as u32 / 4) as u64);
        word = word.wrapping_add(warp::popc(lane > 20) as u64);
        if let Some(slot) = out.get_mut(i) {
            *slot = word;
        }
    }

    #[kernel]
    pub fn tiles_of_a_warp(mut out: DisjointSlice<u32>) {
        let i = thread::index_1d();
        let lane = warp::lane_id();
        let tile = this_thread_block().tiled_partition::<8>();
        let mut word = warp_reduce::<u32, Sum, _>(&tile, lane);
        word += warp_scan::<u32, Sum, 8>(&tile, 1) * 1000;
        word += tile.shfl(tile.thread_rank(), 3) * 100_000;
        word ^= tile.ballot(lane % 2 == 1) << 20;
        word ^= tile.shfl_down(lane, 7);
        word ^= tile.shfl_xor(lane, 8) << 8;
        if lane % 2 == 0 {
            let group = coalesced_threads();
            word ^= group.size() ^ group.shfl(lane, 5) ^ (group.ballot(lane > 10) << 4) ^ group.thread_rank();
        }
        if let Some(slot) = out.get_mut(i) {
            *slot = word;
        }
    }

    #[kernel]
    pub fn whole_block(values: &[i32], mut sums: DisjointSlice<i32>, mut scans: DisjointSlice<i32>) {
        static mut PARTIALS: SharedArray<i32, 4> = SharedArray::UNINIT;
        static mut WORDS: SharedArray<u32, 4> = SharedArray::UNINIT;
        let block = this_thread_block();
        let x = values[block.thread_rank() as usize];
        let top = block_reduce::<i32, Max, 4>(&block, x, &raw mut PARTIALS);
        let low = block_reduce::<i32, Min, 4>(&block, x, &raw mut PARTIALS);
        let mixed = block_reduce::<u32, BitXor, 4>(&block, x as u32, &raw mut WORDS);
        let product = block_reduce::<i32, Last, 4>(&block, x, &raw mut PARTIALS);
        let scan = block_scan::<i32, Sum, 4>(&block, x, &raw mut PARTIALS);
        if let Some(slot) = sums.get_mut(thread::index_1d()) {
            *slot = top * 7 + low * 5 + mixed as i32 * 3 + product;
        }
        if let Some(slot) = scans.get_mut(thread::index_1d()) {
            *slot = scan;
        }
    }

    #[kernel]
    pub unsafe fn atomic_counts(words: *mut u32, floats: *mut f32, wide: *mut u64) {
        let lane = thread::index_1d().get();
        unsafe {
            BlockAtomicU32::from_ptr(words).fetch_add(2, AtomicOrdering::Relaxed);
            BlockAtomicU32::from_ptr(words.add(1)).fetch_max(lane as u32, AtomicOrdering::AcqRel);
            DeviceAtomicI32::from_ptr(words.add(2) as *mut i32).fetch_min(-(lane as i32), AtomicOrdering::SeqCst);
            BlockAtomicU32::from_ptr(words.add(3)).fetch_xor(1 << (lane % 32), AtomicOrdering::Release);
            let spin = BlockAtomicU32::from_ptr(words.add(4));
            let mut seen = spin.load(AtomicOrdering::Acquire);
            while let Err(now) = spin.compare_exchange(seen, seen * 3 + 1, AtomicOrdering::AcqRel, AtomicOrdering::Relaxed) {
                seen = now;
            }
            DeviceAtomicF32::from_ptr(floats).fetch_sub(0.5, AtomicOrdering::Relaxed);
            DeviceAtomicU64::from_ptr(wide).fetch_add(1 << 33, AtomicOrdering::Relaxed);
        }
    }

    #[kernel]
    pub fn plain_rust(values: &[f32], mut out: DisjointSlice<f32>) {
        let i = thread::index_1d();
        let at = i.get();
        let mut words = [0.0f32; 12];
        if let Some(quads) = vector::as_vectors::<F32x4>(&values[..8]) {
            words[0] = quads[1].to_array()[2];
        }
        words[1] = vector::as_vectors::<F32x4>(&values[1..5]).is_some() as u32 as f32;
        let v = Float4::new([1.0, 2.0, 3.0, 4.0]);
        words[2] = v.x() + v.get::<3>() + v.at(at % 4) + v.lo().y() + v.hi().x();
        words[3] = Swizzle::<3, 0, 3>::apply(at * 9) as f32;
        const CONFLICTS: usize = conflict_degree(&column_offsets(32, 0), 4);
        words[4] = CONFLICTS as f32;
        const PLAN: Option<access::AccessPlan> = access::widest::<f32>(1024, 256);
        words[5] = PLAN.map_or(0, |plan| plan.elems_per_thread) as f32;
        let (low, high) = convert::cvt_f32x2_bf16x2(tcgen05::f32_pair_to_packed_bf16(1.5, -2.25));
        words[6] = low * 100.0 + high;
        words[7] = mma_frag::acc_decode(mma_frag::acc_offset(at % 32, 3)).map_or(0, |p| p.0 * 10 + p.1) as f32;
        words[8] = convert::cvt_f32_f16x2_hi(0x3c00_0000);
        words[9] = Uniform::<u32>::min(cuda_device::uniform::block_dim_x(), cuda_device::uniform::grid_dim_x()).get() as f32;
        if let Some(slot) = out.get_mut(i) {
            *slot = words[at % 12];
        }
    }
}

/// Keeps the right operand, which is associative.
struct Last;

impl ReduceOp<i32> for Last {
    fn identity() -> i32 {
        0
    }
    fn combine(_a: i32, b: i32) -> i32 {
        b
    }
}

fn main() {}
