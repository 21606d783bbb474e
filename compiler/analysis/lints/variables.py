"""The variables of a body that liveness is asked about: named ones, and what a closure captures.

What it is: a numbering of user variables, of the references that stand for them in guards, and of captured places;
:meth:`Variables.find` names the one a MIR place belongs to.

Assumes: ``mir_built``. Guarantees: variables that no lint names (``self``, ``_x``) are left out, so a place of theirs
is no place here.

Example: in a closure that captures ``x`` by reference, ``*(_1.0)`` is the captured ``x`` itself.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.hir import nodes as h
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.ty import types as t

CLOSURE_LOCAL: m.Local = 1


@dataclass(slots=True)
class Variable:
    """``field``: of the closure, -1 for a local; ``by_ref``: captured by reference; ``guard_of``: of a guard's
    reference, the number of the arm's variable."""

    name: str
    local: m.Local
    pat: h.PatId
    field: int = -1
    by_ref: bool = False
    guard_of: int = -1


class Variables:
    """See the module docstring."""

    def __init__(self, body: m.Body) -> None:
        self.all: list[Variable] = []
        self._locals: list[int] = [-1] * len(body.locals)
        self._captures: dict[int, int] = {}
        self._skip = 0
        if body.def_id.kind is DefKind.CLOSURE:
            self._add_captures(body)
        for local, decl in enumerate(body.locals):
            if decl.is_user_variable and decl.name is not None and is_named(decl.name):
                self._locals[local] = len(self.all)
                self.all.append(Variable(decl.name, local, decl.pat))
            elif decl.for_guard >= 0 and self._locals[decl.for_guard] >= 0:
                self._locals[local] = len(self.all)
                self.all.append(Variable("", local, -1, guard_of=self._locals[decl.for_guard]))

    def _add_captures(self, body: m.Body) -> None:
        self._skip = 1 if isinstance(body.locals[CLOSURE_LOCAL].ty, t.RefTy) else 0
        for field, (name, _, by) in enumerate(body.upvars):
            self._captures[field] = len(self.all)
            self.all.append(Variable(name, CLOSURE_LOCAL, -1, field, by != "value"))

    def find(self, place: m.Place) -> tuple[int, tuple[m.ProjectionElem, ...]] | None:
        """The number of a place's variable, and the projections that lead on from it."""
        index = self._locals[place.local]
        if index >= 0:
            return index, place.projection
        if place.local != CLOSURE_LOCAL or not self._captures or self._skip >= len(place.projection):
            return None
        elem = place.projection[self._skip]
        if not isinstance(elem, m.Field) or elem.index not in self._captures:
            return None
        index = self._captures[elem.index]
        start = self._skip + 1 + self.all[index].by_ref
        return (index, place.projection[start:]) if start <= len(place.projection) else None


def is_named(name: str) -> bool:
    """Whether a variable of this name may be called unused."""
    return bool(name) and name != "self" and not name.startswith("_")


def is_indirect(projection: tuple[m.ProjectionElem, ...]) -> bool:
    """Whether a place is behind a pointer."""
    return any(type(e) is m.Deref for e in projection)
