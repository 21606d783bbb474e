// Least, greatest and mean absolute value of each row. Twin of examples/row_stats.rs.
extern "C" __global__ void row_stats(const float *__restrict__ x, size_t len, unsigned cols, float *__restrict__ stats, size_t rows) {
    size_t row = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (row >= rows || (row + 1) * cols > len) return;
    const float *values = x + row * cols;
    float least = INFINITY, greatest = -INFINITY, sum = 0.0f;
    for (unsigned i = 0; i < cols; ++i) {
        least = fminf(least, values[i]);
        greatest = fmaxf(greatest, values[i]);
    }
    for (unsigned i = 0; i < cols; ++i) sum += fabsf(values[i]);
    stats[3 * row] = least;
    stats[3 * row + 1] = greatest;
    stats[3 * row + 2] = sum / cols;
}
