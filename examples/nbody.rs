//! Gravitational acceleration of every body by all bodies, 256 positions at a time in shared memory.
//!
//! `bodies[i]` is (x, y, z, mass); `out[i]` gets (ax, ay, az, 0). Launch 1-D with 256 threads a block; the number
//! of bodies is a multiple of 256.

use cuda_device::{DisjointSlice, Float4, SharedArray, cuda_module, float, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const TILE: usize = 256;
    const SOFTENING: f32 = 1.0e-3;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn nbody(bodies: &[Float4], mut out: DisjointSlice<Float4>) {
        static mut X: SharedArray<f32, TILE> = SharedArray::UNINIT;
        static mut Y: SharedArray<f32, TILE> = SharedArray::UNINIT;
        static mut Z: SharedArray<f32, TILE> = SharedArray::UNINIT;
        static mut MASS: SharedArray<f32, TILE> = SharedArray::UNINIT;

        let index = thread::index_1d();
        let t = thread::threadIdx_x() as usize;
        if (thread::blockIdx_x() as usize + 1) * TILE > bodies.len() || bodies.len() % TILE != 0 {
            return; // the whole block leaves together
        }
        let own = bodies[index.get()];
        let (x, y, z) = (own.x(), own.y(), own.z());
        let (mut ax, mut ay, mut az) = (0.0f32, 0.0f32, 0.0f32);

        let mut tile = 0;
        while tile < bodies.len() {
            let body = bodies[tile + t];
            unsafe {
                X[t] = body.x();
                Y[t] = body.y();
                Z[t] = body.z();
                MASS[t] = body.w();
            }
            thread::sync_threads();

            let mut j = 0;
            while j < TILE {
                let (dx, dy, dz, mass) = unsafe { (X[j] - x, Y[j] - y, Z[j] - z, MASS[j]) };
                let square = dx * dx + dy * dy + dz * dz + SOFTENING;
                let inverse = float::rsqrt_approx_f32(square);
                let pull = mass * inverse * inverse * inverse;
                ax += dx * pull;
                ay += dy * pull;
                az += dz * pull;
                j += 1;
            }
            thread::sync_threads();
            tile += TILE;
        }

        if let Some(out) = out.get_mut(index) {
            *out = Float4::new([ax, ay, az, 0.0]);
        }
    }
}
