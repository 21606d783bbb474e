//! Methods of signed integers.
//!
//! What it is: one macro, invoked inside each signed integer's `impl` block with the type, its unsigned twin and its
//! width.
//! What it assumes: `shared`.
//! What it guarantees: division traps on zero and on `MIN / -1`, except in the wrapping and checked forms.
//!
//! ```text
//! let wrapped = i.rem_euclid(n);
//! ```

macro_rules! signed_int_methods {
    ($Int:ident $Unsigned:ident $BITS:literal) => {
        /// The least value.
        pub const MIN: $Int = ((1 as $Unsigned) << ($BITS - 1)) as $Int;
        /// The greatest value.
        pub const MAX: $Int = !$Int::MIN;

        /// The bits as an unsigned number.
        #[inline(always)]
        #[must_use]
        pub const fn cast_unsigned(self) -> $Unsigned {
            self as $Unsigned
        }

        /// The absolute value; wraps for the least value.
        #[inline]
        #[must_use]
        pub const fn abs(self) -> $Int {
            self.wrapping_abs()
        }
        /// The absolute value as an unsigned number.
        #[inline]
        #[must_use]
        pub const fn unsigned_abs(self) -> $Unsigned {
            self.wrapping_abs() as $Unsigned
        }
        /// The absolute value, modulo the width.
        #[inline]
        #[must_use]
        pub const fn wrapping_abs(self) -> $Int {
            if self < 0 { self.wrapping_neg() } else { self }
        }
        /// The wrapped absolute value, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_abs(self) -> ($Int, bool) {
            (self.wrapping_abs(), self == $Int::MIN)
        }
        /// The absolute value, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_abs(self) -> Option<$Int> {
            if self == $Int::MIN { None } else { Some(self.wrapping_abs()) }
        }
        /// The absolute value, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_abs(self) -> $Int {
            if self == $Int::MIN { $Int::MAX } else { self.wrapping_abs() }
        }
        /// The distance of two values.
        #[inline]
        #[must_use]
        pub const fn abs_diff(self, other: $Int) -> $Unsigned {
            if self < other {
                (other as $Unsigned).wrapping_sub(self as $Unsigned)
            } else {
                (self as $Unsigned).wrapping_sub(other as $Unsigned)
            }
        }
        /// -1, 0 or 1.
        #[inline]
        #[must_use]
        pub const fn signum(self) -> $Int {
            (self > 0) as $Int - (self < 0) as $Int
        }
        /// Whether the value is above zero.
        #[inline(always)]
        #[must_use]
        pub const fn is_positive(self) -> bool {
            self > 0
        }
        /// Whether the value is below zero.
        #[inline(always)]
        #[must_use]
        pub const fn is_negative(self) -> bool {
            self < 0
        }

        /// The wrapped negation, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_neg(self) -> ($Int, bool) {
            (self.wrapping_neg(), self == $Int::MIN)
        }
        /// The negation, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_neg(self) -> $Int {
            (0 as $Int).saturating_sub(self)
        }
        /// The product, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_mul(self, rhs: $Int) -> $Int {
            match self.checked_mul(rhs) {
                Some(value) => value,
                None => if (self < 0) == (rhs < 0) { $Int::MAX } else { $Int::MIN },
            }
        }
        /// The power, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_pow(self, exponent: u32) -> $Int {
            match self.checked_pow(exponent) {
                Some(value) => value,
                None => if self < 0 && exponent % 2 == 1 { $Int::MIN } else { $Int::MAX },
            }
        }
        /// The quotient, limited to the type's range; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn saturating_div(self, rhs: $Int) -> $Int {
            if self == $Int::MIN && rhs == -1 { $Int::MAX } else { self / rhs }
        }

        /// The quotient, modulo the width; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn wrapping_div(self, rhs: $Int) -> $Int {
            self.overflowing_div(rhs).0
        }
        /// The remainder, modulo the width; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn wrapping_rem(self, rhs: $Int) -> $Int {
            self.overflowing_rem(rhs).0
        }
        /// The wrapped quotient, and whether it overflowed; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn overflowing_div(self, rhs: $Int) -> ($Int, bool) {
            if self == $Int::MIN && rhs == -1 { (self, true) } else { (self / rhs, false) }
        }
        /// The wrapped remainder, and whether the quotient overflowed; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn overflowing_rem(self, rhs: $Int) -> ($Int, bool) {
            if rhs == -1 { (0, self == $Int::MIN) } else { (self % rhs, false) }
        }

        /// The quotient that leaves a remainder not below zero.
        #[inline]
        #[must_use]
        pub const fn div_euclid(self, rhs: $Int) -> $Int {
            let quotient = self / rhs;
            if self % rhs < 0 {
                if rhs > 0 { quotient - 1 } else { quotient + 1 }
            } else {
                quotient
            }
        }
        /// The remainder not below zero.
        #[inline]
        #[must_use]
        pub const fn rem_euclid(self, rhs: $Int) -> $Int {
            let remainder = self % rhs;
            if remainder < 0 { remainder.wrapping_add(rhs.wrapping_abs()) } else { remainder }
        }
        /// The quotient rounded towards negative infinity.
        #[inline]
        #[must_use]
        pub const fn div_floor(self, rhs: $Int) -> $Int {
            let quotient = self / rhs;
            if self % rhs != 0 && (self < 0) != (rhs < 0) { quotient - 1 } else { quotient }
        }
        /// The quotient rounded towards positive infinity.
        #[inline]
        #[must_use]
        pub const fn div_ceil(self, rhs: $Int) -> $Int {
            let quotient = self / rhs;
            if self % rhs != 0 && (self < 0) == (rhs < 0) { quotient + 1 } else { quotient }
        }
        /// The Euclidean quotient, modulo the width; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn wrapping_div_euclid(self, rhs: $Int) -> $Int {
            if self == $Int::MIN && rhs == -1 { self } else { self.div_euclid(rhs) }
        }
        /// The Euclidean remainder, modulo the width; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn wrapping_rem_euclid(self, rhs: $Int) -> $Int {
            if rhs == -1 { 0 } else { self.rem_euclid(rhs) }
        }

        /// The wrapped Euclidean quotient, and whether it overflowed; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn overflowing_div_euclid(self, rhs: $Int) -> ($Int, bool) {
            if self == $Int::MIN && rhs == -1 { (self, true) } else { (self.div_euclid(rhs), false) }
        }
        /// The wrapped Euclidean remainder, and whether the quotient overflowed; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn overflowing_rem_euclid(self, rhs: $Int) -> ($Int, bool) {
            if rhs == -1 { (0, self == $Int::MIN) } else { (self.rem_euclid(rhs), false) }
        }
        /// The square root, rounded down, unless the value is below zero.
        #[inline]
        #[must_use]
        pub const fn checked_isqrt(self) -> Option<$Int> {
            if self < 0 { None } else { Some(self.isqrt()) }
        }
        /// The negation.
        ///
        /// # Safety
        /// The value is not the least one.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn unchecked_neg(self) -> $Int {
            unsafe { crate::intrinsics::unchecked_sub(0 as $Int, self) }
        }
        /// The absolute value; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_abs(self) -> $Int {
            match self.checked_abs() {
                Some(value) => value,
                None => panic!("attempt to negate with overflow"),
            }
        }
        /// The sum with an unsigned number; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_add_unsigned(self, rhs: $Unsigned) -> $Int {
            match self.checked_add_unsigned(rhs) {
                Some(value) => value,
                None => panic!("attempt to add with overflow"),
            }
        }
        /// The difference with an unsigned number; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_sub_unsigned(self, rhs: $Unsigned) -> $Int {
            match self.checked_sub_unsigned(rhs) {
                Some(value) => value,
                None => panic!("attempt to subtract with overflow"),
            }
        }

        /// The shift; too large an amount leaves only the sign.
        #[inline]
        #[must_use]
        pub const fn unbounded_shr(self, rhs: u32) -> $Int {
            if rhs < $BITS { self.wrapping_shr(rhs) } else { self.wrapping_shr($BITS - 1) }
        }

        /// The sum with an unsigned number, modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_add_unsigned(self, rhs: $Unsigned) -> $Int {
            self.wrapping_add(rhs as $Int)
        }
        /// The difference with an unsigned number, modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_sub_unsigned(self, rhs: $Unsigned) -> $Int {
            self.wrapping_sub(rhs as $Int)
        }
        /// The wrapped sum with an unsigned number, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_add_unsigned(self, rhs: $Unsigned) -> ($Int, bool) {
            let sum = self.wrapping_add(rhs as $Int);
            (sum, sum < self)
        }
        /// The wrapped difference with an unsigned number, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_sub_unsigned(self, rhs: $Unsigned) -> ($Int, bool) {
            let difference = self.wrapping_sub(rhs as $Int);
            (difference, difference > self)
        }
        /// The sum with an unsigned number, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_add_unsigned(self, rhs: $Unsigned) -> Option<$Int> {
            let (value, overflow) = self.overflowing_add_unsigned(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The difference with an unsigned number, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_sub_unsigned(self, rhs: $Unsigned) -> Option<$Int> {
            let (value, overflow) = self.overflowing_sub_unsigned(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The sum with an unsigned number, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_add_unsigned(self, rhs: $Unsigned) -> $Int {
            let (value, overflow) = self.overflowing_add_unsigned(rhs);
            if overflow { $Int::MAX } else { value }
        }
        /// The difference with an unsigned number, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_sub_unsigned(self, rhs: $Unsigned) -> $Int {
            let (value, overflow) = self.overflowing_sub_unsigned(rhs);
            if overflow { $Int::MIN } else { value }
        }

        /// `self + rhs + carry`, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn carrying_add(self, rhs: $Int, carry: bool) -> ($Int, bool) {
            let (a, b) = self.overflowing_add(rhs);
            let (c, d) = a.overflowing_add(carry as $Int);
            (c, b != d)
        }
        /// `self - rhs - borrow`, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn borrowing_sub(self, rhs: $Int, borrow: bool) -> ($Int, bool) {
            let (a, b) = self.overflowing_sub(rhs);
            let (c, d) = a.overflowing_sub(borrow as $Int);
            (c, b != d)
        }
        /// The square root, rounded down; traps if the value is below zero.
        #[inline]
        #[must_use]
        pub const fn isqrt(self) -> $Int {
            assert!(self >= 0, "argument of integer square root cannot be negative");
            (self as $Unsigned).isqrt() as $Int
        }
    };
}

macro_rules! signed_widening_methods {
    ($Int:ident $Unsigned:ident $Wide:ident $BITS:literal) => {
        /// The two halves of `self * multiplier + addend + carry`: low and high.
        #[inline]
        #[must_use]
        pub const fn carrying_mul_add(self, multiplier: $Int, addend: $Int, carry: $Int) -> ($Unsigned, $Int) {
            let wide = (self as $Wide) * (multiplier as $Wide) + (addend as $Wide) + (carry as $Wide);
            (wide as $Unsigned, (wide >> $BITS) as $Int)
        }
        /// The two halves of `self * multiplier + carry`: low and high.
        #[inline]
        #[must_use]
        pub const fn carrying_mul(self, multiplier: $Int, carry: $Int) -> ($Unsigned, $Int) {
            self.carrying_mul_add(multiplier, carry, 0)
        }
        /// The two halves of `self * multiplier`: low and high.
        #[inline]
        #[must_use]
        pub const fn widening_mul(self, multiplier: $Int) -> ($Unsigned, $Int) {
            self.carrying_mul_add(multiplier, 0, 0)
        }
    };
}
