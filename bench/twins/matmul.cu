// 64 x 64 tiles, 4 x 4 results per thread. Twin of examples/matmul.rs.
constexpr int TILE = 64, DEPTH = 16, RESULTS = 4;

extern "C" __global__ void __launch_bounds__(256)
matmul(const float *__restrict__ a, size_t, const float *__restrict__ b, size_t, unsigned k,
       float *__restrict__ c, size_t, unsigned n) {
    __shared__ __align__(16) float left_tile[DEPTH][TILE];
    __shared__ __align__(16) float right_tile[DEPTH][TILE];
    int tx = threadIdx.x, ty = threadIdx.y, t = ty * 16 + tx;
    size_t row0 = size_t(blockIdx.y) * TILE, col0 = size_t(blockIdx.x) * TILE;
    float sums[RESULTS][RESULTS] = {};
    for (size_t depth0 = 0; depth0 < k; depth0 += DEPTH) {
        for (int i = 0; i < RESULTS; ++i) {
            int at = t + i * 256;
            left_tile[at % DEPTH][at / DEPTH] = a[(row0 + at / DEPTH) * k + depth0 + at % DEPTH];
            right_tile[at / TILE][at % TILE] = b[(depth0 + at / TILE) * n + col0 + at % TILE];
        }
        __syncthreads();
        for (int depth = 0; depth < DEPTH; ++depth) {
            float left[RESULTS], right[RESULTS];
            for (int i = 0; i < RESULTS; ++i) {
                left[i] = left_tile[depth][ty * RESULTS + i];
                right[i] = right_tile[depth][tx * RESULTS + i];
            }
            for (int i = 0; i < RESULTS; ++i)
                for (int j = 0; j < RESULTS; ++j) sums[i][j] += left[i] * right[j];
        }
        __syncthreads();
    }
    for (int i = 0; i < RESULTS; ++i)
        for (int j = 0; j < RESULTS; ++j) c[(row0 + ty * RESULTS + i) * n + col0 + tx * RESULTS + j] = sums[i][j];
}
