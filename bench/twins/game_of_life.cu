// One generation on a torus. Twin of examples/game_of_life.rs.
extern "C" __global__ void
life(const unsigned char *__restrict__ cells, size_t, unsigned height, unsigned char *__restrict__ next, size_t, unsigned width) {
    unsigned col = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
    if (col >= width || row >= height) return;
    unsigned rows[3] = {row == 0 ? height - 1 : row - 1, row, row + 1 == height ? 0 : row + 1};
    unsigned cols[3] = {col == 0 ? width - 1 : col - 1, col, col + 1 == width ? 0 : col + 1};
    unsigned alive = 0;
    for (unsigned r : rows)
        for (unsigned c : cols) alive += cells[size_t(r) * width + c];
    unsigned own = cells[size_t(row) * width + col];
    alive -= own;
    next[size_t(row) * width + col] = alive == 3 || (own == 1 && alive == 2);
}
