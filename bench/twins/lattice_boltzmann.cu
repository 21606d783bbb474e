// One D2Q9 step on a torus. Twin of examples/lattice_boltzmann.rs.
extern "C" __global__ void
lattice_boltzmann(const float *__restrict__ now, size_t, unsigned width, unsigned height, float omega, float *__restrict__ next,
                  size_t next_len) {
    const int DX[9] = {0, 1, 0, -1, 0, 1, -1, -1, 1}, DY[9] = {0, 0, 1, 0, -1, 1, 1, -1, -1};
    size_t cell = size_t(blockIdx.x) * blockDim.x + threadIdx.x, n = size_t(width) * height;
    if (cell >= n || next_len < 9 * n) return;
    unsigned row = unsigned(cell) / width, col = unsigned(cell) % width;
    float f[9], density = 0.0f, px = 0.0f, py = 0.0f;
#pragma unroll
    for (int i = 0; i < 9; ++i) {
        unsigned r = DY[i] == 1 ? (row == 0 ? height - 1 : row - 1) : DY[i] == -1 ? (row + 1 == height ? 0 : row + 1) : row;
        unsigned c = DX[i] == 1 ? (col == 0 ? width - 1 : col - 1) : DX[i] == -1 ? (col + 1 == width ? 0 : col + 1) : col;
        f[i] = now[i * n + size_t(r) * width + c];
        density += f[i];
        px += f[i] * DX[i];
        py += f[i] * DY[i];
    }
    float ux = px / density, uy = py / density, speed = ux * ux + uy * uy;
#pragma unroll
    for (int i = 0; i < 9; ++i) {
        float along = DX[i] * ux + DY[i] * uy, weight = i == 0 ? 4.0f / 9 : i < 5 ? 1.0f / 9 : 1.0f / 36;
        float balance = weight * density * (1.0f + 3.0f * along + 4.5f * along * along - 1.5f * speed);
        next[i * n + cell] = f[i] + omega * (balance - f[i]);
    }
}
