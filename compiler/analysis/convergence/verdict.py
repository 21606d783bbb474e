"""Whether a convergent operation is reached by its whole group: proved, violated with a witness, or undecided.

What it is: :func:`judge`. Levels decide most operations at once. The rest are looked at by example: threads of small
launches are run through the operation's path condition, and two threads of one group of which one gets there and the
other does not are the witness. Assumes: the runs are solved. Guarantees: a violation has a witness whose every value
is a value the code really computes for some launch and data; anything else is undecided, with the reason.

Example: ``if tid < 16 { sync_threads() }`` is violated: thread 0 gets there, thread 16 does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from compiler.analysis.convergence.calls import Frame, Interpreter, Operation
from compiler.analysis.convergence.cfg import Loop
from compiler.analysis.convergence.evaluate import Obscure, Sample, Thread, block_threads, evaluate, warp_lanes
from compiler.analysis.convergence.interpret import Run
from compiler.analysis.convergence.levels import BLOCK, GRID, NAMES, WARP, WARP_SIZE
from compiler.analysis.convergence.values import OTHER, Node, parts_of

FULL_MASK = 0xFFFF_FFFF
SEEDS = 28
ROUNDS = 9
BUDGET = 3_000  # evaluations of one operation
TOTAL_BUDGET = 12_000  # of one kernel
ROUND_SIZES = (1024, 2048, 4096, 8192)
CLOSED_SEEDS = 2  # samples that exhaust a condition over lanes and block shapes
_CLOSED = frozenset(("const", "reg", "select", "cast", "Not", "Neg", "core", "pair", "phi"))
_RANKS = (0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 127, 128, 255, 256, 511, 512, 1023)


@dataclass(frozen=True, slots=True)
class Controller:
    """A branch an operation depends on. ``frame``: index into the operation's frames."""

    frame: int
    block: int
    taken: int
    level: int


@dataclass(frozen=True, slots=True)
class Witness:
    """``reaches`` gets to the operation, ``misses`` does not; or ``lane`` and its ``mask`` do not fit (``problem``)."""

    block_dim: tuple[int, int, int]
    reaches: Thread
    misses: Thread
    iteration: int = 0
    problem: str = ""  # "", "unnamed", "absent", "different", "outside"
    mask: int = 0
    lanes: tuple[int, int] = (0, 0)  # "outside": which lane reads which


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind``: "proved", "violated" or "undecided". ``by_size``: no witness exists when every size is a multiple of a
    block.
    """

    operation: Operation
    kind: str
    controller: Controller | None = None
    witness: Witness | None = None
    reason: str = ""
    by_size: bool = False


class _Spent(Exception):
    """The budget is used up."""


def controllers(operation: Operation, below: int) -> list[Controller]:
    """Branches whose condition is less uniform than ``below``, nearest first."""
    found = []
    for i in reversed(range(len(operation.frames))):
        frame = operation.frames[i]
        run: Run = frame.run
        for block, taken in run.flow.controllers[frame.block]:
            level = run.condition_level(block)
            if level < below:
                found.append(Controller(i, block, taken, level))
    return found


def judge(interpreter: Interpreter, operation: Operation) -> Verdict:
    """The verdict on one operation."""
    low = controllers(operation, operation.scope)
    if operation.mask is None and not low:
        return Verdict(operation, "proved")
    conditions = tuple((c.frame, c.taken, operation.frames[c.frame].run.conditions[c.block]) for c in low)
    key = (operation.scope, operation.mask, conditions, tuple(f.run.number for f in operation.frames))
    known = interpreter.verdicts.get(key)
    if known is None:
        search = _Masks if operation.mask is not None else _Search
        known = interpreter.verdicts[key] = search(interpreter, operation, low).judge()
    return replace(known, operation=operation, controller=low[0] if low else None)


def _constants(node: Node, found: set[int], seen: set[Node]) -> None:
    for at in parts_of(node, seen):
        if at.op == "const" and at.ty != OTHER and 0 <= at.args[0] < 1 << 31:
            found |= {at.args[0], at.args[0] + 1, max(0, at.args[0] - 1)}


def _is_closed(node: Node, seen: set[Node]) -> bool:
    """Whether a term has no free parts but coordinates and block shapes."""
    if node in seen:
        return True
    seen.add(node)
    if node.op not in _CLOSED and not node.op[:1].isupper():
        return False
    if node.op == "reg" and node.level > 0 and not node.args[0].startswith(("block_dim", "thread_idx")):
        return False
    return all(_is_closed(a, seen) for a in node.args if isinstance(a, Node))


def _conjuncts(gate: Node) -> set[Node]:
    """The parts of a condition that differ between lanes."""
    if gate.op == "BitAnd":
        return _conjuncts(gate.args[0]) | _conjuncts(gate.args[1])
    return {gate} if gate.level < WARP else set()


class _Search:
    """Looks for two threads of one group that go different ways."""

    def __init__(self, interpreter: Interpreter, operation: Operation, low: list[Controller]) -> None:
        self.interpreter = interpreter
        self.operation = operation
        self.low = low
        self.spent = 0
        self.budget = min(BUDGET, TOTAL_BUDGET - interpreter.evaluations)
        self.sizes: tuple[int, ...] | None = None
        self.closed = False
        self.obscure: Obscure | None = None

    def judge(self) -> Verdict:
        verdict = self.decide()
        self.interpreter.evaluations += self.spent
        if verdict.witness is None or self.operation.scope != WARP:
            return verdict
        again = type(self)(self.interpreter, self.operation, self.low)
        again.sizes = ROUND_SIZES
        by_size = again.decide().witness is None
        self.interpreter.evaluations += again.spent
        return replace(verdict, by_size=by_size)

    def decide(self) -> Verdict:
        gate = self.whole_gate()
        if gate is not None:
            witness = self.search(gate, self.operation.frames)
            if witness is not None:
                return Verdict(self.operation, "violated", self.low[0], witness)
            if self.obscure is None:
                return Verdict(self.operation, "undecided", self.low[0], None, self.reason())
        for controller in self.low[:4]:
            condition = self._branch_gate(controller)
            if condition is None:
                continue
            witness = self.search(condition, self.operation.frames[: controller.frame + 1], controller.block)
            if witness is not None:
                return Verdict(self.operation, "violated", controller, witness)
        return Verdict(self.operation, "undecided", self.low[0], None, self.reason())

    def reason(self) -> str:
        if self.obscure is not None:
            return why_obscure(self.obscure.node)
        launched = self.interpreter.geometry.launched
        if self.closed and launched and self.interpreter.geometry.block is None:
            shapes = ", ".join(str(x) for x in launched)
            return f"they do in the blocks this crate launches, {shapes}, but no launch contract promises these"
        scope = NAMES[self.operation.scope]
        return f"no two threads of a {scope} were found that differ, but nothing proves that there are none"

    def whole_gate(self) -> Node | None:
        """The path condition through all frames."""
        gate: Node = self.interpreter.terms.true
        for frame in self.operation.frames:
            part = frame.run.gate(frame.block)
            if part is None:
                return None
            gate = frame.run.both(gate, part)
        return gate

    def _branch_gate(self, controller: Controller) -> Node | None:
        run: Run = self.operation.frames[controller.frame].run
        edge = run.edge(controller.block, controller.taken)
        above = run.gate(controller.block)
        if edge is None:
            return None
        return edge if above is None else run.both(above, edge)

    # -- samples

    def samples(self, gate: Node) -> Iterator[Sample]:
        constants: set[int] = set()
        _constants(gate, constants, set())
        pool = tuple(sorted(constants))[:24] if self.sizes is None else ()
        relations = {node: (run.first_values[node], run.next_values[node])
                     for node, run in self.interpreter.run_of.items()}  # fmt: skip
        self.closed = _is_closed(gate, set())
        shapes, stays = self.interpreter.geometry.candidates(), self._loops_over()
        for seed in range(CLOSED_SEEDS * len(shapes) if self.closed else SEEDS):
            sample = Sample(seed, shapes[seed % len(shapes)], relations, pool, self.sizes)
            sample.stays = stays
            sample.reach(constants if self.sizes is None else ())
            yield sample

    def _loops_over(self) -> dict[int, Node | None]:
        """Whether a thread goes round once more, of each loop the operation is not in, by loop bit."""
        around: set[int] = set()
        for run, loop in self.loops(self.operation.frames, None):
            around.add(run.bits[loop.header])
        runs = {id(run): run for run in self.interpreter.run_of.values()}
        return {
            run.bits[loop.header]: run.stays(loop)
            for run in runs.values() for loop in run.flow.loops if run.bits[loop.header] not in around
        }  # fmt: skip

    def loops(self, frames: tuple[Frame, ...], block: int | None) -> list[tuple[Run, Loop]]:
        """Loops around the operation, innermost first."""
        found: list[tuple[Run, Loop]] = []
        for i in reversed(range(len(frames))):
            run: Run = frames[i].run
            at = block if block is not None and i == len(frames) - 1 else frames[i].block
            found += [(run, loop) for loop in sorted(run.flow.loops_of[at], key=lambda x: x.blocks.bit_count())]
        return found

    def search(self, gate: Node, frames: tuple[Frame, ...], block: int | None = None) -> Witness | None:
        loops = self.loops(frames, block)
        stays = loops[0][0].stays(loops[0][1]) if loops else None
        return self._over_rounds(
            gate, ROUNDS if stays is not None else 1, lambda sample, n: self._differing(gate, sample, loops, stays, n)
        )

    def _over_rounds(self, over: Node, rounds: int, look: Callable[[Sample, int], Witness | None]) -> Witness | None:
        """The first witness, early iterations of many samples before later ones."""
        samples = list(self.samples(over))
        try:
            for round_ in range(rounds):
                for sample in samples:
                    try:
                        found = look(sample, round_)
                    except Obscure as error:
                        self.obscure = error
                        continue
                    if found is not None:
                        return found
        except _Spent:
            pass
        return None

    def _differing(
        self, gate: Node, sample: Sample, loops: list[tuple[Run, Loop]], stays: Node | None, round_: int
    ) -> Witness | None:
        first: dict[tuple[int, ...], tuple[Thread, bool]] = {}
        key = loops[0][0].bits[loops[0][1].header] if loops else 0
        for thread in self.threads(sample):
            self.spent += 1
            if self.spent > self.budget:
                raise _Spent
            if stays is not None and not self._still_there(stays, thread, sample, key, round_):
                continue
            sample.iterations = {key: round_}
            reached = bool(evaluate(gate, thread, sample))
            group = sample.group(thread, self.operation.scope)
            known = first.setdefault(group, (thread, reached))
            if known[1] != reached:
                one, other = (thread, known[0]) if reached else (known[0], thread)
                return Witness(sample.block_dim, one, other, round_)
        return None

    def _still_there(self, stays: Node, thread: Thread, sample: Sample, key: int, round_: int) -> bool:
        for before in range(round_):
            sample.iterations = {key: before}
            if not evaluate(stays, thread, sample):
                return False
        return True

    def threads(self, sample: Sample) -> list[Thread]:
        """Threads worth trying, in groups of the operation's scope."""
        x, y, z = sample.block_dim
        total = x * y * z
        ranks = sorted({r for r in (*_RANKS, total // 2, total - 1, total - 2) if 0 <= r < total})
        blocks = [(0, 0, 0)]
        if self.operation.scope > BLOCK:
            blocks.append((1, 0, 0))
        if self.operation.scope == GRID:
            blocks.append((sample.grid_dim[0] - 1, sample.grid_dim[1] - 1, 0))
        blocks += [(at, 0, 0) for at in sample.partial_blocks if (at, 0, 0) not in blocks]
        return [Thread((r % x, r // x % y, r // (x * y)), block) for block in blocks for r in ranks]


class _Masks(_Search):
    """Checks of operations that name their lanes."""

    def decide(self) -> Verdict:
        mask = self.operation.mask
        assert mask is not None
        if not self.low:
            if mask.op == "const" and mask.args[0] & FULL_MASK == FULL_MASK:
                return Verdict(self.operation, "proved")
            if mask.op == "active":
                return Verdict(self.operation, "proved")
        elif mask.op == "active" and self._taken_here(mask):
            return Verdict(self.operation, "proved")
        gate = self.whole_gate()
        if gate is None:
            return super().decide() if self._is_full(mask) else Verdict(
                self.operation, "undecided", self._nearest(), None, "the lanes that get here are not known"
            )  # fmt: skip
        if mask.op == "vote" and mask.args[0] == "ballot_sync" and _conjuncts(gate) == _conjuncts(mask.args[2]):
            return Verdict(self.operation, "proved")
        witness = self._unfit(mask, gate)
        if witness is not None:
            return Verdict(self.operation, "violated", self._nearest(), witness)
        if self.obscure is None and self.closed:
            return Verdict(self.operation, "proved")
        return Verdict(self.operation, "undecided", self._nearest(), None, self.reason())

    def _nearest(self) -> Controller | None:
        return self.low[0] if self.low else None

    def _is_full(self, mask: Node) -> bool:
        return mask.op == "const" and mask.args[0] & FULL_MASK == FULL_MASK

    def _taken_here(self, mask: Node) -> bool:
        """``active_mask`` read under the same conditions as the operation."""
        number, block = mask.args[0]
        at = next((i for i, f in enumerate(self.operation.frames) if f.run.number == number), None)
        if at is None:
            return False
        there = {b for b, _ in self.operation.frames[at].run.flow.controllers[block]}
        return all(c.frame < at or (c.frame == at and c.block in there) for c in self.low)

    def _unfit(self, mask: Node, gate: Node) -> Witness | None:
        frames = self.operation.frames
        loops = self.loops(frames, None)
        stays = loops[0][0].stays(loops[0][1]) if loops else None
        both = self.interpreter.terms.over("pair", (gate, mask))
        rounds = ROUNDS if stays is not None else 1
        return self._over_rounds(both, rounds, lambda sample, n: self._unfit_lanes(mask, gate, sample, loops, stays, n))

    def _unfit_lanes(
        self, mask: Node, gate: Node, sample: Sample, loops: list[tuple[Run, Loop]], stays: Node | None, round_: int
    ) -> Witness | None:
        key = loops[0][0].bits[loops[0][1].header] if loops else 0
        x, y, z = sample.block_dim
        starts = {0, min(WARP_SIZE, (x * y * z - 1) // WARP_SIZE * WARP_SIZE)}
        for start in starts:
            lanes = warp_lanes(block_threads(sample, (0, 0, 0), start, start + 1)[0][1], sample)
            self.spent += len(lanes)
            if self.spent > self.budget:
                raise _Spent
            there: dict[int, Thread] = {}
            for lane, thread in lanes:
                if stays is not None and not self._still_there(stays, thread, sample, key, round_):
                    continue
                sample.iterations = {key: round_}
                if evaluate(gate, thread, sample):
                    there[lane] = thread
            sample.iterations = {key: round_}
            found = self._misfit(mask, dict(lanes), there, sample, round_)
            if found is not None:
                return found
        return None

    def _misfit(
        self, mask: Node, lanes: dict[int, Thread], there: dict[int, Thread], sample: Sample, round_: int
    ) -> Witness | None:
        masks = {lane: int(evaluate(mask, t, sample)) & FULL_MASK for lane, t in there.items()}
        for lane, named in masks.items():
            if not named >> lane & 1:
                other = next((t for n, t in lanes.items() if named >> n & 1), there[lane])
                return Witness(sample.block_dim, there[lane], other, round_, "unnamed", named)
            for other_lane, thread in lanes.items():
                if not named >> other_lane & 1:
                    continue
                if other_lane not in there:
                    return Witness(sample.block_dim, there[lane], thread, round_, "absent", named)
                if masks[other_lane] != named:
                    return Witness(sample.block_dim, there[lane], thread, round_, "different", named)
        return None


class _Sources(_Masks):
    """Lanes that a shuffle reads, where its mask names those that execute it."""

    def decide(self) -> Verdict:
        mask, reads, gate = self.operation.mask, self.operation.reads, self.whole_gate()
        if mask is not None and gate is not None and reads is not None and not self._is_full(mask):
            data_free = all(_is_closed(node, set()) for node in (gate, mask, reads))
            witness = self._unfit(mask, gate) if data_free else None
            if witness is not None:
                return Verdict(self.operation, "violated", None, witness)
        return Verdict(self.operation, "proved")

    def _misfit(
        self, mask: Node, lanes: dict[int, Thread], there: dict[int, Thread], sample: Sample, round_: int
    ) -> Witness | None:
        assert self.operation.reads is not None
        for lane, thread in there.items():
            named = int(evaluate(mask, thread, sample)) & FULL_MASK
            read = self._source(lane, int(evaluate(self.operation.reads, thread, sample)))
            if 0 <= read < WARP_SIZE and not named >> read & 1:
                other = lanes.get(read, thread)
                return Witness(sample.block_dim, thread, other, round_, "outside", named, (lane, read))
        return None

    def _source(self, lane: int, operand: int) -> int:
        """PTX ISA, "shfl.sync": the lane that is read; outside of the warp it is one's own."""
        name = self.operation.name
        if "_xor" in name:
            return lane ^ operand
        if "_down" in name:
            return lane + operand
        return lane - operand if "_up" in name else operand % WARP_SIZE


def outside(interpreter: Interpreter, operation: Operation) -> Verdict | None:
    """A shuffle of the user's that reads a lane which its mask does not name; the library looks at what it gets."""
    caller = operation.frames[-2 if len(operation.frames) > 1 else -1].run.body.def_id
    if operation.reads is None or not interpreter.is_user(caller):
        return None
    found = _Sources(interpreter, operation, []).decide()
    return found if found.witness is not None else None


_REASONS = {
    "unknown": "{0}",
    "shuffled": "it depends on a value shuffled between lanes",
    "after": "it depends on a value from a loop that threads leave in different iterations",
    "join": "it depends on a value chosen on paths that are not followed exactly",
    "active": "it depends on which lanes happen to be active",
    "constant": "it depends on a constant in memory",
    "phi": "it depends on how often a loop runs",
}


def why_obscure(node: Node) -> str:
    """Why a term has no value."""
    if node.op == "unknown":
        return f"it depends on {node.args[1]}"
    return _REASONS.get(node.op, "it depends on data that is not followed")


__all__ = ["WARP", "Controller", "Verdict", "Witness", "controllers", "judge", "outside", "why_obscure"]
