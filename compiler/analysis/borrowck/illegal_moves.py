"""Moves out of what cannot be moved out of, told together where one pattern makes several (rustc's
``group_move_errors``).

What it is: what a pattern's variables move is the fault of what is matched: one error at the scrutinee, for each part
that is moved out of where the scrutinee itself may be moved. Every other move is an error of its own.

Assumes: ``LocalDecl.matched`` of variables that patterns bind. Guarantees: in the order of the moves.

Example: ``match *r { (a, b) => .. }`` is one E0507 at ``*r``, with ``a`` and ``b`` as where the data goes.
"""

from __future__ import annotations

from dataclasses import replace

from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.move_data import IllegalMove
from compiler.analysis.borrowck.verdicts import MoveOutOf
from compiler.base.span import Span
from compiler.mir import body as m


def illegal_moves(cx: Context) -> list[MoveOutOf]:
    """See the module docstring."""
    out: list[MoveOutOf] = []
    grouped: dict[tuple[Span, int], int] = {}
    for illegal in cx.moves.illegal:
        bound = _bound(cx, illegal)
        if bound is None:
            out.append(MoveOutOf(illegal, cx.flow.span(illegal.point)))
            continue
        variable, (place, span) = bound
        of_value = cx.moves.lookup(place)[1]
        key = span, cx.moves.lookup(illegal.original)[0] if of_value else -1
        at = grouped.get(key)
        if at is None:
            grouped[key] = len(out)
            out.append(MoveOutOf(illegal, span, (variable,), of_value))
        else:
            out[at] = replace(out[at], bound=(*out[at].bound, variable))
    return out


def _bound(cx: Context, illegal: IllegalMove) -> tuple[Span, tuple[m.Place, Span]] | None:
    """Where the variable that a pattern binds by the move is written, and what is matched."""
    at = cx.flow.at(illegal.point)
    if not isinstance(at, m.Assign) or at.place.projection or not isinstance(at.rvalue, m.Use):
        return None
    decl = cx.body.locals[at.place.local]
    return None if decl.matched is None else (decl.span, decl.matched)
