"""Whether a place may be mutated, by its declaration and the references on the way (rustc's ``is_mutable``).

Guarantees: for a place that may not, the part that forbids it; for one that may, the *root* whose ``mut`` that needs.

Example: ``*r`` with ``let r: &mut T`` may be mutated although ``r`` is not ``mut``; ``r.x`` of a ``let r: T`` may not.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

from compiler.analysis.borrowck.context import Context
from compiler.mir import body as m
from compiler.ty import types as t


class Allowed(enum.Enum):
    """Whether the local itself may be mutated even if not ``mut`` (moves, drops, closure captures do)."""

    YES = "yes"
    NO = "no"


def is_mutable(cx: Context, place: m.Place, allowed: Allowed) -> tuple[bool, m.Place, Allowed]:
    """(may be mutated, root or culprit, what was allowed there)."""
    if not place.projection:
        decl = cx.body.locals[place.local]
        ok = decl.mutability is m.Mutability.MUT or allowed is Allowed.YES
        return ok, place, allowed
    base = m.Place(place.local, place.projection[:-1])
    if type(place.projection[-1]) is m.Deref:
        return _deref(cx, place, base, allowed)
    field = cx.upvar_field(place)
    if field is None:
        return is_mutable(cx, base, allowed)
    if not cx.upvars[field].mutable and allowed is Allowed.NO:
        return False, place, allowed
    ok, culprit, _ = is_mutable(cx, base, allowed)
    return (True, place, allowed) if ok else (False, culprit, allowed)


def _deref(cx: Context, place: m.Place, base: m.Place, allowed: Allowed) -> tuple[bool, m.Place, Allowed]:
    ty = cx.ty(base)
    if isinstance(ty, t.PtrTy):
        return ty.mutable, place, allowed
    if isinstance(ty, t.RefTy):
        if not ty.mutable:
            return False, place, allowed
        field = cx.upvar_field(place)
        mode = allowed if field is not None and cx.upvars[field].by_ref else Allowed.YES
        return is_mutable(cx, base, mode)
    return is_mutable(cx, base, allowed)


def note_used_mut(
    cx: Context,
    root: m.Place,
    allowed: Allowed,
    ever_initialized: Callable[[m.Local], int | None],
    used: set[m.Local],
    used_upvars: set[int],
) -> None:
    """Remember that the ``mut`` of a root was needed."""
    if allowed is Allowed.YES:
        return
    if not root.projection:
        if root.local not in used and ever_initialized(root.local) is not None:
            used.add(root.local)
        return
    field = cx.upvar_field(root)
    if field is not None:
        used_upvars.add(field)
