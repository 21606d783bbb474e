"""Items declared in bodies: their scopes, their impls, those that macros make, and names around them."""

from __future__ import annotations

from names_world import World, check

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve.def_map import local_map
from compiler.resolve.lowering import body
from compiler.resolve.resolver import Resolver, TypeDefRes, UnknownRes, Unresolved, ValueDefRes
from compiler.resolve.source import absolute_span
from compiler.ty.impls import crate_impls


def _path(text: str) -> h.Path:
    anchor = "crate" if text.startswith("crate::") else ""
    return h.Path(tuple(h.PathSegment(name) for name in text.removeprefix("crate::").split("::")), anchor)


def _value(resolver: Resolver, text: str) -> str:
    found, used = resolver.resolve_value_path(_path(text))
    complete = used == len(_path(text).segments)
    return found.def_id.path if isinstance(found, ValueDefRes) and complete else type(found).__name__


def test_items_of_a_body_are_in_scope_in_it() -> None:
    world = World(
        """
const N: u32 = 1;
fn outer() {
    const N: u32 = 2;
    use m::helper as h;
    struct Local { x: u32 }
    impl Local { fn get(&self) -> u32 { inner() } }
    fn inner() -> u32 { N }
    enum E { A }
    use E::*;
}
mod m { pub fn helper() {} }
"""
    )
    outer = world.find("outer")
    resolver = Resolver(world.db, outer)
    assert _value(resolver, "N") == "main::outer::N"
    assert _value(resolver, "h") == "main::m::helper"
    assert _value(resolver, "inner") == "main::outer::inner"
    assert _value(resolver, "A") == "main::outer::E::A"
    assert _value(resolver, "crate::N") == "main::N"
    assert _value(Resolver(world.db, outer, signature=True), "N") == "main::N"
    assert isinstance(resolver.resolve_type_path(_path("Local"))[0], TypeDefRes)
    inner = DefId(outer, DefKind.FN, "inner")
    assert _value(Resolver(world.db, inner), "N") == "main::outer::N"
    assert any(impl.parent is outer for impl in crate_impls(world.db, world.main))


def test_blocks_have_their_own_items() -> None:
    world = World(
        """
fn f(c: bool) {
    if c { const K: u32 = 1; K; } else { const K: u32 = 2; K; }
}
"""
    )
    f = world.find("f")
    lowered = body(world.db, f)
    assert lowered is not None
    blocks = [e for e in lowered.store.exprs if isinstance(e, h.Block) and e.items]
    resolver = Resolver(world.db, f)
    seen = []
    for block in blocks:
        resolver.enter_block(())
        resolver.enter_block(block.items)
        found, _ = resolver.resolve_value_path(_path("K"))
        assert isinstance(found, ValueDefRes)
        seen.append(found.def_id)
        resolver.leave_block()
        assert isinstance(resolver.resolve_value_path(_path("K"))[0], Unresolved)
        resolver.leave_block()
    assert [d.disambiguator for d in seen] == [0, 1]


def test_items_made_by_macros() -> None:
    world = World(
        """
macro_rules! make { ($name:ident) => { fn $name() -> u32 { 7 } impl Trait for $name {} }; }
macro_rules! consts { ($($n:ident = $v:expr),*) => { $(pub const $n: u32 = $v;)* mod made { pub struct Inner; } }; }
trait Trait {}
consts! { A = 1, B = 2 }
struct S;
fn f() {
    macro_rules! local { ($n:ident) => { const $n: u32 = 3; }; }
    local!(C);
}
impl S { methods!(); }
macro_rules! methods { () => { fn one(&self) {} fn two(&self) {} }; }
mod later { methods2!(); }
"""
    )
    resolver = Resolver(world.db, world.main)
    assert _value(resolver, "A") == "main::A"
    assert isinstance(resolver.resolve_type_path(_path("made::Inner"))[0], TypeDefRes)
    f = world.find("f")
    assert _value(Resolver(world.db, f), "C") == "main::f::C"
    (made,) = [d for d in local_map(world.db, f).locations if d.kind is DefKind.CONST]  # type: ignore[union-attr]
    file, span = absolute_span(world.db, made, h.EMPTY_SPAN)
    assert file == "/main.rs" and span.start > 0


def test_spans_in_expansions_point_into_the_call() -> None:
    text = """
macro_rules! make { ($($name:ident : $ty:ty),*) => { $(pub static $name: $ty = 0;)* }; }
make! { FIRST: u32, SECOND: u64 }
"""
    world = World(text)
    second = world.find("SECOND")
    from compiler.resolve.source import item_of

    item = item_of(world.db, second)
    assert item is not None
    _, span = absolute_span(world.db, second, item.name_span)
    assert text[span.start : span.end] == "SECOND"


def test_unknown_macros_make_their_scope_open() -> None:
    world = World("use other::define; define! { thing }\nfn f() { g(); }")
    check(world, world.name_diagnostics())
    found, _ = Resolver(world.db, world.find("f")).resolve_value_path(_path("g"))
    assert isinstance(found, UnknownRes)
    world = World("defin_things! { thing } //~ macro\nmacro_rules! define_things { () => {} }")
    check(world, world.name_diagnostics())


def test_macro_scopes() -> None:
    world = World(
        """
macro_rules! early { () => { pub fn early_made() {} }; }
#[macro_use]
mod m { macro_rules! from_m { () => { pub fn made_by_m() {} }; } pub(crate) use from_m as renamed; }
mod n { early!(); from_m!(); crate::exported!(); mod o { crate::m::renamed!(); } }
#[macro_export] macro_rules! exported { () => { pub struct Exported; }; }
from_m!();
use n::{early_made, Exported};
"""
    )
    check(world, world.name_diagnostics())
    resolver = Resolver(world.db, world.main)
    assert _value(resolver, "made_by_m") == "main::made_by_m"
    assert _value(resolver, "n::made_by_m") == "main::n::made_by_m"
