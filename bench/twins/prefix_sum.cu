// Blelloch's scan of 512 values a block, padded against bank conflicts. Twin of examples/prefix_sum.rs.
constexpr int CHUNK = 512;

static __device__ constexpr int padded(int i) { return i + i / 32; }

extern "C" __global__ void __launch_bounds__(256)
prefix_sum(const unsigned *__restrict__ x, size_t n, unsigned *__restrict__ out, size_t out_len) {
    __shared__ unsigned tree[CHUNK + CHUNK / 32];
    int t = threadIdx.x;
    size_t base = size_t(blockIdx.x) * CHUNK;
    if (base + CHUNK > n || base + CHUNK > out_len) return;
    tree[padded(t)] = x[base + t];
    tree[padded(t + CHUNK / 2)] = x[base + t + CHUNK / 2];
    int step = 1;
    for (int active = CHUNK / 2; active > 0; active /= 2, step *= 2) {
        __syncthreads();
        if (t < active) tree[padded(step * (2 * t + 2) - 1)] += tree[padded(step * (2 * t + 1) - 1)];
    }
    __syncthreads();
    if (t == 0) tree[padded(CHUNK - 1)] = 0;
    for (int active = 1; active < CHUNK; active *= 2) {
        step /= 2;
        __syncthreads();
        if (t < active) {
            int left = padded(step * (2 * t + 1) - 1), right = padded(step * (2 * t + 2) - 1);
            unsigned sum = tree[left];
            tree[left] = tree[right];
            tree[right] += sum;
        }
    }
    __syncthreads();
    out[base + t] = tree[padded(t)];
    out[base + t + CHUNK / 2] = tree[padded(t + CHUNK / 2)];
}
