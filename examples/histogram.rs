//! Histogram of bytes: each block counts in shared memory, then adds its 256 counters to the result.
//!
//! Launch 1-D with 256 threads a block and as many blocks as keep the GPU busy; `counts` has 256 elements, zero
//! before the launch. Each 32-bit word of `data` holds four bytes.

use cuda_device::atomic::{AtomicOrdering, BlockAtomicU32, DeviceAtomicU32};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const BINS: usize = 256;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn histogram(data: &[u32], mut counts: DisjointSlice<u32>) {
        static mut LOCAL: SharedArray<u32, BINS> = SharedArray::UNINIT;

        let t = thread::threadIdx_x() as usize;
        unsafe { LOCAL[t] = 0 };
        thread::sync_threads();

        let local = unsafe { SharedArray::as_raw_mut_ptr(&raw mut LOCAL) };
        let stride = (thread::gridDim_x() * thread::blockDim_x()) as usize;
        let mut i = (thread::blockIdx_x() * thread::blockDim_x()) as usize + t;
        while i < data.len() {
            let mut word = data[i];
            let mut byte = 0;
            while byte < 4 {
                // Threads of a block share the counters, so they add atomically.
                let counter = unsafe { BlockAtomicU32::from_ptr(local.add((word & 255) as usize)) };
                counter.fetch_add(1, AtomicOrdering::Relaxed);
                word >>= 8;
                byte += 1;
            }
            i += stride;
        }
        thread::sync_threads();

        if t < counts.len() {
            let total = unsafe { DeviceAtomicU32::from_ptr(counts.as_mut_ptr().add(t)) };
            total.fetch_add(unsafe { LOCAL[t] }, AtomicOrdering::Relaxed);
        }
    }
}
