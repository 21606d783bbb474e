"""The convergence check of a kernel instance: findings, and how uniform its variables are.

What it is: :func:`convergence`, the one entry. Assumes: the kernel's items have no errors. Guarantees: a finding is an
error only with a witness; what is not decided is a hint with its reason; one finding a source line and operation.

Example: ``convergence(db, instance, Geometry()).findings`` of a kernel with a barrier under ``if tid < 16`` is one
K0201.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from compiler.analysis.convergence.calls import GaveUp, Interpreter, Operation
from compiler.analysis.convergence.errors import (
    BARRIER,
    MASK,
    SOURCE,
    UNDECIDED,
    WARP_OPERATION,
    WIDER,
    Divergence,
    Place,
)
from compiler.analysis.convergence.explain import Chain
from compiler.analysis.convergence.fixes import hoist, widen_mask
from compiler.analysis.convergence.interpret import Run
from compiler.analysis.convergence.kernel import kernel_arguments
from compiler.analysis.convergence.levels import BLOCK, GRID, NAMES, WARP, Geometry
from compiler.analysis.convergence.values import Node, parts_of
from compiler.analysis.convergence.verdict import Verdict, controllers, judge, outside
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Severity, Suggestion
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.mono.collector import mono_items
from compiler.mir.mono.model import Instance, MonoItems
from compiler.query import Database, query

_PLAIN = {BARRIER: "barrier", WIDER: "barrier", WARP_OPERATION: "warp operation", MASK: "mask"}


@dataclass(frozen=True, slots=True)
class VariableLevel:
    """How uniform a user variable is: ``level`` of :mod:`levels`; ``span`` of its binding in the owner's item."""

    owner: DefId
    span: Span
    name: str
    level: int

    @property
    def words(self) -> str:
        """For people."""
        if self.level == GRID:
            return "the same in all threads"
        if self.level == 0:
            return "differs between threads"
        return f"the same in all threads of a {NAMES[self.level]}"


@dataclass(slots=True)
class Convergence:
    """``operations``: how many convergent operations were judged; ``proved``: of them; ``variables``: of the kernel and
    the user functions it calls. ``trusting``: what to say of those proved only if no threads race for what they read.
    """

    findings: list[Diagnostic] = field(default_factory=list)
    operations: int = 0
    proved: int = 0
    undecided: int = 0
    variables: tuple[VariableLevel, ...] = ()
    trusting: list[Diagnostic] = field(default_factory=list)


@query(backdate=False)
def convergence(db: Database, instance: Instance, geometry: Geometry) -> Convergence:
    """Judge every convergent operation an instance reaches."""
    items = mono_items(db, instance)
    if not items.functions or items.tainted or any(d.severity is Severity.ERROR for d in items.diagnostics):
        return Convergence()
    interpreter = Interpreter(db, items, replace(geometry, uses_rows=_uses_rows(items)))
    try:
        run = interpreter.run_kernel(items.functions[0], kernel_arguments(interpreter, items.functions[0]))
    except GaveUp as why:
        return _given_up(instance, items, str(why))
    operations = [o for b in run.flow.order for o in run.operations.get(b, ())]
    verdicts = [judge(interpreter, o) for o in operations]
    out = Convergence(
        _findings(interpreter, verdicts + _outside(interpreter, verdicts)),
        len(verdicts),
        sum(v.kind == "proved" for v in verdicts),
        sum(v.kind == "undecided" for v in verdicts),
        _variables(interpreter, run),
        _findings(interpreter, _trusting(interpreter, verdicts)),
    )
    return out


def _trusting(interpreter: Interpreter, verdicts: list[Verdict]) -> list[Verdict]:
    """Operations under branches that are uniform because all threads read the same variable: if threads race for it,
    they may read different values."""
    reason = "it depends on memory that threads race for"
    found = []
    for v in verdicts:
        if v.kind == "proved":
            above = controllers(v.operation, GRID + 1)
            conditions = (v.operation.frames[c.frame].run.conditions.get(c.block) for c in above)
            if any(c is not None and _reads_memory(interpreter, c) for c in conditions):
                found.append(replace(v, kind="undecided", controller=None, reason=reason))
    return found


def _reads_memory(interpreter: Interpreter, node: Node) -> bool:
    """Whether a term reads what the kernel may write."""

    def of_loop(at: Node) -> tuple[Node, ...]:
        run = interpreter.run_of.get(at)
        return (run.first_values[at], run.next_values[at]) if run is not None else ()

    parts = parts_of(node, set(), of_loop)
    return any(at.op == "load" and not interpreter.is_read_only(at.args[0]) for at in parts)


def _outside(interpreter: Interpreter, verdicts: list[Verdict]) -> list[Verdict]:
    """Shuffles that read lanes outside their masks, of those that are reached as they should be."""
    fine = (v.operation for v in verdicts if v.kind == "proved" and v.operation.reads is not None)
    return [found for operation in fine if (found := outside(interpreter, operation)) is not None]


def _uses_rows(items: MonoItems) -> bool:
    """Whether user code looks at y or z coordinates."""
    kernel_crate = items.root.def_id.krate
    for f in items.functions:
        if f.body.def_id.krate is kernel_crate:
            for callee in f.callees.values():
                name = callee.def_id.name
                if "_2d" in name or name.endswith(("Idx_y", "Idx_z")):
                    return True
    return False


def _given_up(instance: Instance, items: MonoItems, why: str) -> Convergence:
    body = items.functions[0].body
    text = (
        f"undecided: whether the barriers and warp operations of `{instance.def_id.name}` are reached together: {why}"
    )
    finding = Divergence(UNDECIDED, Severity.HINT, text, Place(body.def_id, body.span), None, ())
    return Convergence([finding.to_diagnostic()], 0, 0, 1)


def _variables(interpreter: Interpreter, run: Run) -> tuple[VariableLevel, ...]:
    levels: dict[tuple[DefId, Span, str], int] = {}
    for each in (run, *interpreter.runs):
        if not interpreter.is_user(each.body.def_id):
            continue
        for local, decl in enumerate(each.body.locals):
            if not decl.name or not decl.span.end:
                continue
            level = each.levels.get(local)
            if level is None and 0 < local <= each.body.arg_count:
                level = each.entry_level(local)
            if level is not None:
                key = (each.body.def_id, decl.span, decl.name)
                levels[key] = min(levels.get(key, GRID), level)
    return tuple(VariableLevel(*key, level) for key, level in levels.items())


# ---------------------------------------------------------------- findings


def _findings(interpreter: Interpreter, verdicts: list[Verdict]) -> list[Diagnostic]:
    """One a place and code, violations before what is undecided."""
    found: dict[tuple[object, Span], tuple[int, Diagnostic]] = {}
    for v in verdicts:
        if v.kind == "proved":
            continue
        made = _Finding(interpreter, v).diagnostic()
        key = (made.primary.owner, made.primary.span)
        rank = (Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.HINT).index(made.severity)
        if key not in found or rank < found[key][0]:
            found[key] = (rank, made)
    return [d for _, d in found.values()]


class _Finding:
    """Turns a verdict into a diagnostic."""

    def __init__(self, interpreter: Interpreter, verdict: Verdict) -> None:
        self.interpreter = interpreter
        self.verdict = verdict
        self.operation: Operation = verdict.operation
        self.group = NAMES[self.operation.scope]
        self.at = self._user_frame(len(self.operation.frames) - 1)

    def _user_frame(self, last: int) -> int:
        """The deepest frame in user code."""
        for i in range(last, -1, -1):
            if self.interpreter.is_user(self.operation.frames[i].run.body.def_id):
                return i
        return 0

    def diagnostic(self) -> Diagnostic:
        frame = self.operation.frames[self.at]
        owner = frame.run.body.def_id
        code, severity = self._code()
        name = self._name()
        return Divergence(
            code if self.verdict.kind != "undecided" else UNDECIDED,
            severity,
            self._message(code, name),
            Place(owner, frame.span, self._label()),
            self._branch(),
            self._chain(),
            tuple(self._notes(name)),
            tuple(self._helps(code)),
            self._suggestions(code),
        ).to_diagnostic()

    def _name(self) -> str:
        """What the user called."""
        frame = self.operation.frames[self.at]
        if self.at == len(self.operation.frames) - 1:
            return self.operation.name
        term = frame.run.body.blocks[frame.block].terminator
        callee = frame.run.function.callees.get(frame.block)
        return callee.def_id.name if callee is not None and isinstance(term, m.Call) else self.operation.name

    def _code(self) -> tuple[str, Severity]:
        v = self.verdict
        if v.witness is not None and v.witness.problem == "outside":
            return SOURCE, Severity.WARNING
        if v.witness is not None and v.witness.problem and not self._mask_is_full():
            code = MASK
        elif self.operation.scope == WARP:
            code = WARP_OPERATION
        else:
            code = BARRIER if self.operation.scope == BLOCK else WIDER
        if v.kind == "undecided":
            return code, Severity.HINT
        return code, Severity.WARNING if v.by_size else Severity.ERROR

    def _mask_is_full(self) -> bool:
        mask = self.operation.mask
        return mask is None or (mask.op == "const" and mask.args[0] & 0xFFFF_FFFF == 0xFFFF_FFFF)

    def _message(self, code: str, name: str) -> str:
        v = self.verdict
        if v.kind == "undecided":
            return f"undecided: whether all threads of the {self.group} reach `{name}` together: {v.reason}"
        if code == MASK and v.witness is not None:
            return {
                "unnamed": f"the mask of `{name}` does not name all lanes that execute it",
                "absent": f"the mask of `{name}` names lanes that do not get here",
                "different": f"lanes of one `{name}` name different masks",
            }[v.witness.problem]
        if code == SOURCE:
            return f"`{name}` reads a lane that its mask does not name"
        what = "lanes of the warp" if self.operation.scope == WARP else f"threads of the {self.group}"
        unless = ", unless the size is a multiple of 32" if v.by_size else ""
        return f"`{name}` is not reached by all {what}{unless}"

    def _label(self) -> str:
        if self.verdict.kind == "undecided":
            return "needs all of them"
        if self.verdict.witness is not None and self.verdict.witness.problem == "outside":
            return f"lane {self.verdict.witness.lanes[0]} reads lane {self.verdict.witness.lanes[1]}"
        if self.operation.scope == WARP:
            return "needs every lane it names"
        return f"waits for every thread of the {self.group}"

    def _branch(self) -> Place | None:
        c = self.verdict.controller
        if c is None:
            return None
        run: Run = self.operation.frames[c.frame].run
        if not self.interpreter.is_user(run.body.def_id):
            i = self._user_frame(c.frame)
            frame = self.operation.frames[i]
            return Place(frame.run.body.def_id, frame.span, "branches inside this call differ") if i < self.at else None
        term = run.body.blocks[c.block].terminator
        return Place(run.body.def_id, term.span, self._branch_text(run, c.block))

    def _branch_text(self, run: Run, block: int) -> str:
        threads = "lanes of a warp" if self.operation.scope == WARP else f"threads of the {self.group}"
        if any(block in loop.exits for loop in run.flow.loops):
            return f"{threads} leave this loop in different iterations"
        return f"this differs between {threads}"

    def _chain(self) -> tuple[Place, ...]:
        c = self.verdict.controller
        if c is None:
            return ()
        return Chain(self.operation, self.operation.scope).of_branch(c.frame, c.block)

    def _notes(self, name: str) -> list[str]:
        w = self.verdict.witness
        notes = []
        if w is not None and w.problem in ("", "absent"):
            when = f" in iteration {w.iteration}" if w.iteration else ""
            shape = ", ".join(map(str, w.block_dim))
            block = f" of block {_triple(w.misses.block)}" if any(w.reaches.block) or any(w.misses.block) else ""
            notes.append(
                f"in a block of ({shape}), thread {_triple(w.reaches.index)} gets here{when} and thread "
                f"{_triple(w.misses.index)}{block} does not"
            )
        elif w is not None and w.problem == "outside":
            when = f"in iteration {w.iteration} " if w.iteration else ""
            notes.append(f"{when}the mask is {w.mask:#010x}: what lane {w.lanes[0]} gets is undefined")
        elif w is not None:
            lane = f"thread {_triple(w.reaches.index)}"
            verb = "is not in its own mask" if w.problem == "unnamed" else "has another mask than the lanes it names"
            notes.append(f"{lane} of a block of ({', '.join(map(str, w.block_dim))}) {verb}, {w.mask:#010x}")
        return notes

    def _helps(self, code: str) -> list[str]:
        if self.verdict.kind == "undecided":
            return []
        if code == MASK:
            return [
                "name exactly the lanes that execute it: all of them, or those `ballot_sync` gave before the branch"
            ]
        if code == SOURCE:
            return ["name the lanes that are read too, and have them take part, or read none but the named ones"]
        if code == WARP_OPERATION:
            return [
                "compute in all lanes and let the branch choose among results, or name the active lanes in the mask"
            ]
        return [f"move it to where all threads of the {self.group} pass, or make the condition uniform"]

    def _suggestions(self, code: str) -> tuple[Suggestion, ...]:
        if self.verdict.kind == "undecided":
            return ()
        frame = self.operation.frames[self.at]
        db, owner = self.interpreter.db, frame.run.body.def_id
        if code == MASK and self.verdict.controller is None and self.verdict.witness is not None:
            fix = widen_mask(db, owner, frame.span) if self.verdict.witness.problem == "unnamed" else None
        elif code in (BARRIER, WIDER) and self.at == (self.verdict.controller.frame if self.verdict.controller else -1):
            fix = hoist(db, owner, frame.span)
        else:
            fix = None
        return (fix,) if fix is not None else ()


def _triple(at: tuple[int, int, int]) -> str:
    return "(" + ", ".join(map(str, at)) + ")"
