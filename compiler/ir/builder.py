"""An insertion point: creates operations where it stands.

What it is: a cursor at the end of a block (or before an operation) with a current location. What it guarantees:
operations appear in creation order. Example::

    b = Builder.at_end(block)
    one = b.insert(ConstantOp.of(1, I32)).result
"""

from __future__ import annotations

from typing import TypeVar

from compiler.ir.core import Block, Operation
from compiler.ir.location import UNKNOWN_LOC, Location

O = TypeVar("O", bound=Operation)


class Builder:
    __slots__ = ("before", "block", "loc")

    def __init__(self, block: Block, before: Operation | None = None, loc: Location = UNKNOWN_LOC) -> None:
        self.block = block
        self.before = before
        self.loc = loc

    @staticmethod
    def at_end(block: Block) -> Builder:
        return Builder(block)

    @staticmethod
    def before_op(op: Operation) -> Builder:
        assert op.parent is not None
        return Builder(op.parent, op, op.loc)

    def insert(self, op: O) -> O:
        if op.loc is UNKNOWN_LOC:
            op.loc = self.loc
        op.parent = self.block
        if self.before is None:
            self.block.ops.append(op)
        else:
            self.block.ops.insert(self.block.ops.index(self.before), op)
        return op
