//! Traits of the library's types: function pointers, long tuples, iterators that are cloned or read from both ends.
//!
//! What it is: comparisons, sums and adapters. What it assumes: nothing. What it guarantees: the numbers are those of
//! rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 26 6442450943 2220059 1501235146
//= 1: 139 2147483648 2221561 1501235146
//= 2: 26 2147483690 2223263 1501234146
//= 7: 39 2147488948 2236573 1501234149
use core::cell::{Cell, OnceCell, RefCell};
use core::num::{NonZero, Saturating, Wrapping};
use core::ops::{Bound, ControlFlow, RangeBounds};
use cuda_device::kernel;

#[derive(Clone, Copy, PartialEq, Debug)]
struct Operation {
    apply: fn(u32) -> u32,
    limits: (Bound<u32>, Bound<u32>),
    step: Wrapping<u32>,
}

fn double(x: u32) -> u32 {
    x * 2
}
fn square(x: u32) -> u32 {
    x * x
}

fn pointers(input: u32) -> u64 {
    let limits = (Bound::Included(1), Bound::Excluded(input + 5));
    let chosen = if input % 2 == 0 { double } else { square as fn(u32) -> u32 };
    let op = Operation { apply: chosen, limits, step: Wrapping(input) };
    let other = Operation { apply: square, ..op };
    (op == other) as u64 + limits.contains(&3) as u64 * 2 + (op.apply)(3) as u64 * 4 + (op.limits.end_bound() == Bound::Excluded(&6)) as u64 * 100
}

fn sums(input: u32) -> u64 {
    let wrapped: Wrapping<u32> = [Wrapping(u32::MAX), Wrapping(input)].iter().sum();
    let limited: Saturating<u8> = (0..input).map(|x| Saturating(x as u8 * 40)).sum();
    let product: Wrapping<u64> = (1..=input as u64).map(Wrapping).product();
    wrapped.0 as u64 + limited.0 as u64 + product.0 + (-Saturating(i32::MIN)).0 as u64
}

fn iterators(input: u32) -> u64 {
    let data = [1u32, 0, 4, 5, 0, 6];
    let mut peeked = (0..input + 4).peekable();
    peeked.peek();
    let last = peeked.next_back().unwrap_or(0) + peeked.len() as u32;
    let parts = data.split(|x| *x == 0);
    let again = parts.clone().map(|p| p.len()).sum::<usize>() + parts.rev().next().map_or(0, |p| p.len());
    let nested = (0..3).flat_map(|i| i..i + input);
    let both = nested.clone().sum::<u32>() + nested.filter(|x| x % 2 == 0).count() as u32;
    let once = core::iter::once_with(|| input).chain(core::iter::repeat(2).take(3)).rev().fold(0, |a, x| a * 10 + x);
    let runs = data.chunk_by(|a, b| a < b);
    let shifted = data.iter().fold(1u32, |a, x| a << x >> &1) as u64;
    last as u64 + again as u64 * 10 + both as u64 * 100 + once as u64 * 1000 + runs.clone().count() as u64 + shifted
}

fn cells(input: u32) -> u64 {
    let once = OnceCell::from(input);
    let cell = RefCell::from([input; 2]);
    let same = once == once.clone() && cell == RefCell::new([input, 7]) && Cell::new(3) < Cell::from(4);
    let long = (1u8, 2u16, 3u32, 4u64, 5i8, 6i16, 7i32, 8i64, true, 'a', input, 12u8);
    let longer = (1u8, 2u16, 3u32, 4u64, 5i8, 6i16, 7i32, 8i64, true, 'a', 5, 12u8);
    let flow = [ControlFlow::Break(input), ControlFlow::Continue(1u8)];
    let parsed = "17".parse::<NonZero<u8>>().map_or(0, NonZero::get) as u64 + ("0".parse::<NonZero<u8>>().is_err()) as u64;
    let texts = "x".parse::<char>().is_ok() as u64 + u8::try_from('é').unwrap_or(1) as u64 + bool::try_from(input).is_ok() as u64;
    let hex = u32::from_str_radix("fF", 16).unwrap_or(0) as u64 + i8::from_str_radix("-1010", 2).unwrap_or(0) as u8 as u64
        + u8::from_str_radix("zz", 36).is_err() as u64 * 1000;
    hex * 1_000_000 + same as u64 + (long < longer) as u64 * 2 + (flow[0] == ControlFlow::Break(7)) as u64 * 4 + parsed * 8 + texts * 1000
}

fn run(input: u32) -> [u64; 4] {
    [pointers(input), sums(input), iterators(input), cells(input)]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
