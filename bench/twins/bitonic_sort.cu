// Chunks of 1024 keys in shared memory. Twin of examples/bitonic_sort.rs.
constexpr unsigned CHUNK = 1024, THREADS = CHUNK / 2;

extern "C" __global__ void __launch_bounds__(512) bitonic_sort(unsigned *keys, size_t) {
    __shared__ unsigned local[CHUNK];
    unsigned t = threadIdx.x;
    size_t base = size_t(blockIdx.x) * CHUNK;
    local[t] = keys[base + t];
    local[t + THREADS] = keys[base + t + THREADS];
    for (unsigned size = 2; size <= CHUNK; size *= 2)
        for (unsigned stride = size / 2; stride > 0; stride /= 2) {
            __syncthreads();
            unsigned low = 2 * t - (t & (stride - 1)), high = low + stride;
            unsigned a = local[low], b = local[high];
            if ((a > b) == ((low & size) == 0)) {
                local[low] = b;
                local[high] = a;
            }
        }
    __syncthreads();
    keys[base + t] = local[t];
    keys[base + t + THREADS] = local[t + THREADS];
}
