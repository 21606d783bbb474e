//! Derivatives by dual numbers: operators on values, references and scalars, bounds for every lifetime.
//!
//! What it is: one part of the numbers for each. What it assumes: nothing. What it guarantees: the numbers are those of
//! rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 4740601561028886528 3171418112 1765 1113718785
//= 1: 4746795247469530624 2204628212 1771 1117446345
//= 2: 4751405362287572992 2212151296 1778 1120834689
//= 7: 4746373035010154752 4249785041 1810 1134884851
//= 12345: 6197166995191569384 2070451100 9193 1442945225
use cuda_device::kernel;
use core::ops::*;

pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + From<f32> + PartialOrd
where
    for<'a> Self: Add<&'a Self, Output = Self>,
{
    fn recip(self) -> Self {
        Self::from(1.0) / self
    }
    fn sq(self) -> Self {
        self * self
    }
    fn root(self) -> Self;
}
impl Real for f32 {
    fn root(self) -> f32 {
        self.sqrt()
    }
}
#[derive(Copy, Clone, Debug, PartialEq, PartialOrd, Default)]
pub struct Dual<const N: usize>
where
    [f32; N]: Default,
{
    re: f32,
    eps: [f32; N],
}
impl<const N: usize> Dual<N>
where
    [f32; N]: Default,
{
    pub fn var(re: f32, i: usize) -> Self {
        let mut eps = [0.0; N];
        eps[i] = 1.0;
        Dual { re, eps }
    }
    fn chain(self, value: f32, slope: f32) -> Self {
        Dual { re: value, eps: self.eps.map(|e| e * slope) }
    }
}
impl<const N: usize> From<f32> for Dual<N>
where
    [f32; N]: Default,
{
    fn from(re: f32) -> Self {
        Dual { re, eps: [0.0; N] }
    }
}
impl<const N: usize> Neg for Dual<N>
where
    [f32; N]: Default,
{
    type Output = Self;
    fn neg(self) -> Self {
        self.chain(-self.re, -1.0)
    }
}
macro_rules! binary {
    ($($trait:ident::$method:ident($a:ident, $b:ident) = $value:expr, $slope_a:expr, $slope_b:expr;)*) => {$(
        impl<const N: usize> $trait for Dual<N> where [f32; N]: Default {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                let ($a, $b) = (self.re, other.re);
                let (sa, sb): (f32, f32) = ($slope_a, $slope_b);
                Dual { re: $value, eps: core::array::from_fn(|i| self.eps[i] * sa + other.eps[i] * sb) }
            }
        }
        impl<const N: usize> $trait<&Dual<N>> for Dual<N> where [f32; N]: Default {
            type Output = Dual<N>;
            fn $method(self, other: &Dual<N>) -> Self { $trait::$method(self, *other) }
        }
        impl<const N: usize> $trait<f32> for Dual<N> where [f32; N]: Default {
            type Output = Dual<N>;
            fn $method(self, other: f32) -> Self { $trait::$method(self, Dual::from(other)) }
        }
        impl<const N: usize> $trait<Dual<N>> for f32 where [f32; N]: Default {
            type Output = Dual<N>;
            fn $method(self, other: Dual<N>) -> Dual<N> { $trait::$method(Dual::from(self), other) }
        }
    )*};
}
binary! {
    Add::add(a, b) = a + b, 1.0, 1.0;
    Sub::sub(a, b) = a - b, 1.0, -1.0;
    Mul::mul(a, b) = a * b, b, a;
    Div::div(a, b) = a / b, 1.0 / b, -a / (b * b);
}
impl<const N: usize> Real for Dual<N>
where
    [f32; N]: Default,
{
    fn root(self) -> Self {
        let r = self.re.sqrt();
        self.chain(r, 0.5 / r)
    }
}
fn rosenbrock<T: Real>(x: T, y: T) -> T
where
    for<'a> T: Add<&'a T, Output = T>,
{
    let a = T::from(1.0) - x;
    let b = y - x.sq();
    a.sq() + &(T::from(100.0) * b.sq())
}
fn newton<F>(f: F, mut x: f32) -> Option<f32>
where
    F: Fn(Dual<1>) -> Dual<1>,
{
    for step in 0.. {
        let Dual { re, eps: [slope] } = f(Dual::var(x, 0));
        if re.abs() < 1e-4 {
            break;
        }
        if step > 40 || slope == 0.0 {
            return None;
        }
        x -= re / slope;
    }
    Some(x)
}
fn run(input: u32) -> [u64; 4] {
    let x = 0.5 + input as f32 / 16.0;
    let d = rosenbrock(Dual::<2>::var(x, 0), Dual::var(x * 1.5, 1));
    let g = (2.0 * Dual::<3>::var(x, 2) - 1.0).root().recip();
    let n = newton(|t| t * t * t - (5.0 + x), 2.0);
    let plain = rosenbrock(x, -x);
    [
        (d.re.to_bits() as u64) << 32 | d.eps[0].to_bits() as u64,
        d.eps[1].to_bits() as u64 ^ g.eps.iter().map(|e| e.to_bits() as u64).fold(0, BitXor::bitxor),
        n.map_or(u64::MAX, |v| (v * 1000.0) as u64),
        plain.to_bits() as u64 + (-d < d) as u64,
    ]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
