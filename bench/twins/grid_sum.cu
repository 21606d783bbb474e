// Divide by the sum of everything, in one cooperative launch. Twin of examples/grid_sum.rs.
#include <cooperative_groups.h>

extern "C" __global__ void __launch_bounds__(256) normalise(float *__restrict__ x, size_t n, float *partial, size_t) {
    __shared__ float sums[8];
    size_t stride = size_t(gridDim.x) * blockDim.x, first = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    float sum = 0.0f;
    for (size_t i = first; i < n; i += stride) sum += x[i];
    for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
    if (threadIdx.x % 32 == 0) sums[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x == 0) {
        float total = 0.0f;
        for (float each : sums) total += each;
        partial[blockIdx.x] = total;
    }
    cooperative_groups::this_grid().sync();
    float total = 0.0f;
    for (unsigned b = 0; b < gridDim.x; ++b) total += partial[b];
    for (size_t i = first; i < n; i += stride) x[i] /= total;
}
