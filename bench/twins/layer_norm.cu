// One block per row. Twin of examples/layer_norm.rs.
constexpr int THREADS = 256, WARPS = THREADS / 32;

__device__ float warp_sum(float v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffu, v, d);
    return v;
}

__device__ float block_sum(float v) {
    __shared__ float partial[WARPS];
    int lane = threadIdx.x % 32;
    v = warp_sum(v);
    __syncthreads();
    if (lane == 0) partial[threadIdx.x / 32] = v;
    __syncthreads();
    return warp_sum(lane < WARPS ? partial[lane] : 0.0f);
}

extern "C" __global__ void __launch_bounds__(256)
layer_norm(const float *__restrict__ x, size_t, const float *__restrict__ gamma, size_t, const float *__restrict__ beta,
           size_t, float epsilon, unsigned cols, float *__restrict__ out, size_t) {
    size_t start = size_t(blockIdx.x) * cols;
    const float *row = x + start;
    float sum = 0.0f;
    for (unsigned i = threadIdx.x; i < cols; i += THREADS) sum += row[i];
    float mean = block_sum(sum) / cols;
    float squares = 0.0f;
    for (unsigned i = threadIdx.x; i < cols; i += THREADS) squares += (row[i] - mean) * (row[i] - mean);
    float scale = 1.0f / sqrtf(block_sum(squares) / cols + epsilon);
    for (unsigned i = threadIdx.x; i < cols; i += THREADS) out[start + i] = (row[i] - mean) * scale * gamma[i] + beta[i];
}
