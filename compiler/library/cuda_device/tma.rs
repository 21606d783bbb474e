//! Bulk tensor copies (TMA, sm_90).
//!
//! What it is: `TmaDescriptor` and the `cp.async.bulk.tensor` copies between global and shared memory, of one to five
//! dimensions.
//! What it assumes: the host built the descriptor with `cuTensorMapEncodeTiled`.
//! What it guarantees: group waits need a constant argument.
//!
//! ```text
//! unsafe { cp_async_bulk_tensor_2d_g2s(dst, desc, x, y, &raw mut BAR) }
//! ```

use cuda_intrinsics::tma as raw;

use crate::barrier::Barrier;

pub use cuda_intrinsics::tma::{cp_async_bulk_commit_group, cp_async_bulk_wait_group, cp_async_bulk_wait_group_read};

/// A tensor map; kernels receive a pointer to one.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct TmaDescriptor([u8; 128]);

impl TmaDescriptor {
    /// A descriptor of zero bytes.
    pub const UNINIT: TmaDescriptor = TmaDescriptor([0; 128]);
}

macro_rules! global_to_shared {
    ($($name:ident($($coordinate:ident),*) $($extra:ident)?;)*) => {$(
        /// Copies a tile to shared memory; the barrier counts its bytes.
        ///
        /// # Safety
        /// The tile fits at `dst`, and the barrier is initialised and expects the bytes.
        #[inline(always)]
        pub unsafe fn $name(
            dst: *mut u8,
            desc: *const TmaDescriptor,
            $($coordinate: i32,)*
            bar: *mut Barrier,
            $($extra: u16,)?
        ) {
            unsafe { raw::$name(dst, desc as *const u8, $($coordinate,)* bar as *mut u64 $(, $extra)?) }
        }
    )*};
}

global_to_shared! {
    cp_async_bulk_tensor_1d_g2s(c0);
    cp_async_bulk_tensor_2d_g2s(c0, c1);
    cp_async_bulk_tensor_3d_g2s(c0, c1, c2);
    cp_async_bulk_tensor_4d_g2s(c0, c1, c2, c3);
    cp_async_bulk_tensor_5d_g2s(c0, c1, c2, c3, c4);
    cp_async_bulk_tensor_2d_g2s_multicast(c0, c1) cta_mask;
    cp_async_bulk_tensor_2d_g2s_multicast_cg2(c0, c1) cta_mask;
}

macro_rules! shared_to_global {
    ($($name:ident($($coordinate:ident),*);)*) => {$(
        /// Copies a tile from shared memory.
        ///
        /// # Safety
        /// The tile at `src` is written and visible to the asynchronous proxy.
        #[inline(always)]
        pub unsafe fn $name(src: *const u8, desc: *const TmaDescriptor, $($coordinate: i32),*) {
            unsafe { raw::$name(src, desc as *const u8, $($coordinate),*) }
        }
    )*};
}

shared_to_global! {
    cp_async_bulk_tensor_1d_s2g(c0);
    cp_async_bulk_tensor_2d_s2g(c0, c1);
    cp_async_bulk_tensor_3d_s2g(c0, c1, c2);
    cp_async_bulk_tensor_4d_s2g(c0, c1, c2, c3);
    cp_async_bulk_tensor_5d_s2g(c0, c1, c2, c3, c4);
}
