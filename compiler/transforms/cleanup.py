"""cleanup: removes what nothing uses.

What it is: dead pure operations and unused loads, unreachable blocks, branches on constants, and block boundaries
nothing branches to, in dialect-mir. What it assumes: nothing. What it guarantees: an operation with effects, and
every convergent operation that can be reached, stays, in its order. Before and after::

    %1 = "mir.binary"(%0, %0) {op = "Add"}        (nothing: %1 has no use)
    "mir.goto"(%2)[^bb1]   ^bb1(%3: ui32): ...    (one block, %3 is %2)
"""

from __future__ import annotations

from compiler.dialects.mir import ops as mir
from compiler.ir.attributes import BoolAttr, IntegerAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, Region, Trait, Value
from compiler.ir.dominance import predecessors, reverse_post_order

REMOVABLE = frozenset({Trait.PURE, Trait.READS_MEMORY})


def cleanup(module: ModuleOp) -> ModuleOp:
    """Clean every function in place; returns the module."""
    for func in module.body.ops:
        if isinstance(func, mir.FuncOp) and not func.is_declaration:
            region = func.regions[0]
            fold_branches(region)
            remove_unreachable(region)
            merge_blocks(region)
            remove_dead(region)
    return module


def fold_branches(region: Region) -> None:
    """``switch_int`` and ``assert`` on constants become ``goto``."""
    for block in region.blocks:
        last = block.ops[-1] if block.ops else None
        if isinstance(last, mir.SwitchIntOp):
            value = constant_value(last.operands[0])
            if value is not None:
                index = next((i + 1 for i, c in enumerate(last.cases.elements) if _equals(c, value)), 0)
                _replace_terminator(block, last, last.successors[index], last.segment(index + 1))
        elif isinstance(last, mir.AssertOp):
            value = constant_value(last.operands[0])
            if value is not None and bool(value) == last.expected.value:
                _replace_terminator(block, last, last.successors[0], last.operands[1:])


def constant_value(value: Value) -> int | None:
    """The integer or bool a value is known to be."""
    if not isinstance(value.owner, mir.ConstantOp):
        return None
    attr = value.owner.value
    if isinstance(attr, BoolAttr):
        return int(attr.value)
    return attr.value if isinstance(attr, IntegerAttr) else None


def _equals(case: object, value: int) -> bool:
    if not isinstance(case, IntegerAttr):
        return False
    width = getattr(case.type, "width", 64)
    return (case.value - value) % (1 << width) == 0


def _replace_terminator(block: Block, old: Operation, target: Block, args: list[Value]) -> None:
    goto = mir.GotoOp(args, successors=[target], loc=old.loc)
    old.drop_operands()
    old.successors = []
    block.ops[-1] = goto
    goto.parent = block


def remove_unreachable(region: Region) -> None:
    reachable = set(reverse_post_order(region))
    for block in region.blocks:
        if block not in reachable:
            for op in block.ops:
                op.drop_operands()
                op.successors = []
    region.blocks = [block for block in region.blocks if block in reachable]


def merge_blocks(region: Region) -> None:
    """Append a block to its only predecessor when that ends in a plain ``goto`` to it."""
    incoming = predecessors(region)
    merged: set[Block] = set()
    for block in region.blocks:
        if block in merged:
            continue
        while True:
            last = block.ops[-1]
            if not isinstance(last, mir.GotoOp) or "unroll" in last.attributes:
                break
            target = last.successors[0]
            if target is block or target is region.entry or len(incoming[target]) != 1:
                break
            for arg, value in zip(target.args, last.operands, strict=True):
                arg.replace_all_uses_with(value)
            last.drop_operands()
            block.ops.pop()
            for op in target.ops:
                op.parent = block
            block.ops += target.ops
            merged.add(target)
    region.blocks = [block for block in region.blocks if block not in merged]


def remove_dead(region: Region) -> None:
    """Remove unused operations without effects, users before definitions."""
    for block in reversed(reverse_post_order(region)):
        kept: list[Operation] = []
        for op in reversed(block.ops):
            dead = not REMOVABLE.isdisjoint(op.traits) or isinstance(op, mir.AllocaOp)
            if dead and "volatile" not in op.attributes and not any(res.uses for res in op.results):
                op.drop_operands()
                op.parent = None
            else:
                kept.append(op)
        kept.reverse()
        block.ops = kept
