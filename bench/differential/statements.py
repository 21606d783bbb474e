"""Random statements: declarations, destructuring, loops, matches, closures. Each line of a program ends in this class.

``out`` collects the lines of the function being written; ``items`` the items beside it. A program records values by
``o.put(value)``. Loops are bounded by construction.
"""

from __future__ import annotations

from bench.differential import types as y
from bench.differential.expressions import Expressions, Variable


class Statements(Expressions):
    """Writes statements into ``out``."""

    out: list[str]
    items: list[str]

    def line(self, text: str) -> None:
        self.out.append(text)

    def put(self, value: str) -> None:
        self.line(f"o.put({value});")

    def declare(self, name: str, ty: y.Ty, mutable: bool = False) -> Variable:
        variable = Variable(name, ty, mutable)
        self.scope.append(variable)
        return variable

    # -- items

    def new_adt(self) -> y.Adt:
        """A type of its own with derives, and how to record it."""
        adt = y.random_adt(self.rng, f"Ty{len(self.adts)}", self.adts)
        derives = ["Clone", "Copy", "PartialEq", "PartialOrd"]
        derives += [] if y.holds_float(adt) else ["Eq", "Ord"]
        derives += (
            ["Default"]
            if not adt.is_enum and self.chance(0.4) and all(_has_default(t) for _, t in adt.variants[0].fields)
            else []
        )
        variants = [_declaration(v) for v in adt.variants]
        body = f"enum {adt.name} {{ {', '.join(variants)} }}" if adt.is_enum else _struct(adt.variants[0])
        self.items.append(f"#[derive({', '.join(derives)})] pub {body}")
        self.items.append(_put_impl(adt))
        self.adts.append(adt)
        return adt

    def new_function(self) -> tuple[str, tuple[y.Ty, ...], y.Ty]:
        """A function over random types; its parameters are what its body may mention."""
        name, saved, out = self.fresh("f"), self.scope, self.out
        self.inputs = False
        params = tuple(y.random_type(self.rng, self.adts, 1) for _ in range(self.rng.choice((1, 2, 3))))
        result = y.random_type(self.rng, self.adts)
        self.scope, self.out = [Variable(self.fresh("p"), ty) for ty in params], []
        names = [v.name for v in self.scope]
        if self.chance(0.5):
            self.let()
        body = " ".join([*self.out, self.pure(result)])
        header = ", ".join(f"{n}: {ty}" for n, ty in zip(names, params, strict=True))
        self.items.append(f"fn {name}({header}) -> {result} {{ {body} }}")
        self.scope, self.out, self.inputs = saved, out, True
        return name, params, result

    def pure(self, ty: y.Ty, depth: int = 2) -> str:
        """An expression that does not mention the inputs."""
        saved, self.inputs = self.inputs, False
        text = self.expr(ty, depth, True)
        self.inputs = saved
        return text

    # -- statements

    def let(self) -> None:
        ty = y.random_type(self.rng, self.adts)
        mutable, annotated = self.chance(0.2), self.chance(0.5)
        value = self.expr(ty, 2, annotated)
        name = self.fresh() if self.chance(0.9) or not self.scope else self.rng.choice(self.scope).name
        if any(v.name == name for v in self.scope):
            self.scope = [v for v in self.scope if v.name != name]
        self.line(f"let {'mut ' * mutable}{name}{f': {ty}' * (annotated or needs_type(ty))} = {value};")
        self.declare(name, ty, mutable)

    def statement(self) -> None:
        """One random statement."""
        self.rng.choice((
            self.let, self.let, self.assign, self.for_range, self.for_array, self.destructure, self.let_else, self.match_adt,
            self.chain, self.labelled, self.closure, self.counter, self.call, self.while_loop, self.slice_pattern,
        ))()  # fmt: skip

    def assign(self) -> None:
        targets = [v for v in self.scope if v.mutable]
        if not targets:
            ty = y.random_int(self.rng)
            self.line(f"let mut {(name := self.fresh('m'))} = {self.expr(ty, 1)};")
            targets = [self.declare(name, ty, True)]
        v = self.rng.choice(targets)
        if isinstance(v.ty, y.Int) and self.chance(0.6):
            self.line(f"{v.name} {self.rng.choice(('+', '-', '*', '^', '|', '&'))}= {self.expr(v.ty, 2, True)};")
        elif isinstance(v.ty, y.Array):
            self.line(f"{v.name}[{self.index(v.ty.n, 1)}] = {self.expr(v.ty.elem, 1, True)};")
        else:
            self.line(f"if {self.expr(y.BOOL, 1)} {{ {v.name} = {self.expr(v.ty, 1, True)}; }}")

    def inside(self, ty: y.Ty, name: str, target: str, of: y.Int) -> str:
        """A loop's body: folds something of an element into an accumulator."""
        depth = len(self.scope)
        self.declare(name, ty)
        value = self.expr(of, 2, True)
        guard = f"if {self.expr(y.BOOL, 1)} {{ {self.rng.choice(('continue', 'break', 'continue'))}; }} " * self.chance(
            0.4
        )
        del self.scope[depth:]
        op = self.rng.choice(("wrapping_add", "wrapping_mul", "wrapping_sub", "max", "rotate_left(3).wrapping_add"))
        return f"{guard}{target} = {target}.{op}({value});"

    def accumulator(self) -> tuple[str, y.Int]:
        ty, name = y.random_int(self.rng), self.fresh("s")
        self.line(f"let mut {name} = {self.expr(ty, 1)};")
        return name, ty

    def for_range(self) -> None:
        s, of = self.accumulator()
        ty, i = y.random_int(self.rng), self.fresh("i")
        span = self.rng.choice((
            "0{t}..{n}", "1{t}..={n}", "(0{t}..{n}).rev()", "(3{t}..{n}).step_by(2)", "(0{t}..={n}).rev().step_by(3)",
            "({n}..20{t}).skip(1)", "(0..{n}).take_while(|q: &{t}| *q < 7)", "0..({n} as {t})", "({n}..=10{t}).filter(|q| q % 3 != 1)",
        ))  # fmt: skip
        n = self.rng.choice((str(self.rng.randrange(12)), f"({self.expr(ty, 1)} & 7)"))
        start = span.format(n=n, t=ty)
        self.line(f"for {i} in {start} {{ {self.inside(ty, i, s, of)} }}")
        self.finish(s, of)

    def finish(self, name: str, ty: y.Ty) -> None:
        self.put(name)
        self.declare(name, ty, True)

    def for_array(self) -> None:
        s, of = self.accumulator()
        ty, i, n = y.random_type(self.rng, self.adts, 1), self.fresh("i"), self.rng.choice((1, 2, 3, 4))
        array = self.array(ty, n, 1, False)
        if self.chance(0.3):
            self.line(f"for ({(k := self.fresh('k'))}, {i}) in {array}.into_iter().enumerate() {{")
            self.line(f"{self.inside(ty, i, s, of)} {s} = {s}.wrapping_add({k} as {of}); }}")
        else:
            self.line(
                f"for {'&' if (by_ref := self.chance(0.5)) else ''}{i} in {'&' * by_ref}{array} {{ {self.inside(ty, i, s, of)} }}"
            )
        self.finish(s, of)

    def while_loop(self) -> None:
        s, of = self.accumulator()
        i = self.fresh("i")
        self.line(f"let mut {i} = {self.rng.randrange(5)}u32;")
        cond = self.rng.choice(
            (f"{i} < {self.rng.randrange(14)}", f"({i}) < 9 && {self.expr(y.BOOL, 1)}", f"{i} != 12")
        )
        body = self.inside(y.U32, i, s, of).replace("continue", "break")
        self.line(f"while {cond} {{ {i} += 1; {body} }}")
        self.put(i)
        self.finish(s, of)

    def pattern(self, ty: y.Ty, bound: list[tuple[str, y.Ty]], depth: int = 2) -> str:
        """An irrefutable pattern."""
        if self.chance(0.15):
            return "_"
        if depth and isinstance(ty, y.Tuple) and self.chance(0.8):
            return f"({', '.join(self.pattern(t, bound, depth - 1) for t in ty.elems)}{',' * (len(ty.elems) == 1)})"
        if depth and isinstance(ty, y.Array) and self.chance(0.8):
            return f"[{', '.join(self.pattern(ty.elem, bound, depth - 1) for _ in range(ty.n))}]"
        if depth and isinstance(ty, y.Adt) and not ty.is_enum:
            return self.variant_pattern(ty, ty.variants[0], bound, depth)
        bound.append((self.fresh("b"), ty))
        return bound[-1][0]

    def variant_pattern(self, adt: y.Adt, v: y.Variant, bound: list[tuple[str, y.Ty]], depth: int = 1) -> str:
        path = f"{adt.name}::{v.name}" if adt.is_enum else adt.name
        if v.form == "unit":
            return path
        parts = [(n, self.pattern(t, bound, depth - 1)) for n, t in v.fields]
        if v.form == "tuple":
            return f"{path}({', '.join(p for _, p in parts)})"
        shown = [f"{n}: {p}" for n, p in parts]
        if self.chance(0.4):
            kept = shown[: self.rng.choice((0, 1))]
            return f"{path} {{ {', '.join([*kept, '..'])} }}"
        return f"{path} {{ {', '.join(shown)} }}"

    def bind(self, bound: list[tuple[str, y.Ty]], pattern: str) -> list[tuple[str, y.Ty]]:
        return [(n, t) for n, t in bound if n in pattern]

    def destructure(self) -> None:
        ty = y.random_type(self.rng, self.adts)
        bound: list[tuple[str, y.Ty]] = []
        pattern = self.pattern(ty, bound)
        self.line(f"let {pattern}: {ty} = {self.expr(ty, 1, True)};")
        for name, t in self.bind(bound, pattern):
            self.declare(name, t)

    def let_else(self) -> None:
        ty, name = y.random_scalar(self.rng), self.fresh("e")
        pattern, value = self.rng.choice((
            (f"Some({name})", self.option(ty, 1)), (f"Ok::<_, u8>({name})", f"{self.option(ty, 1)}.ok_or(3u8)"),
            (f"(true, {name}) | (false, {name})", f"({self.expr(y.BOOL, 1)}, {self.expr(ty, 1)})"),
        ))  # fmt: skip
        pattern = pattern.replace("::<_, u8>", "")
        if pattern.startswith("("):
            pattern = f"({pattern})"
            self.line(f"let {pattern} = {value};")
        else:
            self.line(f"let {pattern} = {value} else {{ {self.rng.choice(('o.put(77u8); return', 'return'))}; }};")
        self.declare(name, ty)

    def match_adt(self) -> None:
        adt = self.rng.choice(self.adts) if self.adts else self.new_adt()
        result, name = y.random_scalar(self.rng), self.fresh()
        arms = []
        for v in adt.variants:
            bound: list[tuple[str, y.Ty]] = []
            pattern = self.variant_pattern(adt, v, bound)
            depth = len(self.scope)
            for n, t in self.bind(bound, pattern):
                self.declare(n, t)
            if self.chance(0.3):
                arms.append(f"{pattern} if {self.expr(y.BOOL, 1)} => {self.expr(result, 1)},")
            arms.append(f"{pattern} => {self.expr(result, 1)},")
            del self.scope[depth:]
        if len(arms) > 2 and self.chance(0.3):
            arms[-1] = f"_ => {self.expr(result, 1)},"
        self.line(f"let {name}: {result} = match {self.expr(adt, 1)} {{ {' '.join(arms)} }};")
        self.declare(name, result)

    def chain(self) -> None:
        """A chain of lets and conditions, or a match on a tuple."""
        a, b = y.random_scalar(self.rng), y.random_int(self.rng)
        n, m = self.fresh("q"), self.fresh("q")
        depth = len(self.scope)
        first = f"let Some({n}) = {self.option(a, 1)}"
        self.declare(n, a)
        second = (
            f"let {m} @ ..={self.rng.randrange(120)} = {self.expr(b, 1)}"
            if self.chance(0.6)
            else f"let {m} = {self.expr(b, 1)}"
        )
        self.declare(m, b)
        third = f" && {self.expr(y.BOOL, 1)}" * self.chance(0.5)
        body = f"o.put({self.expr(y.random_scalar(self.rng), 1)});"
        del self.scope[depth:]
        self.line(f"if {first} && {second}{third} {{ {body} }} else {{ o.put({self.rng.randrange(9)}u8); }}")

    def labelled(self) -> None:
        ty, name, label = y.random_scalar(self.rng), self.fresh("l"), self.fresh("'a")
        n = self.rng.randrange(1, 7)
        if self.chance(0.4):
            self.line(
                f"let {name}: {ty} = {label}: {{ if {self.expr(y.BOOL, 1)} {{ break {label} {self.expr(ty, 1, True)}; }} {self.expr(ty, 1, True)} }};"
            )
        else:
            i = self.fresh("i")
            self.line(f"let mut {i} = 0u8; let {name}: {ty} = {label}: loop {{ {i} += 1; for j in 0..{i} {{")
            self.line(f"if j * {i} > {n} || {self.expr(y.BOOL, 1)} {{ break {label} {self.expr(ty, 1, True)}; }} }}")
            self.line(f"if {i} == {n} {{ break {self.expr(ty, 1, True)}; }} }};")
        self.declare(name, ty)

    def closure(self) -> None:
        a, b, name, p = y.random_scalar(self.rng), y.random_scalar(self.rng), self.fresh("g"), self.fresh("p")
        depth = len(self.scope)
        self.declare(p, a)
        body = self.expr(b, 2)
        del self.scope[depth:]
        self.line(f"let {name} = {'move ' * self.chance(0.3)}|{p}{f': {a}'}| {body};")
        call = self.rng.choice(
            (
                f"{name}({self.expr(a, 1, True)})",
                f"apply(&{name}, {self.expr(a, 1)})",
                f"apply({name}, {self.expr(a, 1)})",
            )
        )
        self.put(f"({call}, {name}({self.expr(a, 1)}))")

    def counter(self) -> None:
        """A closure that changes what it captures."""
        ty, c, name = y.random_int(self.rng), self.fresh("c"), self.fresh("g")
        self.line(f"let mut {c} = {self.expr(ty, 1)};")
        self.line(f"let mut {name} = |d: {ty}| {{ {c} = {c}.wrapping_mul(3) ^ d; {c} }};")
        self.line(
            self.rng.choice(
                (
                    f"o.put({name}({self.expr(ty, 1)}));",
                    f"o.put(twice(&mut {name}, {self.expr(ty, 1)}));",
                    f"o.put(twice({name}, {self.expr(ty, 1)}));",
                )
            )
        )
        self.put(c)

    def call(self) -> None:
        name, params, result = self.new_function()
        v = self.fresh("r")
        self.line(f"let {v} = {name}({', '.join(self.expr(p, 1, True) for p in params)});")
        self.put(v)
        self.declare(v, result)

    def slice_pattern(self) -> None:
        ty, n = y.random_int(self.rng), self.rng.choice((1, 2, 3, 4, 5))
        a, first, last = self.fresh("a"), self.fresh("h"), self.fresh("t")
        self.line(f"let {a} = {self.array(ty, n, 1, False)};")
        limit = self.rng.choice((f"{n}", f"{self.index(n + 1, 1)}"))
        arms = self.rng.sample((
            f"[] => 0{ty},", f"[{first}] => *{first},", f"[{first}, .., {last}] => {first}.wrapping_sub(*{last}),",
            f"[{first}, {last} @ ..] => {first} ^ {last}.len() as {ty},", f"[1 | 2, {first}, ..] if *{first} > 3 => *{first},",
            f"[.., {first}, _] => !*{first},", f"[{first} @ 0..=50, ..] => {first} / 2,",
        ), 3)  # fmt: skip
        self.put(f"match &{a}[..{limit}] {{ {' '.join(arms)} r => r.iter().fold(9, |a, b| a ^ b) }}")


def needs_type(ty: y.Ty) -> bool:
    """``None`` alone or ``Ok`` alone do not say their type."""
    match ty:
        case y.Option() | y.Result():
            return True
        case y.Tuple(elems):
            return any(map(needs_type, elems))
        case y.Array(elem, _):
            return needs_type(elem)
    return False


def _has_default(ty: y.Ty) -> bool:
    match ty:
        case y.Tuple(elems):
            return all(map(_has_default, elems))
        case y.Array(elem, _):
            return _has_default(elem)
    return not isinstance(ty, y.Result | y.Adt) and ty != y.ORDERING


def _declaration(v: y.Variant) -> str:
    if v.form == "unit":
        return v.name
    if v.form == "tuple":
        return f"{v.name}({', '.join(str(t) for _, t in v.fields)})"
    return f"{v.name} {{ {', '.join(f'{n}: {t}' for n, t in v.fields)} }}"


def _struct(v: y.Variant) -> str:
    return f"struct {_declaration(v)}" + ";" * (v.form == "tuple")


def _put_impl(adt: y.Adt) -> str:
    arms = []
    for i, v in enumerate(adt.variants):
        path = f"{adt.name}::{v.name}" if adt.is_enum else adt.name
        names = [f"a{k}" for k in range(len(v.fields))]
        if v.form == "struct":
            path += f" {{ {', '.join(f'{n}: {k}' for (n, _), k in zip(v.fields, names, strict=True))} }}"
        elif v.form == "tuple":
            path += f"({', '.join(names)})"
        arms.append(f"{path} => {{ o.put({i}u8); {' '.join(f'o.put({n});' for n in names)} }}")
    return f"impl Put for {adt.name} {{ fn put(self, o: &mut Out) {{ match self {{ {' '.join(arms)} }} }} }}"
