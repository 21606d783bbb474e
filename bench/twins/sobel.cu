// Sobel's gradient magnitude of a grey image. Twin of examples/sobel.rs.
extern "C" __global__ void
sobel(const unsigned char *__restrict__ pixels, size_t, unsigned height, unsigned char *__restrict__ out, size_t, unsigned width) {
    int col = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
    if (col >= int(width) || row >= int(height)) return;
    const int across[3][3] = {{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}, down[3][3] = {{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}};
    int x = 0, y = 0;
    for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
            int r = min(max(row + dy, 0), int(height) - 1), c = min(max(col + dx, 0), int(width) - 1);
            int pixel = pixels[size_t(r) * width + c];
            x += across[dy + 1][dx + 1] * pixel;
            y += down[dy + 1][dx + 1] * pixel;
        }
    out[size_t(row) * width + col] = min(abs(x) + abs(y), 255);
}
