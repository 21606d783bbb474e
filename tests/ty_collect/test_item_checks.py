"""Errors of signatures, at their lines: types, generics, lifetimes, impls against traits, duplicates, kernels."""

from __future__ import annotations

import pytest
from names_world import World, check

from compiler.diagnostics.model import Diagnostic
from compiler.resolve.attrs import kernel_fact_diagnostics
from compiler.ty.item_checks import item_diagnostics

CORE = """
//- crate core library /core/lib.rs
pub mod prelude { pub mod rust_2024 { pub use crate::{Sized, Clone, Copy, Iterator, Option, Fn, Drop}; } }
#[lang = "sized"] pub trait Sized {}
#[lang = "clone"] pub trait Clone { fn clone(&self) -> Self; }
#[lang = "copy"] pub trait Copy: Clone {}
#[lang = "drop"] pub trait Drop { fn drop(&mut self); }
pub enum Option<T> { None, Some(T) }
pub trait Iterator { type Item; fn next(&mut self) -> Option<Self::Item>; fn count(self) -> usize where Self: Sized {
0 } } pub trait FnOnce<A> { type Output; } pub trait Fn<A>: FnOnce<A> {} #[lang = "phantom_data"] pub struct
PhantomData<T: ?Sized>;
"""

CASES = {
    "types": """
struct S<T> { t: T }
fn a(x: S<u32>, y: &S<u8>, z: [S<u8>; 3]) {}
fn b(x: Missing) {} //~ E0425 "cannot find type `Missing` in this scope"
fn c(x: S) {} //~ E0107 "missing generics for struct `S`"
fn d(x: S<u8, u8>) {} //~ E0107 "struct takes 1 generic argument but 2"
fn e(x: u32<u8>) {} //~ E0109
mod m { pub struct P; struct Q; }
fn f(x: m::P, y: m::R) {} //~ E0425 "cannot find type `R` in `main::m`"
fn g(x: m::Q) {} //~ E0603 "struct `Q` is private"
fn h(x: m) {} //~ E0573 "expected type, found module `m`"
fn i(x: nope::T) {}
fn j(x: mm::P) {} //~ E0433
fn k() -> Optoin<u32> { loop {} } //~ E0425
fn l(x: unknown_crate::T, y: &dyn unknown_crate::Tr) {}
""",
    "generic parameters": """
struct A<T, const N: usize> { x: [T; N] }
fn a<T, T>(x: T) {} //~ E0403
fn b(x: A<u32, 4>, y: A<u32, { 2 + 2 }>) {}
fn c<const N: usize>(x: A<u8, N>) {}
fn d(x: A<4, u32>) {} //~ E0747
fn e<T>() { fn inner(x: T) {} }
struct D<T = u32, const N: usize = 3>(T, [T; N]);
fn f(x: D, y: D<u8>, z: D<u8, 5>) {}
struct Bad<T = Missing>(T); //~ E0425
fn g<const N: Missing>() {} //~ E0425
""",
    "lifetimes": """
struct R<'a> { x: &'a u32 }
struct Bad { x: &u32 } //~ E0106
fn a<'a>(x: &'a u32, y: R<'a>) -> &'a u32 { x }
fn b(x: &'b u32) {} //~ E0261 "undeclared lifetime name `'b`"
fn c(x: &u32) -> &u32 { x }
fn d(x: &u32, y: &u32) -> &u32 { x } //~ E0106
fn e(x: R) -> &u32 { x.x }
fn f<F>(f: F) where F: for<'x> Fn(&'x u32) -> &'x u32 {}
fn g(f: fn(&u32) -> &u32) {}
impl R<'_> { fn h(&self, o: &u32) -> &u32 { self.x } }
const C: &str = "x";
fn i<'a, 'a>() {} //~ E0403
type P = fn(&u8, &u8) -> &u8; //~ E0106
fn j<F: Fn() -> &u8>(f: F, g: fn(&'static u8) -> &u8) {} //~ E0106
fn k<'a>(f: fn(&'a u8) -> &u8, g: fn(fn(&u8) -> &u8) -> u8) {}
impl<'a> R<'a> { fn l<'a>(x: &'a u32) {} } //~ E0496
struct S1<T> { x: &'static T } //~ E0310
struct S2<'a, T, U: 'static, V: 'a>(&'a T, &'static [U], S3<U>, &'a V) where 'a: 'static, T: 'a;
struct S3<T: 'static> { x: &'static T }
enum S4<T> { V(S3<(u8, T)>) } //~ E0310
fn m<'a>(x: &'a u32, f: for<'a> fn(&'a u32)) { fn inner<'a>(x: &'a u32) {} } //~ E0496
""",
    "associated types": """
fn a<I: Iterator>(x: I::Item) {}
fn b<I: Iterator>(x: I::Itm) {} //~ E0220 "associated type `Itm` not found for `I`"
fn c<T>(x: T::Item) {} //~ E0220
fn d<I>(x: I::Item) where I: Iterator, I::Item: Iterator {}
fn e<I>(x: <I::Item as Iterator>::Item) where I: Iterator, I::Item: Iterator {}
fn f<I: Iterator<Item = u32>>(x: I) {}
fn g<I: Iterator<Itme = u32>>(x: I) {} //~ E0220
struct S<T>(T);
fn h(x: S<Item = u32>) {} //~ E0107 //~ E0229
fn i(x: S<u8>::Item) {} //~ E0223
trait Tr: Iterator { fn j(&self) -> Self::Item; fn k(&self) -> Self::Nope; } //~ E0220
fn l<F: Fn(u32) -> u8>(f: F) -> F::Output { loop {} }
fn m<T: unknown::Tr>(x: T::Item) {}
impl<T> unknown::Tr for S<T> { type X = T; fn f() -> Self::X {} }
fn n<I: Iterator>(x: I::Item) where I::Item: Iterator<Item = u8> { }
""",
    "traits as types": """
trait Shape { fn area(&self) -> f32; }
fn a(x: Shape) {} //~ E0782
fn b<T: u32>(x: T) {} //~ E0404 "expected trait, found type `u32`"
fn c<T: Shap>(x: T) {} //~ E0405 "cannot find trait `Shap` in this scope"
fn d(x: impl Shape) -> impl Shape { x }
static S: impl Shape = 1; //~ E0562
fn f(x: impl Fn(impl Shape), y: fn(impl Shape)) -> impl Fn() -> impl Shape { y } //~ E0562 //~ E0562 //~ E0562
trait Of<T> {}
fn g(x: impl Of<impl Shape>) {} //~ E0666
fn h(x: impl Iterator<Item = impl Of<u64>>) -> impl Iterator<Item = impl Fn(u32) -> u32> { x }
fn e(x: _) {} //~ E0121
impl Shape for Nothing { fn area(&self) -> f32 { 0.0 } } //~ E0425
""",
    "impls": """
struct S;
impl Clone for S {} //~ E0046 "missing: `clone`"
impl Copy for S { fn copy(&self) {} } //~ E0407
impl Iterator for S {
    type Item = u32;
    type Extra = u8; //~ E0437
    const N: u32 = 1; //~ E0438
    fn next(&mut self) -> Option<u32> { Option::None }
    fn coutn(self) -> usize { 0 } //~ E0407
}
struct B;
impl Iterator for B { //~ E0046 "missing: `Item`"
    fn next(self) -> Option<u32> { Option::None }
}
struct B2;
impl Iterator for B2 { type Item = u32; fn next(self) -> Option<u32> { Option::None } } //~ E0053
struct D;
impl Drop for D { fn drop() {} } //~ E0186
struct E;
impl Drop for E { fn drop(&mut self, x: u32) {} } //~ E0050
impl S { fn f() {} fn f() {} } //~ E0592
impl unknown_crate::Tr for S { fn anything() {} }
""",
    "duplicates and recursion": """
struct S { a: u32, a: u8 } //~ E0124
enum E { A, B, A } //~ E0428
fn f(x: u32, x: u8) {} //~ E0415
fn g(_: u32, _: u8) {}
struct List { value: u32, next: Option<List> } //~ E0072
struct Ok<'a> { next: Option<&'a Ok<'a>>, mark: core::PhantomData<Ok<'a>> }
struct A { b: B } //~ E0072
struct B { a: [A; 2] }
""",
    "well-formed types": """
struct W<T: Copy>(T);
struct N;
fn a<T: Copy>(x: W<T>, y: W<u32>) {}
fn b<T>(x: W<T>) {} //~ E0277 "the trait bound `T: Copy` is not satisfied"
fn c(x: W<N>) {} //~ E0277 "`N: Copy`"
struct H { a: W<N> } //~ E0277
fn d(x: [u32]) {} //~ E0277 "size for values"
fn e(x: &[u32], y: &[N]) {}
struct Last { a: u32, b: [u32] }
struct First { b: [u32], a: u32 } //~ E0277
struct Unused<T>; //~ E0392
struct Life<'a> { x: u32 } //~ E0392
struct Through<F: Fn() -> U, U>(F);
fn f(x: W<unknown::T>) {}
const K: [u8] = loop {}; //~ E0277
""",
    "coherence": """
trait Tr {} trait Other {} trait Bound {}
struct S<T>(T); struct L;
impl<T> Tr for S<T> {}
impl Tr for S<u8> {} //~ E0119
impl<T: Bound> Other for T {}
impl Other for L {}
impl Tr for u32 {}
impl<'a> Tr for &'a u32 {}
impl Clone for u8 { fn clone(&self) -> u8 { 0 } } //~ E0117
impl u8 { fn f() {} } //~ E0390
impl Option<u8> { fn f() {} } //~ E0116
impl<T> L { fn f() {} } //~ E0207
impl<T> Tr for T {} //~ E0119
impl<I: Iterator<Item = T>, T> From<T> for S<I> {}
trait From<T> {}
struct NotCopy;
struct C { x: u32, y: NotCopy }
impl Clone for C { fn clone(&self) -> C { loop {} } }
impl Copy for C {} //~ E0204
struct D;
impl Clone for D { fn clone(&self) -> D { D } }
impl Drop for D { fn drop(&mut self) {} }
impl Copy for D {} //~ E0184
struct E; impl Copy for E {} //~ E0277 "`E: Clone`"
impl Drop for S<u32> { fn drop(&mut self) {} } //~ E0366
impl unknown::Tr for u32 {}
""",
    "kernels": """
#[kernel] fn good(x: &[u32]) {}
#[kernel] fn a() -> u32 { 0 } //~ E0101x
#[kernel] fn b(f: impl Clone) {} //~ K0102
#[device] fn c(f: impl Clone) -> u32 { 0 } //~ K0102
#[kernel] fn cuda_oxide_d() {} //~ K0103
#[kernel(launch_context = x, launch_context = y)] fn e() {} //~ K0104
#[kernel(lauch_context = x)] fn f() {} //~ K0104
#[kernel(launch_context = n)] fn g(n: u32) {} //~ K0104
#[kernel(u32)] fn h() {} //~ K0105
#[kernel(u32)] fn i<T, U>(x: T, y: U) {} //~ K0105
#[kernel(u32, f32)] fn j<T>(x: T) {}
#[kernel] #[launch_bounds(0)] fn k() {} //~ E0080
#[kernel] #[launch_bounds(256, 2)] fn l() {}
#[kernel] #[launch_bounds(1, 2, 3)] fn m() {} //~ K0106
#[kernel] #[cluster_launch(2, 0)] fn n() {} //~ K0109
#[kernel] #[cluster_launch(4, 2)] #[cooperative_launch] fn o() {}
#[kernel] #[cooperative_launch(1)] fn p() {} //~ K0109
#[kernel] #[kernel] fn q() {} //~ K0104
""".replace("E0101x", "K0101"),
    "launch contracts": """
#[kernel] #[launch_contract(domain = 1, block = (128, 1, 1))] fn a() {}
#[kernel] #[launch_contract(block = (128, 1, 1))] fn b() {} //~ K0107 "needs `domain"
#[kernel] #[launch_contract(domain = 4, block = (1, 1, 1))] fn c() {} //~ K0107
#[kernel] #[launch_contract(domain = 1, block = (16, 16, 1))] fn d() {} //~ K0107 "the block's y must be 1"
#[kernel] #[launch_contract(domain = 1)] fn e() {} //~ K0107
#[kernel] #[launch_bounds(64)] #[launch_contract(domain = 1)] fn f() {}
#[kernel] #[launch_bounds(64)] #[launch_contract(domain = 2, block = (16, 16, 1))] fn g() {} //~ E0080 "256 threads exceeds"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), colour = 3)] fn h() {} //~ K0107 "`colour` is not part"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), dynamic_shared = 4, dynamic_shared_range = (0, 4))] fn i() {} //~ K0107
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), dynamic_shared_range = (8, 4))] fn j() {} //~ K0107
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), dynamic_shared_alignment = 12)] fn k() {} //~ K0107
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), min_compute_capability = (9, 0), coordinates = u32)] fn l() {}
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), requires = (x.len() >= n * 2, n > 0))] fn m(x: &[u32], n: u32) {}
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), requires = (x.len() / 2 > n))] fn n(x: &[u32], n: u32) {} //~ K0108 "operator `/`"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), requires = (x > n))] fn o(x: &[u32], n: u32) {} //~ K0108 "only as `x.len()`"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), requires = (n.len() > 1))] fn p(x: &[u32], n: u32) {} //~ K0108
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), requires = (n > 1))] fn q(x: &[u32], n: i32) {} //~ K0108 "signed"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1), requires = (m > 1))] fn r(x: &[u32], n: u32) {} //~ K0108 "not a parameter"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1))] fn s(x: &mut [u32]) {} //~ K0107 "cannot take `&mut [T]`"
""",
    "spaces of a contract": """
use cuda_device::{DisjointSlice, Index1D, Index2D, RowMajorTiles, ConstantMemory};
mod fake { pub struct DisjointSlice<T>(T); }
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1))] fn a(x: DisjointSlice<u32>, y: DisjointSlice<u32, Index2D<8>>) {}
#[kernel] #[launch_contract(domain = 2, block = (8, 1, 1))] fn b(x: DisjointSlice<u32>) {} //~ E0277 "`Index1D` is not an index space"
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1))] fn c(x: DisjointSlice<u32, RowMajorTiles>) {} //~ E0277
#[kernel] #[launch_contract(domain = 1, block = (8, 1, 1))] fn d(x: fake::DisjointSlice<u32>) {} //~ E0277 "must be `cuda_device::DisjointSlice`"
#[kernel] fn e(x: fake::DisjointSlice<u32>) {}
#[constant] static K: ConstantMemory<u32> = loop {};
#[constant] static L: u32 = 1; //~ K0111
//- crate cuda_device library /device.rs
pub struct Index1D; pub struct Index2D<const N: usize>; pub struct RowMajorTiles;
pub struct DisjointSlice<T, IS = Index1D>(T, IS);
pub struct ConstantMemory<T>(T);
""",
    "modules": """
#[cuda_module] mod none { fn helper() {} } //~ K0112 "has no `#[kernel]`"
#[cuda_module] mod two {
    #[kernel] fn k() {}
    pub mod inner { #[kernel] fn k() {} } //~ K0112 "must be unique"
}
#[cuda_module] mod reserved { #[kernel] fn k() {} struct LoadedModule; } //~ K0112
#[cuda_module(x)] mod args { #[kernel] fn k() {} } //~ K0112
fn host() { let _ = two::load(); }
use two::LoadedModule;
""",
}


def _diagnostics(world: World) -> list[Diagnostic]:
    found = world.name_diagnostics()
    for def_id in world.definitions(world.main):
        found += kernel_fact_diagnostics(world.db, def_id)
        found += item_diagnostics(world.db, def_id)
    return found


@pytest.mark.parametrize("name", CASES)
def test_item_diagnostics(name: str) -> None:
    world = World(CASES[name] + CORE)
    check(world, _diagnostics(world))
