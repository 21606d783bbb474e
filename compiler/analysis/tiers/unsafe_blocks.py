"""The `unsafe` blocks of a body with what each promises; blocks that promise nothing.

Assumes: the body infers. Guarantees: spans relative to the owner's item, blocks in source order; a block inside
another is unneeded, as rustc has it; blocks that macros make are left out.

Example: ``unsafe { unsafe { *p } }``: the outer has one obligation, the inner none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, Suggestion
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.attrs import attributes
from compiler.resolve.lowering import body
from compiler.resolve.source import item_source, origin
from compiler.ty import results as r
from compiler.ty import types as t
from compiler.ty.infer import infer
from compiler.ty.infer.uses import children

MEMORY_KINDS = frozenset(("mutable static", "raw pointer", "unchecked element"))
_UNCHECKED = frozenset(("get_unchecked", "get_unchecked_mut"))


@dataclass(frozen=True, slots=True)
class Obligation:
    """``kind``: "mutable static", "raw pointer", "unchecked element", "unsafe call", "union field" or "inline
    assembly"; ``what``: the operation in words."""

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
    if lowered is None or origin(db, owner).expanded is not None:
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
        obligations: list[Obligation] = []
        inner: list[UnsafeBlock] = []
        stack = [(child, False) for child in children(self.store.exprs[expr])]
        while stack:
            at, raw = stack.pop()
            node = self.store.exprs[at]
            if isinstance(node, h.Block) and node.is_unsafe and self._is_written(at):
                inner.append(UnsafeBlock(self.owner, self._span(at), (), True))
            made = self._obligation(at, node, raw)
            if made is not None:
                obligations.append(made)
            is_raw = isinstance(node, h.AddrOf) and node.raw
            stack += [(child, is_raw) for child in children(node)]
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

    def _obligation(self, expr: h.ExprId, node: h.Expr, raw: bool) -> Obligation | None:
        span = self._span(expr)
        if isinstance(node, h.Call | h.MethodCall):
            name = self._unsafe_callee(expr, node)
            if name is None:
                return None
            kind = "unchecked element" if name in _UNCHECKED else "unsafe call"
            return Obligation(kind, f"call of `{name}`", span)
        if isinstance(node, h.Unary) and node.op == "*":
            is_pointer = isinstance(self.result.expr_types.get(node.expr), t.PtrTy)
            return Obligation("raw pointer", "dereference of a raw pointer", span) if is_pointer and not raw else None
        if isinstance(node, h.PathExpr):
            return self._static(expr, raw, span)
        if isinstance(node, h.FieldAccess) and not raw:
            base = self.result.expr_types.get(node.base)
            if isinstance(base, t.AdtTy) and base.def_id.kind is DefKind.UNION:
                return Obligation("union field", "read of a union field", span)
        if isinstance(node, h.PtxAsm):
            return Obligation("inline assembly", "inline assembly", span)
        return None

    def _static(self, expr: h.ExprId, raw: bool, span: Span) -> Obligation | None:
        from compiler.resolve.lowering import signature

        res = self.result.values.get(expr)
        if raw or not isinstance(res, r.DefRes) or res.def_id.kind is not DefKind.STATIC:
            return None
        decl = signature(self.db, res.def_id)
        if isinstance(decl, h.ConstDecl) and decl.mutable:
            return Obligation("mutable static", f"use of `{res.def_id.name}`", span)
        return None

    def _unsafe_callee(self, expr: h.ExprId, node: h.Call | h.MethodCall) -> str | None:
        from compiler.ty.collect import fn_sig

        if isinstance(node, h.MethodCall):
            method = self.result.methods.get(expr)
            target = method.def_id if method is not None else None
        else:
            ty = self.result.expr_types.get(node.callee)
            if isinstance(ty, t.FnPtrTy):
                return "a function pointer" if ty.is_unsafe else None
            target = ty.def_id if isinstance(ty, t.FnDefTy) else None
        if target is None or target.kind is not DefKind.FN:
            return None
        return target.name if fn_sig(self.db, target).is_unsafe else None


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


_ALLOWS = re.compile(rb"#!\[\s*(?:allow|expect)\s*\(([^)]*)\)")


def unused_unsafe(db: Database, owner: DefId) -> list[Diagnostic]:
    """A warning for each `unsafe` block without an unsafe operation."""
    blocks = [b for b in unsafe_blocks(db, owner) if not b.obligations]
    if not blocks or _is_allowed(db, owner) or _is_incomplete(db, owner):
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


def _is_allowed(db: Database, owner: DefId) -> bool:
    from compiler.hir.inputs import source_bytes

    at: DefId | None = owner
    while at is not None:
        for attr in attributes(db, at):
            if attr.path in ("allow", "expect") and _names_lint(attr.tokens):
                return True
        at = at.parent
    text = source_bytes(db, origin(db, owner).file)
    return any(_names_lint(m[1].decode("utf-8", "replace")) for m in _ALLOWS.finditer(text))


def _names_lint(tokens: str) -> bool:
    words = re.findall(r"\w+", tokens)
    return "unused_unsafe" in words or "unused" in words or "warnings" in words
