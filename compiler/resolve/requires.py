"""The relations of ``requires`` in a launch contract.

What it is: a checker of their grammar: one comparison between sums, differences and products of ``slice.len()``,
unsigned integer parameters and literals (kernel-language.md 1.6). The host evaluates them before a launch.

Guarantees: one ``K0108`` error per relation, at the words that are wrong, naming the operands the kernel offers.

Example: ``(out.len() >= n * 2)`` for ``fn k(n: u32, mut out: DisjointSlice<f32>)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.resolve.launch_attrs import AttributeTokens, parse_integer
from compiler.syntax.lexer import IDENT, NUM

if TYPE_CHECKING:
    from compiler.resolve.launch_attrs import LaunchReader

_COMPARISONS = frozenset((">=", ">", "<=", "<", "==", "!="))
_OPERATORS = frozenset(("+", "-", "*"))
_UNSIGNED = frozenset(("u8", "u16", "u32", "u64", "usize"))
_SIGNED = frozenset(("i8", "i16", "i32", "i64", "i128", "isize"))


class _Stop(Exception):
    """The relation is wrong; reported."""


def parameter_kind(ref: h.TypeRef) -> str:
    """ "slice", "unsigned", "signed" or "other", by how the type is written."""
    if isinstance(ref, h.RefType):
        return "slice" if isinstance(ref.ty, h.SliceType) else "other"
    if isinstance(ref, h.PathType) and ref.path.segments:
        name = ref.path.segments[-1].name
        if name == "DisjointSlice":
            return "slice"
        args = ref.path.segments[-1].args
        if name == "Uniform" and args is not None and len(args.args) == 1 and isinstance(args.args[0], h.PathType):
            return parameter_kind(args.args[0])
        if name in _UNSIGNED:
            return "unsigned"
        return "signed" if name in _SIGNED else "other"
    return "other"


def check_requires(reader: LaunchReader, tokens: AttributeTokens, first: int, last: int) -> None:
    """Check one relation, tokens ``first..last``."""
    decl = reader.decl()
    params = {p.name: parameter_kind(p.ty) for p in decl.params if p.name} if decl is not None else {}
    try:
        _Relation(reader, tokens, params, first, last).read()
    except _Stop:
        return


class _Relation:
    def __init__(
        self, reader: LaunchReader, tokens: AttributeTokens, params: dict[str, str], first: int, last: int
    ) -> None:
        self.reader = reader
        self.tokens = tokens
        self.kinds = tokens.tokens.kinds
        self.texts = tokens.tokens.texts
        self.params = params
        self.at = first
        self.first = first
        self.last = last

    def fail(self, span: Span, what: str) -> None:
        usable = [f"{n}.len()" if k == "slice" else n for n, k in self.params.items() if k in ("slice", "unsigned")]
        operands = ", ".join(f"`{name}`" for name in usable) or "none"
        note = f"a relation compares sums, differences and products of these operands and integer literals: {operands}"
        self.reader.error("K0108", span, what, note)
        raise _Stop

    def here(self) -> Span:
        return self.tokens.span(self.at, min(self.at + 1, self.last))

    def read(self) -> None:
        self.sum()
        if self.at >= self.last or self.kinds[self.at] not in _COMPARISONS:
            if self.at < self.last:
                self._not_an_operator()
            self.fail(self.tokens.span(self.first, self.last), "a `requires` relation must be one comparison")
        self.at += 1
        self.sum()
        if self.at < self.last:
            if self.kinds[self.at] in _COMPARISONS:
                self.fail(self.here(), "comparisons in `requires` cannot be chained")
            self._not_an_operator()

    def _not_an_operator(self) -> None:
        self.fail(
            self.here(),
            f"operator `{self.kinds[self.at] if self.kinds[self.at] != IDENT else self.texts[self.at]}` "
            "is not supported in `requires`",
        )

    def sum(self) -> None:
        self.operand()
        while self.at < self.last and self.kinds[self.at] in _OPERATORS:
            self.at += 1
            self.operand()

    def operand(self) -> None:
        if self.at >= self.last:
            self.fail(self.tokens.span(self.last - 1, self.last), "an operand is missing here")
        kind = self.kinds[self.at]
        if kind == "(":
            self.at += 1
            self.sum()
            if self.at >= self.last or self.kinds[self.at] != ")":
                self.fail(self.here(), "expected `)`")
            self.at += 1
        elif kind == NUM:
            value = parse_integer(self.texts[self.at])
            if value is None or value >= 1 << 64:
                self.fail(self.here(), "numbers in `requires` are integers that fit `u64`")
            self.at += 1
        elif kind == IDENT:
            self.name()
        else:
            self._not_an_operator()

    def name(self) -> None:
        name, span = self.texts[self.at], self.here()
        kind = self.params.get(name)
        if kind is None:
            self.fail(span, f"`{name}` in `requires` is not a parameter of the kernel")
        calls_len = self.at + 1 < self.last and self.kinds[self.at + 1] == "."
        if calls_len:
            self.length(name, kind or "")
            return
        if kind == "slice":
            self.fail(span, f"the slice `{name}` can appear in `requires` only as `{name}.len()`")
        if kind == "signed":
            self.fail(span, f"the signed parameter `{name}` cannot be used in `requires`; make it unsigned")
        if kind == "other":
            self.fail(span, f"`{name}` is not an unsigned integer, so it cannot be used in `requires`")
        self.at += 1

    def length(self, name: str, kind: str) -> None:
        start = self.at
        wanted = ("len", "(", ")")
        found = tuple(
            self.texts[i] if self.kinds[i] == IDENT else self.kinds[i]
            for i in range(self.at + 2, min(self.at + 5, self.last))
        )
        span = self.tokens.span(start, min(self.at + 5, self.last))
        if found != wanted:
            self.fail(span, "the only method `requires` knows is `.len()`")
        if kind != "slice":
            self.fail(span, f"`.len()` in `requires` needs a slice; `{name}` is none")
        self.at += 5
