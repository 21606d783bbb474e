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
