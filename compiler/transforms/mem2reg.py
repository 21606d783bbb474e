"""mem2reg: locals whose address goes nowhere become SSA values.

What it is: SSA construction (Cytron et al.) over dialect-mir, with scalar replacement of pairs: an alloca is split
into slots by byte offset and scalar size when every use is a load or store of a whole slot (or of a pair of slots)
through constant ``mir.field`` offsets. What it assumes: a load that no store reaches reads an undefined value. What
it guarantees: volatile accesses, address uses other than those, and overlapping slots keep their memory. Before and
after::

    %x = "mir.alloca"() {type = ui32}
    "mir.store"(%0, %x) ...; %1 = "mir.load"(%x) ...; "mir.return"(%1)
    "mir.return"(%0)
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL, PairType, is_scalar
from compiler.ir.attributes import IntegerAttr, StringAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, Region, Value
from compiler.ir.dominance import DominatorTree
from compiler.ir.location import Location
from compiler.ir.types import I32, FloatType, IntegerType, Type


@dataclass(slots=True)
class _Slot:
    """One promotable scalar of an alloca."""

    type: Type
    hint: str
    store_blocks: list[Block] = field(default_factory=list)
    stack: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class _Access:
    """A load or store and the slots it touches (one, or two for a pair)."""

    op: Operation
    slots: list[_Slot]
    is_store: bool


def mem2reg(module: ModuleOp) -> ModuleOp:
    """Promote in place; returns the module."""
    for op in module.body.ops:
        if isinstance(op, mir.FuncOp) and not op.is_declaration:
            promote_function(op.regions[0])
    return module


def promote_function(region: Region) -> None:
    accesses: dict[Operation, _Access] = {}
    dead: list[Operation] = []
    slots: list[_Slot] = []
    for block in region.blocks:
        for op in block.ops:
            if isinstance(op, mir.AllocaOp):
                found = _plan(op)
                if found is not None:
                    for access in found.accesses:
                        accesses[access.op] = access
                    slots += found.slots
                    dead += found.addresses
    if not dead:
        return
    _Renamer(region, accesses, slots).run()
    doomed = set(dead)
    for op in dead:
        op.operands = []  # field addresses of dead allocas
    for block in region.blocks:
        block.ops = [op for op in block.ops if op not in doomed]


# ---------------------------------------------------------------- what can be promoted


@dataclass(slots=True)
class _Plan:
    slots: list[_Slot]
    accesses: list[_Access]
    addresses: list[Operation]  # the alloca and its field operations


def _plan(alloca: mir.AllocaOp) -> _Plan | None:
    """Slots and accesses of an alloca, or None if its address is used in any other way."""
    slots: dict[int, _Slot] = {}
    accesses: list[_Access] = []
    addresses: list[Operation] = [alloca]
    hint = alloca.results[0].name_hint
    work: list[tuple[Value, int]] = [(alloca.results[0], 0)]
    while work:
        address, offset = work.pop()
        for user in dict.fromkeys(address.uses):
            if isinstance(user, mir.FieldOp):
                addresses.append(user)
                work.append((user.results[0], offset + user.offset.value))
                continue
            access = _access(user, address, offset, slots, hint)
            if access is None:
                return None
            accesses.append(access)
    return _Plan(list(slots.values()), accesses, addresses) if _disjoint(slots) else None


def _access(user: Operation, address: Value, offset: int, slots: dict[int, _Slot], hint: str) -> _Access | None:
    if isinstance(user, mir.LoadOp) and user.volatile_ is None:
        ty, is_store = user.results[0].type, False
    elif isinstance(user, mir.StoreOp) and user.volatile_ is None and user.operands[0] is not address:
        ty, is_store = user.operands[0].type, True
    else:
        return None
    parts = [(0, ty.first), (ty.second_offset, ty.second)] if isinstance(ty, PairType) else [(0, ty)]
    touched: list[_Slot] = []
    for delta, scalar in parts:
        slot = slots.get(offset + delta)
        if slot is None:
            slot = slots[offset + delta] = _Slot(scalar, hint)
        elif slot.type != scalar:
            if _size(slot.type) != _size(scalar):
                return None
            if slot.type == BOOL:  # a byte that is sometimes a bool keeps all its bits
                slot.type = scalar
        touched.append(slot)
        if is_store and user.parent is not None:
            slot.store_blocks.append(user.parent)
    return _Access(user, touched, is_store)


def _disjoint(slots: dict[int, _Slot]) -> bool:
    end = 0
    for offset in sorted(slots):
        if offset < end:
            return False
        end = offset + _size(slots[offset].type)
    return True


def _size(ty: Type) -> int:
    assert is_scalar(ty)
    if isinstance(ty, IntegerType):
        return max(1, ty.width // 8)
    return ty.width // 8 if isinstance(ty, FloatType) else 8


# ---------------------------------------------------------------- renaming


class _Renamer:
    """Places block arguments on iterated dominance frontiers, then walks the dominator tree with a stack per slot."""

    def __init__(self, region: Region, accesses: dict[Operation, _Access], slots: list[_Slot]) -> None:
        self.region = region
        self.accesses = accesses
        self.slots = slots
        self.tree = DominatorTree(region)
        self.new_args: dict[Block, list[_Slot]] = {}
        self.undefs: dict[Type, mir.UndefOp] = {}
        self.pushed: list[_Slot] = []  # slots whose stack the current block grew, in order

    def run(self) -> None:
        self.place_arguments()
        entry = self.tree.order[0]
        children = self.tree.children()
        work: list[tuple[Block, list[_Slot] | None]] = [(entry, None)]
        while work:
            block, pushed = work.pop()
            if pushed is not None:
                for slot in pushed:
                    slot.stack.pop()
                continue
            self.pushed = []
            self.rename_block(block)
            work.append((block, self.pushed))
            work.extend((child, None) for child in reversed(children[block]))
        entry.ops[:0] = self.undefs.values()
        self.drop_unreachable()

    def place_arguments(self) -> None:
        frontiers = self.tree.frontiers()
        live = self.live_in()
        for slot in self.slots:
            placed: set[Block] = set()
            work = [block for block in dict.fromkeys(slot.store_blocks) if block in frontiers]
            while work:
                for target in frontiers[work.pop()]:
                    if target not in placed and target in live[id(slot)]:
                        placed.add(target)
                        work.append(target)
            for block in sorted(placed, key=self.tree.number.__getitem__):
                self.new_args.setdefault(block, []).append(slot)

    def live_in(self) -> dict[int, set[Block]]:
        """Blocks at whose start each slot may still be read: block arguments elsewhere would be dead (pruned SSA)."""
        live: dict[int, set[Block]] = {id(slot): set() for slot in self.slots}
        work: dict[int, list[Block]] = {id(slot): [] for slot in self.slots}
        killed: dict[int, set[Block]] = {id(slot): set() for slot in self.slots}
        for block in self.tree.order:
            for op in block.ops:
                access = self.accesses.get(op)
                for slot in access.slots if access is not None else ():
                    key = id(slot)
                    if access is not None and access.is_store:
                        killed[key].add(block)
                    elif block not in killed[key] and block not in live[key]:
                        live[key].add(block)
                        work[key].append(block)
        for key, blocks in work.items():
            while blocks:
                for source in self.tree.predecessors[blocks.pop()]:
                    if source not in killed[key] and source not in live[key]:
                        live[key].add(source)
                        blocks.append(source)
        return live

    def rename_block(self, block: Block) -> None:
        for slot in self.new_args.get(block, ()):
            self.push(slot, block.add_arg(slot.type, slot.hint))
        kept: list[Operation] = []
        for op in block.ops:
            access = self.accesses.get(op)
            if access is None:
                kept.append(op)
            elif access.is_store:
                self.rename_store(op, access, kept)
            else:
                self.rename_load(op, access, kept)
        block.ops = kept
        self.pass_arguments(block)

    def rename_store(self, op: Operation, access: _Access, kept: list[Operation]) -> None:
        value = op.operands[0]
        block = op.parent
        assert block is not None
        if len(access.slots) == 1:
            values = [value]
        else:
            values = [self.component(value, i, block, kept, op.loc) for i in range(2)]
        for slot, part in zip(access.slots, values, strict=True):
            part = self.reinterpret(part, slot.type, block, kept, op.loc)
            if slot.hint and not part.name_hint and not isinstance(part.owner, Block | mir.ConstantOp):
                part.name_hint = slot.hint
            self.push(slot, part)
        value.uses.remove(op)  # the address goes with its alloca
        op.operands = []
        op.parent = None

    def push(self, slot: _Slot, value: Value) -> None:
        slot.stack.append(value)
        self.pushed.append(slot)

    def reinterpret(self, value: Value, ty: Type, block: Block, kept: list[Operation], loc: Location) -> Value:
        """The same bits as the slot's, or the reader's, kind of scalar."""
        if value.type == ty:
            return value
        op = mir.CastOp([value], [ty], {"kind": StringAttr("Transmute")}, loc=loc)
        op.parent = block
        kept.append(op)
        return op.results[0]

    def component(self, pair: Value, index: int, block: Block, kept: list[Operation], loc: Location) -> Value:
        if isinstance(pair.owner, mir.PairOp):
            return pair.owner.operands[index]
        ty = pair.type
        assert isinstance(ty, PairType)
        attributes = {"index": IntegerAttr(index, I32)}
        op = mir.ComponentOp([pair], [ty.second if index else ty.first], dict(attributes), loc=loc)
        op.parent = block
        kept.append(op)
        return op.results[0]

    def rename_load(self, op: Operation, access: _Access, kept: list[Operation]) -> None:
        block = op.parent
        assert block is not None
        wanted = op.results[0].type
        types = [wanted.first, wanted.second] if isinstance(wanted, PairType) else [wanted]
        values = [
            self.reinterpret(self.current(slot), ty, block, kept, op.loc)
            for slot, ty in zip(access.slots, types, strict=True)
        ]
        if len(values) == 1:
            new = values[0]
        else:
            pair = mir.PairOp(values, [op.results[0].type], loc=op.loc)
            pair.parent = op.parent
            kept.append(pair)
            new = pair.results[0]
        op.results[0].replace_all_uses_with(new)
        op.operands = []
        op.parent = None

    def current(self, slot: _Slot) -> Value:
        if slot.stack:
            return slot.stack[-1]
        undef = self.undefs.get(slot.type)
        if undef is None:
            undef = self.undefs[slot.type] = mir.UndefOp((), (slot.type,))
            undef.parent = self.tree.order[0]
        return undef.results[0]

    def pass_arguments(self, block: Block) -> None:
        last = block.ops[-1]
        if not any(target in self.new_args for target in last.successors):
            return
        for i, target in enumerate(last.successors):
            slots = self.new_args.get(target)
            if slots:
                values = [self.current(slot) for slot in slots]
                if isinstance(last, mir.SwitchIntOp):
                    last.set_segment(i + 1, [*last.segment(i + 1), *values])
                else:
                    last.set_operands([*last.operands, *values])

    def drop_unreachable(self) -> None:
        """Accesses in unreachable blocks have no values to read: the blocks go."""
        reachable = self.tree.number
        for block in [b for b in self.region.blocks if b not in reachable]:
            for op in block.ops:
                op.drop_operands()
                op.successors = []
            self.region.blocks.remove(block)
