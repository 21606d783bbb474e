"""Integer operations that are no polynomials, on numbers.

What it is: a table by the name of the application (:mod:`compiler.analysis.disjointness.terms`). Assumes: a divisor
is not zero. Guarantees: exact on unbounded integers; shifts take their amount modulo 64.

Example: ``OPERATIONS["mod"](40, 32) == 8``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

OPERATIONS: Final[dict[str, Callable[[int, int], int]]] = {
    "div": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "sdiv": lambda a, b: abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1),
    "srem": lambda a, b: abs(a) % abs(b) * (1 if a >= 0 else -1),
    "xor": lambda a, b: a ^ b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "shl": lambda a, b: a << (b & 63),
    "shr": lambda a, b: a >> (b & 63),
    "mul": lambda a, b: a * b,
}


def counted_bits(name: str, value: int) -> int | None:
    """``ctpop.32`` and its like (also ``bitreverse``, ``bswap``): the operation and its width; ``triangle``; None for
    other names."""
    if name == "triangle":
        return value * (value + 1) // 2
    operation, _, width = name.partition(".")
    if not width.isdigit():
        return None
    bits = format(value % (1 << int(width)), f"0{width}b")
    if operation == "bitreverse":
        return int(bits[::-1], 2)
    if operation == "bswap":
        return int.from_bytes((value % (1 << int(width))).to_bytes(int(width) // 8, "little"), "big")
    if operation == "ctpop":
        return bits.count("1")
    if operation.startswith("ctlz"):
        return len(bits) - len(bits.lstrip("0"))
    return len(bits) - len(bits.rstrip("0")) if operation.startswith("cttz") else None
