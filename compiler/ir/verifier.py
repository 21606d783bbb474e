"""The verifier: declarations, structure and SSA dominance.

What it is: one walk over a module. What it guarantees: after ``verify(op)`` returns, every operation has the
operands, results, attributes, regions and successors its class declares, every block ends in its only terminator,
branch arguments match block arguments, and every use is dominated by its definition. Example::

    verify(module)      # raises VerifyError naming the operation
"""

from __future__ import annotations

from compiler.ir.core import SEGMENTS, Block, OperandGroup, Operation, Region, Trait, Value
from compiler.ir.dominance import DominatorTree
from compiler.ir.errors import VerifyError


def verify(root: Operation) -> None:
    """Check ``root`` and everything nested in it; raises :class:`VerifyError` on the first fault."""
    for op in root.walk():
        _verify_declaration(op)
        for region in op.regions:
            _verify_region(op, region)


def _fail(op: Operation, message: str) -> VerifyError:
    from compiler.ir.printer import print_op

    return VerifyError(op.op_name, message, print_op(op).splitlines()[0])


def _verify_declaration(op: Operation) -> None:
    signature = op.signature
    _verify_operands(op)
    _verify_results(op)
    for name, spec in signature.attributes.items():
        value = op.attributes.get(name)
        if value is None:
            if not spec.optional:
                raise _fail(op, f"requires attribute '{name}'")
        elif not isinstance(value, spec.kind):
            raise _fail(op, f"attribute '{name}' must be {spec.kind.__name__}, is {value}")
    for name in op.attributes:
        if name not in signature.attributes and name != SEGMENTS:
            raise _fail(op, f"has no attribute '{name}'")
    if len(op.regions) != signature.n_regions:
        raise _fail(op, f"expects {signature.n_regions} regions, has {len(op.regions)}")
    if signature.n_successors is not None and len(op.successors) != signature.n_successors:
        raise _fail(op, f"expects {signature.n_successors} successors, has {len(op.successors)}")
    message = op.verify_op()
    if message is not None:
        raise _fail(op, message)


def _verify_operands(op: Operation) -> None:
    signature = op.signature
    specs = signature.operands
    values = op.operands
    if signature.segmented:
        sizes = op.segments()
        if sum(sizes) != len(values) or len(sizes) < len(specs):
            raise _fail(op, f"{SEGMENTS} {sizes} do not cover {len(values)} operands")
        return
    if specs and isinstance(specs[-1], OperandGroup):
        fixed = specs[:-1]
        if len(values) < len(fixed):
            raise _fail(op, f"expects at least {len(fixed)} operands, has {len(values)}")
        group = specs[-1].constraint
        for value in values[len(fixed) :]:
            if not group.accepts(value.type):
                raise _fail(op, f"operand '{specs[-1].attr_name}' must be {group.description}, is {value.type}")
    else:
        fixed = specs
        if len(values) != len(fixed):
            raise _fail(op, f"expects {len(fixed)} operands, has {len(values)}")
    for spec, value in zip(fixed, values, strict=False):
        if not spec.constraint.accepts(value.type):
            raise _fail(op, f"operand '{spec.attr_name}' must be {spec.constraint.description}, is {value.type}")


def _verify_results(op: Operation) -> None:
    specs = op.signature.results
    values = op.results
    variadic = bool(specs) and specs[-1].variadic
    fixed = len(specs) - 1 if variadic else len(specs)
    if len(values) < fixed or (len(values) > fixed and not variadic):
        raise _fail(op, f"expects {fixed} results, has {len(values)}")
    for i, value in enumerate(values):
        spec = specs[min(i, len(specs) - 1)]
        if not spec.constraint.accepts(value.type):
            raise _fail(op, f"result '{spec.attr_name}' must be {spec.constraint.description}, is {value.type}")


def _verify_region(op: Operation, region: Region) -> None:
    blocks = set(region.blocks)
    for block in region.blocks:
        if block.parent is not region:
            raise _fail(op, "has a block whose parent is another region")
        _verify_block(
            op, block, blocks, is_graph=not op.traits.isdisjoint({Trait.ISOLATED}) and op.name == "builtin.module"
        )
    if len(region.blocks) > 1 or any(block.args for block in region.blocks) or op.name != "builtin.module":
        _verify_dominance(region)


def _verify_block(op: Operation, block: Block, blocks: set[Block], is_graph: bool) -> None:
    if not is_graph and (not block.ops or Trait.TERMINATOR not in block.ops[-1].traits):
        raise _fail(op, "has a block without a terminator")
    last = block.ops[-1] if block.ops else None
    for inner in block.ops:
        if inner.parent is not block:
            raise _fail(inner, "is listed in a block that is not its parent")
        if inner is not last and Trait.TERMINATOR in inner.traits:
            raise _fail(inner, "is a terminator in the middle of a block")
        for successor in inner.successors:
            if successor not in blocks:
                raise _fail(inner, "branches to a block of another region")


def _verify_dominance(region: Region) -> None:
    if not region.blocks:
        return
    tree = DominatorTree(region)
    for block in tree.order:
        seen: set[Value] = set(block.args)
        for op in block.ops:
            for value in op.operands:
                if value not in seen and not _defined_above(value, block, region, tree):
                    raise _fail(op, f"operand of type {value.type} does not dominate this use")
            seen.update(op.results)


def _defined_above(value: Value, block: Block, region: Region, tree: DominatorTree) -> bool:
    owner = value.owner
    home = owner if isinstance(owner, Block) else owner.parent
    if home is None:
        return False
    if home.parent is not region:
        return False
    return home is not block and tree.dominates(home, block)
