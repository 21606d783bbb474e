//! Newton's fractal of z^3 - 1: which root each pixel's iteration comes to, in a complex type generic over its floats.
//!
//! Launch 2-D, for example with (16, 16) threads a block, covering the picture.

use core::ops::{Add, Div, Mul, Sub};
use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    pub trait Real: Copy + PartialOrd + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> {
        fn from_f64(value: f64) -> Self;
    }

    impl Real for f32 {
        fn from_f64(value: f64) -> f32 {
            value as f32
        }
    }

    impl Real for f64 {
        fn from_f64(value: f64) -> f64 {
            value
        }
    }

    #[derive(Clone, Copy)]
    struct Complex<T> {
        re: T,
        im: T,
    }

    impl<T: Real> Complex<T> {
        fn new(re: f64, im: f64) -> Self {
            Complex { re: T::from_f64(re), im: T::from_f64(im) }
        }

        fn norm_sqr(self) -> T {
            self.re * self.re + self.im * self.im
        }

        fn scale(self, by: T) -> Self {
            Complex { re: self.re * by, im: self.im * by }
        }
    }

    impl<T: Real> Sub for Complex<T> {
        type Output = Self;
        fn sub(self, other: Self) -> Self {
            Complex { re: self.re - other.re, im: self.im - other.im }
        }
    }

    impl<T: Real> Mul for Complex<T> {
        type Output = Self;
        fn mul(self, other: Self) -> Self {
            Complex {
                re: self.re * other.re - self.im * other.im,
                im: self.re * other.im + self.im * other.re,
            }
        }
    }

    impl<T: Real> Div for Complex<T> {
        type Output = Self;
        fn div(self, other: Self) -> Self {
            let n = other.norm_sqr();
            Complex {
                re: (self.re * other.re + self.im * other.im) / n,
                im: (self.im * other.re - self.re * other.im) / n,
            }
        }
    }

    /// The root (1, 2 or 3) that `z` comes to and the steps it takes; root 0 if none within `limit` steps.
    fn root_of<T: Real>(mut z: Complex<T>, limit: u32) -> (u32, u32) {
        let roots = [
            Complex::<T>::new(1.0, 0.0),
            Complex::new(-0.5, 0.866_025_403_784_438_6),
            Complex::new(-0.5, -0.866_025_403_784_438_6),
        ];
        let near = T::from_f64(1e-6);
        for step in 0..limit {
            if let Some(root) = roots.iter().position(|&root| (z - root).norm_sqr() < near) {
                return (root as u32 + 1, step);
            }
            let squared = z * z;
            z = z - (squared * z - Complex::new(1.0, 0.0)) / squared.scale(T::from_f64(3.0));
        }
        (0, limit)
    }

    #[kernel]
    pub fn newton(left: f32, top: f32, pixel: f32, limit: u32, mut out: DisjointSlice<u32, Runtime2DIndex>) {
        if let Some(index) = thread::index_2d_runtime(&out) {
            let z = Complex { re: left + pixel * index.col() as f32, im: top - pixel * index.row() as f32 };
            let (root, steps) = root_of(z, limit);
            if let Some(out) = out.get_mut(index) {
                *out = steps << 2 | root;
            }
        }
    }
}
