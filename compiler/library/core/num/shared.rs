//! Methods that signed and unsigned integers share.
//!
//! What it is: one macro, invoked inside each integer's `impl` block with the type, its signed and unsigned twins, its
//! width in bits and in bytes.
//! What it assumes: `usize` is 64 bits wide and the target is little-endian.
//! What it guarantees: nothing more.
//!
//! ```text
//! impl u32 { common_int_methods! { u32 i32 u32 32 4 } }
//! ```

macro_rules! common_int_methods {
    ($Int:ident $Signed:ident $Unsigned:ident $BITS:literal $BYTES:literal) => {
        /// The width in bits.
        pub const BITS: u32 = $BITS;

        /// The number of ones.
        #[inline(always)]
        #[must_use]
        pub const fn count_ones(self) -> u32 {
            crate::intrinsics::ctpop(self as $Unsigned)
        }
        /// The number of zeros.
        #[inline(always)]
        #[must_use]
        pub const fn count_zeros(self) -> u32 {
            (!self).count_ones()
        }
        /// The number of leading zeros.
        #[inline(always)]
        #[must_use]
        pub const fn leading_zeros(self) -> u32 {
            crate::intrinsics::ctlz(self as $Unsigned)
        }
        /// The number of trailing zeros.
        #[inline(always)]
        #[must_use]
        pub const fn trailing_zeros(self) -> u32 {
            crate::intrinsics::cttz(self as $Unsigned)
        }
        /// The number of leading ones.
        #[inline(always)]
        #[must_use]
        pub const fn leading_ones(self) -> u32 {
            (!self).leading_zeros()
        }
        /// The number of trailing ones.
        #[inline(always)]
        #[must_use]
        pub const fn trailing_ones(self) -> u32 {
            (!self).trailing_zeros()
        }
        /// The value with its bits shifted in a circle, left.
        #[inline(always)]
        #[must_use]
        pub const fn rotate_left(self, n: u32) -> $Int {
            crate::intrinsics::rotate_left(self as $Unsigned, n) as $Int
        }
        /// The value with its bits shifted in a circle, right.
        #[inline(always)]
        #[must_use]
        pub const fn rotate_right(self, n: u32) -> $Int {
            crate::intrinsics::rotate_right(self as $Unsigned, n) as $Int
        }
        /// The value with its bytes reversed.
        #[inline(always)]
        #[must_use]
        pub const fn swap_bytes(self) -> $Int {
            crate::intrinsics::bswap(self as $Unsigned) as $Int
        }
        /// The value with its bits reversed.
        #[inline(always)]
        #[must_use]
        pub const fn reverse_bits(self) -> $Int {
            crate::intrinsics::bitreverse(self as $Unsigned) as $Int
        }

        /// The value from big-endian order.
        #[inline(always)]
        #[must_use]
        pub const fn from_be(x: $Int) -> $Int {
            x.swap_bytes()
        }
        /// The value from little-endian order.
        #[inline(always)]
        #[must_use]
        pub const fn from_le(x: $Int) -> $Int {
            x
        }
        /// The value in big-endian order.
        #[inline(always)]
        #[must_use]
        pub const fn to_be(self) -> $Int {
            self.swap_bytes()
        }
        /// The value in little-endian order.
        #[inline(always)]
        #[must_use]
        pub const fn to_le(self) -> $Int {
            self
        }
        /// The bytes, lowest first.
        #[inline(always)]
        #[must_use]
        pub const fn to_le_bytes(self) -> [u8; $BYTES] {
            self.to_ne_bytes()
        }
        /// The bytes, highest first.
        #[inline(always)]
        #[must_use]
        pub const fn to_be_bytes(self) -> [u8; $BYTES] {
            self.swap_bytes().to_ne_bytes()
        }
        /// The bytes as in memory.
        #[inline(always)]
        #[must_use]
        pub const fn to_ne_bytes(self) -> [u8; $BYTES] {
            unsafe { crate::intrinsics::transmute(self) }
        }
        /// The value of bytes, lowest first.
        #[inline(always)]
        #[must_use]
        pub const fn from_le_bytes(bytes: [u8; $BYTES]) -> $Int {
            $Int::from_ne_bytes(bytes)
        }
        /// The value of bytes, highest first.
        #[inline(always)]
        #[must_use]
        pub const fn from_be_bytes(bytes: [u8; $BYTES]) -> $Int {
            $Int::from_ne_bytes(bytes).swap_bytes()
        }
        /// The value of bytes as in memory.
        #[inline(always)]
        #[must_use]
        pub const fn from_ne_bytes(bytes: [u8; $BYTES]) -> $Int {
            unsafe { crate::intrinsics::transmute(bytes) }
        }

        /// The least value.
        #[inline(always)]
        #[oxide::promotable]
        pub const fn min_value() -> $Int {
            $Int::MIN
        }
        /// The greatest value.
        #[inline(always)]
        #[oxide::promotable]
        pub const fn max_value() -> $Int {
            $Int::MAX
        }

        /// `self + rhs` modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_add(self, rhs: $Int) -> $Int {
            crate::intrinsics::wrapping_add(self, rhs)
        }
        /// `self - rhs` modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_sub(self, rhs: $Int) -> $Int {
            crate::intrinsics::wrapping_sub(self, rhs)
        }
        /// `self * rhs` modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_mul(self, rhs: $Int) -> $Int {
            crate::intrinsics::wrapping_mul(self, rhs)
        }
        /// `-self` modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_neg(self) -> $Int {
            crate::intrinsics::wrapping_sub(0 as $Int, self)
        }
        /// `self << rhs`, the amount masked to the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_shl(self, rhs: u32) -> $Int {
            unsafe { crate::intrinsics::unchecked_shl(self, rhs & ($BITS - 1)) }
        }
        /// `self >> rhs`, the amount masked to the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_shr(self, rhs: u32) -> $Int {
            unsafe { crate::intrinsics::unchecked_shr(self, rhs & ($BITS - 1)) }
        }

        /// The wrapped sum, and whether it overflowed.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_add(self, rhs: $Int) -> ($Int, bool) {
            crate::intrinsics::add_with_overflow(self, rhs)
        }
        /// The wrapped difference, and whether it overflowed.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_sub(self, rhs: $Int) -> ($Int, bool) {
            crate::intrinsics::sub_with_overflow(self, rhs)
        }
        /// The wrapped product, and whether it overflowed.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_mul(self, rhs: $Int) -> ($Int, bool) {
            crate::intrinsics::mul_with_overflow(self, rhs)
        }
        /// The masked shift, and whether the amount was too large.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_shl(self, rhs: u32) -> ($Int, bool) {
            (self.wrapping_shl(rhs), rhs >= $BITS)
        }
        /// The masked shift, and whether the amount was too large.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_shr(self, rhs: u32) -> ($Int, bool) {
            (self.wrapping_shr(rhs), rhs >= $BITS)
        }

        /// The sum, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_add(self, rhs: $Int) -> Option<$Int> {
            let (value, overflow) = self.overflowing_add(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The difference, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_sub(self, rhs: $Int) -> Option<$Int> {
            let (value, overflow) = self.overflowing_sub(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The product, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_mul(self, rhs: $Int) -> Option<$Int> {
            let (value, overflow) = self.overflowing_mul(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The negation, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_neg(self) -> Option<$Int> {
            (0 as $Int).checked_sub(self)
        }
        /// The shift, unless the amount is too large.
        #[inline]
        #[must_use]
        pub const fn checked_shl(self, rhs: u32) -> Option<$Int> {
            if rhs < $BITS { Some(self.wrapping_shl(rhs)) } else { None }
        }
        /// The shift, unless the amount is too large.
        #[inline]
        #[must_use]
        pub const fn checked_shr(self, rhs: u32) -> Option<$Int> {
            if rhs < $BITS { Some(self.wrapping_shr(rhs)) } else { None }
        }
        /// The shift; too large an amount shifts everything out.
        #[inline]
        #[must_use]
        pub const fn unbounded_shl(self, rhs: u32) -> $Int {
            if rhs < $BITS { self.wrapping_shl(rhs) } else { 0 }
        }

        /// The sum, limited to the type's range.
        #[inline(always)]
        #[must_use]
        pub const fn saturating_add(self, rhs: $Int) -> $Int {
            crate::intrinsics::saturating_add(self, rhs)
        }
        /// The difference, limited to the type's range.
        #[inline(always)]
        #[must_use]
        pub const fn saturating_sub(self, rhs: $Int) -> $Int {
            crate::intrinsics::saturating_sub(self, rhs)
        }

        /// The sum.
        ///
        /// # Safety
        /// It does not overflow.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_add(self, rhs: $Int) -> $Int {
            unsafe { crate::intrinsics::unchecked_add(self, rhs) }
        }
        /// The difference.
        ///
        /// # Safety
        /// It does not overflow.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_sub(self, rhs: $Int) -> $Int {
            unsafe { crate::intrinsics::unchecked_sub(self, rhs) }
        }
        /// The product.
        ///
        /// # Safety
        /// It does not overflow.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_mul(self, rhs: $Int) -> $Int {
            unsafe { crate::intrinsics::unchecked_mul(self, rhs) }
        }
        /// The shift.
        ///
        /// # Safety
        /// The amount is less than the width.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_shl(self, rhs: u32) -> $Int {
            unsafe { crate::intrinsics::unchecked_shl(self, rhs) }
        }
        /// The shift.
        ///
        /// # Safety
        /// The amount is less than the width.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_shr(self, rhs: u32) -> $Int {
            unsafe { crate::intrinsics::unchecked_shr(self, rhs) }
        }
        /// The quotient of a division without remainder.
        ///
        /// # Safety
        /// `rhs` divides `self` exactly and is not zero, and the quotient does not overflow.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_div_exact(self, rhs: $Int) -> $Int {
            unsafe { crate::intrinsics::exact_div(self, rhs) }
        }

        /// `self` to the power `exponent`; wraps on overflow.
        #[inline]
        #[must_use]
        pub const fn pow(self, exponent: u32) -> $Int {
            self.wrapping_pow(exponent)
        }
        /// `self` to the power `exponent`, modulo the width.
        #[inline]
        #[must_use]
        pub const fn wrapping_pow(self, mut exponent: u32) -> $Int {
            let mut base = self;
            let mut power: $Int = 1;
            while exponent > 0 {
                if exponent & 1 == 1 {
                    power = power.wrapping_mul(base);
                }
                base = base.wrapping_mul(base);
                exponent >>= 1;
            }
            power
        }
        /// The wrapped power, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_pow(self, exponent: u32) -> ($Int, bool) {
            match self.checked_pow(exponent) {
                Some(power) => (power, false),
                None => (self.wrapping_pow(exponent), true),
            }
        }
        /// The power, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_pow(self, mut exponent: u32) -> Option<$Int> {
            let mut base = self;
            let mut power: $Int = 1;
            while exponent > 0 {
                if exponent & 1 == 1 {
                    power = match power.checked_mul(base) {
                        Some(value) => value,
                        None => return None,
                    };
                }
                exponent >>= 1;
                if exponent > 0 {
                    base = match base.checked_mul(base) {
                        Some(value) => value,
                        None => return None,
                    };
                }
            }
            Some(power)
        }

        /// The logarithm to a base, rounded down; traps unless `self > 0` and `base > 1`.
        #[inline]
        #[must_use]
        pub const fn ilog(self, base: $Int) -> u32 {
            match self.checked_ilog(base) {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }
        /// The logarithm to base 2, rounded down; traps unless `self > 0`.
        #[inline]
        #[must_use]
        pub const fn ilog2(self) -> u32 {
            match self.checked_ilog2() {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }
        /// The logarithm to base 10, rounded down; traps unless `self > 0`.
        #[inline]
        #[must_use]
        pub const fn ilog10(self) -> u32 {
            self.ilog(10)
        }
        /// The logarithm to a base, rounded down.
        #[inline]
        #[must_use]
        pub const fn checked_ilog(self, base: $Int) -> Option<u32> {
            if self <= 0 || base <= 1 {
                return None;
            }
            let mut n = 0;
            let mut rest = self;
            while rest >= base {
                rest /= base;
                n += 1;
            }
            Some(n)
        }
        /// The logarithm to base 2, rounded down.
        #[inline]
        #[must_use]
        pub const fn checked_ilog2(self) -> Option<u32> {
            if self <= 0 { None } else { Some($BITS - 1 - self.leading_zeros()) }
        }
        /// The logarithm to base 10, rounded down.
        #[inline]
        #[must_use]
        pub const fn checked_ilog10(self) -> Option<u32> {
            self.checked_ilog(10)
        }

        /// `self`, unless the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn checked_div(self, rhs: $Int) -> Option<$Int> {
            if rhs == 0 {
                return None;
            }
            let (value, overflow) = self.overflowing_div(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The remainder, unless the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn checked_rem(self, rhs: $Int) -> Option<$Int> {
            if rhs == 0 {
                return None;
            }
            let (value, overflow) = self.overflowing_rem(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The Euclidean quotient, unless the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn checked_div_euclid(self, rhs: $Int) -> Option<$Int> {
            if rhs == 0 || self.overflowing_div(rhs).1 { None } else { Some(self.div_euclid(rhs)) }
        }
        /// The Euclidean remainder, unless the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn checked_rem_euclid(self, rhs: $Int) -> Option<$Int> {
            if rhs == 0 || self.overflowing_div(rhs).1 { None } else { Some(self.rem_euclid(rhs)) }
        }

        /// The mean of two values without overflow, rounded towards zero for signed and down for unsigned.
        #[inline]
        #[must_use]
        pub const fn midpoint(self, rhs: $Int) -> $Int {
            // Half the differing bits plus the shared ones: the mean, rounded towards negative infinity.
            let floor = ((self ^ rhs) >> 1).wrapping_add(self & rhs);
            if floor < 0 as $Int && (self ^ rhs) & 1 != 0 { floor.wrapping_add(1) } else { floor }
        }

        /// The sum; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_add(self, rhs: $Int) -> $Int {
            match self.checked_add(rhs) {
                Some(value) => value,
                None => panic!("attempt to add with overflow"),
            }
        }
        /// The difference; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_sub(self, rhs: $Int) -> $Int {
            match self.checked_sub(rhs) {
                Some(value) => value,
                None => panic!("attempt to subtract with overflow"),
            }
        }
        /// The product; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_mul(self, rhs: $Int) -> $Int {
            match self.checked_mul(rhs) {
                Some(value) => value,
                None => panic!("attempt to multiply with overflow"),
            }
        }
        /// The negation; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_neg(self) -> $Int {
            match self.checked_neg() {
                Some(value) => value,
                None => panic!("attempt to negate with overflow"),
            }
        }
        /// The shift; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_shl(self, rhs: u32) -> $Int {
            match self.checked_shl(rhs) {
                Some(value) => value,
                None => panic!("attempt to shift left with overflow"),
            }
        }
        /// The shift; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_shr(self, rhs: u32) -> $Int {
            match self.checked_shr(rhs) {
                Some(value) => value,
                None => panic!("attempt to shift right with overflow"),
            }
        }
        /// The power; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_pow(self, exponent: u32) -> $Int {
            match self.checked_pow(exponent) {
                Some(value) => value,
                None => panic!("attempt to multiply with overflow"),
            }
        }
        /// The quotient; traps if the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn strict_div(self, rhs: $Int) -> $Int {
            let (value, overflow) = self.overflowing_div(rhs);
            if overflow { panic!("attempt to divide with overflow") } else { value }
        }
        /// The remainder; traps if the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn strict_rem(self, rhs: $Int) -> $Int {
            let (value, overflow) = self.overflowing_rem(rhs);
            if overflow { panic!("attempt to calculate the remainder with overflow") } else { value }
        }
        /// The Euclidean quotient; traps if the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn strict_div_euclid(self, rhs: $Int) -> $Int {
            let (value, overflow) = self.overflowing_div_euclid(rhs);
            if overflow { panic!("attempt to divide with overflow") } else { value }
        }
        /// The Euclidean remainder; traps if the divisor is zero or the quotient overflows.
        #[inline]
        #[must_use]
        pub const fn strict_rem_euclid(self, rhs: $Int) -> $Int {
            let (value, overflow) = self.overflowing_rem_euclid(rhs);
            if overflow { panic!("attempt to calculate the remainder with overflow") } else { value }
        }
    };
}
