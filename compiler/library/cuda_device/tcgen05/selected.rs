//! Matrix products whose kind, CTA group and collector are const arguments.
//!
//! What it is: the selector forms of `tcgen05.mma`: `<KIND, CTA_GROUP, COLLECTOR>` (for `ws` forms
//! `<KIND, COLLECTOR_BUFFER, COLLECTOR_OP>`).
//! What it assumes: see `tcgen05`; the compiler checks the selectors' ranges.
//! What it guarantees: nothing more.
//!
//! ```text
//! unsafe { tcgen05_mma_shared::<0, 1, 0>(d_tmem, a_desc, b_desc, idesc, true) }
//! ```

use cuda_intrinsics::tcgen05 as raw;

macro_rules! selected {
    ($($name:ident($($argument:ident: $type:ident),*);)*) => {$(
        /// A matrix product; accumulates into `d_tmem` if `enable_d`.
        ///
        /// # Safety
        /// One thread calls; descriptors and tensor memory are valid until the commit completes.
        #[inline(always)]
        pub unsafe fn $name<const KIND: u32, const SECOND: u32, const THIRD: u32>($($argument: $type),*) {
            unsafe { raw::$name($($argument,)* KIND, SECOND, THIRD) }
        }
    )*};
}

selected! {
    tcgen05_mma_shared(d_tmem: u32, a_desc: u64, b_desc: u64, idesc: u32, enable_d: bool);
    tcgen05_mma_tensor(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool);
    tcgen05_mma_tensor_ashift(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool);
    tcgen05_mma_sp_shared(d_tmem: u32, a_desc: u64, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32);
    tcgen05_mma_sp_tensor(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32);
    tcgen05_mma_sp_tensor_ashift(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32);
    tcgen05_mma_ws_shared(d_tmem: u32, a_desc: u64, b_desc: u64, idesc: u32, enable_d: bool);
    tcgen05_mma_ws_shared_zero_col_mask(d_tmem: u32, a_desc: u64, b_desc: u64, idesc: u32, enable_d: bool, zero_column_mask: u64);
    tcgen05_mma_ws_sp_shared(d_tmem: u32, a_desc: u64, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32);
    tcgen05_mma_ws_sp_shared_zero_col_mask(d_tmem: u32, a_desc: u64, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32, zero_column_mask: u64);
    tcgen05_mma_ws_sp_tensor(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32);
    tcgen05_mma_ws_sp_tensor_zero_col_mask(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool, metadata_tmem: u32, zero_column_mask: u64);
    tcgen05_mma_ws_tensor(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool);
    tcgen05_mma_ws_tensor_zero_col_mask(d_tmem: u32, a_tmem: u32, b_desc: u64, idesc: u32, enable_d: bool, zero_column_mask: u64);
}
