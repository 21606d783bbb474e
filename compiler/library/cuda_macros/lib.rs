//! The attributes and macros of the kernel language by the name of the package that upstream keeps them in.
//!
//! What it is: the same names as in `cuda_device`.
//! What it assumes: nothing.
//! What it guarantees: `cuda_macros::kernel` is `cuda_device::kernel`.
//!
//! ```text
//! use cuda_macros::kernel;
//! ```

#![no_std]

pub use cuda_device::{
    kernel, device, constant, cuda_module, launch_bounds, launch_contract, cluster_launch, cooperative_launch, convergent, pure, readonly, unroll, gpu_printf, ptx_asm, gpu_assert,
};
