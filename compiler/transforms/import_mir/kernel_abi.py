"""The parameters of a kernel entry (kernel-language.md 6.1), and of every other function.

What it is: how each Rust parameter is passed. In a kernel, slices and ``DisjointSlice`` are their words, one PTX
parameter each; scalars are one; any other aggregate is one by-value parameter with rustc's layout; zero-sized types
are nothing. Other functions take values as they are and memory by address, and return memory through a first pointer
argument. What it guarantees: caller and callee agree because both use :func:`signature`. Example::

    fn k(a: &[f32], mut y: DisjointSlice<f32, Runtime2DIndex>)      # u64, u64, u64, u64, u32
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.base.dataclass import dataclass
from compiler.dialects.llvm.types import ArrayType
from compiler.dialects.mir.types import MIR_PTR, PairType
from compiler.hir.def_id import DefId
from compiler.ir.attributes import Attribute, DictAttr, IntegerAttr, TypeAttr
from compiler.ir.types import I8, I32, Type
from compiler.query import Database
from compiler.transforms.import_mir.types import TypeFacts, TypeTable
from compiler.ty import types as t
from compiler.ty.layout import field_tys

DISJOINT_SLICE = "DisjointSlice"
DEVICE_CRATE = "cuda_device"


@dataclass(frozen=True, slots=True)
class Parameter:
    """How one Rust parameter is passed.

    ``kind``: "none", "value" (one IR value), "words" (several values at ``offsets`` of the local), "indirect"
    (the address of the caller's copy) or "byval" (kernel aggregate).
    """

    kind: str
    facts: TypeFacts
    types: tuple[Type, ...] = ()
    offsets: tuple[int, ...] = ()

    def attributes(self) -> Attribute:
        if self.kind != "byval":
            return DictAttr(())
        size = TypeAttr(ArrayType(self.facts.size, I8))
        return DictAttr((("byval", size), ("align", IntegerAttr(self.facts.align, I32))))


def device_parameter(facts: TypeFacts) -> Parameter:
    """A parameter of an internal function."""
    if facts.is_zst:
        return Parameter("none", facts)
    if facts.value is not None:
        return Parameter("value", facts, (facts.value,))
    return Parameter("indirect", facts, (MIR_PTR,))


def kernel_parameter(types: TypeTable, facts: TypeFacts) -> Parameter:
    """A parameter of a kernel entry."""
    if facts.is_zst:
        return Parameter("none", facts)
    if is_disjoint_slice(facts.ty):
        return _words(types, facts)
    value = facts.value
    if value is not None and (not isinstance(value, PairType) or isinstance(facts.ty, t.RefTy | t.PtrTy)):
        return Parameter("value", facts, (value,))
    inner = transparent_inner(types.db, facts.ty)
    if inner is not None:
        found = kernel_parameter(types, types.of(inner))
        return Parameter(found.kind, facts, found.types, found.offsets)
    return Parameter("byval", facts, (MIR_PTR,))


def _words(types: TypeTable, facts: TypeFacts) -> Parameter:
    """``{ptr, len, space}``: pointer, length and, for run-time widths, the width."""
    if facts.value is not None:
        return Parameter("value", facts, (facts.value,))
    assert isinstance(facts.ty, t.AdtTy)
    words: list[tuple[int, Type]] = []
    for i, field in enumerate(field_tys(types.db, facts.ty, 0)):
        found = types.of(field)
        if found.value is not None:
            words.append((facts.layout.field_offset(i), found.value))
    return Parameter("words", facts, tuple(ty for _, ty in words), tuple(offset for offset, _ in words))


def is_disjoint_slice(ty: t.Ty) -> bool:
    return isinstance(ty, t.AdtTy) and ty.def_id.name == DISJOINT_SLICE and crate_name(ty.def_id) == DEVICE_CRATE


def crate_name(def_id: DefId) -> str:
    while def_id.parent is not None:
        def_id = def_id.parent
    return def_id.name


def transparent_inner(db: Database, ty: t.Ty) -> t.Ty | None:
    """The one field that is not zero-sized of a ``repr(transparent)`` struct."""
    from compiler.ty.adt import adt_def
    from compiler.ty.layout import layout_of

    if not isinstance(ty, t.AdtTy) or not adt_def(db, ty.def_id).repr.transparent:
        return None
    fields = [field for field in field_tys(db, ty, 0) if not layout_of(db, field).is_zst]
    return fields[0] if len(fields) == 1 else None


@dataclass(frozen=True, slots=True)
class FunctionSignature:
    """``sret``: the result is written through a first pointer argument."""

    parameters: tuple[Parameter, ...]
    result: TypeFacts
    sret: bool

    def inputs(self) -> tuple[Type, ...]:
        words = tuple(ty for parameter in self.parameters for ty in parameter.types)
        return (MIR_PTR, *words) if self.sret else words

    def outputs(self) -> tuple[Type, ...]:
        return (self.result.value,) if self.result.value is not None else ()


def signature(types: TypeTable, inputs: Sequence[t.Ty], output: t.Ty, is_kernel: bool = False) -> FunctionSignature:
    facts = [types.of(ty) for ty in inputs]
    parameters = tuple(kernel_parameter(types, x) if is_kernel else device_parameter(x) for x in facts)
    result = types.of(output)
    return FunctionSignature(parameters, result, result.in_memory)
