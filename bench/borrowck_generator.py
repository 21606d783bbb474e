# ruff: noqa: E501 (tables of Rust text)
"""Generator of well-typed, borrow-heavy Rust functions, half of them mutated to be wrong.

What it is: :func:`generate` writes one function over the types of :data:`PRELUDE`: moves, copies, reborrows, references
in structs, options of references, arrays and slices, method calls with two-phase receivers, loops, matches, closures.
Expressions are made for a wanted type out of the variables in scope, so that every function type-checks; whether it
passes the borrow checker is left to chance, and :func:`mutate` makes a passing one likely to fail.

Assumes: a seeded ``random.Random``. Guarantees: no trait objects, heap or formatting; names are unique per function.

Example: ``generate(Random(1), "f0")`` is the text of one ``fn f0<'a, 'b>(..)``.
"""

from __future__ import annotations

import random
import re

PRELUDE = """#![allow(unused, dead_code)]
pub struct S(u32);
#[derive(Clone, Copy)]
pub struct P { x: u32, y: u32 }
pub struct G(u32);
impl Drop for G { fn drop(&mut self) {} }
pub struct N { a: S, b: S, p: P, o: Option<S> }
pub struct R<'t> { r: &'t u32, k: u32 }
pub struct M<'t> { m: &'t mut u32, k: u32 }
pub enum E { A, B(S), C { x: u32, s: S } }
impl S { fn get(&self) -> u32 { self.0 } fn set(&mut self, v: u32) -> u32 { self.0 = v; v } fn eat(self) -> u32 { self.0 } fn at(&self) -> &u32 { &self.0 } fn at_mut(&mut self) -> &mut u32 { &mut self.0 } }
impl G { fn get(&self) -> u32 { self.0 } fn set(&mut self, v: u32) -> u32 { self.0 = v; v } fn at(&self) -> &u32 { &self.0 } }
impl N { fn both(&mut self, v: u32, w: &u32) -> u32 { v + *w } fn pa(&mut self) -> &mut S { &mut self.a } fn pb(&self) -> &S { &self.b } }
impl<'t> M<'t> { fn put(&mut self, v: u32) { *self.m = v; } fn out(self) -> &'t mut u32 { self.m } fn see(&self) -> &u32 { &*self.m } }
impl<'t> R<'t> { fn val(&self) -> &'t u32 { self.r } }
pub fn eat(s: S) -> u32 { s.0 }
pub fn see(x: &u32) -> u32 { *x }
pub fn poke(x: &mut u32) -> u32 { *x += 1; *x }
pub fn pick<'t>(a: &'t u32, b: &'t u32) -> &'t u32 { a }
pub fn first<'t, 's>(a: &'t u32, b: &'s u32) -> &'t u32 { a }
pub fn through<'t>(a: &'t mut u32) -> &'t mut u32 { a }
pub fn sum(a: &[u32]) -> u32 { a[0] }
pub fn fill(a: &mut [u32]) { a[0] = 1; }
pub fn call<F: Fn() -> u32>(f: F) -> u32 { f() }
pub fn call_mut<F: FnMut(u32) -> u32>(mut f: F) -> u32 { f(1) }
pub fn call_once<F: FnOnce() -> u32>(f: F) -> u32 { f() }
"""

OWNED = ("S", "P", "G", "N", "E", "Option<S>", "[u32; 4]", "(S, u32)", "[S; 2]")
REFS = ("&u32", "&mut u32", "&S", "&mut S", "&N", "&mut N", "R", "M", "Option<&u32>", "Option<&mut u32>", "&[u32]")
PARAMS = (
    ("S", "S"), ("G", "G"), ("N", "N"), ("&'a u32", "&u32"), ("&'b u32", "&u32"), ("&'a mut u32", "&mut u32"),
    ("&'b mut u32", "&mut u32"), ("&'a mut S", "&mut S"), ("&'a N", "&N"), ("&'a mut N", "&mut N"), ("R<'b>", "R"),
    ("M<'a>", "M"), ("Option<S>", "Option<S>"), ("Option<&'a mut u32>", "Option<&mut u32>"), ("E", "E"),
    ("&'a [u32]", "&[u32]"), ("&'a mut [u32]", "&mut [u32]"), ("(S, u32)", "(S, u32)"), ("bool", "bool"),
)  # fmt: skip
RETURNS = (("u32", "u32"), ("&'a u32", "&u32"), ("&'b u32", "&u32"), ("&'a mut u32", "&mut u32"), ("S", "S"))
MAX_DEPTH = 3


_MOVED = frozenset(("S", "G", "N", "E", "Option<S>", "(S, u32)", "[S; 2]", "M", "Option<&mut u32>"))
_IDENT = {
    "u32": "u32", "bool": "bool", "S": "S", "P": "P", "G": "G", "N": "N", "E": "E", "Option<S>": "option_s",
    "[u32; 4]": "array", "(S, u32)": "pair", "[S; 2]": "array_s", "&u32": "ref", "&mut u32": "mut", "&S": "ref_s",
    "&mut S": "mut_s", "&N": "ref_n", "&mut N": "mut_n", "R": "R", "M": "M", "Option<&u32>": "option_ref",
    "Option<&mut u32>": "option_mut", "&[u32]": "slice", "&mut [u32]": "mut_slice",
}  # fmt: skip
_PARTS = {
    ("S", "u32"): (("", ".0"),), ("G", "u32"): (("", ".0"),), ("P", "u32"): (("", ".x"), ("", ".y")),
    ("N", "u32"): (("", ".p.x"), ("", ".a.0")), ("N", "S"): (("", ".a"), ("", ".b")), ("N", "P"): (("", ".p"),),
    ("N", "Option<S>"): (("", ".o"),), ("R", "&u32"): (("", ".r"),), ("M", "u32"): (("*", ".m"),),
    ("&u32", "u32"): (("*", ""),), ("&mut u32", "u32"): (("*", ""),),
    ("&S", "u32"): (("", ".0"),), ("&mut S", "u32"): (("", ".0"),), ("&mut S", "S"): (("*", ""),),
    ("&N", "u32"): (("", ".p.y"),), ("&mut N", "u32"): (("", ".p.x"), ("", ".b.0")),
    ("&mut N", "S"): (("", ".a"), ("", ".b")), ("&mut N", "N"): (("*", ""),),
    ("&mut N", "P"): (("", ".p"),), ("&mut N", "Option<S>"): (("", ".o"),), ("[u32; 4]", "u32"): (("", "[0]"), ("", "[1]")),
    ("[S; 2]", "S"): (("", "[0]"), ("", "[1]")), ("(S, u32)", "S"): (("", ".0"),), ("(S, u32)", "u32"): (("", ".1"),),
    ("&[u32]", "u32"): (("", "[0]"),), ("&mut [u32]", "u32"): (("", "[0]"), ("", "[1]")),
}  # fmt: skip
_CALLS = {
    "S": ("{v}.get()", "{v}.set({u32})", "{v}.eat()"), "G": ("{v}.get()", "{v}.set({u32})"), "&S": ("{v}.get()",),
    "&mut S": ("{v}.get()", "{v}.set({u32})", "{v}.set({v}.get())"), "N": ("{v}.both({u32}, &{v}.p.x)", "{v}.pa().set({u32})"),
    "&mut N": ("{v}.both({v}.p.y, &1)", "{v}.pb().get()"), "M": ("*{v}.see()",), "R": ("*{v}.val()",),
}  # fmt: skip
_REF_CALLS = {
    "S": ("{v}.at()", "&{v}.0"), "&S": ("{v}.at()",), "&mut S": ("{v}.at()", "&{v}.0"), "G": ("{v}.at()",),
    "M": ("{v}.see()", "&*{v}.m"), "R": ("{v}.val()", "{v}.r"), "&mut u32": ("&*{v}", "{v}"), "N": ("&{v}.p.x", "{v}.pb().at()"),
    "&[u32]": ("&{v}[1]",),
}  # fmt: skip
_MUT_CALLS = {
    "S": ("{v}.at_mut()", "&mut {v}.0"), "&mut S": ("{v}.at_mut()", "&mut {v}.0"), "M": ("{v}.out()", "&mut *{v}.m"),
    "&mut u32": ("&mut *{v}",), "&mut N": ("{v}.pa().at_mut()", "&mut {v}.p.y"), "&mut [u32]": ("&mut {v}[0]",),
}  # fmt: skip


class Function:
    """One function being written: variables in scope as (name, type, declared ``mut``)."""

    params, returns, parts = PARAMS, RETURNS, _PARTS

    def __init__(self, rng: random.Random, name: str) -> None:
        self.rng = rng
        self.name = name
        self.vars: list[tuple[str, str, bool]] = []
        self.lines: list[str] = []
        self.n_names = 0
        self.n_loops = 0
        self.depth = 0

    def text(self) -> str:
        rng = self.rng
        params = []
        for declared, ty in rng.sample(self.params, rng.randint(1, 4)):
            name, is_mut = self.fresh(), rng.random() < 0.85
            self.vars.append((name, ty, is_mut))
            params.append(f"{'mut ' if is_mut else ''}{name}: {declared}")
        declared, ty = self.returns[0] if rng.random() < 0.6 else rng.choice(self.returns)
        bound = self.bounds()
        self.returned = ty
        for _ in range(rng.randint(3, 9)):
            self.statement()
        self.line(self.expr(ty))
        body = "\n".join(f"    {line}" for line in self.lines)
        return f"pub fn {self.name}<{bound}>({', '.join(params)}) -> {declared} {{\n{body}\n}}\n"

    def bounds(self) -> str:
        return self.rng.choice(("'a, 'b", "'a, 'b", "'a, 'b: 'a"))

    def fresh(self) -> str:
        self.n_names += 1
        return f"v{self.n_names}"

    def line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def of(self, *tys: str) -> list[str]:
        return [name for name, ty, _ in self.vars if ty in tys]

    def var(self, *tys: str) -> str | None:
        found = self.of(*tys)
        return self.rng.choice(found[-5:]) if found else None

    # -- places and expressions by type

    def places(self, ty: str) -> list[str]:
        """Places of a type, behind variables in scope."""
        out = self.of(ty)
        for name, of, _ in self.vars:
            out += [f"{prefix}{name}{suffix}" for prefix, suffix in self.parts.get((of, ty), ())]
        return out

    def place(self, ty: str) -> str | None:
        found = self.places(ty)
        return self.rng.choice(found[-7:]) if found else None

    def expr(self, ty: str, depth: int = 0) -> str:
        place = self.place(ty)
        often = 0.25 if ty in _MOVED else 0.65
        if place is not None and (self.rng.random() < often or depth > 2):
            return place
        return self.make(ty, depth + 1) or place or "loop {}"

    def make(self, ty: str, depth: int) -> str | None:
        """An expression that makes a value of the type."""
        maker = getattr(self, f"make_{_IDENT[ty]}", None) if ty in _IDENT else None
        made: str | None = maker(depth) if maker is not None else None
        return made

    def make_u32(self, depth: int) -> str:
        rng = self.rng
        if depth > 2:
            return str(rng.randint(0, 9))
        ways: list[str] = []
        for ty, calls in _CALLS.items():
            name = self.var(ty)
            if name is not None:
                ways += [call.replace("{v}", name) for call in calls]
        if depth < 2:
            ways += ["eat({S})", "poke({&mut u32})", "{u32} + {u32}", "(if {c} { {u32} } else { {u32} })"]
        ways += ["see({&u32})", "sum({&[u32]})", str(rng.randint(0, 9))]
        return self.filled(rng.choice(ways), depth)

    def filled(self, form: str, depth: int) -> str:
        """``{type}`` stands for an expression of the type, ``{c}`` for a condition."""
        form = form.replace("{c}", self.condition())
        return re.sub(r"\{(u32|S|&mut u32|&u32|&\[u32\])\}", lambda found: self.expr(found[1], depth), form)

    def make_bool(self, depth: int) -> str:
        return f"{self.expr('u32', depth)} > {self.rng.randint(0, 9)}"

    def condition(self) -> str:
        return self.var("bool") if self.of("bool") and self.rng.random() < 0.4 else f"{self.rng.randint(0, 9)} > 3"  # type: ignore[return-value]

    def make_S(self, depth: int) -> str:
        return f"S({self.expr('u32', depth)})"

    def make_G(self, depth: int) -> str:
        return f"G({self.expr('u32', depth)})"

    def make_P(self, depth: int) -> str:
        return f"P {{ x: {self.expr('u32', depth)}, y: {self.rng.randint(0, 9)} }}"

    def make_N(self, depth: int) -> str:
        option = self.expr("Option<S>", depth)
        return f"N {{ a: {self.expr('S', depth)}, b: {self.expr('S', depth)}, p: P {{ x: 1, y: 2 }}, o: {option} }}"

    def make_E(self, depth: int) -> str:
        s = self.expr("S", depth)
        return self.rng.choice(("E::A", f"E::B({s})", f"E::C {{ x: {self.expr('u32', depth)}, s: {s} }}"))

    def make_option_s(self, depth: int) -> str:
        return f"Some({self.expr('S', depth)})" if self.rng.random() < 0.7 and depth < 4 else "None"

    def make_array(self, depth: int) -> str:
        return f"[{self.expr('u32', depth)}, 1, 2, {self.expr('u32', depth)}]"

    def make_array_s(self, depth: int) -> str:
        return f"[{self.expr('S', depth)}, {self.expr('S', depth)}]"

    def make_pair(self, depth: int) -> str:
        return f"({self.expr('S', depth)}, {self.expr('u32', depth)})"

    def make_ref(self, depth: int) -> str:
        ways = [f"&{self.place('u32') or self.rng.randint(1, 9)}"]
        for ty, forms in _REF_CALLS.items():
            name = self.var(ty)
            if name is not None:
                ways += [form.format(v=name) for form in forms]
        if depth < 3:
            ways.append(f"pick({self.expr('&u32', depth)}, {self.expr('&u32', depth)})")
            ways.append(f"first({self.expr('&u32', depth)}, {self.expr('&u32', depth)})")
        return self.rng.choice(ways)

    def make_mut(self, depth: int) -> str:
        place = self.place("u32")
        ways = [f"&mut {place}"] if place is not None else ["&mut 7"]
        for ty, forms in _MUT_CALLS.items():
            name = self.var(ty)
            if name is not None:
                ways += [form.format(v=name) for form in forms]
        if depth < 3:
            ways.append(f"through({self.expr('&mut u32', depth)})")
        return self.rng.choice(ways)

    def _borrow(self, ty: str, prefix: str, depth: int) -> str:
        place = self.place(ty)
        return f"{prefix}{place}" if place is not None else f"{prefix}{self.expr(ty, depth)}"

    def make_ref_s(self, depth: int) -> str:
        return self._borrow("S", "&", depth)

    def make_mut_s(self, depth: int) -> str:
        name = self.var("N", "&mut N")
        return f"{name}.pa()" if name is not None and self.rng.random() < 0.4 else self._borrow("S", "&mut ", depth)

    def make_ref_n(self, depth: int) -> str:
        return self._borrow("N", "&", depth)

    def make_mut_n(self, depth: int) -> str:
        return self._borrow("N", "&mut ", depth)

    def make_slice(self, depth: int) -> str:
        place = self.place("[u32; 4]")
        return self.rng.choice((f"&{place}", f"&{place}[1..]")) if place is not None else "&[1, 2, 3]"

    def make_mut_slice(self, depth: int) -> str:
        place = self.place("[u32; 4]")
        return self.rng.choice((f"&mut {place}", f"&mut {place}[1..]")) if place is not None else "&mut [1, 2, 3]"

    def make_R(self, depth: int) -> str:
        return f"R {{ r: {self.expr('&u32', depth)}, k: {self.expr('u32', depth)} }}"

    def make_M(self, depth: int) -> str:
        return f"M {{ m: {self.expr('&mut u32', depth)}, k: 1 }}"

    def make_option_ref(self, depth: int) -> str:
        return f"Some({self.expr('&u32', depth)})"

    def make_option_mut(self, depth: int) -> str:
        return f"Some({self.expr('&mut u32', depth)})"

    # -- statements

    def statement(self) -> None:
        kinds = ("let", "let", "let", "let", "assign", "assign", "use", "use", "if", "loop", "match", "closure", "late")
        getattr(self, "st_" + self.rng.choice(kinds))()

    def block(self, head: str, n: int, names: tuple[tuple[str, str, bool], ...] = (), tail: str = "") -> None:
        saved = list(self.vars)
        self.vars += names
        self.line(head + " {")
        self.depth += 1
        for _ in range(n):
            self.statement()
        if tail:
            self.line(tail)
        self.depth -= 1
        self.line("}")
        self.vars = saved

    def st_let(self) -> None:
        ty = self.rng.choice(OWNED if self.rng.random() < 0.4 else ("u32", *REFS, *REFS))
        value = self.expr(ty)
        name, is_mut = self.fresh(), self.rng.random() < 0.8
        annotation = f": {ty}" if ty in ("&u32", "&mut u32", "&[u32]", "u32", "S", "Option<S>", "E") else ""
        self.line(f"let {'mut ' if is_mut else ''}{name}{annotation} = {value};")
        self.vars.append((name, ty, is_mut))

    def st_late(self) -> None:
        ty = self.rng.choice(("u32", "S", "&u32", "&mut u32"))
        name = self.fresh()
        self.line(f"let {name}: {ty};")
        if self.rng.random() < 0.5:
            self.line(f"if {self.condition()} {{ {name} = {self.expr(ty)}; }} else {{ {name} = {self.expr(ty)}; }}")
        else:
            self.line(f"{name} = {self.expr(ty)};")
        self.vars.append((name, ty, False))

    def st_assign(self) -> None:
        ty = self.rng.choice(
            ("u32", "u32", "u32", "S", "&u32", "&mut u32", "Option<S>", "N", "P", "G", "Option<&mut u32>")
        )
        place = self.place(ty)
        if place is None:
            self.st_use()
            return
        op = "+=" if ty == "u32" and self.rng.random() < 0.3 else "="
        self.line(f"{place} {op} {self.expr(ty)};")

    def st_use(self) -> None:
        ty = self.rng.choice(
            ("u32", "u32", "&u32", "&mut u32", "S", "R", "M", "Option<&u32>", "&N", "&mut N", "&[u32]")
        )
        if ty == "u32" or not self.of(ty):
            self.line(f"{self.make_u32(0)};")
            return
        name = self.var(ty)
        form = {"&u32": "see({v})", "&mut u32": "poke({v})", "S": "eat({v})", "R": "see({v}.r)", "M": "{v}.put(3)",
                "Option<&u32>": "{v}.is_some()", "&N": "{v}.pb()", "&mut N": "{v}.pa()", "&[u32]": "sum({v})"}[ty]  # fmt: skip
        self.line(form.format(v=name) + ";")

    def st_if(self) -> None:
        if self.depth >= MAX_DEPTH:
            self.st_use()
            return
        option = self.var("Option<S>", "Option<&mut u32>", "Option<&u32>")
        if option is not None and self.rng.random() < 0.4:
            name = self.fresh()
            ty = {"Option<S>": "S", "Option<&mut u32>": "&mut u32", "Option<&u32>": "&u32"}[self.ty(option)]
            self.block(f"if let Some({name}) = {option}", self.rng.randint(1, 2), ((name, ty, False),))
            return
        leave = f"return {self.expr(self.returned)};" if self.rng.random() < 0.15 else ""
        self.block(f"if {self.condition()}", self.rng.randint(1, 2), (), leave)
        if self.rng.random() < 0.4:
            self.lines[-1] += " else {"
            saved, self.depth = list(self.vars), self.depth + 1
            self.statement()
            self.depth, self.vars = self.depth - 1, saved
            self.line("}")

    def ty(self, name: str) -> str:
        return next(ty for n, ty, _ in self.vars if n == name)

    def st_loop(self) -> None:
        if self.depth >= 2:
            self.st_assign()
            return
        self.n_loops += 1
        slice_ = self.var("&[u32]", "[u32; 4]")
        leave = self.rng.choice(
            ("", "", f"if {self.condition()} {{ break; }}", f"if {self.condition()} {{ continue; }}")
        )
        if slice_ is not None and self.rng.random() < 0.4:
            name = self.fresh()
            of = f"{slice_}.iter()" if self.rng.random() < 0.5 or self.ty(slice_) == "&[u32]" else f"&{slice_}"
            self.block(f"for {name} in {of}", self.rng.randint(1, 3), ((name, "&u32", False),), leave)
        elif self.rng.random() < 0.5:
            self.block(f"while {self.expr('u32', 2)} > 5", self.rng.randint(1, 3), (), leave)
        else:
            self.block("loop", self.rng.randint(1, 3), (), leave or f"if {self.condition()} {{ break; }}")

    def st_match(self) -> None:
        name = self.var("E", "Option<S>", "Option<&mut u32>", "(S, u32)", "Option<&u32>")
        if name is None or self.depth >= MAX_DEPTH:
            self.st_let()
            return
        ty, a, b = self.ty(name), self.fresh(), self.fresh()
        how = self.rng.choice(("", "", "&", "&mut "))
        guard = self.rng.choice(("", "", "", f" if {self.condition()}"))
        inner = {"E": "S", "Option<S>": "S", "Option<&mut u32>": "&mut u32", "(S, u32)": "S", "Option<&u32>": "&u32"}[
            ty
        ]
        bound = {"": inner, "&": f"&{inner}", "&mut ": f"&mut {inner}"}[how]
        self.line(f"match {how}{name} {{")
        self.depth += 1
        known: tuple[tuple[str, str, bool], ...] = ((a, bound, False),) if bound in _IDENT else ()
        heads = {"E": f"E::B({a}){guard} =>", "(S, u32)": f"({a}, {b}){guard} =>"}
        self.block(heads.get(ty, f"Some({a}){guard} =>"), self.rng.randint(1, 2), known)
        if ty == "E":
            self.line(f"E::C {{ x: {self.rng.choice(('_', b))}, .. }} => {{ {self.expr('u32', 1)}; }}")
        self.line(f"_ => {{ {self.expr('u32', 1)}; }}")
        self.depth -= 1
        self.line("}")

    def st_closure(self) -> None:
        name, move = self.fresh(), self.rng.choice(("", "", "move "))
        param = self.rng.random() < 0.4
        saved = list(self.vars)
        if param:
            self.vars.append(("w", "u32", False))
        place, self_use = self.place("u32"), self.expr("u32", 1)
        body = f"{{ {place} = {self_use}; {place} }}" if place is not None and self.rng.random() < 0.4 else self_use
        self.vars = saved
        if self.rng.random() < 0.25:
            form = (
                f"call_mut({move}|w| {body});"
                if param
                else f"{self.rng.choice(('call', 'call_once'))}({move}|| {body});"
            )
            self.line(form)
            return
        self.line(f"let mut {name} = {move}|{'w: u32' if param else ''}| {body};")
        if self.rng.random() < 0.5:
            self.statement()
        for _ in range(self.rng.randint(0, 2)):
            self.line(f"{name}({'2' if param else ''});")


def generate(rng: random.Random, name: str) -> str:
    """The text of one function."""
    return Function(rng, name).text()


def mutate(rng: random.Random, text: str) -> str:
    """A copy made likely to be wrong: a use added at the end, a ``mut`` taken away, a statement repeated or moved."""
    lines = text.splitlines()
    body = [i for i in range(1, len(lines) - 2) if re.match(r"    [^\s}].*;$", lines[i])]
    kind = rng.choice(("use", "mut", "repeat", "swap"))
    if kind == "mut":
        at = [m.start() for m in re.finditer(r"(?<!&)\bmut v\d+", text)]
        if at:
            cut = rng.choice(at)
            return text[:cut] + text[cut + 4 :]
    if kind == "repeat" and body:
        i = rng.choice(body)
        if not lines[i].lstrip().startswith("let"):
            later = [k + 1 for k in body if k > i]
            lines.insert(rng.choice(later) if later and rng.random() < 0.5 else i + 1, lines[i])
            return "\n".join(lines) + "\n"
    if kind == "swap":
        pairs = [i for i in body if i + 1 in body and not lines[i].lstrip().startswith("let")]
        if pairs:
            i = rng.choice(pairs)
            lines[i], lines[i + 1] = lines[i + 1], lines[i]
            return "\n".join(lines) + "\n"
    declared = re.findall(r"^    let (?:mut )?(v\d+): (&u32|&mut u32) =", text, re.M)
    if declared:
        name, ty = rng.choice(declared)
        lines.insert(len(lines) - 2, f"    {'poke' if ty == '&mut u32' else 'see'}({name});")
    return "\n".join(lines) + "\n"
