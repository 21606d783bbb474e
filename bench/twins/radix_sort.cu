// One digit of a radix sort: counts of each block, then a stable scatter. Twin of examples/radix_sort.rs.
constexpr int DIGITS = 16, WARPS = 8;

extern "C" __global__ void __launch_bounds__(256)
digit_counts(const unsigned *__restrict__ keys, size_t n, unsigned shift, unsigned *__restrict__ counts, size_t n_counts) {
    __shared__ unsigned local[DIGITS];
    int t = threadIdx.x;
    if (t < DIGITS) local[t] = 0;
    __syncthreads();
    size_t i = size_t(blockIdx.x) * blockDim.x + t;
    if (i < n) atomicAdd(&local[keys[i] >> shift & 15], 1u);
    __syncthreads();
    size_t at = size_t(t) * gridDim.x + blockIdx.x;
    if (t < DIGITS && at < n_counts) counts[at] = local[t];
}

extern "C" __global__ void __launch_bounds__(256)
scatter(const unsigned *__restrict__ keys, size_t n, const unsigned *__restrict__ offsets, size_t, unsigned shift,
        unsigned *__restrict__ out, size_t out_len) {
    __shared__ unsigned warp_counts[DIGITS * WARPS];
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    unsigned key = i < n ? keys[i] : 0, digit = i < n ? key >> shift & 15 : DIGITS;
    unsigned same = __match_any_sync(0xffffffffu, digit), before;
    asm("mov.u32 %0, %%lanemask_lt;" : "=r"(before));
    unsigned rank = __popc(same & before);
    if (lane < DIGITS) warp_counts[lane * WARPS + warp] = 0;
    __syncwarp();
    if (digit != DIGITS && rank == 0) warp_counts[digit * WARPS + warp] = __popc(same);
    __syncthreads();
    if (digit != DIGITS) {
        for (int w = 0; w < warp; ++w) rank += warp_counts[digit * WARPS + w];
        size_t at = offsets[size_t(digit) * gridDim.x + blockIdx.x] + rank;
        if (at < out_len) out[at] = key;
    }
}
