// Philox 4x32-10, four uniform numbers a thread. Twin of examples/rng.rs.
static __device__ float uniform(unsigned bits) { return (bits >> 8) * (1.0f / 16777216.0f); }

extern "C" __global__ void random_uniform(unsigned long long seed, float4 *__restrict__ out, size_t n) {
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= n) return;
    uint4 c = {unsigned(i), unsigned(i >> 32), 0, 0};
    unsigned k0 = unsigned(seed), k1 = unsigned(seed >> 32);
    for (int round = 0; round < 10; ++round) {
        unsigned high0 = __umulhi(0xD2511F53u, c.x), low0 = 0xD2511F53u * c.x;
        unsigned high1 = __umulhi(0xCD9E8D57u, c.z), low1 = 0xCD9E8D57u * c.z;
        c = {high1 ^ c.y ^ k0, low1, high0 ^ c.w ^ k1, low0};
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[i] = {uniform(c.x), uniform(c.y), uniform(c.z), uniform(c.w)};
}
