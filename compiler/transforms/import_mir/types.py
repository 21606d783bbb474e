"""How a Rust type travels in dialect-mir: not at all, as a value, or through memory.

What it is: the classification of layouts. ``Scalar`` layouts are one value, ``ScalarPair`` layouts a pair, everything
else lives in memory; zero-sized types vanish. What it assumes: layouts of :func:`compiler.ty.layout.layout_of`. What
it guarantees: facts are computed once per type. Example::

    facts = types.of(RefTy(ERASED, SliceTy(f32), False))
    facts.value == PairType(MIR_PTR, USIZE, 8, 16) and facts.in_memory is False
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.dialects.mir.types import BOOL, MIR_PTR, MemType, PairType
from compiler.ir.types import F16, F32, F64, IntegerType, Type
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.abi import Layout, LayoutError, Scalar, ScalarPair
from compiler.ty.layout import layout_of, struct_tail

FLOATS = {2: F16, 4: F32, 8: F64}


class Unsupported(Exception):
    """A construct code generation does not handle; becomes a diagnostic at the statement's span."""


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """``value``: the IR type of a value of this type; None for zero-sized types and types in memory."""

    ty: t.Ty
    layout: Layout
    value: Type | None
    in_memory: bool

    @property
    def size(self) -> int:
        return self.layout.size

    @property
    def align(self) -> int:
        return self.layout.align

    @property
    def is_zst(self) -> bool:
        return self.value is None and not self.in_memory

    def mem(self, align: int | None = None) -> MemType:
        """The memory type, with the alignment of one place."""
        return MemType(repr(self.ty), self.layout.size, self.layout.align if align is None else align)

    def storage(self) -> Type:
        """What an alloca of this type holds."""
        return self.value if self.value is not None else self.mem()


def scalar_type(scalar: Scalar) -> Type:
    """The IR type of one scalar of a layout."""
    if scalar.kind == "pointer":
        return MIR_PTR
    if scalar.kind == "float":
        return FLOATS[scalar.size]
    if scalar.is_bool:
        return BOOL
    return IntegerType(8 * scalar.size, "s" if scalar.signed else "u")


class TypeTable:
    """Facts by type, remembered for one module."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._facts: dict[t.Ty, TypeFacts] = {}

    def of(self, ty: t.Ty) -> TypeFacts:
        found = self._facts.get(ty)
        if found is None:
            found = self._facts[ty] = self._classify(ty)
        return found

    def _classify(self, ty: t.Ty) -> TypeFacts:
        try:
            layout = layout_of(self.db, ty)
        except LayoutError as error:
            raise Unsupported(f"the type `{ty!r}` has no layout ({error.reason})") from None
        abi = layout.abi
        if isinstance(abi, Scalar):
            return TypeFacts(ty, layout, scalar_type(abi), False)
        if isinstance(abi, ScalarPair):
            pair = PairType(scalar_type(abi.first), scalar_type(abi.second), abi.second_offset, layout.size)
            return TypeFacts(ty, layout, pair, False)
        return TypeFacts(ty, layout, None, layout.size > 0 or layout.is_unsized)

    def is_fat(self, pointee: t.Ty) -> bool:
        """Whether a pointer to ``pointee`` carries metadata."""
        tail = struct_tail(self.db, pointee)
        return isinstance(tail, t.SliceTy | t.DynTy) or tail is t.str_

    def tail(self, pointee: t.Ty) -> t.Ty:
        return struct_tail(self.db, pointee)


def pointee(ty: t.Ty) -> t.Ty:
    """What a reference or raw pointer points to."""
    if isinstance(ty, t.RefTy | t.PtrTy):
        return ty.ty
    raise Unsupported(f"dereferencing a `{ty!r}`")


def restrict_align(align: int, offset: int) -> int:
    """Alignment known ``offset`` bytes after an address aligned to ``align``."""
    return align if offset == 0 else min(align, offset & -offset)
