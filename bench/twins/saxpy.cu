// y = a * x + y, one element per thread. Twin of examples/saxpy.rs.
extern "C" __global__ void saxpy(float a, const float *__restrict__ x, size_t, float *__restrict__ y, size_t n) {
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i < n) y[i] = a * x[i] + y[i];
}
