// A grid-stride loop, warp shuffles, one atomic per block. Twin of examples/dot.rs.
static __device__ float warp_sum(float v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffu, v, d);
    return v;
}

extern "C" __global__ void __launch_bounds__(256)
dot(const float *__restrict__ a, size_t a_len, const float *__restrict__ b, size_t b_len, float *__restrict__ result, size_t) {
    __shared__ float sums[8];
    size_t n = a_len < b_len ? a_len : b_len, stride = size_t(gridDim.x) * blockDim.x;
    float sum = 0.0f;
    for (size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x; i < n; i += stride) sum += a[i] * b[i];
    sum = warp_sum(sum);
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    if (lane == 0) sums[warp] = sum;
    __syncthreads();
    if (warp == 0) {
        float total = warp_sum(lane < 8 ? sums[lane] : 0.0f);
        if (lane == 0) atomicAdd(result, total);
    }
}
