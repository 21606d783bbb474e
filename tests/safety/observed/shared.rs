//! Shared memory: barriers of the block and of the warp, their absence, and reading before writing.

use cuda_device::{DisjointSlice, SharedArray, kernel, thread, warp};

//@ grid 2, block 64, n 128
#[kernel]
pub fn neighbour(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { TILE[t] = x[i.get()] };
    thread::sync_threads();
    let v = unsafe { TILE[(t + 1) % 64] };
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 2, block 64, n 128
#[kernel]
pub fn neighbour_unordered(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { TILE[t] = x[i.get()] }; //~ races
    let v = unsafe { TILE[(t + 1) % 64] }; //~ races init
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn back_edge(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    let mut sum = 0.0;
    let mut k = 0;
    while k < 3 {
        unsafe { TILE[t] = x[i.get()] }; //~ races
        thread::sync_threads();
        sum += unsafe { TILE[63 - t] }; //~ races
        k += 1;
    }
    if let Some(o) = out.get_mut(i) {
        *o = sum;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn back_edge_ordered(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    let mut sum = 0.0;
    let mut k = 0;
    while k < 3 {
        unsafe { TILE[t] = x[i.get()] };
        thread::sync_threads();
        sum += unsafe { TILE[63 - t] };
        thread::sync_threads();
        k += 1;
    }
    if let Some(o) = out.get_mut(i) {
        *o = sum;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn within_warp(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { TILE[t] = x[i.get()] };
    warp::sync_mask(0xffff_ffff);
    let v = unsafe { TILE[t ^ 1] };
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn across_warps(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { TILE[t] = x[i.get()] }; //~ races
    warp::sync_mask(0xffff_ffff);
    let v = unsafe { TILE[t ^ 32] }; //~ races init
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn half_warps(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { TILE[t] = x[i.get()] }; //~ races
    warp::sync_mask(if t < 16 { 0xffff } else { 0xffff_0000 });
    let v = unsafe { TILE[t ^ 16] }; //~ races
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn shuffle_orders_nothing(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { TILE[t] = x[i.get()] }; //~ races
    let s = warp::shuffle_xor_f32(1.0, 1);
    let v = unsafe { TILE[t ^ 1] } + s; //~ races
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn neighbouring_bytes(mut out: DisjointSlice<u32>) {
    static mut BYTES: SharedArray<u8, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    unsafe { BYTES[t] = t as u8 };
    thread::sync_threads();
    let v = unsafe { BYTES[31 - t] };
    if let Some(o) = out.get_mut(i) {
        *o = v as u32;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn half_filled(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    if t < 16 {
        unsafe { TILE[t] = x[i.get()] };
    }
    thread::sync_threads();
    let v = unsafe { TILE[t] }; //~ init
    if let Some(o) = out.get_mut(i) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn past_the_tile(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 16> = SharedArray::UNINIT;
    static mut OTHER: SharedArray<f32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let i = thread::index_1d();
    let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) };
    unsafe { OTHER[t] = 0.0 };
    unsafe { *tile.add(t) = x[i.get()] }; //~ bounds
    if let Some(o) = out.get_mut(i) {
        *o = unsafe { OTHER[t] };
    }
}
