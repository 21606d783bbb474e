//! Reductions, scans, sorting networks, shuffles and cooperative groups.

use cuda_device::cooperative_groups::ops::Sum;
use cuda_device::cooperative_groups::{this_thread_block, warp_reduce};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn tree(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut PART: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        unsafe { PART[t] = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0 } };
        thread::sync_threads();
        let mut half = 32;
        while half > 0 {
            if t < half {
                unsafe { PART[t] = PART[t].wrapping_add(PART[t + half]) };
            }
            thread::sync_threads();
            half /= 2;
        }
        if t == 0 && b < y.len() {
            unsafe { *y.get_unchecked_mut(b) = PART[0] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn interleaved_tree(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut PART: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        unsafe { PART[t] = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0 } };
        let mut stride = 1;
        while stride < 64 {
            thread::sync_threads();
            if t % (2 * stride) == 0 {
                unsafe { PART[t] = PART[t].wrapping_add(PART[t + stride]) };
            }
            stride *= 2;
        }
        if t == 0 && b < y.len() {
            unsafe { *y.get_unchecked_mut(b) = PART[0] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn shuffled_sums(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut WARPS: SharedArray<f32, 2> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        let mut v = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0.0 };
        v += warp::shuffle_down_f32_sync(0xffff_ffff, v, 16);
        v += warp::shuffle_down_f32_sync(0xffff_ffff, v, 8);
        v += warp::shuffle_down_f32_sync(0xffff_ffff, v, 4);
        v += warp::shuffle_down_f32_sync(0xffff_ffff, v, 2);
        v += warp::shuffle_down_f32_sync(0xffff_ffff, v, 1);
        if warp::lane_id() == 0 {
            unsafe { WARPS[t / 32] = v };
        }
        thread::sync_threads();
        if t == 0 && b < y.len() {
            unsafe { *y.get_unchecked_mut(b) = WARPS[0] + WARPS[1] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn scan(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut SUMS: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        unsafe { SUMS[t] = if i < x.len() { x[i] } else { 0 } };
        thread::sync_threads();
        let mut delta = 1;
        while delta < 64 {
            let other = if t >= delta { unsafe { SUMS[t - delta] } } else { 0 };
            thread::sync_threads();
            unsafe { SUMS[t] = SUMS[t].wrapping_add(other) };
            thread::sync_threads();
            delta *= 2;
        }
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = SUMS[t] };
        }
    }

    //@ launch grid=1 block=32 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn work_efficient_scan(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut TREE: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { TREE[2 * t] = if 2 * t < x.len() { x[2 * t] } else { 0 } };
        unsafe { TREE[2 * t + 1] = if 2 * t + 1 < x.len() { x[2 * t + 1] } else { 0 } };
        let mut offset = 1;
        let mut d = 32;
        while d > 0 {
            thread::sync_threads();
            if t < d {
                let a = offset * (2 * t + 1) - 1;
                let b = offset * (2 * t + 2) - 1;
                unsafe { TREE[b] = TREE[b].wrapping_add(TREE[a]) };
            }
            offset *= 2;
            d /= 2;
        }
        thread::sync_threads();
        let first = thread::blockIdx_x() as usize * 64;
        if first + 2 * t + 1 < y.len() {
            unsafe { *y.get_unchecked_mut(first + 2 * t) = TREE[2 * t] };
            unsafe { *y.get_unchecked_mut(first + 2 * t + 1) = TREE[2 * t + 1] };
        }
    }

    //@ launch grid=1 block=64 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn bitonic(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut KEYS: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { KEYS[t] = if t < x.len() { x[t] } else { 0 } };
        thread::sync_threads();
        let mut size = 2;
        while size <= 64 {
            let mut stride = size / 2;
            while stride > 0 {
                let other = t ^ stride;
                if other > t {
                    let a = unsafe { KEYS[t] };
                    let b = unsafe { KEYS[other] };
                    if (a > b) == (t & size == 0) {
                        unsafe { KEYS[t] = b };
                        unsafe { KEYS[other] = a };
                    }
                }
                thread::sync_threads();
                stride /= 2;
            }
            size *= 2;
        }
        if thread::blockIdx_x() == 0 && t < y.len() {
            unsafe { *y.get_unchecked_mut(t) = KEYS[t] };
        }
    }

    //@ launch grid=1 block=64 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn odd_even_sort(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut KEYS: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { KEYS[t] = if t < x.len() { x[t] } else { 0 } };
        thread::sync_threads();
        for phase in 0..8 {
            let left = 2 * t + (phase & 1);
            if t < 32 && left + 1 < 64 {
                let a = unsafe { KEYS[left] };
                let b = unsafe { KEYS[left + 1] };
                if a > b {
                    unsafe { KEYS[left] = b };
                    unsafe { KEYS[left + 1] = a };
                }
            }
            thread::sync_threads();
        }
        if thread::blockIdx_x() == 0 && t < y.len() {
            unsafe { *y.get_unchecked_mut(t) = KEYS[t] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    pub fn butterfly(x: &[f32], mut y: DisjointSlice<f32>) {
        let index = thread::index_1d();
        let i = index.get();
        let mut v = if i < x.len() { x[i] } else { 0.0 };
        let mut mask = 16;
        while mask > 0 {
            v += warp::shuffle_xor_f32_sync(0xffff_ffff, v, mask);
            mask /= 2;
        }
        if let Some(out) = y.get_mut(index) {
            *out = v;
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    pub fn half_warp_shuffle(x: &[u32], mut y: DisjointSlice<u32>) {
        let index = thread::index_1d();
        let i = index.get();
        let v = if i < x.len() { x[i] } else { 0 };
        let lane = warp::lane_id();
        let w = if lane < 16 { warp::shuffle_xor_sync(0x0000_ffff, v, 1) } else { v };
        if let Some(out) = y.get_mut(index) {
            *out = w;
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    pub fn votes(x: &[u32], mut y: DisjointSlice<u32>) {
        let index = thread::index_1d();
        let i = index.get();
        let odd = i < x.len() && x[i] % 2 == 1;
        let ballot = warp::ballot_sync(0xffff_ffff, odd);
        if let Some(out) = y.get_mut(index) {
            *out = (ballot & warp::lanemask_lt()).count_ones();
        }
    }

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn warp_totals(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut WARPS: SharedArray<u32, 2> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        let v = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0 };
        let total = warp::redux_sync_add(0xffff_ffff, v);
        if t % 32 == 0 {
            unsafe { WARPS[t / 32] = total };
        }
        thread::sync_threads();
        if t == 0 && b < y.len() {
            unsafe { *y.get_unchecked_mut(b) = WARPS[0].wrapping_add(WARPS[1]) };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    pub fn group_sums(x: &[u32], mut y: DisjointSlice<u32>) {
        let index = thread::index_1d();
        let i = index.get();
        let v = if i < x.len() { x[i] } else { 0 };
        let tile = this_thread_block().tiled_partition::<16>();
        let total = warp_reduce::<u32, Sum, 16>(&tile, v);
        if let Some(out) = y.get_mut(index) {
            *out = total;
        }
    }

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn maximum(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut BEST: SharedArray<f32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        let v = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0.0 };
        unsafe { BEST[t] = v };
        thread::sync_threads();
        if t < 32 {
            let mut best = unsafe { if BEST[t] > BEST[t + 32] { BEST[t] } else { BEST[t + 32] } };
            best = warp::reduce_max_f32(best);
            if t == 0 && b < y.len() {
                unsafe { *y.get_unchecked_mut(b) = best };
            }
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn softmax_rows(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut ROW: SharedArray<f32, 64> = SharedArray::UNINIT;
        static mut TOTAL: SharedArray<f32, 2> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        unsafe { ROW[t] = if i < x.len() { x[i] } else { 0.0 } };
        thread::sync_threads();
        if t < 2 {
            let mut sum = 0.0f32;
            let mut k = 0;
            while k < 32 {
                sum += unsafe { ROW[t * 32 + k] };
                k += 1;
            }
            unsafe { TOTAL[t] = sum };
        }
        thread::sync_threads();
        let total = unsafe { TOTAL[0] + TOTAL[1] };
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = ROW[t] / (total + 1.0) };
        }
    }
}
