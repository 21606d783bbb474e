// Particles in a box under a spring and drag, several steps a thread. Twin of examples/particles.rs.
struct Vec3 { float x, y, z; };

static __device__ void bounce(float &x, float &v) {
    float at = x < -1.0f ? -1.0f : 1.0f;
    if (x < -1.0f || x > 1.0f) {
        x = 2.0f * at - x;
        v = -v;
    }
}

extern "C" __global__ void
particles(float stiffness, float drag, float dt, unsigned steps, Vec3 *__restrict__ positions, size_t n,
          Vec3 *__restrict__ velocities, size_t n_velocities) {
    size_t i = size_t(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= n || i >= n_velocities) return;
    Vec3 p = positions[i], v = velocities[i];
    for (unsigned s = 0; s < steps; ++s) {
        float slow = -drag * sqrtf(v.x * v.x + v.y * v.y + v.z * v.z);
        float ax = -p.x * stiffness + v.x * slow, ay = (0.5f - p.y) * stiffness + v.y * slow, az = -p.z * stiffness + v.z * slow;
        v.x += ax * dt, v.y += ay * dt, v.z += az * dt;
        p.x += v.x * dt, p.y += v.y * dt, p.z += v.z * dt;
        bounce(p.x, v.x);
        bounce(p.y, v.y);
        bounce(p.z, v.z);
    }
    positions[i] = p;
    velocities[i] = v;
}
