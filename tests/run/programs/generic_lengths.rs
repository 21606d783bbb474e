//! Array lengths that are expressions of generic parameters and of a policy's constants.
//!
//! What it is: arrays of such lengths made, joined and reduced. What it assumes: `generic_const_exprs`. What it
//! guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 6 ..      the results of record(1, ..)
//! ```
//= 0: 6 6 0 0 2
//= 1: 6 8 8 3 2
//= 5: 6 16 40 15 2
#![feature(generic_const_exprs)]
#![allow(incomplete_features)]
use cuda_device::kernel;

struct Twice<T, const N: usize>
where
    [(); N * 2]: Sized,
{
    values: [T; N * 2],
}

impl<T: Copy + Default, const N: usize> Twice<T, N>
where
    [(); N * 2]: Sized,
{
    fn new() -> Self {
        Self { values: [T::default(); N * 2] }
    }
}

fn join<const A: usize, const B: usize>(a: [u32; A], b: [u32; B]) -> [u32; A + B] {
    let mut out = [0; A + B];
    out[..A].copy_from_slice(&a);
    out[A..].copy_from_slice(&b);
    out
}

trait Policy {
    const M: usize;
    const K: usize;
}
struct Small;
impl Policy for Small {
    const M: usize = 4;
    const K: usize = 2;
}
struct Tile<P: Policy>
where
    [(); P::M * P::K]:,
{
    values: [u32; P::M * P::K],
}
impl<P: Policy> Tile<P>
where
    [(); P::M * P::K]:,
{
    const ZERO: Self = Tile { values: [0; P::M * P::K] };
    fn filled(x: u32) -> Self {
        Tile { values: [x; P::M * P::K] }
    }
}

const fn half(n: usize) -> usize {
    n / 2
}
fn pairs<const N: usize>(x: [u32; N]) -> [u32; half(N)]
where
    [(); half(N)]:,
{
    let mut out = [0; half(N)];
    for i in 0..half(N) {
        out[i] = x[2 * i] * x[2 * i + 1];
    }
    out
}

fn run(input: u32) -> [u64; 5] {
    let twice = Twice::<u8, 3>::new().values.len();
    let joined = join([input, 1], [2, 3, input]);
    let tile = Tile::<Small>::filled(input).values.iter().sum::<u32>() + Tile::<Small>::ZERO.values[7];
    let reduced = pairs([1, 2, 3, input]);
    [twice as u64, joined.iter().sum::<u32>() as u64, tile as u64, reduced[1] as u64, reduced.len() as u64]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
