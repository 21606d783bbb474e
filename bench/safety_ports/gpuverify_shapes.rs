//! Shapes of the labelled kernels of the GPUVerify suite, written anew: small kernels, one property each.

use cuda_device::atomic::{AtomicOrdering, DeviceAtomicU32};
use cuda_device::{
    DisjointSlice, DynamicSharedArray, SharedArray, cuda_module, kernel, launch_contract, thread,
};

#[cuda_module]
pub mod kernels {
    use super::*;

    //@ label clean
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn own_element(mut a: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize;
        if thread::blockIdx_x() == 0 && t < a.len() {
            unsafe { *a.get_unchecked_mut(t) = t as u32 };
        }
    }

    //@ label race
    //@ launch grid=1 block=64 a=65
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn next_element(mut a: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize;
        let p = a.as_mut_ptr();
        if t + 1 < a.len() {
            unsafe { *p.add(t) = *p.add(t + 1) };
        }
    }

    //@ label race
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn all_write_first(mut a: DisjointSlice<u32>) {
        if a.len() > 0 {
            unsafe { *a.get_unchecked_mut(0) = thread::threadIdx_x() };
        }
    }

    //@ label clean
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn one_writes_first(mut a: DisjointSlice<u32>) {
        if thread::threadIdx_x() == 0 && thread::blockIdx_x() == 0 && a.len() > 0 {
            unsafe { *a.get_unchecked_mut(0) = 9 };
        }
    }

    //@ label race
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn modulo(mut a: DisjointSlice<u32>) {
        let at = (thread::threadIdx_x() % 16) as usize;
        if at < a.len() {
            unsafe { *a.get_unchecked_mut(at) = thread::threadIdx_x() };
        }
    }

    //@ label divergent
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn barrier_for_even(mut a: DisjointSlice<u32>) {
        if thread::threadIdx_x() % 2 == 0 {
            thread::sync_threads();
        }
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = 1;
        }
    }

    //@ label divergent
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn barrier_in_unequal_loops(mut a: DisjointSlice<u32>) {
        let mut k = 0;
        while k < thread::threadIdx_x() {
            thread::sync_threads();
            k += 16;
        }
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = k;
        }
    }

    //@ label divergent
    //@ launch grid=1 block=64 n=40 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn early_return_then_barrier(n: u32, mut a: DisjointSlice<u32>) {
        if thread::threadIdx_x() >= n {
            return;
        }
        thread::sync_threads();
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = n;
        }
    }

    //@ label clean
    //@ launch grid=2 block=64 n=3 a=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn barrier_under_uniform_guard(n: u32, mut a: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let mut v = 0;
        if n > 2 {
            unsafe { S[t] = n };
            thread::sync_threads();
            v = unsafe { S[63 - t] };
        }
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = v;
        }
    }

    //@ label race
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn barrier_only_before(mut a: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        thread::sync_threads();
        unsafe { S[t] = 1 };
        let v = unsafe { S[t ^ 1] };
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = v;
        }
    }

    //@ label race
    //@ launch grid=2 block=32 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn barrier_does_not_order_blocks(mut a: DisjointSlice<u32>) {
        let p = a.as_mut_ptr();
        let n = a.len();
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        if n == 0 {
            return;
        }
        unsafe { *p.add(i % n) = 3 };
        thread::sync_threads();
        let v = unsafe { *p.add((i + 32) % n) };
        thread::sync_threads();
        unsafe { *p.add(i % n) = v };
    }

    //@ label clean
    //@ launch grid=1 block=64 n=5 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn shifting_window(n: u32, mut a: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 128> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { S[t] = 0 };
        unsafe { S[t + 64] = 0 };
        thread::sync_threads();
        for k in 0..n as usize {
            unsafe { S[t + k] += 1 };
            thread::sync_threads();
        }
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = unsafe { S[t] };
        }
    }

    //@ label race
    //@ launch grid=1 block=64 n=5 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn shifting_window_unordered(n: u32, mut a: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 128> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { S[t] = 0 };
        unsafe { S[t + 64] = 0 };
        thread::sync_threads();
        for k in 0..n as usize {
            unsafe { S[t + k] += 1 };
        }
        thread::sync_threads();
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = unsafe { S[t] };
        }
    }

    //@ label clean
    //@ launch grid=2 block=32 a=1:zero
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn everyone_adds(mut a: DisjointSlice<u32>) {
        if a.len() > 0 {
            unsafe { DeviceAtomicU32::from_ptr(a.as_mut_ptr()) }.fetch_add(1, AtomicOrdering::Relaxed);
        }
    }

    //@ label race
    //@ launch grid=2 block=32 a=1:zero
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn one_forgets_to_add_atomically(mut a: DisjointSlice<u32>) {
        if a.len() > 0 {
            if thread::threadIdx_x() == 3 {
                unsafe { *a.get_unchecked_mut(0) += 1 };
            } else {
                unsafe { DeviceAtomicU32::from_ptr(a.as_mut_ptr()) }.fetch_add(1, AtomicOrdering::Relaxed);
            }
        }
    }

    //@ label race
    //@ launch grid=1 block=32 n=4 a=128
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn overlapping_chunks(n: u32, mut a: DisjointSlice<u32>) {
        let first = thread::threadIdx_x() as usize * 3;
        for k in 0..n as usize {
            if first + k < a.len() {
                unsafe { *a.get_unchecked_mut(first + k) = k as u32 };
            }
        }
    }

    //@ label clean
    //@ launch grid=1 block=32 n=4 a=128
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn chunks(n: u32, mut a: DisjointSlice<u32>) {
        let first = thread::threadIdx_x() as usize * n as usize;
        for k in 0..n as usize {
            if thread::blockIdx_x() == 0 && first + k < a.len() {
                unsafe { *a.get_unchecked_mut(first + k) = k as u32 };
            }
        }
    }

    //@ label clean
    //@ launch grid=1 block=64 shared=512 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1), dynamic_shared = 512)]
    pub fn two_dynamic_arrays(mut a: DisjointSlice<u32>) {
        let p = DynamicSharedArray::<u32>::get();
        let q = DynamicSharedArray::<u32>::offset(256);
        let t = thread::threadIdx_x() as usize;
        unsafe { *p.add(t) = 1 };
        unsafe { *q.add(63 - t) = 2 };
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = unsafe { *p.add(t) };
        }
    }

    //@ label race
    //@ launch grid=1 block=64 shared=512 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1), dynamic_shared = 512)]
    pub fn dynamic_arrays_overlap(mut a: DisjointSlice<u32>) {
        let p = DynamicSharedArray::<u32>::get();
        let q = DynamicSharedArray::<u32>::offset(128);
        let t = thread::threadIdx_x() as usize;
        unsafe { *p.add(t) = 1 };
        unsafe { *q.add(t) = 2 };
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = 0;
        }
    }

    //@ label race
    //@ launch grid=1 block=64 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn missing_barrier_in_reduction(mut a: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { S[t] = t as u32 };
        thread::sync_threads();
        let mut d = 32;
        while d > 0 {
            if t < d {
                unsafe { S[t] += S[t + d] };
            }
            d /= 2;
        }
        if t == 0 && a.len() > 0 {
            unsafe { *a.get_unchecked_mut(0) = S[0] };
        }
    }
}
