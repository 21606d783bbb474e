"""Signatures as types: numbering, regions, predicates, associated types, defaults, layout of definitions, impl indices."""

from __future__ import annotations

from names_world import World

from compiler.hir.def_id import DefId, DefKind
from compiler.mir.consteval.queries import install
from compiler.resolve.lang import lang_item, lang_name_of
from compiler.resolve.params import param_table
from compiler.ty import types as t
from compiler.ty.adt import adt_def
from compiler.ty.collect import (
    assoc_items,
    fn_sig,
    item_bounds,
    opaque_bounds,
    param_default,
    predicates_of,
    super_predicates_of,
    trait_def,
    type_of,
)
from compiler.ty.generics import identity_args
from compiler.ty.impls import impl_header, inherent_impls, simplify, trait_impls
from compiler.ty.launch_bounds import launch_bounds_of

LIBRARY = """
//- crate core library /core/lib.rs
pub mod prelude { pub mod rust_2024 { pub use crate::{Sized, Copy, Iterator, Option, Fn}; } }
#[lang = "sized"] pub trait Sized {}
#[lang = "copy"] pub trait Copy {}
pub enum Option<T> { #[lang = "None"] None, #[lang = "Some"] Some(T) }
pub trait Iterator { type Item; #[lang = "next"] fn next(&mut self) -> Option<Self::Item>; }
pub trait FnOnce<A> { type Output; }
pub trait Fn<A>: FnOnce<A> {}
impl u32 { pub fn twice(self) -> u32 { self } }
impl<T> [T] { pub fn len(&self) -> usize { 0 } }
"""


def _world(text: str) -> World:
    return World(text + LIBRARY)


def _shown(world: World, path: str) -> list[str]:
    return [repr(p) for p in predicates_of(world.db, world.find(path))]


def test_parameter_numbering_is_rustcs() -> None:
    world = _world(
        "struct S<'a, T>(&'a T); impl<'a, T> S<'a, T> { fn f<'b, 'c, 'd, U: 'c, const N: usize>(x: &'b U, y: &'c u8) -> &'d u8 {} }"
    )
    table = param_table(world.db, world.find("S::f"))
    assert (table.parent_count, [(p.name, p.index) for p in table.own]) == (2, [("c", 2), ("d", 3), ("U", 4), ("N", 5)])
    assert table.late_bound == ("b",)
    assert repr(identity_args(world.db, world.find("S::f"))) == "('a, T, 'c, 'd, U, N)"
    world = _world("trait Tr<A> { fn g<B>(self, f: impl Fn(A) -> B, x: impl Copy); }")
    names = [(p.name, p.index) for p in param_table(world.db, world.find("Tr::g")).own]
    assert names == [("B", 2), ("impl#0", 3), ("impl#1", 4)]
    assert [p.name for p in param_table(world.db, world.find("Tr")).own] == ["Self", "A"]


def test_regions_of_signatures() -> None:
    world = _world(
        "struct R<'a>(&'a u32); impl R<'_> { fn m(&self, x: &u8) -> &u32 { self.0 } } fn f<'a>(x: &'a u32, y: &u8) -> R<'a> { R(x) }"
    )
    sig = fn_sig(world.db, world.find("f"))
    assert [(r.name, r.index) for r in sig.late_bound] == [("a", 0), ("", 1)]
    assert isinstance(sig.inputs[0], t.RefTy) and isinstance(sig.output, t.AdtTy)
    assert sig.output.args[0] is sig.inputs[0].region is sig.late_bound[0]
    method = fn_sig(world.db, world.find("R::m"))
    assert isinstance(method.output, t.RefTy) and isinstance(method.inputs[0], t.RefTy)
    assert method.has_self and method.output.region is method.inputs[0].region
    impl = world.find("R::m").parent
    assert impl is not None
    (region,) = impl_header(world.db, impl).self_ty.args  # type: ignore[attr-defined]
    assert region.kind == "early" and region.owner is impl


def test_predicates() -> None:
    world = _world("fn f<T, U: ?Sized + Copy, I: Iterator<Item = T>>(x: T) where T: Fn(u32, U) -> bool {}")
    assert _shown(world, "f") == [
        "T: Sized", "U: Copy", "I: Sized", "I: Iterator", "<I as Iterator>::Item == T", "T: Fn<(u32, U)>",
        "<T as FnOnce>::Output == bool",
    ]  # fmt: skip
    world = _world("trait A: Copy { type X: Iterator where Self: Sized; } trait B: A where Self::X: Copy {}")
    assert [repr(p) for p in super_predicates_of(world.db, world.find("B"))] == ["Self: A"]
    bounds = [repr(p) for p in item_bounds(world.db, world.find("A::X"))]
    assert bounds == ["<Self as A>::X: Sized", "<Self as A>::X: Iterator"]
    assert trait_def(world.db, world.find("B")).supertraits == (world.find("A"),)


def test_associated_type_paths() -> None:
    world = _world(
        """
trait Sub: Iterator { fn a(&self) -> Self::Item; }
fn b<I: Sub>(x: I::Item) {}
fn c<I>(x: <I as Iterator>::Item) where I: Sub, I::Item: Iterator { }
fn d<I: Iterator>(x: I::Item) -> <I::Item as Iterator>::Item where I::Item: Iterator { loop {} }
struct W<T>(T);
impl<T: Copy> Iterator for W<T> { type Item = T; fn next(&mut self) -> Option<Self::Item> { Option::None } }
"""
    )
    for path in ("Sub::a", "b", "c", "d"):
        sig = fn_sig(world.db, world.find(path))
        ty = sig.output if path == "Sub::a" else sig.inputs[0]
        assert isinstance(ty, t.AliasTy) and ty.def_id.path == "core::Iterator::Item", path
    impl = next(d for d in world.definitions(world.main) if d.kind is DefKind.IMPL)
    output = fn_sig(world.db, assoc_items(world.db, impl)["next"][0]).output
    assert repr(output) == "Option<<W<T> as Iterator>::Item>"
    assert type_of(world.db, assoc_items(world.db, impl)["Item"][0]) is t.ParamTy(0, "T")


def test_impl_trait_in_arguments_and_returns() -> None:
    world = _world("fn f(x: impl Iterator<Item = u8>) -> (impl Copy, impl Iterator<Item = u8>) { loop {} }")
    f = world.find("f")
    sig = fn_sig(world.db, f)
    assert sig.inputs[0] is t.ParamTy(0, "impl#0")
    assert isinstance(sig.output, t.TupleTy)
    assert [(ty.kind, ty.index) for ty in sig.output.elems] == [("opaque", 0), ("opaque", 1)]  # type: ignore[attr-defined]
    assert len(opaque_bounds(world.db, f, 1)) == 3
    assert [repr(p) for p in predicates_of(world.db, f)][1] == "impl#0: Iterator"


def test_defaults_and_constants() -> None:
    world = _world(
        "struct D<T = u32, const N: usize = 4>([T; N]); type A = D; type B = D<u8>; type C<X> = D<X, 7>; const L: usize = 2;"
        "static S: [C<u8>; 3] = loop {}; fn f(x: &[u8; L], y: [u8; 1 + 1]) {}"
    )
    assert repr(type_of(world.db, world.find("A"))) == "D<u32, 4>"
    assert repr(type_of(world.db, world.find("B"))) == "D<u8, 4>"
    assert repr(type_of(world.db, world.find("S"))) == "[D<u8, 7>; 3]"
    assert param_default(world.db, world.find("D"), 1) is t.const_value(4, t.usize)
    x, y = fn_sig(world.db, world.find("f")).inputs
    assert x.ty.len.def_id is world.find("L")  # type: ignore[attr-defined]
    assert y.len.kind == "unevaluated" and y.len.def_id.kind is DefKind.ANON_CONST  # type: ignore[attr-defined]


def test_adts() -> None:
    world = _world(
        "#[repr(u8)] enum E<T> { A = 3, B(T, u32), C { x: T } } #[repr(C, align(16))] pub struct P(pub f32, f32);"
    )
    e = adt_def(world.db, world.find("E"))
    assert [(v.name, v.ctor, len(v.fields)) for v in e.variants] == [
        ("A", "unit", 0),
        ("B", "tuple", 2),
        ("C", "record", 1),
    ]
    assert e.variants[0].discriminant is t.const_value(3, t.u8) and e.repr.int_ty is t.u8
    p = adt_def(world.db, world.find("P", DefKind.STRUCT))
    assert p.repr.c and p.repr.align == 16
    assert [f.visibility for f in p.variants[0].fields] == [None, world.main]
    ctor = fn_sig(world.db, DefId(world.find("E"), DefKind.VARIANT, "B"))
    assert repr(ctor.inputs) == "(T, u32)" and repr(ctor.output) == "E<T>"


def test_impl_indices() -> None:
    world = _world(
        """
trait Tr {}
struct S<T>(T);
impl<T> Tr for S<T> {}
impl Tr for u32 {}
impl<T: Copy> Tr for T {}
impl<T> S<T> { fn new() {} }
impl unknown::Tr for S<u8> {}
impl Missing { fn f() {} }
fn f() { struct L; impl Tr for L {} }
"""
    )
    headers = [repr(h.trait_ref) for h in trait_impls(world.db, world.find("Tr"))]
    assert headers == ["S<T>: Tr", "u32: Tr", "T: Tr", "L: Tr"]
    assert [i.krate.name for i in inherent_impls(world.db, world.find("S"))] == ["main"]
    (integer,) = inherent_impls(world.db, simplify(t.u32))
    assert list(assoc_items(world.db, integer)) == ["twice"]
    assert len(inherent_impls(world.db, simplify(t.SliceTy(t.u8)))) == 1
    world.edit("impl Tr for u32 {}", "impl Tr for u64 {}")
    assert [repr(h.trait_ref) for h in trait_impls(world.db, world.find("Tr"))][1] == "u64: Tr"


def test_lang_items() -> None:
    world = _world("")
    sized, some, following = (lang_item(world.db, name) for name in ("sized", "Some", "next"))
    assert sized is not None and some is not None and following is not None
    assert (some.path, following.path) == ("core::Option::Some", "core::Iterator::next")
    assert lang_name_of(world.db, sized) == "sized"


def test_launch_bounds_of_instances() -> None:
    install()
    world = _world(
        """
const N: u32 = 96;
trait Policy { const MAX: u32; const MIN: u32 = 3; }
struct Small; impl Policy for Small { const MAX: u32 = 64; }
struct Big; impl Big { const T: u32 = 512; }
#[kernel] #[launch_bounds(P::MAX, P::MIN)] fn k<P: Policy>() {}
#[kernel] #[launch_bounds(2 * N, Big::T)] fn l() {}
#[kernel] #[launch_bounds(256)] fn m() {}
"""
    )
    small = t.AdtTy(world.find("Small", DefKind.STRUCT))
    assert launch_bounds_of(world.db, world.find("k"), (small,)) == (64, 3)
    assert launch_bounds_of(world.db, world.find("k"), ()) == (None, None)
    assert launch_bounds_of(world.db, world.find("l"), ()) == (192, 512)
    assert launch_bounds_of(world.db, world.find("m"), ()) == (256,)
