"""Random functions that move, branch, loop and leave, over values whose destructors write a log.

``Drops(seed).function(i)`` is ``f{i}() -> u64``: a hash of the order in which everything was dropped. Scopes track
what is still owned, so that the programs are accepted by the borrow checker.
"""

from __future__ import annotations

import random

PRELUDE = """#![allow(unused)]
use core::cell::Cell;
pub struct T { log: Cell<u64>, n: Cell<u32> }
pub struct D<'a>(&'a T, u32);
impl<'a> Drop for D<'a> {
    fn drop(&mut self) { self.0.log.set(self.0.log.get().wrapping_mul(31).wrapping_add(self.1 as u64)); }
}
pub struct P<'a> { a: D<'a>, b: D<'a>, k: u32 }
pub struct Q<'a> { p: P<'a>, d: D<'a> }
pub enum E<'a> { A(D<'a>), B { x: D<'a>, y: D<'a> }, C(u32) }
impl<'a> D<'a> {
    fn get(&self) -> u32 { self.1 }
    fn opt(&self) -> Option<u32> { if self.1 % 2 == 0 { Some(self.1) } else { None } }
    fn id(self) -> D<'a> { self }
}
pub fn eat<'a>(d: D<'a>) -> u32 { d.1 }
pub fn eat2<'a>(d: D<'a>, e: D<'a>) -> u32 { d.1 + e.1 }
pub fn mk<'a>(t: &'a T) -> D<'a> { t.n.set(t.n.get() + 1); D(t, t.n.get()) }
pub fn c<'a>(t: &'a T) -> bool { t.n.set(t.n.get() + 1); (t.n.get() * 7 + t.log.get() as u32) % 3 != 0 }
"""
ENTRY = """pub fn f{i}() -> u64 {{
    let t = T {{ log: Cell::new(1), n: Cell::new(0) }};
    let p = mk(&t); let q = P {{ a: mk(&t), b: mk(&t), k: 1 }};
    let a = g{i}(&t, p, q); t.log.get().wrapping_mul(31).wrapping_add(a as u64)
}}
"""
ARMS = [
    "E::A(z) => eat(z), E::B { x, .. } => x.get(), E::C(q) => q",
    "E::A(ref z) => z.get(), E::B { x, y } => eat(y), E::C(q) => q",
    "E::A(z) if c(t) => z.get(), E::B { y: _, x: w } if c(t) => eat(w), _ => 8",
]
Scope = dict[str, str]  # variable -> "D", "P", "Q", or "moved" for one moved in part


class Drops:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pick = self.random.choice
        self.n_vars = 0
        self.depth = 0

    def variable(self, scope: Scope | None = None, ty: str = "D") -> str:
        self.n_vars += 1
        name = f"x{self.n_vars}"
        if scope is not None:
            scope[name] = ty
        return name

    def owned(self, scope: Scope, ty: str) -> list[str]:
        return [name for name, found in scope.items() if found == ty]

    # -- expressions of type D

    def value(self, scope: Scope) -> str:
        form = self.pick(["move", "move", "field", "nested", "id", "if", "block", "make", "make", "make"])
        if form == "move" and self.owned(scope, "D"):
            name = self.pick(self.owned(scope, "D"))
            del scope[name]
            return name
        if form == "field" and self.owned(scope, "P"):
            name = self.pick(self.owned(scope, "P"))
            scope[name] = "moved"
            return f"{name}.{self.pick('ab')}"
        if form == "nested" and self.owned(scope, "Q"):
            name = self.pick(self.owned(scope, "Q"))
            scope[name] = "moved"
            return f"{name}.{self.pick(['d', 'p.a', 'p.b'])}"
        if form == "id":
            return f"{self.value(scope)}.id()"
        if form == "if":
            then, otherwise = dict(scope), dict(scope)
            text = f"(if c(t) {{ {self.value(then)} }} else {{ {self.value(otherwise)} }})"
            self.forget(scope, then, otherwise)
            return text
        if form == "block":
            inner = dict(scope)
            statements = "".join(self.statement(inner, False) for _ in range(self.pick([0, 1, 2])))
            text = f"{{ {statements}{self.value(inner)} }}"
            self.forget(scope, inner)
            return text
        return "mk(t)"

    def forget(self, scope: Scope, *branches: Scope) -> None:
        """What a branch may have moved is no longer owned."""
        for name in list(scope):
            if any(branch.get(name) != scope[name] for branch in branches):
                del scope[name]

    def number(self, scope: Scope) -> str:
        """An expression of type u32 with temporaries."""
        form = self.pick(["borrow", "temp", "eat", "eat2", "two", "match", "iflet"])
        if form == "borrow" and self.owned(scope, "D"):
            return f"{self.pick(self.owned(scope, 'D'))}.get()"
        if form == "eat":
            return f"eat({self.value(scope)})"
        if form == "eat2":
            first = self.value(scope)
            return f"eat2({first}, {self.value(scope)})"
        if form == "two":
            return "(mk(t).get() + mk(t).get())"
        if form == "match":
            return "match mk(t).opt() { Some(k) => k + mk(t).get(), None => 3 }"
        if form == "iflet":
            return "(if let Some(k) = mk(t).opt() { k } else { mk(t).get() })"
        return f"{self.value(scope)}.get()"

    # -- statements

    def statement(self, scope: Scope, in_loop: bool) -> str:
        forms = [
            self.let,
            self.let,
            self.add,
            self.discard,
            self.aggregate,
            self.tuple,
            self.leave,
            self.assign,
            self.borrow,
        ]
        if self.depth < 3:
            forms += [self.branch, self.branch, self.loop, self.match, self.if_let, self.let_else, self.closure]
        return self.pick(forms)(scope, in_loop)

    def block(self, scope: Scope, in_loop: bool) -> tuple[str, Scope]:
        inner = dict(scope)
        self.depth += 1
        text = "".join(self.statement(inner, in_loop) for _ in range(self.random.randint(1, 3)))
        self.depth -= 1
        return text, inner

    def let(self, scope: Scope, in_loop: bool) -> str:
        value = self.value(scope)
        return f"let {self.variable(scope)} = {value}; "

    def discard(self, scope: Scope, in_loop: bool) -> str:
        return f"{self.pick(['let _ = ', ''])}{self.value(scope)}; "

    def add(self, scope: Scope, in_loop: bool) -> str:
        return f"acc = acc.wrapping_mul(3).wrapping_add({self.number(scope)}); "

    def aggregate(self, scope: Scope, in_loop: bool) -> str:
        first, second = self.value(scope), self.value(scope)
        pair = f"P {{ {self.pick(['a: {}, b: {}', 'b: {}, a: {}']).format(first, second)}, k: 1 }}"
        if self.pick([True, False]):
            return f"let {self.variable(scope, 'P')} = {pair}; "
        value = self.value(scope)
        return f"let {self.variable(scope, 'Q')} = Q {{ p: {pair}, d: {value} }}; "

    def tuple(self, scope: Scope, in_loop: bool) -> str:
        first, second = self.value(scope), self.value(scope)
        name = self.variable(scope)
        other = self.pick(["_", self.variable(scope)])
        if other == "_":
            scope.pop(f"x{self.n_vars}")
        return f"let ({name}, {other}) = ({first}, {second}); "

    def leave(self, scope: Scope, in_loop: bool) -> str:
        how = self.pick(["break", "continue"]) if in_loop else "return acc"
        return f"if c(t) {{ {how}; }} "

    def assign(self, scope: Scope, in_loop: bool) -> str:
        value, name = self.value(scope), self.variable()
        return f"let mut {name} = {value}; if c(t) {{ {name} = mk(t); }} acc += {name}.get(); "

    def borrow(self, scope: Scope, in_loop: bool) -> str:
        name = self.variable()
        return f"let {name} = &mk(t); acc += {name}.get(); "

    def branch(self, scope: Scope, in_loop: bool) -> str:
        then, after_then = self.block(scope, in_loop)
        if self.pick([True, False]):
            self.forget(scope, after_then)
            return f"if c(t) && mk(t).get() > 1 {{ {then} }} "
        otherwise, after_else = self.block(scope, in_loop)
        self.forget(scope, after_then, after_else)
        return f"if c(t) {{ {then} }} else {{ {otherwise} }} "

    def loop(self, scope: Scope, in_loop: bool) -> str:
        body, _ = self.block({}, True)
        count = self.variable()
        return f"let mut {count} = 0; while {count} < 3 {{ {count} += 1; {body} }} "

    def match(self, scope: Scope, in_loop: bool) -> str:
        first, name = self.value(scope), self.variable()
        if self.pick([True, False]):
            made = f"E::B {{ x: {first}, y: {self.value(scope)} }}"
        else:
            made = self.pick([f"E::A({first})", f"if c(t) {{ E::A({first}) }} else {{ E::C(3) }}"])
        return f"let {name} = {made}; acc += match {name} {{ {self.pick(ARMS)} }}; "

    def if_let(self, scope: Scope, in_loop: bool) -> str:
        value, name = self.value(scope), self.variable()
        use = self.pick(["eat(w)", "w.get()"])
        return f"let {name} = if c(t) {{ Some({value}) }} else {{ None }}; if let Some(w) = {name} {{ acc += {use}; }} "

    def let_else(self, scope: Scope, in_loop: bool) -> str:
        value = self.value(scope)
        name = self.variable(scope)
        return f"let Some({name}) = (if c(t) {{ Some({value}) }} else {{ None }}) else {{ return acc + 1 }}; "

    def closure(self, scope: Scope, in_loop: bool) -> str:
        if not self.owned(scope, "D"):
            return ""
        captured, name = self.pick(self.owned(scope, "D")), self.variable()
        del scope[captured]
        return f"let {name} = move || {captured}.get(); acc += {name}(); "

    def function(self, index: int) -> str:
        scope = {"p": "D", "q": "P"}
        body = "".join(self.statement(scope, False) for _ in range(self.random.randint(2, 6)))
        tail = self.pick(["acc", "acc + mk(t).get()", "{ let z = mk(t); z.get() + acc }"])
        head = f"pub fn g{index}<'a>(t: &'a T, p: D<'a>, q: P<'a>) -> u32"
        return f"{head} {{ let mut acc = 0u32; {body}{tail} }}\n{ENTRY.format(i=index)}"
