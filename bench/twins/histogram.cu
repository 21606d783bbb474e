// Counts in shared memory, then one atomic per bin and block. Twin of examples/histogram.rs.
constexpr int BINS = 256;

extern "C" __global__ void __launch_bounds__(256)
histogram(const unsigned *__restrict__ data, size_t n, unsigned *__restrict__ counts, size_t) {
    __shared__ unsigned local[BINS];
    local[threadIdx.x] = 0;
    __syncthreads();
    size_t stride = size_t(gridDim.x) * blockDim.x;
    for (size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x; i < n; i += stride) {
        unsigned word = data[i];
        for (int byte = 0; byte < 4; ++byte, word >>= 8) atomicAdd(&local[word & 255], 1u);
    }
    __syncthreads();
    atomicAdd(&counts[threadIdx.x], local[threadIdx.x]);
}
