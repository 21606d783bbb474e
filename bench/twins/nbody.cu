// 256 bodies at a time in shared memory. Twin of examples/nbody.rs.
constexpr int TILE = 256;
constexpr float SOFTENING = 1.0e-3f;

extern "C" __global__ void __launch_bounds__(256)
nbody(const float4 *__restrict__ bodies, size_t n, float4 *__restrict__ out, size_t) {
    __shared__ float xs[TILE], ys[TILE], zs[TILE], masses[TILE];
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    int t = threadIdx.x;
    float4 own = bodies[i];
    float ax = 0.0f, ay = 0.0f, az = 0.0f;
    for (size_t tile = 0; tile < n; tile += TILE) {
        float4 body = bodies[tile + t];
        xs[t] = body.x;
        ys[t] = body.y;
        zs[t] = body.z;
        masses[t] = body.w;
        __syncthreads();
        for (int j = 0; j < TILE; ++j) {
            float dx = xs[j] - own.x, dy = ys[j] - own.y, dz = zs[j] - own.z;
            float inverse = rsqrtf(dx * dx + dy * dy + dz * dz + SOFTENING);
            float pull = masses[j] * inverse * inverse * inverse;
            ax += dx * pull;
            ay += dy * pull;
            az += dz * pull;
        }
        __syncthreads();
    }
    out[i] = make_float4(ax, ay, az, 0.0f);
}
