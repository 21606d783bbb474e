"""The `unsafe` blocks of a body with what each promises; blocks that promise nothing.

Assumes: the body infers. Guarantees: spans relative to the owner's item, blocks in source order; a block inside
another is unneeded, as rustc has it; what the user's macros make counts, what the library's make does not.

Example: ``unsafe { unsafe { *p } }``: the outer has one obligation, the inner none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, Suggestion
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.library.pointer_calls import ACCESSES, ADDRESSES, LENDS, UNCHECKED
from compiler.query import Database, query
from compiler.resolve.def_map import is_library
from compiler.resolve.lowering import body, signature
from compiler.resolve.resolver import Resolver
from compiler.resolve.source import is_expanded, item_of, item_source
from compiler.ty import types as t
from compiler.ty.infer import infer
from compiler.ty.infer.unsafety import adjusted, call_target, union_patterns, unsafe_operation, visited
from compiler.ty.layout import LayoutError, field_tys, layout_of, valid_range

_CALLS = {**dict.fromkeys(UNCHECKED, "unchecked element"), **dict.fromkeys(ACCESSES, "access"),
          **dict.fromkeys(ADDRESSES, "address"), **dict.fromkeys(LENDS, "reference")}  # fmt: skip
_WORDS = {
    "unsafe call": "call of `{}`",
    "raw pointer": "dereference of a raw pointer",
    "mutable static": "use of `{}`",
    "union field": "read of a union field",
    "inline assembly": "inline assembly",
}
_MACRO_CALL = re.compile(rb"((?:\w+\s*::\s*)*\w+)\s*!")


@dataclass(frozen=True, slots=True)
class Obligation:
    """``kind``: that of the :class:`~compiler.ty.infer.unsafety.UnsafeOperation`; of calls of the library also
    "unchecked element" (skips a bounds check), "access" (reads or writes through a pointer), "address" (computes one),
    "reference" (makes one of a pointer); "any bits" where each bit pattern is a value. ``what``: the operation in
    words; ``name`` of the function or static; ``is_user``: the function is the user's.
    """

    kind: str
    what: str
    span: Span
    name: str = ""
    is_user: bool = False


@dataclass(frozen=True, slots=True)
class UnsafeBlock:
    """``kind``: "block" of the source, "macro" of an expansion, or "fn": what the body of an ``unsafe fn`` does outside
    any block. ``documented``: a ``SAFETY:`` comment stands before it or at its start.
    """

    owner: DefId
    span: Span
    obligations: tuple[Obligation, ...]
    documented: bool
    kind: str = "block"


@query
def unsafe_blocks(db: Database, owner: DefId) -> tuple[UnsafeBlock, ...]:
    """The `unsafe` blocks of a body, and what an ``unsafe fn`` does without one."""
    lowered = body(db, owner)
    if lowered is None:
        return ()
    found = _Finder(db, owner, lowered).found()
    if is_expanded(db, owner):
        found = [replace(b, kind="macro") for b in found if b.obligations]
    return tuple(found)


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
        decl = signature(self.db, self.owner)
        is_unsafe = isinstance(decl, h.FnDecl) and decl.is_unsafe
        out: list[UnsafeBlock] = []
        outside: list[Obligation] = []
        stack = [(self.root, False)]
        while stack:
            expr, raw = stack.pop()
            node = self.store.exprs[expr]
            if isinstance(node, h.Block) and node.is_unsafe:
                out += self._block(expr)
                continue
            if is_unsafe:
                outside += self._obligations(expr, raw)
            stack += visited(self.store, self.result, node)
        if outside:
            ordered = tuple(sorted(outside, key=lambda o: o.span.start))
            out.append(UnsafeBlock(self.owner, self._name_span(), ordered, True, "fn"))
        return sorted(out, key=lambda b: b.span.start)

    def _name_span(self) -> Span:
        item = item_of(self.db, self.owner)
        return item.name_span if item is not None else Span(0, 0)

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
            obligations += self._obligations(at, raw)
            stack += visited(self.store, self.result, node)
        ordered = tuple(sorted(obligations, key=lambda o: o.span.start))
        if self._is_written(expr):
            return [UnsafeBlock(self.owner, self._span(expr), ordered, self._is_documented(expr)), *inner]
        if not ordered or not self._is_by_user(self._span(expr)):
            return inner
        return [UnsafeBlock(self.owner, self._span(expr), ordered, True, "macro"), *inner]

    def _span(self, expr: h.ExprId) -> Span:
        return self.store.expr_spans[expr]

    def _is_written(self, expr: h.ExprId) -> bool:
        """Whether the source has the block, not an expansion."""
        return self.source.startswith(b"unsafe", self._span(expr).start)

    def _is_by_user(self, span: Span) -> bool:
        """Whether the expansion at a span is of a macro of the user's."""
        found = _MACRO_CALL.match(self.source, span.start)
        if span.start == span.end or found is None:
            return False
        path = h.Path(tuple(h.PathSegment(name.strip().decode()) for name in found[1].split(b"::")))
        made = Resolver(self.db, self.owner, signature=True).resolve_macro(path)
        return not isinstance(made, DefId) or not is_library(self.db, made)

    def _is_documented(self, expr: h.ExprId) -> bool:
        span = self._span(expr)
        line = self.source.rfind(b"\n", 0, span.start) + 1
        inside = self.source[span.start : span.start + 200].partition(b"{")[2].lstrip()
        if inside.startswith((b"//", b"/*")) and b"SAFETY" in inside.partition(b"\n")[0]:
            return True
        while line > 0:
            before = self.source.rfind(b"\n", 0, line - 1) + 1
            text = self.source[before : line - 1].strip()
            if not text.startswith((b"//", b"/*", b"#[")):
                break
            if b"SAFETY" in text:
                return True
            line = before
        return b"SAFETY" in self.source[line : span.start]

    def _pattern_obligations(self, node: h.Expr) -> list[Obligation]:
        found = union_patterns(self.store, self.result, node)
        return [Obligation("union field", _WORDS["union field"], self.store.pat_spans[pat]) for pat in found]

    def _obligations(self, expr: h.ExprId, raw: bool) -> list[Obligation]:
        node = self.store.exprs[expr]
        out = self._pattern_obligations(node)
        found = unsafe_operation(self.db, self.store, self.result, expr, raw)
        if found is None:
            return out
        kind, is_user = found.kind, False
        if kind == "unsafe call" and isinstance(node, h.Call | h.MethodCall):
            target = call_target(self.result, expr, node)
            is_user = target is not None and not is_library(self.db, target)
            if target is not None and not is_user:
                kind = _CALLS.get(found.name, kind)
            if found.name == "transmute" and not is_user and self._is_plain_transmute(node):
                kind = "any bits"
        elif kind == "union field" and isinstance(node, h.FieldAccess):
            base = adjusted(self.result, node.base)
            kind = "any bits" if isinstance(base, t.AdtTy) and _is_plain_union(self.db, base) else kind
        what = _WORDS.get(found.kind, found.what).format(found.name)
        return [*out, Obligation(kind, what, self._span(expr), found.name, is_user)]

    def _is_plain_transmute(self, node: h.Call | h.MethodCall) -> bool:
        ty = self.result.expr_types.get(node.callee) if isinstance(node, h.Call) else None
        return isinstance(ty, t.FnDefTy) and all(_is_plain(self.db, a) for a in ty.args if isinstance(a, t.Ty))


def _is_plain(db: Database, ty: t.Ty) -> bool:
    """Whether each bit pattern is a value, and each value has all its bits."""
    if isinstance(ty, t.IntTy | t.FloatTy):
        return True
    if isinstance(ty, t.ArrayTy):
        return _is_plain(db, ty.ty)
    if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT and valid_range(db, ty.def_id) == (None, None):
        fields = field_tys(db, ty, 0)
        try:
            whole, parts = layout_of(db, ty).size, sum(layout_of(db, f).size for f in fields)
        except LayoutError:
            return False
        return whole == parts and all(_is_plain(db, f) for f in fields)
    return False


def _is_plain_union(db: Database, ty: t.AdtTy) -> bool:
    """Whether any field can be read after any other was written."""
    fields = field_tys(db, ty, 0)
    try:
        sizes = {layout_of(db, f).size for f in fields}
    except LayoutError:
        return False
    return len(sizes) == 1 and all(_is_plain(db, f) for f in fields)


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
    blocks = [b for b in unsafe_blocks(db, owner) if b.kind == "block" and not b.obligations]
    if not blocks or is_incomplete(db, owner):
        return []
    source = item_source(db, owner)
    out = []
    for b in blocks:
        end = b.span.start + len("unsafe")
        while source[end : end + 1] == b" ":
            end += 1
        out.append(UnusedUnsafe(owner, b.span, Span(b.span.start, end)).to_diagnostic())
    return out


def is_incomplete(db: Database, owner: DefId) -> bool:
    """Whether some type of the body is not known, so that an operation may be unsafe after all."""
    result = infer(db, owner)
    return any(ty.flags & t.HAS_ERROR for ty in result.expr_types.values())
