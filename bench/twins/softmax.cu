// One block per row. Twin of examples/softmax.rs.
constexpr int THREADS = 256, WARPS = THREADS / 32;

__device__ float warp_sum(float v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffu, v, d);
    return v;
}

__device__ float warp_max(float v) {
    for (int d = 16; d > 0; d /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffffu, v, d));
    return v;
}

extern "C" __global__ void __launch_bounds__(256)
softmax(const float *__restrict__ x, size_t, unsigned cols, float *__restrict__ out, size_t) {
    __shared__ float partial[WARPS];
    int t = threadIdx.x, lane = t % 32, warp = t / 32;
    size_t start = size_t(blockIdx.x) * cols;
    const float *row = x + start;
    float largest = -INFINITY;
    for (unsigned i = t; i < cols; i += THREADS) largest = fmaxf(largest, row[i]);
    largest = warp_max(largest);
    if (lane == 0) partial[warp] = largest;
    __syncthreads();
    largest = warp_max(partial[lane % WARPS]);
    __syncthreads();
    float sum = 0.0f;
    for (unsigned i = t; i < cols; i += THREADS) sum += expf(row[i] - largest);
    sum = warp_sum(sum);
    if (lane == 0) partial[warp] = sum;
    __syncthreads();
    float scale = 1.0f / warp_sum(lane < WARPS ? partial[lane] : 0.0f);
    for (unsigned i = t; i < cols; i += THREADS) out[start + i] = expf(row[i] - largest) * scale;
}
