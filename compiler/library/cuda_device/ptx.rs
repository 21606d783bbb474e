//! Inline PTX.
//!
//! What it is: `ptx_asm!`, by the path `cuda_device::ptx::ptx_asm`.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! unsafe { ptx_asm!("mov.u32 %0, %%laneid;", out("=r") lane) }
//! ```

pub use crate::ptx_asm;
