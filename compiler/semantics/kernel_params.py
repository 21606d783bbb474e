"""What a kernel takes and how it must be launched, as plain data: :class:`KernelParam`, :class:`LaunchFacts`.

Assumes: the signature of a ``#[kernel]`` function, with concrete types for sizes (generic parts have size 0).
Guarantees: one entry a source parameter, in order; zero-sized parameters have kind "zst".

Example: ``fn k(n: u32, x: &[f32], mut y: DisjointSlice<f32, Runtime2DIndex>)`` is scalar u32, slice f32,
disjoint_width f32.
"""

from __future__ import annotations

from compiler.codegen.artifact import ElemType, KernelParam, LaunchFacts
from compiler.hir.def_id import DefId
from compiler.hir.nodes import FnDecl
from compiler.query import Database
from compiler.resolve.attrs import kernel_facts
from compiler.resolve.lowering import signature
from compiler.ty import types as t
from compiler.ty.launch_bounds import launch_bounds_of
from compiler.ty.layout import Layout, LayoutError, concrete, field_tys, layout_of

DEVICE_CRATE = "cuda_device"
_POINTERS = (t.PtrTy, t.RefTy, t.FnPtrTy)


def _layout(db: Database, ty: t.Ty) -> Layout | None:
    if ty.flags & (t.HAS_PARAM | t.HAS_INFER | t.HAS_ERROR):
        return None
    try:
        return layout_of(db, ty)
    except LayoutError:
        return None


def elem_type(db: Database, ty: t.Ty, depth: int = 0) -> ElemType:
    """A type as data."""
    layout = _layout(db, ty)
    size, align = (layout.size, layout.align) if layout is not None else (0, 1)
    if isinstance(ty, t.IntTy | t.FloatTy) or ty in (t.bool_, t.char):
        return ElemType(repr(ty), size, align, repr(ty))
    if isinstance(ty, _POINTERS):
        return ElemType("ptr", size, align, repr(ty))
    if layout is not None and isinstance(ty, t.ArrayTy) and depth < 8:
        return ElemType("array", size, align, repr(ty), (("", 0, elem_type(db, ty.ty, depth + 1)),), layout.count)
    fields = _fields(db, ty, layout, depth) if layout is not None else ()
    return ElemType("struct", size, align, repr(ty), fields)


def _fields(db: Database, ty: t.Ty, layout: Layout, depth: int) -> tuple[tuple[str, int, ElemType], ...]:
    from compiler.hir.def_id import DefKind
    from compiler.ty.adt import adt_def

    if depth >= 8:
        return ()
    if isinstance(ty, t.TupleTy):
        named = [(str(i), e) for i, e in enumerate(ty.elems)]
    elif isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT:
        variant = adt_def(db, ty.def_id).variants[0]
        named = [(f.name, c) for f, c in zip(variant.fields, field_tys(db, ty, 0), strict=True)]
    else:
        return ()
    return tuple((name, layout.field_offset(i), elem_type(db, e, depth + 1)) for i, (name, e) in enumerate(named))


def transparent_inner(db: Database, ty: t.Ty) -> t.Ty | None:
    """What a ``repr(transparent)`` struct wraps."""
    from compiler.ty.adt import adt_def

    if not isinstance(ty, t.AdtTy) or not adt_def(db, ty.def_id).repr.transparent or _layout(db, ty) is None:
        return None
    inner = [f for f in field_tys(db, ty, 0) if not layout_of(db, f).is_zst]
    return inner[0] if len(inner) == 1 else None


def _is_disjoint(ty: t.Ty) -> bool:
    return isinstance(ty, t.AdtTy) and ty.def_id.name == "DisjointSlice" and ty.def_id.krate.name == DEVICE_CRATE


def kernel_param(db: Database, name: str, ty: t.Ty) -> KernelParam:
    """One parameter."""
    if isinstance(ty, t.RefTy) and isinstance(ty.ty, t.SliceTy):
        kind = "slice_mut" if ty.mutable else "slice"
        return KernelParam(name, kind, elem_type(db, ty.ty.ty), ty.mutable)
    if isinstance(ty, t.AdtTy) and _is_disjoint(ty):
        return _disjoint(db, name, ty)
    layout = _layout(db, ty)
    if layout is not None and layout.is_zst:
        return KernelParam(name, "zst", elem_type(db, ty))
    if isinstance(ty, t.PtrTy | t.RefTy):
        return KernelParam(name, "pointer", elem_type(db, ty.ty), ty.mutable)
    inner = transparent_inner(db, ty)
    if inner is not None:
        return kernel_param(db, name, inner)
    scalar = isinstance(ty, t.IntTy | t.FloatTy) or ty in (t.bool_, t.char)
    return KernelParam(name, "scalar" if scalar else "aggregate", elem_type(db, ty))


def _disjoint(db: Database, name: str, ty: t.AdtTy) -> KernelParam:
    types = [a for a in ty.args if isinstance(a, t.Ty)]
    space = repr(types[1]) if len(types) > 1 else "Index1D"
    layout = _layout(db, ty)
    kind = "disjoint_width" if layout is not None and layout.size > 16 else "disjoint"
    return KernelParam(name, kind, elem_type(db, types[0]), True, space)


def kernel_params(db: Database, kernel: DefId, args: t.GenericArgs = ()) -> tuple[KernelParam, ...]:
    """The parameters of a kernel; with ``args``, of that instance."""
    from compiler.ty.collect import fn_sig

    decl = signature(db, kernel)
    names = [p.name or f"arg{i}" for i, p in enumerate(decl.params)] if isinstance(decl, FnDecl) else []
    inputs = [t.erase_regions(t.subst(ty, args)) for ty in fn_sig(db, kernel).inputs]
    tys = [ty if ty.flags & t.HAS_PARAM else concrete(db, ty) for ty in inputs]
    return tuple(kernel_param(db, name, ty) for name, ty in zip(names, tys, strict=False))


def launch_facts(db: Database, kernel: DefId, args: t.GenericArgs = ()) -> LaunchFacts:
    """What the kernel's attributes demand of a launch; with ``args``, of that instance."""
    facts = kernel_facts(db, kernel)
    if facts is None:
        return LaunchFacts()
    bounds = [*launch_bounds_of(db, kernel, args), None, None]
    contract = facts.contract
    common = (bounds[0], bounds[1])
    if contract is None:
        return LaunchFacts(*common, cluster=facts.cluster, cooperative=facts.cooperative)
    return LaunchFacts(
        *common,
        contract.block,
        contract.domain,
        contract.coordinates_u32,
        contract.dynamic_shared,
        facts.cluster,
        facts.cooperative,
        contract.requires,
        contract.min_compute_capability,
    )


def index_rank(db: Database, kernel: DefId, params: tuple[KernelParam, ...]) -> int:
    """1 or 2: the index space a kernel uses, for default launches."""
    from compiler.resolve.source import item_source

    launch = launch_facts(db, kernel)
    if launch.domain is not None:
        return min(launch.domain, 2)
    if any(p.index_space.startswith(("Index2D", "Runtime2D", "RowMajor", "RuntimeRowMajor")) for p in params):
        return 2
    return 2 if b"index_2d" in item_source(db, kernel) else 1
