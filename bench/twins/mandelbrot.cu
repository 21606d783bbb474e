// Escape times, one pixel a thread. Twin of examples/mandelbrot.rs.
extern "C" __global__ void
mandelbrot(float left, float top, float pixel, unsigned limit, unsigned *__restrict__ out, size_t len, unsigned width) {
    unsigned col = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
    size_t at = size_t(row) * width + col;
    if (col >= width || at >= len) return;
    float cx = left + col * pixel, cy = top - row * pixel, x = 0.0f, y = 0.0f;
    unsigned n = 0;
    while (n < limit && x * x + y * y <= 4.0f) {
        float next = x * x - y * y + cx;
        y = 2.0f * x * y + cy;
        x = next;
        ++n;
    }
    out[at] = n;
}
