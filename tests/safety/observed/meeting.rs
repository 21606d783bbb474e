//! Threads that must meet: barriers in branches, masks, mbarriers and asynchronous copies.

use cuda_device::async_copy::{cp_async_ca_4, cp_async_commit_group, cp_async_wait_all};
use cuda_device::barrier::{Barrier, mbarrier_arrive, mbarrier_init, mbarrier_test_wait};
use cuda_device::{DisjointSlice, SharedArray, grid, kernel, thread, warp};

//@ grid 1, block 64, n 64
#[kernel]
pub fn half_waits(mut out: DisjointSlice<u32>) {
    if thread::threadIdx_x() < 32 {
        thread::sync_threads(); //~ convergence
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = 1;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn two_barriers(mut out: DisjointSlice<u32>) {
    if thread::threadIdx_x() < 32 {
        thread::sync_threads(); //~ convergence
    } else {
        thread::sync_threads(); //~ convergence
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = 1;
    }
}

//@ grid 2, block 64, n 128
#[kernel]
pub fn whole_blocks_wait(mut out: DisjointSlice<u32>) {
    if thread::blockIdx_x() == 0 {
        thread::sync_threads();
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = 1;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn narrow_mask(mut out: DisjointSlice<u32>) {
    let lane = warp::lane_id();
    let v = if lane < 16 { warp::shuffle_xor_sync(0xffff, lane, 1) } else { 0 };
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn wide_mask(mut out: DisjointSlice<u32>) {
    let lane = warp::lane_id();
    let v = if lane < 16 { warp::shuffle_xor_sync(0xffff_ffff, lane, 1) } else { 0 }; //~ convergence
    warp::sync_mask(0xffff_ffff);
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn absent_source(mut out: DisjointSlice<u32>) {
    let lane = warp::lane_id();
    let v = if lane < 16 { warp::shuffle_sync(0xffff, lane, 20) } else { 0 }; //~ convergence
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub unsafe fn copied(x: *const u32, mut out: DisjointSlice<u32>) {
    static mut TILE: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) };
    unsafe { cp_async_ca_4(tile.add(t), x.add(t)) };
    cp_async_commit_group();
    unsafe { cp_async_wait_all() };
    thread::sync_threads();
    let v = unsafe { *tile.add(31 - t) };
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 1, block 32, n 32
#[kernel]
pub unsafe fn copied_without_wait(x: *const u32, mut out: DisjointSlice<u32>) {
    static mut TILE: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) };
    unsafe { cp_async_ca_4(tile.add(t), x.add(t)) }; //~ races
    cp_async_commit_group();
    thread::sync_threads();
    let v = unsafe { *tile.add(t) }; //~ races
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn phases(mut out: DisjointSlice<u32>) {
    static mut BAR: Barrier = Barrier::UNINIT;
    static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    if t == 0 {
        unsafe { mbarrier_init(&raw mut BAR, 64) };
    }
    thread::sync_threads();
    unsafe { TILE[t] = t as u32 };
    let token = unsafe { mbarrier_arrive(&raw const BAR) };
    while !unsafe { mbarrier_test_wait(&raw const BAR, token) } {}
    let v = unsafe { TILE[63 - t] };
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 1, block 64, n 64
#[kernel]
pub fn phases_not_awaited(mut out: DisjointSlice<u32>) {
    static mut BAR: Barrier = Barrier::UNINIT;
    static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    if t == 0 {
        unsafe { mbarrier_init(&raw mut BAR, 64) };
    }
    thread::sync_threads();
    unsafe { TILE[t] = t as u32 }; //~ races
    unsafe { mbarrier_arrive(&raw const BAR) };
    let v = unsafe { TILE[63 - t] }; //~ races init
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
pub fn one_block_waits_for_the_grid(mut out: DisjointSlice<u32>) {
    if thread::blockIdx_x() == 0 {
        grid::sync(); //~ convergence
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = 1;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
pub fn all_wait_for_the_grid(mut out: DisjointSlice<u32>) {
    grid::sync();
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = 1;
    }
}
