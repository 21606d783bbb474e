"""Source locations on operations, in MLIR's terms.

What it is: immutable locations; ``CallSiteLoc`` chains an inlined callee to its caller. What it assumes: lines and
columns count from 1, files are names (no machine paths are invented here). What it guarantees: ``str(loc)`` parses
back. Example::

    assert str(FileLineColLoc("k.rs", 3, 5)) == '"k.rs":3:5'
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.ir.attributes import quote


class Location:
    """Base of all locations."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class UnknownLoc(Location):
    def __str__(self) -> str:
        return "unknown"


@dataclass(frozen=True, slots=True)
class FileLineColLoc(Location):
    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{quote(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class CallSiteLoc(Location):
    """``callee`` was inlined at ``caller``."""

    callee: Location
    caller: Location

    def __str__(self) -> str:
        return f"callsite({self.callee} at {self.caller})"


UNKNOWN_LOC = UnknownLoc()
