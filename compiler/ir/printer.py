"""MLIR generic textual form, out.

What it is: ``"dialect.op"(%operands)[^successors] ({regions}) {attributes} : (types) -> types loc(...)``. What it
assumes: names are chosen per function (``%0``, ``%x`` from hints, ``^bb1``). What it guarantees:
:mod:`compiler.ir.parser` reads it back to an equal module; printing twice gives the same text. Example::

    print_op(add)   # '%0 = "arith.addi"(%a, %b) : (i32, i32) -> i32'
"""

from __future__ import annotations

from compiler.ir.attributes import Attribute, entry_text
from compiler.ir.core import Block, Operation, Region, Trait, Value
from compiler.ir.location import UNKNOWN_LOC, Location
from compiler.ir.types import FunctionType, Type


def print_module(module: Operation, locations: bool = False) -> str:
    """The module as text, ending in a newline; with ``locations`` each operation carries ``loc(...)``."""
    printer = _Printer(locations)
    printer.operation(module, "")
    return "\n".join(printer.lines) + "\n"


def print_op(op: Operation, locations: bool = False) -> str:
    """One operation (with its regions) as text; values from outside it get names of their own."""
    printer = _Printer(locations)
    printer.operation(op, "")
    return "\n".join(printer.lines)


class _Printer:
    __slots__ = ("attrs", "blocks", "lines", "locations", "names", "next_value", "taken", "types")

    def __init__(self, locations: bool) -> None:
        self.locations = locations
        self.lines: list[str] = []
        self.types: dict[Type, str] = {}
        self.attrs: dict[Attribute, str] = {}
        self.names: dict[Value, str] = {}
        self.blocks: dict[Block, str] = {}
        self.taken: dict[str, int] = {}  # names given, and the last number of each hint
        self.next_value = 0

    def type_text(self, ty: Type) -> str:
        text = self.types.get(ty)
        if text is None:
            text = self.types[ty] = f"({ty})" if isinstance(ty, FunctionType) else str(ty)
        return text

    def name(self, value: Value) -> str:
        found = self.names.get(value)
        return self.assign_name(value) if found is None else found

    def assign_name(self, value: Value) -> str:
        hint = value.name_hint
        if hint:
            name, n = f"%{hint}", self.taken.get(hint, 0)
            while name in self.taken:
                n += 1
                name = f"%{hint}_{n}"
            self.taken[hint] = n
            self.taken[name] = 0
        else:
            name = f"%{self.next_value}"
            self.next_value += 1
        self.names[value] = name
        return name

    def operation(self, op: Operation, indent: str) -> None:
        name = self.name
        parts = [indent]
        if op.results:
            parts.append(", ".join([self.assign_name(res) for res in op.results]) + " = ")
        parts.append(f'"{op.op_name}"({", ".join([name(value) for value in op.operands])})')
        if op.successors:
            parts.append(f"[{', '.join([self.blocks.get(b, '^unknown') for b in op.successors])}]")
        if op.regions:
            parts.append(" (")
            for i, region in enumerate(op.regions):
                parts.append("{" if i == 0 else ", {")
                self.lines.append("".join(parts))
                self.region(region, indent, Trait.ISOLATED in op.traits)
                parts = [indent + "}"]
            parts.append(")")
        if op.attributes:
            parts.append(" {" + ", ".join([self.entry(key, value) for key, value in op.attributes.items()]) + "}")
        parts.append(self.signature(op))
        if self.locations and op.loc is not UNKNOWN_LOC:
            parts.append(_loc_suffix(op.loc))
        self.lines.append("".join(parts))

    def entry(self, key: str, value: Attribute) -> str:
        return entry_text(key, value)

    def signature(self, op: Operation) -> str:
        text = self.type_text
        ins = ", ".join([text(value.type) for value in op.operands])
        res = op.results
        outs = text(res[0].type) if len(res) == 1 else f"({', '.join([text(r.type) for r in res])})"
        return f" : ({ins}) -> {outs}"

    def region(self, region: Region, indent: str, isolated: bool) -> None:
        saved = (self.names, self.blocks, self.taken, self.next_value)
        if isolated:
            self.names, self.blocks, self.taken, self.next_value = {}, {}, {}, 0
        inner = indent + "  "
        for i, block in enumerate(region.blocks):
            self.blocks[block] = f"^bb{i}"
        for i, block in enumerate(region.blocks):
            if i > 0 or block.args:
                self.lines.append(f"{indent}{self.block_header(block)}")
            for op in block.ops:
                self.operation(op, inner)
        if isolated:
            self.names, self.blocks, self.taken, self.next_value = saved

    def block_header(self, block: Block) -> str:
        label = self.blocks[block]
        if not block.args:
            return f"{label}:"
        args = ", ".join([f"{self.assign_name(arg)}: {self.type_text(arg.type)}" for arg in block.args])
        return f"{label}({args}):"


def _loc_suffix(loc: Location) -> str:
    return f" loc({loc})"
