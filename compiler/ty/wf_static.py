"""Type parameters that a field needs to live for ever (E0310).

What it is: ``&'static T``, and a type whose own declaration says ``T: 'static``, need their argument's parameters to be
declared so. Other lifetimes in fields need nothing written: what a field asks of them is inferred (RFC 2093).

Assumes: a struct, enum or union. Guarantees: parameters behind associated types are left alone.

Example: ``struct Name<T> { x: &'static T }`` is E0310, with ``T: 'static`` it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.errors import Fact
from compiler.ty import types as t
from compiler.ty.collect import predicates_of


@dataclass(frozen=True, slots=True)
class MustLiveForEver(Fact):
    """``name`` of the parameter."""

    name: str
    code: ClassVar[str] = "E0310"

    def message(self) -> str:
        return f"the parameter type `{self.name}` may not live long enough"

    def label(self) -> str:
        return f"the parameter type `{self.name}` must be valid for the static lifetime"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", f"consider adding an explicit lifetime bound: `{self.name}: 'static`"),)


def short_lived(db: Database, owner: DefId, ty: t.Ty) -> list[t.ParamTy]:
    """The parameters that a field's type needs to live for ever and that nothing says do."""
    needed = dict.fromkeys(p for part in _static_parts(db, ty) for p in _params(part))
    if not needed:
        return []
    declared = [p for p in predicates_of(db, owner) if isinstance(p, t.OutlivesPredicate)]
    ever = {t.STATIC, *(p.subject for p in declared if p.region is t.STATIC)}
    known = {p.subject for p in declared if p.region in ever}
    return [p for p in needed if p not in known]


def _static_parts(db: Database, ty: t.Ty) -> Iterator[t.Ty]:
    for node in t.walk(ty):
        if isinstance(node, t.RefTy) and node.region is t.STATIC:
            yield node.ty
        elif isinstance(node, t.AdtTy):
            for predicate in predicates_of(db, node.def_id):
                if isinstance(predicate, t.OutlivesPredicate) and predicate.region is t.STATIC:
                    subject = t.subst(predicate.subject, node.args)
                    if isinstance(subject, t.Ty):
                        yield subject


def _params(ty: t.Ty) -> Iterator[t.ParamTy]:
    return (node for node in t.walk_outside(ty, (t.AliasTy, t.Const)) if isinstance(node, t.ParamTy))
