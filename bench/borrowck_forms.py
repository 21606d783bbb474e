# ruff: noqa: E501 (tables of Rust text)
"""Functions of more kinds of statements, written from templates: what :mod:`bench.borrowck_generator` lacks.

What it is: :func:`generate_wide` is a function of that generator whose statements come mostly from :data:`TEMPLATES`:
patterns with guards and ``ref``, ``let else``, labels and ``break`` with values, iterators over ``&mut`` slices,
options of ``&mut``, parts of parts with references, destructors, closures by path, type parameters, trait objects,
destructuring assignments, moves into struct updates. A hole of a template is ``{v T}`` a variable, ``{p T}`` a
place, ``{e T}`` an expression, ``{new T}`` and ``{newm T}`` a name from here on (``mut`` the second), ``{later T}``
a name after the statement, ``{u}`` a name of no known type, ``{0}`` the first of these again, ``{c}`` a condition,
``{i}`` an index, ``{ret}`` a value to return; a line ``BLOCK`` is one or two statements.

Assumes: the types and functions of :data:`WIDE_PRELUDE` behind :data:`~bench.borrowck_generator.PRELUDE`.
Guarantees: a template whose variables are not in scope is not used; a function may not type-check, and is left out.

Example: ``let Some({new S}) = {v Option<S>} else { return {ret} };`` needs a variable of type ``Option<S>``.
"""

from __future__ import annotations

import random
import re

from bench.borrowck_generator import MAX_DEPTH, PARAMS, Function

WIDE_PRELUDE = """pub struct W<'t> { r: R<'t>, m: M<'t>, s: S }
pub struct D<'t>(&'t mut u32);
impl Drop for D<'_> { fn drop(&mut self) { *self.0 += 1; } }
pub struct K<'t> { d: &'t u32, g: G }
pub trait T { fn go(&self) -> u32; fn part(&mut self) -> &mut u32; fn whole(self) -> u32 where Self: Sized; }
impl T for S { fn go(&self) -> u32 { self.0 } fn part(&mut self) -> &mut u32 { &mut self.0 } fn whole(self) -> u32 { self.0 } }
impl<'t> T for M<'t> { fn go(&self) -> u32 { *self.m } fn part(&mut self) -> &mut u32 { self.m } fn whole(self) -> u32 { *self.m } }
impl E { fn kind(&self, v: u32) -> u32 { v } fn s(&mut self) -> Option<&mut S> { match self { E::B(s) | E::C { s, .. } => Some(s), E::A => None } } }
impl<'t> W<'t> { fn r(&self) -> &'t u32 { self.r.r } fn m(&mut self) -> &mut M<'t> { &mut self.m } fn s(&mut self) -> &mut S { &mut self.s } }
impl<'t> D<'t> { fn see(&self) -> &u32 { self.0 } fn of(&mut self) -> &mut u32 { self.0 } }
pub fn put<'t>(r: &mut R<'t>, x: &'t u32) { r.r = x; }
pub fn part_of<'t, X: T>(x: &'t mut X) -> &'t mut u32 { x.part() }
pub fn short<'t, 's: 't>(a: &'t u32, b: &'s u32) -> &'t u32 { b }
pub fn give<'t, F: FnOnce(&'t mut u32) -> &'t mut u32>(x: &'t mut u32, f: F) -> &'t mut u32 { f(x) }
pub fn each<F: FnMut(&mut u32)>(a: &mut [u32], mut f: F) { f(&mut a[0]) }
pub fn make<'t>(x: &'t u32) -> impl Fn() -> u32 + 't { move || *x }
pub fn hold<'t, F: FnMut() -> u32 + 't>(f: F) -> impl FnMut() -> u32 + 't { f }
pub fn dynamic(f: &dyn Fn(u32) -> u32) -> u32 { f(1) }
pub fn dynamic_mut(f: &mut dyn FnMut(u32) -> u32) -> u32 { f(1) }
pub fn object(x: &mut dyn T) -> u32 { *x.part() }
"""

_PARAMS = (
    *PARAMS, ("W<'a>", "W"), ("D<'a>", "D"), ("K<'b>", "K"), ("X", "X"), ("&'a mut X", "&mut X"), ("&'a mut R<'b>", "&mut R"),
    ("&'a mut Option<S>", "&mut Option<S>"), ("Option<&'b mut S>", "Option<&mut S>"), ("&'a mut [S]", "&mut [S]"),
    ("[&'a mut u32; 2]", "[&mut u32; 2]"), ("(&'a mut u32, &'b u32)", "(&mut u32, &u32)"), ("[u32; 4]", "[u32; 4]"),
    ("[S; 2]", "[S; 2]"), ("&'b mut M<'a>", "&mut M"), ("&'b mut &'a mut u32", "&mut &mut u32"), ("&'a &'b mut u32", "&&mut u32"),
)  # fmt: skip
_RETURNS = (
    ("u32", "u32"), ("u32", "u32"), ("u32", "u32"), ("&'a u32", "&u32"), ("&'b u32", "&u32"), ("&'a mut u32", "&mut u32"), ("S", "S"),
    ("R<'a>", "R"), ("M<'a>", "M"), ("Option<&'a mut u32>", "Option<&mut u32>"), ("&'b [u32]", "&[u32]"),
)  # fmt: skip
_MAKERS = {
    "W": ("W { r: {e R}, m: {e M}, s: {e S} }",), "D": ("D({e &mut u32})",), "K": ("K { d: {e &u32}, g: {e G} }",),
    "&mut R": ("&mut {p R}",), "&mut M": ("&mut {p M}", "{v W}.m()"), "&mut Option<S>": ("&mut {p Option<S>}",),
    "Option<&mut S>": ("Some({e &mut S})", "{p Option<S>}.as_mut()", "{p E}.s()"), "&mut [S]": ("&mut {p [S; 2]}",), "&mut X": ("&mut {p X}",),
    "[&mut u32; 2]": ("[{e &mut u32}, {e &mut u32}]",), "(&mut u32, &u32)": ("({e &mut u32}, {e &u32})",),
    "&mut &mut u32": ("&mut {p &mut u32}", "&mut {e &mut u32}"), "&&mut u32": ("&{p &mut u32}",),
    "u32": ("{v X}.go()", "{v X}.whole()", "object(&mut {p S})", "object(&mut {p M})", "dynamic(&|{u}| {0} + {p u32})", "see({v W}.r())",
            "dynamic_mut(&mut |{u}| { {p u32} += {0}; {0} })", "(match {p Option<S>} { Some({u}) => {0}.0, None => {e u32} })",
            "({ let {u} = {e &mut u32}; *{0} += 1; *{0} })", "{v Option<&mut u32>}.take().map_or(1, |{u}| *{0})", "see({v D}.see())",
            "{p [u32; 4]}[{i}]", "{p E}.kind({e u32})", "core::mem::replace(&mut {p u32}, {e u32})", "(unsafe { *(&raw mut {p u32}) })"),
    "S": ("core::mem::replace(&mut {p S}, {e S})", "{p Option<S>}.take().unwrap()", "{v Option<S>}.unwrap()", "{v [S; 2]}.into_iter().next().unwrap()"),
    "&u32": ("short({e &u32}, {e &u32})", "{v W}.r()", "{v D}.see()", "{v K}.d", "{v &&mut u32}", "{p Option<&u32>}.unwrap()", "&{p [u32; 4]}[{i}]",
             "(if {c} { {e &u32} } else { {e &u32} })", "(match {c} { true => {e &u32}, _ => {e &u32} })", "{v &[u32]}.iter().next().unwrap()"),
    "&mut u32": ("part_of({v &mut X})", "part_of(&mut {p S})", "{v D}.of()", "{v D}.0", "give({e &mut u32}, |{u}| {0})", "{v Option<&mut u32>}.unwrap()",
                 "{v Option<&mut u32>}.as_deref_mut().unwrap()", "{v Option<&mut u32>}.take().unwrap()", "&mut {p [u32; 4]}[{i}]", "{v &mut M}.m",
                 "(if {c} { {e &mut u32} } else { {e &mut u32} })", "{v [&mut u32; 2]}[{i}]", "{v &mut [u32]}.iter_mut().last().unwrap()", "{v &mut &mut u32}",
                 "{v &mut [u32]}.first_mut().unwrap()", "{v (&mut u32, &u32)}.0", "*{v &mut &mut u32}"),
    "Option<&mut u32>": ("{v &mut [u32]}.first_mut()", "{v Option<&mut u32>}.take()", "{v Option<&mut u32>}.as_deref_mut()", "{p [u32; 4]}.get_mut({i})"),
    "Option<S>": ("{p Option<S>}.take()", "{p Option<S>}.replace({e S})", "core::mem::take(&mut {p Option<S>})"),
    "N": ("N { a: {e S}, ..{p N} }", "N { p: P { x: {e u32}, ..{p P} }, o: None, ..{p N} }"),
    "&[u32]": ("{v &mut [u32]}", "&{p [u32; 4]}[..{i}]", "{v &[u32]}.split_at({i}).0"), "&mut [u32]": ("{v &mut [u32]}.split_at_mut({i}).1", "&mut {v &mut [u32]}[{i}..]"),
}  # fmt: skip
_PARTS = {
    ("W", "R"): (("", ".r"),), ("W", "&u32"): (("", ".r.r"),), ("W", "M"): (("", ".m"),), ("W", "u32"): (("*", ".m.m"), ("", ".m.k"), ("", ".s.0")),
    ("W", "S"): (("", ".s"),), ("D", "u32"): (("*", ".0"),), ("K", "G"): (("", ".g"),), ("K", "&u32"): (("", ".d"),), ("&mut R", "&u32"): (("", ".r"),),
    ("&mut R", "R"): (("*", ""),), ("&mut M", "M"): (("*", ""),), ("&mut M", "&mut u32"): (("", ".m"),), ("&mut M", "u32"): (("*", ".m"), ("", ".k")),
    ("M", "&mut u32"): (("", ".m"),), ("&mut Option<S>", "Option<S>"): (("*", ""),), ("&mut [S]", "S"): (("", "[0]"), ("", "[1]")), ("&mut X", "X"): (("*", ""),),
    ("[&mut u32; 2]", "&mut u32"): (("", "[0]"), ("", "[1]")), ("[&mut u32; 2]", "u32"): (("*", "[0]"),), ("(&mut u32, &u32)", "&mut u32"): (("", ".0"),),
    ("(&mut u32, &u32)", "&u32"): (("", ".1"),), ("(&mut u32, &u32)", "u32"): (("*", ".0"),), ("&mut &mut u32", "&mut u32"): (("*", ""),),
    ("&mut &mut u32", "u32"): (("**", ""),), ("&&mut u32", "u32"): (("**", ""),),
}  # fmt: skip
_TYPES = (
    "W", "D", "K", "&mut R", "&mut M", "&mut Option<S>", "Option<&mut S>", "&mut [S]", "[&mut u32; 2]", "(&mut u32, &u32)", "&mut [u32]",
    "&mut &mut u32", "&&mut u32", "&mut u32", "&u32", "R", "M", "N", "E", "Option<S>", "Option<&mut u32>", "[u32; 4]", "[S; 2]",
)  # fmt: skip

TEMPLATES = [
    "match {p E} {\n    E::B(ref {new &S}) if {c} => {\n        BLOCK\n    }\n    E::C { s: ref mut {new &mut S}, x: ref {new &u32} } => {\n        BLOCK\n    }\n    E::B({newm S}) => {\n        BLOCK\n    }\n    _ => { {e u32}; }\n}\n",
    "match {p E} {\n    E::B({new S}) if {e u32} > 3 => {\n        BLOCK\n    }\n    E::B({new S}) | E::C { s: {1}, .. } => {\n        BLOCK\n    }\n    _ => {\n        BLOCK\n    }\n}\n",
    "match &mut {p E} {\n    E::C { x: {new &mut u32}, s: {new &mut S} } if *{0} > 2 => {\n        BLOCK\n    }\n    E::B(S({new &mut u32})) => {\n        BLOCK\n    }\n    {u} => { *{3} = E::A; }\n}\n",
    "match {p Option<S>} {\n    ref {u} @ Some(ref {new &S}) if {c} => {\n        BLOCK\n    }\n    {new Option<S>} => {\n        BLOCK\n    }\n}\n",
    "match ({p Option<S>}, {e u32}) {\n    (Some(S({new u32})), 3) | (None, {0}) if {c} => {\n        BLOCK\n    }\n    (Some({new S}), _) => {\n        BLOCK\n    }\n    _ => { return {ret}; }\n}\n",
    "match *{v &mut N} {\n    N { a: ref mut {new &mut S}, o: Some(ref {new &S}), .. } => {\n        BLOCK\n    }\n    N { p: {new P}, .. } => {\n        BLOCK\n    }\n}\n",
    "let N { a: ref {new &S}, b: ref mut {new &mut S}, .. } = {p N};\n",
    "let N { a: {new S}, o, .. } = {p N};\n",
    "let N { a: {new &mut S}, p: P { x: {new &mut u32}, .. }, .. } = {v &mut N};\n",
    "let W { r: {new R}, m: M { m: {new &mut u32}, .. }, .. } = {v W};\n",
    "let W { m: ref mut {new &mut M}, s: ref {new &S}, .. } = {v W};\n",
    "let (ref {new &S}, {new u32}) = {p (S, u32)};\n",
    "let ref mut {new &mut u32} = {p u32};\n",
    "let [ref mut {new &mut S}, {new S}] = {v [S; 2]};\n",
    "let [{new u32}, ref {new &[u32]} @ ..] = {v [u32; 4]};\n",
    "if let [{new &mut u32}, {new &mut [u32]} @ ..] = {v &mut [u32]} {\n    BLOCK\n}\n",
    "let Some({new S}) = {p Option<S>} else { return {ret}; };\n",
    "let Some({new &mut u32}) = {v Option<&mut u32>} else { return {ret}; };\n",
    "let Some(ref mut {new &mut S}) = {p Option<S>} else { return {ret}; };\n",
    "let E::C { s: {newm S}, .. } = {p E} else { loop {} };\n",
    "let {later u32} = 'l: {\n    BLOCK\n    if {c} { break 'l {e u32}; }\n    BLOCK\n    {e u32}\n};\n",
    "let {laterm S} = 'l: {\n    if {c} { break 'l {p S}; }\n    BLOCK\n    {e S}\n};\n",
    "let {later &mut u32} = loop {\n    BLOCK\n    if {c} { break {e &mut u32}; }\n};\n",
    "let {later &u32} = 'l: loop {\n    loop {\n        BLOCK\n        if {c} { break 'l {e &u32}; }\n        if {c} { continue 'l; }\n    }\n};\n",
    "'l: while {c} {\n    for {new u32} in 0..3 {\n        BLOCK\n        if {c} { continue 'l; }\n        if {c} { break 'l; }\n    }\n    BLOCK\n}\n",
    "for {new &mut u32} in {v &mut [u32]}.iter_mut() {\n    BLOCK\n}\n",
    "for {new &mut u32} in &mut {p [u32; 4]} {\n    BLOCK\n}\n",
    "for ({u}, {new &mut u32}) in {v &mut [u32]}.iter_mut().enumerate() {\n    BLOCK\n    *{1} = {0} as u32;\n}\n",
    "for {new &mut S} in {v &mut [S]} {\n    BLOCK\n}\n",
    "for {new S} in {v [S; 2]} {\n    BLOCK\n}\n",
    "for {new &mut [u32]} in {v &mut [u32]}.chunks_mut(2) {\n    BLOCK\n}\n",
    "let mut {u} = {p [u32; 4]}.iter_mut();\nwhile let Some({new &mut u32}) = {0}.next() {\n    BLOCK\n}\n",
    "while let Some({new &mut u32}) = {v Option<&mut u32>}.take() {\n    BLOCK\n}\n",
    "if let Some({new &mut S}) = {p Option<S>}.as_mut() {\n    BLOCK\n}\n",
    "if let Some({new &S}) = &{p Option<S>} {\n    BLOCK\n} else {\n    BLOCK\n}\n",
    "if let Some({new &mut u32}) = {v Option<&mut u32>}.as_deref_mut() {\n    BLOCK\n}\n",
    "if let Some({new &mut S}) = {v &mut Option<S>} {\n    BLOCK\n} else {\n    *{v &mut Option<S>} = {e Option<S>};\n}\n",
    "if let Some({new &mut u32}) = {p [u32; 4]}.get_mut({i}) { return {ret}; }\n",
    "let {new Option<&mut u32>} = {v Option<&mut S>}.map(|{u}| &mut {1}.0);\n",
    "{p [u32; 4]}[{i}] = {p [u32; 4]}[{i}] + {e u32};\n",
    "{p [u32; 4]}[{e u32} as usize] += {e u32};\n",
    "let ({new &mut [u32]}, {new &mut [u32]}) = {v &mut [u32]}.split_at_mut({i});\n",
    "core::mem::swap({e &mut u32}, {e &mut u32});\n",
    "core::mem::swap(&mut {p S}, &mut {p S});\n",
    "({p u32}, {p u32}) = ({e u32}, {e u32});\n",
    "({p S}, _) = ({e S}, {e u32});\n",
    "[{p u32}, {p u32}] = [{e u32}, {e u32}];\n",
    "*through({e &mut u32}) += {e u32};\n",
    "*through({e &mut u32}) = see({e &u32});\n",
    "*{v &mut &mut u32} = {e &mut u32};\n",
    "put({e &mut R}, {e &u32});\n",
    "put(&mut {p R}, {e &u32});\n",
    "drop({p G});\n",
    "drop({v D});\n",
    "drop({v K});\n",
    "let {new G} = {v K}.g;\n",
    "let _ = {p S};\n",
    "let _ = &mut {p S};\n",
    "{p S};\n",
    "let {newm D} = D({e &mut u32});\nBLOCK\n",
    "let {newm D} = {v D};\n",
    "let {new K} = K { d: {e &u32}, g: {p G} };\nBLOCK\n",
    "{\n    let {newm D} = D({e &mut u32});\n    BLOCK\n}\n",
    "let mut {u} = || {p S}.set({e u32});\nBLOCK\n{0}();\n",
    "let {u} = || {p S}.eat();\nBLOCK\n{0}();\n",
    "let {u} = move || {p S}.get() + {e u32};\nBLOCK\n{0}() + {0}();\n",
    "let {u} = || &{p u32};\nBLOCK\nsee({0}());\n",
    "let {u} = |{u}: &mut u32| { *{1} += {e u32}; {p u32} };\n{0}({e &mut u32});\nBLOCK\n{0}({e &mut u32});\n",
    "let mut {u} = |{u}: u32| { {p u32} += {1}; {p u32} = {e u32}; };\n{0}({e u32});\nBLOCK\n{0}({e u32});\n",
    "let mut {u} = || { let {u} = &mut {p u32}; move || { *{1} += 1; *{1} } };\n{0}()();\n",
    "let {u} = || match {p E} { E::B(ref {u}) => {1}.0, E::C { x, .. } => x, _ => {e u32} };\nBLOCK\n{0}();\n",
    "let {u} = || { if {c} { return {e u32}; } {e u32} };\nBLOCK\n{0}();\n",
    "let {u} = make({e &u32});\nBLOCK\n{0}();\n",
    "let mut {u} = hold(|| { {p u32} += 1; {e u32} });\nBLOCK\n{0}();\n",
    "let {u}: &mut dyn FnMut() -> u32 = &mut || { {p u32} += 1; {p u32} };\nBLOCK\n{0}();\n",
    "each({e &mut [u32]}, |{u}| *{0} = {e u32});\n",
    "each({e &mut [u32]}, |{u}| { {p u32} = *{0}; });\n",
    "let {u}: &mut dyn T = &mut {p S};\nBLOCK\n{0}.part();\n",
    "let {new u32} = { let {u} = &mut {p N}; {1}.a.set({e u32}) };\n",
    "let {new &mut u32} = match {p Option<S>} { Some(ref mut {u}) => &mut {1}.0, None => {e &mut u32} };\n",
    "let {newm &u32} = match {c} { true => {e &u32}, false => return {ret} };\n",
    "let {newm &mut S} = {e &mut S};\nif {c} { {0} = {e &mut S}; }\nBLOCK\n{0}.set({e u32});\n",
    "let {new &mut u32}: &mut u32;\nif {c} { {0} = {e &mut u32}; }\nBLOCK\n",
    "let {new u32}: u32;\nloop { {0} = {e u32}; if {c} { break; } }\n",
    "let {u} = &raw mut {p u32};\nunsafe { *{0} = {e u32}; }\n",
    "let {newm [&mut u32; 2]} = [{e &mut u32}, {e &mut u32}];\n*{0}[0] = *{0}[1];\n",
    "if {c} { return {ret}; }\n",
    "if matches!({p Option<S>}, Some(ref {u}) if {0}.0 > 2) {\n    BLOCK\n}\n",
    "let {new &u32} = &{p E}.kind({e u32});\n",
    "{v &mut M}.put(*{v &mut M}.see());\n",
    "{v W}.m().put(*{v W}.r());\n",
    "{v W}.s().set({p S}.get());\n",
    "{p N}.pa().set({p N}.pb().get());\n",
    "{v M} = M { m: {e &mut u32}, k: {p u32} };\n",
    "{v R}.r = {e &u32};\n",
    "{v &mut M}.m = {e &mut u32};\n",
    "{v D} = D({e &mut u32});\n",
    "{v K}.g = {e G};\n",
]
_HOLE = re.compile(r"\{(v|p|e|newm|new|laterm|later|ret|c|i|u|\d)(?: ([^{}]+?))?\}")
_MUT = ("newm", "laterm")


class _Missing(Exception):
    """A template needs a variable that is not in scope."""


class _Wide(Function):
    """A function of :data:`TEMPLATES`."""

    params, returns, parts = _PARAMS, _RETURNS, {**Function.parts}
    _names: list[str]
    _later: list[tuple[str, str, bool]]
    for _key, _of in _PARTS.items():
        parts[_key] = (*parts.get(_key, ()), *_of)

    def bounds(self) -> str:
        lifetimes = self.rng.choice(("'a, 'b", "'a, 'b", "'a, 'b: 'a", "'a: 'b, 'b"))
        return lifetimes + self.rng.choice((", X: T", ", X: T + 'a", ", X: T + Copy"))

    def make(self, ty: str, depth: int) -> str | None:
        forms = list(_MAKERS.get(ty, ()))
        old = super().make(ty, depth)
        if old is not None and (not forms or depth > 2 or self.rng.random() < 0.4):
            return old
        self.rng.shuffle(forms)
        for form in forms[:4]:
            saved = getattr(self, "_names", [])
            self._names = []
            try:
                return self._line(form, depth)
            except _Missing:
                continue
            finally:
                self._names = saved
        return old

    def expr(self, ty: str, depth: int = 0) -> str:
        made = super().expr(ty, depth)
        if made == "loop {}":
            raise _Missing
        return made

    def statement(self) -> None:
        if self.depth < MAX_DEPTH and self.rng.random() < 0.7:
            for _ in range(6):
                if self._template(self.rng.choice(TEMPLATES)):
                    return
        saved = list(self.vars), len(self.lines), self.depth
        try:
            if self.rng.random() < 0.3:
                self._declare()
            else:
                super().statement()
        except _Missing:
            self.vars, self.lines, self.depth = saved[0], self.lines[: saved[1]], saved[2]

    def _declare(self) -> None:
        ty = self.rng.choice(_TYPES)
        value = self.expr(ty)
        name, is_mut = self.fresh(), self.rng.random() < 0.8
        self.line(f"let {'mut ' if is_mut else ''}{name} = {value};")
        self.vars.append((name, ty, is_mut))

    def _template(self, template: str) -> bool:
        """Write the statement of a template; false when a variable it needs is not in scope."""
        saved = list(self.vars), len(self.lines), self.depth, getattr(self, "_names", []), getattr(self, "_later", [])
        self._names, self._later, scopes = [], [], []
        try:
            for line in template.splitlines():
                if line.strip() == "BLOCK":
                    for _ in range(self.rng.randint(1, 2)):
                        self.statement()
                    continue
                if line.lstrip().startswith("}"):
                    self.depth, self.vars = self.depth - 1, scopes.pop()
                before = list(self.vars)
                self.line(self._line(line.strip(), 1))
                if line.endswith("{"):
                    scopes.append(before)
                    self.depth += 1
            self.vars += self._later
            return True
        except _Missing:
            self.vars, self.lines, self.depth = saved[0], self.lines[: saved[1]], saved[2]
            return False
        finally:
            self._names, self._later = saved[3], saved[4]

    def _line(self, text: str, depth: int) -> str:
        """A line with its holes filled; its new names are in scope from here on."""
        made: list[tuple[str, str, bool]] = []
        filled = _HOLE.sub(lambda hole: self._filled(hole, depth, made), text)
        self.vars += made
        return filled

    def _filled(self, hole: re.Match[str], depth: int, made: list[tuple[str, str, bool]]) -> str:
        found = self._hole(hole[1], hole[2] or "", depth, made)
        is_head = hole.string[hole.end() : hole.end() + 1] in (".", "[")
        return f"({found})" if is_head and found[0] in "*&-" else found

    def _hole(self, kind: str, ty: str, depth: int, made: list[tuple[str, str, bool]]) -> str:
        if kind == "e":
            return self.expr(ty, depth)
        if kind in ("v", "p"):
            found = self.var(ty) if kind == "v" else self.place(ty)
            if found is None:
                raise _Missing
            return found
        if kind.isdigit():
            return self._names[int(kind)]
        if kind in ("new", "newm", "later", "laterm", "u"):
            name = self.fresh()
            self._names.append(name)
            if kind != "u":
                (self._later if kind.startswith("later") else made).append((name, ty, kind in _MUT))
            return f"mut {name}" if kind in _MUT else name
        if kind == "c":
            return self.condition()
        return self.expr(self.returned) if kind == "ret" else str(self.rng.randint(0, 1))


def generate_wide(rng: random.Random, name: str) -> str:
    """The text of one function."""
    return _Wide(rng, name).text()
