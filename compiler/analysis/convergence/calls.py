"""Terminators: branches, calls into other bodies, convergent operations.

What it is: :class:`Interpreter`, which owns the terms and the results of bodies by their arguments, and
:func:`terminator`. What a call's arguments refer to is passed as *slots*: the callee sees the values of the caller's
locals behind references and gives them back. Assumes: what :class:`MonoItems` guarantees. Guarantees: an operation is
recorded in the body that holds it, with the calls through which the kernel reaches it; recursion, calls through
pointers and runaway sizes end as values of which nothing is known.

Example: ``fn step(x: &mut u32) { *x += 1 }`` called with ``&mut i`` leaves ``i + 1`` in the caller's ``i``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from compiler.analysis.convergence.cfg import flow_of
from compiler.analysis.convergence.interpret import Run, branch
from compiler.analysis.convergence.intrinsics import intrinsic_value
from compiler.analysis.convergence.levels import SCOPES, WARP, Geometry
from compiler.analysis.convergence.rvalues import operand
from compiler.analysis.convergence.simplify import Arithmetic
from compiler.analysis.convergence.state import State, thin, type_code
from compiler.analysis.convergence.values import OTHER, Node, Terms
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.inline_ptx import instructions
from compiler.mir.mono.attributes import attribute, attribute_text, intrinsic_name
from compiler.mir.mono.model import Instance, InstanceKind, MonoFunction, MonoItems
from compiler.mir.place_ty import place_ty
from compiler.query import Database
from compiler.ty import types as t

MAX_VISITS = 30_000
MAX_DEPTH = 64
_OPAQUE_KINDS = (InstanceKind.CTOR, InstanceKind.EXTERN)


class GaveUp(Exception):
    """The kernel is too large or too tangled; the text says why."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A call on the way to an operation: which run, from which block, where in the source."""

    run: Run
    block: int
    span: Span

    def __hash__(self) -> int:
        return hash((id(self.run), self.block))


@dataclass(frozen=True, slots=True)
class Operation:
    """A convergent operation. ``scope``: the group that must reach it together; ``mask``: of a warp operation that
    names its lanes; ``frames``: from the kernel (first) to the body that holds it (last); ``name``: of the
    operation."""

    name: str
    scope: int
    mask: Node | None
    frames: tuple[Frame, ...]
    source: str = "intrinsic"
    reads: Node | None = None  # of a shuffle: what says which lane is read


class Interpreter:
    """Runs bodies of one kernel instance."""

    def __init__(self, db: Database, items: MonoItems, geometry: Geometry) -> None:
        self.db = db
        self.items = items
        self.functions = {f.instance: f for f in items.functions}
        self.geometry = geometry
        self.terms = Terms()
        self.arith = Arithmetic(self.terms, geometry)
        self.results: dict[Any, tuple[Node, tuple[Node, ...], tuple[Operation, ...]]] = {}
        self.stack: list[Instance] = []
        self.runs: list[Run] = []
        self.run_of: dict[Node, Run] = {}
        self.read_only: set[Node] = set()
        self.visits = 0
        self.evaluations = 0
        self.verdicts: dict[Any, Any] = {}
        self._numbers = 0
        self._marks: dict[Any, tuple[str, ...] | None] = {}
        self._references: dict[Node, tuple[int, ...]] = {}

    def new_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def new_loop_bit(self) -> int:
        self._numbers += 1
        return 1 << self._numbers

    def count(self) -> None:
        self.visits += 1
        if self.visits % 64 == 0:
            self.db.checkpoint()
        if self.visits > MAX_VISITS:
            self.give_up("the kernel is too large to be followed")

    def give_up(self, why: str) -> None:
        raise GaveUp(why)

    def is_read_only(self, address: Node) -> bool:
        """Memory behind a shared slice parameter, or a constant."""
        while address.op in ("at", "fieldaddr", "fat", "convert", "elem"):
            address = address.args[0]
        return address in self.read_only or address.op in ("bytes", "allocated")

    def is_user(self, def_id: Any) -> bool:
        """Whether a definition is the user's, not the library's."""
        from compiler.resolve.def_map import crate_description

        description = crate_description(self.db, def_id.krate)
        return description is None or not description.is_library

    def mark(self, def_id: Any, name: str) -> tuple[str, ...] | None:
        """The words of ``#[oxide::name(word, word)]``."""
        key = (def_id, name)
        if key not in self._marks:
            attr = attribute(self.db, def_id, f"oxide::{name}")
            words = None if attr is None else tuple(w.strip() for w in attribute_text(attr).split(","))
            self._marks[key] = words
        return self._marks[key]

    # -- bodies

    def run_kernel(self, function: MonoFunction, args: tuple[Node, ...]) -> Run:
        """The kernel's own body."""
        self.stack.append(function.instance)
        run = Run(self, function, flow_of(self.db, function.instance), args, ())
        run.solve()
        self.stack.pop()
        return run

    def call(
        self, function: MonoFunction, args: tuple[Node, ...], slots: tuple[Node, ...]
    ) -> tuple[Node, tuple[Node, ...], tuple[Operation, ...]]:
        """Result, what the slots hold afterwards, and the operations inside."""
        key = (function.instance, args, slots)
        found = self.results.get(key)
        if found is None:
            self.stack.append(function.instance)
            run = Run(self, function, flow_of(self.db, function.instance), args, slots)
            run.solve()
            self.runs.append(run)
            self.stack.pop()
            operations = tuple(o for block in run.flow.order for o in run.operations.get(block, ()))
            found = self.results[key] = (run.result, run.slots, operations)
        return found

    # -- references in values

    def references(self, node: Node) -> tuple[int, ...]:
        """Keys of the locals a value refers to."""
        found = self._references.get(node)
        if found is None:
            if node.op == "ref":
                found = (node.args[0],)
            elif node.op in _HOLDERS:
                inside: dict[int, None] = {}
                for part in _parts(node):
                    inside.update(dict.fromkeys(self.references(part)))
                found = tuple(inside)
            else:
                found = ()
            self._references[node] = found
        return found

    def rename(self, node: Node, names: dict[int, int]) -> Node:
        """A value with its references renamed; a reference that leaves its body is unknown."""
        if not self.references(node):
            return node
        if node.op == "ref":
            key = names.get(node.args[0])
            if key is None:
                return self.terms.unknown(("dangling", node.args[0]), "a reference to a local that is gone")
            return self.terms.ref(key, node.args[1])
        if node.op == "enum":
            variants = tuple((n, tuple(self.rename(f, names) for f in fs)) for n, fs in node.args[1])
            return self.terms.enum(node.args[0], variants)
        args = tuple(self.rename(a, names) for a in node.args)
        if node.op == "refin" and args[0].op != "ref":
            return self.terms.unknown(("dangling", node), "a pointer to a local that is gone")
        return self.terms.over(node.op, args)


_HOLDERS = frozenset(("agg", "fat", "enum", "refs", "refin", "array", "arrayof", "convert", "union", "unsize"))


def _parts(node: Node) -> tuple[Node, ...]:
    if node.op == "enum":
        return tuple(f for _, fields in node.args[1] for f in fields)
    return tuple(a for a in node.args if isinstance(a, Node))


# ---------------------------------------------------------------- terminators


def terminator(run: Run, state: State, term: m.Terminator) -> None:
    """The effect of a terminator on the state."""
    if isinstance(term, m.SwitchInt):
        branch(run, state, term)
    elif isinstance(term, m.Call):
        _call(run, state, term)
    elif isinstance(term, m.Drop):
        _drop(run, state, term)
    elif isinstance(term, m.InlineAsm):
        _asm(run, state, term)


def _drop(run: Run, state: State, term: m.Drop) -> None:
    glue = run.function.drops.get(state.block)
    function = run.interpreter.functions.get(glue) if glue is not None else None
    if function is None:
        return
    root, path = state.resolve(term.place)
    pointer = run.terms.ref(root, path) if isinstance(root, int) else root
    _enter(run, state, function, (pointer,), term.span)


def _call(run: Run, state: State, term: m.Call) -> None:
    args = tuple(operand(state, a) for a in term.args)
    callee = run.function.callees.get(state.block)
    if callee is None:
        value = _unknown_call(run, state, args, "a call through a function pointer")
    elif callee.kind is InstanceKind.INTRINSIC:
        value = _intrinsic(run, state, callee, args, term)
    elif callee.kind is InstanceKind.EXTERN:
        value = _extern(run, state, callee, args)
    else:
        function = run.interpreter.functions.get(callee)
        if function is None:
            value = _unknown_call(run, state, args, "a function that cannot be compiled")
        else:
            value = _enter(run, state, function, args, term.span)
    run.write_result(state, term.destination, value)


def _unknown_call(run: Run, state: State, args: tuple[Node, ...], why: str) -> Node:
    site = run.site(state.block)
    for a in args:
        state.forget(a, site, why)
    return run.terms.unknown(site, why, loops=run.loop_bits(state.block))


def _extern(run: Run, state: State, callee: Instance, args: tuple[Node, ...]) -> Node:
    if callee.def_id.name.startswith("__nv_"):
        return run.terms.over("extern", (callee.def_id.name, *args))
    return _unknown_call(run, state, args, f"`{callee.def_id.name}`, which is defined elsewhere")


def _intrinsic(run: Run, state: State, callee: Instance, args: tuple[Node, ...], term: m.Call) -> Node:
    interpreter = run.interpreter
    words = interpreter.mark(callee.def_id, "convergent")
    if words is not None:
        mask = args[0] if len(words) > 1 and args else None
        shuffle = callee.def_id.name.startswith("shuffle") and len(args) > 2
        reads = args[2] if shuffle else None
        _record(run, state, callee.def_id.name, SCOPES.get(words[0], WARP), mask, term.span, reads=reads)
    name = intrinsic_name(interpreter.db, callee.def_id) or ""
    result_ty = place_ty(run.body.locals, term.destination)
    return intrinsic_value(run, state, name, args, type_code(result_ty), result_ty)


def _record(
    run: Run,
    state: State,
    name: str,
    scope: int,
    mask: Node | None,
    span: Span,
    source: str = "intrinsic",
    reads: Node | None = None,
) -> None:
    frame = Frame(run, state.block, span)
    run.operations.setdefault(state.block, []).append(Operation(name, scope, mask, (frame,), source, reads))


def _enter(run: Run, state: State, function: MonoFunction, args: tuple[Node, ...], span: Span) -> Node:
    """A call of a body."""
    interpreter = run.interpreter
    if function.instance in interpreter.stack or len(interpreter.stack) > MAX_DEPTH:
        return _unknown_call(run, state, args, "recursion")
    keys = _reached(interpreter, state, args)
    names = {key: -1 - i for i, key in enumerate(keys)}
    back = {-1 - i: key for i, key in enumerate(keys)}
    slots = tuple(interpreter.rename(state.local(key), names) for key in keys)
    inner = tuple(interpreter.rename(a, names) for a in args)
    result, after, operations = interpreter.call(function, inner, slots)
    for key, old, new in zip(keys, slots, after, strict=True):
        if new is not old:
            state.locals[key] = interpreter.rename(new, back)
    result = _taken_by_caller(run, state, interpreter.rename(result, back))
    def_id = function.instance.def_id
    words = interpreter.mark(def_id, "convergent") if operations else None
    if words is not None:
        _record(run, state, def_id.name, SCOPES.get(words[0], WARP), None, span)
    else:
        frame = Frame(run, state.block, span)
        lifted = [replace(o, frames=(frame, *o.frames)) for o in operations]
        run.operations.setdefault(state.block, []).extend(lifted)
    claim = interpreter.mark(def_id, "uniform")
    return result if claim is None else _claimed(run.terms, result, SCOPES.get(claim[0], WARP))


def _taken_by_caller(run: Run, state: State, node: Node) -> Node:
    """A mask of active lanes that a call gives back was read where the call stands."""
    if node.op == "active":
        args = (run.site(state.block),)
        return run.terms.make(
            "active", args, node.level, node.ty, None, None, node.loops | run.loop_bits(state.block), True
        )
    if node.op == "agg" and any(f.op == "active" for f in node.args):
        return run.terms.agg(tuple(_taken_by_caller(run, state, f) for f in node.args))
    return node


def _reached(interpreter: Interpreter, state: State, args: tuple[Node, ...]) -> list[int]:
    """Locals the arguments refer to, directly or through others."""
    found: dict[int, None] = {}
    work = [key for a in args for key in interpreter.references(a)]
    while work:
        key = work.pop(0)
        if key not in found:
            found[key] = None
            work += interpreter.references(state.local(key))
    return list(found)


def _claimed(terms: Terms, node: Node, level: int) -> Node:
    """A value whose maker guarantees that it is the same at a level."""
    if node.level >= level:
        return node
    if node.op == "agg":
        return terms.agg(tuple(_claimed(terms, f, level) for f in node.args))
    if node.op in ("enum", "fat", "ref", "refs", "refin"):
        return node
    return terms.make("claimed", (node,), level, node.ty, node.lo, node.hi, node.loops, False)


# ---------------------------------------------------------------- inline assembly


def _asm(run: Run, state: State, term: m.InlineAsm) -> None:
    scope = None if term.may_diverge else asm_scope(term.template.decode("latin-1"))
    if scope is not None:
        _record(run, state, "ptx_asm!", scope, None, term.span, "asm")
    site = run.site(state.block)
    for i, o in enumerate(term.operands):
        if o.place is not None:
            ty = place_ty(run.body.locals, o.place)
            value = run.terms.unknown((site, i), "inline assembly", ty=type_code(ty), loops=run.loop_bits(state.block))
            run.write_result(state, o.place, value)
        elif o.value is not None and not term.register_only:
            state.forget(operand(state, o.value), site, "inline assembly")


def asm_scope(template: str) -> int | None:
    """Who must reach the instructions of a template together."""
    scope: int | None = None
    for name, statement in instructions(template):
        found: int | None = None
        if name.startswith(("bar.sync", "barrier.sync", "barrier.cta.sync")):
            found = SCOPES["block"] if "," not in statement else None
        elif name.startswith("barrier.cluster"):
            found = SCOPES["cluster"]
        elif ".sync.aligned" in name:
            found = WARP
        if found is not None:
            scope = found if scope is None else max(scope, found)
    return scope


__all__ = ["OTHER", "Frame", "GaveUp", "Interpreter", "Operation", "asm_scope", "t", "terminator", "thin"]
