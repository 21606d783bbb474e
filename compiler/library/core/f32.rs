//! Constants of `f32`.
//!
//! What it is: mathematical constants, and the limits under their older names.
//! What it assumes: nothing.
//! What it guarantees: each is the number nearest to the exact value.
//!
//! ```text
//! let angle = 2.0 * core::f32::consts::PI * turn;
//! ```

/// Mathematical constants.
pub mod consts {
    /// π.
    pub const PI: f32 = 3.14159265358979323846264338327950288;
    /// 2π.
    pub const TAU: f32 = 6.28318530717958647692528676655900577;
    /// The Euler-Mascheroni constant.
    pub const EULER_GAMMA: f32 = 0.577215664901532860606512090082402431;
    /// The golden ratio.
    pub const GOLDEN_RATIO: f32 = 1.618033988749894848204586834365638118;
    /// π/2.
    pub const FRAC_PI_2: f32 = 1.57079632679489661923132169163975144;
    /// π/3.
    pub const FRAC_PI_3: f32 = 1.04719755119659774615421446109316763;
    /// π/4.
    pub const FRAC_PI_4: f32 = 0.785398163397448309615660845819875721;
    /// π/6.
    pub const FRAC_PI_6: f32 = 0.52359877559829887307710723054658381;
    /// π/8.
    pub const FRAC_PI_8: f32 = 0.39269908169872415480783042290993786;
    /// 1/π.
    pub const FRAC_1_PI: f32 = 0.318309886183790671537767526745028724;
    /// 2/π.
    pub const FRAC_2_PI: f32 = 0.636619772367581343075535053490057448;
    /// 2/√π.
    pub const FRAC_2_SQRT_PI: f32 = 1.12837916709551257389615890312154517;
    /// √2.
    pub const SQRT_2: f32 = 1.41421356237309504880168872420969808;
    /// 1/√2.
    pub const FRAC_1_SQRT_2: f32 = 0.707106781186547524400844362104849039;
    /// Euler's number.
    pub const E: f32 = 2.71828182845904523536028747135266250;
    /// Log₂ e.
    pub const LOG2_E: f32 = 1.44269504088896340735992468100189214;
    /// Log₂ 10.
    pub const LOG2_10: f32 = 3.32192809488736234787031942948939018;
    /// Log₁₀ e.
    pub const LOG10_E: f32 = 0.434294481903251827651128918916605082;
    /// Log₁₀ 2.
    pub const LOG10_2: f32 = 0.301029995663981195213738894724493027;
    /// Ln 2.
    pub const LN_2: f32 = 0.693147180559945309417232121458176568;
    /// Ln 10.
    pub const LN_10: f32 = 2.30258509299404568401799145468436421;
}

/// See the associated constant of the same name.
pub const RADIX: u32 = f32::RADIX;
/// See the associated constant of the same name.
pub const MANTISSA_DIGITS: u32 = f32::MANTISSA_DIGITS;
/// See the associated constant of the same name.
pub const DIGITS: u32 = f32::DIGITS;
/// See the associated constant of the same name.
pub const EPSILON: f32 = f32::EPSILON;
/// See the associated constant of the same name.
pub const MIN: f32 = f32::MIN;
/// See the associated constant of the same name.
pub const MIN_POSITIVE: f32 = f32::MIN_POSITIVE;
/// See the associated constant of the same name.
pub const MAX: f32 = f32::MAX;
/// See the associated constant of the same name.
pub const MIN_EXP: i32 = f32::MIN_EXP;
/// See the associated constant of the same name.
pub const MAX_EXP: i32 = f32::MAX_EXP;
/// See the associated constant of the same name.
pub const NAN: f32 = f32::NAN;
/// See the associated constant of the same name.
pub const INFINITY: f32 = f32::INFINITY;
/// See the associated constant of the same name.
pub const NEG_INFINITY: f32 = f32::NEG_INFINITY;

/// The float methods as functions.
pub mod math {
    macro_rules! functions {
        ($($unary:ident)*; $($binary:ident)*) => {
            $(
                /// See the method of the same name.
                #[inline]
                pub fn $unary(x: f32) -> f32 {
                    x.$unary()
                }
            )*
            $(
                /// See the method of the same name.
                #[inline]
                pub fn $binary(x: f32, y: f32) -> f32 {
                    x.$binary(y)
                }
            )*
        };
    }

    functions! { floor ceil round round_ties_even trunc fract sqrt cbrt; div_euclid rem_euclid abs_sub }

    /// See the method of the same name.
    #[inline]
    #[must_use]
    pub fn mul_add(x: f32, y: f32, z: f32) -> f32 {
        x.mul_add(y, z)
    }

    /// See the method of the same name.
    #[inline]
    #[must_use]
    pub fn powi(x: f32, n: i32) -> f32 {
        x.powi(n)
    }
}
