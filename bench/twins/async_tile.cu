// Row sums through two shared tiles filled by cp.async. Twin of examples/async_tile.rs.
#include <cuda_pipeline.h>

constexpr int TILE = 256, THREADS = 64;

extern "C" __global__ void __launch_bounds__(64)
async_row_sums(const float *__restrict__ x, size_t len, unsigned cols, float *__restrict__ out, size_t n_out) {
    __shared__ __align__(16) float tiles[2][TILE];
    __shared__ float sums[2];
    unsigned t = threadIdx.x, n_tiles = cols / TILE;
    if ((size_t(blockIdx.x) + 1) * cols > len || cols < TILE) return;
    const float *row = x + size_t(blockIdx.x) * cols;
    __pipeline_memcpy_async(&tiles[0][4 * t], row + 4 * t, 16);
    __pipeline_commit();
    float sum = 0.0f;
    for (unsigned tile = 0; tile < n_tiles; ++tile) {
        if (tile + 1 < n_tiles) {
            __pipeline_memcpy_async(&tiles[(tile + 1) & 1][4 * t], row + (tile + 1) * TILE + 4 * t, 16);
            __pipeline_commit();
            __pipeline_wait_prior(1);
        } else {
            __pipeline_wait_prior(0);
        }
        __syncthreads();
        for (unsigned i = t; i < TILE; i += THREADS) sum += tiles[tile & 1][i];
        __syncthreads();
    }
    for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
    if (t % 32 == 0) sums[t / 32] = sum;
    __syncthreads();
    if (t == 0 && blockIdx.x < n_out) out[blockIdx.x] = sums[0] + sums[1];
}
