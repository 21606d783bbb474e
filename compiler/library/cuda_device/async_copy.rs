//! Asynchronous copies from global to shared memory.
//!
//! What it is: the `cp.async` family: copies of 4, 8 and 16 bytes, with zero fill, their groups and barrier arrival.
//! What it assumes: nothing.
//! What it guarantees: `cp_async_wait_group` needs a constant argument.
//!
//! ```text
//! unsafe { cp_async_ca_4(dst, src); cp_async_commit_group(); cp_async_wait_group(0) }
//! ```

pub use cuda_intrinsics::async_copy::*;
