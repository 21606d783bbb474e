"""Random matches: functions whose value tells which arm ran and what it bound.

``Patterns(seed).function(i)`` is a const fn that runs seven values through one random ``match`` (or ``if let``, ``let
else``) and folds what happened into a number; ``Patterns(seed).partial_match(i)`` is a match without a catch-all, for
exhaustiveness.
"""

from __future__ import annotations

import random

PRELUDE = """#![allow(unused, unreachable_patterns, unused_parens)]
#![allow(overlapping_range_endpoints, non_contiguous_range_endpoints)]
#[derive(Clone, Copy)] pub enum E { A, B(u32), C { x: u8, y: Option<bool> }, D(u32, i8) }
#[derive(Clone, Copy)] pub struct P { a: u32, b: (u8, bool), o: Option<i8> }
const K1: u32 = 3; const K2: u8 = 200;
"""
LITERALS = {
    "u32": ["0", "1", "2", "3", "5", "7", "9", "100"],
    "u8": ["0", "1", "2", "3", "9", "200", "255"],
    "i8": ["-128", "-5", "-1", "0", "1", "2", "7", "127"],
    "bool": ["true", "false"],
    "char": ["'0'", "'a'", "'m'", "'z'"],
}
TYPES = [
    *LITERALS, "E", "P", "Option<u32>", "Option<E>", "(u8, bool)", "(i8, u32, bool)", "(E, u8)",
    "(Option<u8>, Option<u8>)",
    "[u32; 3]", "&[u32]",
]  # fmt: skip
FIELDS = {
    "E::B": ["u32"],
    "E::C": ["u8", "Option<bool>"],
    "E::D": ["u32", "i8"],
    "P": ["u32", "(u8, bool)", "Option<i8>"],
}
Pattern = tuple[str, list[tuple[str, str]]]  # text, (variable, type) bound


class Patterns:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pick = self.random.choice
        self.n_vars = 0

    def chance(self, p: float) -> bool:
        return self.random.random() < p

    def variable(self) -> str:
        self.n_vars += 1
        return f"v{self.n_vars}"

    # -- patterns

    def pattern(self, ty: str, depth: int = 3, bind: bool = True) -> Pattern:
        if self.chance(0.15):
            return "_", []
        if bind and self.chance(0.18):
            name = self.variable()
            return name, [(name, ty)]
        if depth > 0 and bind and self.chance(0.08):
            name = self.variable()
            return f"{name} @ ({self.pattern(ty, depth - 1, False)[0]})", [(name, ty)]
        if depth > 0 and self.chance(0.16):
            return "(" + " | ".join(self.pattern(ty, depth - 1, False)[0] for _ in range(self.pick([2, 3]))) + ")", []
        if ty in LITERALS:
            return self.scalar(ty), []
        return self.aggregate(ty, depth - 1, bind)

    def scalar(self, ty: str) -> str:
        literals = LITERALS[ty]
        if ty != "bool" and self.chance(0.4):
            low, high = sorted(self.random.choices(range(len(literals)), k=2))
            return self.pick(
                [f"({literals[low]}..={literals[high]})", f"({literals[low]}..)", f"(..={literals[high]})"]
            )
        named = {"u32": "K1", "u8": "K2"}.get(ty)
        return named if named and self.chance(0.2) else self.pick(literals)

    def all_of(self, tys: list[str], depth: int, bind: bool) -> tuple[list[str], list[tuple[str, str]]]:
        made = [self.pattern(ty, depth, bind) for ty in tys]
        return [text for text, _ in made], [b for _, bound in made for b in bound]

    def aggregate(self, ty: str, depth: int, bind: bool) -> Pattern:
        if ty == "E":
            variant = self.pick(["E::A", "E::B", "E::C", "E::D"])
            texts, bound = self.all_of(FIELDS.get(variant, []), depth, bind)
            if variant == "E::C":
                return f"E::C {{ x: {texts[0]}, y: {texts[1]} }}", bound
            return (variant, []) if variant == "E::A" else (f"{variant}({', '.join(texts)})", bound)
        if ty == "P":
            texts, bound = self.all_of(FIELDS["P"], depth, bind)
            return f"P {{ a: {texts[0]}, b: {texts[1]}, o: {texts[2]} }}", bound
        if ty.startswith("Option<"):
            if self.chance(0.4):
                return "None", []
            text, bound = self.pattern(ty[7:-1], depth, bind)
            return f"Some({text})", bound
        if ty.startswith("("):
            texts, bound = self.all_of(ty[1:-1].split(", "), depth, bind)
            return f"({', '.join(texts)})", bound
        return self.slice(ty, depth, bind)

    def slice(self, ty: str, depth: int, bind: bool) -> Pattern:
        n = 3 if ty == "[u32; 3]" and self.chance(0.5) else self.random.randint(0, 3)
        has_rest = n < 3 if ty == "[u32; 3]" else self.chance(0.5)
        texts, bound = self.all_of(["u32"] * n, depth, bind)
        if has_rest:
            texts.insert(self.random.randint(0, n), "..")
        by = "&" if ty.startswith("&") else ""
        return f"[{', '.join(texts)}]", [(name, by + var_ty) for name, var_ty in bound]

    # -- values and programs

    def value(self, ty: str) -> str:
        if ty in LITERALS:
            return self.pick(LITERALS[ty])
        if ty == "E":
            b, c, d = ([self.value(f) for f in FIELDS[v]] for v in ("E::B", "E::C", "E::D"))
            return self.pick(["E::A", f"E::B({b[0]})", f"E::C {{ x: {c[0]}, y: {c[1]} }}", f"E::D({d[0]}, {d[1]})"])
        if ty == "P":
            a, b, c = (self.value(f) for f in FIELDS["P"])
            return f"P {{ a: {a}, b: {b}, o: {c} }}"
        if ty.startswith("Option<"):
            return self.pick(["None", f"Some({self.value(ty[7:-1])})"])
        if ty.startswith("("):
            return f"({', '.join(self.value(part) for part in ty[1:-1].split(', '))})"
        n = 3 if ty == "[u32; 3]" else self.random.randint(0, 4)
        return ("&" if ty.startswith("&") else "") + f"[{', '.join(self.value('u32') for _ in range(n))}]"

    def number(self, name: str, ty: str) -> str:
        if ty.startswith("&"):
            name, ty = f"*{name}", ty[1:]
        if ty == "u32":
            return name
        if ty in LITERALS:
            return f"({name} as u32)"
        return f"({name}.1 as u32)" if ty in ("(u8, bool)", "(i8, u32, bool)", "(E, u8)") else "77"

    def fold(self, bound: list[tuple[str, str]]) -> str:
        return "acc" + "".join(f".wrapping_mul(31).wrapping_add({self.number(n, ty)})" for n, ty in bound)

    def arm(self, ty: str, index: int) -> str:
        text, bound = self.pattern(ty)
        guards = ["g > 2", "!h", "g == 1 || h", *[f"{self.number(*b)} > 3" for b in bound[:1]]]
        guard = f" if {self.pick(guards)}" if self.chance(0.35) else ""
        value = f"{self.fold(bound)}.wrapping_add({index})"
        if self.chance(0.15):
            value = f"{{ acc = {value}; {self.pick(['continue', 'break'])} }}"
        return f"{text}{guard} => {value},"

    def step(self, ty: str) -> str:
        form = self.random.random()
        if form < 0.75:
            arms = " ".join(self.arm(ty, i) for i in range(self.random.randint(2, 6)))
            return f"match x {{ {arms} _ => acc ^ 0x55 }}"
        text, bound = self.pattern(ty)
        if form < 0.9:
            return f"if let {text} = x && g != 3 {{ {self.fold(bound)} }} else {{ acc ^ 9 }}"
        return f"{{ let {text} = x else {{ acc ^= 3; g += 1; continue }}; {self.fold(bound)} }}"

    def function(self, index: int) -> str:
        ty = self.pick(TYPES)
        values = ", ".join(self.value(ty) for _ in range(7))
        loop = f"let x = xs[g as usize]; let h = g % 2 == 0; g += 1; acc = {self.step(ty)};"
        body = f"let mut acc = 7u32; let xs: [{ty}; 7] = [{values}]; let mut g = 0u32; while g < 7 {{ {loop} }} acc"
        return f"pub const fn f{index}() -> u32 {{ {body} }}\n"

    def partial_match(self, index: int) -> str:
        ty = self.pick([*TYPES, "(bool, bool, bool)", "Option<bool>", "(Option<bool>, E)"])
        n = self.random.randint(1, 7)
        arms = " ".join(f"{self.pattern(ty, 3, False)[0]}{self.pick(['', '', '', ' if g'])} => {k}," for k in range(n))
        return f"pub fn f{index}(x: {ty}, g: bool) -> u32 {{ match x {{ {arms} }} }}\n"
