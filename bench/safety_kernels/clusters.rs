//! Blocks of a cluster: distributed shared memory, cluster barriers whole and in two halves, remote atomics.

use cuda_device::atomic::{AtomicOrdering, DeviceAtomicU32};
use cuda_device::{DisjointSlice, SharedArray, cluster, cluster_launch, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    //@ launch grid=4 block=32 x=128 y=128
    #[kernel]
    #[cluster_launch(2)]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn swapped_with_the_partner(x: &[f32], mut y: DisjointSlice<f32>) {
        static mut TILE: SharedArray<f32, 32> = SharedArray::UNINIT;
        let (t, i) = (thread::threadIdx_x() as usize, thread::index_1d());
        unsafe { TILE[t] = if i.get() < x.len() { x[i.get()] } else { 0.0 } };
        cluster::cluster_sync();
        let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) } as *const f32;
        let theirs = unsafe { cluster::map_shared_rank(tile, cluster::block_rank() ^ 1) };
        let got = unsafe { *theirs.add(31 - t) };
        cluster::cluster_sync();
        if let Some(o) = y.get_mut(i) {
            *o = got;
        }
    }

    //@ launch grid=8 block=32 x=256 y=2
    #[kernel]
    #[cluster_launch(4)]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn summed_in_the_first(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut PARTS: SharedArray<u32, 128> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let rank = cluster::block_rank() as usize;
        let parts = unsafe { SharedArray::as_raw_mut_ptr(&raw mut PARTS) };
        let first = unsafe { cluster::map_shared_rank_mut(parts, 0) };
        let i = thread::blockIdx_x() as usize * 32 + t;
        cluster::cluster_sync();
        unsafe { *first.add(rank * 32 + t) = if i < x.len() { x[i] } else { 0 } };
        cluster::cluster_sync();
        if rank == 0 && t == 0 {
            let mut sum = 0;
            for k in 0..128 {
                sum += unsafe { PARTS[k] };
            }
            let at = cluster::cluster_idx() as usize;
            if at < y.len() {
                unsafe { *y.get_unchecked_mut(at) = sum };
            }
        }
    }

    //@ launch grid=4 block=32 x=128 y=128 n=3
    #[kernel]
    #[cluster_launch(4)]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn passed_on(x: &[u32], n: u32, mut y: DisjointSlice<u32>) {
        static mut INBOX: SharedArray<u32, 32> = SharedArray::UNINIT;
        let (t, i) = (thread::threadIdx_x() as usize, thread::index_1d());
        let next = (cluster::block_rank() + 1) % cluster::cluster_size();
        let there = unsafe { cluster::map_shared_rank_mut(SharedArray::as_raw_mut_ptr(&raw mut INBOX), next) };
        let mut held = if i.get() < x.len() { x[i.get()] } else { 0 };
        for _ in 0..n {
            cluster::cluster_sync();
            unsafe { *there.add(t) = held };
            cluster::cluster_sync();
            held += unsafe { INBOX[(t + 1) % 32] };
        }
        if let Some(o) = y.get_mut(i) {
            *o = held;
        }
    }

    //@ launch grid=2 block=32 x=64 y=64
    #[kernel]
    #[cluster_launch(2)]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn own_work_between_the_halves(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut TILE: SharedArray<u32, 32> = SharedArray::UNINIT;
        let (t, i) = (thread::threadIdx_x() as usize, thread::index_1d());
        unsafe { TILE[t] = t as u32 };
        unsafe { cluster::barrier_cluster_arrive() };
        let own = if i.get() < x.len() { x[i.get()] } else { 0 };
        unsafe { cluster::barrier_cluster_wait() };
        let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) } as *const u32;
        let got = unsafe { *cluster::map_shared_rank(tile, 1 - cluster::block_rank()).add(t ^ 1) };
        unsafe { cluster::barrier_cluster_arrive() };
        if let Some(o) = y.get_mut(i) {
            *o = got + own;
        }
        unsafe { cluster::barrier_cluster_wait() };
    }

    //@ launch grid=4 block=32 x=128:mod8 y=16
    #[kernel]
    #[cluster_launch(2)]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn counted_for_the_cluster(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut BINS: SharedArray<u32, 8> = SharedArray::UNINIT;
        let (t, i) = (thread::threadIdx_x() as usize, thread::index_1d().get());
        let bins = unsafe { SharedArray::as_raw_mut_ptr(&raw mut BINS) };
        if t < 8 {
            unsafe { BINS[t] = 0 };
        }
        cluster::cluster_sync();
        let first = unsafe { cluster::map_shared_rank_mut(bins, 0) };
        if i < x.len() {
            let bin = unsafe { DeviceAtomicU32::from_ptr(first.add(x[i] as usize % 8)) };
            bin.fetch_add(1, AtomicOrdering::Relaxed);
        }
        cluster::cluster_sync();
        if cluster::block_rank() == 0 && t < 8 {
            let at = cluster::cluster_idx() as usize * 8 + t;
            if at < y.len() {
                unsafe { *y.get_unchecked_mut(at) = BINS[t] };
            }
        }
    }
}
