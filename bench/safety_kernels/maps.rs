//! Global maps: one, two and three dimensions, grid strides, tiles and runs, structs, views, closures, generics.

use cuda_device::view::{LinearTiles, RowMajorTiles};
use cuda_device::{
    DisjointSlice, Index2D, Runtime2DIndex, Uniform, WarpIndex, cuda_module, kernel, launch_bounds, launch_contract,
    thread,
};

#[derive(Clone, Copy)]
pub struct Particle {
    pub x: f32,
    pub v: f32,
}

#[cuda_module]
pub mod kernels {
    use super::*;

    //@ launch grid=3 block=32 a=2.0 x=96 y=96
    //@ launch grid=2 block=48 a=0.5 x=70 y=80
    #[kernel]
    pub fn axpy(a: f32, x: &[f32], mut y: DisjointSlice<f32>) {
        let index = thread::index_1d();
        let i = index.get();
        if let Some(out) = y.get_mut(index) {
            if i < x.len() {
                *out = a * x[i] + *out;
            }
        }
    }

    //@ launch grid=2 block=64 n=128 x=128 y=128
    //@ launch grid=3 block=32 n=80 x=80 y=96
    #[kernel]
    #[launch_contract(domain = 1)]
    #[launch_bounds(256)]
    pub fn scale_raw(n: u32, x: &[f32], mut y: DisjointSlice<f32>) {
        let i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;
        if i < n as usize && i < x.len() && i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = x[i] * 3.0 };
        }
    }

    //@ launch grid=2 block=32 x=300 y=300
    //@ launch grid=3 block=64 x=100 y=100
    #[kernel]
    #[launch_contract(domain = 1)]
    #[launch_bounds(256)]
    pub fn grid_stride(x: &[f32], mut y: DisjointSlice<f32>) {
        let stride = (thread::gridDim_x() * thread::blockDim_x()) as usize;
        let mut i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;
        while i < x.len() && i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = x[i] + 1.0 };
            i += stride;
        }
    }

    //@ launch grid=2 block=32 x=256 y=256
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn four_each(x: &[f32], mut y: DisjointSlice<f32>) {
        let first = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize * 4;
        if first + 4 <= x.len() && first + 4 <= y.len() {
            for k in 0..4 {
                unsafe { *y.get_unchecked_mut(first + k) = x[first + k] };
            }
        }
    }

    //@ launch grid=2 block=32 x=256 y=256
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn coalesced_chunks(x: &[u32], mut y: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize;
        let first = thread::blockIdx_x() as usize * 128;
        for k in 0..4 {
            let i = first + k * 32 + t;
            if i < x.len() && i < y.len() {
                unsafe { *y.get_unchecked_mut(i) = x[i] ^ 1 };
            }
        }
    }

    //@ launch grid=2,2 block=8,8 x=256 y=256
    //@ launch grid=2,1 block=8,4 x=256 y=200
    #[kernel]
    pub fn flat_2d(x: &[f32], mut y: DisjointSlice<f32, Index2D<16>>) {
        if let Some(index) = thread::index_2d::<16>() {
            let i = index.get();
            if let Some(out) = y.get_mut(index) {
                if i < x.len() {
                    *out = -x[i];
                }
            }
        }
    }

    //@ launch grid=2,2 block=8,8 x=192 y=192/12
    //@ launch grid=1,3 block=16,4 x=192 y=192/16
    #[kernel]
    pub fn runtime_width(x: &[f32], mut y: DisjointSlice<f32, Runtime2DIndex>) {
        if let Some(index) = thread::index_2d_runtime(&y) {
            let at = index.row() * 12 + index.col();
            if let Some(out) = y.get_mut(index) {
                if at < x.len() {
                    *out = x[at];
                }
            }
        }
    }

    //@ launch grid=2,2 block=8,8 width=16 x=256 y=256
    //@ launch grid=2,2 block=8,8 width=13 x=256 y=256
    #[kernel]
    #[launch_contract(domain = 2, block = (8, 8, 1))]
    pub fn rows_and_columns(width: u32, x: &[f32], mut y: DisjointSlice<f32, Index2D<1>>) {
        let col = (thread::blockIdx_x() * 8 + thread::threadIdx_x()) as usize;
        let row = (thread::blockIdx_y() * 8 + thread::threadIdx_y()) as usize;
        let w = width as usize;
        if col < w {
            let i = row * w + col;
            if i < x.len() && i < y.len() {
                unsafe { *y.get_unchecked_mut(i) = x[i] * x[i] };
            }
        }
    }

    //@ launch grid=2,2,2 block=4,4,2 x=512 y=512
    #[kernel]
    #[launch_contract(domain = 3, block = (4, 4, 2))]
    pub unsafe fn volume(x: &[f32], y: *mut f32) {
        let i = thread::blockIdx_x() * 4 + thread::threadIdx_x();
        let j = thread::blockIdx_y() * 4 + thread::threadIdx_y();
        let k = thread::blockIdx_z() * 2 + thread::threadIdx_z();
        if i < 8 && j < 8 {
            let at = ((k * 8 + j) * 8 + i) as usize;
            if at < x.len() {
                unsafe { *y.add(at) = x[at] + 0.5 };
            }
        }
    }

    //@ launch grid=2 block=32 y=256
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1), coordinates = u32)]
    pub fn scaled_index(mut y: DisjointSlice<u32>) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        let at = 3 * i + 1;
        if at < y.len() {
            unsafe { *y.get_unchecked_mut(at) = i as u32 };
        }
    }

    //@ launch grid=2 block=64 dt=0.5 p=128
    #[kernel]
    pub fn move_particles(dt: f32, mut p: DisjointSlice<Particle>) {
        if let Some(particle) = p.get_mut(thread::index_1d()) {
            particle.x += particle.v * dt;
        }
    }

    //@ launch grid=2 block=32 p=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub unsafe fn two_fields(p: *mut Particle) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        unsafe {
            let particle = p.add(i);
            (*particle).x = i as f32;
            (*particle).v = -(*particle).x;
        }
    }

    //@ launch grid=2 block=32 x=256 y=256
    #[kernel(launch_context = lc)]
    #[launch_contract(domain = 1, block = (32, 1, 1), coordinates = u32)]
    pub fn linear_tiles(x: &[f32], mut y: DisjointSlice<f32, LinearTiles<4>>) {
        let index = thread::index_1d_u32(lc);
        let t = index.get() as usize;
        if let Some(mut tile) = y.tile_thread32(index) {
            if 4 * t + 1 < x.len() {
                tile.at_const::<0>().write(x[4 * t]);
                tile.at_const::<3>().write(x[4 * t + 1]);
            }
        }
    }

    //@ launch grid=1,1 block=8,8 y=256
    #[kernel(launch_context = lc)]
    #[launch_contract(domain = 2, block = (8, 8, 1), coordinates = u32)]
    pub fn square_tiles(mut y: DisjointSlice<u32, RowMajorTiles<2, 2, 16>>) {
        let coord = thread::coord_2d_u32(lc);
        let value = coord.row() * 100 + coord.col();
        if let Some(mut tile) = y.tile_2d32(coord) {
            tile.at_const::<0, 0>().write(value);
            tile.at_const::<1, 1>().write(value + 1);
        }
    }

    //@ launch grid=2 block=64 y=4
    #[kernel]
    pub fn one_per_warp(mut y: DisjointSlice<u32, WarpIndex>) {
        if let Some(index) = thread::warp_index() {
            let w = index.get() as u32;
            if let Some(out) = y.get_mut(index) {
                *out = w;
            }
        }
    }

    //@ launch grid=2 block=32 width=8 y=512
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn uniform_stride(width: Uniform<u32>, mut y: DisjointSlice<u32>) {
        let w = width.get() as usize;
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        let mut k = 0;
        while k < w {
            let at = i * w + k;
            if at < y.len() {
                unsafe { *y.get_unchecked_mut(at) = k as u32 };
            }
            k += 1;
        }
    }

    fn place(block: u32, thread: u32) -> usize {
        (block * 32 + thread) as usize
    }

    //@ launch grid=2 block=32 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn through_a_function(x: &[f32], mut y: DisjointSlice<f32>) {
        let i = place(thread::blockIdx_x(), thread::threadIdx_x());
        if i < x.len() && i < y.len() {
            unsafe { *y.get_unchecked_mut(i) = x[i] };
        }
    }

    unsafe fn store_all<F: Fn(usize) -> u32>(y: *mut u32, n: usize, f: F) {
        let mut i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;
        while i < n {
            unsafe { *y.add(i) = f(i) };
            i += (thread::gridDim_x() * thread::blockDim_x()) as usize;
        }
    }

    //@ launch grid=2 block=32 x=100 y=100
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn through_a_closure(x: &[u32], mut y: DisjointSlice<u32>) {
        let n = if x.len() < y.len() { x.len() } else { y.len() };
        unsafe { store_all(y.as_mut_ptr(), n, |i| x[i] + 1) };
    }

    //@ launch grid=2 block=32 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn by_iterator(x: &[u32], mut y: DisjointSlice<u32>) {
        let first = (thread::blockIdx_x() * 32) as usize;
        let t = thread::threadIdx_x() as usize;
        let total: u32 = x.iter().take(4).fold(0, |sum, v| sum ^ *v);
        for (k, i) in (first..first + 32).enumerate() {
            if k == t && i < y.len() {
                unsafe { *y.get_unchecked_mut(i) = total };
            }
        }
    }

    //@ launch grid=2 block=32 x=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn reversed(x: &[u32], mut y: DisjointSlice<u32>) {
        let n = 64usize;
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        if i < n && n <= x.len() && n <= y.len() {
            unsafe { *y.get_unchecked_mut(n - 1 - i) = x[i] };
        }
    }

    //@ launch grid=1 block=64 y=64
    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn swapped_bits(mut y: DisjointSlice<u32>) {
        let t = thread::threadIdx_x() as usize;
        let at = (t & 7) * 8 + (t >> 3);
        if thread::blockIdx_x() == 0 && at < y.len() {
            unsafe { *y.get_unchecked_mut(at) = t as u32 };
        }
    }

    //@ launch grid=2 block=32 y=64 z=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn two_outputs(mut y: DisjointSlice<u32>, mut z: DisjointSlice<u32>) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        if i < y.len() && i < z.len() {
            if i % 2 == 0 {
                unsafe { *y.get_unchecked_mut(i) = 1 };
            } else {
                unsafe { *z.get_unchecked_mut(i) = 2 };
            }
        }
    }

    //@ launch grid=2 block=32 y=130
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn even_and_odd(mut y: DisjointSlice<u32>) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        if 2 * i + 1 < y.len() {
            unsafe { *y.get_unchecked_mut(2 * i) = 1 };
            unsafe { *y.get_unchecked_mut(2 * i + 1) = 2 };
        }
    }

    fn write_one<T: Copy>(out: &mut DisjointSlice<T>, i: usize, value: T) {
        if i < out.len() {
            unsafe { *out.get_unchecked_mut(i) = value };
        }
    }

    //@ launch grid=2 block=32 y=64 z=64
    #[kernel]
    #[launch_contract(domain = 1, block = (32, 1, 1))]
    pub fn generic_store(mut y: DisjointSlice<f32>, mut z: DisjointSlice<u8>) {
        let i = (thread::blockIdx_x() * 32 + thread::threadIdx_x()) as usize;
        write_one(&mut y, i, i as f32);
        write_one(&mut z, i, i as u8);
    }
}
