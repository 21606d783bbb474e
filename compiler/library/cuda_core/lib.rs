//! Names of the host library that kernel files import.
//!
//! What it is: types without behaviour, so that `use cuda_core::{CudaContext, LaunchConfig}` resolves. Host code is
//! not compiled here; kernels run through the Python runtime.
//! What it assumes: no kernel reaches anything in this crate.
//! What it guarantees: nothing more.
//!
//! ```text
//! use cuda_core::{CudaContext, DeviceBuffer, LaunchConfig};
//! ```

#![no_std]
#![feature(f16)]

use core::marker::PhantomData;

pub mod error;
pub mod memory;

/// Names of the raw driver interface.
pub mod sys {}
/// Names of virtual memory management.
pub mod vmm {}

/// A device's context.
pub struct CudaContext(());
/// A queue of work.
pub struct CudaStream(());
/// A point in a stream.
pub struct CudaEvent(());
/// A loaded module.
pub struct CudaModule(());
/// A kernel of a module.
pub struct CudaFunction(());
/// Memory on the device.
pub struct DeviceBuffer<T>(PhantomData<T>);
/// Page-locked memory of the host.
pub struct PinnedHostBuffer<T>(PhantomData<T>);
/// A buffer with the width of its rows.
pub struct RowWidth<'a, T>(PhantomData<&'a T>);
/// A failed driver call.
#[derive(Clone, Copy)]
pub struct DriverError(pub u32);

/// Grid, block and dynamic shared memory of a launch.
#[derive(Clone, Copy)]
pub struct LaunchConfig {
    /// Blocks along x, y and z.
    pub grid_dim: (u32, u32, u32),
    /// Threads of a block along x, y and z.
    pub block_dim: (u32, u32, u32),
    /// Dynamic shared memory in bytes.
    pub shared_mem_bytes: u32,
}

/// A 1-D launch.
#[derive(Clone, Copy)]
pub struct LaunchConfig1D {
    grid: u32,
    block: u32,
    shared_mem_bytes: u32,
}
/// A 2-D launch.
#[derive(Clone, Copy)]
pub struct LaunchConfig2D {
    grid: (u32, u32),
    block: (u32, u32),
    shared_mem_bytes: u32,
}
/// A 3-D launch.
#[derive(Clone, Copy)]
pub struct LaunchConfig3D {
    grid: (u32, u32, u32),
    block: (u32, u32, u32),
    shared_mem_bytes: u32,
}

impl LaunchConfig1D {
    /// So many blocks of so many threads, with so many bytes of dynamic shared memory.
    pub const fn new(grid: u32, block: u32, shared_mem_bytes: u32) -> Self {
        LaunchConfig1D { grid, block, shared_mem_bytes }
    }
}

impl LaunchConfig2D {
    /// So many blocks of so many threads, with so many bytes of dynamic shared memory.
    pub const fn new(grid: (u32, u32), block: (u32, u32), shared_mem_bytes: u32) -> Self {
        LaunchConfig2D { grid, block, shared_mem_bytes }
    }
}

impl LaunchConfig3D {
    /// So many blocks of so many threads, with so many bytes of dynamic shared memory.
    pub const fn new(grid: (u32, u32, u32), block: (u32, u32, u32), shared_mem_bytes: u32) -> Self {
        LaunchConfig3D { grid, block, shared_mem_bytes }
    }
}

/// Types whose bytes may be copied to and from the device.
pub unsafe trait DeviceCopy: Copy {}

macro_rules! device_copy {
    ($($type:ty)*) => {$(
        unsafe impl DeviceCopy for $type {}
    )*};
}

device_copy! { () u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 }

macro_rules! device_copy_tuples {
    ($(($($name:ident),+))*) => {$(
        unsafe impl<$($name: DeviceCopy),+> DeviceCopy for ($($name,)+) {}
    )*};
}

device_copy_tuples! {
    (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) (A, B, C, D, E, F, G, H)
}

unsafe impl<T> DeviceCopy for *const T {}
unsafe impl<T> DeviceCopy for *mut T {}
unsafe impl<T> DeviceCopy for PhantomData<T> {}
unsafe impl<T: DeviceCopy> DeviceCopy for core::mem::MaybeUninit<T> {}
unsafe impl<T: DeviceCopy> DeviceCopy for core::num::Wrapping<T> {}

unsafe impl<T: DeviceCopy, const N: usize> DeviceCopy for [T; N] {}
