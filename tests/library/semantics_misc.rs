//! Option, Result, floats, characters, cells, comparison, conversion.

use core::cell::{Cell, OnceCell, RefCell};
use core::cmp::Reverse;
use core::mem;
use core::num::{NonZeroU32, Wrapping};
use core::ops::ControlFlow;

use super::{hash_of, Random, Record};

fn maybe(r: &mut Random) -> Option<u32> {
    if r.below(3) == 0 { None } else { Some(r.below(9) as u32) }
}

pub fn options(r: &mut Random, out: &mut Record) {
    let (a, b) = (maybe(r), maybe(r));
    out.put((a.is_some(), a.is_none(), a.is_some_and(|x| x > 4)));
    out.put((a.is_none_or(|x| x > 4), a.unwrap_or(3), a.unwrap_or_else(|| 4)));
    out.put((a.unwrap_or_default(), a.map(|x| x + 1), a.map_or(9, |x| x * 2)));
    out.put((a.map_or_else(|| 5, |x| x * 3), a.ok_or(1u8), a.ok_or_else(|| 2u8)));
    out.put((a.and(b), a.or(b), a.xor(b)));
    out.put((a.and_then(|x| if x > 3 { Some(x) } else { None }), a.filter(|x| x % 2 == 0), a.or_else(|| b)));
    out.put((a.zip(b), a.zip(b).unzip(), Some(a).flatten()));
    out.put((a.as_ref().copied(), a.as_ref().cloned(), a.iter().count()));
    let mut c = a;
    out.put((c.take(), c, c.replace(4)));
    out.put((c.insert(5), b.as_ref()));
    out.put((*c.get_or_insert(7), *c.get_or_insert_with(|| 8)));
    out.put((c.take_if(|x| *x > 4), c));
    out.put((a < b, a == b, a.cmp(&b)));
    out.put((a.max(b), hash_of(a), a.into_iter().chain(b).sum::<u32>()));
    out.put(Some(a.ok_or(3u8)).transpose());
    out.put(question(a, b));
    if let Some(ref mut x) = c {
        *x += 1;
    }
    out.put(c.as_mut().map(|x| mem::replace(x, 2)));
    out.put((mem::size_of::<Option<&u32>>(), mem::size_of::<Option<NonZeroU32>>()));
}

fn question(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    let sum = a? + b?;
    (sum > 2).then_some(sum)?;
    (sum < 12).then(|| sum * 2)
}

fn outcome(r: &mut Random) -> Result<u32, u8> {
    if r.below(3) == 0 { Err(r.below(9) as u8) } else { Ok(r.below(9) as u32) }
}

pub fn results(r: &mut Random, out: &mut Record) {
    let (a, b) = (outcome(r), outcome(r));
    out.put((a.is_ok(), a.is_err(), a.ok()));
    out.put((a.err(), a.map(|x| x + 1), a.map_err(|e| e as u64 + 7)));
    out.put((a.map_or(1, |x| x * 2), a.map_or_else(|e| e as u32, |x| x), a.and(b)));
    out.put((a.or::<u8>(b), a.and_then(|x| if x > 4 { Ok(x) } else { Err(1) }), a.unwrap_or(6)));
    out.put((a.or_else(|e| if e > 4 { Ok(1) } else { Err(e as u32) }), a.unwrap_or_else(|e| e as u32), a.unwrap_or_default()));
    out.put((a.is_ok_and(|x| x > 3), a.is_err_and(|e| e > 3), a.iter().count()));
    out.put((a.as_ref().copied().ok(), a.into_iter().sum::<u32>(), a < b));
    out.put((a == b, a.cmp(&b), hash_of(a)));
    out.put(fallible(a, b));
    out.put(a.map(Some).transpose());
    let flow: ControlFlow<u32, u8> = if a.is_ok() { ControlFlow::Continue(3) } else { ControlFlow::Break(4) };
    out.put((flow.is_break(), flow.break_value(), flow.is_continue()));
}

fn fallible(a: Result<u32, u8>, b: Result<u32, u8>) -> Result<u32, u64> {
    let sum = a.map_err(u64::from)? + b?;
    if sum > 10 { Err(sum as u64 * 100) } else { Ok(sum) }
}

fn float32(r: &mut Random) -> f32 {
    match r.below(8) {
        0 => 0.0,
        1 => -0.0,
        2 => f32::INFINITY,
        3 => f32::NAN,
        4 => f32::from_bits(r.below(0x80_0000) as u32),
        5 => r.below(2000) as f32 / 8.0 - 100.0,
        6 => (r.below(20) as f32 - 10.0) / 2.0,
        _ => f32::from_bits(r.next() as u32),
    }
}

fn float64(r: &mut Random) -> f64 {
    match r.below(6) {
        0 => 0.0,
        1 => -f64::INFINITY,
        2 => f64::NAN,
        3 => r.below(20000) as f64 / 8.0 - 1000.0,
        4 => (r.below(20) as f64 - 10.0) / 2.0,
        _ => f64::from_bits(r.next()),
    }
}

macro_rules! float_case {
    ($out:ident, $a:ident, $b:ident, $t:ident) => {
        $out.put(($a.is_nan(), $a.is_infinite(), $a.is_finite()));
        $out.put(($a.is_normal(), $a.is_subnormal(), $a.classify() as u32));
        $out.put(($a.is_sign_negative(), $a.abs(), $a.signum()));
        $out.put(($a.copysign($b), $a.recip(), $a.to_bits()));
        $out.put(($a.floor(), $a.ceil(), $a.trunc()));
        $out.put(($a.round(), $a.round_ties_even(), $a.fract()));
        $out.put(($a.sqrt(), $a.mul_add($b, 1.0), $a.total_cmp(&$b)));
        $out.put(($a.partial_cmp(&$b), $a < $b, $a >= $b));
        $out.put(($a.next_up(), $a.next_down(), $a.midpoint($b)));
        $out.put(($a.to_le_bytes(), $a as i32, $a as u8));
        $out.put(($a as i64, $a as u64, $a as i128));
        $out.put($a as u128);
        if !$a.is_nan() && !$b.is_nan() && ($a != 0.0 || $b != 0.0) {
            $out.put(($a.max($b), $a.min($b)));
            if $a <= $b {
                $out.put((1.5 as $t).clamp($a, $b));
            }
        } else if $a.is_nan() != $b.is_nan() {
            $out.put(($a.max($b), $b.min($a)));
        }
        if $b != 0.0 && $a.is_finite() && $b.is_finite() {
            $out.put(($a.rem_euclid($b), $a.div_euclid($b), $a % $b));
        }
    };
}

pub fn floats(r: &mut Random, out: &mut Record) {
    let (a, b) = (float32(r), float32(r));
    float_case!(out, a, b, f32);
    out.put((a.to_degrees(), a as f64, f32::EPSILON));
    let (c, d) = (float64(r), float64(r));
    float_case!(out, c, d, f64);
    out.put((c.to_radians(), c as f32, f64::MIN_POSITIVE));
    out.put((c.to_degrees(), a.to_radians()));
    out.put((f32::MAX, f64::MAX, f32::MIN));
    out.put((core::f32::consts::PI, core::f64::consts::E, core::u32::MAX));
}

pub fn characters(r: &mut Random, out: &mut Record) {
    let code = r.below(0x12_0000) as u32;
    out.put((char::from_u32(code), char::from_u32(code & 0x7f).map(|c| c.is_ascii_digit())));
    let c = (code & 0x7f) as u8 as char;
    let radix = 2 + r.below(35) as u32;
    out.put((c.to_digit(radix), char::from_digit(code % 40, radix), c.len_utf8()));
    out.put((c.is_ascii_alphabetic(), c.is_ascii_whitespace(), c.to_ascii_uppercase()));
    out.put((c.is_ascii_hexdigit(), c.to_ascii_lowercase(), c as u32));
    let mut utf8 = [0; 4];
    out.put(char::from_u32(code).map(|c| hash_of(&*c.encode_utf8(&mut utf8))));
    let b = code as u8;
    out.put((b.is_ascii(), b.to_ascii_uppercase(), b.is_ascii_alphanumeric()));
    out.put(("kernel".len(), "kernel" < "kernels", hash_of("kernel")));
    out.put("kernel".as_bytes());
}

pub fn values(r: &mut Random, out: &mut Record) {
    let (a, b, c) = (r.below(5) as u32, r.below(5) as u32, r.below(5) as i64);
    out.put(((a, b) < (b, a), (a, c).cmp(&(b, c)), (a, b, c) == (b, a, c)));
    out.put((Reverse(a).cmp(&Reverse(b)), core::cmp::min(a, b), core::cmp::max(a, b)));
    out.put((a.clamp(1, 3), core::cmp::max_by_key(a, b, |x| x % 3), core::cmp::min_by_key(a, b, |x| x % 3)));
    out.put((a.cmp(&b).then(b.cmp(&a)), a.cmp(&b).reverse(), a.cmp(&b).is_le()));
    out.put((hash_of((a, b, c)), hash_of([a, b]), hash_of(&a)));
    out.put(((Wrapping(a) - Wrapping(b)).0, (Wrapping(a) * Wrapping(b)).0));
    out.put((NonZeroU32::new(a).map(|x| x.get()), u64::from(a), f64::from(b)));
    let cell = Cell::new(a);
    out.put((cell.replace(b), cell.get(), cell.take()));
    let shared = RefCell::new(b);
    *shared.borrow_mut() += a;
    let held = shared.borrow();
    out.put((*held, shared.try_borrow_mut().is_err(), shared.try_borrow().is_ok()));
    let once = OnceCell::new();
    out.put((*once.get_or_init(|| a), once.set(b).is_err(), once.get().copied()));
    let (mut x, mut y) = (a, b);
    mem::swap(&mut x, &mut y);
    out.put((x, y, mem::take(&mut x)));
    let array: [u16; 5] = core::array::from_fn(|i| i as u16 * a as u16);
    out.put((array, array.iter().rev().eq([0u16; 5].iter()), array.first().copied()));
    let pointer = array.as_ptr();
    unsafe {
        out.put((*pointer.add(2), pointer.add(4).offset_from(pointer), pointer.read_unaligned()));
        out.put((pointer.add(1).cast::<u8>().align_offset(4) < 4, pointer.is_null(), pointer.is_aligned()));
    }
    out.put(<u32 as Default>::default() + <(u32, bool)>::default().0);
    let add = |x: u32| move |y: u32| x + y;
    out.put(apply(&add(a), b) + apply(add(b), a));
}

fn apply<F: Fn(u32) -> u32>(f: F, x: u32) -> u32 {
    f(x)
}

/// Counts drops, so that arrays and iterators drop each element once.
struct Counted<'a>(&'a Cell<u32>, u32);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() * 3 + self.1);
    }
}

pub fn drops(r: &mut Random, out: &mut Record) {
    let count = Cell::new(1);
    {
        let items: [Counted<'_>; 4] = core::array::from_fn(|i| Counted(&count, i as u32));
        let mut iter = items.into_iter();
        let first = iter.next();
        if r.below(2) == 0 {
            iter.next_back();
        }
        out.put(first.map(|c| c.1));
        let mut slot = Some(Counted(&count, 9));
        slot = None;
        mem::forget(Counted(&count, 77));
        out.put(slot.is_none());
    }
    out.put(count.get());
    let mapped = [Counted(&count, 1), Counted(&count, 2)].map(|c| c.1 * 2);
    out.put((mapped, count.get()));
}
