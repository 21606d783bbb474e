"""``x @ PAT``: what ``x`` takes or borrows must go with what the variables of ``PAT`` do (rustc's
``check_borrow_conflicts_in_at_patterns``).

What it is: a rule on patterns alone, before borrows are checked: only copies and shared borrows go together.

Assumes: binding modes are known. Guarantees: one message a pattern, the gravest; moves that conflict with moves are
left to the borrow checker (E0382).

Example: ``ref mut a @ Some(ref b)`` borrows mutably what is also borrowed as immutable.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.def_id import DefId
from compiler.mir.build.cx import BodyCx
from compiler.mir.build.matches import pattern as p

_SHOWN = {"move": "moved", "ref": "borrowed", "ref mut": "mutably borrowed"}


@dataclass(frozen=True, slots=True)
class BindingsConflict:
    """``labels``: the variables that conflict, with what they do."""

    span: Span
    text: str
    labels: tuple[tuple[Span, str], ...]

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        (first, does), *rest = self.labels
        more = tuple(Label(span, text, owner) for span, text in rest)
        return Diagnostic(Severity.ERROR, "", self.text, Label(first.cover(self.span), does, owner), more)


def at_pattern_conflict(cx: BodyCx, pat: p.BindingPat) -> BindingsConflict | None:
    """What is wrong between a variable and those of its sub-pattern."""
    if pat.sub is None:
        return None
    inner = [(binding, _effect(cx, binding)) for binding in _bindings(pat.sub)]
    outer = _effect(cx, pat)
    if outer == "copy":
        return None
    if outer == "move":
        conflicts = [b for b, effect in inner if effect in ("ref", "ref mut")]
        text = "borrow of moved value"
    else:
        conflicts, text = _with_borrow(outer, inner)
    if not conflicts:
        return None
    labels = tuple((b.span, f"value is {_SHOWN[b.mode]} here") for b in (pat, *conflicts))
    return BindingsConflict(pat.span, text, labels)


def _with_borrow(outer: str, inner: list[tuple[p.BindingPat, str]]) -> tuple[list[p.BindingPat], str]:
    if outer == "ref mut":
        twice = [b for b, effect in inner if effect == "ref mut"]
        if twice:
            return twice, "cannot borrow value as mutable more than once at a time"
        mixed = [b for b, effect in inner if effect == "ref"]
        text = "cannot borrow value as immutable because it is also borrowed as mutable"
    else:
        mixed = [b for b, effect in inner if effect == "ref mut"]
        text = "cannot borrow value as mutable because it is also borrowed as immutable"
    if mixed:
        return mixed, text
    return [b for b, effect in inner if effect == "move"], "cannot move out of value because it is borrowed"


def _effect(cx: BodyCx, pat: p.BindingPat) -> str:
    if pat.mode != "move":
        return pat.mode
    return "copy" if cx.is_copy(pat.var_ty) else "move"


def _bindings(pat: p.Pat) -> Iterator[p.BindingPat]:
    stack = [pat]
    while stack:
        at = stack.pop()
        if isinstance(at, p.BindingPat):
            yield at
        stack.extend(reversed(p.sub_patterns(at)))
