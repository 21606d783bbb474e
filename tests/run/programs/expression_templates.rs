//! Lazily evaluated vectors, shapes in types, tuple queries, units: what generic libraries of kernels look like.
//!
//! What it is: one part of the numbers for each. What it assumes: nothing. What it guarantees: the numbers are those of
//! rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 30201 3255304230 77024 287 1065353216 24
//= 1: 7091108 3255304238 77025 295 1080033280 25
//= 2: 10151619 3255304246 77026 303 1086324736 30
//= 7: 37455362 3255304286 77031 343 1100218368 55
//= 12345: 62476483004 3255402990 89369 99047 1190207232 61749
use cuda_device::kernel;
use core::marker::PhantomData;
use core::ops::{Add, Deref, Index, IndexMut, Mul, Range};
// expression templates
pub trait Expr: Sized {
    type Out;
    fn at(&self, i: usize) -> Self::Out;
    fn len(&self) -> usize;
    fn map<F: Fn(Self::Out) -> U, U>(self, f: F) -> Mapped<Self, F> {
        Mapped(self, f)
    }
    fn eval<const N: usize>(self) -> Vector<Self::Out, N>
    where
        Self::Out: Default + Copy,
    {
        let mut out = Vector([Self::Out::default(); N]);
        for i in 0..N.min(self.len()) {
            out.0[i] = self.at(i)
        }
        out
    }
}
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vector<T, const N: usize>([T; N]);
pub struct Mapped<E, F>(E, F);
pub struct Zip2<A, B, Op>(A, B, PhantomData<Op>);
pub struct Splat<T>(T, usize);
pub trait BinOp<A, B> {
    type Out;
    fn apply(a: A, b: B) -> Self::Out;
}
pub enum Plus {}
pub enum Times {}
impl<A: Add<B>, B> BinOp<A, B> for Plus {
    type Out = A::Output;
    fn apply(a: A, b: B) -> A::Output {
        a + b
    }
}
impl<A: Mul<B>, B> BinOp<A, B> for Times {
    type Out = A::Output;
    fn apply(a: A, b: B) -> A::Output {
        a * b
    }
}
impl<T: Copy, const N: usize> Expr for Vector<T, N> {
    type Out = T;
    fn at(&self, i: usize) -> T {
        self.0[i]
    }
    fn len(&self) -> usize {
        N
    }
}
impl<'a, E: Expr> Expr for &'a E {
    type Out = E::Out;
    fn at(&self, i: usize) -> E::Out {
        (**self).at(i)
    }
    fn len(&self) -> usize {
        E::len(self)
    }
}
impl<T: Copy> Expr for Splat<T> {
    type Out = T;
    fn at(&self, _: usize) -> T {
        self.0
    }
    fn len(&self) -> usize {
        self.1
    }
}
impl<E: Expr, U, F: Fn(E::Out) -> U> Expr for Mapped<E, F> {
    type Out = U;
    fn at(&self, i: usize) -> U {
        (self.1)(self.0.at(i))
    }
    fn len(&self) -> usize {
        self.0.len()
    }
}
impl<A: Expr, B: Expr, Op: BinOp<A::Out, B::Out>> Expr for Zip2<A, B, Op> {
    type Out = Op::Out;
    fn at(&self, i: usize) -> Op::Out {
        Op::apply(self.0.at(i), self.1.at(i))
    }
    fn len(&self) -> usize {
        self.0.len().min(self.1.len())
    }
}
macro_rules! expr_ops { ($([$($g:tt)*] $t:ty),* $(,)?) => { $(impl<$($g)*, R: Expr> Add<R> for $t where Self: Expr { type Output = Zip2<Self, R, Plus>; fn add(self, r: R) -> Self::Output { Zip2(self, r, PhantomData) } } impl<$($g)*, R: Expr> Mul<R> for $t where Self: Expr { type Output = Zip2<Self, R, Times>; fn mul(self, r: R) -> Self::Output { Zip2(self, r, PhantomData) } })* } }
expr_ops! { [T, const N: usize] Vector<T, N>, ['a, T, const N: usize] &'a Vector<T, N>, [E, F] Mapped<E, F>, [A, B, Op] Zip2<A, B, Op> }
// shapes in types
pub trait Shape {
    const RANK: usize;
    const SIZE: usize;
    fn offset(ix: &[usize]) -> usize;
}
pub struct S0;
pub struct S<const D: usize, Rest>(PhantomData<Rest>);
impl Shape for S0 {
    const RANK: usize = 0;
    const SIZE: usize = 1;
    fn offset(_: &[usize]) -> usize {
        0
    }
}
impl<const D: usize, R: Shape> Shape for S<D, R> {
    const RANK: usize = R::RANK + 1;
    const SIZE: usize = D * R::SIZE;
    fn offset(ix: &[usize]) -> usize {
        match ix {
            [i, rest @ ..] if *i < D => i * R::SIZE + R::offset(rest),
            _ => panic!("index"),
        }
    }
}
pub struct Tensor<'a, T, Sh> {
    data: &'a mut [T],
    _s: PhantomData<Sh>,
}
impl<'a, T, Sh: Shape> Tensor<'a, T, Sh> {
    fn new(data: &'a mut [T]) -> Option<Self> {
        (data.len() == Sh::SIZE).then_some(Tensor { data, _s: PhantomData })
    }
    fn reshape<To: Shape>(self) -> Tensor<'a, T, To> {
        const { assert!(To::SIZE == Sh::SIZE) };
        Tensor { data: self.data, _s: PhantomData }
    }
    fn reborrow(&mut self) -> Tensor<'_, T, Sh> {
        Tensor { data: &mut *self.data, _s: PhantomData }
    }
}
impl<T, Sh: Shape, const R: usize> Index<[usize; R]> for Tensor<'_, T, Sh> {
    type Output = T;
    fn index(&self, i: [usize; R]) -> &T {
        const { assert!(R == Sh::RANK, "rank") };
        &self.data[Sh::offset(&i)]
    }
}
impl<T, Sh: Shape, const R: usize> IndexMut<[usize; R]> for Tensor<'_, T, Sh> {
    fn index_mut(&mut self, i: [usize; R]) -> &mut T {
        &mut self.data[Sh::offset(&i)]
    }
}
// mini ECS with tuple queries
pub struct World<const N: usize> {
    pos: [Option<[f32; 2]>; N],
    vel: [Option<[f32; 2]>; N],
    hp: [Option<u32>; N],
}
pub trait Component: Sized {
    fn column<const N: usize>(w: &World<N>) -> &[Option<Self>; N];
}
#[derive(Clone, Copy)]
struct Nope;
macro_rules! component { ($($t:ty => $f:ident),*) => { $(impl Component for $t { fn column<const N: usize>(w: &World<N>) -> &[Option<$t>; N] { &w.$f } })* } }
component! { u32 => hp }
pub trait Query<'w> {
    type Item;
    fn fetch<const N: usize>(w: &'w World<N>, i: usize) -> Option<Self::Item>;
}
impl<'w, T: Component + 'w> Query<'w> for &'w T {
    type Item = &'w T;
    fn fetch<const N: usize>(w: &'w World<N>, i: usize) -> Option<&'w T> {
        T::column(w)[i].as_ref()
    }
}
pub struct Pos;
pub struct Vel;
impl<'w> Query<'w> for Pos {
    type Item = &'w [f32; 2];
    fn fetch<const N: usize>(w: &'w World<N>, i: usize) -> Option<Self::Item> {
        w.pos[i].as_ref()
    }
}
impl<'w> Query<'w> for Vel {
    type Item = [f32; 2];
    fn fetch<const N: usize>(w: &'w World<N>, i: usize) -> Option<Self::Item> {
        w.vel[i]
    }
}
macro_rules! tuples { ($($($t:ident)+;)*) => { $(#[allow(non_snake_case)] impl<'w, $($t: Query<'w>),+> Query<'w> for ($($t,)+) { type Item = ($($t::Item,)+); fn fetch<const N: usize>(w: &'w World<N>, i: usize) -> Option<Self::Item> { $(let $t = $t::fetch(w, i)?;)+ Some(($($t,)+)) } })* } }
tuples! { A; A B; A B C; }
impl<const N: usize> World<N> {
    fn query<'w, Q: Query<'w>>(&'w self) -> impl Iterator<Item = (usize, Q::Item)> + use<'w, Q, N> {
        (0..N).filter_map(move |i| Q::fetch(self, i).map(|q| (i, q)))
    }
}
// units with phantom types
pub struct Unit<const M: i8, const SEC: i8>(f32);
impl<const M: i8, const SEC: i8> Add for Unit<M, SEC> {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self(self.0 + o.0)
    }
}
impl<const M: i8, const SEC: i8> Deref for Unit<M, SEC> {
    type Target = f32;
    fn deref(&self) -> &f32 {
        &self.0
    }
}
type Metre = Unit<1, 0>;
type Speed = Unit<1, -1>;
impl Mul<Unit<0, 1>> for Speed {
    type Output = Metre;
    fn mul(self, t: Unit<0, 1>) -> Metre {
        Unit(self.0 * t.0)
    }
}
fn ranges<R, const K: usize>(r: R) -> [Range<usize>; K]
where
    R: Into<Range<usize>>,
{
    let r = r.into();
    let n = r.len();
    core::array::from_fn(|i| r.start + i * n / K..r.start + (i + 1) * n / K)
}
fn run(input: u32) -> [u64; 6] {
    let a = Vector([1u32, 2, 3, input]);
    let b = Vector([5u32, 6, 7, 8]);
    let e: Vector<u32, 4> = (&a + &b * Splat(input, 4)).map(|x| x ^ 1).eval();
    let k: Vector<f32, 3> = (a * b).map(|x| x as f32 / 2.0).eval();
    let dot = (&a * &b).eval::<4>().0.iter().sum::<u32>();
    let mut data: [u32; 24] = core::array::from_fn(|i| i as u32);
    let mut t = Tensor::<u32, S<2, S<3, S<4, S0>>>>::new(&mut data).unwrap();
    t[[1, 2, 3]] += input;
    {
        let mut r = t.reborrow().reshape::<S<6, S<4, S0>>>();
        r[[5, 0]] = 77;
    }
    let tv =
        t[[1, 2, 0]] as u64 * 1000 + t[[1, 2, 3]] as u64 + Tensor::<u32, S<5, S0>>::new(&mut data).is_none() as u64;
    let w = World::<6> {
        pos: core::array::from_fn(|i| (i % 2 == 0).then_some([i as f32, 1.0])),
        vel: [Some([1.0, input as f32]), None, Some([0.5, 0.5]), None, None, Some([0.0; 2])],
        hp: [Some(3), Some(4), None, Some(5), Some(input), None],
    };
    let q = w.query::<(Pos, Vel)>().map(|(i, (p, v))| i as u64 * 100 + (p[0] + v[1]) as u64).sum::<u64>()
        + w.query::<(&u32,)>().map(|(_, (h,))| *h as u64).sum::<u64>() * 7
        + w.query::<(Pos, &u32, Vel)>().count() as u64;
    let _ = Nope;
    let d = Unit::<1, -1>(input as f32) * Unit(2.5) + Unit(1.0);
    let r: [_; 3] = ranges(2..input as usize + 2);
    [
        e.0.iter().fold(0, |h, x| h * 100 + *x as u64),
        k.0.iter().map(|x| x.to_bits() as u64).sum::<u64>() + dot as u64,
        tv,
        q,
        d.to_bits() as u64,
        r.iter().map(|r| (r.start * 3 + r.end) as u64).sum(),
    ]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
