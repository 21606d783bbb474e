//! Counter-based random numbers (Philox 4x32-10): four uniform floats per thread, no state to keep.
//!
//! Safe code only. `out[i]` depends on `seed` and `i` alone, whatever the launch shape. Launch 1-D with at least
//! `out.len()` threads.

use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    /// Four numbers, aligned so that they are written at once.
    #[repr(C, align(16))]
    pub struct Four([f32; 4]);

    const MULTIPLIER_0: u32 = 0xD251_1F53;
    const MULTIPLIER_1: u32 = 0xCD9E_8D57;
    const WEYL_0: u32 = 0x9E37_79B9;
    const WEYL_1: u32 = 0xBB67_AE85;

    #[inline(always)]
    fn multiply(a: u32, b: u32) -> (u32, u32) {
        let product = a as u64 * b as u64;
        ((product >> 32) as u32, product as u32)
    }

    /// Ten rounds over a 128-bit counter with a 64-bit key.
    #[inline(always)]
    fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
        for _ in 0..10 {
            let (high_0, low_0) = multiply(MULTIPLIER_0, counter[0]);
            let (high_1, low_1) = multiply(MULTIPLIER_1, counter[2]);
            counter = [high_1 ^ counter[1] ^ key[0], low_1, high_0 ^ counter[3] ^ key[1], low_0];
            key = [key[0].wrapping_add(WEYL_0), key[1].wrapping_add(WEYL_1)];
        }
        counter
    }

    /// The upper 24 bits as a float in [0, 1).
    #[inline(always)]
    fn uniform(bits: u32) -> f32 {
        (bits >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    #[kernel]
    pub fn random_uniform(seed: u64, mut out: DisjointSlice<Four>) {
        let index = thread::index_1d();
        let i = index.get() as u64;
        if let Some(out) = out.get_mut(index) {
            let counter = [i as u32, (i >> 32) as u32, 0, 0];
            let [a, b, c, d] = philox(counter, [seed as u32, (seed >> 32) as u32]);
            *out = Four([uniform(a), uniform(b), uniform(c), uniform(d)]);
        }
    }
}
