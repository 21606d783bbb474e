"""The `unsafe` blocks of a body with what each promises; blocks that promise nothing.

Assumes: the body infers. Guarantees: spans relative to the owner's item, blocks in source order; a block inside
another is unneeded, as rustc has it; blocks that macros make are left out.

Example: ``unsafe { unsafe { *p } }``: the outer has one obligation, the inner none.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, Suggestion
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.resolve.lowering import body
from compiler.resolve.source import is_expanded, item_source
from compiler.ty import types as t
from compiler.ty.infer import infer
from compiler.ty.infer.unsafety import union_patterns, unsafe_operation, visited
from compiler.ty.infer.uses import children

MEMORY_KINDS = frozenset(("mutable static", "raw pointer", "unchecked element"))
_UNCHECKED = frozenset(("get_unchecked", "get_unchecked_mut"))
_WORDS = {
    "unsafe call": "call of `{}`",
    "raw pointer": "dereference of a raw pointer",
    "mutable static": "use of `{}`",
    "union field": "read of a union field",
    "inline assembly": "inline assembly",
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """``kind``: that of the :class:`~compiler.ty.infer.unsafety.UnsafeOperation`, or "unchecked element" of a call that
    skips a bounds check; ``what``: the operation in words."""

    kind: str
    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class UnsafeBlock:
    """``documented``: a ``SAFETY:`` comment stands before it or at its start."""

    owner: DefId
    span: Span
    obligations: tuple[Obligation, ...]
    documented: bool


@query
def unsafe_blocks(db: Database, owner: DefId) -> tuple[UnsafeBlock, ...]:
    """The `unsafe` blocks of a body."""
    lowered = body(db, owner)
    if lowered is None or is_expanded(db, owner):
        return ()
    return tuple(_Finder(db, owner, lowered).found())


class _Finder:
    """Walks one body."""

    def __init__(self, db: Database, owner: DefId, lowered: h.Body) -> None:
        self.db = db
        self.owner = owner
        self.store = lowered.store
        self.root = lowered.root
        self.result = infer(db, owner)
        self.source = item_source(db, owner)

    def found(self) -> list[UnsafeBlock]:
        out: list[UnsafeBlock] = []
        stack = [self.root]
        while stack:
            expr = stack.pop()
            node = self.store.exprs[expr]
            if isinstance(node, h.Block) and node.is_unsafe:
                out += self._block(expr)
            else:
                stack += children(node)
        return sorted(out, key=lambda b: b.span.start)

    def _block(self, expr: h.ExprId) -> list[UnsafeBlock]:
        """A block, and the blocks inside it, which are unneeded."""
        obligations = self._pattern_obligations(self.store.exprs[expr])
        inner: list[UnsafeBlock] = []
        stack = visited(self.store, self.result, self.store.exprs[expr])
        while stack:
            at, raw = stack.pop()
            node = self.store.exprs[at]
            if isinstance(node, h.Block) and node.is_unsafe and self._is_written(at):
                inner.append(UnsafeBlock(self.owner, self._span(at), (), True))
            made = self._obligation(at, raw)
            if made is not None:
                obligations.append(made)
            obligations += self._pattern_obligations(node)
            stack += visited(self.store, self.result, node)
        if not self._is_written(expr):
            return []
        ordered = tuple(sorted(obligations, key=lambda o: o.span.start))
        return [UnsafeBlock(self.owner, self._span(expr), ordered, self._is_documented(expr)), *inner]

    def _span(self, expr: h.ExprId) -> Span:
        return self.store.expr_spans[expr]

    def _is_written(self, expr: h.ExprId) -> bool:
        """Whether the source has the block, not an expansion."""
        return self.source.startswith(b"unsafe", self._span(expr).start)

    def _is_documented(self, expr: h.ExprId) -> bool:
        span = self._span(expr)
        line = self.source.rfind(b"\n", 0, span.start) + 1
        inside = self.source[span.start : span.start + 200].partition(b"{")[2].lstrip()
        if inside.startswith(b"//") and b"SAFETY" in inside.partition(b"\n")[0]:
            return True
        while line > 0:
            before = self.source.rfind(b"\n", 0, line - 1) + 1
            text = self.source[before : line - 1].strip()
            if not text.startswith(b"//"):
                break
            if b"SAFETY" in text:
                return True
            line = before
        return b"SAFETY" in self.source[line : span.start]

    def _pattern_obligations(self, node: h.Expr) -> list[Obligation]:
        found = union_patterns(self.store, self.result, node)
        return [Obligation("union field", _WORDS["union field"], self.store.pat_spans[pat]) for pat in found]

    def _obligation(self, expr: h.ExprId, raw: bool) -> Obligation | None:
        found = unsafe_operation(self.db, self.store, self.result, expr, raw)
        if found is None:
            return None
        is_element = found.kind == "unsafe call" and found.name in _UNCHECKED
        kind = "unchecked element" if is_element else found.kind
        return Obligation(kind, _WORDS.get(found.kind, found.what).format(found.name), self._span(expr))


# ---------------------------------------------------------------- the lint


@dataclass(frozen=True, slots=True)
class UnusedUnsafe:
    """A block that needs no `unsafe`."""

    owner: DefId
    span: Span
    keyword: Span

    def to_diagnostic(self) -> Diagnostic:
        edit = Edit(self.keyword, "", self.owner)
        fix = Suggestion("remove `unsafe`", (edit,), Applicability.MACHINE_APPLICABLE)
        label = Label(Span(self.span.start, self.span.start + len("unsafe")), "unnecessary `unsafe` block", self.owner)
        return Diagnostic(
            Severity.WARNING, "unused_unsafe", "unnecessary `unsafe` block", label, (), (), (fix,), ("unnecessary",)
        )


def unused_unsafe(db: Database, owner: DefId) -> list[Diagnostic]:
    """A warning for each `unsafe` block without an unsafe operation."""
    blocks = [b for b in unsafe_blocks(db, owner) if not b.obligations]
    if not blocks or _is_incomplete(db, owner):
        return []
    source = item_source(db, owner)
    out = []
    for b in blocks:
        end = b.span.start + len("unsafe")
        while source[end : end + 1] == b" ":
            end += 1
        out.append(UnusedUnsafe(owner, b.span, Span(b.span.start, end)).to_diagnostic())
    return out


def _is_incomplete(db: Database, owner: DefId) -> bool:
    """Whether some type of the body is not known, so that an operation may be unsafe after all."""
    result = infer(db, owner)
    return any(ty.flags & t.HAS_ERROR for ty in result.expr_types.values())
