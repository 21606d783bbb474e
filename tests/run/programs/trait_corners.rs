//! Corners of traits: generic associated types, blanket impls over closures, const parameters, `Deref` chains.
//!
//! What it is: one part of the numbers for each. What it assumes: nothing. What it guarantees: the numbers are those of
//! rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 406 411 0 0 6065 14514990748955943123 11 130 2177002 4
//= 1: 506 711 1 4294967295 8065 15750003146500993831 2111 137 2177003 532
//= 2: 606 1011 3 5360320510 10065 11364034414711824233 4222 144 2177004 1060
//= 7: 1906 3311 28 5372903417 20065 597365656238922925 14711 179 2177003 3700
//= 12345: 3703706 6172711 15 5465223111 58065 16373853648156012354 25924534 86545 2177003 6518164
use cuda_device::kernel;
use core::borrow::{Borrow, BorrowMut};
use core::fmt::{self, Debug, Display};
use core::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
use core::iter::Sum;
use core::marker::PhantomData;
use core::ops::*;
// assoc const defaults and overriding, generic assoc consts in array lengths through concrete types
trait Dim {
    const N: usize;
    const DOUBLE: usize = Self::N * 2;
    type Arr<T: Copy>: AsRef<[T]> + AsMut<[T]> + IndexMut<usize, Output = T> + Copy;
    fn make<T: Copy>(v: T) -> Self::Arr<T>;
}
struct D3;
struct D5;
impl Dim for D3 {
    const N: usize = 3;
    type Arr<T: Copy> = [T; 3];
    fn make<T: Copy>(v: T) -> [T; 3] {
        [v; Self::N]
    }
}
impl Dim for D5 {
    const N: usize = D3::N + 2;
    const DOUBLE: usize = 11;
    type Arr<T: Copy> = [T; 5];
    fn make<T: Copy>(v: T) -> [T; 5] {
        [v; 5]
    }
}
fn a1<D: Dim>(x: u32) -> u64 {
    let mut a = D::make(x);
    a[D::N - 1] += 1;
    a.as_mut()[0] ^= 3;
    a.as_ref().iter().map(|&v| v as u64).sum::<u64>() * 100 + D::DOUBLE as u64
}
// supertraits with assoc types, equality constraints, nested projections
trait Source {
    type Item;
    type Error: Into<u32>;
    fn pull(&mut self) -> Result<Option<Self::Item>, Self::Error>;
}
trait Numeric: Source<Item = u32> {
    fn total(&mut self) -> Result<u64, <Self as Source>::Error> {
        let mut t = 0;
        while let Some(x) = self.pull()? {
            t += u64::from(x)
        }
        Ok(t)
    }
}
impl<S: Source<Item = u32> + ?Sized> Numeric for S {}
struct Count(u32, u32);
struct Odd(u32);
impl From<Odd> for u32 {
    fn from(o: Odd) -> u32 {
        o.0 * 7
    }
}
impl Source for Count {
    type Item = u32;
    type Error = Odd;
    fn pull(&mut self) -> Result<Option<u32>, Odd> {
        if self.0 == 13 {
            return Err(Odd(self.0));
        }
        Ok((self.0 < self.1).then(|| {
            self.0 += 1;
            self.0
        }))
    }
}
impl<S: Source> Source for &mut S {
    type Item = S::Item;
    type Error = S::Error;
    fn pull(&mut self) -> Result<Option<S::Item>, S::Error> {
        (**self).pull()
    }
}
fn a2(x: u32) -> u64 {
    let mut c = Count(0, x % 20);
    match (&mut c).total() {
        Ok(t) => t,
        Err(e) => Into::<u32>::into(e) as u64 + 1000,
    }
}
// impl Trait for fn pointers & closures via blanket Fn impls
trait Stage<I> {
    type Out;
    fn apply(&self, i: I) -> Self::Out;
    fn and<S2>(self, s: S2) -> Then<Self, S2>
    where
        Self: Sized,
        S2: Stage<Self::Out>,
    {
        Then(self, s)
    }
}
impl<I, O, F> Stage<I> for F
where
    F: Fn(I) -> O,
{
    type Out = O;
    fn apply(&self, i: I) -> O {
        self(i)
    }
}
#[derive(Clone, Copy)]
struct Then<A, B>(A, B);
impl<I, A: Stage<I>, B: Stage<A::Out>> Stage<I> for Then<A, B> {
    type Out = B::Out;
    fn apply(&self, i: I) -> B::Out {
        self.1.apply(self.0.apply(i))
    }
}
fn half(x: u32) -> f32 {
    x as f32 / 2.0
}
fn a3(x: u32) -> u64 {
    let p = half.and(|f: f32| f.floor()).and(f32::to_bits).and(u64::from);
    p.apply(x) + (u32::wrapping_neg as fn(u32) -> u32).apply(x) as u64
}
// operator traits with mixed refs and generic output
#[derive(Clone, Copy, Debug, PartialEq)]
struct P<T>(T, T);
impl<T, U> Add<P<U>> for P<T>
where
    T: Add<U>,
{
    type Output = P<T::Output>;
    fn add(self, o: P<U>) -> Self::Output {
        P(self.0 + o.0, self.1 + o.1)
    }
}
impl<'a, T> Add<&'a P<T>> for &'a P<T>
where
    &'a T: Add<&'a T, Output = T>,
{
    type Output = P<T>;
    fn add(self, o: &'a P<T>) -> P<T> {
        P(&self.0 + &o.0, &self.1 + &o.1)
    }
}
impl<T: Sum<T>> Sum for P<T> {
    fn sum<I: Iterator<Item = Self>>(i: I) -> Self {
        let (mut a, mut b) = (None::<T>, None::<T>);
        for P(x, y) in i {
            a = Some(match a {
                Some(p) => [p, x].into_iter().sum(),
                None => x,
            });
            b = Some(match b {
                Some(p) => [p, y].into_iter().sum(),
                None => y,
            });
        }
        P(a.unwrap(), b.unwrap())
    }
}
impl<T: Neg> Neg for P<T> {
    type Output = P<T::Output>;
    fn neg(self) -> P<T::Output> {
        P(-self.0, -self.1)
    }
}
impl<T: RemAssign<K>, K: Copy> RemAssign<K> for P<T> {
    fn rem_assign(&mut self, k: K) {
        self.0 %= k;
        self.1 %= k
    }
}
impl<T> Index<bool> for P<T> {
    type Output = T;
    fn index(&self, b: bool) -> &T {
        if b { &self.1 } else { &self.0 }
    }
}
impl<T> IndexMut<bool> for P<T> {
    fn index_mut(&mut self, b: bool) -> &mut T {
        if b { &mut self.1 } else { &mut self.0 }
    }
}
fn a4(x: u32) -> u64 {
    let p = P(x, 2) + P(1, 3);
    let q = &p + &P(5, 6);
    let mut s: P<u32> = [p, q].into_iter().sum();
    s %= 97;
    s[true] <<= 2;
    s[false] -= (s[true] > 3) as u32;
    let n = -P(1i32, -2);
    s.0 as u64 * 1000 + s[true] as u64 + (n == P(-1, 2)) as u64
}
// Borrow, ToOwned-free maps, Hash via BuildHasherDefault
#[derive(Default)]
struct Fx(u64);
impl Hasher for Fx {
    fn write(&mut self, b: &[u8]) {
        for c in b {
            self.write_u8(*c)
        }
    }
    fn write_u8(&mut self, i: u8) {
        self.0 = (self.0.rotate_left(5) ^ i as u64).wrapping_mul(0x517cc1b727220a95)
    }
    fn write_u32(&mut self, i: u32) {
        self.0 = (self.0.rotate_left(5) ^ i as u64).wrapping_mul(0x517cc1b727220a95)
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
type Build = BuildHasherDefault<Fx>;
#[derive(Hash, PartialEq, Eq, Clone, Copy, PartialOrd, Ord)]
struct K {
    a: u32,
    b: [u8; 2],
    c: Option<bool>,
}
fn find<'m, Q: ?Sized + Eq + Hash, KK: Borrow<Q>, V>(m: &'m [(KK, V)], q: &Q) -> Option<&'m V> {
    m.iter().find(|(k, _)| k.borrow() == q).map(|(_, v)| v)
}
fn a5(x: u32) -> u64 {
    let k = K { a: x, b: [1, 2], c: Some(x > 3) };
    let h = Build::default().hash_one(k);
    let m = [([1u8, 2, 3], 10u64), ([4, 5, x as u8], 20)];
    h ^ find::<[u8], _, _>(&m, &[4, 5, x as u8][..]).copied().unwrap_or(5) + find(&[(x, 3u64)], &x).map_or(0, |v| *v)
}
// default generic params, Self in bounds, trait objects replaced by enum_dispatch macro, negative reasoning via marker
trait Visitor<R = u64> {
    fn leaf(&mut self, v: u32) -> R;
    fn node(&mut self, l: R, r: R) -> R;
}
struct SumV;
impl Visitor for SumV {
    fn leaf(&mut self, v: u32) -> u64 {
        v as u64
    }
    fn node(&mut self, l: u64, r: u64) -> u64 {
        l + r
    }
}
struct Depth(u8);
impl Visitor<u8> for Depth {
    fn leaf(&mut self, _: u32) -> u8 {
        self.0 += 1;
        1
    }
    fn node(&mut self, l: u8, r: u8) -> u8 {
        l.max(r) + 1
    }
}
fn visit<R, V: Visitor<R>>(v: &mut V, s: &[u32]) -> R {
    match s {
        [x] => v.leaf(*x),
        _ => {
            let (a, b) = s.split_at(s.len().div_ceil(2));
            let (l, r) = (visit(v, a), visit(v, b));
            v.node(l, r)
        }
    }
}
fn a6(x: u32) -> u64 {
    let s: [u32; 7] = core::array::from_fn(|i| i as u32 * x);
    let mut d = Depth(0);
    let depth = visit(&mut d, &s[..(x as usize % 7).max(1)]);
    visit(&mut SumV, &s) * 100 + depth as u64 * 10 + d.0 as u64
}
// const generic exprs on impls: specialization by const bool, array concat via MaybeUninit, const fn in generics position
struct Flag<const B: bool>;
trait Pick {
    fn pick(x: u32) -> u32;
}
impl Pick for Flag<true> {
    fn pick(x: u32) -> u32 {
        x + 1
    }
}
impl Pick for Flag<false> {
    fn pick(x: u32) -> u32 {
        x * 2
    }
}
const fn wide(n: usize) -> bool {
    n > 4
}
struct Ch<const C: char, const I: i8 = -1>;
impl<const C: char, const I: i8> Ch<C, I> {
    const V: u32 = (C as u32).wrapping_add(I as u32);
}
fn a7(x: u32) -> u64 {
    Flag::<{ wide(size_of::<u64>()) }>::pick(x) as u64
        + Flag::<{ wide(3) }>::pick(x) as u64 * 3
        + Ch::<'z'>::V.wrapping_add(Ch::<'\n', { 5 - 7 }>::V) as u64
}
// associated types defaults through wrapper + PhantomData + Deref chains + method probing order (autoref/autoderef)
struct Outer {
    inner: Inner,
    n: u32,
}
struct Inner {
    v: [u32; 3],
}
impl Deref for Outer {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.inner
    }
}
impl DerefMut for Outer {
    fn deref_mut(&mut self) -> &mut Inner {
        &mut self.inner
    }
}
impl Deref for Inner {
    type Target = [u32; 3];
    fn deref(&self) -> &[u32; 3] {
        &self.v
    }
}
impl DerefMut for Inner {
    fn deref_mut(&mut self) -> &mut [u32; 3] {
        &mut self.v
    }
}
impl Inner {
    fn len(&self) -> usize {
        77
    }
}
trait Who {
    fn who(&self) -> u32;
}
impl Who for Outer {
    fn who(&self) -> u32 {
        1
    }
}
impl Who for &Outer {
    fn who(&self) -> u32 {
        2
    }
}
impl Who for &mut Inner {
    fn who(&self) -> u32 {
        3
    }
}
fn a8(x: u32) -> u64 {
    let mut o = Outer { inner: Inner { v: [x, 5, 2] }, n: 1 };
    o.sort();
    o[1] += o.n;
    o.iter_mut().for_each(|v| *v += 1);
    let r = &o;
    let w = r.who() + (&r).who() * 10;
    let first = *o.first().unwrap() as u64;
    let m = &mut *o;
    first + o.len() as u64 * 1000 + w as u64 * 100_000 + o.contains(&6) as u64
}
// impl blocks with where Self: Sized, generic fn with impl Trait args and turbofish on others, recursion through generics, trait static dispatch through assoc type of assoc type
trait Layer {
    type Next: Layer;
    const W: u32;
    fn run(x: u32) -> u32 {
        if Self::W == 0 {
            x
        } else {
            <Self::Next as Layer>::run(x.wrapping_mul(Self::W) ^ <<Self::Next as Layer>::Next as Layer>::W)
        }
    }
}
struct L0;
struct L1;
struct L2;
impl Layer for L0 {
    type Next = L0;
    const W: u32 = 0;
}
impl Layer for L1 {
    type Next = L0;
    const W: u32 = 31;
}
impl Layer for L2 {
    type Next = L1;
    const W: u32 = 17;
}
fn a9(x: u32) -> u64 {
    fn pick<const N: usize, T: Copy + Into<u64>>(
        v: [T; N],
        f: impl Fn(usize) -> usize,
        g: impl FnOnce(u64) -> u64,
    ) -> u64 {
        g(v[f(N) % N].into())
    }
    L2::run(x) as u64 + pick([1u8, 2, 3], |n| n + 1, |v| v * 2) + pick::<2, _>([x, 9], |_| 0, core::convert::identity)
}
fn run(input: u32) -> [u64; 10] {
    [
        a1::<D3>(input),
        a1::<D5>(input),
        a2(input),
        a3(input),
        a4(input),
        a5(input),
        a6(input),
        a7(input),
        a8(input),
        a9(input),
    ]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
