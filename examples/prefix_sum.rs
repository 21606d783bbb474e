//! Work-efficient exclusive prefix sum of 512-element chunks in shared memory: up-sweep, then down-sweep over a
//! tree.
//!
//! Launch 1-D with 256 threads a block, one block per 512 elements; `x` and `out` have a multiple of 512 elements.

use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const CHUNK: usize = 512;
    const PADDED: usize = CHUNK + CHUNK / 32;

    /// One empty word after every 32, so that strides by powers of two hit different banks.
    #[inline(always)]
    fn padded(i: usize) -> usize {
        i + i / 32
    }

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn prefix_sum(x: &[u32], mut out: DisjointSlice<u32>) {
        static mut TREE: SharedArray<u32, PADDED> = SharedArray::UNINIT;

        let t = thread::threadIdx_x() as usize;
        let base = thread::blockIdx_x() as usize * CHUNK;
        if base + CHUNK > x.len() || base + CHUNK > out.len() {
            return; // the whole block leaves together
        }
        unsafe {
            TREE[padded(t)] = x[base + t];
            TREE[padded(t + CHUNK / 2)] = x[base + t + CHUNK / 2];
        }

        let mut step = 1usize;
        let mut active = CHUNK / 2;
        while active > 0 {
            thread::sync_threads();
            if t < active {
                let left = padded(step * (2 * t + 1) - 1);
                let right = padded(step * (2 * t + 2) - 1);
                unsafe { TREE[right] += TREE[left] };
            }
            step *= 2;
            active /= 2;
        }

        thread::sync_threads();
        if t == 0 {
            unsafe { TREE[padded(CHUNK - 1)] = 0 };
        }

        active = 1;
        while active < CHUNK {
            step /= 2;
            thread::sync_threads();
            if t < active {
                let left = padded(step * (2 * t + 1) - 1);
                let right = padded(step * (2 * t + 2) - 1);
                unsafe {
                    let sum = TREE[left];
                    TREE[left] = TREE[right];
                    TREE[right] += sum;
                }
            }
            active *= 2;
        }
        thread::sync_threads();

        // Each thread writes the two elements it loaded.
        unsafe {
            *out.get_unchecked_mut(base + t) = TREE[padded(t)];
            *out.get_unchecked_mut(base + t + CHUNK / 2) = TREE[padded(t + CHUNK / 2)];
        }
    }
}
