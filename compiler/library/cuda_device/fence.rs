//! Memory fences.
//!
//! What it is: `threadfence_block`, `threadfence` and `threadfence_system`.
//! What it assumes: nothing.
//! What it guarantees: earlier accesses of the thread are visible in the scope before later ones; nobody waits.
//!
//! ```text
//! thread::threadfence();
//! ```

pub use cuda_intrinsics::fence::{threadfence, threadfence_block, threadfence_system};
