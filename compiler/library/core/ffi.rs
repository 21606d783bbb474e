//! C's types.
//!
//! What it is: the `c_*` aliases and `c_void`.
//! What it assumes: the LP64 model CUDA uses on Linux.
//! What it guarantees: nothing more.
//!
//! ```text
//! fn raw(p: *mut c_void) {}
//! ```

#![allow(non_camel_case_types)]

/// C's `char`.
pub type c_char = i8;
/// C's `signed char`.
pub type c_schar = i8;
/// C's `unsigned char`.
pub type c_uchar = u8;
/// C's `short`.
pub type c_short = i16;
/// C's `unsigned short`.
pub type c_ushort = u16;
/// C's `int`.
pub type c_int = i32;
/// C's `unsigned int`.
pub type c_uint = u32;
/// C's `long`.
pub type c_long = i64;
/// C's `unsigned long`.
pub type c_ulong = u64;
/// C's `long long`.
pub type c_longlong = i64;
/// C's `unsigned long long`.
pub type c_ulonglong = u64;
/// C's `float`.
pub type c_float = f32;
/// C's `double`.
pub type c_double = f64;

/// What a `void *` points to.
#[lang = "c_void"]
#[repr(u8)]
pub enum c_void {
    #[doc(hidden)]
    __Variant1,
    #[doc(hidden)]
    __Variant2,
}
