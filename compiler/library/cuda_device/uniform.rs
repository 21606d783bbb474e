//! Values that are the same in every thread of a launch.
//!
//! What it is: `Uniform<T>`: a kernel parameter or a launch dimension, and arithmetic that keeps the property.
//! What it assumes: `new_unchecked` is called with uniform values only.
//! What it guarantees: control flow that depends on uniform values alone does not diverge.
//!
//! ```text
//! pub fn k(n: Uniform<u32>, mut out: DisjointSlice<f32>) { while i < n.get() { thread::sync_threads(); } }
//! ```

use crate::thread;

/// A value that is the same in every thread.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Uniform<T> {
    value: T,
}

impl<T: Copy> Uniform<T> {
    /// Wraps a value.
    ///
    /// # Safety
    /// Every thread of the launch wraps the same value here.
    #[oxide::uniform(grid)]
    #[inline(always)]
    pub const unsafe fn new_unchecked(value: T) -> Self {
        Uniform { value }
    }

    /// The value.
    #[inline(always)]
    pub const fn get(&self) -> T {
        self.value
    }
}

macro_rules! uniform_arithmetic {
    ($($name:ident)*) => {$(
        /// The method of `u32`; uniform operands give a uniform result.
        #[inline(always)]
        pub const fn $name(self, other: Self) -> Self {
            Uniform { value: self.value.$name(other.value) }
        }
    )*};
}

impl Uniform<u32> {
    uniform_arithmetic! { wrapping_add wrapping_sub wrapping_mul saturating_add saturating_sub }

    /// The smaller value.
    #[inline(always)]
    pub const fn min(self, other: Self) -> Self {
        if other.value < self.value { other } else { self }
    }

    /// The greater value.
    #[inline(always)]
    pub const fn max(self, other: Self) -> Self {
        if other.value > self.value { other } else { self }
    }

    /// The product with a constant, modulo the width.
    #[inline(always)]
    pub const fn wrapping_mul_const<const C: u32>(self) -> Self {
        Uniform { value: self.value.wrapping_mul(C) }
    }

    /// The sum with a constant, modulo the width.
    #[inline(always)]
    pub const fn wrapping_add_const<const C: u32>(self) -> Self {
        Uniform { value: self.value.wrapping_add(C) }
    }
}

macro_rules! launch_dimensions {
    ($($name:ident $register:ident;)*) => {$(
        /// The launch dimension, which all threads share.
        #[inline(always)]
        pub fn $name() -> Uniform<u32> {
            Uniform { value: thread::$register() }
        }
    )*};
}

launch_dimensions! {
    block_dim_x blockDim_x; block_dim_y blockDim_y; block_dim_z blockDim_z;
    grid_dim_x gridDim_x; grid_dim_y gridDim_y; grid_dim_z gridDim_z;
}
