"""MIR building: the shapes the borrow checker, the evaluator and code generation rely on."""

from __future__ import annotations

import re

import pytest
from mir_support import built, database, dump, fn_id

from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.mir.cleanup import mir_body
from compiler.mir.pretty import pretty_body
from compiler.mir.simplify import successors
from compiler.mir.validate import validate


def statements(text: str, name: str = "f") -> list[str]:
    """Statements and terminators without storage markers."""
    lines = [line.strip().rstrip(";") for line in dump(text, name).splitlines() if line.startswith("        ")]
    return [line for line in lines if not line.startswith("Storage")]


def test_operands_are_evaluated_left_to_right_into_temporaries() -> None:
    assert statements("pub fn f(a: u32, b: u32) -> u32 { a + b * 2 }") == [
        "_3 = copy _1", "_5 = copy _2", "goto -> bb1", "_4 = Mul(move _5, const 2_u32)", "goto -> bb2",
        "_0 = Add(move _3, move _4)", "return",
    ]  # fmt: skip


def test_index_is_checked_after_the_base() -> None:
    found = statements("pub fn f(a: &[u32], i: usize) -> u32 { a[i] }")
    assert found[:4] == [
        "_3 = copy _2", "_4 = Len((*_1))", "_5 = Lt(copy _3, copy _4)",
        'assert(move _5, "index out of bounds", move _4, copy _3) -> [success: bb1]',
    ]  # fmt: skip
    assert found[4] == "_0 = copy (*_1)[_3]"


def test_unchecked_indexing_has_no_check() -> None:
    text = "use cuda_device::kernel;\n#[kernel(unchecked_indexing)] pub fn f(a: &[u32], i: usize) { let _x = a[i]; }"
    assert not any(line.startswith("assert") for line in statements(text))


@pytest.mark.parametrize(
    ("expr", "ty", "kinds"),
    [
        ("a / b", "u32", [m.AssertKind.DIVISION_BY_ZERO]),
        ("a % b", "u8", [m.AssertKind.REMAINDER_BY_ZERO]),
        ("a / b", "i32", [m.AssertKind.DIVISION_BY_ZERO, m.AssertKind.OVERFLOW]),
        ("a / 3", "i32", []),
        ("a / b", "f32", []),
        ("a + b", "i32", []),
        ("a << 40", "u32", []),
    ],
)
def test_checks_of_arithmetic(expr: str, ty: str, kinds: list[m.AssertKind]) -> None:
    body = built(f"pub fn f(a: {ty}, b: {ty}) -> {ty} {{ {expr} }}")
    assert [b.terminator.kind for b in body.blocks if isinstance(b.terminator, m.Assert)] == kinds


@pytest.mark.parametrize(
    ("literal", "ty", "bits"),
    [
        ("-1", "i8", 0xFF), ("-2147483648", "i32", 0x80000000), ("'a'", "char", 0x61), ("true", "bool", 1),
        ("0.1", "f32", 0x3DCCCCCD), ("-0.0", "f64", 1 << 63), ("1.5", "f16", 0x3E00), ("65504.0", "f16", 0x7BFF),
        ("5.9604645e-8", "f16", 1), ("1e39", "f32", 0x7F800000), ("16777217.0", "f32", 0x4B800000), ("7", "f32", None),
        ("170141183460469231731687303715884105727", "i128", (1 << 127) - 1), ("b'x'", "u8", 0x78),
    ],
)  # fmt: skip
def test_literals(literal: str, ty: str, bits: int | None) -> None:
    body = built(f"pub fn f() -> {ty} {{ {literal} }}")
    if bits is None:
        assert body.tainted_by_errors
        return
    assign = next(s for s in body.blocks[0].statements if isinstance(s, m.Assign))
    assert assign.rvalue.operand.value.bits == bits


DROPS = """
pub struct D(pub u32);
impl Drop for D { fn drop(&mut self) {} }
"""


def drops(body: str, signature: str = "c: bool") -> list[str]:
    text = pretty_body(mir_body(database(f"{DROPS}pub fn f({signature}) {body}"), fn_id("f")))
    return re.findall(r"drop\((.*?)\) ->", text)


def test_locals_drop_in_reverse() -> None:
    assert drops("{ let a = D(1); let b = D(2); }") == ["_3", "_2"]


def test_moved_values_are_not_dropped() -> None:
    assert drops("{ let a = D(1); let b = a; }") == ["_3"]
    assert drops("{ take(a) } fn take(d: D) {}", "a: D") == []


def test_maybe_moved_values_have_a_flag() -> None:
    text = f"{DROPS}fn take(d: D) {{}}\npub fn f(d: D, c: bool) {{ if c {{ take(d); }} }}"
    shown = pretty_body(mir_body(database(text), fn_id("f")))
    flags = [f for f in re.findall(r"switchInt\(copy (_\d+)\) ->", shown) if f != "_2"]
    assert len(flags) == 1
    assert f"{flags[0]} = const true" in shown and f"{flags[0]} = const false" in shown
    assert shown.count("drop(_1)") == 1


def test_parts_that_were_not_moved_are_dropped() -> None:
    text = f"{DROPS}pub struct P {{ a: D, b: D }}\nfn take(d: D) {{}}\npub fn f(p: P) {{ take(p.a); }}"
    shown = pretty_body(mir_body(database(text), fn_id("f")))
    assert re.findall(r"drop\((.*?)\) ->", shown) == ["(_1.1: D)"]


def test_moved_payload_of_an_enum() -> None:
    found = drops("{ match o { Some(d) => d.0, None => 0 }; }", "o: Option<D>")
    assert found == ["_3"]


def test_assignment_drops_the_old_value_first() -> None:
    assert drops("{ *d = D(2); }", "d: &mut D") == ["(*_1)"]


def test_temporaries_die_at_the_end_of_their_statement() -> None:
    text = f"{DROPS}pub fn f(x: u32) -> u32 {{ let n = D(x).0; n + 1 }}"
    found = [s for s in statements(text) if s.startswith(("drop", "FakeRead"))]
    assert [s.split("(")[0] for s in found] == ["FakeRead", "drop"]


def test_extended_temporaries_live_as_long_as_the_variable() -> None:
    text = f"{DROPS}pub fn f(x: u32) -> u32 {{ let r = &D(x); let n = r.0; n }}"
    found = statements(text)
    assert found.index("_0 = copy _5") < next(i for i, s in enumerate(found) if s.startswith("drop(_3)"))


def test_if_let_temporaries_die_before_else() -> None:
    method = "impl D { fn get(&self) -> Option<u32> { None } }\nfn a() {} fn b() {}"
    text = f"{DROPS}{method}\npub fn f() {{ if let Some(_) = D(1).get() {{ a() }} else {{ b() }} }}"
    body = built(text)
    calls = {i: pretty_body(body).split(f"bb{i}: {{")[1].split("}")[0] for i in range(len(body.blocks))}
    else_block = next(i for i, t in calls.items() if "main::b()" in t)
    before = [i for i, b in enumerate(body.blocks) if else_block in (getattr(b.terminator, "target", None),)]
    assert any(isinstance(body.blocks[i].terminator, m.Drop) for i in before)


def test_promoted_constants() -> None:
    body = built(
        "const T: [u32; 4] = [1, 2, 3, 4];\npub fn f(i: usize) -> u32 { let s: &'static [u32] = &[5, 6]; T[i] + s[0] }"
    )
    assert len(body.promoted) == 2
    assert not validate(body)
    reads = [
        s
        for s in statements("const T: [u32; 4] = [1, 2, 3, 4];\npub fn f(i: usize) -> u32 { T[i] }")
        if "promoted" in s
    ]
    assert reads == ["_2 = const main::f::promoted[0]"]


def test_promoted_arithmetic_wraps_like_the_code_it_comes_from() -> None:
    body = built("pub fn f() -> &'static [u32; 2] { &[1 - u32::MAX, 2] }")
    assert len(body.promoted) == 1
    assert "assert" not in pretty_body(body.promoted[0])


@pytest.mark.parametrize("value", ["&g()", "&(1 / x)", "&Cell::new(1)", "&D(1)"])
def test_not_promoted(value: str) -> None:
    text = f"use core::cell::Cell;\n{DROPS}fn g() -> u32 {{ 1 }}\npub fn f(x: u32) {{ let _a = {value}; }}"
    assert not built(text).promoted


def closure(text: str) -> m.Body:
    db = database(text)
    from compiler.ty.infer import infer

    facts = next(iter(infer(db, fn_id("f")).closures.values()))
    return mir_built(db, facts.def_id)


def test_closure_body_reads_its_captures() -> None:
    body = closure("pub fn f(x: u32, s: (u32, u32)) -> u32 { let g = |y: u32| x + s.1 + y; g(1) }")
    text = pretty_body(body)
    assert "copy (*((*_1).0: &u32))" in text and "copy (*((*_1).1: &u32))" in text
    assert body.arg_count == 2 and [u[2] for u in body.upvars] == ["ref", "ref"]
    assert not validate(body)


def test_closure_by_move_and_by_unique_borrow() -> None:
    moved = closure(f"{DROPS}pub fn f(d: D) -> u32 {{ let g = move || d.0; g() }}")
    assert "(*_1).0" in pretty_body(moved)
    unique = statements("pub fn f(x: &mut u32) { let mut g = || *x += 1; g(); }")
    assert any(s.endswith("&uniq (*_1)") for s in unique)


def test_calls_through_fn_traits_pass_a_tuple() -> None:
    found = statements("pub fn f<F: Fn(u32, u32) -> u32>(g: F) -> u32 { g(1, 2) }")
    assert "_3 = (const 1_u32, const 2_u32)" in found
    assert "_0 = <F as Fn<(u32, u32)>>::call(move _2, move _3) -> [return: bb1, unwind unreachable]" in found


def test_two_phase_receivers() -> None:
    text = "pub struct S(u32); impl S { fn set(&mut self, x: u32) {} }\npub fn f(mut s: S) { s.set(s.0); }"
    assert any("&two_phase mut _1" in s for s in statements(text))


def test_unsupported_constructs_are_noted() -> None:
    body = built("pub fn f() { let _x = async { 1 }; }")
    assert body.unsupported and "async" in body.unsupported[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "pub fn f() -> u32 { let x: u32 = true; x }",
        "pub fn f() -> u32 { nothing(1) + x.y[3] }",
        "pub fn f() { break; continue; loop { break 'a; } }",
        "pub fn f(x: Foo) { match x { Foo::A(y) => y, [a, b] => a, 1..=2 => 3, Some(Some(z)) => z } }",
        "pub fn f() { let (a, b, c) = (1, 2); let Some(x) = 3; x = a; }",
        "pub fn f() { let g = |a, b| a + b + c; g(1); 3(4); g.x.y(); }",
        'pub fn f() { if let Some(x) = 1 && y {} while let 3 = "a" {} for x in 3 {} }',
        "pub fn f() -> u32 { S { a: 1, ..t }; &mut 3 = 4; *5; }",
    ],
)
def test_bodies_with_errors_build(text: str) -> None:
    body = built(text)
    assert body.tainted_by_errors
    assert not validate(body)
    assert not validate(mir_body(database(text), fn_id("f")), cleaned=True)


def test_consts_statics_and_inline_consts() -> None:
    db = database("const A: &[u32] = &[1, 2];\nstatic B: u32 = 3 + 4;\npub fn f() -> u32 { const { 1 + 2 } }")
    for kind, name in ((DefKind.CONST, "A"), (DefKind.STATIC, "B")):
        body = mir_built(db, DefId(DefId.crate("main"), kind, name))
        assert not validate(body) and body.arg_count == 0
        dead = {s.local for b in body.blocks for s in b.statements if isinstance(s, m.StorageDead)}
        borrowed = {
            s.rvalue.place.local
            for b in body.blocks
            for s in b.statements
            if isinstance(s, m.Assign) and isinstance(s.rvalue, m.Ref) and not s.rvalue.place.projection
        }
        assert not dead & borrowed
    assert "const main::f::{constant#0}" in pretty_body(mir_built(db, fn_id("f")))


def test_written_types_with_lifetimes_are_ascribed() -> None:
    lets = "let y: &'static str = \"a\"; let z: &'a u32 = x; let w: &u32 = x; let (p, _): (&'a u32, _) = (x, 1);"
    text = f"pub fn f<'a>(x: &'a u32) {{ {lets} }}"
    found = [s for s in statements(text) if s.startswith("AscribeUserType")]
    assert [s.partition(", ")[2] for s in found] == ["&'static str)", "&'a u32)", "(&'a u32, _))"]


def cleaned(text: str) -> list[str]:
    shown = pretty_body(mir_body(database(text), fn_id("f")))
    lines = [line.strip().rstrip(";") for line in shown.splitlines() if line.startswith("        ")]
    return [line for line in lines if not line.startswith("Storage")]


def test_operands_are_read_in_place_after_cleanup() -> None:
    assert cleaned("pub fn f(a: u32, b: u32) -> u32 { a + b * 2 }") == [
        "_3 = Mul(copy _2, const 2_u32)", "_0 = Add(copy _1, move _3)", "return",
    ]  # fmt: skip


def test_reads_are_not_moved_past_writes() -> None:
    found = cleaned("pub fn f(p: &mut u32, mut a: u32) -> u32 { *p + { *p = 1; 2 } + a + { a = 3; a } }")
    assert found.index("_5 = copy (*_1)") < found.index("(*_1) = const 1_u32")
    assert any(re.fullmatch(r"_\d+ = Add\(move _\d+, copy _2\)", line) for line in found)
    assert found.index("_2 = const 3_u32") > next(i for i, line in enumerate(found) if "copy _2)" in line)


def test_reads_stay_before_the_end_of_what_they_read() -> None:
    text = "fn at() -> usize { 1 } pub fn f(p: &[u32; 4], o: &mut u32) { *o = { p[at()] }; }"
    shown = pretty_body(mir_body(database(text), fn_id("f"))).splitlines()
    read = next(i for i, line in enumerate(shown) if "(*_1)[" in line)
    index = re.findall(r"\[(_\d+)\]", shown[read])[-1]
    assert f"StorageDead({index})" in "".join(shown[read:])


def test_loops_keep_their_unroll_factor() -> None:
    loops = "#[unroll(4)] while i < n { i += 1; } #[unroll] while i > 0 { i -= 1; }"
    text = f"use cuda_device::kernel;\n#[kernel] pub fn f(n: u32) {{ let mut i = 0; {loops} }}"
    body = mir_body(database(text), fn_id("f"))
    assert sorted(body.loop_unroll.values()) == [0, 4]
    for header in body.loop_unroll:
        assert any(header in successors(b.terminator) for b in body.blocks[header:])


def test_long_and_deep_bodies() -> None:
    statements_ = "\n".join(f"let x{i} = {i}u32;" for i in range(3000))
    chain = " + ".join(["a"] * 400)
    elses = " ".join(f"if a == {i} {{ {i} }} else" for i in range(120))
    body = built(f"pub fn f(a: u32) -> u32 {{ {statements_} let y = {chain}; {elses} {{ y }} }}")
    assert not body.tainted_by_errors
    assert not validate(body)
    assert not validate(mir_body(database_of(body), fn_id("f")), cleaned=True)


def database_of(body: m.Body):  # type: ignore[no-untyped-def]
    """The shared database, which holds the text ``body`` was built from."""
    from mir_support import _library_db

    return _library_db()[0]
