"""The SMT solver, with a time limit.

What it is: a thin layer over z3, imported when first needed. Assumes: text made by :class:`~.formula.Formula`.
Guarantees: an answer in about the time allowed: "sat" with integer values, "unsat", or "unknown".

Example: ``solve("(declare-fun x () Int)(assert (> x 2))", 50).values == {"x": 3}``.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

UNITS_PER_MS: Final = 3000  # of the solver's own measure of effort, which does not depend on the machine's load
_SLOW_MACHINE: Final = 4  # so many times the time may that effort take


@dataclass(slots=True)
class Answer:
    """``values``: integers and booleans of the model; ``allowed_ms``: the time it had."""

    result: str
    values: dict[str, int] = field(default_factory=dict)
    allowed_ms: int = 0


_KEPT: Final = 8192
_answers: OrderedDict[str, Answer] = OrderedDict()


@cache
def _z3() -> Any:
    try:
        import z3
    except ImportError:
        return None
    return z3


def available() -> bool:
    """Whether there is a solver."""
    return _z3() is not None


def solve(text: str, timeout_ms: int, deadline: float | None = None) -> Answer:
    """Decide, before a time of the thread in seconds. What was answered before is answered at once: most edits leave
    most questions as they were."""
    most_ms = _SLOW_MACHINE * timeout_ms
    if deadline is not None:
        most_ms = min(most_ms, int((deadline - time.thread_time()) * 1000))
        timeout_ms = min(timeout_ms, most_ms)
    if timeout_ms <= 0 or _z3() is None:
        return Answer("unknown")
    found = _answers.get(text)
    if found is not None and (found.result != "unknown" or found.allowed_ms >= timeout_ms):
        _answers.move_to_end(text)
    else:
        found = _answers[text] = _decide(text, timeout_ms, most_ms)
        if len(_answers) > _KEPT:
            _answers.popitem(last=False)
    return found


def _decide(text: str, timeout_ms: int, most_ms: int) -> Answer:
    z3 = _z3()
    solver = z3.SimpleSolver()
    solver.set("timeout", most_ms)
    solver.set("rlimit", UNITS_PER_MS * timeout_ms)
    timeout_ms = min(timeout_ms, most_ms // _SLOW_MACHINE)
    try:
        solver.from_string(text)
        result = str(solver.check())
    except z3.Z3Exception:
        return Answer("unknown", {}, timeout_ms)
    if result != "sat":
        return Answer(result, {}, timeout_ms)
    model = solver.model()
    values: dict[str, int] = {}
    for d in model.decls():
        if d.arity() == 0:
            v = model[d]
            if z3.is_int_value(v):
                values[d.name()] = v.as_long()
            elif z3.is_true(v) or z3.is_false(v):
                values[d.name()] = int(z3.is_true(v))
    return Answer("sat", values, timeout_ms)
