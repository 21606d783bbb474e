"""Representations that a type's variants and fields do not allow.

What it is: rustc's checks of ``repr(transparent)``, ``repr(packed)``, integer representations, discriminants out of
range and fields of unions. The form of the attribute itself is :mod:`compiler.resolve.attribute_rules`'.

Assumes: nothing. Guarantees: no error where the type of a field is not known.

Example: ``#[repr(transparent)] struct S(u8, u16);`` is E0690.
"""

from __future__ import annotations

from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefKind
from compiler.query import Database
from compiler.resolve.lang import lang_item
from compiler.resolve.source import item_of
from compiler.ty import types as t
from compiler.ty.adt import AdtDef, adt_def, discriminant_values
from compiler.ty.consts import evaluate_const
from compiler.ty.infcx import InferCtxt
from compiler.ty.item_errors import KernelRule
from compiler.ty.traits.env import param_env
from compiler.ty.traits.fulfill import evaluate


def check_repr(db: Database, adt: AdtDef, found: list[Diagnostic]) -> None:
    """All checks of one type."""
    fault = _fault(db, adt)
    item = item_of(db, adt.def_id)
    if fault is not None and item is not None:
        attr = item.attr("repr") if fault[0] == "E0084" else None
        span = attr.span if attr is not None else item.name_span
        found.append(KernelRule(span, *fault).to_diagnostic(adt.def_id))
    if adt.is_enum:
        _check_overflow(db, adt, found)
    if adt.is_union:
        _check_union(db, adt, found)


def _fault(db: Database, adt: AdtDef) -> tuple[str, str] | None:
    repr_, noun = adt.repr, adt.kind.value
    if adt.is_union and adt.variants and not adt.variants[0].fields:
        return "syntax", "unions cannot have zero fields"
    if repr_.transparent:
        return _transparent_fault(db, adt)
    if adt.is_enum and repr_.int_ty is not None and not adt.variants:
        return "E0084", "unsupported representation for zero-variant enum"
    if adt.is_enum and repr_.int_ty is not None and repr_.c and all(not v.fields for v in adt.variants):
        return "E0566", "conflicting representation hints: `C` and an integer on an enum without fields"
    if adt.is_enum:
        return _discriminant_fault(db, adt)
    if repr_.packed is not None and any(_has_align(db, f.ty) for v in adt.variants for f in v.fields):
        return "E0588", f"packed {noun} cannot transitively contain a `#[repr(align)]` type"
    return None


def _transparent_fault(db: Database, adt: AdtDef) -> tuple[str, str] | None:
    if adt.is_enum and len(adt.variants) != 1:
        return "E0731", f"transparent enum needs exactly one variant, but has {len(adt.variants)}"
    n_sized = sum(not _is_trivial(db, f.ty) for v in adt.variants for f in v.fields)
    if n_sized > 1:
        text = f"transparent {adt.kind.value} needs at most one field with a size or alignment, {n_sized} have one"
        return "E0690", text
    return None


def _discriminant_fault(db: Database, adt: AdtDef) -> tuple[str, str] | None:
    explicit = [v.discriminant for v in adt.variants if v.discriminant is not None]
    if explicit and adt.repr.int_ty is None and any(v.ctor != "unit" for v in adt.variants):
        return (
            "E0732",
            "`#[repr(inttype)]` must be specified for enums with explicit discriminants and non-unit variants",
        )
    return None


def _check_overflow(db: Database, adt: AdtDef, found: list[Diagnostic]) -> None:
    """The first discriminant that is one more than the greatest of its type."""
    explicit = [v.discriminant for v in adt.variants if v.discriminant is not None]
    if any(evaluate_const(db, const).kind != "value" for const in explicit):
        return
    ty = adt.repr.int_ty or t.isize
    low, high = (-(1 << ty.bits - 1), (1 << ty.bits - 1) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    for variant, value in zip(adt.variants, discriminant_values(db, adt.def_id), strict=False):
        if variant.discriminant is None and not low <= value <= high:
            text = f"enum discriminant overflowed: that of `{variant.name}` would be {value}"
            found.append(KernelRule(variant.span, "E0370", text).to_diagnostic(adt.def_id))
            return


def _is_trivial(db: Database, ty: t.Ty, depth: int = 0) -> bool:
    """Whether a type has size 0 and alignment 1 (or may have: what is not known counts as trivial)."""
    if ty.flags & t.HAS_ERROR or depth > 20:
        return True
    if isinstance(ty, t.TupleTy):
        return all(_is_trivial(db, elem, depth + 1) for elem in ty.elems)
    if isinstance(ty, t.ArrayTy):
        return ty.len.kind != "value" or ty.len.value == 0 or _is_trivial(db, ty.ty, depth + 1)
    if isinstance(ty, t.AdtTy):
        adt = adt_def(db, ty.def_id)
        if adt.lang == "phantom_data" or (adt.repr.align in (None, 1) and not adt.variants):
            return True
        fields = [t.subst(f.ty, ty.args) for v in adt.variants for f in v.fields]
        is_one = adt.kind is DefKind.STRUCT and adt.repr.align in (None, 1)
        return is_one and all(_is_trivial(db, field, depth + 1) for field in fields)
    return isinstance(ty, t.AliasTy | t.FnDefTy | t.ClosureTy)


def _has_align(db: Database, ty: t.Ty, depth: int = 0) -> bool:
    """Whether a value of the type holds one of a ``repr(align)`` type in place."""
    if isinstance(ty, t.ArrayTy):
        return _has_align(db, ty.ty, depth)
    if isinstance(ty, t.TupleTy):
        return any(_has_align(db, elem, depth) for elem in ty.elems)
    if not isinstance(ty, t.AdtTy) or depth > 20:
        return False
    adt = adt_def(db, ty.def_id)
    return adt.repr.align is not None or any(_has_align(db, f.ty, depth + 1) for v in adt.variants for f in v.fields)


def _check_union(db: Database, adt: AdtDef, found: list[Diagnostic]) -> None:
    """Fields that need no drop: ``Copy``, references, ``ManuallyDrop``, and tuples and arrays of these (E0740)."""
    copy = lang_item(db, "copy")
    icx = InferCtxt(db, param_env(db, adt.def_id))

    def is_allowed(ty: t.Ty) -> bool:
        if ty.flags & t.HAS_ERROR or isinstance(ty, t.RefTy):
            return True
        if isinstance(ty, t.TupleTy):
            return all(map(is_allowed, ty.elems))
        if isinstance(ty, t.ArrayTy):
            return is_allowed(ty.ty)
        if isinstance(ty, t.AdtTy) and adt_def(db, ty.def_id).lang == "manually_drop":
            return True
        return copy is None or evaluate(icx, t.TraitPredicate(t.TraitRef(copy, (ty,)))) is not False

    for field in (f for v in adt.variants for f in v.fields):
        if not is_allowed(icx.normalize(t.erase_regions(field.ty))):
            text = "field must implement `Copy` or be wrapped in `ManuallyDrop<...>` to be used in a union"
            found.append(KernelRule(field.span, "E0740", text).to_diagnostic(adt.def_id))
            return
