"""Fixes of borrow errors that rewrite statements: a `let` for a temporary, a use moved earlier, a reborrow, a split.

What it is: the statements around an error are found in the HIR and cut out of the item's text. A fix is *certain* only
where applying it makes the message go away and nothing that the edit touches can change its meaning for the borrow
checker; a fix that changes which of two things happens first, where that can be seen, is offered but not certain.

Assumes: spans of the owner's own text. Guarantees: no fix where statements come from a macro or a desugaring.

Example: ``let s = name().trim();`` with a later use of ``s`` becomes ``let binding = name();`` and
``let s = binding.trim();``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.errors import Fix
from compiler.analysis.borrowck.later_use import Explanation, LaterUse
from compiler.analysis.borrowck.places import is_mut
from compiler.analysis.borrowck.verdicts import Conflict, UseOfMoved
from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.mir import body as m
from compiler.resolve.lowering import body as hir_body
from compiler.resolve.source import item_source
from compiler.ty import types as t

Fixes = tuple[Fix, ...]
_CONTROL = (h.Closure, h.If, h.Match, h.Loop, h.Block, h.Let, h.Return, h.Break, h.Continue)
_WORD = re.compile(r"\b[A-Za-z_]\w*\b")
_ELEMENT = re.compile(r"&mut\s+([A-Za-z_]\w*)\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class _Statement:
    """``span`` up to its semicolon; ``block`` the braces around it; ``index`` among its siblings."""

    span: Span
    block: Span
    index: int
    declares: frozenset[str]


class _Source:
    """The text of a body's owner and its statements."""

    def __init__(self, cx: Context) -> None:
        self.text = item_source(cx.db, cx.owner)
        found = hir_body(cx.db, cx.owner)
        self.store = found.store if found is not None else h.ExprStore()

    def at(self, span: Span) -> str:
        return self.text[span.start : span.end].decode("utf-8", "replace")

    def statement_around(self, span: Span) -> _Statement | None:
        """The innermost statement that holds a span."""
        best: _Statement | None = None
        for expr, block in zip(self.store.exprs, self.store.expr_spans, strict=True):
            if type(expr) is not h.Block or not _within(span, block):
                continue
            for index, stmt in enumerate(expr.stmts):
                whole = self._span_of(stmt)
                if whole is not None and _within(span, whole) and _within(whole, block):
                    if best is None or _within(block, best.block):
                        best = _Statement(whole, block, index, self._declared(stmt))
        return best

    def _span_of(self, stmt: h.Stmt) -> Span | None:
        """With the semicolon; None if that is not how the text reads."""
        is_let = isinstance(stmt, h.LetStmt)
        span = stmt.span if isinstance(stmt, h.LetStmt) else self.store.expr_spans[stmt.expr]
        if is_let != self.at(span).startswith("let "):
            return None
        end = span.end
        if self.text[end - 1 : end] != b";":
            rest = self.text[end:]
            end += len(rest) - len(rest.lstrip()) + 1
            if self.text[end - 1 : end] != b";":
                return None
        return Span(span.start, end)

    def _declared(self, stmt: h.Stmt) -> frozenset[str]:
        if not isinstance(stmt, h.LetStmt):
            return frozenset()
        return frozenset(_WORD.findall(self.at(self.store.pat_spans[stmt.pat]))) - {"mut", "ref"}

    def is_straight(self, inside: Span, around: Span) -> bool:
        """Between an expression and the statement around it nothing decides whether or when it is evaluated."""
        for expr, span in zip(self.store.exprs, self.store.expr_spans, strict=True):
            lazy = isinstance(expr, _CONTROL) or (isinstance(expr, h.Binary) and expr.op in ("&&", "||"))
            if lazy and _within(span, around) and _within(inside, span):
                return False
        return True

    def has_control(self, span: Span) -> bool:
        """Anything in a statement that may leave it, loop or choose."""
        pairs = zip(self.store.exprs, self.store.expr_spans, strict=True)
        return any(isinstance(expr, _CONTROL) and _within(at, span) for expr, at in pairs)

    def indent(self, at: int) -> str | None:
        """The white space a statement that begins its line is indented by."""
        start = self.text.rfind(b"\n", 0, at) + 1
        found = self.text[start:at]
        return None if found.strip() else found.decode()

    def words(self, span: Span) -> frozenset[str]:
        return frozenset(_WORD.findall(self.at(span)))

    def fresh_name(self, wanted: str) -> str:
        """A name the item does not mention."""
        taken = frozenset(_WORD.findall(self.at(Span(0, len(self.text)))))
        name, n = wanted, 2
        while name in taken:
            name, n = f"{wanted}_{n}", n + 1
        return name


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _head(span: Span) -> Span:
    return Span(span.start, span.start)


# ---------------------------------------------------------------- a temporary gets a name


def let_binding(cx: Context, found: Conflict, why: Explanation) -> Fixes:
    """E0716: the temporary is bound before the statement, where its later use is in the same block."""
    local = found.borrow.place.local
    made = cx.body.locals[local].span
    if not isinstance(why, LaterUse) or why.in_loop or why.how != "used":
        return ()
    source = _Source(cx)
    at = source.statement_around(made)
    if at is None or not _within(why.span, at.block) or why.span.start < at.span.end:
        return ()
    indent = source.indent(at.span.start)
    if indent is None or not source.is_straight(made, at.span):
        return ()
    mutable = any(b.place.local == local and is_mut(b.kind) for b in cx.borrows.borrows)
    name = source.fresh_name("binding")
    let = f"let {'mut ' if mutable else ''}{name} = {source.at(made)};\n{indent}"
    text = "consider using a `let` binding to create a longer lived value"
    return (Fix(text, ((_head(at.span), let), (made, name))),)


# ---------------------------------------------------------------- a use earlier


def use_before_move(cx: Context, found: UseOfMoved) -> Fixes:
    """E0382: the statement after the move only reads the value and keeps no borrow: it may come first."""
    at = cx.flow.at(found.point)
    if len(found.sites) != 1 or found.sites[0].in_loop or found.action not in ("use", "borrow"):
        return ()
    if isinstance(at, m.Assign):
        writes = at.place.local == found.used.local
        moves = isinstance(at.rvalue, m.Use) and isinstance(at.rvalue.operand, m.Move)
        if writes or moves or (isinstance(at.rvalue, m.Ref) and is_mut(at.rvalue.kind)):
            return ()
    return _swapped(cx, cx.flow.span(found.sites[0].point), found.span)


def use_before_conflict(cx: Context, found: Conflict, why: Explanation) -> Fixes:
    """E0499, E0502, E0505, E0506: the last use of the first borrow, in the next statement, may come first."""
    if not isinstance(why, LaterUse) or why.how != "used" or why.in_loop:
        return ()
    if any(cx.flow.can_reach(why.point, p) for p in cx.liveness.uses.uses.get(why.local, ())):
        return ()
    return _swapped(cx, found.span, why.span)


def _swapped(cx: Context, first: Span, second: Span) -> Fixes:
    """The statement of ``second`` right before that of ``first``, which it follows."""
    source = _Source(cx)
    a, b = source.statement_around(first), source.statement_around(second)
    if a is None or b is None or a.block != b.block or b.index != a.index + 1:
        return ()
    indent = source.indent(a.span.start)
    if indent is None or source.has_control(a.span) or source.has_control(b.span):
        return ()
    if a.declares & source.words(b.span) or b.declares & source.words(a.span):
        return ()
    if any(_within(d.span, b.span) and d.is_user_variable and _borrows(cx, d.ty) for d in cx.body.locals):
        return ()
    edits = ((_head(a.span), f"{source.at(b.span)}\n{indent}"), (Span(a.span.end, b.span.end), ""))
    return (Fix("consider moving this use before it", edits, False),)


def _borrows(cx: Context, ty: t.Ty) -> bool:
    return cx.checked.types.has_regions(ty)


# ---------------------------------------------------------------- a reborrow


def reborrow(cx: Context, found: UseOfMoved) -> Fixes:
    """E0382 of a ``&mut``: the argument is reborrowed for the call."""
    if len(found.sites) != 1:
        return ()
    point = found.sites[0].point
    place = cx.moves.paths[cx.moves.moves[found.sites[0].move].path].place
    ty, at = cx.ty(place), cx.flow.at(point)
    call = cx.body.blocks[cx.flow.block_of[point]].terminator
    if not isinstance(ty, t.RefTy) or not ty.mutable or not isinstance(call, m.Call):
        return ()
    moved = at.place if isinstance(at, m.Assign) and isinstance(at.rvalue, m.Use) else place
    others = [a for a in call.args if isinstance(a, m.Constant) or a.place != moved]
    name = cx.describe(place)
    span = at.span if isinstance(at, m.Assign) else None
    if span is None or name is None or len(others) == len(call.args) or _Source(cx).at(span) != name:
        return ()
    if call.fn_span != call.span and not isinstance(call.args[0], m.Constant) and call.args[0].place == moved:
        return ()  # a receiver: `&mut *r.f()` would be something else
    keeps = _borrows(cx, cx.ty(call.destination)) or any(
        not isinstance(a, m.Constant) and _borrows(cx, cx.ty(a.place)) for a in others
    )
    return (Fix(f"consider reborrowing `{name}` for the call", ((_head(span), "&mut *"),), not keeps),)


# ---------------------------------------------------------------- two elements of one slice


def split_at(cx: Context, found: Conflict, first: Span, second: Span) -> Fixes:
    """E0499: ``&mut v[0]`` and ``&mut v[3]`` become elements of the halves of ``v.split_at_mut(3)``."""
    source = _Source(cx)
    a, b = _ELEMENT.fullmatch(source.at(first)), _ELEMENT.fullmatch(source.at(second))
    at, later = source.statement_around(first), source.statement_around(second)
    if a is None or b is None or a[1] != b[1] or at is None or later is None or at.block != later.block:
        return ()
    indent = source.indent(at.span.start)
    if indent is None or int(a[2]) == int(b[2]) or at.index >= later.index:
        return ()
    cut = max(int(a[2]), int(b[2]))
    left, right = source.fresh_name("left"), source.fresh_name("right")
    edits = [(_head(at.span), f"let ({left}, {right}) = {a[1]}.split_at_mut({cut});\n{indent}")]
    for span, element in ((first, int(a[2])), (second, int(b[2]))):
        half = f"{right}[0]" if element == cut else f"{left}[{element}]"
        edits.append((span, f"&mut {half}"))
    return (Fix("use `split_at_mut` to borrow two parts at once", tuple(edits)),)
