//! Shapes of the data-race examples of the Faial papers and tests, written anew.

use cuda_device::{DisjointSlice, Index2D, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    //@ label clean
    //@ launch grid=2 block=32 n=2 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn strided_saxpy(n: u32, mut y: DisjointSlice<u32>) {
        let mut i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        let step = (thread::gridDim_x() * 32) as usize;
        let mut k = 0;
        while k < n && i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = k };
            i += step;
            k += 1;
        }
    }

    //@ label race
    //@ launch grid=2 block=32 n=2 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn stride_of_one_block(n: u32, mut y: DisjointSlice<u32>) {
        let mut i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        let mut k = 0;
        while k < n && i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = k };
            i += 32;
            k += 1;
        }
    }

    //@ label race
    //@ launch grid=1,1 block=8,8 y=256
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn row_length_too_short(mut y: DisjointSlice<u32, Index2D<1>>) {
        let x = thread::threadIdx_x() as usize;
        let r = thread::threadIdx_y() as usize;
        let at = r * 7 + x;
        if at < y.len() {
            unsafe { *y.get_unchecked_mut(at) = 1 };
        }
    }

    //@ label clean
    //@ launch grid=1,1 block=8,8 y=256
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn row_length_longer(mut y: DisjointSlice<u32, Index2D<1>>) {
        let x = thread::threadIdx_x() as usize;
        let r = thread::threadIdx_y() as usize;
        let at = r * 9 + x;
        if thread::blockIdx_x() == 0 && thread::blockIdx_y() == 0 && at < y.len() {
            unsafe { *y.get_unchecked_mut(at) = 1 };
        }
    }

    //@ label race
    //@ launch grid=1,1 block=8,8 y=64
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn transposed_in_place(mut y: DisjointSlice<u32, Index2D<1>>) {
        let x = thread::threadIdx_x() as usize;
        let r = thread::threadIdx_y() as usize;
        let p = y.as_mut_ptr();
        if y.len() >= 64 {
            let v = unsafe { *p.add(x * 8 + r) };
            unsafe { *p.add(r * 8 + x) = v };
        }
    }

    //@ label clean
    //@ launch grid=1,1 block=8,8 y=64
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn transposed_by_pairs(mut y: DisjointSlice<u32, Index2D<1>>) {
        let x = thread::threadIdx_x() as usize;
        let r = thread::threadIdx_y() as usize;
        let p = y.as_mut_ptr();
        if thread::blockIdx_x() == 0 && thread::blockIdx_y() == 0 && y.len() >= 64 && x < r {
            let v = unsafe { *p.add(x * 8 + r) };
            unsafe { *p.add(x * 8 + r) = *p.add(r * 8 + x) };
            unsafe { *p.add(r * 8 + x) = v };
        }
    }

    //@ label clean
    //@ launch grid=2 block=64 x=128 y=128
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn read_only_sharing(x: &[u32], mut y: DisjointSlice<u32>) {
        let mut sum = 0u32;
        for k in 0..16 {
            if k < x.len() {
                sum = sum.wrapping_add(x[k]);
            }
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = sum;
        }
    }

    //@ label race
    //@ launch grid=1 block=64 n=3 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn one_barrier_short(n: u32, mut y: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 65> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { S[t] = t as u32 };
        if t == 0 {
            unsafe { S[64] = 0 };
        }
        thread::sync_threads();
        for _ in 0..n {
            let v = unsafe { S[t + 1] };
            thread::sync_threads();
            unsafe { S[t] = v };
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = unsafe { S[t] };
        }
    }

    //@ label clean
    //@ launch grid=1 block=64 n=3 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn both_barriers(n: u32, mut y: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 65> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        unsafe { S[t] = t as u32 };
        if t == 0 {
            unsafe { S[64] = 0 };
        }
        thread::sync_threads();
        for _ in 0..n {
            let v = unsafe { S[t + 1] };
            thread::sync_threads();
            unsafe { S[t] = v };
            thread::sync_threads();
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = unsafe { S[t] };
        }
    }

    //@ label race
    //@ launch grid=1 block=64 at=64:mod8 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn scattered_by_data(at: &[u32], mut y: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize;
        if t < at.len() && (at[t] as usize) < y.len() {
            unsafe { *y.get_unchecked_mut(at[t] as usize) = 1 };
        }
    }

    //@ label race
    //@ launch grid=1 block=32 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn neighbours_share_the_edge(mut y: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize * 2;
        if t + 2 < y.len() {
            unsafe { *y.get_unchecked_mut(t) = 1 };
            unsafe { *y.get_unchecked_mut(t + 1) = 1 };
            unsafe { *y.get_unchecked_mut(t + 2) = 1 };
        }
    }

    //@ label clean
    //@ launch grid=1 block=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn halves_of_the_block(mut y: DisjointSlice<u32>) {
        static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        if t < 32 {
            unsafe { S[t] = 1 };
        } else {
            unsafe { S[t] = 2 };
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = unsafe { S[t] };
        }
    }
}
