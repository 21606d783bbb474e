"""What the disjointness analysis tells people.

What it is: one class a code. Assumes: verdicts of one kernel. Guarantees: the message stands alone; both places are
labelled; the numbers of the witness are in the notes.

Example: ``error[K0301]: threads (0, 0, 0) and (1, 0, 0) of block (0, 0, 0) both write element 0 of `c```.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from compiler.analysis.disjointness.verdict import AccessKind, BoundsFact, Outcome, Place, ThreadId, Verdict, Witness
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic, Suggestion

_DOES = {AccessKind.READ: "reads", AccessKind.WRITE: "writes", AccessKind.ATOMIC: "updates atomically"}
_DO = {AccessKind.READ: "read", AccessKind.WRITE: "write", AccessKind.ATOMIC: "update atomically"}


def _at(coordinates: tuple[int, int, int]) -> str:
    return "(" + ", ".join(map(str, coordinates)) + ")"


def threads_of(w: Witness) -> tuple[str, str]:
    """Both threads in words, the block once if they share it."""
    if w.first.block == w.second.block:
        return f"thread {_at(w.first.thread)}", f"thread {_at(w.second.thread)}"
    return str(w.first), str(w.second)


def summary(w: Witness) -> str:
    """The race in one line."""
    a, b = w.first_place.kind, w.second_place.kind
    what = f"element {w.element} of {w.memory.shown}"
    if w.first == w.second:
        done = "is still reading" if w.second_place.kind is AccessKind.READ else "is still filling"
        return f"{w.first} {_DOES[a]} {what} while its own asynchronous copy {done} it"
    if a is b:
        return f"{_both(w.first, w.second)} both {_DO[a]} {what}"
    one, two = threads_of(w)
    where = f", in block {_at(w.first.block)}" if w.first.block == w.second.block else ""
    order = (one, a, two, b) if a is not AccessKind.READ else (two, b, one, a)
    return f"{order[0]} {_DOES[order[1]]} {what} while {order[2]} {_DOES[order[3]]} it{where}"


def _both(first: ThreadId, second: ThreadId) -> str:
    if first.block == second.block:
        return f"threads {_at(first.thread)} and {_at(second.thread)} of block {_at(first.block)}"
    return f"{first} and {second}"


def launch_text(w: Witness) -> str:
    """The launch of a witness in words."""
    parts = [f"grid {_at(w.grid)}", f"block {_at(w.block)}"]
    parts += [f"`{n}.len()` = {v}" for n, v in w.sizes]
    parts += [f"`{n}` = {v}" for n, v in w.scalars]
    parts += [f"row width of `{n}` = {v}" for n, v in w.widths]
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Race:
    """A race with its witness: certain (K0301), or if data in memory lead there (K0302)."""

    kernel: str
    verdict: Verdict
    suggestions: tuple[Suggestion, ...] = ()

    def to_diagnostic(self) -> Diagnostic:
        w = self.verdict.witness
        assert w is not None
        severity, code = (Severity.ERROR, "K0301") if w.certain else (Severity.WARNING, "K0302")
        what = "the launch" if any("launch" in a for a in w.assumed) else "data"
        if any("same value" in a for a in w.assumed):
            what = "what counts as a race"
        text = summary(w) if w.certain else f"depending on {what}, {summary(w)}"
        first, second = w.first_place, w.second_place
        if first.kind is AccessKind.READ and w.first != w.second:
            first, second = second, first
        primary = Label(first.span, f"this {_name(first)}", first.owner)
        secondary = () if _same(first, second) else (Label(second.span, f"and this {_name(second)}", second.owner),)
        notes = [SubDiagnostic("note", f"in a launch of kernel `{self.kernel}` with {launch_text(w)}")]
        if w.first == w.second:
            notes.append(SubDiagnostic("note", "a copy is complete when its thread has waited for its group"))
        elif w.interval:
            notes.append(SubDiagnostic("note", f"both happen {w.interval}; no barrier orders them"))
        elif w.first.block != w.second.block:
            notes.append(SubDiagnostic("note", "nothing orders threads of different blocks"))
        if not w.certain:
            notes += [SubDiagnostic("note", f"it happens if {a}") for a in w.assumed]
        certain = replace(self.verdict, witness=self.verdict.candidate, candidate=None)
        then = Race(self.kernel, certain).to_diagnostic() if certain.witness is not None else None
        return Diagnostic(severity, code, text, primary, secondary, tuple(notes), self.suggestions, (), then)


def _name(place: Place) -> str:
    return {AccessKind.READ: "read", AccessKind.WRITE: "write", AccessKind.ATOMIC: "atomic"}[place.kind]


def _same(a: Place, b: Place) -> bool:
    return a.owner is b.owner and a.span == b.span


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither proved nor refuted (K0303), and why."""

    kernel: str
    name_span: Span
    owner: Any
    what: str
    reason: str
    place: Place | None = None
    suggestions: tuple[Suggestion, ...] = ()
    candidate: Verdict | None = None

    def to_diagnostic(self) -> Diagnostic:
        text = f"undecided whether threads of `{self.kernel}` race on {self.what}: {self.reason}"
        if self.place is not None:
            primary = Label(self.place.span, "accessed here", self.place.owner)
        else:
            primary = Label(self.name_span, "", self.owner)
        then = Race(self.kernel, self.candidate).to_diagnostic() if self.candidate is not None else None
        return Diagnostic(Severity.HINT, "K0303", text, primary, (), (), self.suggestions, (), then)


def told(kernel: str, verdict: Verdict, undecided: Undecided, suggestions: tuple[Suggestion, ...]) -> Diagnostic | None:
    """What is said of a verdict: ``undecided`` if it is."""
    if verdict.outcome is Outcome.ALARM:
        return Race(kernel, verdict, suggestions).to_diagnostic()
    if verdict.outcome is not Outcome.UNDECIDED:
        return None
    candidate = replace(verdict, witness=verdict.candidate, candidate=None) if verdict.candidate is not None else None
    return replace(undecided, candidate=candidate, suggestions=suggestions).to_diagnostic()


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    """An access that is outside whenever it is reached (K0304)."""

    fact: BoundsFact

    def to_diagnostic(self) -> Diagnostic:
        f = self.fact
        what = f.memory.shown if f.memory is not None else "the slice"
        how = f": {f.example}" if f.example else ""
        text = f"this access is always outside {what}{how}"
        label = "traps whenever it is reached" if f.checked else "nothing checks it"
        if f.thread:
            text = f"this access is outside {what} in {f.thread}"
            label = "traps there" if f.checked else label
        return Diagnostic(Severity.ERROR, "K0304", text, Label(f.place.span, label, f.place.owner))
