"""Expressions, patterns, statements and desugarings, as printed HIR."""

from __future__ import annotations

import pytest

from compiler.base.span import Span
from compiler.hir.body_context import BodyContext
from compiler.hir.def_id import DefKind
from compiler.hir.item_tree import Attr
from compiler.hir.lower_body import lower_body
from compiler.hir.nodes import BindPat, Block, ExprStmt, Literal, LitKind, Loop, MissingExpr
from compiler.hir.pretty import print_body
from tests.hir.lowering_of import OWNER, body_text, lowered


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a + b * c - d", "{ (a + (b * c)) - d }"),
        ("a << b + c & d == e", "{ ((a << (b + c)) & d) == e }"),
        ("a || b && c | d ^ e", "{ a || (b && (c | (d ^ e))) }"),
        ("-a as u32 * !b", "{ ((-a) as u32) * (!b) }"),
        ("-x.f()", "{ -x.f() }"),
        ("*p.q = &mut *r[1].0.1", "{ *p.q = &mut (*r[1].0.1) }"),
        ("a = b = c", "{ a = b = c }"),
        ("a <<= b + 1", "{ a <<= b + 1 }"),
        ("&&x; & &y; &raw const z; &raw mut w.v; raw", "{ &(&x); &(&y); &raw const z; &raw mut w.v; raw }"),
        (
            "a.b.c(d)?.e::<u8>(f)",
            "{ (match #branch(a.b.c(d)) { #Break(residual·0) => return #from_residual(residual·0), #Continue(val·0) => val·0, }).e::<u8>(f) }",
        ),
        ("[1, 2]; [0u8; N]; (); (a,); (a, b)", "{ [1, 2]; [0_u8; N]; (); (a,); (a, b) }"),
        ("S { a, b: 1, ..c }; S {}; x::<u8>::Y { 0: z }", "{ S { a: a, b: 1, ..c }; S { }; x::<u8>::Y { 0: z } }"),
        (
            "|x| x + 1; move |a: u8, (b, _)| -> u8 { a }; || (); |x||y| x",
            "{ |x| x + 1; move |a: u8, (b, _)| -> u8 { a }; || (); |x| |y| x }",
        ),
        ('1; 2.5f32; true; \'a\'; b\'b\'; "s"; b"t"; c"u"', "{ 1; 2.5_f32; true; 'a'; b'\\x62'; \"s\"; b't'; c'u' }"),
        ("x as *const u8 as usize; y as &'a [u8; 3]", "{ (x as *const u8) as usize; y as &'a [u8; 3] }"),
        (
            "<T as A>::b(); <[u8]>::c; ::core::d(); crate::e; super::super::g; Self::h; self.i",
            "{ <T as A>::b(); <[u8]>::c; ::core::d(); crate::e; super::super::g; Self::h; self.i }",
        ),
        (
            "Vec::<Vec<u8>>::new(); A::<'a, { 1 + 2 }, -1, X = u8>::f",
            "{ Vec::<Vec<u8>>::new(); A::<'a, { 1 + 2 }, -1, X = u8>::f }",
        ),
        ("const { 1 }; unsafe { 2 }", "{ const { 1 } unsafe { 2 } }"),
        ("async { 1 }; x.await", "{ <unsupported async block>; <unsupported `.await`> }"),
        ("x.0.1; x.0 .1; x.1.f()", "{ x.0.1; x.0.1; x.1.f() }"),
    ],
)
def test_expressions(source: str, printed: str) -> None:
    assert body_text(source).replace("; }", " }").replace(";", "") == printed.replace(";", "")


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a..b", "#Range { start: a, end: b }"),
        ("a..=b", "#range_inclusive_new(a, b)"),
        ("a..", "#RangeFrom { start: a }"),
        ("..b", "#RangeTo { end: b }"),
        ("..=b", "#RangeToInclusive { end: b }"),
        ("..", "#RangeFull { }"),
        ("a + 1..b * 2", "#Range { start: a + 1, end: b * 2 }"),
        ("x[1..]", "x[#RangeFrom { start: 1 }]"),
    ],
)
def test_ranges(source: str, printed: str) -> None:
    assert body_text(source) == "{ " + printed + " }"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("while a { b() }", "loop { if a { b() } else { break } }"),
        (
            "'l: while let Some(x) = y && x > 1 { continue 'l }",
            "'l: loop { if (let Some(x) = y) && (x > 1) { continue 'l } else { break } }",
        ),
        (
            "for (i, p) in q { r }",
            "match #into_iter(q) { mut iter·0 => loop { match #next(&mut iter·0) { #None => break, #Some((i, p)) => { r }, } }, }",
        ),
        ("'a: loop { break 'a x + 1 }", "'a: loop { break 'a x + 1 }"),
        ("if a {} else if b { 1 } else { 2 }", "if a {} else if b { 1 } else { 2 }"),
        ("if x == (S {}) { }", "if x == S { } {}"),
        (
            "match x { A | B(1..=2, ..) if c => d, _ => { e } f @ &mut [g, .., h] => (), }",
            "match x { A | B(1..=2, ..) if c => d, _ => { e }, f @ &mut [g, .., h] => (), }",
        ),
        ("(a, b.c, _) = x", "{ let (lhs0·0, lhs1·0, _) = x; a = lhs0·0; b.c = lhs1·0; }"),
        ("S { a, b: [c, ..], .. } = x", "{ let S { a: lhs0·0, b: [lhs1·0, ..], .. } = x; a = lhs0·0; c = lhs1·0; }"),
        ("_ = x", "{ let _ = x; }"),
    ],
)
def test_desugarings(source: str, printed: str) -> None:
    assert body_text(source) == "{ " + printed + " }"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("let x: u8;", "let x: u8;"),
        ("let mut x = 1; let ref mut y = x;", "let mut x = 1; let ref mut y = x;"),
        ("let Some(x) = y else { return };", "let Some(x) = y else { return };"),
        ("let P { a, b: ref c, mut d, .. } = e;", "let P { a: a, b: ref c, d: mut d, .. } = e;"),
        (
            "let (1 | -2 | 'a'..='z' | ..5 | 6.. | A::B..=C::D) = x;",
            "let 1 | -2 | 'a'..='z' | ..5 | 6.. | A::B..=C::D = x;",
        ),
        ("let x @ (A | B) = y;", "let x @ A | B = y;"),
        ("let const { 3 } = y;", "let const { 3 } = y;"),
        ("if a {} -1;", "if a {} -1;"),
        ("match a {} &b;", "match a {} &b;"),
        ("unsafe {} *c = 1;", "unsafe {} *c = 1;"),
        ("if a { b } else { c }.d();", "(if a { b } else { c }).d();"),
        (";;", ""),
    ],
)
def test_statements(source: str, printed: str) -> None:
    assert body_text(source) == " ".join(f"{{ {printed} }}".split()).replace("{ }", "{}")


def test_parameters_and_values() -> None:
    found = lowered("fn f(mut self, (a, _): (u8, u8), x: [u8; { 1 }]) -> [u8; 2] { 5 }")
    pats = [found.body.store.pats[p] for p in found.body.params]
    assert isinstance(pats[0], BindPat) and pats[0].name == "self"
    assert print_body(found.body).startswith("|mut self, (a, _), x|")
    assert [c.kind for c in found.body.store.anon_consts] == ["array length", "array length"]


def test_const_and_static_initialisers() -> None:
    for kind, source in (
        (DefKind.CONST, b"const C: A<{1}> = { 2 + 3 };"),
        (DefKind.STATIC, b"pub static mut S: Vec<u8>= f();"),
    ):
        found = lower_body(OWNER, source, kind, BodyContext())
        assert not found.diagnostics and not found.body.has_errors
    assert print_body(found.body) == "f()\n"


def test_spans_are_relative_to_the_item() -> None:
    source = "/// d\nfn f(x: u8) { x + 1 }"
    store = lowered(source).body.store
    shown = [source[slice(*span)] for span in store.expr_spans]
    assert shown == ["x", "1", "x + 1", "{ x + 1 }"]


def test_integers_keep_their_value_and_suffix() -> None:
    store = lowered("fn f() { 0xff_u8; 1e3; 1f64; 170141183460469231731687303715884105728 }").body.store
    found = [(e.kind, e.value, e.suffix) for e in store.exprs if isinstance(e, Literal)]
    assert found == [
        (LitKind.INT, 255, "u8"),
        (LitKind.FLOAT, "1e3", None),
        (LitKind.FLOAT, "1", "f64"),
        (LitKind.INT, 1 << 127, None),
    ]


def test_cfg_on_statements_arms_and_arguments() -> None:
    printed = body_text(
        "#[cfg(off)] let a = 1; #[cfg(off)] { _ } #[cfg(on)] let b = 2; match x { #[cfg(off)] 1 => {} _ => {} } f(#[cfg(off)] a, b); "
        "S { #[cfg(off)] a: 1, b: 2 }; [#[cfg(off)] 1, 2]",
        cfg=frozenset({"on"}),
    )
    assert printed == "{ let b = 2; match x { _ => {}, } f(b); S { b: 2 }; [2] }"


def test_unroll() -> None:
    found = lowered(
        "fn f() { #[unroll] while a {} #[unroll(4)] for i in x {} #[cuda_device::unroll(N * 2)] 'l: loop {} while b {} }"
    )
    assert not found.diagnostics
    loops = [e for e in found.body.store.exprs if isinstance(e, Loop)]
    assert [(e.unroll, e.unroll_anon is not None) for e in loops] == [
        (0, False),
        (4, False),
        (None, True),
        (None, False),
    ]


def test_attributes_on_expressions_are_kept() -> None:
    found = lowered("fn f() { #[allow(x)] g(); }")
    assert [[a.path for a in attrs] for attrs in found.body.store.attrs.values()] == [["allow"]]


def test_local_items_belong_to_the_function_and_their_block() -> None:
    found = lowered("fn f() { static mut S: u8 = 0; { fn g() {} struct T; } fn g() {} S }")
    root = found.body.store.exprs[found.body.root]
    assert isinstance(root, Block)
    assert [(d.kind.name, d.name, d.disambiguator) for d in root.items] == [("STATIC", "S", 0), ("FN", "g", 1)]
    assert [d.name for d in found.body.local_items] == ["S", "g", "T", "g"]
    assert all(d.parent is OWNER for d in found.body.local_items)
    assert [i.name for i in found.local_items.items] == ["S", "g", "T", "g"]


def kernel_text(statements: str, *attrs: tuple[str, str]) -> str:
    given = tuple(Attr(path, tokens, Span(0, 0)) for path, tokens in (("kernel", ""), *attrs))
    return body_text(statements, is_kernel=True, attrs=given)


SCOPE = "let scope·0 = unsafe {{ $cuda_device::thread::__internal::LaunchScope::<$cuda_device::thread::{0}, $cuda_device::thread::{1}>::new() }};"


def test_index_calls_in_kernels_get_the_launch_scope() -> None:
    scope = SCOPE.format("UnknownDomain", "NativeCoordinates")
    assert kernel_text("let i = thread::index_1d(); if let Some(x) = s.get_mut_indexed() {}") == (
        f"{{ {scope} let i = $cuda_device::thread::__internal::index_1d(&scope·0); "
        "if let Some(x) = s.get_mut_indexed(&scope·0) {} }"
    )
    assert "index_2d::<32>(&scope·0)" in kernel_text("index_2d::<32>()")
    assert (
        kernel_text("index_1d_u32(lc); x.get_mut_indexed(1); index_1d")
        == "{ index_1d_u32(lc); x.get_mut_indexed(1); index_1d }"
    )


def test_launch_context_and_contract() -> None:
    printed = kernel_text(
        "index_1d_u32(lc)", ("kernel", "(launch_context = lc)"), ("launch_contract", "(domain = 1, coordinates = u32)")
    )
    assert printed == (
        f"{{ {SCOPE.format('Domain1', 'U32Coordinates')} let lc = $cuda_device::thread::__internal::launch_context(&scope·0); "
        "index_1d_u32(lc) }"
    )


def test_host_bodies_are_not_rewritten() -> None:
    assert body_text("index_1d(); x.get_mut_indexed()") == "{ index_1d(); x.get_mut_indexed() }"


def test_a_broken_statement_leaves_the_rest() -> None:
    found = lowered("fn f() { let a = 1; let b = ; foo(a b); { c d } e }")
    assert len(found.diagnostics) == 3 and found.body.has_errors
    root = found.body.store.exprs[found.body.root]
    assert isinstance(root, Block) and root.tail is not None
    missing = [
        s for s in root.stmts if isinstance(s, ExprStmt) and isinstance(found.body.store.exprs[s.expr], MissingExpr)
    ]
    assert len(missing) == 1 and len(root.stmts) == 4


def test_long_chains_and_deep_nesting() -> None:
    assert not lowered("fn f() { x" + " + x" * 2000 + " }").diagnostics
    assert not lowered("fn f() { x" + ".y()" * 3000 + " }").diagnostics
    assert not lowered("fn f() { if a {}" + " else if b {}" * 3000 + " }").diagnostics
    for nested in ("(" * 5000 + ")" * 5000, "-" * 5000 + "x", "if x {" * 3000 + "}" * 3000, "&" * 3000 + "x"):
        assert [d.message for d in lowered("fn f() { " + nested + " }").diagnostics] == [
            "unsupported: more than 200 nested expressions, types or patterns"
        ]
