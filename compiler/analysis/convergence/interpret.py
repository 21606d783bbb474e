"""Abstract interpretation of one body: terms for every local at every block, branch conditions, convergent operations.

What it is: a forward fixpoint over the flow graph. Where paths join, a value that differs by path becomes a choice
between terms by the condition of the path, or, at a loop header, the term "value in this iteration"; its level is at
most that of the branches that separate the paths. A value that leaves a loop whose exits diverge is divergent outside.
Assumes: concrete bodies. Guarantees: levels only ever fall, so it ends; bodies are run once for each distinct tuple of
argument terms.

Example: in ``if tid < 16 { x = 1 } else { x = 2 }`` the local ``x`` becomes ``select(tid < 16, 1, 2)``, at level
THREAD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.analysis.convergence.cfg import Flow, Loop
from compiler.analysis.convergence.levels import GRID
from compiler.analysis.convergence.rvalues import operand, rvalue
from compiler.analysis.convergence.state import Locals, State
from compiler.analysis.convergence.values import BOOL, OTHER, Node, wrap
from compiler.mir import body as m
from compiler.mir.mono.model import MonoFunction

if TYPE_CHECKING:
    from compiler.analysis.convergence.calls import Interpreter, Operation

MAX_PASSES = 24


class Run:
    """One body under one tuple of arguments. After :meth:`solve`: ``result``, ``slots`` and ``operations``."""

    def __init__(
        self,
        interpreter: Interpreter,
        function: MonoFunction,
        flow: Flow,
        args: tuple[Node, ...],
        slots: tuple[Node, ...],
    ) -> None:
        self.interpreter = interpreter
        self.db = interpreter.db
        self.terms = interpreter.terms
        self.arith = interpreter.arith
        self.function = function
        self.body = function.body
        self.flow = flow
        self.number = interpreter.new_number()
        self.bits = {loop.header: interpreter.new_loop_bit() for loop in flow.loops}
        self.entry: Locals = {i + 1: a for i, a in enumerate(args)}
        self.entry |= {-1 - i: s for i, s in enumerate(slots)}
        self.outs: dict[int, Locals] = {}
        self.seen: dict[int, tuple[Locals, int]] = {}
        self.conditions: dict[int, Node] = {}
        self.operations: dict[int, list[Operation]] = {}
        self.levels: dict[int, int] = {}  # of user variables, lowest seen
        self.local_levels: dict[int, int] = {}  # of all locals, lowest seen
        self.next_values: dict[Node, Node] = {}  # value in an iteration -> in the next one
        self.first_values: dict[Node, Node] = {}
        self.headers_of: dict[Node, int] = {}
        self.result: Node = self.terms.unit
        self.slots = slots

    # -- what states ask

    def unset(self, key: int) -> Node:
        return self.terms.unknown((self.number, key), "uninitialised")

    def entry_level(self, local: int) -> int:
        """Of a parameter."""
        found = self.entry.get(local)
        return found.level if found is not None else GRID

    def loop_bits(self, block: int) -> int:
        bits = 0
        for loop in self.flow.loops_of[block]:
            bits |= self.bits[loop.header]
        return bits

    def is_read_only(self, address: Node) -> bool:
        return self.interpreter.is_read_only(address)

    def site(self, block: int) -> tuple[int, int]:
        """A name for what is made in a block."""
        return (self.number, block)

    # -- fixpoint

    def solve(self) -> None:
        """Run to the fixpoint."""
        order = self.flow.order
        for _ in range(MAX_PASSES):
            changed = False
            for block in order:
                changed |= self._visit(block)
            if not changed:
                break
        else:
            self.interpreter.give_up("the values of a loop do not settle")
        self._finish()

    def _visit(self, block: int) -> bool:
        level = self._join_level(block)
        before = self._incoming(block, level)
        if before is None:
            return False
        old = self.seen.get(block)
        if old is not None and old[1] == level and old[0] == before:
            return False
        self.seen[block] = (before, level)
        self.interpreter.count()
        state = State(self, dict(before), block)
        self._execute(state)
        self.outs[block] = state.locals
        return True

    def _execute(self, state: State) -> None:
        from compiler.analysis.convergence.calls import terminator

        block = self.body.blocks[state.block]
        for s in block.statements:
            if isinstance(s, m.Assign):
                value = rvalue(state, self.arith, s.rvalue)
                state.write(s.place, value)
                self._note(s.place.local, value)
            elif isinstance(s, m.StorageDead):
                state.locals.pop(s.local, None)
            elif isinstance(s, m.SetDiscriminant):
                state.write(s.place, self.terms.unknown(self.site(state.block), "a discriminant set by hand"))
        self.operations.pop(state.block, None)
        terminator(self, state, block.terminator)

    def _note(self, local: int, value: Node) -> None:
        if value.level < self.local_levels.get(local, GRID):
            self.local_levels[local] = value.level
        if local >= 0 and self.body.locals[local].is_user_variable:
            self.levels[local] = min(self.levels.get(local, GRID), value.level)

    def write_result(self, state: State, place: m.Place, value: Node) -> None:
        """The destination of a call."""
        state.write(place, value)
        self._note(place.local, value)

    # -- joins

    def condition_level(self, block: int) -> int:
        """Of the branch ending a block; GRID until it is known."""
        found = self.conditions.get(block)
        return found.level if found is not None else GRID

    def _join_level(self, block: int) -> int:
        level = GRID
        for branch in self.flow.joins.get(block, ()):
            level = min(level, self.condition_level(branch))
        for p in self.flow.preds[block]:
            for loop in self.flow.loops_of[p]:
                if not loop.blocks >> block & 1:
                    level = min(level, self._exit_level(loop))
        return level

    def _exit_level(self, loop: Loop) -> int:
        return min((self.condition_level(b) for b in loop.exits), default=GRID)

    def _incoming(self, block: int, level: int) -> Locals | None:
        if block == 0:
            if not self.flow.preds[0]:
                return self.entry
            edges = [(-1, self.entry)]
        else:
            edges = []
        for p in self.flow.preds[block]:
            out = self.outs.get(p)
            if out is not None:
                edges.append((p, self._leaving(p, block, out)))
        if not edges:
            return None
        loop = self.flow.headers.get(block)
        if loop is not None:
            return self._at_header(loop, edges, level)
        if len(edges) == 1:
            return edges[0][1]
        return self._joined(block, edges, level)

    def _leaving(self, source: int, target: int, out: Locals) -> Locals:
        """Values that depend on the iteration, outside a loop that threads leave in different iterations."""
        for loop in self.flow.loops_of[source]:
            if loop.blocks >> target & 1:
                continue
            level, bit = self._exit_level(loop), self.bits[loop.header]
            if level < GRID:
                mark = f"left {self.number}.{loop.header}"
                out = {
                    k: self.terms.at_level(v, level, mark, bit) if v.loops & bit and v.level > level else v
                    for k, v in out.items()
                }
        return out

    def _joined(self, block: int, edges: list[tuple[int, Locals]], level: int) -> Locals:
        first = edges[0][1]
        out: Locals = {}
        gates: list[Node] | None = None
        for key, value in first.items():
            values = [e[1].get(key) for e in edges]
            if all(v is value for v in values):
                out[key] = value
                continue
            known = [v for v in values if v is not None]
            if len(known) < len(values):
                continue
            if gates is None:
                gates = self._gates(block, [p for p, _ in edges])
            out[key] = self._choose(known, gates, level, (block, key))
            self._note(key, out[key])
        return out

    def _gates(self, block: int, preds: list[int]) -> list[Node]:
        """The conditions under which each edge is taken, given that the block above both is reached."""
        top = self.flow.idom[block]
        gates = []
        for p in preds:
            reached = self.gate(p, top) if p >= 0 else None
            taken = self.edge(p, block) if p >= 0 else None
            if reached is None or taken is None:
                return []
            gates.append(self.both(reached, taken))
        return gates

    def _choose(self, values: list[Node], gates: list[Node], level: int, where: tuple[int, int]) -> Node:
        """A choice by the edges' conditions, or the opaque "value at this join"."""
        if gates:
            made = values[-1]
            for gate, value in zip(reversed(gates[:-1]), reversed(values[:-1]), strict=True):
                made = self.arith.select(gate, value, made)
            return made
        merged = values[0]
        for other in values[1:]:
            merged = self._merge(merged, other, level, ("join", self.number, *where), False)
        return merged

    def _at_header(self, loop: Loop, edges: list[tuple[int, Locals]], level: int) -> Locals:
        outside = [(p, s) for p, s in edges if p < 0 or not loop.blocks >> p & 1]
        inside = [(p, s) for p, s in edges if p >= 0 and loop.blocks >> p & 1]
        if not outside:
            return inside[0][1]
        first = outside[0][1] if len(outside) == 1 else self._joined(loop.header, outside, level)
        out: Locals = {}
        for key, value in first.items():
            latest = [s[key] for _, s in inside if key in s]
            if key not in loop.assigned and all(v is value for v in latest):
                out[key] = value
                continue
            site = ("phi", self.number, loop.header, key)
            merged = self._merge(value, value, GRID, site, True)
            for other in latest:
                merged = self._merge(merged, other, level, site, True)
            out[key] = merged
            self._note(key, merged)
            for number, other in enumerate(latest):
                self._relate(merged, value, other, loop.header, number == 0)
        return out

    def _relate(self, now: Node, first: Node, after: Node, header: int, fresh: bool) -> None:
        """Record how a value at a header starts and continues."""
        if now.op == "phi":
            self.first_values[now] = first
            several = not fresh and self.next_values.get(now) is not after
            self.next_values[now] = after if not several else self.terms.unknown(now, "several ways round the loop")
            self.headers_of[now] = header
            self.interpreter.run_of[now] = self
        elif now.op == first.op == after.op and now.op in ("agg", "fat") and len(now.args) == len(after.args):
            for n, f, a in zip(now.args, first.args, after.args, strict=False):
                self._relate(n, f, a, header, fresh)

    def _merge(
        self, a: Node, b: Node, level: int, site: tuple[object, ...], header: bool, inside: bool = False
    ) -> Node:
        """One term for two; at a header, also for one (``inside``: made in the loop, whatever it is)."""
        if a is b and not (header and (inside or a.op != "phi")):
            return a
        if a.op == b.op:
            parts = self._merge_parts(a, b, level, site, header, inside)
            if parts is not None:
                return parts
        if a.op in _POINTERS and b.op in _POINTERS:
            return a if a is b else self._merge_pointers(a, b, level, site)
        if a is b and a.ty == OTHER and a.op in ("unknown", "static"):
            return a
        ty = a.ty if a.ty == b.ty else OTHER
        own = "phi" if header else "join"
        if header:
            low = min(a.level, b.level, level)
            bit = self.bits[site[2]]  # type: ignore[index]
            return self.terms.make("phi", (site,), low, ty, None, None, bit, False)
        loops = a.loops | b.loops
        return self.terms.make(own, (site,), min(a.level, b.level, level), ty, None, None, loops, True)

    def _merge_parts(
        self, a: Node, b: Node, level: int, site: tuple[object, ...], header: bool, inside: bool
    ) -> Node | None:
        if a.op in ("agg", "fat") and len(a.args) == len(b.args):
            merged = tuple(
                self._merge(x, y, level, (*site, i), header, inside)
                for i, (x, y) in enumerate(zip(a.args, b.args, strict=True))
            )
            return self.terms.agg(merged) if a.op == "agg" else self.terms.fat(*merged)
        if a.op == "enum":
            variants = dict(a.args[1])
            for number, others in b.args[1]:
                mine = variants.get(number, others)
                first = inside or number not in variants  # no value comes from before the loop
                variants[number] = tuple(
                    self._merge(x, y, level, (*site, number, i), header, first)
                    for i, (x, y) in enumerate(zip(mine, others, strict=False))
                )
            discr = self._merge(a.args[0], b.args[0], level, (*site, "d"), header)
            return self.terms.enum(discr, tuple(sorted(variants.items(), key=lambda x: x[0])))
        return None

    def _merge_pointers(self, a: Node, b: Node, level: int, site: tuple[object, ...]) -> Node:
        """Pointers into the same local share it; others are a set."""
        found: dict[Node, Node] = {}
        for p in (*_alternatives(a), *_alternatives(b)):
            base = p.args[0] if p.op == "refin" else p
            known = found.get(base)
            if known is None:
                found[base] = p
            elif known is not p:
                low = min(known.level, p.level, level)
                index = self.terms.make("phi", (*site, base), low, 64, None, None, 0, True)
                found[base] = self.terms.over("refin", (base, index))
        pointers = tuple(found.values())
        return pointers[0] if len(pointers) == 1 else self.terms.over("refs", pointers)

    # -- conditions

    def both(self, a: Node, b: Node) -> Node:
        if a is self.terms.true:
            return b
        return a if b is self.terms.true else self.arith.binary("BitAnd", a, b)

    def edge(self, source: int, target: int) -> Node | None:
        """Under which condition a block goes on to another."""
        succs = self.flow.succs[source]
        if len(succs) == 1:
            return self.terms.true
        term, value = self.body.blocks[source].terminator, self.conditions.get(source)
        if value is None or not isinstance(term, m.SwitchInt):
            return None
        taken: Node = self.terms.false
        for bits, block in term.targets:
            if block == target:
                taken = self._either(taken, self._equals(value, bits))
        if term.otherwise == target:
            rest: Node = self.terms.true
            for bits, block in term.targets:
                if block != target and (block in succs or len(term.targets) == 1):
                    rest = self.both(rest, self.arith.unary("Not", self._equals(value, bits)))
            taken = self._either(taken, rest)
        return taken

    def _either(self, a: Node, b: Node) -> Node:
        return b if a is self.terms.false else self.arith.binary("BitOr", a, b)

    def _equals(self, value: Node, bits: int) -> Node:
        code = value.ty if value.ty != OTHER else 64
        return self.arith.binary("Eq", value, self.terms.const(wrap(bits, code), code))

    def gate(self, block: int, top: int = 0, known: dict[int, Node | None] | None = None) -> Node | None:
        """The condition, within the current iterations, under which a block runs given that ``top`` does."""
        if block == top:
            return self.terms.true
        known = {} if known is None else known
        if block in known:
            return known[block]
        known[block] = None
        above = self.flow.idom[block]
        if above >= 0 and self._always_follows(block, above):
            known[block] = self.gate(above, top, known)
            return known[block]
        taken: Node | None = self.terms.false
        loop = self.flow.headers.get(block)
        for p in self.flow.preds[block]:
            if loop is not None and loop.blocks >> p & 1:
                continue
            if any(not inner.blocks >> block & 1 for inner in self.flow.loops_of[p]):
                taken = None  # out of a loop by one of its exits: in which iteration is not known
                break
            reached, edge = self.gate(p, top, known), self.edge(p, block)
            if reached is None or edge is None or taken is None:
                taken = None
                break
            taken = self._either(taken, self.both(reached, edge))
        known[block] = taken
        return taken

    def _always_follows(self, block: int, above: int) -> bool:
        at = self.flow.ipdom[above]
        while at >= 0:
            if at == block:
                return True
            at = self.flow.ipdom[at]
        return False

    def stays(self, loop: Loop) -> Node | None:
        """The condition under which a thread goes round a loop once more."""
        taken: Node = self.terms.false
        for p in self.flow.preds[loop.header]:
            if loop.blocks >> p & 1:
                reached, edge = self.gate(p, loop.header), self.edge(p, loop.header)
                if reached is None or edge is None:
                    return None
                taken = self._either(taken, self.both(reached, edge))
        return taken

    # -- results

    def _finish(self) -> None:
        returned = [b for b in self.outs if isinstance(self.body.blocks[b].terminator, m.Return)]
        if not returned:
            return
        out = self.outs[returned[0]]
        self.result = out.get(m.RETURN_PLACE, self.terms.unit)
        self.slots = tuple(out.get(-1 - i, s) for i, s in enumerate(self.slots))


_POINTERS = frozenset(("ref", "refs", "refin"))


def _alternatives(pointer: Node) -> tuple[Node, ...]:
    return pointer.args if pointer.op == "refs" else (pointer,)


def branch(run: Run, state: State, term: m.SwitchInt) -> None:
    """The condition of a branch."""
    run.conditions[state.block] = operand(state, term.discr)


__all__ = ["BOOL", "Run", "branch"]
