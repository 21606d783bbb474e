"""``unused_variables`` and ``unused_assignments``: variables and values that nothing reads.

What it is: the verdicts of :mod:`compiler.analysis.lints.liveness` on a body and the closures in it, told as rustc
tells them: a variable that is never read (and perhaps assigned to) once, at its name; a value that is never read at
its assignment.

Assumes: a body without errors. Guarantees: variables that the source does not spell (a macro made them) and code that
a derive wrote are left alone.

Example: ``let mut x = 0; x = 1;`` is one ``unused_variables`` at ``x``: assigned to, but never used.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.analysis.lints.errors import (
    AssignedOnly,
    Binding,
    UnreadValue,
    UnusedVariable,
)
from compiler.analysis.lints.liveness import Access, BodyLiveness, body_liveness
from compiler.analysis.lints.source import Source, is_linted
from compiler.analysis.lints.variables import Variable
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.infer import body_owner, infer


@query(cycle=lambda db, def_id: None, backdate=False)
def liveness(db: Database, def_id: DefId) -> BodyLiveness | None:
    """Of a function, constant or closure; None where its MIR is not to be had."""
    body = mir_built(db, def_id)
    if body.tainted_by_errors or body.unsupported:
        return None
    kind = ""
    if def_id.kind is DefKind.CLOSURE:
        facts = infer(db, body_owner(def_id)).closures.get(def_id.disambiguator)
        kind = facts.kind if facts is not None else ""

    def dead_captures(closure: DefId) -> frozenset[int]:
        found = liveness(db, closure)
        return found.dead_captures() if found is not None else frozenset()

    return body_liveness(body, kind, dead_captures)


def unused_variables(db: Database, owner: DefId) -> list[Diagnostic]:
    """Both lints of a body, closures and inline constants included, item-relative."""
    source = Source.of(db, owner)
    if source is None or not is_linted(db, owner):
        return []
    result = infer(db, owner)
    inner = [c.def_id for c in result.closures.values()]
    bodies = [(d, liveness(db, d)) for d in (owner, *inner)]
    if any(found is None for _, found in bodies):
        return []
    out: list[Diagnostic] = []
    initializers: dict[h.PatId, Span] | None = None
    for def_id, found in bodies:
        assert found is not None
        if not _has_findings(found):
            continue
        if initializers is None:
            initializers = dict(_initializers(source.body))
        out += _Report(db, owner, source, mir_built(db, def_id), found, initializers).run()
    return out


def _has_findings(found: BodyLiveness) -> bool:
    unread = ~found.ever_live & ((1 << len(found.variables.all)) - 1)
    return bool(unread) or any(not a.live for accesses in found.accesses for a in accesses.values())


def _initializers(body: h.Body) -> Iterator[tuple[h.PatId, Span]]:
    """The span of the value that each pattern takes apart, for every pattern inside it."""
    store = body.store
    for node in store.exprs:
        match node:
            case h.Block():
                for stmt in node.stmts:
                    if isinstance(stmt, h.LetStmt) and stmt.init is not None:
                        yield from _each(store, stmt.pat, stmt.init)
            case h.Let():
                yield from _each(store, node.pat, node.expr)
            case h.Match():
                for arm in node.arms:
                    yield from _each(store, arm.pat, node.scrutinee)


def _each(store: h.ExprStore, root: h.PatId, value: h.ExprId) -> Iterator[tuple[h.PatId, Span]]:
    from compiler.ty.infer.pat import sub_patterns

    stack = [root]
    while stack:
        pat = stack.pop()
        yield pat, store.expr_spans[value]
        stack += sub_patterns(store.pats[pat])


class _Report:
    """What is said of one body."""

    def __init__(
        self,
        db: Database,
        owner: DefId,
        source: Source,
        body: m.Body,
        found: BodyLiveness,
        initializers: dict[h.PatId, Span],
    ) -> None:
        self.db = db
        self.owner = owner
        self.source = source
        self.body = body
        self.found = found
        self.initializers = initializers
        self.out: list[Diagnostic] = []

    def run(self) -> list[Diagnostic]:
        for index, variable in enumerate(self.found.variables.all):
            if variable.guard_of >= 0:
                continue
            accesses = self.found.accesses[index]
            if self._is_drop_guard(index, variable):
                accesses = {span: access for span, access in accesses.items() if access.whole}
            if not self.found.ever_live >> index & 1 and variable.field < 0:
                self._never_read(index, variable, accesses)
            else:
                self._unread_values(variable, accesses)
        return self.out

    def _bindings(self, pat: h.PatId) -> list[Binding]:
        """Where the variable of a pattern is named: once per alternative of an or-pattern."""
        canonical = infer(self.db, self.owner).pat_canonical
        pats = [pat, *(p for p, c in canonical.items() if c == pat and p != pat)]
        return [b for p in sorted(pats) if (b := self.source.binding(p)) is not None]

    def _never_read(self, index: int, variable: Variable, accesses: dict[Span, Access]) -> None:
        bindings = self._bindings(variable.pat)
        if not bindings or not self._is_reached(variable.local):
            return
        value = self.initializers.get(variable.pat)
        own = {self.source.body.store.pat_spans[variable.pat], *(b.pat for b in bindings)}
        others = [
            span
            for span in accesses
            if span not in own and not (value is not None and value.start <= span.start and span.end <= value.end)
        ]
        if not others and len(accesses) == len(self.found.accesses[index]):
            self.out.append(UnusedVariable(self.owner, variable.name, tuple(bindings)).to_diagnostic())
        elif others:
            self.out.append(AssignedOnly(self.owner, variable.name, bindings[0]).to_diagnostic())
            self._unread_values(variable, {span: accesses[span] for span in others})

    def _is_reached(self, local: m.Local) -> bool:
        """Whether control comes to the variable's declaration."""
        if local <= self.body.arg_count:
            return True
        statements = (s for block in self.body.blocks for s in block.statements)
        return any(isinstance(s, m.StorageLive) and s.local == local for s in statements)

    def _unread_values(self, variable: Variable, accesses: dict[Span, Access]) -> None:
        if variable.pat >= 0 and not self._bindings(variable.pat):
            return
        for span, access in sorted(accesses.items()):
            if not access.live:
                self.out.append(UnreadValue(self.owner, variable.name, span, access.kind).to_diagnostic())

    def _is_drop_guard(self, index: int, variable: Variable) -> bool:
        """The variable may be there for what its destructor does: changing a part of it is no reason to warn."""
        from compiler.mir.type_facts import needs_drop
        from compiler.ty.traits.env import param_env

        if not self.found.ever_dropped >> index & 1 or variable.field >= 0:
            return False
        ty = self.body.locals[variable.local].ty
        kinds = t.ClosureTy | t.TupleTy | t.AdtTy | t.DynTy | t.ArrayTy | t.SliceTy | t.AliasTy
        return isinstance(ty, kinds) and needs_drop(self.db, param_env(self.db, self.owner), ty)
