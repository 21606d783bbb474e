//! Prices of European call and put options by the Black-Scholes formula, one option per thread.
//!
//! Safe code only. Launch 1-D with at least as many threads as options, at most 256 a block.

use cuda_device::{DisjointSlice, cuda_module, kernel, launch_bounds, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    /// Cumulative normal distribution: a five-term polynomial, absolute error below 1e-7.
    #[inline(always)]
    fn cumulative_normal(d: f32) -> f32 {
        let k = 1.0 / (1.0 + 0.231_641_9 * d.abs());
        let polynomial = k
            * (0.319_381_53
                + k * (-0.356_563_78 + k * (1.781_477_9 + k * (-1.821_255_9 + k * 1.330_274_5))));
        let tail = 0.398_942_3 * (-0.5 * d * d).exp() * polynomial;
        if d > 0.0 { 1.0 - tail } else { tail }
    }

    #[kernel(unchecked_indexing)] // as the CUDA C++ twin: lengths are the launch's promise
    #[launch_contract(domain = 1)]
    #[launch_bounds(256)]
    pub fn black_scholes(
        spot: &[f32],
        strike: &[f32],
        years: &[f32],
        rate: f32,
        volatility: f32,
        mut call: DisjointSlice<f32>,
        mut put: DisjointSlice<f32>,
    ) {
        let index = thread::index_1d();
        let i = index.get();
        if i >= spot.len() {
            return;
        }
        let (s, x, t) = (spot[i], strike[i], years[i]);
        let deviation = volatility * t.sqrt();
        let d1 = ((s / x).ln() + (rate + 0.5 * volatility * volatility) * t) / deviation;
        let d2 = d1 - deviation;
        let (n1, n2) = (cumulative_normal(d1), cumulative_normal(d2));
        let discounted = x * (-rate * t).exp();
        if let Some(call) = call.get_mut(index) {
            *call = s * n1 - discounted * n2;
        }
        if let Some(put) = put.get_mut(thread::index_1d()) {
            *put = discounted * (1.0 - n2) - s * (1.0 - n1);
        }
    }
}
