// One row of softmax(q k / 8) v per block. Twin of examples/attention.rs.
constexpr int HEAD = 64, THREADS = 128, WARPS = THREADS / 32;

static __device__ float warp_sum(float v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffu, v, d);
    return v;
}
static __device__ float warp_max(float v) {
    for (int d = 16; d > 0; d /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffffu, v, d));
    return v;
}

extern "C" __global__ void __launch_bounds__(128)
attention_row(const float *__restrict__ q, size_t q_len, const float *__restrict__ k, size_t k_len,
              const float *__restrict__ v, size_t v_len, float *__restrict__ out, size_t out_len) {
    __shared__ float query[HEAD], partial[WARPS], halves[THREADS];
    extern __shared__ float scores[];
    size_t t = threadIdx.x, lane = t % 32, warp = t / 32, row = blockIdx.x, tokens = k_len / HEAD;
    if ((row + 1) * HEAD > q_len || v_len < k_len) return;
    if (t < HEAD) query[t] = q[row * HEAD + t] * 0.125f;
    __syncthreads();
    float largest = -INFINITY;
    for (size_t token = warp; token < tokens; token += WARPS) {
        const float *key = k + token * HEAD;
        float score = warp_sum(query[lane] * key[lane] + query[lane + 32] * key[lane + 32]);
        if (lane == 0) scores[token] = score;
        largest = fmaxf(largest, score);
    }
    if (lane == 0) partial[warp] = largest;
    __syncthreads();
    largest = warp_max(partial[lane % WARPS]);
    __syncthreads();
    float sum = 0.0f;
    for (size_t token = t; token < tokens; token += THREADS) {
        float weight = expf(scores[token] - largest);
        scores[token] = weight;
        sum += weight;
    }
    sum = warp_sum(sum);
    if (lane == 0) partial[warp] = sum;
    __syncthreads();
    sum = warp_sum(lane < WARPS ? partial[lane] : 0.0f);
    size_t column = t % HEAD;
    float total = 0.0f;
    for (size_t token = t / HEAD; token < tokens; token += THREADS / HEAD) total += scores[token] * v[token * HEAD + column];
    halves[t] = total;
    __syncthreads();
    size_t at = row * HEAD + column;
    if (t < HEAD && at < out_len) out[at] = (halves[t] + halves[t + HEAD]) / sum;
}
