// 32 x 32 tiles through shared memory. Twin of examples/transpose.rs.
constexpr int TILE = 32, STEP = 8;

extern "C" __global__ void __launch_bounds__(256)
transpose(const float *__restrict__ in, size_t, unsigned cols, float *__restrict__ out, size_t, unsigned rows) {
    __shared__ float tile[TILE][TILE + 1];
    unsigned col = blockIdx.x * TILE + threadIdx.x;
    for (int k = 0; k < TILE; k += STEP) {
        unsigned row = blockIdx.y * TILE + threadIdx.y + k;
        if (row < rows && col < cols) tile[threadIdx.y + k][threadIdx.x] = in[size_t(row) * cols + col];
    }
    __syncthreads();
    unsigned out_col = blockIdx.y * TILE + threadIdx.x;
    for (int k = 0; k < TILE; k += STEP) {
        unsigned out_row = blockIdx.x * TILE + threadIdx.y + k;
        if (out_row < cols && out_col < rows) out[size_t(out_row) * rows + out_col] = tile[threadIdx.x][threadIdx.y + k];
    }
}
