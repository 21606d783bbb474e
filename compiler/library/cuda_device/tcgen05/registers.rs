//! Loads and stores of tensor memory, as register vectors.
//!
//! What it is: the raw `tcgen05.ld` and `tcgen05.st` operations of more than one register, over `CuSimd`.
//! What it assumes: see `tcgen05`.
//! What it guarantees: the registers in the hardware's order.
//!
//! ```text
//! let regs = unsafe { tcgen05_ld_32x32b_x8_raw(tmem) };
//! ```

use cuda_intrinsics::tcgen05 as raw;

use crate::cusimd::CuSimd;

macro_rules! loads {
    ($($count:literal: $($name:ident)*;)*) => {$($(
        /// Loads registers from tensor memory; wait with `tcgen05_load_wait`.
        ///
        /// # Safety
        /// The address is allocated, and all lanes of the warp call together.
        #[inline(always)]
        pub unsafe fn $name(tmem: u32) -> CuSimd<u32, $count> {
            CuSimd::new(unsafe { raw::$name(tmem) })
        }
    )*)*};
}

macro_rules! split_loads {
    ($($count:literal: $($name:ident)*;)*) => {$($(
        /// Loads registers from two places `OFFSET` apart.
        ///
        /// # Safety
        /// The addresses are allocated, and all lanes of the warp call together.
        #[inline(always)]
        pub unsafe fn $name<const OFFSET: i64>(tmem: u32) -> CuSimd<u32, $count> {
            CuSimd::new(unsafe { raw::$name(tmem, OFFSET) })
        }
    )*)*};
}

macro_rules! stores {
    ($($count:literal: $($name:ident)*;)*) => {$($(
        /// Stores registers to tensor memory; wait with `tcgen05_store_wait`.
        ///
        /// # Safety
        /// The address is allocated, and all lanes of the warp call together.
        #[inline(always)]
        pub unsafe fn $name(tmem: u32, regs: CuSimd<u32, $count>) {
            unsafe { raw::$name(tmem, regs.to_array()) }
        }
    )*)*};
}

macro_rules! split_stores {
    ($($count:literal: $($name:ident)*;)*) => {$($(
        /// Stores registers to two places `OFFSET` apart.
        ///
        /// # Safety
        /// The addresses are allocated, and all lanes of the warp call together.
        #[inline(always)]
        pub unsafe fn $name<const OFFSET: i64>(tmem: u32, regs: CuSimd<u32, $count>) {
            unsafe { raw::$name(tmem, OFFSET, regs.to_array()) }
        }
    )*)*};
}

loads! {
    2:
        tcgen05_ld_16x64b_x2_raw tcgen05_ld_16x64b_x2_pack16 tcgen05_ld_16x128b_x1_raw
        tcgen05_ld_16x128b_x1_pack16 tcgen05_ld_32x32b_x2_raw tcgen05_ld_32x32b_x2_pack16;
    4:
        tcgen05_ld_16x64b_x4_raw tcgen05_ld_16x64b_x4_pack16 tcgen05_ld_16x128b_x2_raw
        tcgen05_ld_16x128b_x2_pack16 tcgen05_ld_16x256b_x1_raw tcgen05_ld_16x256b_x1_pack16
        tcgen05_ld_32x32b_x4_raw tcgen05_ld_32x32b_x4_pack16;
    8:
        tcgen05_ld_16x64b_x8_raw tcgen05_ld_16x64b_x8_pack16 tcgen05_ld_16x128b_x4_raw
        tcgen05_ld_16x128b_x4_pack16 tcgen05_ld_16x256b_x2_raw tcgen05_ld_16x256b_x2_pack16
        tcgen05_ld_32x32b_x8_raw tcgen05_ld_32x32b_x8_pack16;
    16:
        tcgen05_ld_16x64b_x16_raw tcgen05_ld_16x64b_x16_pack16 tcgen05_ld_16x128b_x8_raw
        tcgen05_ld_16x128b_x8_pack16 tcgen05_ld_16x256b_x4_raw tcgen05_ld_16x256b_x4_pack16
        tcgen05_ld_32x32b_x16_raw tcgen05_ld_32x32b_x16_pack16;
    32:
        tcgen05_ld_16x64b_x32_raw tcgen05_ld_16x64b_x32_pack16 tcgen05_ld_16x128b_x16_raw
        tcgen05_ld_16x128b_x16_pack16 tcgen05_ld_16x256b_x8_raw tcgen05_ld_16x256b_x8_pack16
        tcgen05_ld_32x32b_x32_raw tcgen05_ld_32x32b_x32_pack16;
    64:
        tcgen05_ld_16x64b_x64_raw tcgen05_ld_16x64b_x64_pack16 tcgen05_ld_16x128b_x32_raw
        tcgen05_ld_16x128b_x32_pack16 tcgen05_ld_16x256b_x16_raw tcgen05_ld_16x256b_x16_pack16
        tcgen05_ld_32x32b_x64_raw tcgen05_ld_32x32b_x64_pack16;
    128:
        tcgen05_ld_16x64b_x128_raw tcgen05_ld_16x64b_x128_pack16 tcgen05_ld_16x128b_x64_raw
        tcgen05_ld_16x128b_x64_pack16 tcgen05_ld_16x256b_x32_raw tcgen05_ld_16x256b_x32_pack16
        tcgen05_ld_32x32b_x128_raw tcgen05_ld_32x32b_x128_pack16;
}

split_loads! {
    2:
        tcgen05_ld_16x32bx2_x2_raw tcgen05_ld_16x32bx2_x2_pack16;
    4:
        tcgen05_ld_16x32bx2_x4_raw tcgen05_ld_16x32bx2_x4_pack16;
    8:
        tcgen05_ld_16x32bx2_x8_raw tcgen05_ld_16x32bx2_x8_pack16;
    16:
        tcgen05_ld_16x32bx2_x16_raw tcgen05_ld_16x32bx2_x16_pack16;
    32:
        tcgen05_ld_16x32bx2_x32_raw tcgen05_ld_16x32bx2_x32_pack16;
    64:
        tcgen05_ld_16x32bx2_x64_raw tcgen05_ld_16x32bx2_x64_pack16;
    128:
        tcgen05_ld_16x32bx2_x128_raw tcgen05_ld_16x32bx2_x128_pack16;
}

stores! {
    2:
        tcgen05_st_16x64b_x2_raw tcgen05_st_16x64b_x2_unpack16 tcgen05_st_16x128b_x1_raw
        tcgen05_st_16x128b_x1_unpack16 tcgen05_st_32x32b_x2_raw tcgen05_st_32x32b_x2_unpack16;
    4:
        tcgen05_st_16x64b_x4_raw tcgen05_st_16x64b_x4_unpack16 tcgen05_st_16x128b_x2_raw
        tcgen05_st_16x128b_x2_unpack16 tcgen05_st_16x256b_x1_raw tcgen05_st_16x256b_x1_unpack16
        tcgen05_st_32x32b_x4_raw tcgen05_st_32x32b_x4_unpack16;
    8:
        tcgen05_st_16x64b_x8_raw tcgen05_st_16x64b_x8_unpack16 tcgen05_st_16x128b_x4_raw
        tcgen05_st_16x128b_x4_unpack16 tcgen05_st_16x256b_x2_raw tcgen05_st_16x256b_x2_unpack16
        tcgen05_st_32x32b_x8_raw tcgen05_st_32x32b_x8_unpack16;
    16:
        tcgen05_st_16x64b_x16_raw tcgen05_st_16x64b_x16_unpack16 tcgen05_st_16x128b_x8_raw
        tcgen05_st_16x128b_x8_unpack16 tcgen05_st_16x256b_x4_raw tcgen05_st_16x256b_x4_unpack16
        tcgen05_st_32x32b_x16_raw tcgen05_st_32x32b_x16_unpack16;
    32:
        tcgen05_st_16x64b_x32_raw tcgen05_st_16x64b_x32_unpack16 tcgen05_st_16x128b_x16_raw
        tcgen05_st_16x128b_x16_unpack16 tcgen05_st_16x256b_x8_raw tcgen05_st_16x256b_x8_unpack16
        tcgen05_st_32x32b_x32_raw tcgen05_st_32x32b_x32_unpack16;
    64:
        tcgen05_st_16x64b_x64_raw tcgen05_st_16x64b_x64_unpack16 tcgen05_st_16x128b_x32_raw
        tcgen05_st_16x128b_x32_unpack16 tcgen05_st_16x256b_x16_raw tcgen05_st_16x256b_x16_unpack16
        tcgen05_st_32x32b_x64_raw tcgen05_st_32x32b_x64_unpack16;
    128:
        tcgen05_st_16x64b_x128_raw tcgen05_st_16x64b_x128_unpack16 tcgen05_st_16x128b_x64_raw
        tcgen05_st_16x128b_x64_unpack16 tcgen05_st_16x256b_x32_raw tcgen05_st_16x256b_x32_unpack16
        tcgen05_st_32x32b_x128_raw tcgen05_st_32x32b_x128_unpack16;
}

split_stores! {
    2:
        tcgen05_st_16x32bx2_x2_raw tcgen05_st_16x32bx2_x2_unpack16;
    4:
        tcgen05_st_16x32bx2_x4_raw tcgen05_st_16x32bx2_x4_unpack16;
    8:
        tcgen05_st_16x32bx2_x8_raw tcgen05_st_16x32bx2_x8_unpack16;
    16:
        tcgen05_st_16x32bx2_x16_raw tcgen05_st_16x32bx2_x16_unpack16;
    32:
        tcgen05_st_16x32bx2_x32_raw tcgen05_st_16x32bx2_x32_unpack16;
    64:
        tcgen05_st_16x32bx2_x64_raw tcgen05_st_16x32bx2_x64_unpack16;
    128:
        tcgen05_st_16x32bx2_x128_raw tcgen05_st_16x32bx2_x128_unpack16;
}

macro_rules! split_single {
    ($($load:ident)*; $($store:ident)*) => {
        $(
            /// Loads one register from two places `OFFSET` apart.
            ///
            /// # Safety
            /// The addresses are allocated, and all lanes of the warp call together.
            #[inline(always)]
            pub unsafe fn $load<const OFFSET: i64>(tmem: u32) -> u32 {
                unsafe { raw::$load(tmem, OFFSET) }
            }
        )*
        $(
            /// Stores one register to two places `OFFSET` apart.
            ///
            /// # Safety
            /// The addresses are allocated, and all lanes of the warp call together.
            #[inline(always)]
            pub unsafe fn $store<const OFFSET: i64>(tmem: u32, reg: u32) {
                unsafe { raw::$store(tmem, OFFSET, reg) }
            }
        )*
    };
}

split_single! {
    tcgen05_ld_16x32bx2_x1_raw tcgen05_ld_16x32bx2_x1_pack16;
    tcgen05_st_16x32bx2_x1_raw tcgen05_st_16x32bx2_x1_unpack16
}
