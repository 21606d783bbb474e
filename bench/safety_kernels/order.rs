//! Ordered by more than barriers: atomics, flags with fences, mbarriers, asynchronous copies, statics, grid barriers.

use cuda_device::async_copy::{cp_async_ca_4, cp_async_commit_group, cp_async_wait_all, cp_async_wait_group};
use cuda_device::atomic::{AtomicOrdering, BlockAtomicU32, DeviceAtomicF32, DeviceAtomicU32};
use cuda_device::barrier::{Barrier, mbarrier_arrive, mbarrier_init, mbarrier_test_wait};
use cuda_device::cooperative_groups::ops::Sum;
use cuda_device::cooperative_groups::{ThreadGroup, block_reduce, this_thread_block};
use cuda_device::{
    ConstantMemory, DisjointSlice, SharedArray, constant, cooperative_launch, cuda_module, grid, kernel,
    launch_contract, thread, threadfence,
};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[constant]
    static WEIGHTS: ConstantMemory<[f32; 4]> = ConstantMemory::UNINIT;
    static TICKET: DeviceAtomicU32 = DeviceAtomicU32::new(0);
    static READY: DeviceAtomicU32 = DeviceAtomicU32::new(0);
    static mut SLOTS: [u32; 128] = [0; 128];

    //@ launch grid=2 block=64 x=128:mod16 counts=16:zero
    #[kernel]
    pub fn global_histogram(x: &[u32], mut counts: DisjointSlice<u32>) {
        let i = thread::index_1d().get();
        if i < x.len() {
            let bin = (x[i] % 16) as usize;
            if bin < counts.len() {
                unsafe { DeviceAtomicU32::from_ptr(counts.as_mut_ptr().add(bin)) }.fetch_add(1, AtomicOrdering::Relaxed);
            }
        }
    }

    //@ launch grid=2 block=64 x=128:mod64 counts=64:zero
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn shared_histogram(x: &[u32], mut counts: DisjointSlice<u32>) {
        static mut LOCAL: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let local = unsafe { SharedArray::as_raw_mut_ptr(&raw mut LOCAL) };
        unsafe { LOCAL[t] = 0 };
        thread::sync_threads();
        let i = thread::blockIdx_x() as usize * 64 + t;
        if i < x.len() {
            let bin = (x[i] & 63) as usize;
            unsafe { BlockAtomicU32::from_ptr(local.add(bin)) }.fetch_add(1, AtomicOrdering::Relaxed);
        }
        thread::sync_threads();
        if t < counts.len() {
            let total = unsafe { LOCAL[t] };
            unsafe { DeviceAtomicU32::from_ptr(counts.as_mut_ptr().add(t)) }.fetch_add(total, AtomicOrdering::Relaxed);
        }
    }

    //@ launch grid=2 block=32 x=64 total=1
    #[kernel]
    pub fn atomic_sum(x: &[f32], mut total: DisjointSlice<f32>) {
        let i = thread::index_1d().get();
        if i < x.len() && total.len() > 0 {
            unsafe { DeviceAtomicF32::from_ptr(total.as_mut_ptr()) }.fetch_add(x[i], AtomicOrdering::Relaxed);
        }
    }

    //@ launch grid=2 block=32 x=64 best=1
    #[kernel]
    pub fn atomic_maximum(x: &[u32], mut best: DisjointSlice<u32>) {
        let i = thread::index_1d().get();
        if i < x.len() && best.len() > 0 {
            unsafe { DeviceAtomicU32::from_ptr(best.as_mut_ptr()) }.fetch_max(x[i], AtomicOrdering::Relaxed);
        }
    }

    //@ launch grid=3 block=32 x=96 partial=3 total=1
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn last_block(x: &[u32], mut partial: DisjointSlice<u32>, mut total: DisjointSlice<u32>) {
        static mut PART: SharedArray<u32, 32> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        let blocks = thread::gridDim_x();
        unsafe { PART[t] = if b * 32 + t < x.len() { x[b * 32 + t] } else { 0 } };
        thread::sync_threads();
        if t == 0 && b < partial.len() {
            let mut sum = 0u32;
            for k in 0..32 {
                sum = sum.wrapping_add(unsafe { PART[k] });
            }
            unsafe { *partial.get_unchecked_mut(b) = sum };
            let before = TICKET.fetch_add(1, AtomicOrdering::AcqRel);
            if before == blocks - 1 && total.len() > 0 {
                let mut all = 0u32;
                let mut k = 0;
                while k < blocks as usize && k < partial.len() {
                    all = all.wrapping_add(unsafe { *partial.as_mut_ptr().add(k) });
                    k += 1;
                }
                unsafe { *total.get_unchecked_mut(0) = all };
            }
        }
    }

    //@ launch grid=2 block=32 x=32 mail=32 y=32
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn flag_between_blocks(x: &[u32], mut mail: DisjointSlice<u32>, mut y: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize;
        if x.len() < 32 || mail.len() < 32 || y.len() < 32 {
            return;
        }
        if thread::blockIdx_x() == 0 {
            unsafe { *mail.as_mut_ptr().add(t) = x[t] };
            thread::sync_threads();
            if t == 0 {
                READY.store(1, AtomicOrdering::Release);
            }
        } else if thread::blockIdx_x() == 1 {
            if t == 0 {
                while READY.load(AtomicOrdering::Acquire) == 0 {}
            }
            thread::sync_threads();
            unsafe { *y.get_unchecked_mut(t) = *mail.as_mut_ptr().add(t) };
        }
    }

    //@ launch grid=2 block=1 y=4
    #[kernel]
    #[launch_contract(domain = 1, block = (1, 1, 1))]
    pub fn flag_with_fences(mut y: DisjointSlice<u32>) {
        let place = y.as_mut_ptr();
        if thread::blockIdx_x() == 0 {
            unsafe { *place.add(0) = 7 };
            threadfence();
            READY.store(1, AtomicOrdering::Relaxed);
        } else if thread::blockIdx_x() == 1 {
            while READY.load(AtomicOrdering::Relaxed) == 0 {}
            threadfence();
            unsafe { *place.add(2) = *place.add(0) };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn arrive_and_wait(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut BAR: Barrier = Barrier::UNINIT;
        static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 64 + t;
        if t == 0 {
            unsafe { mbarrier_init(&raw mut BAR, 64) };
        }
        thread::sync_threads();
        unsafe { TILE[t] = if i < x.len() { x[i] } else { 0 } };
        let token = unsafe { mbarrier_arrive(&raw const BAR) };
        while !unsafe { mbarrier_test_wait(&raw const BAR, token) } {}
        if i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = TILE[63 - t] };
        }
    }

    //@ launch grid=1 block=32 x=32 y=32
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn copied_tile(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut TILE: SharedArray<u32, 32> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let i = thread::blockIdx_x() as usize * 32 + t;
        let tile = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILE) };
        if x.len() >= 32 {
            unsafe { cp_async_ca_4(tile.add(t), x.as_ptr().add(t)) };
            unsafe { cp_async_commit_group() };
            unsafe { cp_async_wait_all() };
            thread::sync_threads();
            let v = unsafe { *tile.add(31 - t) };
            if i < y.len() {
                unsafe { *y.get_unchecked_mut(i) = v };
            }
        }
    }

    //@ launch grid=1 block=32 rounds=3 x=96 y=32
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn copied_ahead(rounds: u32, x: &[u32], mut y: DisjointSlice<u32>) {
        static mut TILES: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let tiles = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILES) };
        let rounds = rounds as usize;
        if rounds == 0 || x.len() < rounds * 32 {
            return;
        }
        unsafe { cp_async_ca_4(tiles.add(t), x.as_ptr().add(t)) };
        unsafe { cp_async_commit_group() };
        let mut sum = 0u32;
        let mut round = 0;
        while round < rounds {
            if round + 1 < rounds {
                let to = ((round + 1) % 2) * 32 + t;
                unsafe { cp_async_ca_4(tiles.add(to), x.as_ptr().add((round + 1) * 32 + t)) };
                unsafe { cp_async_commit_group() };
                unsafe { cp_async_wait_group(1) };
            } else {
                unsafe { cp_async_wait_group(0) };
            }
            thread::sync_threads();
            sum = sum.wrapping_add(unsafe { *tiles.add((round % 2) * 32 + 31 - t) });
            thread::sync_threads();
            round += 1;
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = sum;
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn static_slots(x: &[u32], mut y: DisjointSlice<u32>) {
        let i = thread::blockIdx_x() as usize * 64 + thread::threadIdx_x() as usize;
        if i < 128 && i < x.len() && i < y.len() {
            unsafe { SLOTS[i] = x[i] + 1 };
            unsafe { *y.get_unchecked_mut(i) = SLOTS[i] };
        }
    }

    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    pub fn weighted(x: &[f32], mut y: DisjointSlice<f32>) {
        let index = thread::index_1d();
        let i = index.get();
        if let Some(out) = y.get_mut(index) {
            if i < x.len() {
                *out = x[i] * WEIGHTS.get()[i % 4];
            }
        }
    }

    //@ launch grid=2 block=32 y=64 z=64
    #[kernel]
    #[cooperative_launch]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn across_the_grid(mut y: DisjointSlice<u32>, mut z: DisjointSlice<u32>) {
        let i = thread::blockIdx_x() as usize * 32 + thread::threadIdx_x() as usize;
        let n = thread::gridDim_x() as usize * 32;
        let cells = y.as_mut_ptr();
        if n <= y.len() && n <= z.len() {
            unsafe { *cells.add(i) = i as u32 };
            grid::sync();
            unsafe { *z.get_unchecked_mut(i) = *cells.add(n - 1 - i) };
        }
    }

    //@ launch grid=2 block=64 x=128 y=2
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn group_reduction(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut WARPS: SharedArray<u32, 2> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let b = thread::blockIdx_x() as usize;
        let v = if b * 64 + t < x.len() { x[b * 64 + t] } else { 0 };
        let block = this_thread_block();
        let total = block_reduce::<u32, Sum, 2>(&block, v, &raw mut WARPS);
        if block.thread_rank() == 0 && b < y.len() {
            unsafe { *y.get_unchecked_mut(b) = total };
        }
    }

    //@ launch grid=2 block=32 keys=64:mod64 table=64:zero
    #[kernel]
    pub fn claim_slots(keys: &[u32], mut table: DisjointSlice<u32>) {
        let i = thread::index_1d().get();
        let n = table.len();
        if i < keys.len() && n > 0 {
            let mut slot = keys[i] as usize % n;
            let mut tries = 0;
            while tries < n {
                let cell = unsafe { DeviceAtomicU32::from_ptr(table.as_mut_ptr().add(slot)) };
                if cell.compare_exchange(0, keys[i] + 1, AtomicOrdering::Relaxed, AtomicOrdering::Relaxed).is_ok() {
                    break;
                }
                slot = (slot + 1) % n;
                tries += 1;
            }
        }
    }

    //@ launch grid=2 block=32 next=1:zero out=64
    #[kernel]
    pub fn append(mut next: DisjointSlice<u32>, mut out: DisjointSlice<u32>) {
        let i = thread::index_1d().get();
        if next.len() > 0 {
            let at = unsafe { DeviceAtomicU32::from_ptr(next.as_mut_ptr()) }.fetch_add(1, AtomicOrdering::Relaxed) as usize;
            if at < out.len() {
                unsafe { *out.get_unchecked_mut(at) = i as u32 };
            }
        }
    }

    //@ launch grid=2 block=32 at=64:perm x=64 y=64
    #[kernel]
    pub fn gather(at: &[u32], x: &[f32], mut y: DisjointSlice<f32>) {
        let index = thread::index_1d();
        let i = index.get();
        if let Some(out) = y.get_mut(index) {
            if i < at.len() && (at[i] as usize) < x.len() {
                *out = x[at[i] as usize];
            }
        }
    }

    //@ launch grid=2 block=32 count=5 x=320 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub unsafe fn raw_rows(count: u32, x: &[f32], y: *mut f32) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        let mut sum = 0.0f32;
        let mut k = 0;
        while k < count as usize {
            sum += x[i * count as usize + k];
            k += 1;
        }
        unsafe { *y.add(i) = sum };
    }

    //@ launch grid=2 block=32 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub unsafe fn two_halves(y: *mut u32) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        let n = (thread::gridDim_x() * 32) as usize;
        unsafe { *y.add(i) = 1 };
        unsafe { *y.add(n + i) = 2 };
    }
}
