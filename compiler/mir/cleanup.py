"""From the MIR the analyses check to the MIR code generation reads: ``mir_body(db, def_id)``.

What it is: the passes after the borrow checker, in order: erase what only it needs (``FakeRead``, fake borrows, false
edges, two-phase flags, ascriptions), elaborate drops, simplify the graph, remove assignments and locals nothing
reads.

Assumes: ``mir_built``. Guarantees: no borrowck-only statement or terminator; drops are unconditional; blocks are in
reverse postorder; the built body is not changed. Spans, scopes, ``loop_unroll`` and ``unsupported`` are kept.

Example: ``bb0: falseUnwind -> [real: bb1]`` becomes ``goto -> bb1`` and the block is merged.
"""

from __future__ import annotations

import copy
import dataclasses
from typing import Any, Final, get_args

from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build import error_body, mir_built
from compiler.mir.drop_elaboration import elaborate_drops
from compiler.mir.place_ty import place_ty
from compiler.mir.simplify import remove_unused_locals, simplify_cfg
from compiler.mir.temporaries import forward_temporaries
from compiler.query import Database, query
from compiler.ty import types as t

_ERASED: Final = frozenset((m.FakeRead, m.PlaceMention, m.AscribeUserType, m.Nop))
_FAKE: Final = frozenset((m.BorrowKind.FAKE_DEEP, m.BorrowKind.FAKE_SHALLOW))
_FIELDS: Final = {kind: tuple(f.name for f in dataclasses.fields(kind)) for kind in get_args(m.Terminator)}
_PLAIN_MUT: Final = frozenset((m.BorrowKind.TWO_PHASE_MUT, m.BorrowKind.CLOSURE_MUT))


@query(cycle=lambda db, def_id: error_body(def_id), backdate=False)
def mir_body(db: Database, def_id: DefId) -> m.Body:
    """The MIR of a definition for evaluation and code generation."""
    built = mir_built(db, def_id)
    return clean_up(db, _param_env(db, def_id), built)


def _param_env(db: Database, def_id: DefId) -> Any:
    from compiler.ty.infer import body_owner
    from compiler.ty.traits.env import param_env

    return param_env(db, body_owner(def_id))


def clean_up(db: Database, env: Any, built: m.Body) -> m.Body:
    """A cleaned copy of a built body and its promoteds."""
    body = copy.copy(built)
    body.locals = list(built.locals)
    body.blocks = [
        m.BasicBlock(_erase(body.locals, block.statements), _terminator(block.terminator)) for block in built.blocks
    ]
    body.loop_unroll = dict(built.loop_unroll)
    body.promoted = [clean_up(db, env, promoted) for promoted in built.promoted]
    named = _named_constants(body)
    elaborate_drops(db, env, body)
    simplify_cfg(body)
    forward_temporaries(body)
    remove_unused_locals(body)
    simplify_cfg(body)
    read = _named_constants(body)
    body.required_consts = [value for value in named if value not in read]
    return body


def _named_constants(body: m.Body) -> dict[m.UnevaluatedConst, None]:
    """Constants that statements assign; a failing ``const _: () = assert!(..)`` is an error even where it is unused."""
    found: dict[m.UnevaluatedConst, None] = {}
    for block in body.blocks:
        for statement in block.statements:
            if type(statement) is m.Assign and type(statement.rvalue) is m.Use:
                operand = statement.rvalue.operand
                if type(operand) is m.Constant and type(operand.value) is m.UnevaluatedConst:
                    found[operand.value] = None
    return found


def _erase(locals_: list[m.LocalDecl], statements: list[m.Statement]) -> list[m.Statement]:
    out: list[m.Statement] = []
    for statement in statements:
        kind = type(statement)
        if kind in _ERASED:
            continue
        if kind is m.Assign:
            rvalue = statement.rvalue  # type: ignore[union-attr]
            if type(rvalue) is m.Ref:
                if rvalue.kind in _FAKE:
                    continue
                if rvalue.kind in _PLAIN_MUT:
                    plain = m.Ref(rvalue.region, m.BorrowKind.MUT, rvalue.place)
                    statement = m.Assign(statement.place, plain, statement.span)  # type: ignore[union-attr]
                elif rvalue.kind is m.BorrowKind.SHARED and rvalue.place.projection:
                    pointer = _reborrowed(locals_, rvalue.place)
                    if pointer is not None:
                        copied = m.Use(m.Copy(pointer))
                        statement = m.Assign(statement.place, copied, statement.span)  # type: ignore[union-attr]
        out.append(statement)
    return out


def _reborrowed(locals_: list[m.LocalDecl], place: m.Place) -> m.Place | None:
    """``r`` of a reborrow ``&*r`` of a shared reference, which is a copy of it."""
    if type(place.projection[-1]) is not m.Deref:
        return None
    pointer = m.Place(place.local, place.projection[:-1])
    ty = place_ty(locals_, pointer)
    return pointer if isinstance(ty, t.RefTy) and not ty.mutable else None


def _terminator(terminator: m.Terminator) -> m.Terminator:
    if isinstance(terminator, (m.FalseEdge, m.FalseUnwind)):
        return m.Goto(terminator.real_target, terminator.span)
    names = _FIELDS[type(terminator)]
    return type(terminator)(*[getattr(terminator, name) for name in names])
