//! The math functions by their C names.
//!
//! What it is: `libm`, whose functions forward to the float methods.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! use core::num::imp::libm; let r = libm::cbrtf(x);
//! ```

/// C's math functions.
pub mod libm {
    macro_rules! forward {
        ($($float:ident: $($name:ident => $method:ident),*; $($binary:ident => $binary_method:ident),*;)*) => {$(
            $(
                /// See the float method.
                #[inline]
                pub fn $name(x: $float) -> $float {
                    x.$method()
                }
            )*
            $(
                /// See the float method.
                #[inline]
                pub fn $binary(x: $float, y: $float) -> $float {
                    x.$binary_method(y)
                }
            )*
        )*};
    }

    forward! {
        f32:
            sinf => sin, cosf => cos, tanf => tan, asinf => asin, acosf => acos, atanf => atan, sinhf => sinh,
            coshf => cosh, tanhf => tanh, asinhf => asinh, acoshf => acosh, atanhf => atanh, expf => exp,
            exp2f => exp2, expm1f => exp_m1, logf => ln, log2f => log2, log10f => log10, log1pf => ln_1p,
            cbrtf => cbrt, sqrtf => sqrt, floorf => floor, ceilf => ceil, truncf => trunc, roundf => round,
            rintf => round_ties_even, fabsf => abs, tgammaf => gamma, erff => erf, erfcf => erfc;
            powf => powf, atan2f => atan2, hypotf => hypot, fmaxf => max, fminf => min, copysignf => copysign,
            fdimf => abs_sub;
        f64:
            sin => sin, cos => cos, tan => tan, asin => asin, acos => acos, atan => atan, sinh => sinh,
            cosh => cosh, tanh => tanh, asinh => asinh, acosh => acosh, atanh => atanh, exp => exp,
            exp2 => exp2, expm1 => exp_m1, log => ln, log2 => log2, log10 => log10, log1p => ln_1p,
            cbrt => cbrt, sqrt => sqrt, floor => floor, ceil => ceil, trunc => trunc, round => round,
            rint => round_ties_even, fabs => abs, tgamma => gamma, erf => erf, erfc => erfc;
            pow => powf, atan2 => atan2, hypot => hypot, fmax => max, fmin => min, copysign => copysign,
            fdim => abs_sub;
    }

    /// The sine and the cosine.
    #[inline]
    pub fn sincosf(x: f32) -> (f32, f32) {
        x.sin_cos()
    }

    /// The sine and the cosine.
    #[inline]
    pub fn sincos(x: f64) -> (f64, f64) {
        x.sin_cos()
    }

    /// `x * y + z`, rounded once.
    #[inline]
    pub fn fmaf(x: f32, y: f32, z: f32) -> f32 {
        x.mul_add(y, z)
    }

    /// `x * y + z`, rounded once.
    #[inline]
    pub fn fma(x: f64, y: f64, z: f64) -> f64 {
        x.mul_add(y, z)
    }
}
