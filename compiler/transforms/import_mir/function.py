"""The state of importing one function: blocks, locals, and how to emit.

What it is: what the files of this package share. What it assumes: the body is a mono body. What it guarantees: every
local that is not zero-sized has an address: an alloca, or the pointer it was passed by. Example::

    f = FunctionImport(module, mono_function)
    f.value(ConstantOp((), (U32,), {"value": IntegerAttr(1, U32)}))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL, MIR_PTR, USIZE, PairType
from compiler.hir.def_id import DefId
from compiler.ir.attributes import Attribute, FloatAttr, IntegerAttr, StringAttr, SymbolRefAttr, TypeAttr, UnitAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, OpResult, Region, Value
from compiler.ir.location import UNKNOWN_LOC, FileLineColLoc, Location
from compiler.ir.types import I32, I64, FloatType, IntegerType, Type
from compiler.mir import body as m
from compiler.mir.mono.model import MonoFunction, MonoItems
from compiler.mir.place_ty import place_ty
from compiler.query import Database
from compiler.transforms.import_mir.types import TypeFacts, TypeTable
from compiler.ty.types import Ty

O = TypeVar("O", bound=Operation)
Locate = Callable[[DefId, Span], FileLineColLoc | None]


@dataclass(frozen=True, slots=True)
class KernelFacts:
    """Launch facts of the kernel that end up in PTX (kernel-language.md 1.5 to 1.7)."""

    max_threads: int | None = None
    min_blocks: int | None = None
    block: tuple[int, int, int] | None = None
    cluster: tuple[int, int, int] | None = None
    dynamic_shared_align: int = 1
    unchecked_indexing: bool = False


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """``locate`` gives absolute source positions; without it operations have no locations. ``inside``: bounds checks
    that never fail, by function and place."""

    kernel: KernelFacts = field(default_factory=KernelFacts)
    locate: Locate | None = None
    file: str = ""
    inside: frozenset[tuple[DefId, Span]] = frozenset()


class ModuleImport:
    """The module being built: types, data symbols, diagnostics."""

    def __init__(self, db: Database, items: MonoItems, options: ImportOptions) -> None:
        self.db = db
        self.items = items
        self.options = options
        self.types = TypeTable(db)
        self.module = ModuleOp.empty(options.file)
        self.statics = {static.def_id: static.symbol for static in items.statics}
        self.data: dict[object, str] = {}  # read-only data already emitted, by content
        self.dynamic_shared: dict[str, int] = {}  # extern shared symbol -> alignment
        self.externs: dict[str, tuple[tuple[Type, ...], tuple[Type, ...]]] = {}
        self.diagnostics: list[Diagnostic] = []
        self.locations: dict[tuple[DefId, int, int], Location] = {}

    def locate(self, def_id: DefId, span: Span) -> Location:
        key = (def_id, span.start, span.end)
        found = self.locations.get(key)
        if found is None:
            made = self.options.locate(def_id, span) if self.options.locate is not None else None
            found = self.locations[key] = UNKNOWN_LOC if made is None else made
        return found


class FunctionImport:
    """One function: emits into ``block`` at ``loc``."""

    def __init__(self, module: ModuleImport, function: MonoFunction) -> None:
        self.module = module
        self.function = function
        self.body = function.body
        self.types = module.types
        self.region = Region()
        self.entry = self.region.add_block()
        self.block = self.entry
        self.blocks: list[Block] = []
        self.addresses: dict[m.Local, Value] = {}
        self.result_address: Value | None = None
        self.loc: Location = UNKNOWN_LOC
        self.span = function.body.span
        self.unchecked_indexing = function.is_kernel and module.options.kernel.unchecked_indexing

    def body_place_ty(self, place: m.Place) -> Ty:
        return place_ty(self.body.locals, place)

    # ---- emitting

    def emit(self, op: O) -> O:
        op.parent = self.block
        op.loc = self.loc
        self.block.ops.append(op)
        return op

    def value(self, op: Operation) -> OpResult:
        return self.emit(op).results[0]

    def integer(self, value: int, ty: Type) -> Value:
        return self.value(mir.ConstantOp((), (ty,), {"value": IntegerAttr(value, ty)}))

    def usize(self, value: int) -> Value:
        return self.integer(value, USIZE)

    def scalar(self, bits: int, ty: Type) -> Value:
        """A constant of any scalar type from its bit pattern."""
        attr: Attribute = FloatAttr(bits, ty) if isinstance(ty, FloatType) else IntegerAttr(_signed(bits, ty), ty)
        if ty == MIR_PTR:
            attr = IntegerAttr(bits, I64)
        return self.value(mir.ConstantOp((), (ty,), {"value": attr}))

    def binary(self, op: str, left: Value, right: Value, result: Type | None = None, flags: str = "") -> Value:
        attributes: dict[str, Attribute] = {"op": StringAttr(op)}
        if flags:
            attributes["flags"] = StringAttr(flags)
        return self.value(mir.BinaryOp([left, right], [result or left.type], attributes))

    def cast(self, kind: str, value: Value, ty: Type) -> Value:
        return self.value(mir.CastOp([value], [ty], {"kind": StringAttr(kind)}))

    def reinterpret(self, value: Value, ty: Type) -> Value:
        """The same bits as another value type of the same size; scalars only differ in kind."""
        if value.type == ty:
            return value
        if isinstance(ty, PairType) and isinstance(value.type, PairType):
            first = self.reinterpret(self.component(value, 0), ty.first)
            return self.pair(first, self.reinterpret(self.component(value, 1), ty.second), ty)
        return self.cast("Transmute", value, ty)

    def pair(self, first: Value, second: Value, ty: Type) -> Value:
        assert isinstance(ty, PairType)
        parts = [self.reinterpret(first, ty.first), self.reinterpret(second, ty.second)]
        return self.value(mir.PairOp(parts, [ty]))

    def component(self, pair: Value, index: int) -> Value:
        ty = pair.type
        assert isinstance(ty, PairType)
        if isinstance(pair.owner, mir.PairOp):
            return pair.owner.operands[index]
        attributes: dict[str, Attribute] = {"index": IntegerAttr(index, I32)}
        return self.value(mir.ComponentOp([pair], [ty.second if index else ty.first], attributes))

    def undef(self, ty: Type) -> Value:
        return self.value(mir.UndefOp((), (ty,)))

    def address_of(self, symbol: str) -> Value:
        return self.value(mir.AddressOfOp((), (MIR_PTR,), {"symbol": SymbolRefAttr(symbol)}))

    def intrinsic(
        self,
        name: str,
        args: Sequence[Value],
        result: Type | None = None,
        attributes: dict[str, Attribute] | None = None,
    ) -> Value | None:
        found = {"intrinsic": StringAttr(name), **(attributes or {})}
        op = self.emit(mir.IntrinsicOp(args, () if result is None else (result,), found))
        return op.results[0] if result is not None else None

    # ---- memory

    def alloca(self, facts: TypeFacts, hint: str = "") -> Value:
        op = mir.AllocaOp((), (MIR_PTR,), {"type": TypeAttr(facts.storage())})
        op.loc = self.loc
        op.parent = self.entry
        self.entry.ops.insert(0, op)
        op.results[0].name_hint = hint
        return op.results[0]

    def load(self, address: Value, ty: Type, align: int, volatile: bool = False) -> Value:
        return self.value(mir.LoadOp([address], [ty], _access(align, volatile)))

    def store(self, value: Value, address: Value, align: int, volatile: bool = False) -> None:
        self.emit(mir.StoreOp([value, address], (), _access(align, volatile)))

    def copy(self, destination: Value, source: Value, facts: TypeFacts, align: int, volatile: bool = False) -> None:
        attributes: dict[str, Attribute] = {"type": TypeAttr(facts.mem(align))}
        if volatile:
            attributes["volatile"] = UnitAttr()
        self.emit(mir.CopyOp([destination, source], (), attributes))

    def field(self, base: Value, offset: int, name: str = "") -> Value:
        if offset == 0:
            return base
        attributes: dict[str, Attribute] = {"offset": IntegerAttr(offset, I64)}
        if name:
            attributes["field"] = StringAttr(name)
        return self.value(mir.FieldOp([base], [MIR_PTR], attributes))

    def index(self, base: Value, index: Value, stride: int, wrapping: bool = False) -> Value:
        attributes: dict[str, Attribute] = {"stride": IntegerAttr(stride, I64)}
        if wrapping:
            attributes["wrapping"] = UnitAttr()
        return self.value(mir.IndexOp([base, index], [MIR_PTR], attributes))

    def dangling(self, align: int) -> Value:
        """An aligned address no one reads: of zero-sized places."""
        return self.scalar(align, MIR_PTR)

    # ---- control

    def new_block(self) -> Block:
        return self.region.add_block()

    def goto(self, target: Block, unroll: int | None = None) -> None:
        attributes: dict[str, Attribute] = {} if unroll is None else {"unroll": IntegerAttr(unroll, I32)}
        self.emit(mir.GotoOp((), (), attributes, (), [target]))


def _access(align: int, volatile: bool) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {"align": IntegerAttr(align, I64)}
    if volatile:
        found["volatile"] = UnitAttr()
    return found


def _signed(bits: int, ty: Type) -> int:
    """A bit pattern as the number its signed type reads it as."""
    if isinstance(ty, IntegerType) and ty != BOOL:
        bits &= (1 << ty.width) - 1
        if ty.signedness == "s" and bits >> (ty.width - 1):
            return bits - (1 << ty.width)
    return bits
