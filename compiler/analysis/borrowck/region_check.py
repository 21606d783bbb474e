"""Universal regions that grew too large, and type tests that fail (rustc's ``check_universal_regions`` and
``check_type_tests``).

What it is: after inference, a universal region may contain the end of another only if it is known to outlive it. In a
closure, what concerns only the creator's regions becomes a requirement instead of an error.

Guarantees: verdicts in order of the longer region, one per longer region.

Example: ``fn f<'a, 'b>(x: &'a u32, y: &'b u32) -> &'a u32 { y }`` gives ``RegionError('b, 'a)``.
"""

from __future__ import annotations

from typing import Any

from compiler.analysis.borrowck.constraints import TypeTest, Where
from compiler.analysis.borrowck.flow import bits
from compiler.analysis.borrowck.projection import Projections
from compiler.analysis.borrowck.region_inference import RegionInference
from compiler.analysis.borrowck.requirements import Requirement
from compiler.analysis.borrowck.universal import UniversalRegions
from compiler.analysis.borrowck.verdicts import NotGeneral, RegionError, TypeOutlives, Verdict
from compiler.ty import types as t


class RegionCheck:
    """See the module docstring."""

    def __init__(self, regions: RegionInference, universal: UniversalRegions, projections: Projections) -> None:
        self.regions = regions
        self.universal = universal
        self.projections = projections
        self.verdicts: list[Verdict] = []
        self.requirements: list[Requirement] = []
        self._propagates = universal.closure is not None

    def run(self) -> None:
        self._type_tests()
        for longer in range(1, self.universal.count):
            self._universal(longer)
        for index in range(len(self.regions.constraints.placeholders)):
            self._placeholder(index)

    # -- regions

    def _representative(self, region: int) -> int:
        """The lowest universal region equal to this one."""
        for other in bits(self.regions.universals_in(region)):
            if other >= region:
                break
            if self.regions.outlives_universal(other, region):
                return other
        return region

    def _universal(self, longer: int) -> None:
        first = self._representative(longer)
        candidates = [first] if first != longer else list(bits(self.regions.universals_in(longer)))
        for shorter in candidates:
            if self.universal.outlives[longer] >> shorter & 1:
                continue
            if self._propagates and self._propagate(longer, shorter):
                continue
            self.verdicts.append(RegionError(longer, shorter))
            return

    def _propagate(self, longer: int, shorter: int) -> bool:
        """Make the creator check it: the external regions below ``longer`` outlive the external ones above
        ``shorter``. Where some do already, in this closure, only those are asked for."""
        lower, upper = self._external_below(longer), self._external_above(shorter)
        if not lower:
            return False
        blame = self.regions.best_blame(longer, shorter)
        where = blame.where if blame is not None else Where()
        pairs = [(below, above) for below in lower for above in upper]
        held = [(below, above) for below, above in pairs if self._evaluates(below, above)]
        self.requirements += [Requirement(below, above, where) for below, above in held or pairs]
        return True

    def _evaluates(self, longer: int, shorter: int) -> bool:
        return self._outlives_all(longer, self.regions.universals_in(shorter))

    def _external_below(self, region: int) -> list[int]:
        """The largest external regions that ``region`` is known to outlive."""
        universal = self.universal
        if not universal.is_local[region]:
            return [region]
        below = [e for e in bits(universal.outlives[region]) if not universal.is_local[e]]
        return [
            a
            for a in below
            if not any(b != a and universal.outlives[b] >> a & 1 and not universal.outlives[a] >> b & 1 for b in below)
        ]

    def _external_above(self, region: int) -> list[int]:
        """The smallest external regions known to outlive ``region``; ``'static`` if there is none."""
        universal = self.universal
        if not universal.is_local[region]:
            return [region]
        above = [
            e for e in range(universal.count) if not universal.is_local[e] and universal.outlives[e] >> region & 1 and e
        ]
        minimal = [
            a
            for a in above
            if not any(b != a and universal.outlives[a] >> b & 1 and not universal.outlives[b] >> a & 1 for b in above)
        ]
        return minimal or [0]

    def _placeholder(self, index: int) -> None:
        """A placeholder may outlive nothing but itself."""
        regions = self.regions
        mine = regions.constraints.placeholders[index]
        others = regions.placeholders_in(mine.region) & ~(1 << index)
        ends = list(bits(regions.universals_in(mine.region)))
        goals = ends or [regions.constraints.placeholders[i].region for i in bits(others)]
        if goals:
            blame = regions.blame_of_placeholder(mine.region, goals[0])
            where = blame.where if blame is not None else mine.where
            self.verdicts.append(NotGeneral(mine.trait, where.span, mine.of_type))

    # -- types

    def _type_tests(self) -> None:
        seen: set[Any] = set()
        for test in self.regions.constraints.type_tests:
            if self._holds(test.subject, test.region):
                continue
            erased = self.projections.types.erase(test.subject)
            universal = -1 if self.regions.placeholders_in(test.region) else self._blamed(test.region)
            key = (erased, universal, test.where.span)
            if key in seen:
                continue
            seen.add(key)
            if self._propagates and self._propagate_type(test, erased):
                continue
            self.verdicts.append(TypeOutlives(erased, universal, test.where.span))

    def _blamed(self, region: int) -> int:
        ends = self.regions.universals_in(region) & ~(1 << self.universal.fn_body)
        if region < self.universal.count:
            return region
        return self.regions.universal_upper(region) or 0 if ends else 0

    def _holds(self, subject: t.Ty, region: int) -> bool:
        types = self.projections.types
        erased = types.erase(subject)
        known = [r for ty, r in self.universal.known_types if types.erase(ty) is erased]
        if self.regions.type_test_holds(known, region):
            return True
        if isinstance(subject, t.AliasTy):
            return self._alias_holds(subject, region)
        return False

    def _alias_holds(self, alias: t.AliasTy, region: int) -> bool:
        """By a declared bound, or because every argument outlives the region."""
        for p in self.projections._clauses(alias):
            if isinstance(p, t.OutlivesPredicate) and p.subject is alias and p.region.kind == "var":
                if self._bound_covers(p.region.index, region):
                    return True
        ends = self.regions.universals_in(region) & ~(1 << self.universal.fn_body)
        ends |= 1 if self.regions.placeholders_in(region) else 0
        for arg in alias.args:
            for part in self.projections.types.components(arg) if not isinstance(arg, t.Const) else ():
                if isinstance(part, t.Region):
                    if part.kind == "var" and not self._outlives_all(part.index, ends):
                        return False
                elif not self._holds(part, region):
                    return False
        return True

    def _bound_covers(self, bound: int, region: int) -> bool:
        if bound < self.universal.count:
            return self.regions.type_test_holds([bound], region)
        return self._outlives_all(bound, self.regions.universals_in(region) & ~(1 << self.universal.fn_body))

    def _outlives_all(self, region: int, ends: int) -> bool:
        return not ends & ~self.regions.reach(region)

    def _propagate_type(self, test: TypeTest, erased: t.Ty) -> bool:
        if self.projections.types.has_regions(erased):
            return True  # cannot be said in the creator's terms: left to it, never guessed
        ends = self.regions.universals_in(test.region) & ~(1 << self.universal.fn_body)
        for end in bits(1 if self.regions.placeholders_in(test.region) else ends):
            for above in self._external_above(end):
                self.requirements.append(Requirement(erased, above, test.where))
        return True
