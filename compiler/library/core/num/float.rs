//! Limits, bits, classes and comparison of floats.
//!
//! What it is: one macro, invoked inside each float's `impl` block, with the methods that need no mathematics.
//! What it assumes: IEEE 754 binary16, binary32 and binary64.
//! What it guarantees: `min` and `max` ignore a NaN operand.
//!
//! ```text
//! let key = x.to_bits() as i32;
//! ```

use crate::cmp::Ordering;
use crate::num::FpCategory;

macro_rules! float_basics {
    ($Float:ident $Bits:ident $Signed:ident, width $BITS:literal, mantissa $MANTISSA:literal,
     exponents $MIN_EXP:literal $MAX_EXP:literal $MIN_10_EXP:literal $MAX_10_EXP:literal, digits $DIGITS:literal,
     bits $EPSILON:literal $MAX:literal $MIN_POSITIVE:literal $INFINITY:literal $NAN:literal,
     $fabs:ident $copysign:ident $minimum_number:ident $maximum_number:ident $minimum:ident $maximum:ident) => {
        /// The base.
        pub const RADIX: u32 = 2;
        /// The number of significant bits.
        pub const MANTISSA_DIGITS: u32 = $MANTISSA;
        /// The number of significant decimal digits.
        pub const DIGITS: u32 = $DIGITS;
        /// The distance from one to the next number.
        pub const EPSILON: $Float = $Float::from_bits($EPSILON);
        /// The least finite number.
        pub const MIN: $Float = -$Float::MAX;
        /// The least positive normal number.
        pub const MIN_POSITIVE: $Float = $Float::from_bits($MIN_POSITIVE);
        /// The greatest finite number.
        pub const MAX: $Float = $Float::from_bits($MAX);
        /// One more than the least exponent of 2 of a normal number.
        pub const MIN_EXP: i32 = $MIN_EXP;
        /// The greatest exponent of 2.
        pub const MAX_EXP: i32 = $MAX_EXP;
        /// The least exponent of 10 of a normal number.
        pub const MIN_10_EXP: i32 = $MIN_10_EXP;
        /// The greatest exponent of 10.
        pub const MAX_10_EXP: i32 = $MAX_10_EXP;
        /// Not a number.
        pub const NAN: $Float = $Float::from_bits($NAN);
        /// Infinity.
        pub const INFINITY: $Float = $Float::from_bits($INFINITY);
        /// Negative infinity.
        pub const NEG_INFINITY: $Float = -$Float::INFINITY;

        const SIGN_MASK: $Bits = 1 << ($BITS - 1);

        /// The bits.
        #[inline(always)]
        #[must_use]
        pub const fn to_bits(self) -> $Bits {
            unsafe { crate::intrinsics::transmute(self) }
        }
        /// The number with the given bits.
        #[inline(always)]
        #[must_use]
        pub const fn from_bits(bits: $Bits) -> $Float {
            unsafe { crate::intrinsics::transmute(bits) }
        }
        /// The bytes, lowest first.
        #[inline]
        #[must_use]
        pub const fn to_le_bytes(self) -> [u8; $BITS / 8] {
            self.to_bits().to_le_bytes()
        }
        /// The bytes, highest first.
        #[inline]
        #[must_use]
        pub const fn to_be_bytes(self) -> [u8; $BITS / 8] {
            self.to_bits().to_be_bytes()
        }
        /// The bytes as in memory.
        #[inline]
        #[must_use]
        pub const fn to_ne_bytes(self) -> [u8; $BITS / 8] {
            self.to_bits().to_ne_bytes()
        }
        /// The number of bytes, lowest first.
        #[inline]
        #[must_use]
        pub const fn from_le_bytes(bytes: [u8; $BITS / 8]) -> $Float {
            $Float::from_bits($Bits::from_le_bytes(bytes))
        }
        /// The number of bytes, highest first.
        #[inline]
        #[must_use]
        pub const fn from_be_bytes(bytes: [u8; $BITS / 8]) -> $Float {
            $Float::from_bits($Bits::from_be_bytes(bytes))
        }
        /// The number of bytes as in memory.
        #[inline]
        #[must_use]
        pub const fn from_ne_bytes(bytes: [u8; $BITS / 8]) -> $Float {
            $Float::from_bits($Bits::from_ne_bytes(bytes))
        }

        /// Whether this is not a number.
        #[inline(always)]
        #[must_use]
        pub const fn is_nan(self) -> bool {
            self != self
        }
        /// Whether this is positive or negative infinity.
        #[inline]
        #[must_use]
        pub const fn is_infinite(self) -> bool {
            self == $Float::INFINITY || self == $Float::NEG_INFINITY
        }
        /// Whether this is neither infinite nor NaN.
        #[inline]
        #[must_use]
        pub const fn is_finite(self) -> bool {
            self.abs() < $Float::INFINITY
        }
        /// Whether this is a normal number.
        #[inline]
        #[must_use]
        pub const fn is_normal(self) -> bool {
            let magnitude = self.abs();
            magnitude >= $Float::MIN_POSITIVE && magnitude < $Float::INFINITY
        }
        /// Whether this is closer to zero than any normal number, and not zero.
        #[inline]
        #[must_use]
        pub const fn is_subnormal(self) -> bool {
            let magnitude = self.abs();
            magnitude > 0.0 && magnitude < $Float::MIN_POSITIVE
        }
        /// The category.
        #[inline]
        pub const fn classify(self) -> FpCategory {
            if self.is_nan() {
                FpCategory::Nan
            } else if self.is_infinite() {
                FpCategory::Infinite
            } else if self == 0.0 {
                FpCategory::Zero
            } else if self.is_subnormal() {
                FpCategory::Subnormal
            } else {
                FpCategory::Normal
            }
        }
        /// Whether the sign bit is clear.
        #[inline]
        #[must_use]
        pub const fn is_sign_positive(self) -> bool {
            !self.is_sign_negative()
        }
        /// Whether the sign bit is set.
        #[inline]
        #[must_use]
        pub const fn is_sign_negative(self) -> bool {
            self.to_bits() & $Float::SIGN_MASK != 0
        }

        /// The absolute value.
        #[inline(always)]
        #[must_use]
        pub const fn abs(self) -> $Float {
            crate::intrinsics::$fabs(self)
        }
        /// 1 or -1 with the sign of the number; NaN for NaN.
        #[inline]
        #[must_use]
        pub const fn signum(self) -> $Float {
            if self.is_nan() { self } else { (1.0 as $Float).copysign(self) }
        }
        /// The magnitude of `self` with the sign of `sign`.
        #[inline(always)]
        #[must_use]
        pub const fn copysign(self, sign: $Float) -> $Float {
            crate::intrinsics::$copysign(self, sign)
        }
        /// The reciprocal.
        #[inline(always)]
        #[must_use]
        pub const fn recip(self) -> $Float {
            1.0 / self
        }
        /// Degrees from radians.
        #[inline]
        #[must_use]
        pub const fn to_degrees(self) -> $Float {
            self * 57.2957795130823208767981548141051703
        }
        /// Radians from degrees.
        #[inline]
        #[must_use]
        pub const fn to_radians(self) -> $Float {
            self * (crate::$Float::consts::PI / 180.0)
        }

        /// The greater number; a NaN operand is ignored.
        #[inline(always)]
        #[must_use]
        pub const fn max(self, other: $Float) -> $Float {
            crate::intrinsics::$maximum_number(self, other)
        }
        /// The smaller number; a NaN operand is ignored.
        #[inline(always)]
        #[must_use]
        pub const fn min(self, other: $Float) -> $Float {
            crate::intrinsics::$minimum_number(self, other)
        }
        /// The greater number; NaN if either is.
        #[inline(always)]
        #[must_use]
        pub const fn maximum(self, other: $Float) -> $Float {
            crate::intrinsics::$maximum(self, other)
        }
        /// The smaller number; NaN if either is.
        #[inline(always)]
        #[must_use]
        pub const fn minimum(self, other: $Float) -> $Float {
            crate::intrinsics::$minimum(self, other)
        }
        /// The number limited to `min..=max`; NaN stays NaN. Traps unless `min <= max`.
        #[inline]
        #[must_use]
        pub const fn clamp(mut self, min: $Float, max: $Float) -> $Float {
            assert!(min <= max, "min > max, or either was NaN");
            if self < min {
                self = min;
            }
            if self > max {
                self = max;
            }
            self
        }
        /// The mean of two numbers, without overflow.
        #[inline]
        pub const fn midpoint(self, other: $Float) -> $Float {
            const LOW: $Float = $Float::MIN_POSITIVE * 2.0;
            const HIGH: $Float = $Float::MAX / 2.0;
            let (a, b) = (self, other);
            if a.abs() <= HIGH && b.abs() <= HIGH {
                (a + b) / 2.0
            } else if a.abs() < LOW {
                a + b / 2.0
            } else if b.abs() < LOW {
                a / 2.0 + b
            } else {
                a / 2.0 + b / 2.0
            }
        }
        /// The order of the bits read as sign and magnitude; total, with NaNs at the ends.
        #[inline]
        #[must_use]
        pub const fn total_cmp(&self, other: &$Float) -> Ordering {
            let mut left = self.to_bits() as $Signed;
            let mut right = other.to_bits() as $Signed;
            left ^= (((left >> ($BITS - 1)) as $Bits) >> 1) as $Signed;
            right ^= (((right >> ($BITS - 1)) as $Bits) >> 1) as $Signed;
            if left < right {
                Ordering::Less
            } else if left == right {
                Ordering::Equal
            } else {
                Ordering::Greater
            }
        }
        /// The least number greater than this.
        #[inline]
        pub const fn next_up(self) -> $Float {
            let bits = self.to_bits();
            if self.is_nan() || bits == $Float::INFINITY.to_bits() {
                return self;
            }
            let magnitude = bits & !$Float::SIGN_MASK;
            $Float::from_bits(if magnitude == 0 {
                1
            } else if bits == magnitude {
                bits + 1
            } else {
                bits - 1
            })
        }
        /// The greatest number less than this.
        #[inline]
        pub const fn next_down(self) -> $Float {
            -(-self).next_up()
        }
        /// The value as an integer.
        ///
        /// # Safety
        /// The value, truncated, fits the integer type.
        #[inline(always)]
        #[must_use]
        pub unsafe fn to_int_unchecked<Int: Copy>(self) -> Int {
            unsafe { crate::intrinsics::float_to_int_unchecked(self) }
        }
    };
}

impl f16 {
    float_basics! {
        f16 u16 i16, width 16, mantissa 11, exponents -13 16 -4 4, digits 3,
        bits 0x1400 0x7bff 0x0400 0x7c00 0x7e00,
        fabsf16 copysignf16 minnumf16 maxnumf16 minimumf16 maximumf16
    }
}

impl f32 {
    float_basics! {
        f32 u32 i32, width 32, mantissa 24, exponents -125 128 -37 38, digits 6,
        bits 0x3400_0000 0x7f7f_ffff 0x0080_0000 0x7f80_0000 0x7fc0_0000,
        fabsf32 copysignf32 minnumf32 maxnumf32 minimumf32 maximumf32
    }
}

impl f64 {
    float_basics! {
        f64 u64 i64, width 64, mantissa 53, exponents -1021 1024 -307 308, digits 15,
        bits 0x3cb0_0000_0000_0000 0x7fef_ffff_ffff_ffff 0x0010_0000_0000_0000 0x7ff0_0000_0000_0000
            0x7ff8_0000_0000_0000,
        fabsf64 copysignf64 minnumf64 maxnumf64 minimumf64 maximumf64
    }
}
