//! Sorts chunks of 1024 keys in shared memory with a bitonic network, ascending.
//!
//! Launch 1-D with 512 threads a block, one block per 1024 keys; `keys` has a multiple of 1024 elements.

use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const CHUNK: u32 = 1024;
    const THREADS: u32 = CHUNK / 2;

    #[kernel(unchecked_indexing)] // as the CUDA C++ twin: lengths are the launch's promise
    #[launch_contract(domain = 1, block = (512, 1, 1))]
    pub fn bitonic_sort(mut keys: DisjointSlice<u32>) {
        static mut LOCAL: SharedArray<u32, { CHUNK as usize }> = SharedArray::UNINIT;

        let t = thread::threadIdx_x();
        let base = thread::blockIdx_x() as usize * CHUNK as usize;
        if base + CHUNK as usize > keys.len() {
            return; // the whole block leaves together
        }
        // A chunk belongs to its block; each thread loads and stores two of its keys.
        unsafe {
            LOCAL[t as usize] = *keys.get_unchecked_mut(base + t as usize);
            LOCAL[(t + THREADS) as usize] = *keys.get_unchecked_mut(base + (t + THREADS) as usize);
        }

        let mut size = 2;
        while size <= CHUNK {
            let mut stride = size / 2;
            while stride > 0 {
                thread::sync_threads();
                let place = 2 * t - (t & (stride - 1));
                let ascending = place & size == 0;
                let (low, high) = (place as usize, (place + stride) as usize);
                unsafe {
                    let (a, b) = (LOCAL[low], LOCAL[high]);
                    if (a > b) == ascending {
                        LOCAL[low] = b;
                        LOCAL[high] = a;
                    }
                }
                stride /= 2;
            }
            size *= 2;
        }
        thread::sync_threads();

        unsafe {
            *keys.get_unchecked_mut(base + t as usize) = LOCAL[t as usize];
            *keys.get_unchecked_mut(base + (t + THREADS) as usize) = LOCAL[(t + THREADS) as usize];
        }
    }
}
