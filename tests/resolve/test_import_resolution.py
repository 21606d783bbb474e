"""Imports, globs, re-exports, visibility, duplicates: errors at their lines, and what names mean."""

from __future__ import annotations

import pytest
from names_world import World, check

from compiler.hir.def_id import DefId
from compiler.resolve.def_map import resolve_in
from compiler.resolve.scope import Namespace, Unknown

CASES = {
    "clean": """
use a::{f, inner::G as H};
use b::*;
mod a {
    pub fn f() {}
    pub mod inner { pub struct G; }
}
mod b { pub use super::a::inner; pub(crate) use self::c::deep; mod c { pub fn deep() {} } }
use inner::G;
use crate::deep as d2;
""",
    "unresolved": """
mod thread { pub fn index() {} }
use thread::indx; //~ E0432 "unresolved import `thread::indx`"
use thread::sub::x; //~ E0432
use self::nothing; //~ E0432
use thrad::index; //~ E0432 "unresolved import `thrad::index`"
use tokio::runtime::Runtime;
use serde::*;
""",
    "failed imports are silent afterwards": """
use self::gone::Thing; //~ E0432
use Thing::Variant;
mod m { use super::Thing; use super::Variant as V; }
""",
    "private": """
mod m { fn hidden() {} pub(in crate::m) fn inner() {} pub(crate) fn open() {} mod n { pub struct S; } }
use m::hidden; //~ E0603 "function `hidden` is private"
use m::inner; //~ E0603
use m::open;
use m::n::S; //~ E0603 "module `n` is private"
""",
    "duplicates": """
fn f() {}
fn f() {} //~ E0428 "`f` is defined multiple times"
struct S;
const S: u32 = 1; //~ E0428
mod a { pub fn x() {} pub struct X; }
mod b { pub fn x() {} pub struct X; }
use a::x;
use b::x; //~ E0252
use a::X;
enum X {} //~ E0255
mod g { use super::a::*; use super::b::*; }
""",
    "types and values do not clash": """
mod x {}
fn x() {}
struct Y { a: u32 }
fn Y() {}
""",
    "enum variants": """
enum E { A, B(u32), C { x: u32 } }
use E::*;
use E::A as First;
use E::D; //~ E0432
mod m { pub(crate) use super::E::{self, B}; }
use m::{B as B2, E as E2};
mod re { pub use super::E; pub use super::m; pub(super) use super::helper; pub use super::helper as h; } //~ E0365 //~ E0365 //~ E0364
fn helper() {}
""",
    "explicit beats glob in any order": """
use one::*;
use two::X;
mod one { pub struct X; pub struct Y; }
mod two { pub struct X; }
struct Y;
""",
    "glob cycles": """
mod a { pub use super::b::*; pub struct A; }
mod b { pub use super::a::*; pub struct B; }
use a::B;
use b::A;
""",
    "derive on a function": """
#[derive(Clone)] //~ E0774
fn f() {}
""",
    "missing file": """
mod absent; //~ E0583 "file not found for module `absent`"
use absent::anything;
""",
    "imports of extern crates": """
use dep::{Thing, nothing}; //~ E0432
use dep::open_mod::f;
use ::dep::Thing as T2;
use dep as d;
use d::Thing as T3;
//- crate dep /dep/lib.rs
pub struct Thing;
pub mod open_mod { pub fn f() {} fn g() {} }
""",
}


@pytest.mark.parametrize("name", CASES)
def test_imports(name: str) -> None:
    world = World(CASES[name])
    check(world, world.name_diagnostics())


def test_complete_manifest_makes_unknown_crates_errors() -> None:
    world = World('use rand::Rng; //~ E0432 "unresolved import `rand::Rng`"', closed=True)
    check(world, world.name_diagnostics())


def test_open_crate_is_silent_about_what_it_lacks() -> None:
    world = World("use dep::later::Thing;\nuse dep::Other;\n//- crate dep open /d.rs\npub struct Some;")
    check(world, world.name_diagnostics())


def _target(world: World, path: str, namespace: Namespace = Namespace.TYPES, scope: DefId | None = None) -> str:
    names = tuple(path.split("::"))
    target = resolve_in(world.db, scope or world.main, names, namespace).target
    if isinstance(target, Unknown):
        return f"unknown {target.path}"
    return target.path if isinstance(target, DefId) else str(target)


def test_what_names_mean() -> None:
    world = World(CASES["explicit beats glob in any order"])
    assert _target(world, "X") == "main::two::X"
    assert _target(world, "Y") == "main::Y"
    world = World(CASES["glob cycles"])
    assert _target(world, "A") == "main::a::A"
    assert _target(world, "B") == "main::b::B"
    world = World(CASES["enum variants"])
    assert _target(world, "B2", Namespace.VALUES) == "main::E::B"
    assert _target(world, "First") == "main::E::A"


def test_modules_over_files() -> None:
    world = World(
        """mod a;
mod b;
#[path = "odd/name.rs"] mod c;
mod inline { pub mod deep; }
//- /a.rs
pub mod sub;
//- /a/sub.rs
pub struct InSub;
//- /b/mod.rs
pub mod sub;
//- /b/sub.rs
pub struct InB;
//- /odd/name.rs
pub struct InC;
//- /inline/deep.rs
pub struct Deep;"""
    )
    check(world, world.name_diagnostics())
    for path in ("a::sub::InSub", "b::sub::InB", "c::InC", "inline::deep::Deep"):
        assert _target(world, path) == f"main::{path}"


def test_prelude_and_extern_names() -> None:
    world = World(
        """use std::mem::swap;
//- crate core library /core/lib.rs
pub mod prelude { pub mod rust_2024 { pub use crate::option::Option::{self, Some, None}; } }
pub mod option { pub enum Option<T> { None, Some(T) } }
pub mod mem { pub fn swap() {} }
//- crate std library open deps=core /std/lib.rs
pub use core::*;"""
    )
    check(world, world.name_diagnostics())
    assert _target(world, "Some", Namespace.VALUES) == "core::option::Option::Some"
    assert _target(world, "swap", Namespace.VALUES) == "core::mem::swap"
    assert _target(world, "std::sync::Mutex") == "unknown std::sync::Mutex"
    assert _target(world, "Vec") == "unknown std::vec::Vec"
    assert _target(world, "u32") == "PrimitiveName(name='u32')"
