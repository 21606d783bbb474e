//! Integers: every method on random pairs.

use super::{hash_of, Random, Record};

macro_rules! common {
    ($t:ident, $u:ident, $r:ident, $out:ident, $a:ident, $b:ident, $n:ident) => {
        $out.put(($a.count_ones(), $a.count_zeros(), $a.leading_zeros()));
        $out.put(($a.trailing_zeros(), $a.leading_ones(), $a.trailing_ones()));
        $out.put(($a.rotate_left($n), $a.rotate_right($n), $a.swap_bytes()));
        $out.put(($a.reverse_bits(), $a.to_be(), $a.to_le()));
        $out.put(($a.to_le_bytes(), $a.to_be_bytes(), $a.to_ne_bytes()));
        $out.put(($t::from_le_bytes($a.to_be_bytes()), $t::from_be_bytes($a.to_be_bytes())));
        $out.put(($a.wrapping_add($b), $a.wrapping_sub($b), $a.wrapping_mul($b)));
        $out.put(($a.wrapping_neg(), $a.wrapping_shl($n), $a.wrapping_shr($n)));
        $out.put(($a.overflowing_add($b), $a.overflowing_sub($b), $a.overflowing_mul($b)));
        $out.put(($a.overflowing_shl($n), $a.overflowing_shr($n), $a.overflowing_neg()));
        $out.put(($a.checked_add($b), $a.checked_sub($b), $a.checked_mul($b)));
        $out.put(($a.checked_neg(), $a.checked_shl($n), $a.checked_shr($n)));
        $out.put(($a.checked_div($b), $a.checked_rem($b)));
        $out.put(($a.checked_div_euclid($b), $a.checked_rem_euclid($b)));
        $out.put(($a.saturating_add($b), $a.saturating_sub($b), $a.saturating_mul($b)));
        $out.put(($a.unbounded_shl($n), $a.unbounded_shr($n)));
        let e = $n % 12;
        $out.put(($a.wrapping_pow(e), $a.checked_pow(e), $a.overflowing_pow(e)));
        $out.put($a.saturating_pow(e));
        $out.put(($a.checked_ilog2(), $a.checked_ilog10(), $a.checked_ilog($b)));
        $out.put(($a.abs_diff($b), $a.midpoint($b)));
        $out.put(($a.min($b), $a.max($b), $a.cmp(&$b)));
        $out.put(($a < $b, $a <= $b, $a.partial_cmp(&$b)));
        $out.put(($a & $b, $a | $b, $a ^ $b));
        $out.put((!$a, hash_of($a)));
        if $b != 0 && !$a.overflowing_div($b).1 {
            $out.put(($a / $b, $a % $b));
            $out.put(($a.div_euclid($b), $a.rem_euclid($b)));
        }
        if $b != 0 {
            $out.put(($a.wrapping_div($b), $a.wrapping_rem($b)));
            $out.put(($a.overflowing_div($b), $a.overflowing_rem($b)));
        }
    };
}

macro_rules! convert {
    ($out:ident $a:ident: $($t:ident)*) => {$(
        $out.put($t::try_from($a).ok());
        $out.put($a as $t);
    )*};
}

macro_rules! unsigned {
    ($r:ident $out:ident: $($t:ident $s:ident)*) => {$(
        let (r, out) = (&mut *$r, &mut *$out);
        {
            let (a, b, n) = (r.wide() as $t, r.wide() as $t, r.below(160) as u32);
            common!($t, $t, r, out, a, b, n);
            let s = b as $s;
            out.put((a.is_power_of_two(), a.checked_next_power_of_two(), a.isqrt()));
            out.put((a.wrapping_add_signed(s), a.overflowing_add_signed(s), a.checked_add_signed(s)));
            out.put((a.saturating_add_signed(s), a.cast_signed(), a.is_multiple_of(b)));
            out.put((a.carrying_add(b, n & 1 == 1), a.borrowing_sub(b, n & 1 == 1)));
            out.put((a.widening_mul_pair(b), a.checked_next_multiple_of(b)));
            out.put(a.carrying_mul_add(b, a, b));
            if b != 0 {
                out.put(a.div_ceil(b));
            }
            convert!(out a: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
            out.put((a as f32, a as f64));
        }
    )*};
}

/// `widening_mul` by its stable parts.
trait WideningPair: Sized {
    fn widening_mul_pair(self, other: Self) -> (Self, Self);
}

macro_rules! widening {
    ($($t:ident)*) => {$(
        impl WideningPair for $t {
            fn widening_mul_pair(self, other: $t) -> ($t, $t) {
                self.carrying_mul(other, 0)
            }
        }
    )*};
}

widening! { u8 u16 u32 u64 u128 usize }

macro_rules! signed {
    ($r:ident $out:ident: $($t:ident $u:ident)*) => {$(
        let (r, out) = (&mut *$r, &mut *$out);
        {
            let (a, b, n) = (r.wide() as $t, r.wide() as $t, r.below(160) as u32);
            common!($t, $u, r, out, a, b, n);
            let u = b as $u;
            out.put((a.wrapping_abs(), a.unsigned_abs(), a.checked_abs()));
            out.put((a.saturating_abs(), a.overflowing_abs(), a.signum()));
            out.put((a.is_positive(), a.is_negative(), a.saturating_neg()));
            out.put((a.wrapping_add_unsigned(u), a.wrapping_sub_unsigned(u)));
            out.put((a.overflowing_add_unsigned(u), a.overflowing_sub_unsigned(u)));
            out.put((a.checked_add_unsigned(u), a.checked_sub_unsigned(u)));
            out.put((a.saturating_add_unsigned(u), a.saturating_sub_unsigned(u)));
            out.put((a.cast_unsigned(), a.checked_isqrt_or_none()));
            out.put(a.carrying_mul_add(b, a, b));
            if b != 0 {
                out.put((a.wrapping_div_euclid(b), a.wrapping_rem_euclid(b)));
                if !a.overflowing_div(b).1 {
                    out.put((a.div_floor(b), a.div_ceil(b)));
                }
            }
            convert!(out a: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
            out.put((a as f32, a as f64));
        }
    )*};
}

trait Root: Sized {
    fn checked_isqrt_or_none(self) -> Option<Self>;
}

macro_rules! roots {
    ($($t:ident)*) => {$(
        impl Root for $t {
            fn checked_isqrt_or_none(self) -> Option<$t> {
                if self < 0 { None } else { Some(self.isqrt()) }
            }
        }
    )*};
}

roots! { i8 i16 i32 i64 i128 isize }

macro_rules! widths {
    ($($name:ident $u:ident $s:ident;)*) => {$(
        pub fn $name(r: &mut Random, out: &mut Record) {
            unsigned! { r out: $u $s }
            signed! { r out: $s $u }
        }
    )*};
}

widths! { bytes u8 i8; halves u16 i16; words u32 i32; doubles u64 i64; quads u128 i128; sizes usize isize; }
