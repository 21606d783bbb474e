//! Methods of unsigned integers.
//!
//! What it is: one macro, invoked inside each unsigned integer's `impl` block with the type, its signed twin and its
//! width, and one for products of twice the width.
//! What it assumes: `shared`.
//! What it guarantees: division traps on zero, except in the checked forms.
//!
//! ```text
//! if lane.is_power_of_two() { }
//! ```

macro_rules! unsigned_int_methods {
    ($Int:ident $Signed:ident $BITS:literal) => {
        /// The least value.
        pub const MIN: $Int = 0;
        /// The greatest value.
        pub const MAX: $Int = !0;

        /// The bits as a signed number.
        #[inline(always)]
        #[must_use]
        pub const fn cast_signed(self) -> $Signed {
            self as $Signed
        }

        /// The quotient; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_div(self, rhs: $Int) -> $Int {
            self / rhs
        }
        /// The remainder; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_rem(self, rhs: $Int) -> $Int {
            self % rhs
        }
        /// The quotient, which never overflows; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_div(self, rhs: $Int) -> ($Int, bool) {
            (self / rhs, false)
        }
        /// The remainder, which never overflows; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_rem(self, rhs: $Int) -> ($Int, bool) {
            (self % rhs, false)
        }
        /// The quotient; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn saturating_div(self, rhs: $Int) -> $Int {
            self / rhs
        }
        /// The quotient; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn div_euclid(self, rhs: $Int) -> $Int {
            self / rhs
        }
        /// The remainder; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn rem_euclid(self, rhs: $Int) -> $Int {
            self % rhs
        }
        /// The quotient; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn div_floor(self, rhs: $Int) -> $Int {
            self / rhs
        }
        /// The quotient rounded up; traps if the divisor is zero.
        #[inline]
        #[must_use]
        pub const fn div_ceil(self, rhs: $Int) -> $Int {
            let quotient = self / rhs;
            if self % rhs > 0 { quotient + 1 } else { quotient }
        }
        /// The quotient of a division without remainder, or `None` if there is one.
        #[inline]
        #[must_use]
        pub const fn checked_div_exact(self, rhs: $Int) -> Option<$Int> {
            if rhs != 0 && self % rhs == 0 { Some(self / rhs) } else { None }
        }

        /// The least multiple of `rhs` not below `self`; wraps on overflow.
        #[inline]
        #[must_use]
        pub const fn next_multiple_of(self, rhs: $Int) -> $Int {
            let remainder = self % rhs;
            if remainder == 0 { self } else { self.wrapping_add(rhs - remainder) }
        }
        /// The least multiple of `rhs` not below `self`, if there is one.
        #[inline]
        #[must_use]
        pub const fn checked_next_multiple_of(self, rhs: $Int) -> Option<$Int> {
            if rhs == 0 {
                return None;
            }
            let remainder = self % rhs;
            if remainder == 0 { Some(self) } else { self.checked_add(rhs - remainder) }
        }
        /// Whether `rhs` divides `self`; only zero is a multiple of zero.
        #[inline]
        #[must_use]
        pub const fn is_multiple_of(self, rhs: $Int) -> bool {
            if rhs == 0 { self == 0 } else { self % rhs == 0 }
        }

        /// Whether exactly one bit is set.
        #[inline]
        #[must_use]
        pub const fn is_power_of_two(self) -> bool {
            self.count_ones() == 1
        }
        /// The least power of two not below `self`; wraps to zero on overflow.
        #[inline]
        #[must_use]
        pub const fn next_power_of_two(self) -> $Int {
            self.one_less_than_next_power_of_two().wrapping_add(1)
        }
        /// The least power of two not below `self`, if there is one.
        #[inline]
        #[must_use]
        pub const fn checked_next_power_of_two(self) -> Option<$Int> {
            self.one_less_than_next_power_of_two().checked_add(1)
        }
        #[inline]
        const fn one_less_than_next_power_of_two(self) -> $Int {
            if self <= 1 { 0 } else { $Int::MAX >> (self - 1).leading_zeros() }
        }

        /// The wrapped negation, and whether the value was not zero.
        #[inline]
        #[must_use]
        pub const fn overflowing_neg(self) -> ($Int, bool) {
            (self.wrapping_neg(), self != 0)
        }
        /// The product, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_mul(self, rhs: $Int) -> $Int {
            match self.checked_mul(rhs) {
                Some(value) => value,
                None => $Int::MAX,
            }
        }
        /// The power, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_pow(self, exponent: u32) -> $Int {
            match self.checked_pow(exponent) {
                Some(value) => value,
                None => $Int::MAX,
            }
        }
        /// The distance of two values.
        #[inline]
        #[must_use]
        pub const fn abs_diff(self, other: $Int) -> $Int {
            if self < other { other - self } else { self - other }
        }
        /// The shift; too large an amount leaves zero.
        #[inline]
        #[must_use]
        pub const fn unbounded_shr(self, rhs: u32) -> $Int {
            if rhs < $BITS { self.wrapping_shr(rhs) } else { 0 }
        }

        /// The sum with a signed number, modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_add_signed(self, rhs: $Signed) -> $Int {
            self.wrapping_add(rhs as $Int)
        }
        /// The difference with a signed number, modulo the width.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_sub_signed(self, rhs: $Signed) -> $Int {
            self.wrapping_sub(rhs as $Int)
        }
        /// The wrapped sum with a signed number, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_add_signed(self, rhs: $Signed) -> ($Int, bool) {
            let (sum, carried) = self.overflowing_add(rhs as $Int);
            (sum, carried != (rhs < 0))
        }
        /// The sum with a signed number, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_add_signed(self, rhs: $Signed) -> Option<$Int> {
            let (value, overflow) = self.overflowing_add_signed(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The sum with a signed number, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_add_signed(self, rhs: $Signed) -> $Int {
            let (value, overflow) = self.overflowing_add_signed(rhs);
            if !overflow {
                value
            } else if rhs < 0 {
                0
            } else {
                $Int::MAX
            }
        }
        /// The difference as a signed number, unless it overflows.
        #[inline]
        pub const fn checked_signed_diff(self, rhs: $Int) -> Option<$Signed> {
            let difference = self.wrapping_sub(rhs) as $Signed;
            if (self >= rhs) == (difference >= 0) { Some(difference) } else { None }
        }

        /// `self + rhs + carry`, and the carry out.
        #[inline]
        #[must_use]
        pub const fn carrying_add(self, rhs: $Int, carry: bool) -> ($Int, bool) {
            let (a, b) = self.overflowing_add(rhs);
            let (c, d) = a.overflowing_add(carry as $Int);
            (c, b | d)
        }
        /// `self - rhs - borrow`, and the borrow out.
        #[inline]
        #[must_use]
        pub const fn borrowing_sub(self, rhs: $Int, borrow: bool) -> ($Int, bool) {
            let (a, b) = self.overflowing_sub(rhs);
            let (c, d) = a.overflowing_sub(borrow as $Int);
            (c, b | d)
        }

        /// The Euclidean quotient; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_div_euclid(self, rhs: $Int) -> $Int {
            self / rhs
        }
        /// The Euclidean remainder; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_rem_euclid(self, rhs: $Int) -> $Int {
            self % rhs
        }
        /// The Euclidean quotient, which never overflows; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_div_euclid(self, rhs: $Int) -> ($Int, bool) {
            (self / rhs, false)
        }
        /// The Euclidean remainder, which never overflows; traps if the divisor is zero.
        #[inline(always)]
        #[must_use]
        pub const fn overflowing_rem_euclid(self, rhs: $Int) -> ($Int, bool) {
            (self % rhs, false)
        }
        /// The wrapped difference with a signed number, and whether it overflowed.
        #[inline]
        #[must_use]
        pub const fn overflowing_sub_signed(self, rhs: $Signed) -> ($Int, bool) {
            let (difference, borrowed) = self.overflowing_sub(rhs as $Int);
            (difference, borrowed != (rhs < 0))
        }
        /// The difference with a signed number, unless it overflows.
        #[inline]
        #[must_use]
        pub const fn checked_sub_signed(self, rhs: $Signed) -> Option<$Int> {
            let (value, overflow) = self.overflowing_sub_signed(rhs);
            if overflow { None } else { Some(value) }
        }
        /// The difference with a signed number, limited to the type's range.
        #[inline]
        #[must_use]
        pub const fn saturating_sub_signed(self, rhs: $Signed) -> $Int {
            let (value, overflow) = self.overflowing_sub_signed(rhs);
            if !overflow {
                value
            } else if rhs < 0 {
                $Int::MAX
            } else {
                0
            }
        }
        /// The sum with a signed number; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_add_signed(self, rhs: $Signed) -> $Int {
            match self.checked_add_signed(rhs) {
                Some(value) => value,
                None => panic!("attempt to add with overflow"),
            }
        }
        /// The difference with a signed number; traps on overflow.
        #[inline]
        #[must_use]
        pub const fn strict_sub_signed(self, rhs: $Signed) -> $Int {
            match self.checked_sub_signed(rhs) {
                Some(value) => value,
                None => panic!("attempt to subtract with overflow"),
            }
        }

        /// The square root, rounded down.
        #[inline]
        #[must_use]
        pub const fn isqrt(self) -> $Int {
            // One result bit at a time, from the top.
            let mut rest = self;
            let mut root: $Int = 0;
            let mut bit: $Int = 1 << ($BITS - 2);
            while bit > self {
                bit >>= 2;
            }
            while bit != 0 {
                if rest >= root + bit {
                    rest -= root + bit;
                    root = (root >> 1) + bit;
                } else {
                    root >>= 1;
                }
                bit >>= 2;
            }
            root
        }
    };
}

macro_rules! widening_int_methods {
    ($Int:ident $Wide:ident $BITS:literal) => {
        /// The two halves of `self * multiplier + addend + carry`: low and high.
        #[inline]
        #[must_use]
        pub const fn carrying_mul_add(self, multiplier: $Int, addend: $Int, carry: $Int) -> ($Int, $Int) {
            let wide = (self as $Wide) * (multiplier as $Wide) + (addend as $Wide) + (carry as $Wide);
            (wide as $Int, (wide >> $BITS) as $Int)
        }
        /// The two halves of `self * multiplier + carry`: low and high.
        #[inline]
        #[must_use]
        pub const fn carrying_mul(self, multiplier: $Int, carry: $Int) -> ($Int, $Int) {
            self.carrying_mul_add(multiplier, carry, 0)
        }
        /// The two halves of `self * multiplier`: low and high.
        #[inline]
        #[must_use]
        pub const fn widening_mul(self, multiplier: $Int) -> ($Int, $Int) {
            self.carrying_mul_add(multiplier, 0, 0)
        }
    };
}
