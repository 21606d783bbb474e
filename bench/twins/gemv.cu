// One warp per row. Twin of examples/gemv.rs.
extern "C" __global__ void __launch_bounds__(256)
gemv(const float *__restrict__ a, size_t, const float *__restrict__ x, size_t cols, float *__restrict__ y, size_t rows) {
    size_t row = size_t(blockIdx.x) * (blockDim.x / 32) + threadIdx.x / 32;
    if (row >= rows) return;
    const float *row_of_a = a + row * cols;
    float sum = 0.0f;
    for (size_t i = threadIdx.x % 32; i < cols; i += 32) sum += row_of_a[i] * x[i];
    for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
    if (threadIdx.x % 32 == 0) y[row] = sum;
}
