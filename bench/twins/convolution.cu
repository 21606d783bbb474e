// 5 x 5 filter over a tile with halo in shared memory. Twin of examples/convolution.rs.
constexpr int RADIUS = 2, SIZE = 2 * RADIUS + 1, TILE_X = 32, TILE_Y = 8;
constexpr int PITCH = TILE_X + 2 * RADIUS, ROWS = TILE_Y + 2 * RADIUS;

extern "C" __global__ void __launch_bounds__(256)
convolution(const float *__restrict__ in, size_t, const float *__restrict__ filter, size_t, unsigned height,
            float *__restrict__ out, size_t, unsigned width) {
    __shared__ float tile[PITCH * ROWS];
    __shared__ float taps[SIZE * SIZE];
    int tx = threadIdx.x, ty = threadIdx.y, t = ty * TILE_X + tx;
    unsigned col0 = blockIdx.x * TILE_X, row0 = blockIdx.y * TILE_Y;
    for (int at = t; at < PITCH * ROWS; at += TILE_X * TILE_Y) {
        unsigned row = row0 + at / PITCH - RADIUS, col = col0 + at % PITCH - RADIUS;
        tile[at] = row < height && col < width ? in[size_t(row) * width + col] : 0.0f;
    }
    if (t < SIZE * SIZE) taps[t] = filter[t];
    __syncthreads();
    float sum = 0.0f;
    for (int dy = 0; dy < SIZE; ++dy)
        for (int dx = 0; dx < SIZE; ++dx) sum += tile[(ty + dy) * PITCH + tx + dx] * taps[dy * SIZE + dx];
    unsigned row = row0 + ty, col = col0 + tx;
    if (row < height && col < width) out[size_t(row) * width + col] = sum;
}
