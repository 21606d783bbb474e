"""Operations on terms: constant folding, ranges, and the rules that prove a result more uniform than its operands.

Assumes: terms of :mod:`values`; arithmetic wraps at the type's width. Guarantees: the result equals the operation for
all values of the terms; ranges and levels are sound for the geometry given.

Example: with a block of 256, ``tid.x < 256`` is the constant true, and ``tid.x / 32`` is the same in a warp.
"""

from __future__ import annotations

from compiler.analysis.convergence.levels import BLOCK, WARP, WARP_SIZE, Geometry
from compiler.analysis.convergence.values import BOOL, FLOAT, OTHER, Node, Terms, limits, wrap

COMPARISONS = frozenset(("Eq", "Ne", "Lt", "Le", "Gt", "Ge"))
_TRUE_IF_SAME = frozenset(("Eq", "Le", "Ge"))


class Arithmetic:
    """Folding over one table of terms."""

    def __init__(self, terms: Terms, geometry: Geometry) -> None:
        self.terms = terms
        self.geometry = geometry

    # -- operations

    def binary(self, op: str, a: Node, b: Node) -> Node:
        """``a op b``; comparisons are bool."""
        if op in COMPARISONS:
            return self._compare(op, a, b)
        ty = a.ty if a.ty != OTHER else b.ty
        if ty in (OTHER, FLOAT):
            return self.terms.over(op, (a, b), ty)
        folded = self._fold(op, a, b, ty)
        if folded is not None:
            return folded
        lo, hi = self._range(op, a, b, ty)
        made = self.terms.over(op, (a, b), ty, lo, hi)
        if made.level < WARP and self._same_in_warp(op, a, b):
            return self.terms.make(op, (a, b), WARP, ty, lo, hi, made.loops, made.weak)
        return made

    def unary(self, op: str, a: Node) -> Node:
        """``Not`` and ``Neg``."""
        if a.op == "const" and a.ty not in (OTHER, FLOAT):
            value = a.args[0]
            if op == "Not":
                return self.terms.const(1 - value if a.ty == BOOL else wrap(~value, a.ty), a.ty)
            return self.terms.const(wrap(-value, a.ty), a.ty)
        if op == "Not" and a.op == "Not":
            made: Node = a.args[0]
            return made
        return self.terms.over(op, (a,), a.ty)

    def cast(self, a: Node, ty: int) -> Node:
        """An integer conversion to a type code; others keep the level only."""
        if a.ty == ty and ty != OTHER:
            return a
        if ty in (OTHER, FLOAT) or a.ty in (OTHER, FLOAT):
            return self.terms.over("convert", (a,), ty)
        if a.op == "const":
            return self.terms.const(wrap(a.args[0], ty), ty)
        low, high = limits(ty)
        fits = a.lo is not None and a.hi is not None and low is not None and high is not None
        if fits and low <= a.lo and a.hi <= high:  # type: ignore[operator]
            return self.terms.over("cast", (a,), ty, a.lo, a.hi)
        return self.terms.over("cast", (a,), ty)

    def select(self, c: Node, a: Node, b: Node) -> Node:
        """``if c { a } else { b }``, field by field."""
        if a is b:
            return a
        if c.op == "const":
            return a if c.args[0] else b
        terms = self.terms
        if a.op == b.op == "agg" and len(a.args) == len(b.args):
            return terms.agg(tuple(self.select(c, x, y) for x, y in zip(a.args, b.args, strict=True)))
        if a.op == b.op == "fat":
            return terms.fat(*(self.select(c, x, y) for x, y in zip(a.args, b.args, strict=True)))
        if a.op == b.op == "enum":
            return self._select_enum(c, a, b)
        if a.op in ("ref", "refs") and b.op in ("ref", "refs"):
            return self.refs(a, b)
        if a.ty == BOOL and a.op == b.op == "const":
            return c if a.args[0] else self.unary("Not", c)
        ty = a.ty if a.ty == b.ty else OTHER
        lo = min(a.lo, b.lo) if a.lo is not None and b.lo is not None else None
        hi = max(a.hi, b.hi) if a.hi is not None and b.hi is not None else None
        return terms.over("select", (c, a, b), ty, lo, hi if lo is not None else None)

    def _select_enum(self, c: Node, a: Node, b: Node) -> Node:
        fields = dict(a.args[1])
        for number, others in b.args[1]:
            mine = fields.get(number)
            if mine is not None and len(mine) == len(others):
                fields[number] = tuple(self.select(c, x, y) for x, y in zip(mine, others, strict=True))
            else:
                fields[number] = others
        return self.terms.enum(self.select(c, a.args[0], b.args[0]), tuple(sorted(fields.items(), key=lambda x: x[0])))

    def refs(self, a: Node, b: Node) -> Node:
        """A reference to one of several places."""
        found = dict.fromkeys((*(a.args if a.op == "refs" else (a,)), *(b.args if b.op == "refs" else (b,))))
        return self.terms.over("refs", tuple(found)) if len(found) > 1 else a

    # -- rules

    def _compare(self, op: str, a: Node, b: Node) -> Node:
        terms = self.terms
        if a is b and a.ty not in (OTHER, FLOAT):
            return terms.true if op in _TRUE_IF_SAME else terms.false
        if a.lo is not None and b.lo is not None and a.hi is not None and b.hi is not None:
            known = _decided(op, a.lo, a.hi, b.lo, b.hi)
            if known is not None:
                return terms.true if known else terms.false
        if a.ty == BOOL and b.op == "const" and op in ("Eq", "Ne"):
            return a if (op == "Eq") == bool(b.args[0]) else self.unary("Not", a)
        below = self._below_extent(a, b)
        if below and op in ("Lt", "Ge", "Ne", "Eq", "Le", "Gt"):
            return terms.true if op in ("Lt", "Ne", "Le") else terms.false
        above = self._below_extent(b, a)
        if above:
            return terms.true if op in ("Gt", "Ne", "Ge") else terms.false
        made = terms.over(op, (a, b), BOOL)
        if made.level < BLOCK and self._block_wide_test(op, a, b):
            return terms.make(op, (a, b), BLOCK, BOOL, 0, 1, made.loops, made.weak)
        if made.level < WARP and self._warp_wide_test(op, a, b):
            return terms.make(op, (a, b), WARP, BOOL, 0, 1, made.loops, made.weak)
        return made

    def _below_extent(self, a: Node, b: Node) -> bool:
        """``tid.x < ntid.x``, ``ctaid.x < nctaid.x`` by definition."""
        a, b = bare(a), bare(b)
        if a.op != "reg" or b.op != "reg":
            return False
        pairs = {"thread_idx_": "block_dim_", "block_idx_": "grid_dim_"}
        name: str = a.args[0]
        return any(name.startswith(p) and b.args[0] == q + name[-1] for p, q in pairs.items())

    def _fold(self, op: str, a: Node, b: Node, ty: int) -> Node | None:
        terms = self.terms
        if a.op == b.op == "const":
            value = fold_constants(op, a.args[0], b.args[0], ty)
            return None if value is None else terms.const(value, ty)
        zero = b.op == "const" and b.args[0] == 0
        one = b.op == "const" and b.args[0] == 1
        if zero and op in ("Add", "Sub", "BitOr", "BitXor", "Shl", "Shr", "Offset"):
            return a
        if one and op in ("Mul", "Div"):
            return a
        if (zero and op in ("Mul", "BitAnd")) or (one and op == "Rem"):
            return terms.const(0, ty)
        if a.op == "const" and a.args[0] == 0 and op in ("Mul", "BitAnd", "Div", "Rem", "Shl", "Shr"):
            return terms.const(0, ty)
        if a.op == "const" and a.args[0] == 0 and op in ("Add", "BitOr", "BitXor"):
            return b
        if a is b:
            if op in ("Sub", "BitXor"):
                return terms.const(0, ty)
            if op in ("BitAnd", "BitOr"):
                return a
        if op == "Sub" and a.op == "Add" and a.ty == ty and b in a.args:  # also where the sum wraps around
            other: Node = a.args[1 if a.args[0] is b else 0]
            return other
        if op == "Add" and a.op == "Sub" and a.ty == ty and a.args[1] is b:
            minuend: Node = a.args[0]
            return minuend
        if ty == BOOL and a.op == "const":
            return {"BitAnd": b if a.args[0] else terms.false, "BitOr": terms.true if a.args[0] else b}.get(op)
        return None

    def _range(self, op: str, a: Node, b: Node, ty: int) -> tuple[int | None, int | None]:
        low, high = limits(ty)
        if a.lo is None or b.lo is None or a.hi is None or b.hi is None or low is None or high is None:
            return None, None
        if op == "Div" and b.lo > 0 and a.lo >= 0:
            return a.lo // b.hi, a.hi // b.lo
        if op == "Rem" and b.lo > 0 and a.lo >= 0:
            return (a.lo, a.hi) if a.hi < b.lo else (0, min(a.hi, b.hi - 1))
        if op == "BitAnd" and (a.lo >= 0 or b.lo >= 0):
            return 0, min(x.hi for x in (a, b) if x.lo is not None and x.lo >= 0 and x.hi is not None)
        if op == "Shr" and b.op == "const" and a.lo >= 0:
            shift = b.args[0] % abs(ty)
            return a.lo >> shift, a.hi >> shift
        if op in ("BitOr", "BitXor") and a.lo >= 0 and b.lo >= 0:
            return 0, (1 << max(a.hi.bit_length(), b.hi.bit_length())) - 1
        ends = {
            "Add": (a.lo + b.lo, a.hi + b.hi),
            "Sub": (a.lo - b.hi, a.hi - b.lo),
            "Mul": (min(x * y for x in (a.lo, a.hi) for y in (b.lo, b.hi)),
                    max(x * y for x in (a.lo, a.hi) for y in (b.lo, b.hi))),
        }.get(op)  # fmt: skip
        if ends is None or ends[0] < low or ends[1] > high:
            return None, None
        return ends

    # -- lanes of a warp share more than lanes of a block

    def _same_in_warp(self, op: str, a: Node, b: Node) -> bool:
        """``rank / 32``, ``rank >> 5``, ``rank & !31`` for a rank whose lanes are consecutive from a multiple of 32."""
        if b.op != "const":
            return False
        value: int = b.args[0]
        cuts = (
            (op == "Div" and value > 0 and value % WARP_SIZE == 0)
            or (op == "Shr" and value >= 5)
            or (op == "BitAnd" and value & (WARP_SIZE - 1) == 0)
        )
        return cuts and self._is_warp_rank(a)

    def _warp_wide_test(self, op: str, a: Node, b: Node) -> bool:
        """``rank < 32 * k`` and its like cut between warps."""
        if b.op == "const" and self._is_warp_rank(a):
            edge = b.args[0] + (op in ("Le", "Gt"))
            return op in ("Lt", "Ge", "Le", "Gt") and edge % WARP_SIZE == 0
        if a.op == "const" and self._is_warp_rank(b):
            edge = a.args[0] + (op in ("Lt", "Ge"))
            return op in ("Lt", "Ge", "Le", "Gt") and edge % WARP_SIZE == 0
        return False

    def _block_wide_test(self, op: str, a: Node, b: Node) -> bool:
        """``n*ctaid.x + tid.x < n*k`` and its like with blocks of ``n`` threads cut between blocks."""
        n, y, z = self.geometry.block or (0, 0, 0)
        exact = y == z == 1 and (
            abs(a.ty) == 64 or n & (n - 1) == 0
        )  # in 32 bits a block may wrap around in the middle
        if not exact or op not in ("Lt", "Ge", "Le", "Gt") or (a.op == "const") == (b.op == "const"):
            return False
        rank, edge = (b, a.args[0] + (op in ("Lt", "Ge"))) if a.op == "const" else (a, b.args[0] + (op in ("Le", "Gt")))
        parts = _summands(rank)
        own = [p for p in parts if p.op == "reg" and p.args[0] == "thread_idx_x"]
        rest = (p for p in parts if p not in own)
        return edge % n == 0 and len(own) == 1 and all(_is_multiple(p, n) and p.level >= BLOCK for p in rest)

    def _is_warp_rank(self, node: Node) -> bool:
        """A sum of ``tid.x`` and terms that are multiples of 32 and the same in a warp."""
        seen = 0
        for part in _summands(node):
            if part.op == "reg" and part.args[0] == "thread_idx_x":
                seen += 1
            elif not self._is_warp_multiple(part):
                return False
        return seen == 1 and self.geometry.rows_fill_warps

    def _is_warp_multiple(self, node: Node) -> bool:
        node = bare(node)
        if node.op == "const":
            return bool(node.args[0] % WARP_SIZE == 0)
        if node.op == "reg" and node.args[0].startswith("block_dim_"):
            return bool(node.args[0] == "block_dim_x")
        if node.op == "Mul" and node.level >= WARP:
            return any(self._is_warp_multiple(x) for x in node.args)
        return False


def bare(node: Node) -> Node:
    """Without conversions that keep the value."""
    while node.op == "cast" and node.lo == node.args[0].lo and node.hi == node.args[0].hi:
        node = node.args[0]
    return node


def _is_multiple(node: Node, n: int) -> bool:
    """Whether it is a constant multiple of ``n``, or a product with one."""
    node = bare(node)
    if node.op == "const":
        return bool(node.args[0] % n == 0)
    return node.op == "Mul" and any(_is_multiple(x, n) for x in node.args)


def _summands(node: Node) -> list[Node]:
    node = bare(node)
    if node.op == "Add":
        return [*_summands(node.args[0]), *_summands(node.args[1])]
    return [node]


def _decided(op: str, a_lo: int, a_hi: int, b_lo: int, b_hi: int) -> bool | None:
    """What a comparison of two ranges is, if always the same."""
    if op == "Lt":
        return True if a_hi < b_lo else False if a_lo >= b_hi else None
    if op == "Le":
        return True if a_hi <= b_lo else False if a_lo > b_hi else None
    if op == "Gt":
        return _decided("Lt", b_lo, b_hi, a_lo, a_hi)
    if op == "Ge":
        return _decided("Le", b_lo, b_hi, a_lo, a_hi)
    apart = a_hi < b_lo or b_hi < a_lo
    same = a_lo == a_hi == b_lo == b_hi
    if op == "Eq":
        return False if apart else True if same else None
    return True if apart else False if same else None


def fold_constants(op: str, a: int, b: int, ty: int) -> int | None:
    """An operation on two integers of a type; None where it traps or is not an integer's."""
    bits = abs(ty)
    if op in COMPARISONS:
        return int({"Eq": a == b, "Ne": a != b, "Lt": a < b, "Le": a <= b, "Gt": a > b, "Ge": a >= b}[op])
    if op in ("Div", "Rem"):
        if b == 0:
            return None
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return wrap(quotient if op == "Div" else a - quotient * b, ty)
    if op in ("Shl", "Shr"):
        shift = b % bits if bits else 0
        return wrap(a << shift if op == "Shl" else a >> shift, ty)
    simple = {"Add": a + b, "Sub": a - b, "Mul": a * b, "BitAnd": a & b, "BitOr": a | b, "BitXor": a ^ b}.get(op)
    return None if simple is None else wrap(simple, ty)
