"""The seam between types and const evaluation.

Types need the values of constants (array lengths, const arguments); constants are evaluated by interpreting MIR,
which is built from types. The evaluator (``compiler.mir.consteval``) installs itself here with :func:`set_evaluator`;
until then, and for generic expressions, a constant simply stays unevaluated.
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.query import Database
from compiler.ty import types as t

Evaluator = Callable[[Database, t.Const, bool], t.Const]
_evaluator: list[Evaluator] = []


def set_evaluator(evaluator: Evaluator) -> None:
    """Install the const evaluator: ``(db, unevaluated const, reveal) -> value, the same const, or CONST_ERROR``."""
    _evaluator[:] = [evaluator]


def evaluate_const(db: Database, const: t.Const, reveal: bool = False) -> t.Const:
    """Evaluate if possible; a constant that depends on parameters or variables is returned unchanged."""
    if const.kind != "unevaluated" or not _evaluator or const.flags & (t.HAS_INFER | t.HAS_PARAM):
        return const
    return _evaluator[0](db, const, reveal)
