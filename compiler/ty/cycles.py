"""Items that are defined by themselves (E0391): constants whose values need each other, traits above each other, type
aliases that name each other.

What it is: a search in what a constant's body or an alias's type names, or in a trait's supertraits. Assumes: nothing.
Guarantees: a cycle is reported once, at its member that is declared first.

Example: ``const A: u32 = B; const B: u32 = A;``: "cycle detected when evaluating `A`".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.type_refs import type_refs
from compiler.query import Database
from compiler.resolve.def_map import map_of
from compiler.resolve.errors import Fact
from compiler.resolve.lowering import signature
from compiler.resolve.resolver import Resolver, TypeDefRes
from compiler.resolve.source import item_of


@dataclass(frozen=True, slots=True)
class Cycle(Fact):
    """``doing``: what goes round; ``through``: the other members."""

    doing: str
    name: str
    through: tuple[Label, ...]
    code: ClassVar[str] = "E0391"

    def message(self) -> str:
        return f"cycle detected when {self.doing} `{self.name}`"

    def label(self) -> str:
        return "" if self.through else "it needs itself"

    def secondary(self) -> tuple[Label, ...]:
        return self.through


def check_cycle(db: Database, def_id: DefId, found: list[Diagnostic]) -> None:
    """The cycle a constant, static, trait or alias is in, if it is the one to tell of it."""
    doing, parts = _SEARCHES.get(def_id.kind, ("evaluating", _constants))
    path = _path_back(db, def_id, parts)
    item = item_of(db, def_id)
    if not path or item is None or any(_is_before(db, other, def_id) for other in path):
        return
    spans = [(other, item_of(db, other)) for other in path if other is not def_id]
    through = tuple(Label(i.name_span, f"which needs `{d.name}`", d) for d, i in spans if i is not None)
    found.append(Cycle(item.name_span, doing, def_id.name, through).to_diagnostic(def_id))


def _path_back(db: Database, start: DefId, parts: Callable[[Database, DefId], Iterable[DefId]]) -> list[DefId]:
    """The definitions on a way from one back to itself; empty if there is none."""
    came_from: dict[DefId, DefId] = {}
    work = [start]
    while work:
        at = work.pop()
        for part in parts(db, at):
            if part is start:
                path = [at]
                while path[-1] is not start:
                    path.append(came_from[path[-1]])
                return path
            if part not in came_from:
                came_from[part] = at
                work.append(part)
    return []


def _supertraits(db: Database, trait: DefId) -> Iterable[DefId]:
    from compiler.ty.collect import trait_def

    return trait_def(db, trait).supertraits


def _aliases(db: Database, alias: DefId) -> Iterable[DefId]:
    """The aliases that an alias's type names, wherever in it."""
    decl = signature(db, alias)
    if not isinstance(decl, h.TypeAliasDecl) or decl.ty is None:
        return []
    resolver = Resolver(db, alias, signature=True)
    paths = [ref.path for ref in type_refs(decl.ty) if isinstance(ref, h.PathType) and ref.path.qself is None]
    found = [resolver.resolve_type_path(path)[0] for path in paths]
    return [f.def_id for f in found if isinstance(f, TypeDefRes) and f.def_id.kind is DefKind.TYPE_ALIAS]


def _constants(db: Database, const: DefId) -> Iterable[DefId]:
    """The constants of the crate that a constant's value is made of."""
    from compiler.ty.infer import infer
    from compiler.ty.results import DefRes

    values = infer(db, const).values.values()
    named = (v.def_id for v in values if isinstance(v, DefRes) and v.def_id.kind is DefKind.CONST)
    return [d for d in named if d.krate is const.krate and (d.parent is None or d.parent.kind is not DefKind.TRAIT)]


def _is_before(db: Database, other: DefId, def_id: DefId) -> bool:
    first, second = (map_of(db, d.parent) if d.parent is not None else None for d in (other, def_id))
    if first is None or first is not second:
        return other.path < def_id.path
    return first.positions.get(other, ()) < first.positions.get(def_id, ())


_SEARCHES: dict[DefKind, tuple[str, Callable[[Database, DefId], Iterable[DefId]]]] = {
    DefKind.TRAIT: ("computing the supertraits of", _supertraits),
    DefKind.TYPE_ALIAS: ("expanding type alias", _aliases),
}
