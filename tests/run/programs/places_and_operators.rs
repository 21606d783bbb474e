//! Places reached through DerefMut by patterns and coercions, operands that coerce, names in local macros.
//!
//! What it is: one part of the numbers for each. What it assumes: nothing. What it guarantees: the numbers are
//! those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 12885959665 4032 100204 1056965898 3298534883360 0 8
//= 1: 8590995369 13032 100205 1056964613 3298534883362 96 8
//= 2: 4297073650 22032 100206 1056966412 3298534883365 192 8
//= 7: 17183024115 67032 100211 1056964613 3298534883378 672 8
//= 12345: 53025680925694 111109032 148309 1056964613 3298534920389 4320 8
use core::cell::{RefCell, RefMut};
use core::ops::{Add, AddAssign, Deref, DerefMut, Index};
use cuda_device::kernel;
struct Guard<T>(T, u32);
impl<T> Deref for Guard<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
impl<T> DerefMut for Guard<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.1 += 1;
        &mut self.0
    }
}
fn patterns(n: u32) -> u64 {
    let mut list = Guard([n, 2, 3], 0);
    let [ref mut first, .., ref last] = *list;
    *first ^= *last;
    match *list {
        [ref a, ref b, _] if a == b => list.1 += 100,
        [_, ref mut b, _] => *b += 7,
    }
    let mut nested = Guard(Some(Guard(n, 0)), 0);
    while let Some(ref mut inner) = *nested {
        **inner /= 2;
        if **inner == 0 {
            break;
        }
    }
    let steps = nested.as_ref().map_or(0, |g| g.1);
    (list[0] as u64) << 32
        | (list[1] * 1000 + list.1 * 100 + nested.1) as u64 ^ (steps as u64) << 20
}
struct Parts<'a> {
    counter: &'a mut u32,
    pair: (&'a mut u32, u8),
}
fn bump(n: &mut u32) -> u32 {
    *n = n.wrapping_mul(3) + 1;
    *n
}
fn reborrows(n: u32) -> u64 {
    let (mut a, mut b) = (n & 0xffff, 5);
    let cell = RefCell::new(Parts {
        counter: &mut a,
        pair: (&mut b, 2),
    });
    {
        let mut guard: RefMut<'_, Parts<'_>> = cell.borrow_mut();
        bump(guard.counter);
        let again: &mut u32 = guard.pair.0;
        *again += bump(again);
        bump(guard.counter);
    }
    let Parts { counter, pair } = cell.into_inner();
    *counter as u64 * 1000 + *pair.0 as u64
}
struct Table([u8; 4]);
impl Index<&[u8]> for Table {
    type Output = u8;
    fn index(&self, key: &[u8]) -> &u8 {
        &self.0[key.iter().map(|&k| k as usize).sum::<usize>() % 4]
    }
}
impl Add<&[u8]> for &Table {
    type Output = u32;
    fn add(self, o: &[u8]) -> u32 {
        self.0
            .iter()
            .zip(o)
            .map(|(&a, &b)| a as u32 * b as u32)
            .sum()
    }
}
impl AddAssign<&[u8]> for Table {
    fn add_assign(&mut self, o: &[u8]) {
        for (a, b) in self.0.iter_mut().zip(o) {
            *a = a.wrapping_add(*b);
        }
    }
}
fn operators(n: u32) -> u64 {
    let mut t = Table(n.to_le_bytes());
    t += &[1, 2, 3];
    t += b"ab";
    let k = t[&[1, 2]] as u64 + t[b"xy"] as u64;
    k * 1000 + (&t + &[1, 1, 2, 3]) as u64
}
fn results(n: u32) -> u64 {
    let mut r: Result<u32, u8> = if n % 2 == 0 { Ok(n) } else { Err(3) };
    for v in &mut r {
        *v = v.wrapping_add(5);
    }
    let mut s = 0;
    for v in &r {
        s += *v as u64;
    }
    for v in r {
        s ^= (v as u64) << 8;
    }
    s + f32::from(0.5).to_bits() as u64
        + [Ok(1u8), Err(()), Ok(4)]
            .iter()
            .flatten()
            .map(|&v| v as u64)
            .sum::<u64>()
}
fn bounds<T: Into<u64> + Into<u32> + Copy>(x: T) -> u64 {
    let narrow: u32 = x.into();
    let wide: u64 = x.into();
    wide * 3 + narrow.count_ones() as u64
}
#[derive(Clone, Copy)]
struct Id(u32);
impl From<Id> for u64 {
    fn from(Id(n): Id) -> u64 {
        n as u64 + (1 << 40)
    }
}
impl From<Id> for u32 {
    fn from(Id(n): Id) -> u32 {
        !n
    }
}
fn local_macros(n: u32) -> u64 {
    let base = n as u64 % 100;
    let mut total = 0;
    macro_rules! add {
        ($e:expr) => {
            total += base * $e
        };
    }
    'rows: for i in 0..6u64 {
        macro_rules! skip {
            ($c:expr) => {
                if $c {
                    continue 'rows;
                }
            };
        }
        for j in 0..4 {
            skip!(i == 2 * j && base > 50);
            let total = i + j;
            add!(total);
        }
    }
    total
}
fn stops(n: u32) -> u64 {
    fn call<R>(f: impl FnOnce() -> R, go: bool, other: R) -> R {
        if go { f() } else { other }
    }
    let fail = || unreachable!();
    call(|| panic!("never"), n > u32::MAX - 1, 7u64) + call(fail, false, 1)
}
fn run(input: u32) -> [u64; 7] {
    [
        patterns(input),
        reborrows(input),
        operators(input),
        results(input),
        bounds(Id(input)),
        local_macros(input),
        stops(input),
    ]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
