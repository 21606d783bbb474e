"""GPU targets: ``sm_75`` to ``sm_121`` with architecture (``a``) and family (``f``) variants, and the PTX they need.

What it is: names and numbers. What it assumes: the floors of the PTX ISA's release notes for each architecture, and
the PTX versions the LLVM in llvmlite knows. What it guarantees: ``ptx_for`` gives the lowest version that satisfies
the architecture and every feature used, so that old drivers load what they can. Example::

    str(Target.parse("sm_90a")) == "sm_90a"
    ptx_for(Target.parse("sm_90"), (7, 0)) == (7, 8)
"""

from __future__ import annotations

import re

from compiler.base.dataclass import dataclass
from compiler.ir.errors import IRError

DEFAULT_TARGET = "sm_80"
# PTX ISA version that introduced each architecture (PTX ISA, "Release Notes" table).
ARCHITECTURES: dict[int, tuple[int, int]] = {
    75: (6, 3), 80: (7, 0), 86: (7, 1), 87: (7, 4), 88: (9, 0), 89: (7, 8), 90: (7, 8), 100: (8, 6), 101: (8, 6),
    103: (8, 8), 110: (9, 0), 120: (8, 7), 121: (8, 8),
}  # fmt: skip
FAMILY_PTX = (8, 8)
ARCH_SPECIFIC_90 = (8, 0)
HIGHEST_PTX = (9, 0)  # what LLVM 22's NVPTX knows
LOWEST_PTX = (7, 0)  # below this LLVM spells atomics and shuffles in deprecated ways


class TargetError(IRError):
    """A target name nothing supports; the message lists what is."""


@dataclass(frozen=True, slots=True)
class Target:
    """``number`` is major * 10 + minor; ``variant`` is "", "a" or "f"."""

    number: int
    variant: str = ""

    @staticmethod
    def parse(text: str) -> Target:
        match = re.fullmatch(r"sm_(\d+)([af]?)", text)
        number = int(match.group(1)) if match else 0
        if match is None or number not in ARCHITECTURES or (match.group(2) and number < 90):
            known = ", ".join(f"sm_{n}" for n in ARCHITECTURES)
            raise TargetError(
                f"unknown target '{text}'; known: {known}, from sm_90 also with 'a', from sm_100 with 'f'"
            )
        return Target(number, match.group(2))

    def __str__(self) -> str:
        return f"sm_{self.number}{self.variant}"

    @property
    def compute_capability(self) -> tuple[int, int]:
        return divmod(self.number, 10)


def ptx_for(target: Target, *needed: tuple[int, ...]) -> tuple[int, int]:
    """The lowest PTX version for ``target`` that covers every version in ``needed``."""
    floor = max(LOWEST_PTX, ARCHITECTURES[target.number])
    if target.variant == "a" and target.number == 90:
        floor = max(floor, ARCH_SPECIFIC_90)
    if target.variant == "f":
        floor = max(floor, FAMILY_PTX)
    for version in needed:
        floor = max(floor, (version[0], version[1]))
    if floor > HIGHEST_PTX:
        raise TargetError(f"PTX {floor[0]}.{floor[1]} is needed, and the LLVM here knows PTX up to {HIGHEST_PTX[0]}.0")
    return floor


def feature_string(ptx: tuple[int, int]) -> str:
    """LLVM's spelling: ``+ptx78``."""
    return f"+ptx{ptx[0]}{ptx[1]}"
