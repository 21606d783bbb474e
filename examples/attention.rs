//! One attention head, one query row per block: scores, softmax, weighted sum of the values.
//!
//! `q`, `k`, `v` and `out` are `tokens x 64`, row major. Launch 1-D with 128 threads a block, one block per query,
//! and `4 * tokens` bytes of dynamic shared memory for the scores.

use cuda_device::{
    DisjointSlice, DynamicSharedArray, SharedArray, cuda_module, kernel, launch_contract, thread, warp,
};

#[cuda_module]
pub mod kernels {
    use super::*;

    const HEAD: usize = 64;
    const THREADS: usize = 128;
    const WARPS: usize = THREADS / 32;

    #[kernel]
    #[launch_contract(domain = 1, block = (128, 1, 1), dynamic_shared_range = (4, 49152))]
    pub fn attention_row(q: &[f32], k: &[f32], v: &[f32], mut out: DisjointSlice<f32>) {
        static mut QUERY: SharedArray<f32, HEAD> = SharedArray::UNINIT;
        static mut PARTIAL: SharedArray<f32, WARPS> = SharedArray::UNINIT;
        static mut HALVES: SharedArray<f32, THREADS> = SharedArray::UNINIT;

        let scores = DynamicSharedArray::<f32>::get();
        let t = thread::threadIdx_x() as usize;
        let lane = warp::lane_id() as usize;
        let warp_in_block = warp::warp_id() as usize;
        let query = thread::blockIdx_x() as usize;
        let tokens = k.len() / HEAD;
        if (query + 1) * HEAD > q.len() || v.len() < k.len() {
            return; // the whole block leaves together
        }

        if t < HEAD {
            // 1 / sqrt(64) goes into the query once.
            unsafe { QUERY[t] = q[query * HEAD + t] * 0.125 };
        }
        thread::sync_threads();

        // Scores: one warp per key, two elements per lane.
        let mut largest = f32::NEG_INFINITY;
        let mut token = warp_in_block;
        while token < tokens {
            let key = &k[token * HEAD..(token + 1) * HEAD];
            let product = unsafe { QUERY[lane] * key[lane] + QUERY[lane + 32] * key[lane + 32] };
            let score = warp::reduce_sum_f32(product);
            if lane == 0 {
                unsafe { *scores.add(token) = score };
            }
            largest = largest.max(score);
            token += WARPS;
        }
        if lane == 0 {
            unsafe { PARTIAL[warp_in_block] = largest };
        }
        thread::sync_threads();
        largest = warp::reduce_max_f32(unsafe { PARTIAL[lane % WARPS] });
        thread::sync_threads();

        let mut sum = 0.0f32;
        token = t;
        while token < tokens {
            let weight = unsafe { (*scores.add(token) - largest).exp() };
            unsafe { *scores.add(token) = weight };
            sum += weight;
            token += THREADS;
        }
        sum = warp::reduce_sum_f32(sum);
        if lane == 0 {
            unsafe { PARTIAL[warp_in_block] = sum };
        }
        thread::sync_threads();
        let share = if lane < WARPS { unsafe { PARTIAL[lane] } } else { 0.0 };
        sum = warp::reduce_sum_f32(share);

        // Values: the two halves of the block take even and odd tokens.
        let column = t % HEAD;
        let mut total = 0.0f32;
        token = t / HEAD;
        while token < tokens {
            total += unsafe { *scores.add(token) } * v[token * HEAD + column];
            token += THREADS / HEAD;
        }
        unsafe { HALVES[t] = total };
        thread::sync_threads();
        let at = query * HEAD + column;
        if t < HEAD && at < out.len() {
            // One row of the result per block, one column per thread.
            unsafe { *out.get_unchecked_mut(at) = (HALVES[t] + HALVES[t + HEAD]) / sum };
        }
    }
}
