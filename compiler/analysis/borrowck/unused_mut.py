"""``unused_mut``: variables whose ``mut`` nothing needed.

What it is: what the walk noted as needed (:attr:`BorrowCheckResult.used_mut`), completed as rustc completes it: a
variable moved into a temporary that is mutated needed its ``mut``, and one that is never given a value is not spoken
of.

Assumes: a body without borrow errors. Guarantees: variables that the source does not spell are left alone.

Example: ``let mut x = 1; f(x)`` is one warning, at ``mut x``.
"""

from __future__ import annotations

import re
from typing import Final

from compiler.analysis.borrowck.check import body_borrows
from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, Suggestion
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.query import Database
from compiler.resolve.source import item_source

_MUT: Final = re.compile(rb"mut\s+")


@dataclass(frozen=True, slots=True)
class UnusedMut:
    """``mut``: the word and the space after it."""

    owner: DefId
    span: Span
    mut: Span

    def to_diagnostic(self) -> Diagnostic:
        edit = Edit(self.mut, "", self.owner)
        fix = Suggestion("remove this `mut`", (edit,), Applicability.MACHINE_APPLICABLE)
        label = Label(self.span, "", self.owner)
        text = "variable does not need to be mutable"
        return Diagnostic(Severity.WARNING, "unused_mut", text, label, (), (), (fix,), ("unnecessary",))


def unused_mut(db: Database, owner: DefId) -> list[Diagnostic]:
    """A warning for each needless ``mut`` of a body, closures included, item-relative."""
    result = body_borrows(db, owner)
    out: list[Diagnostic] = []
    for def_id in (owner, *result.closures):
        found = body_borrows(db, def_id)
        if found.checked:
            out += _of_body(db, owner, mir_built(db, def_id), found.used_mut)
    return out


def _of_body(db: Database, owner: DefId, body: m.Body, used: frozenset[m.Local]) -> list[Diagnostic]:
    unused = {
        local
        for local, decl in enumerate(body.locals)
        if local and decl.is_user_variable and decl.mutability is m.Mutability.MUT and local not in used
    }
    unused -= {local for local in unused if (body.locals[local].name or "_").startswith("_")}
    if not unused:
        return []
    assigned = set(range(1, body.arg_count + 1))
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, m.Assign):
                assigned.add(statement.place.local)
                if statement.place.local in used and not body.locals[statement.place.local].is_user_variable:
                    unused -= _moved(statement.rvalue)
        if isinstance(block.terminator, m.Call):
            assigned.add(block.terminator.destination.local)
    source = item_source(db, owner)
    out = []
    for local in sorted(unused & assigned):
        span = body.locals[local].span
        match = _MUT.match(source, span.start, span.end)
        if match is not None:
            out.append(UnusedMut(owner, span, Span(match.start(), match.end())).to_diagnostic())
    return out


def _moved(rvalue: m.Rvalue) -> set[m.Local]:
    """Variables moved as a whole by an rvalue."""
    operands = rvalue.operands if isinstance(rvalue, m.Aggregate) else (getattr(rvalue, "operand", None),)
    return {o.place.local for o in operands if isinstance(o, m.Move) and not o.place.projection}
