// Nearest centre of each point, sums and counts by atomics. Twin of examples/kmeans.rs.
constexpr unsigned MOST = 64;

extern "C" __global__ void __launch_bounds__(256)
kmeans_step(const float4 *__restrict__ points, size_t n_points, const float4 *__restrict__ centres, size_t n_centres,
            unsigned *__restrict__ labels, size_t n_labels, float *__restrict__ sums, size_t n_sums,
            unsigned *__restrict__ counts, size_t n_counts) {
    __shared__ float4 local[MOST];
    unsigned n = n_centres < MOST ? unsigned(n_centres) : MOST;
    if (threadIdx.x < n) local[threadIdx.x] = centres[threadIdx.x];
    __syncthreads();
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= n_points) return;
    float4 p = points[i];
    unsigned nearest = 0;
    float least = INFINITY;
    for (unsigned c = 0; c < n; ++c) {
        float dx = p.x - local[c].x, dy = p.y - local[c].y, dz = p.z - local[c].z, dw = p.w - local[c].w;
        float distance = dx * dx + dy * dy + dz * dz + dw * dw;
        if (distance < least) {
            least = distance;
            nearest = c;
        }
    }
    if (i < n_labels) labels[i] = nearest;
    if (4 * nearest + 4 <= n_sums && nearest < n_counts) {
        float values[4] = {p.x, p.y, p.z, p.w};
        for (int d = 0; d < 4; ++d) atomicAdd(&sums[4 * nearest + d], values[d]);
        atomicAdd(&counts[nearest], 1u);
    }
}
