// Darts by xorshift, hits counted by ballot. Twin of examples/monte_carlo_pi.rs.
static __device__ unsigned next(unsigned x) {
    x ^= x << 13;
    x ^= x >> 17;
    return x ^ x << 5;
}
static __device__ float unit(unsigned bits) { return (bits >> 8) * (1.0f / 16777216.0f); }

extern "C" __global__ void monte_carlo_pi(unsigned seed, unsigned throws, unsigned *__restrict__ hits, size_t) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x, state = (seed ^ i * 0x9E3779B9u) | 1, inside = 0;
    for (unsigned n = 0; n < throws; ++n) {
        state = next(state);
        float x = unit(state);
        state = next(state);
        float y = unit(state);
        inside += __popc(__ballot_sync(0xffffffffu, x * x + y * y < 1.0f));
    }
    if (threadIdx.x % 32 == 0) atomicAdd(hits, inside);
}
