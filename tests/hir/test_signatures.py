"""Declarations from headers."""

from __future__ import annotations

import pytest

from compiler.hir.def_id import DefKind
from compiler.hir.lower_signature import lower_signature
from compiler.hir.nodes import AdtDecl, ConstDecl, FnDecl, ImplDecl, TraitDecl, TypeAliasDecl
from compiler.hir.pretty import Printer


def fn_decl(header: str) -> FnDecl:
    found = lower_signature(DefKind.FN, header.encode())
    assert not found.diagnostics and isinstance(found.signature, FnDecl)
    return found.signature


def test_fn() -> None:
    decl = fn_decl(
        "pub const unsafe extern \"C\" fn f<'a, T: Copy + 'a, const N: usize = 3>(x: &'a mut [T; N], (a, b): (u8, u8)) -> impl Fn(T) -> u8 + 'a where T: Sized, 'a: 'static, for<'b> &'b T: Tr<'b> "
    )
    p = Printer(decl.store)
    assert (decl.is_const, decl.is_unsafe, decl.abi, decl.is_async) == (True, True, "C", False)
    assert [(g.kind, g.name) for g in decl.generics.params] == [("lifetime", "a"), ("type", "T"), ("const", "N")]
    assert [(x.name, p.ty(x.ty)) for x in decl.params] == [("x", "&'a mut [T; N]"), (None, "(u8, u8)")]
    assert decl.ret is not None and p.ty(decl.ret) == "impl Fn(T) -> u8 + 'a"
    assert len(decl.generics.where) == 3 and decl.generics.where[2].for_lifetimes[0].name == "b"
    assert [c.kind for c in decl.store.anon_consts] == ["const argument", "array length"]


@pytest.mark.parametrize(
    ("param", "kind", "ty"),
    [
        ("self", "self", "Self"),
        ("mut self", "self", "Self"),
        ("&self", "&self", "&Self"),
        ("&'a mut self", "&mut self", "&'a mut Self"),
        ("self: Box<Self>", "typed", "Box<Self>"),
    ],
)
def test_self(param: str, kind: str, ty: str) -> None:
    decl = fn_decl(f"fn f({param}, x: u8) ")
    assert decl.self_kind == kind
    assert Printer(decl.store).ty(decl.params[0].ty) == ty
    assert len(decl.params) == 2


def test_variadic_and_fn_pointers() -> None:
    assert fn_decl("fn f(x: u8, ...);").is_variadic
    decl = fn_decl("fn f(g: unsafe extern \"C\" fn(a: u8, _: i8) -> u8, h: for<'x> fn(&'x u8)) ")
    p = Printer(decl.store)
    assert p.ty(decl.params[0].ty) == 'unsafe extern "C" fn(u8, i8) -> u8'
    assert p.ty(decl.params[1].ty) == "for<'x> fn(&'x u8)"


def test_adts() -> None:
    enum = lower_signature(
        DefKind.ENUM, b"pub enum E<T> { A, #[default] B(T, u8) = 2, C { x: u8, #[cfg(off)] y: u8 } }"
    ).signature
    assert isinstance(enum, AdtDecl)
    assert [(v.name, v.ctor, [f.name for f in v.fields]) for v in enum.variants] == [
        ("A", "unit", []),
        ("B", "tuple", ["0", "1"]),
        ("C", "record", ["x"]),
    ]
    assert enum.variants[1].discriminant is not None and enum.store.anon_consts[0].kind == "discriminant"
    assert [a.path for a in enum.variants[1].attrs] == ["default"]
    tuple_struct = lower_signature(DefKind.STRUCT, b"struct P<T>(pub(crate) T, u8) where T: Copy;").signature
    assert isinstance(tuple_struct, AdtDecl)
    assert [f.visibility for f in tuple_struct.variants[0].fields] == ["pub(crate)", ""]
    assert len(tuple_struct.generics.where) == 1
    union = lower_signature(DefKind.UNION, b"#[repr(C)] pub union U { a: u8, pub b: f32 }").signature
    assert isinstance(union, AdtDecl) and [f.name for f in union.variants[0].fields] == ["a", "b"]


def test_traits_and_impls() -> None:
    trait = lower_signature(
        DefKind.TRAIT, b"pub unsafe auto trait T<X: ?Sized>: A + for<'a> B<'a> where Self: Sized "
    ).signature
    assert isinstance(trait, TraitDecl) and trait.is_unsafe and trait.is_auto
    assert len(trait.supertraits) == 2 and trait.generics.params[0].bounds[0].maybe
    impl = lower_signature(DefKind.IMPL, b"unsafe impl<T> !Send for [T; 3] where T: Copy ").signature
    assert isinstance(impl, ImplDecl) and impl.negative and impl.is_unsafe
    assert impl.trait_path is not None and str(impl.trait_path) == "Send"
    inherent = lower_signature(DefKind.IMPL, b"impl <u8 as Tr>::Out ").signature
    assert isinstance(inherent, ImplDecl) and inherent.trait_path is None


def test_aliases_and_constants() -> None:
    alias = lower_signature(DefKind.TYPE_ALIAS, b"type Item<'a>: Copy + 'a = &'a u8 where Self: 'a;").signature
    assert isinstance(alias, TypeAliasDecl) and len(alias.bounds) == 2 and alias.ty is not None and alias.generics.where
    const = lower_signature(DefKind.STATIC, b"pub static mut S: [u8; 4] ").signature
    assert isinstance(const, ConstDecl) and const.mutable and len(const.store.anon_consts) == 1


def test_generic_arguments() -> None:
    decl = fn_decl(
        "fn f(x: A<'a, u8, 3, -1, {N + 1}, Item = u8, K = 3, Out: Copy>, y: Vec<Vec<u8>>, z: <T as Tr>::Out, w: F) "
    )
    p = Printer(decl.store)
    texts = [p.ty(x.ty) for x in decl.params]
    assert texts[1:3] == ["Vec<Vec<u8>>", "<T as Tr>::Out"]
    assert texts[0].startswith("A<'a, u8, 3, -1, {") and texts[0].endswith("Item = u8, K = 3, Out: Copy>")
    assert [c.kind for c in decl.store.anon_consts] == ["const argument"] * 4


@pytest.mark.parametrize(
    ("kind", "header", "message"),
    [
        (DefKind.FN, "fn f<T: >() -> impl ", "at least one trait must be specified"),
        (DefKind.FN, "fn f<const N>() ", "expected `:`, found `>`"),
        (DefKind.FN, "fn f(x: *u8) ", "expected `mut` or `const` keyword in raw pointer type, found `u8`"),
        (DefKind.FN, "fn f(x: u8 y: u8) ", "expected one of `)` or `,`, found `y`"),
        (DefKind.IMPL, "impl T for ", "expected type, found `{`"),
    ],
)
def test_faults(kind: DefKind, header: str, message: str) -> None:
    assert [d.message for d in lower_signature(kind, header.encode()).diagnostics] == [message]
