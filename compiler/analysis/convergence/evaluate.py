"""Terms as numbers: what a term is for one thread, under one choice of everything that is not known.

What it is: :class:`Sample`, a launch (block shape, sizes, data) drawn from a seed, and evaluation of terms in it for a
thread and an iteration of each loop. Assumes: terms of one interpreter. Guarantees: equal for threads that share a
term's level; :class:`Obscure` is raised for a term whose value would be invented.

Example: ``tid.x < n`` in a sample with ``n = 33`` is 1 for thread 32 and 0 for thread 33.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from compiler.analysis.convergence.levels import BLOCK, CLUSTER, GRID, WARP, WARP_SIZE
from compiler.analysis.convergence.simplify import COMPARISONS, fold_constants
from compiler.analysis.convergence.values import BOOL, FLOAT, OTHER, Node, limits, wrap

_MOST_BLOCKS: Final = 1 << 16
_SIZES = (0, 1, 2, 3, 5, 7, 16, 17, 31, 33, 40, 64, 65, 100, 129, 250, 257, 1000, 4097)
_MOST_ITERATIONS = 20  # that are followed of a loop that is over
_FLOATS = (-2.5, -1.0, 0.0, 0.25, 1.0, 3.5, 100.0)


class Obscure(Exception):
    """The term's value is not known even when everything around it is chosen."""

    def __init__(self, node: Node) -> None:
        super().__init__(node.op)
        self.node = node


@dataclass(frozen=True, slots=True)
class Thread:
    """Coordinates of a thread."""

    index: tuple[int, int, int]
    block: tuple[int, int, int] = (0, 0, 0)


class Sample:
    """One launch. ``iterations``: of loops, by loop bit (0 if absent). ``pool``: constants worth drawing. ``sizes``:
    the only values of parameters, if given. ``stays``: by loop bit, whether a thread goes round once more, for loops
    that are over where terms are evaluated."""

    def __init__(
        self,
        seed: int,
        block_dim: tuple[int, int, int],
        relations: dict[Node, tuple[Node, Node]],
        pool: tuple[int, ...] = (),
        sizes: tuple[int, ...] | None = None,
    ) -> None:
        self.seed = seed
        self.block_dim = block_dim
        self.grid_dim = (4, 1, 1) if seed % 3 else (2, 2, 1)
        self.relations = relations
        self.iterations: dict[int, int] = {}
        self.stays: dict[int, Node | None] = {}
        self.depth = 0
        self.partial_blocks: tuple[int, ...] = ()  # in which a guard against a constant may divide the threads
        self._pool = (*_SIZES, *pool)
        self._sizes = sizes or self._pool
        self._memos: dict[object, dict[Node, int | float]] = {}

    def reach(self, constants: Iterable[int]) -> None:
        """Have blocks in which the thread's number in the grid comes to a constant."""
        width = self.block_dim[0]
        at = sorted({c // width for c in constants if 0 < c // width <= _MOST_BLOCKS and c % width})
        self.partial_blocks = tuple(at[-2:])
        if at:
            self.grid_dim = (max(self.grid_dim[0], at[-1] + 1), *self.grid_dim[1:])

    def memo(self, thread: Thread) -> dict[Node, int | float]:
        """Values known for a thread in the current iterations."""
        return self._memos.setdefault((thread, tuple(sorted(self.iterations.items()))), {})

    def rank(self, thread: Thread) -> int:
        x, y, z = thread.index
        return x + self.block_dim[0] * (y + self.block_dim[1] * z)

    def group(self, thread: Thread, level: int) -> tuple[int, ...]:
        """What threads sharing a level have in common."""
        if level >= GRID:
            return ()
        if level == CLUSTER:
            return (thread.block[0] // 2, *thread.block[1:])
        if level == BLOCK:
            return thread.block
        rank = self.rank(thread)
        return (*thread.block, rank // WARP_SIZE if level == WARP else rank)

    def draw(self, node: Node, thread: Thread) -> int | float:
        """A value for something free, the same for threads of its group."""
        level = WARP if self.seed % 4 == 1 and node.level < WARP else node.level  # data that agrees within warps
        where = (self.seed, _name(node), self.group(thread, level))
        digest = int.from_bytes(hashlib.blake2b(repr(where).encode(), digest_size=6).digest(), "little")
        if node.ty == BOOL:
            return digest & 1
        if node.ty == FLOAT:
            return _FLOATS[digest % len(_FLOATS)]
        pool = self._sizes if node.level >= GRID and _is_of_launch(node) else self._pool
        value = pool[digest % len(pool)]
        low, high = node.lo, node.hi
        if low is not None and high is not None:
            value = min(max(value, low), high)
        elif node.ty == OTHER:
            value = digest % 4
        return value


def _is_of_launch(node: Node) -> bool:
    """Whether it is a parameter or a field of one, as the length of a ``DisjointSlice`` is."""
    while node.op == "field" and isinstance(node.args[0], Node):
        node = node.args[0]
    return node.op == "param"


def _name(node: Node) -> str:
    """A stable name of a free term."""
    found: str = repr((node.op, [_text(a) for a in node.args]))
    return found


def _text(value: Any) -> str:
    if isinstance(value, Node):
        return f"{value.op}({','.join(_text(a) for a in value.args)})"
    if isinstance(value, tuple):
        return f"({','.join(_text(v) for v in value)})"
    return str(value)


def evaluate(node: Node, thread: Thread, sample: Sample, memo: dict[Node, int | float] | None = None) -> int | float:
    """The value of a scalar term."""
    if memo is None:
        memo = sample.memo(thread)
    found = memo.get(node)
    if found is None:
        found = memo[node] = _value(node, thread, sample, memo)
    return found


def _value(node: Node, thread: Thread, sample: Sample, memo: dict[Node, int | float]) -> int | float:
    op, args = node.op, node.args
    if op == "const":
        return _constant(node)
    if op == "reg":
        return _register(node, thread, sample)
    if op == "phi":
        return _iterated(node, thread, sample, memo)
    if op == "select":
        chosen = args[1] if evaluate(args[0], thread, sample, memo) else args[2]
        return evaluate(chosen, thread, sample, memo)
    if op == "cast":
        return wrap(int(evaluate(args[0], thread, sample, memo)), node.ty)
    if op in ("Not", "Neg"):
        return _unary(node, evaluate(args[0], thread, sample, memo))
    if len(args) == 2 and all(isinstance(a, Node) for a in args) and op[:1].isupper():
        return _binary(node, *(evaluate(a, thread, sample, memo) for a in args))
    return _special(node, thread, sample, memo)


def _special(node: Node, thread: Thread, sample: Sample, memo: dict[Node, int | float]) -> int | float:
    op, args = node.op, node.args
    if op in ("load", "param", "sample", "claimed", "device", "len", "meta"):
        if op == "load" and node.weak:
            raise Obscure(node)
        return sample.draw(node, thread)
    if op in ("field", "vfield", "discr") and not node.weak:
        return sample.draw(node, thread)
    if op == "convert" and node.ty == FLOAT and args[0].ty not in (OTHER,):
        return float(evaluate(args[0], thread, sample, memo))
    if op == "convert" and args[0].ty == FLOAT and node.ty not in (OTHER, FLOAT):
        low, high = limits(node.ty)
        return min(max(int(evaluate(args[0], thread, sample, memo)), low or 0), high or 0)
    if op == "overflows":
        return _overflows(node, thread, sample, memo)
    if op == "core":
        return _core(node, thread, sample, memo)
    if op == "vote":
        return _vote(node, thread, sample)
    if op == "shuffled":
        return _shuffled(node, thread, sample)
    if op == "elem" and len(args) == 2 and args[0].op == "arrayof":
        index = int(evaluate(args[1], thread, sample, memo))
        if 0 <= index < len(args[0].args):
            return evaluate(args[0].args[index], thread, sample, memo)
    raise Obscure(node)


def _constant(node: Node) -> int | float:
    value: int = node.args[0]
    if node.ty != FLOAT:
        return value
    # bits of an f32 or f64: f32 patterns fit 32 bits and no common f64 does, but 0.0
    kind = "<f" if value < 1 << 32 else "<d"
    return float(struct.unpack(kind, value.to_bytes(4 if kind == "<f" else 8, "little"))[0])


def _register(node: Node, thread: Thread, sample: Sample) -> int | float:
    name: str = node.args[0]
    axis = "xyz".find(name[-1])
    for prefix, values in (
        ("thread_idx_", thread.index),
        ("block_dim_", sample.block_dim),
        ("block_idx_", thread.block),
        ("grid_dim_", sample.grid_dim),
    ):
        if name.startswith(prefix):
            return values[axis]
    lane = sample.rank(thread) % WARP_SIZE
    masks = {"lt": (1 << lane) - 1, "le": (2 << lane) - 1, "eq": 1 << lane}
    if name == "lane_id":
        return lane
    if name.startswith("lanemask_"):
        kind = name[-2:]
        if kind in masks:
            return masks[kind]
        return 0xFFFF_FFFF & ~masks["lt" if kind == "ge" else "le"]
    return sample.draw(node, thread)


def _iterated(node: Node, thread: Thread, sample: Sample, memo: dict[Node, int | float]) -> int | float:
    """The value at a loop header in the sample's iteration."""
    relation = sample.relations.get(node)
    if relation is None or sample.depth > 24:
        raise Obscure(node)
    first, after = relation
    key = node.loops
    count = sample.iterations.get(key, 0)
    if key in sample.stays and key not in sample.iterations:
        return _left_with(node, thread, sample)
    if count == 0:
        return evaluate(first, thread, sample, memo)
    sample.iterations[key] = count - 1
    sample.depth += 1
    try:
        return evaluate(after, thread, sample)
    finally:
        sample.depth -= 1
        sample.iterations[key] = count


def _left_with(node: Node, thread: Thread, sample: Sample) -> int | float:
    """The value at the header of a loop that is over: in the iteration in which the thread leaves it."""
    key, stays = node.loops, sample.stays[node.loops]
    if stays is None or stays.weak:
        raise Obscure(node)
    sample.depth += 1
    try:
        for count in range(_MOST_ITERATIONS):
            sample.iterations[key] = count
            if not evaluate(stays, thread, sample):
                return evaluate(node, thread, sample)
    finally:
        sample.depth -= 1
        sample.iterations.pop(key, None)
    raise Obscure(node)


def _unary(node: Node, value: int | float) -> int | float:
    if node.op == "Neg":
        return -value if node.ty == FLOAT else wrap(-int(value), node.ty)
    return 1 - int(value) if node.ty == BOOL else wrap(~int(value), node.ty)


def _binary(node: Node, a: int | float, b: int | float) -> int | float:
    op, left = node.op, node.args[0]
    if op == "Cmp":
        return (a > b) - (a < b)
    if op in COMPARISONS:
        return int({"Eq": a == b, "Ne": a != b, "Lt": a < b, "Le": a <= b, "Gt": a > b, "Ge": a >= b}[op])
    if node.ty == FLOAT or isinstance(a, float) or isinstance(b, float):
        simple = {"Add": a + b, "Sub": a - b, "Mul": a * b, "Div": a / b if b else 0.0}
        if op not in simple:
            raise Obscure(node)
        return simple[op]
    ty = node.ty if node.ty != OTHER else left.ty
    if ty == OTHER:
        raise Obscure(node)
    folded = fold_constants(op, int(a), int(b), ty)
    if folded is None:
        raise Obscure(node)
    return folded


def _overflows(node: Node, thread: Thread, sample: Sample, memo: dict[Node, int | float]) -> int | float:
    plain, a, b = node.args
    x, y = int(evaluate(a, thread, sample, memo)), int(evaluate(b, thread, sample, memo))
    exact = {"Add": x + y, "Sub": x - y, "Mul": x * y}.get(plain.op)
    if exact is None:
        raise Obscure(node)
    return int(exact != wrap(exact, a.ty))


def _core(node: Node, thread: Thread, sample: Sample, memo: dict[Node, int | float]) -> int | float:
    name, *operands = node.args
    values = [int(evaluate(a, thread, sample, memo)) for a in operands]
    bits = abs(operands[0].ty) if operands[0].ty not in (OTHER, FLOAT) else 0
    if not bits:
        raise Obscure(node)
    raw = values[0] & ((1 << bits) - 1)
    if name == "ctpop":
        return raw.bit_count()
    if name.startswith("ctlz"):
        return bits - raw.bit_length()
    if name.startswith("cttz"):
        return (raw & -raw).bit_length() - 1 if raw else bits
    if name in ("saturating_add", "saturating_sub"):
        exact = values[0] + values[1] if name.endswith("add") else values[0] - values[1]
        low, high = limits(operands[0].ty)
        return exact if low is None or high is None else min(max(exact, low), high)
    if name in ("rotate_left", "rotate_right"):
        by = (values[1] if name.endswith("left") else -values[1]) % bits
        return wrap(raw << by | raw >> (bits - by), operands[0].ty)
    raise Obscure(node)


def _vote(node: Node, thread: Thread, sample: Sample) -> int | float:
    """A vote over the lanes of the thread's warp that a mask names."""
    name, mask, predicate, *_ = node.args
    if name not in ("ballot_sync", "all_sync", "any_sync"):
        raise Obscure(node)
    lanes = warp_lanes(thread, sample)
    named = int(evaluate(mask, thread, sample))
    votes = [lane for lane, t in lanes if named >> lane & 1 and evaluate(predicate, t, sample)]
    if name == "ballot_sync":
        return sum(1 << lane for lane in votes)
    if name == "any_sync":
        return int(bool(votes))
    return int(len(votes) == sum(1 for lane, _ in lanes if named >> lane & 1))


def _shuffled(node: Node, thread: Thread, sample: Sample) -> int | float:
    """What another lane has, if the mask names all lanes and no loop has changed it: how often is not known here."""
    name, mask, value, by = node.args
    if node.loops:
        raise Obscure(node)
    lanes = dict(warp_lanes(thread, sample))
    mine, operand = sample.rank(thread) % WARP_SIZE, int(evaluate(by, thread, sample))
    if int(evaluate(mask, thread, sample)) != (1 << WARP_SIZE) - 1:
        raise Obscure(node)
    moves = {"_up_": mine - operand, "_down_": mine + operand, "_xor_": mine ^ operand}
    source = next((lane for kind, lane in moves.items() if kind in name), operand % WARP_SIZE)
    return evaluate(value, lanes.get(source, thread), sample)


def warp_lanes(thread: Thread, sample: Sample) -> list[tuple[int, Thread]]:
    """The threads of a thread's warp with their lanes."""
    first = sample.rank(thread) // WARP_SIZE * WARP_SIZE
    return [(r - first, t) for r, t in block_threads(sample, thread.block, first, first + WARP_SIZE)]


def block_threads(
    sample: Sample, block: tuple[int, int, int], first: int = 0, last: int = 1 << 11
) -> list[tuple[int, Thread]]:
    """Threads of a block by rank."""
    x, y, z = sample.block_dim
    found = []
    for rank in range(first, min(last, x * y * z)):
        found.append((rank, Thread((rank % x, rank // x % y, rank // (x * y)), block)))
    return found
