// Mean of the four neighbours, borders kept. Twin of examples/stencil.rs.
extern "C" __global__ void
stencil(const float *__restrict__ in, size_t, unsigned height, float *__restrict__ out, size_t, unsigned width) {
    unsigned col = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
    if (col >= width || row >= height) return;
    size_t at = size_t(row) * width + col;
    bool border = row == 0 || col == 0 || row + 1 == height || col + 1 == width;
    out[at] = border ? in[at] : 0.25f * (in[at - width] + in[at + width] + in[at - 1] + in[at + 1]);
}
