// One partial sum per block. Twin of examples/reduction.rs.
constexpr int WARPS = 8;

__device__ float warp_sum(float v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffu, v, d);
    return v;
}

extern "C" __global__ void __launch_bounds__(256)
reduce_sum(const float *__restrict__ x, size_t n, float *__restrict__ partial, size_t) {
    __shared__ float sums[WARPS];
    size_t stride = size_t(gridDim.x) * blockDim.x;
    float sum = 0.0f;
    for (size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x; i < n; i += stride) sum += x[i];
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    sum = warp_sum(sum);
    if (lane == 0) sums[warp] = sum;
    __syncthreads();
    if (warp == 0) {
        float total = warp_sum(lane < WARPS ? sums[lane] : 0.0f);
        if (lane == 0) partial[blockIdx.x] = total;
    }
}
