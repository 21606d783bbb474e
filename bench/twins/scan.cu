// Warp scans joined through shared memory, then the offsets of the blocks. Twin of examples/scan.rs.
static __device__ unsigned warp_scan(unsigned value, int lane) {
    for (int delta = 1; delta < 32; delta *= 2) {
        unsigned other = __shfl_up_sync(0xffffffffu, value, delta);
        if (lane >= delta) value += other;
    }
    return value;
}

extern "C" __global__ void __launch_bounds__(256)
scan_blocks(const unsigned *__restrict__ x, size_t n, unsigned *__restrict__ out, size_t out_len,
            unsigned *__restrict__ block_sums, size_t n_sums) {
    __shared__ unsigned totals[8];
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    unsigned scanned = warp_scan(i < n ? x[i] : 0, lane);
    if (lane == 31) totals[warp] = scanned;
    __syncthreads();
    if (warp == 0) {
        unsigned total = lane < 8 ? totals[lane] : 0, before = warp_scan(total, lane) - total;
        if (lane < 8) totals[lane] = before;
    }
    __syncthreads();
    scanned += totals[warp];
    if (i < out_len) out[i] = scanned;
    if (threadIdx.x == blockDim.x - 1 && blockIdx.x < n_sums) block_sums[blockIdx.x] = scanned;
}

extern "C" __global__ void
add_block_offsets(const unsigned *__restrict__ scanned_sums, size_t, unsigned *__restrict__ out, size_t n) {
    if (blockIdx.x == 0) return;
    unsigned offset = scanned_sums[blockIdx.x - 1];
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i < n) out[i] += offset;
}
