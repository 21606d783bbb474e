//! Shared memory: tiles, transposes, stencils, matrix products, double buffers, dynamic arrays.

use cuda_device::{
    DisjointSlice, DynamicSharedArray, Index2D, SharedArray, cuda_module, kernel, launch_contract, thread, warp,
};

#[cuda_module]
pub mod kernels {
    use super::*;

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn rotate(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        unsafe { TILE[t] = if i < x.len() { x[i] } else { 0.0 } };
        thread::sync_threads();
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = TILE[(t + 1) % 64] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn mirror(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        if i < x.len() {
            unsafe { TILE[t] = x[i] };
        } else {
            unsafe { TILE[t] = 0 };
        }
        thread::sync_threads();
        let v = unsafe { TILE[63 - t] };
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = v };
        }
    }

    //@ launch grid=2,2 block=8,8 x=256 y=256
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn transpose(x: &[f32], mut y: DisjointSlice<f32, Index2D<16>>) {
        static mut TILE: SharedArray<f32, 72> = SharedArray::UNINIT;
        let tx = thread::threadIdx_x() as usize;
        let ty = thread::threadIdx_y() as usize;
        let bx = thread::blockIdx_x() as usize;
        let by = thread::blockIdx_y() as usize;
        let from = (by * 8 + ty) * 16 + bx * 8 + tx;
        unsafe { TILE[ty * 9 + tx] = if from < x.len() { x[from] } else { 0.0 } };
        thread::sync_threads();
        let to = (bx * 8 + ty) * 16 + by * 8 + tx;
        if bx < 2 && by < 2 && to < y.len() {
            unsafe { *y.get_unchecked_mut(to) = TILE[tx * 9 + ty] };
        }
    }

    //@ launch grid=2 block=32 x=64 y=64
    //@ launch grid=3 block=32 x=90 y=96
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn stencil(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut TILE: SharedArray<f32, 34> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 32 + t;
        unsafe { TILE[t + 1] = if i < x.len() { x[i] } else { 0.0 } };
        if t == 0 {
            unsafe { TILE[0] = if i > 0 { x[i - 1] } else { 0.0 } };
        }
        if t == 31 {
            unsafe { TILE[33] = if i + 1 < x.len() { x[i + 1] } else { 0.0 } };
        }
        thread::sync_threads();
        let sum = unsafe { TILE[t] + TILE[t + 1] + TILE[t + 2] };
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = sum };
        }
    }

    //@ launch grid=1,1 block=8,8 n=16 a=256 b=256 c=256
    //@ launch grid=2,2 block=8,8 n=16 a=256 b=256 c=256
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn matmul(n: u32, a: &[f32], b: &[f32], mut c: DisjointSlice<f32, Index2D<1>>) {
        static mut AS: SharedArray<f32, 64> = SharedArray::UNINIT;
        static mut BS: SharedArray<f32, 64> = SharedArray::UNINIT;
        let n = n as usize;
        let tx = thread::threadIdx_x() as usize;
        let ty = thread::threadIdx_y() as usize;
        let col = thread::blockIdx_x() as usize * 8 + tx;
        let row = thread::blockIdx_y() as usize * 8 + ty;
        let mut sum = 0.0f32;
        let mut k = 0;
        while k < n {
            let ai = row * n + k + tx;
            let bi = (k + ty) * n + col;
            unsafe { AS[ty * 8 + tx] = if ai < a.len() { a[ai] } else { 0.0 } };
            unsafe { BS[ty * 8 + tx] = if bi < b.len() { b[bi] } else { 0.0 } };
            thread::sync_threads();
            let mut j = 0;
            while j < 8 {
                sum += unsafe { AS[ty * 8 + j] * BS[j * 8 + tx] };
                j += 1;
            }
            thread::sync_threads();
            k += 8;
        }
        if col < n && row * n + col < c.len() {
            unsafe { *c.get_unchecked_mut(row * n + col) = sum };
        }
    }

    //@ launch grid=2 block=32 steps=3 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn ping_pong(steps: u32, x: &[f32], mut y: DisjointSlice<f32>) {
        static mut CELLS: SharedArray<f32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 32 + t;
        unsafe { CELLS[t] = if i < x.len() { x[i] } else { 0.0 } };
        thread::sync_threads();
        let mut step = 0;
        while step < steps as usize {
            let from = (step % 2) * 32;
            let to = 32 - from;
            let v = unsafe { CELLS[from + t] + CELLS[from + (t + 1) % 32] };
            unsafe { CELLS[to + t] = v };
            thread::sync_threads();
            step += 1;
        }
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = CELLS[(steps as usize % 2) * 32 + t] };
        }
    }

    //@ launch grid=2 block=32 shared=256 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1), dynamic_shared = 256)]
    pub fn dynamic_halves(x: &[f32], mut y: DisjointSlice<f32>) {
        let low: *mut f32 = DynamicSharedArray::<f32>::get();
        let high: *mut f32 = DynamicSharedArray::<f32>::offset(128);
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 32 + t;
        let v = if i < x.len() { x[i] } else { 0.0 };
        unsafe { *low.add(t) = v };
        unsafe { *high.add(t) = -v };
        thread::sync_threads();
        let sum = unsafe { *low.add(31 - t) + *high.add(t) };
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = sum };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn strided_columns(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut GRID: SharedArray<u32, 256> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let mut k = 0;
        while k < 4 {
            unsafe { GRID[k * 64 + t] = (k * t) as u32 };
            k += 1;
        }
        thread::sync_threads();
        let mut sum = 0u32;
        k = 0;
        while k < 4 {
            sum += unsafe { GRID[t * 4 + k] };
            k += 1;
        }
        let i = thread::blockIdx_x() as usize * 64 + t;
        if i < y.len() && i < x.len() {
            unsafe { *y.get_unchecked_mut(i) = sum + x[i] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn one_thread_adds(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut PART: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        unsafe { PART[t] = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0 } };
        thread::sync_threads();
        if t == 0 {
            let mut sum = 0u32;
            for k in 0..64 {
                sum = sum.wrapping_add(unsafe { PART[k] });
            }
            if b < y.len() {
                unsafe { *y.get_unchecked_mut(b) = sum };
            }
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn broadcast_first(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut FIRST: SharedArray<f32, 1> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        if t == 0 {
            unsafe { FIRST[0] = if i < x.len() { x[i] } else { 0.0 } };
        }
        thread::sync_threads();
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = FIRST[0] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn within_warps(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        unsafe { TILE[t] = if i < x.len() { x[i] } else { 0 } };
        warp::sync_mask(0xffff_ffff);
        let v = unsafe { TILE[t ^ 1] };
        warp::sync_mask(0xffff_ffff);
        unsafe { TILE[t] = v + 1 };
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = TILE[t] };
        }
    }

    //@ launch grid=2,1 block=8,4 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 4, 1))]
    pub fn rows_then_columns(x: &[u32], mut y: DisjointSlice<u32, Index2D<1>>) {
        static mut ROWS: SharedArray<u32, 4> = SharedArray::UNINIT;
        static mut TILE: SharedArray<u32, 32> = SharedArray::UNINIT;
        let tx = thread::threadIdx_x() as usize;
        let ty = thread::threadIdx_y() as usize;
        let at = thread::blockIdx_x() as usize * 32 + ty * 8 + tx;
        unsafe { TILE[ty * 8 + tx] = if at < x.len() { x[at] } else { 0 } };
        thread::sync_threads();
        if tx == 0 {
            let mut sum = 0u32;
            for k in 0..8 {
                sum = sum.wrapping_add(unsafe { TILE[ty * 8 + k] });
            }
            unsafe { ROWS[ty] = sum };
        }
        thread::sync_threads();
        if thread::blockIdx_y() == 0 && at < y.len() {
            unsafe { *y.get_unchecked_mut(at) = ROWS[ty] };
        }
    }

    fn load(tile: *mut f32, x: &[f32], t: usize, i: usize) {
        unsafe { *tile.add(t) = if i < x.len() { x[i] } else { 0.0 } };
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn loaded_by_a_function(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) };
        load(tile, x, t, i);
        thread::sync_threads();
        let v = unsafe { *tile.add((t + 32) % 64) };
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = v };
        }
    }

    //@ launch grid=1 block=32 rounds=2 x=128 y=32
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn tile_by_tile(rounds: u32, x: &[f32], mut y: DisjointSlice<f32>) {
        static mut TILE: SharedArray<f32, 32> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let mut best = 0.0f32;
        for round in 0..rounds as usize {
            let i = round * 32 + t;
            unsafe { TILE[t] = if i < x.len() { x[i] } else { 0.0 } };
            thread::sync_threads();
            for k in 0..32 {
                let v = unsafe { TILE[k] };
                if v > best {
                    best = v;
                }
            }
            thread::sync_threads();
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = best;
        }
    }
}
