"""Fake borrows of a guarded match: the places the tree looked at, which a guard must not change.

Assumes: called before the tree is built (the candidates still hold their pairs). Guarantees: each place once, with
the prefixes behind its dereferences; the temporaries are declared.

Example: ``match *p { Some(n) if g() => .. }``: fake shallow borrows of ``*p`` and ``p``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import EMPTY_SPAN
from compiler.mir import body as m
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches.candidate import AnyOf, Binding, Candidate, MatchPair
from compiler.mir.place_ty import place_ty
from compiler.ty import types as t


@dataclass(frozen=True, slots=True)
class FakeBorrow:
    place: m.Place
    temp: m.Local


def collect_fake_borrows(b: Builder, candidates: list[Candidate]) -> list[FakeBorrow]:
    places: dict[m.Place, None] = {}
    for candidate in candidates:
        _visit_bindings(candidate.bindings, places)
        for pair in candidate.pairs:
            _visit_pair(pair, places)
    return [FakeBorrow(at, _temp(b, at)) for at in places]


def _temp(b: Builder, place: m.Place) -> m.Local:
    return b.temp(t.RefTy(t.ERASED, place_ty(b.locals, place), False), EMPTY_SPAN).local


def _visit_bindings(bindings: list[Binding], places: dict[m.Place, None]) -> None:
    for binding in bindings:
        _deref_prefixes(binding.source, places)


def _visit_pair(pair: MatchPair, places: dict[m.Place, None]) -> None:
    if isinstance(pair.case, AnyOf):
        for flat in pair.case.flats:
            _visit_bindings(flat.bindings, places)
            for sub in flat.pairs:
                _visit_pair(sub, places)
        return
    if pair.place not in places:
        places[pair.place] = None
        _deref_prefixes(pair.place, places)
    for sub in pair.subpairs:
        _visit_pair(sub, places)


def _deref_prefixes(place: m.Place, places: dict[m.Place, None]) -> None:
    for i in range(len(place.projection) - 1, -1, -1):
        if type(place.projection[i]) is m.Deref:
            prefix = m.Place(place.local, place.projection[:i])
            if prefix in places:
                return
            places[prefix] = None
