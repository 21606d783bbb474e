"""Abstract values: hash-consed terms over thread coordinates, each with its level and range.

What it is: :class:`Node` and the table that makes them. A scalar is a term (constant, special register, parameter,
load, operation, choice between two terms, value at a loop header); structs, enums and fat pointers are kept field by
field; a reference to a local is the local's key and a path. Assumes: integers of at most 128 bits. Guarantees: equal
terms are one object; a term's level is what its parts' levels and the rules of :mod:`simplify` prove.

Example: ``bin(DIV, tid.x, 32)`` is at level WARP although ``tid.x`` is at THREAD.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from compiler.analysis.convergence.levels import GRID, THREAD

# type codes: bits of an unsigned integer, minus the bits of a signed one, 1 a bool, FLOAT, 0 anything else
BOOL: Final = 1
OTHER: Final = 0
FLOAT: Final = 1000
U32: Final = 32
USIZE: Final = 64

Path = tuple[Any, ...]


class Node:
    """A term. ``loops``: bits of the loops whose iteration it depends on; ``weak``: its values are not all possible
    ones, or not understood, so that nothing may be concluded from a particular value."""

    __slots__ = ("args", "hi", "level", "lo", "loops", "op", "ty", "weak")

    def __init__(
        self,
        op: str,
        args: tuple[Any, ...],
        level: int,
        ty: int,
        lo: int | None,
        hi: int | None,
        loops: int,
        weak: bool,
    ) -> None:
        self.op = op
        self.args = args
        self.level = level
        self.ty = ty
        self.lo = lo
        self.hi = hi
        self.loops = loops
        self.weak = weak

    def __repr__(self) -> str:
        if self.op == "const":
            return str(self.args[0])
        return f"{self.op}({', '.join(map(str, self.args))})"


def parts_of(
    node: Node, seen: set[Node], further: Callable[[Node], tuple[Node, ...]] = lambda at: ()
) -> Iterator[Node]:
    """A term and what it is made of, also ``further`` parts, while fewer than 400 are ``seen``."""
    work: list[object] = [node]
    while work and len(seen) < 400:
        at = work.pop()
        if isinstance(at, tuple):
            work += at
        elif isinstance(at, Node) and at not in seen:
            seen.add(at)
            yield at
            work += at.args
            work += further(at)


def limits(ty: int) -> tuple[int, int] | tuple[None, None]:
    """Least and greatest value of a type code."""
    if ty in (OTHER, FLOAT):
        return None, None
    return (0, (1 << ty) - 1) if ty > 0 else (-(1 << (-ty - 1)), (1 << (-ty - 1)) - 1)


def wrap(value: int, ty: int) -> int:
    """An integer reduced to its type."""
    if ty in (OTHER, FLOAT):
        return value
    bits = abs(ty)
    value &= (1 << bits) - 1
    return value - (1 << bits) if ty < 0 and value >> (bits - 1) else value


class Terms:
    """Makes nodes, each once."""

    def __init__(self) -> None:
        self._table: dict[tuple[Any, ...], Node] = {}
        self.unit = self.agg(())
        self.true = self.const(1, BOOL)
        self.false = self.const(0, BOOL)

    def make(
        self,
        op: str,
        args: tuple[Any, ...],
        level: int,
        ty: int = OTHER,
        lo: int | None = None,
        hi: int | None = None,
        loops: int = 0,
        weak: bool = False,
    ) -> Node:
        """The node; the first maker's facts stay."""
        key = (op, ty, level, *args)
        found = self._table.get(key)
        if found is None:
            if lo is None:
                lo, hi = limits(ty)
            found = self._table[key] = Node(op, args, level, ty, lo, hi, loops, weak)
        return found

    def const(self, value: int, ty: int) -> Node:
        return self.make("const", (value,), GRID, ty, value, value)

    def over(
        self, op: str, args: tuple[Any, ...], ty: int = OTHER, lo: int | None = None, hi: int | None = None
    ) -> Node:
        """A function of its node arguments."""
        level, loops, weak = GRID, 0, False
        for a in args:
            if isinstance(a, Node):
                level = min(level, a.level)
                loops |= a.loops
                weak = weak or a.weak
        return self.make(op, args, level, ty, lo, hi, loops, weak)

    def agg(self, fields: tuple[Node, ...]) -> Node:
        return self.over("agg", fields)

    def fat(self, pointer: Node, meta: Node) -> Node:
        return self.over("fat", (pointer, meta))

    def enum(self, discr: Node, variants: tuple[tuple[int, tuple[Node, ...]], ...]) -> Node:
        """An enum value; ``variants``: fields by variant index, of the variants it may be."""
        level, loops, weak = discr.level, discr.loops, discr.weak
        for _, fields in variants:
            for f in fields:
                level = min(level, f.level)
                loops |= f.loops
                weak = weak or f.weak
        return self.make("enum", (discr, variants), level, OTHER, None, None, loops, weak)

    def ref(self, key: int, path: Path = ()) -> Node:
        """A reference to a local of the current body (key >= 0) or to what the caller passed (key < 0)."""
        return self.make("ref", (key, path), GRID)

    def unknown(self, site: Any, reason: str, level: int = THREAD, ty: int = OTHER, loops: int = 0) -> Node:
        """A value nothing is known of."""
        return self.make("unknown", (site, reason), level, ty, None, None, loops, True)

    # -- parts

    def field(self, node: Node, index: int, ty: int = OTHER) -> Node:
        """A field of a struct, tuple or closure."""
        if node.op == "agg" and index < len(node.args):
            made: Node = node.args[index]
            return made
        return self.over("field", (node, index), ty)

    def variant_field(self, node: Node, variant: int, index: int, ty: int = OTHER) -> Node:
        """A field of an enum seen as one variant."""
        if node.op == "enum":
            for number, fields in node.args[1]:
                if number == variant and index < len(fields):
                    made: Node = fields[index]
                    return made
        return self.over("vfield", (node, variant, index), ty)

    def at_level(self, node: Node, level: int, mark: str, loops: int = 0) -> Node:
        """The node where its level is at most ``level``: values that differ by the path taken."""
        if node.level <= level and not (node.loops & loops):
            return node
        if node.op == "const":
            return node
        if node.op == "agg":
            return self.agg(tuple(self.at_level(f, level, mark, loops) for f in node.args))
        if node.op == "fat":
            return self.fat(*(self.at_level(f, level, mark, loops) for f in node.args))
        if node.op == "enum":
            variants = tuple((n, tuple(self.at_level(f, level, mark, loops) for f in fs)) for n, fs in node.args[1])
            return self.enum(self.at_level(node.args[0], level, mark, loops), variants)
        if node.op in ("ref", "refs"):
            return node
        if loops and not node.loops & loops:
            return node
        return self.make(
            "after", (node, mark), min(node.level, level), node.ty, node.lo, node.hi, node.loops & ~loops, True
        )
