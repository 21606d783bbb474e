//! Estimates pi: each thread throws darts with its own xorshift generator, a warp vote counts the hits.
//!
//! Launch 1-D with a multiple of 32 threads; `hits` has one element, zero before the launch.

use cuda_device::atomic::{AtomicOrdering, DeviceAtomicU32};
use cuda_device::{DisjointSlice, cuda_module, kernel, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[inline(always)]
    fn next(state: u32) -> u32 {
        let mut x = state;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        x
    }

    #[inline(always)]
    fn unit(bits: u32) -> f32 {
        (bits >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    #[kernel]
    pub fn monte_carlo_pi(seed: u32, throws: u32, mut hits: DisjointSlice<u32>) {
        let i = thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x();
        let mut state = (seed ^ i.wrapping_mul(0x9E37_79B9)) | 1;
        let mut inside = 0u32;
        let mut n = 0;
        while n < throws {
            state = next(state);
            let x = unit(state);
            state = next(state);
            let y = unit(state);
            inside += warp::popc(x * x + y * y < 1.0);
            n += 1;
        }
        if warp::lane_id() == 0 && !hits.is_empty() {
            let total = unsafe { DeviceAtomicU32::from_ptr(hits.as_mut_ptr()) };
            total.fetch_add(inside, AtomicOrdering::Relaxed);
        }
    }
}
