//! Mathematics on floats.
//!
//! What it is: one macro, invoked inside each float's `impl` block: rounding, roots, powers, logarithms,
//! trigonometry. `f16` computes in `f32` and rounds once.
//! What it assumes: rounding, `sqrt` and `mul_add` are single instructions; the rest is libdevice.
//! What it guarantees: `sqrt` and `mul_add` are correctly rounded; the rest is within libdevice's bounds.
//!
//! ```text
//! let r = (x * x + y * y).sqrt();
//! ```

use super::libdevice::*;

macro_rules! float_math {
    ($Float:ident, $Bits:ident,
     $floor:ident $ceil:ident $trunc:ident $round:ident $round_ties_even:ident $sqrt:ident $fma:ident,
     $sin:ident $cos:ident $tan:ident $asin:ident $acos:ident $atan:ident $atan2:ident $sincos:ident,
     $sinh:ident $cosh:ident $tanh:ident $asinh:ident $acosh:ident $atanh:ident,
     $exp:ident $exp2:ident $expm1:ident $log:ident $log2:ident $log10:ident $log1p:ident,
     $pow:ident $powi:ident $cbrt:ident $hypot:ident $fdim:ident $tgamma:ident $lgamma:ident $erf:ident $erfc:ident) => {
        /// The greatest integer not above.
        #[inline(always)]
        #[must_use]
        pub const fn floor(self) -> $Float {
            crate::intrinsics::$floor(self)
        }
        /// The least integer not below.
        #[inline(always)]
        #[must_use]
        pub const fn ceil(self) -> $Float {
            crate::intrinsics::$ceil(self)
        }
        /// The integer part.
        #[inline(always)]
        #[must_use]
        pub const fn trunc(self) -> $Float {
            crate::intrinsics::$trunc(self)
        }
        /// The nearest integer; halves go away from zero.
        #[inline(always)]
        #[must_use]
        pub const fn round(self) -> $Float {
            crate::intrinsics::$round(self)
        }
        /// The nearest integer; halves go to the even one.
        #[inline(always)]
        #[must_use]
        pub const fn round_ties_even(self) -> $Float {
            crate::intrinsics::$round_ties_even(self)
        }
        /// The fractional part.
        #[inline]
        #[must_use]
        pub const fn fract(self) -> $Float {
            self - self.trunc()
        }
        /// `self * a + b`, rounded once.
        #[inline(always)]
        #[must_use]
        pub const fn mul_add(self, a: $Float, b: $Float) -> $Float {
            crate::intrinsics::$fma(self, a, b)
        }
        /// The square root.
        #[inline(always)]
        #[must_use]
        pub fn sqrt(self) -> $Float {
            crate::intrinsics::$sqrt(self)
        }
        /// The quotient that leaves a remainder not below zero.
        #[inline]
        #[must_use]
        pub fn div_euclid(self, rhs: $Float) -> $Float {
            let quotient = (self / rhs).trunc();
            if self % rhs < 0.0 {
                if rhs > 0.0 { quotient - 1.0 } else { quotient + 1.0 }
            } else {
                quotient
            }
        }
        /// The remainder not below zero.
        #[inline]
        #[must_use]
        pub fn rem_euclid(self, rhs: $Float) -> $Float {
            let remainder = self % rhs;
            if remainder < 0.0 { remainder + rhs.abs() } else { remainder }
        }
        /// The larger of `self - other` and zero.
        #[inline]
        #[must_use]
        pub fn abs_sub(self, other: $Float) -> $Float {
            unsafe { $fdim(self, other) }
        }

        /// `self` to an integer power.
        #[inline]
        #[must_use]
        pub fn powi(self, n: i32) -> $Float {
            unsafe { $powi(self, n) }
        }
        /// `self` to a power.
        #[inline]
        #[must_use]
        pub fn powf(self, n: $Float) -> $Float {
            unsafe { $pow(self, n) }
        }
        /// e to the power `self`.
        #[inline]
        #[must_use]
        pub fn exp(self) -> $Float {
            unsafe { $exp(self) }
        }
        /// 2 to the power `self`.
        #[inline]
        #[must_use]
        pub fn exp2(self) -> $Float {
            unsafe { $exp2(self) }
        }
        /// e to the power `self`, less one; accurate near zero.
        #[inline]
        #[must_use]
        pub fn exp_m1(self) -> $Float {
            unsafe { $expm1(self) }
        }
        /// The natural logarithm.
        #[inline]
        #[must_use]
        pub fn ln(self) -> $Float {
            unsafe { $log(self) }
        }
        /// The natural logarithm of one more; accurate near zero.
        #[inline]
        #[must_use]
        pub fn ln_1p(self) -> $Float {
            unsafe { $log1p(self) }
        }
        /// The logarithm to base 2.
        #[inline]
        #[must_use]
        pub fn log2(self) -> $Float {
            unsafe { $log2(self) }
        }
        /// The logarithm to base 10.
        #[inline]
        #[must_use]
        pub fn log10(self) -> $Float {
            unsafe { $log10(self) }
        }
        /// The logarithm to a base.
        #[inline]
        #[must_use]
        pub fn log(self, base: $Float) -> $Float {
            self.ln() / base.ln()
        }
        /// The cube root.
        #[inline]
        #[must_use]
        pub fn cbrt(self) -> $Float {
            unsafe { $cbrt(self) }
        }
        /// The length of the hypotenuse.
        #[inline]
        #[must_use]
        pub fn hypot(self, other: $Float) -> $Float {
            unsafe { $hypot(self, other) }
        }
        /// The gamma function.
        #[inline]
        #[must_use]
        pub fn gamma(self) -> $Float {
            unsafe { $tgamma(self) }
        }
        /// The logarithm of the gamma function's magnitude, and its sign.
        #[inline]
        #[must_use]
        pub fn ln_gamma(self) -> ($Float, i32) {
            let negative = self < 0.0 && (self.floor() / 2.0).fract() != 0.0;
            (unsafe { $lgamma(self) }, if negative { -1 } else { 1 })
        }
        /// The error function.
        #[inline]
        #[must_use]
        pub fn erf(self) -> $Float {
            unsafe { $erf(self) }
        }
        /// One less the error function.
        #[inline]
        #[must_use]
        pub fn erfc(self) -> $Float {
            unsafe { $erfc(self) }
        }

        /// The sine.
        #[inline]
        #[must_use]
        pub fn sin(self) -> $Float {
            unsafe { $sin(self) }
        }
        /// The cosine.
        #[inline]
        #[must_use]
        pub fn cos(self) -> $Float {
            unsafe { $cos(self) }
        }
        /// The tangent.
        #[inline]
        #[must_use]
        pub fn tan(self) -> $Float {
            unsafe { $tan(self) }
        }
        /// The sine and the cosine.
        #[inline]
        pub fn sin_cos(self) -> ($Float, $Float) {
            let mut sine: $Float = 0.0;
            let mut cosine: $Float = 0.0;
            unsafe { $sincos(self, &raw mut sine, &raw mut cosine) };
            (sine, cosine)
        }
        /// The arc sine.
        #[inline]
        #[must_use]
        pub fn asin(self) -> $Float {
            unsafe { $asin(self) }
        }
        /// The arc cosine.
        #[inline]
        #[must_use]
        pub fn acos(self) -> $Float {
            unsafe { $acos(self) }
        }
        /// The arc tangent.
        #[inline]
        #[must_use]
        pub fn atan(self) -> $Float {
            unsafe { $atan(self) }
        }
        /// The angle of the point `(other, self)`.
        #[inline]
        #[must_use]
        pub fn atan2(self, other: $Float) -> $Float {
            unsafe { $atan2(self, other) }
        }
        /// The hyperbolic sine.
        #[inline]
        #[must_use]
        pub fn sinh(self) -> $Float {
            unsafe { $sinh(self) }
        }
        /// The hyperbolic cosine.
        #[inline]
        #[must_use]
        pub fn cosh(self) -> $Float {
            unsafe { $cosh(self) }
        }
        /// The hyperbolic tangent.
        #[inline]
        #[must_use]
        pub fn tanh(self) -> $Float {
            unsafe { $tanh(self) }
        }
        /// The inverse hyperbolic sine.
        #[inline]
        #[must_use]
        pub fn asinh(self) -> $Float {
            unsafe { $asinh(self) }
        }
        /// The inverse hyperbolic cosine.
        #[inline]
        #[must_use]
        pub fn acosh(self) -> $Float {
            unsafe { $acosh(self) }
        }
        /// The inverse hyperbolic tangent.
        #[inline]
        #[must_use]
        pub fn atanh(self) -> $Float {
            unsafe { $atanh(self) }
        }
    };
}

impl f32 {
    float_math! {
        f32, u32,
        floorf32 ceilf32 truncf32 roundf32 round_ties_even_f32 sqrtf32 fmaf32,
        __nv_sinf __nv_cosf __nv_tanf __nv_asinf __nv_acosf __nv_atanf __nv_atan2f __nv_sincosf,
        __nv_sinhf __nv_coshf __nv_tanhf __nv_asinhf __nv_acoshf __nv_atanhf,
        __nv_expf __nv_exp2f __nv_expm1f __nv_logf __nv_log2f __nv_log10f __nv_log1pf,
        __nv_powf __nv_powif __nv_cbrtf __nv_hypotf __nv_fdimf __nv_tgammaf __nv_lgammaf __nv_erff __nv_erfcf
    }
}

impl f64 {
    float_math! {
        f64, u64,
        floorf64 ceilf64 truncf64 roundf64 round_ties_even_f64 sqrtf64 fmaf64,
        __nv_sin __nv_cos __nv_tan __nv_asin __nv_acos __nv_atan __nv_atan2 __nv_sincos,
        __nv_sinh __nv_cosh __nv_tanh __nv_asinh __nv_acosh __nv_atanh,
        __nv_exp __nv_exp2 __nv_expm1 __nv_log __nv_log2 __nv_log10 __nv_log1p,
        __nv_pow __nv_powi __nv_cbrt __nv_hypot __nv_fdim __nv_tgamma __nv_lgamma __nv_erf __nv_erfc
    }
}

macro_rules! through_f32 {
    ($($method:ident)*; $($binary:ident)*) => {
        $(
            /// The method of `f32`, rounded.
            #[inline]
            pub fn $method(self) -> f16 {
                (self as f32).$method() as f16
            }
        )*
        $(
            /// The method of `f32`, rounded.
            #[inline]
            pub fn $binary(self, other: f16) -> f16 {
                (self as f32).$binary(other as f32) as f16
            }
        )*
    };
}

impl f16 {
    through_f32! {
        floor ceil trunc round round_ties_even fract sqrt exp exp2 exp_m1 ln ln_1p log2 log10 cbrt
        sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh;
        powf hypot atan2 div_euclid rem_euclid
    }

    /// `self * a + b`, rounded once.
    #[inline(always)]
    #[must_use]
    pub const fn mul_add(self, a: f16, b: f16) -> f16 {
        crate::intrinsics::fmaf16(self, a, b)
    }

    /// `self` to an integer power.
    #[inline]
    #[must_use]
    pub fn powi(self, n: i32) -> f16 {
        (self as f32).powi(n) as f16
    }
}
