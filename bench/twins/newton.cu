// Newton's fractal of z^3 - 1. Twin of examples/newton.rs.
extern "C" __global__ void
newton(float left, float top, float pixel, unsigned limit, unsigned *__restrict__ out, size_t len, unsigned width) {
    unsigned col = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
    size_t at = size_t(row) * width + col;
    if (col >= width || at >= len) return;
    const float RE[3] = {1.0f, -0.5f, -0.5f}, IM[3] = {0.0f, 0.8660254f, -0.8660254f};
    float re = left + pixel * col, im = top - pixel * row;
    unsigned root = 0, step = 0;
    for (; step < limit; ++step) {
        for (int i = 0; i < 3 && root == 0; ++i) {
            float x = re - RE[i], y = im - IM[i];
            if (x * x + y * y < 1e-6f) root = i + 1;
        }
        if (root != 0) break;
        float sr = re * re - im * im, si = 2.0f * re * im;
        float nr = sr * re - si * im - 1.0f, ni = sr * im + si * re, dr = 3.0f * sr, di = 3.0f * si, n = dr * dr + di * di;
        re -= (nr * dr + ni * di) / n;
        im -= (ni * dr - nr * di) / n;
    }
    out[at] = step << 2 | root;
}
