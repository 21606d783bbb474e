"""Typing in one place leaves the rest alone, and incremental answers are those of a fresh database."""

from __future__ import annotations

import random
import re

import pytest
from names_world import World

from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import source_bytes
from compiler.hir.lower_items import lower_items
from compiler.query import Database
from compiler.resolve.def_map import def_map
from compiler.resolve.lowering import body, signature
from compiler.resolve.relower import change_between, relower
from compiler.resolve.source import item_source, item_start
from compiler.ty.collect import fn_sig, predicates_of, type_of
from compiler.ty.item_checks import item_diagnostics

PROGRAM = """
use m::{helper, Shape as S};
use crate::gen::*;
pub const SIZE: usize = 4;
macro_rules! make { ($n:ident) => { pub fn $n(x: u32) -> u32 { x } }; }
make!(made);
mod m {
    /// Documented.
    pub struct Shape<T> { pub a: T, b: [u32; super::SIZE] }
    impl<T: Copy> Shape<T> {
        pub fn area(&self) -> u32 { let a = 1; a }
        fn other(&self, x: &T) -> &T { x }
    }
    pub fn helper(s: &str) -> u32 { "}{ // not a comment".len() as u32 }
    pub mod deep { pub enum E { A, B(u32) } pub use self::E::*; }
}
mod gen { pub trait Tr { type Out; fn go(&self) -> Self::Out; } impl Tr for u32 { type Out = u8; fn go(&self) -> u8 { 0 } } }
fn user(x: S<u32>) -> u32 { fn local() -> u32 { 5 } local() + helper("x") + made(2) }
fn last() {} /* done */
trait Copy {}
"""


def _everything(world: World) -> list[str]:
    """What queries say about every definition, as text."""
    out: list[str] = []
    for def_id in world.definitions(world.main):
        out.append(f"{def_id!r} {signature(world.db, def_id)!r} {item_source(world.db, def_id)!r}")
        out.append(f"{item_start(world.db, def_id)} {type_of(world.db, def_id)!r} {predicates_of(world.db, def_id)!r}")
        if def_id.kind is DefKind.FN:
            sig = fn_sig(world.db, def_id)
            out.append(f"{sig.inputs!r} {sig.output!r} {body(world.db, def_id)!r}")
        out.extend(f"{d.code} {d.message} {d.primary.span}" for d in item_diagnostics(world.db, def_id))
    out.extend(f"{d.code} {d.message}" for d in world.name_diagnostics())
    return [re.sub(r" at 0x[0-9a-f]+", "", line) for line in out]


def _executed(world: World, *names: str) -> dict[str, int]:
    world.db.trace = []
    _everything(world)
    counts = {name: sum(n == name for n, _ in world.db.trace) for name in names}
    world.db.trace = None
    return counts


WATCHED = (
    "def_map",
    "item_of",
    "lowered_signature",
    "fn_sig",
    "predicates_of",
    "impl_index",
    "lowered_body",
    "item_diagnostics",
)


def test_typing_in_a_body_disturbs_only_that_body() -> None:
    world = World(PROGRAM)
    _everything(world)
    world.edit("let a = 1;", "let a = 1 + 1;")
    counts = _executed(world, *WATCHED)
    assert counts == dict.fromkeys(WATCHED, 0) | {"lowered_body": 1}


def test_a_comment_above_moves_everything_and_recomputes_nothing() -> None:
    world = World(PROGRAM)
    _everything(world)
    world.edit("pub const SIZE", "// a new line\npub const SIZE")
    assert _executed(world, *WATCHED) == dict.fromkeys(WATCHED, 0)


def test_a_changed_signature_leaves_other_signatures_alone() -> None:
    world = World(PROGRAM)
    _everything(world)
    world.edit("fn last()", "fn last(x: u32)")
    counts = _executed(world, *WATCHED)
    assert counts["lowered_signature"] == 1
    assert counts["fn_sig"] == 1
    assert counts["lowered_body"] == 1
    assert counts["item_diagnostics"] == 1


def test_a_new_item_leaves_bodies_alone() -> None:
    world = World(PROGRAM)
    _everything(world)
    world.edit("fn last()", "fn brand_new() {}\nfn last()")
    counts = _executed(world, *WATCHED)
    assert counts["def_map"] == 1
    assert counts["lowered_body"] == 1
    assert counts["lowered_signature"] == 1


SNIPPETS = [
    " ", "x", "{", "}", "(", ")", "fn f() {}", "/*", "*/", "//", "\n", '"', "'a", "::", "pub ", "#[cfg(x)]", "<T>", "let y = 2;",
    "mod q { struct Z; }", "use m::*;", "impl S<u8> { fn z(&self) {} }", "make!(again);", ", b: u32", "-> u64", ";", "struct X;",
]  # fmt: skip


def _random_edit(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text))
    end = min(len(text), start + rng.choice((0, 0, 0, 1, 1, 3, 12)))
    return text[:start] + rng.choice(SNIPPETS) * rng.choice((0, 1, 1)) + text[end:]


@pytest.mark.parametrize("seed", range(12))
def test_relowering_equals_lowering(seed: int) -> None:
    rng = random.Random(seed)
    db = Database()
    text = PROGRAM
    for step in range(60):
        if step % 10 == 0:
            text = PROGRAM
        else:
            text = _random_edit(rng, text)
        found = relower(db, "f", text.encode(), ())
        assert found == lower_items(text.encode()), f"after {step} edits: {text}"


@pytest.mark.parametrize("seed", range(6))
def test_incremental_equals_from_scratch(seed: int) -> None:
    rng = random.Random(seed)
    world = World(PROGRAM)
    _everything(world)
    text = PROGRAM
    for step in range(12):
        text = PROGRAM if step % 6 == 5 else _random_edit(rng, text)
        old = source_bytes(world.db, "/main.rs").decode()
        if text != old:
            world.edit(old, text)
        assert _everything(world) == _everything(World(text)), f"after {step} edits: {text}"


def test_change_between() -> None:
    for old, new in ((b"abc", b"abc"), (b"", b"x"), (b"aaa", b"aa"), (b"abcdef", b"abXdef"), (b"abab", b"ababab")):
        start, end = change_between(old, new)
        assert old[:start] == new[:start]
        assert end == 0 or old[-end:] == new[-end:]
        assert start + end <= min(len(old), len(new))


def test_maps_of_the_library_survive_a_user_edit() -> None:
    world = World("fn f() {}\n//- crate core library /core.rs\npub mod a { pub struct S; }")
    core = DefId.crate("core")
    before = def_map(world.db, core)
    world.edit("fn f() {}", "fn g() {}")
    assert def_map(world.db, core) is before
