use cuda_device::atomic::{AtomicOrdering, BlockAtomicU32, DeviceAtomicU32};
use cuda_device::barrier::{
    Barrier, mbarrier_arrive, mbarrier_init, mbarrier_try_wait_parity, mbarrier_try_wait_parity_cluster,
};
use cuda_device::{DisjointSlice, SharedArray, cluster, cluster_launch, kernel, thread};

//@ grid 8, block 32, n 256
#[kernel]
#[cluster_launch(4)]
pub fn round_the_ring(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let next = (cluster::block_rank() + 1) % cluster::cluster_size();
    let there = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut S), next) };
    let mut sum = 0;
    for k in 0..4 {
        cluster::cluster_sync();
        unsafe { *there.add(t) = k };
        cluster::cluster_sync();
        sum += unsafe { S[31 - t] };
    }
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = sum;
    }
}

//@ grid 8, block 32, n 256
#[kernel]
#[cluster_launch(4)]
pub fn round_the_ring_too_fast(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let next = (cluster::block_rank() + 1) % cluster::cluster_size();
    let there = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut S), next) };
    let mut sum = 0;
    for k in 0..4 {
        unsafe { *there.add(t) = k }; //~ races
        cluster::cluster_sync();
        sum += unsafe { S[31 - t] }; //~ races
    }
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = sum;
    }
}

//@ grid 4, block 32, n 128
#[kernel]
#[cluster_launch(2, 2)]
pub fn counted_in_the_first(x: &[u32], mut y: DisjointSlice<u32>) {
    static mut BINS: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { BINS[t] = 0 };
    let first = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut BINS), 0) };
    cluster::cluster_sync();
    let bin = unsafe { DeviceAtomicU32::from_ptr(first.add(x.get(t).copied().unwrap_or(0) as usize % 32)) };
    bin.fetch_add(1, AtomicOrdering::Relaxed);
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = unsafe { BINS[t] };
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn counted_at_block_scope(mut y: DisjointSlice<u32>) {
    static mut BINS: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { BINS[t] = 0 };
    let first = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut BINS), 0) };
    cluster::cluster_sync();
    unsafe { BlockAtomicU32::from_ptr(first.add(t)) }.fetch_add(1, AtomicOrdering::Relaxed); //~ races
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = unsafe { BINS[t] };
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn gone_too_early(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { S[t] = t as u32 };
    cluster::cluster_sync();
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut S) };
    let theirs = unsafe { cluster::map_shared_rank(mine as *const u32, cluster::block_rank() ^ 1) };
    let got = unsafe { *theirs.add(t) }; //~ bounds
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn arrived_before_it_wrote(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { cluster::barrier_cluster_arrive() };
    unsafe { S[t] = t as u32 }; //~ races
    unsafe { cluster::barrier_cluster_wait() };
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut S) };
    let theirs = unsafe { cluster::map_shared_rank(mine as *const u32, cluster::block_rank() ^ 1) };
    let got = unsafe { *theirs.add(t) }; //~ races
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn an_arrival_that_releases_nothing(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { S[t] = t as u32 }; //~ races
    unsafe { cluster::barrier_cluster_arrive_relaxed() };
    unsafe { cluster::barrier_cluster_wait() };
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut S) };
    let theirs = unsafe { cluster::map_shared_rank(mine as *const u32, cluster::block_rank() ^ 1) };
    let got = unsafe { *theirs.add(t) }; //~ races
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn one_thread_for_all() {
    let t = thread::threadIdx_x();
    if t == 0 {
        cluster::cluster_sync(); //~ convergence
    }
    thread::sync_threads();
}

// Threads that have returned are not waited for.
//@ grid 2, block 64, n 128
#[kernel]
#[cluster_launch(2)]
pub fn without_those_who_left(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    if t >= 32 {
        return;
    }
    unsafe { S[t] = t as u32 };
    cluster::cluster_sync();
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut S) };
    let theirs = unsafe { cluster::map_shared_rank(mine as *const u32, cluster::block_rank() ^ 1) };
    let got = unsafe { *theirs.add(t) };
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn half_a_warp() {
    if thread::threadIdx_x() < 16 {
        cluster::cluster_sync(); //~ convergence
    }
}

// Arrivals at the other block's mbarrier order what came before them.
//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn handed_over(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    static mut BAR: Barrier = Barrier::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let other = cluster::block_rank() ^ 1;
    if t == 0 {
        unsafe { mbarrier_init(&raw mut BAR, 32) };
    }
    cluster::cluster_sync();
    let there = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut S), other) };
    let signal = unsafe { cluster::map_shared_rank_mut(&raw mut BAR, other) };
    unsafe { *there.add(t) = t as u32 };
    unsafe { mbarrier_arrive(signal) };
    while !unsafe { mbarrier_try_wait_parity_cluster(&raw const BAR, 0) } {}
    let got = unsafe { S[31 - t] };
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
#[cluster_launch(2)]
pub fn handed_over_after_the_signal(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    static mut BAR: Barrier = Barrier::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let other = cluster::block_rank() ^ 1;
    if t == 0 {
        unsafe { mbarrier_init(&raw mut BAR, 32) };
    }
    cluster::cluster_sync();
    let there = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut S), other) };
    let signal = unsafe { cluster::map_shared_rank_mut(&raw mut BAR, other) };
    unsafe { mbarrier_arrive(signal) };
    unsafe { *there.add(t) = t as u32 }; //~ races
    while !unsafe { mbarrier_try_wait_parity(&raw const BAR, 0) } {}
    let got = unsafe { S[31 - t] }; //~ races init
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}

// Both clusters spin for the other one, with their shared memory still in use.
//@ grid 4, block 32, n 128
#[kernel]
#[cluster_launch(2)]
pub fn two_at_once(flags: &[u32], mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 32> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { S[t] = thread::blockIdx_x() };
    cluster::cluster_sync();
    let count = unsafe { DeviceAtomicU32::from_ptr(flags.as_ptr() as *mut u32) };
    if t == 0 {
        count.fetch_add(1, AtomicOrdering::AcqRel);
        let before = flags.len() as u32;
        while count.load(AtomicOrdering::Acquire) < 4 && before != 0 {}
    }
    cluster::cluster_sync();
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut S) };
    let theirs = unsafe { cluster::map_shared_rank(mine as *const u32, cluster::block_rank() ^ 1) };
    let got = unsafe { *theirs.add(t) };
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}
