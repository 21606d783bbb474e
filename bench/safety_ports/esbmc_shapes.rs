//! Shapes of the ESBMC-GPU benchmark kernels, written anew: pointers, assertions on tiny launches, barriers and atomics.

use cuda_device::atomic::{AtomicOrdering, DeviceAtomicU32};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    static mut LAST: u32 = 0;
    static mut CELLS: [u32; 64] = [0; 64];

    //@ label clean
    //@ launch grid=1 block=2 a=2 b=2 c=2
    #[kernel]
    #[launch_contract(domain = 1, block = (2, 1, 1))]
    pub fn add_two(a: &[u32], b: &[u32], mut c: DisjointSlice<u32>) {
        let index = thread::index_1d();
        let i = index.get();
        if let Some(out) = c.get_mut(index) {
            if i < a.len() && i < b.len() {
                *out = a[i].wrapping_add(b[i]);
            }
        }
    }

    //@ label race
    //@ launch grid=1 block=2 a=2
    #[kernel]
    #[launch_contract(domain = 1, block = (2, 1, 1))]
    pub unsafe fn both_through_one_pointer(a: *mut u32) {
        unsafe { *a = thread::threadIdx_x() };
    }

    //@ label race
    //@ launch grid=1 block=32 a=32
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn static_of_all(mut a: DisjointSlice<u32>) {
        unsafe { LAST = thread::threadIdx_x() };
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = 0;
        }
    }

    //@ label clean
    //@ launch grid=2 block=32 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn static_cells(mut a: DisjointSlice<u32>) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        if i < 64 {
            unsafe { CELLS[i] += 1 };
        }
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = 0;
        }
    }

    //@ label race
    //@ launch grid=2 block=32 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn static_cells_of_a_block(mut a: DisjointSlice<u32>) {
        unsafe { CELLS[thread::threadIdx_x() as usize] += 1 };
        if let Some(out) = a.get_mut(thread::index_1d()) {
            *out = 0;
        }
    }

    //@ label race
    //@ launch grid=1 block=4 a=8
    #[kernel]
    #[launch_contract(domain = 1, block = (4, 1, 1))]
    pub unsafe fn bytes_of_one_word(a: *mut u32) {
        let byte = a as *mut u8;
        let t = thread::threadIdx_x() as usize;
        unsafe { *byte.add(t) = t as u8 };
        if t == 0 {
            unsafe { *a = 0 };
        }
    }

    //@ label clean
    //@ launch grid=1 block=4 a=8
    #[kernel]
    #[launch_contract(domain = 1, block = (4, 1, 1))]
    pub unsafe fn bytes(a: *mut u8) {
        let t = thread::threadIdx_x() as usize;
        if thread::blockIdx_x() == 0 {
            unsafe { *a.add(t) = t as u8 };
        }
    }

    fn bump(p: *mut u32, i: usize) {
        unsafe { *p.add(i) += 1 };
    }

    //@ label race
    //@ launch grid=1 block=32 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub unsafe fn helper_with_shared_index(a: *mut u32) {
        bump(a, thread::threadIdx_x() as usize / 4);
    }

    //@ label clean
    //@ launch grid=1 block=32 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub unsafe fn helper_with_own_index(a: *mut u32) {
        bump(a, (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize);
    }

    //@ label race
    //@ launch grid=1 block=32 a=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub unsafe fn guarded_by_a_plain_flag(a: *mut u32) {
        let t = thread::threadIdx_x();
        if t == 0 {
            unsafe { *a.add(1) = 5 };
            unsafe { *a = 1 };
        } else if unsafe { *a } == 1 {
            unsafe { *a.add(1 + t as usize) = *a.add(1) };
        }
    }

    //@ label clean
    //@ launch grid=1 block=32 a=1:zero b=32
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn first_come(mut a: DisjointSlice<u32>, mut b: DisjointSlice<u32>) {
        if a.len() > 0 && b.len() > 0 {
            let gate = unsafe { DeviceAtomicU32::from_ptr(a.as_mut_ptr()) };
            if gate.fetch_add(1, AtomicOrdering::Relaxed) == 0 {
                unsafe { *b.get_unchecked_mut(0) = thread::threadIdx_x() };
            }
        }
    }

    //@ label race
    //@ launch grid=1 block=64 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn mailbox_without_acknowledgement(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut BOX: SharedArray<u32, 1> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let mut sum = 0u32;
        for k in 0..4 {
            if t == 0 && k < x.len() {
                unsafe { BOX[0] = x[k] };
            }
            thread::sync_threads();
            sum = sum.wrapping_add(unsafe { BOX[0] });
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = sum;
        }
    }

    //@ label clean
    //@ launch grid=1 block=64 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn mailbox_acknowledged(x: &[u32], mut y: DisjointSlice<u32>) {
        static mut BOX: SharedArray<u32, 1> = SharedArray::UNINIT;
        let t = thread::threadIdx_x() as usize;
        let mut sum = 0u32;
        for k in 0..4 {
            if t == 0 {
                unsafe { BOX[0] = if k < x.len() { x[k] } else { 0 } };
            }
            thread::sync_threads();
            sum = sum.wrapping_add(unsafe { BOX[0] });
            thread::sync_threads();
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = sum;
        }
    }

    //@ label divergent
    //@ launch grid=1 block=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn barriers_in_both_arms(mut y: DisjointSlice<u32>) {
        if thread::threadIdx_x() < 20 {
            thread::sync_threads();
        } else {
            thread::sync_threads();
        }
        if let Some(out) = y.get_mut(thread::index_1d()) {
            *out = 0;
        }
    }
}
