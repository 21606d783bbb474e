//! CUDA's math library.
//!
//! What it is: declarations of the libdevice functions behind the float methods.
//! What it assumes: the compiler links libdevice's bitcode when one of them is reached, and gives the names their
//! host counterparts in the emulator.
//! What it guarantees: nothing by itself.
//!
//! ```text
//! unsafe { __nv_sinf(x) }
//! ```

#![allow(missing_docs)]

macro_rules! libdevice {
    ($($float:ident: $($unary:ident)*; $($binary:ident)*; $($ternary:ident)*;)*) => {
        unsafe extern "C" {
            $(
                $(pub fn $unary(x: $float) -> $float;)*
                $(pub fn $binary(x: $float, y: $float) -> $float;)*
                $(pub fn $ternary(x: $float, y: $float, z: $float) -> $float;)*
            )*
            pub fn __nv_powif(x: f32, n: i32) -> f32;
            pub fn __nv_powi(x: f64, n: i32) -> f64;
            pub fn __nv_sincosf(x: f32, sine: *mut f32, cosine: *mut f32);
            pub fn __nv_sincos(x: f64, sine: *mut f64, cosine: *mut f64);
            pub fn __nv_ldexpf(x: f32, exponent: i32) -> f32;
            pub fn __nv_ldexp(x: f64, exponent: i32) -> f64;
        }
    };
}

libdevice! {
    f32:
        __nv_sinf __nv_cosf __nv_tanf __nv_asinf __nv_acosf __nv_atanf __nv_sinhf __nv_coshf __nv_tanhf __nv_asinhf
        __nv_acoshf __nv_atanhf __nv_expf __nv_exp2f __nv_exp10f __nv_expm1f __nv_logf __nv_log2f __nv_log10f
        __nv_log1pf __nv_cbrtf __nv_erff __nv_erfcf __nv_tgammaf __nv_lgammaf __nv_rintf;
        __nv_powf __nv_atan2f __nv_hypotf __nv_fdimf __nv_fmodf __nv_remainderf;
        ;
    f64:
        __nv_sin __nv_cos __nv_tan __nv_asin __nv_acos __nv_atan __nv_sinh __nv_cosh __nv_tanh __nv_asinh
        __nv_acosh __nv_atanh __nv_exp __nv_exp2 __nv_exp10 __nv_expm1 __nv_log __nv_log2 __nv_log10
        __nv_log1p __nv_cbrt __nv_erf __nv_erfc __nv_tgamma __nv_lgamma __nv_rint;
        __nv_pow __nv_atan2 __nv_hypot __nv_fdim __nv_fmod __nv_remainder;
        ;
}
