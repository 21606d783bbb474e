//! One step of k-means on 4-D points: nearest centre of every point, and the sums the new centres are made of.
//!
//! At most 64 centres. `sums` holds four floats per centre and `counts` one integer, all zero before the launch.
//! Launch 1-D with 256 threads a block.

use cuda_device::atomic::{AtomicOrdering, DeviceAtomicF32, DeviceAtomicU32};
use cuda_device::{DisjointSlice, Float4, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const MOST: usize = 64;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn kmeans_step(
        points: &[Float4],
        centres: &[Float4],
        mut labels: DisjointSlice<u32>,
        mut sums: DisjointSlice<f32>,
        mut counts: DisjointSlice<u32>,
    ) {
        static mut CENTRES: SharedArray<Float4, MOST> = SharedArray::UNINIT;

        let t = thread::threadIdx_x() as usize;
        let n = if centres.len() < MOST { centres.len() } else { MOST };
        if t < n {
            unsafe { CENTRES[t] = centres[t] };
        }
        thread::sync_threads();

        let index = thread::index_1d();
        let i = index.get();
        if i >= points.len() {
            return;
        }
        let point = points[i];
        let mut nearest = 0usize;
        let mut least = f32::INFINITY;
        let mut c = 0;
        while c < n {
            let centre = unsafe { CENTRES[c] };
            let dx = point.x() - centre.x();
            let dy = point.y() - centre.y();
            let dz = point.z() - centre.z();
            let dw = point.w() - centre.w();
            let distance = dx * dx + dy * dy + dz * dz + dw * dw;
            if distance < least {
                least = distance;
                nearest = c;
            }
            c += 1;
        }
        if let Some(label) = labels.get_mut(index) {
            *label = nearest as u32;
        }
        if 4 * nearest + 4 <= sums.len() && nearest < counts.len() {
            let values = point.to_array();
            let mut d = 0;
            while d < 4 {
                let sum = unsafe { DeviceAtomicF32::from_ptr(sums.as_mut_ptr().add(4 * nearest + d)) };
                sum.fetch_add(values[d], AtomicOrdering::Relaxed);
                d += 1;
            }
            let count = unsafe { DeviceAtomicU32::from_ptr(counts.as_mut_ptr().add(nearest)) };
            count.fetch_add(1, AtomicOrdering::Relaxed);
        }
    }
}
