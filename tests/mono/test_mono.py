"""What a kernel reaches, concrete: callees, dead branches, symbols, constants, drops, and the rules of the device."""

from __future__ import annotations

import pytest

from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.mono.collector import mono_items
from compiler.mir.mono.model import Instance, InstanceKind, MonoItems
from compiler.query import Database
from compiler.resolve.workspace import load_workspace, set_file
from compiler.ty import types as t

FILE = "/nowhere/main.rs"
ROOT = DefId.crate("main")


def reached(text: str, args: t.GenericArgs = ()) -> MonoItems:
    db = Database()
    load_workspace(db, FILE)
    set_file(db, FILE, text.encode())
    return mono_items(db, Instance(InstanceKind.ITEM, DefId(ROOT, DefKind.FN, "k"), args))


def names(items: MonoItems) -> list[str]:
    return [f.instance.def_id.name or f.instance.def_id.kind.value for f in items.functions]


def codes(items: MonoItems) -> list[str]:
    return [d.code for d in items.diagnostics]


def test_functions_in_discovery_order_with_the_kernel_first():
    items = reached("fn k() { a(); b(); } fn a() { c(); } fn b() {} fn c() {}")
    assert names(items) == ["k", "a", "b", "c"]
    assert items.functions[0].is_kernel and items.functions[0].symbol == "k"


def test_branches_decided_by_constants_are_not_reached():
    items = reached(
        "fn k() { f::<8>(); } fn f<const N: usize>() { if N > 4 { big(); } else { small(); } } fn big() {} fn small() {}"
    )
    assert names(items) == ["k", "f", "big"]


def test_size_of_decides_branches_too():
    text = "fn k() { f::<u64>(); } fn f<T>() { if core::mem::size_of::<T>() == 8 { a() } else { b() } } fn a() {} fn b() {}"
    assert "b" not in names(reached(text))


def test_trait_methods_resolve_to_impls_and_defaults():
    text = "trait T { fn a(&self) -> u32; fn d(&self) -> u32 { self.a() } } struct S; impl T for S { fn a(&self) -> u32 { 1 } } fn k() { g(S); } fn g<X: T>(x: X) -> u32 { x.d() }"
    items = reached(text)
    assert names(items) == ["k", "g", "d", "a"]
    assert items.functions[3].instance.def_id.parent.kind is DefKind.IMPL


def test_closures_get_their_arguments_spread():
    text = "fn k() { let n = 2; apply(|a, b| a + b + n); } fn apply<F: Fn(u32, u32) -> u32>(f: F) -> u32 { f(1, 2) }"
    items = reached(text)
    closure = next(f for f in items.functions if f.instance.def_id.kind is DefKind.CLOSURE)
    caller = next(f for f in items.functions if closure.instance in f.callees.values())
    call = next(b.terminator for b in caller.body.blocks if isinstance(b.terminator, m.Call))
    assert len(call.args) == closure.body.arg_count == 3


def test_a_closure_called_by_value_goes_through_a_shim():
    text = "fn k() { let f = || 1; once(f); } fn once<F: FnOnce() -> u32>(f: F) -> u32 { f() }"
    kinds = [f.instance.kind for f in reached(text).functions]
    assert InstanceKind.CLOSURE_ONCE_SHIM in kinds


def test_function_items_and_pointers_behind_fn_bounds():
    text = "fn k() { apply(inc); let p: fn(u32) -> u32 = inc; apply(p); } fn inc(x: u32) -> u32 { x + 1 } fn apply<F: Fn(u32) -> u32>(f: F) -> u32 { f(1) }"
    items = reached(text)
    direct, indirect = (f for f in items.functions if f.instance.def_id.name == "apply")
    if not direct.callees:
        direct, indirect = indirect, direct
    assert [i.def_id.name for i in direct.callees.values()] == ["inc"]
    assert indirect.callees == {}


def test_constructors_as_functions():
    items = reached("struct P(u32); fn k() { apply(P); } fn apply<F: Fn(u32) -> P>(f: F) -> P { f(1) }")
    assert InstanceKind.CTOR in [f.instance.kind for f in items.functions]


def test_drop_glue_calls_drop_and_then_the_fields():
    text = "struct A; impl Drop for A { fn drop(&mut self) {} } struct B { a: A, n: u32 } fn k() { let b = B { a: A, n: 1 }; }"
    items = reached(text)
    glue = [f for f in items.functions if f.instance.kind is InstanceKind.DROP_GLUE]
    assert [repr(f.instance.extra) for f in glue] == ["B", "A"]
    assert "drop" in names(items)


def test_types_without_drop_have_no_drops():
    items = reached("struct P { x: u32 } fn k() { let p = P { x: 1 }; }")
    assert all(not isinstance(b.terminator, m.Drop) for f in items.functions for b in f.body.blocks)


def test_statics_with_their_bytes():
    items = reached("static T: [u16; 2] = [1, 2]; static mut N: u32 = 3; fn k() -> u16 { unsafe { N += 1; } T[0] }")
    found = {s.symbol: (s.initializer.data, s.mutable, s.space) for s in items.statics}
    assert found == {"T": (b"\1\0\2\0", False, "global"), "N": (b"\3\0\0\0", True, "global")}


def test_everything_is_concrete():
    text = "fn k() { f::<u32>(Some(1)); } fn f<T: Copy>(x: Option<T>) -> Option<[T; 2]> { x.map(|v| [v; 2]) }"
    for function in reached(text).functions:
        for decl in function.body.locals:
            assert not decl.ty.flags & (t.HAS_PARAM | t.HAS_ALIAS | t.HAS_INFER | t.HAS_ERROR), decl.ty


def test_generic_kernels_have_stable_names():
    text = "fn k<T: Copy>(x: T) {}"
    first, second = (reached(text, (ty,)).symbols for ty in (t.f32, t.u32))
    (name,), (other,) = first.values(), second.values()
    assert name.startswith("k_TID_") and len(name) == len("k_TID_") + 32 and name != other
    assert name == next(iter(reached(text, (t.f32,)).symbols.values()))


def test_symbols_are_unique():
    text = (
        "mod a { pub fn f() {} } mod b { pub fn f() {} } fn g<T>(x: T) {} fn k() { a::f(); b::f(); g(1u32); g(1f32); }"
    )
    symbols = list(reached(text).symbols.values())
    assert len(symbols) == len(set(symbols)) and "a__f" in symbols


RULES = {
    "fn k() { let v = vec![1, 2]; }": "K0905",
    'fn k() { println!("x"); }': "K0906",
    'extern "C" { fn host(); } fn k() { unsafe { host() } }': "K0904",
    "fn k(x: &dyn Fn()) { }": "K0900",
    "fn k() { f(1, 1u8); } fn f<T>(n: u32, x: T) { f(n - 1, (x, 1u8)) }": "K0902",
}


@pytest.mark.parametrize("text", RULES)
def test_device_rules(text):
    assert RULES[text] in codes(reached(text))


def test_a_fault_is_told_with_the_chain_from_the_kernel():
    items = reached("fn k() { a(); } fn a() { b(); } fn b() { let v = vec![1]; }")
    (diagnostic,) = items.diagnostics
    assert diagnostic.primary.owner.name == "b"
    assert [c.message for c in diagnostic.children] == ["called from `a`", "called from kernel `k`"]


def test_what_a_macro_formats_is_told_at_the_macro():
    text = 'use core::fmt::Write; fn k<W: Write>(w: &mut W) -> bool { let ok = write!(w, "").is_ok(); ok }'
    (diagnostic,) = reached(text, (t.u32,)).diagnostics
    start = text.index("fn k") + diagnostic.primary.span.start
    assert diagnostic.code == "K0906" and text[start:].startswith("write!")


def test_unreached_host_code_breaks_no_rule():
    assert codes(reached('fn k() {} fn main() { let v = vec![1]; println!("{:?}", v); }')) == []


def test_a_const_that_fails_is_reported_where_it_is_used():
    items = reached("const fn f(n: u32) -> u32 { assert!(n > 3); n } const N: u32 = f(1); fn k() -> u32 { N }")
    assert codes(items) == ["E0080"]


def test_listed_instances_of_a_kernel_are_named_by_their_type():
    text = "#[cuda_device::kernel(f32, u32)] fn k<T: Copy>(x: T) {}"
    assert next(iter(reached(text, (t.f32,)).symbols.values())) == "k_f32"
