//! Particles in a box under forces chosen by type: vectors with operators, a trait of forces, an enum of walls.
//!
//! Positions and velocities are `[x, y, z]`; each thread moves one particle by several steps. Launch 1-D.

use core::ops::{Add, AddAssign, Mul, Sub};
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[derive(Clone, Copy)]
    #[repr(C)]
    pub struct Vec3 {
        pub x: f32,
        pub y: f32,
        pub z: f32,
    }

    impl Vec3 {
        fn map(self, f: impl Fn(f32) -> f32) -> Vec3 {
            Vec3 { x: f(self.x), y: f(self.y), z: f(self.z) }
        }

        fn zip(self, other: Vec3, f: impl Fn(f32, f32) -> f32) -> Vec3 {
            Vec3 { x: f(self.x, other.x), y: f(self.y, other.y), z: f(self.z, other.z) }
        }

        fn dot(self, other: Vec3) -> f32 {
            self.x * other.x + self.y * other.y + self.z * other.z
        }
    }

    impl Add for Vec3 {
        type Output = Vec3;
        fn add(self, other: Vec3) -> Vec3 {
            self.zip(other, |a, b| a + b)
        }
    }

    impl Sub for Vec3 {
        type Output = Vec3;
        fn sub(self, other: Vec3) -> Vec3 {
            self.zip(other, |a, b| a - b)
        }
    }

    impl Mul<f32> for Vec3 {
        type Output = Vec3;
        fn mul(self, by: f32) -> Vec3 {
            self.map(|a| a * by)
        }
    }

    impl AddAssign for Vec3 {
        fn add_assign(&mut self, other: Vec3) {
            *self = *self + other;
        }
    }

    /// What accelerates a particle.
    trait Force {
        fn at(&self, position: Vec3, velocity: Vec3) -> Vec3;
    }

    struct Spring {
        centre: Vec3,
        stiffness: f32,
    }

    struct Drag(f32);

    impl Force for Spring {
        fn at(&self, position: Vec3, _: Vec3) -> Vec3 {
            (self.centre - position) * self.stiffness
        }
    }

    impl Force for Drag {
        fn at(&self, _: Vec3, velocity: Vec3) -> Vec3 {
            velocity * (-self.0 * velocity.dot(velocity).sqrt())
        }
    }

    impl<A: Force, B: Force> Force for (A, B) {
        fn at(&self, position: Vec3, velocity: Vec3) -> Vec3 {
            self.0.at(position, velocity) + self.1.at(position, velocity)
        }
    }

    /// Where a coordinate is after a step.
    enum Wall {
        Free(f32),
        Hit { at: f32 },
    }

    fn wall(x: f32) -> Wall {
        match x {
            x if x < -1.0 => Wall::Hit { at: -1.0 },
            x if x > 1.0 => Wall::Hit { at: 1.0 },
            x => Wall::Free(x),
        }
    }

    fn bounce(x: f32, v: f32) -> (f32, f32) {
        match wall(x) {
            Wall::Free(x) => (x, v),
            Wall::Hit { at } => (2.0 * at - x, -v),
        }
    }

    #[kernel]
    pub fn particles(
        stiffness: f32,
        drag: f32,
        dt: f32,
        steps: u32,
        mut positions: DisjointSlice<Vec3>,
        mut velocities: DisjointSlice<Vec3>,
    ) {
        let force = (Spring { centre: Vec3 { x: 0.0, y: 0.5, z: 0.0 }, stiffness }, Drag(drag));
        if let (Some(position), Some(velocity)) =
            (positions.get_mut(thread::index_1d()), velocities.get_mut(thread::index_1d()))
        {
            let (mut p, mut v) = (*position, *velocity);
            for _ in 0..steps {
                v += force.at(p, v) * dt;
                p += v * dt;
                (p.x, v.x) = bounce(p.x, v.x);
                (p.y, v.y) = bounce(p.y, v.y);
                (p.z, v.z) = bounce(p.z, v.z);
            }
            (*position, *velocity) = (p, v);
        }
    }
}
