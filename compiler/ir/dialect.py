"""Dialects and the context that looks names up in them.

What it is: a :class:`Dialect` lists its operation classes and how to parse its types and attributes; a
:class:`Context` is a set of dialects. There is no registration by import: a context is built from the dialects it is
given. What it guarantees: an unknown operation, type or attribute is an error, never an opaque value. Example::

    context = Context((LLVM, NVVM))
    context.operation("llvm.load")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass, field
from compiler.ir.attributes import Attribute
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Operation
from compiler.ir.types import Type

if TYPE_CHECKING:
    from compiler.ir.parser import Parser


@dataclass(frozen=True, slots=True)
class Dialect:
    """``types`` and ``attributes`` map a mnemonic to a function that parses what follows it (including ``<...>``)."""

    name: str
    operations: tuple[type[Operation], ...] = ()
    types: dict[str, Callable[[Parser], Type]] = field(default_factory=dict)
    attributes: dict[str, Callable[[Parser], Attribute]] = field(default_factory=dict)
    find_operation: Callable[[str], type[Operation] | None] | None = None  # for table-driven dialects


class Context:
    """Name lookup over a fixed set of dialects."""

    __slots__ = ("_operations", "dialects")

    def __init__(self, dialects: Iterable[Dialect]) -> None:
        self.dialects = {dialect.name: dialect for dialect in dialects}
        self._operations: dict[str, type[Operation]] = {ModuleOp.name: ModuleOp}
        for dialect in self.dialects.values():
            for op in dialect.operations:
                self._operations[op.name] = op

    def operation(self, name: str) -> type[Operation] | None:
        found = self._operations.get(name)
        if found is None:
            dialect = self.dialects.get(name.partition(".")[0])
            if dialect is not None and dialect.find_operation is not None:
                found = dialect.find_operation(name)
                if found is not None:
                    self._operations[name] = found
        return found
