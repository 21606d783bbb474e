// Sparse matrix (CSR) times vector, one row a thread. Twin of examples/spmv.rs.
extern "C" __global__ void
spmv(const unsigned *__restrict__ row_starts, size_t n_starts, const unsigned *__restrict__ columns, size_t,
     const float *__restrict__ values, size_t, const float *__restrict__ x, size_t, float *__restrict__ y, size_t rows) {
    size_t row = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    float sum = 0.0f;
    if (row + 1 < n_starts) {
        size_t end = row_starts[row + 1];
        for (size_t i = row_starts[row]; i < end; ++i) sum += values[i] * x[columns[i]];
    }
    y[row] = sum;
}
