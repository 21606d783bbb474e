"""How far the promises of `unsafe` are kept: each against what the analysis of the kernel's memory found.

What it is: :class:`Judge` over the reports of a kernel's instances. Assumes: a kernel without errors of types.
Guarantees: "discharged" only if everything the promise is about is proved in every instance; "violated" only if the
operation itself takes part in a certain race or is outside its object; else "undecided" with the reason.

Example: in ``unsafe { A[t] = 1; B[0] = t }`` the use of ``A`` is discharged and that of ``B`` violated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from compiler.analysis.disjointness.verdict import (
    BoundsFact,
    KernelReport,
    MemoryObject,
    Outcome,
    Place,
    Touch,
    Verdict,
)
from compiler.analysis.tiers.unsafe_blocks import Obligation, unsafe_blocks
from compiler.base.span import Span
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.mono.model import MonoItems
from compiler.query import Database
from compiler.resolve.source import item_def

Status = tuple[str, str]
DISCHARGED, UNDECIDED, VIOLATED = "discharged", "undecided", "violated"
_ORDER: Final = (VIOLATED, UNDECIDED, DISCHARGED)
_MAX_DEPTH: Final = 6
_ACCESSES: Final = ("read", "write", "atomic")


def worst(found: Iterable[Status]) -> Status:
    """What holds of all of them: the worst, or every reason."""
    all_found = list(dict.fromkeys(found))
    lowest = min((s for s, _ in all_found), key=_ORDER.index)
    return lowest, "; ".join(dict.fromkeys(r for s, r in all_found if s == lowest))


class Judge:
    """Of one kernel instance. ``owners``: the user's functions that the kernel reaches."""

    def __init__(self, db: Database, report: KernelReport, items: MonoItems) -> None:
        self.db = db
        self.report = report
        self.verdicts: dict[MemoryObject, list[Verdict]] = {}
        for v in report.verdicts:
            self.verdicts.setdefault(v.memory, []).append(v)
        self.touches: dict[DefId, list[Touch]] = {}
        for touch in report.touches:
            self.touches.setdefault(item_def(touch.owner), []).append(touch)
        self.callees = _callees(items)

    def status(self, owner: DefId, promise: Obligation, through: tuple[Call, ...] = ()) -> Status:
        """Of one promise; ``through``: the calls that lead to it, where only those are meant."""
        if self.report.undecided:
            return UNDECIDED, self.report.undecided
        if promise.kind == "any bits":
            return DISCHARGED, "any bits are a value of the type"
        if promise.is_user:
            return self._call(owner, promise, through)
        touches = [t for t in self.touches.get(owner, ()) if _within(t, through)]
        if promise.kind == "address":
            return self._address([t for t in touches if t.how == "moved" and t.span == promise.span])
        if promise.kind == "reference":
            return self._lent([t for t in touches if t.how == "lent" and t.span == promise.span])
        if promise.kind == "mutable static":
            mine = [t for t in touches if t.memory.kind == "static" and t.memory.name == promise.name]
            around = [t for t in mine if _meet(t.span, promise.span) and t.how in _ACCESSES]
            return self._accesses(around, through) if around else self._lent(mine)
        if promise.kind in ("raw pointer", "access", "unchecked element"):
            return self._through_pointer(promise, touches, through)
        what = f"`{promise.name}`" if promise.name else f"this {promise.kind}"
        return UNDECIDED, f"what {what} demands is not checked"

    def _through_pointer(self, promise: Obligation, touches: list[Touch], through: tuple[Call, ...]) -> Status:
        lent = _smallest(t for t in touches if t.how == "lent" and _contains(t.span, promise.span))
        around = [t for t in touches if t.how in _ACCESSES and _contains(t.span, promise.span)]
        mine = _smallest(t for t in around if not lent or any(t.memory == x.memory for x in lent))
        if lent and not mine:
            return self._lent(lent)
        if any(t.span != promise.span for t in mine) and promise.kind != "access":
            is_target = any(t.span.start == promise.span.start for t in mine)
            of_side = [t for t in mine if (t.how != "read") == is_target or is_target]
            mine = of_side if is_target else [t for t in mine if t.how == "read"] or mine
        return self._accesses(mine, through)

    # -- calls of the user's functions

    def _call(self, owner: DefId, promise: Obligation, through: tuple[Call, ...]) -> Status:
        """All that the called function does, as far as it needs `unsafe`."""
        if len(through) > _MAX_DEPTH:
            return UNDECIDED, "the calls are nested too deeply"
        targets = self.callees.get((owner, promise.span), ())
        inner = (*through, (owner, promise.span))
        found = [
            self.status(target, o, inner) for target in targets for b in unsafe_blocks(self.db, target)
            for o in b.obligations
        ]  # fmt: skip
        if not found:
            return UNDECIDED, f"what `{promise.name}` demands of its caller is not known"
        status, reason = worst(found)
        return status, f"by what `{promise.name}` does: {reason}"

    # -- memory

    def _accesses(self, touches: list[Touch], through: tuple[Call, ...]) -> Status:
        """No race, and inside."""
        if not touches:
            return UNDECIDED, "no access of it was followed"
        raced, inside = worst(self._raced(t, through) for t in touches), worst(self._inside(t) for t in touches)
        if raced[0] == DISCHARGED and inside[0] == UNDECIDED:
            return UNDECIDED, f"{inside[1]}; {raced[1]}"
        return worst((raced, inside))

    def _raced(self, touch: Touch, through: tuple[Call, ...]) -> Status:
        found = [self._verdict(v, touch, through) for v in self.verdicts.get(touch.memory, ())]
        if not found:
            return DISCHARGED, f"`{touch.memory.name}` is only read"
        return worst(found)

    def _verdict(self, v: Verdict, touch: Touch | None, through: tuple[Call, ...]) -> Status:
        name = v.memory.shown
        if v.outcome is Outcome.PROVED:
            return DISCHARGED, f"{name}: {v.sketch or 'no two threads share an element'}"
        w = v.witness
        if v.outcome is Outcome.UNDECIDED or w is None:
            return UNDECIDED, v.reason
        text = f"{w.first} and {w.second} access element {w.element} of {name}"
        if not w.certain:
            return UNDECIDED, text
        if touch is None:
            return VIOLATED, text
        if not any(_is_at(p, touch) for p in (w.first_place, w.second_place)):
            return UNDECIDED, f"{name} is raced for elsewhere: {text}"
        others = (t for t in self.touches.get(item_def(touch.owner), ()) if _same_place(t, touch))
        if through and not all(_within(t, through) for t in others):
            return UNDECIDED, f"in this call or in another: {text}"
        return VIOLATED, text

    def _inside(self, touch: Touch) -> Status:
        here = [b for b in self.report.bounds if _is_at(b.place, touch)]
        if not here or touch.memory.kind == "pointer":
            return _unknown_length(touch.memory)
        return worst(_bound(b) for b in here)

    def _address(self, touches: list[Touch]) -> Status:
        """What computes an address must stay in its object."""
        if not touches:
            return UNDECIDED, "what it points to was not followed"
        facts = [b for t in touches for b in self.report.moves if b.memory == t.memory
                 and b.place.owner is t.owner and b.place.span == t.span]  # fmt: skip
        bare = [t.memory for t in touches if all(b.memory != t.memory for b in facts)]
        found = [_unknown_length(memory) for memory in bare]
        found += [
            (DISCHARGED, "it stays in its object") if b.proved
            else (UNDECIDED, "that it stays in its object is not proved")
            for b in facts
        ]  # fmt: skip
        return worst(found)

    def _lent(self, touches: list[Touch]) -> Status:
        """A reference, or a pointer kept: all that is done to the object counts."""
        memories = list(dict.fromkeys(t.memory for t in touches))
        if not memories:
            return UNDECIDED, "what it points to was not followed"
        found: list[Status] = []
        for memory in memories:
            verdicts = self.verdicts.get(memory, ())
            found += [self._verdict(v, None, ()) for v in verdicts]
            if not verdicts:
                found.append((DISCHARGED, f"`{memory.name}` is only read"))
            facts = [b for b in self.report.bounds if b.memory == memory]
            if memory.kind in ("pointer", "dynamic"):
                found.append(_unknown_length(memory))
            found += [_bound(b) for b in facts]
        return worst(found)


Call = tuple[DefId, Span]


def _unknown_length(memory: MemoryObject) -> Status:
    if memory.kind == "dynamic":
        return UNDECIDED, "no contract says how much dynamic shared memory there is"
    return UNDECIDED, f"that {memory.shown} reaches that far is for the launch to promise"


def _bound(fact: BoundsFact) -> Status:
    if fact.outside:
        return VIOLATED, fact.example or "it is out of bounds"
    if fact.proved or fact.checked:
        return DISCHARGED, "the index is inside" if fact.proved else "the index is checked"
    return UNDECIDED, "that the index is in bounds is not proved"


def _callees(items: MonoItems) -> dict[Call, tuple[DefId, ...]]:
    """The functions that calls in the source lead to."""
    found: dict[Call, dict[DefId, None]] = {}
    for f in items.functions:
        owner = item_def(f.body.def_id)
        for block, callee in f.callees.items():
            end = f.body.blocks[block].terminator
            if isinstance(end, m.Call):
                found.setdefault((owner, end.span), {})[callee.def_id] = None
    return {call: tuple(targets) for call, targets in found.items()}


def _within(touch: Touch, through: tuple[Call, ...]) -> bool:
    calls = {(item_def(owner), span) for owner, span in touch.calls}
    return all(call in calls for call in through)


def _is_at(place: Place, touch: Touch) -> bool:
    return place.owner is touch.owner and place.span == touch.span and place.kind.value == touch.how


def _same_place(a: Touch, b: Touch) -> bool:
    return a.owner is b.owner and a.span == b.span and a.how == b.how and a.memory == b.memory


def _smallest(touches: Iterable[Touch]) -> list[Touch]:
    """Those with the smallest span."""
    found = list(touches)
    size = min((t.span.end - t.span.start for t in found), default=0)
    return [t for t in found if t.span.end - t.span.start == size]


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
