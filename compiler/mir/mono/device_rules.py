"""What device code may not reach: host-only functions, extern host functions, trait objects, f128, a discriminant of a
variant without values.

Assumes: instances and bodies of reachable code. Guarantees: nothing for code a kernel does not reach.

Example: a kernel calling a library function marked ``#[oxide::host_only("heap allocation ...")]`` gets that text at
the call.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir import type_facts
from compiler.mir.mono.attributes import host_only
from compiler.mir.mono.errors import ExternOnHost, HostOnly, UninhabitedVariant, UnsupportedType
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.mir.place_ty import place_ty
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.adt import adt_def
from compiler.ty.layout import layout_of

_verdicts: dict[t.Ty, str | None] = {}


def reach_diagnostics(db: Database, caller: Instance, callee: Instance, span: Span) -> list[Diagnostic]:
    """Why ``caller`` may not call ``callee``."""
    why = host_only(db, callee.def_id)
    if why is not None:
        return [HostOnly(caller.def_id, span, callee.def_id, why).to_diagnostic()]
    if callee.kind is InstanceKind.EXTERN and not _is_device_extern(db, callee):
        return [ExternOnHost(caller.def_id, span, callee.def_id).to_diagnostic()]
    return []


def _is_device_extern(db: Database, callee: Instance) -> bool:
    """Declared in a ``#[device]`` block or by the library, or a function of libdevice."""
    from compiler.resolve.attrs import kernel_facts
    from compiler.resolve.def_map import crate_description

    description = crate_description(db, callee.def_id.krate)
    if description is not None and description.is_library:
        return True
    if callee.def_id.name.startswith("__nv_"):
        return True
    block = kernel_facts(db, callee.def_id.parent) if callee.def_id.parent is not None else None
    return block is not None and block.kind == "device"


def forbidden(ty: t.Ty) -> str | None:
    """What is wrong with a type on the device."""
    if ty not in _verdicts:
        _verdicts[ty] = None
        for node in t.walk(ty):
            if isinstance(node, t.DynTy):
                _verdicts[ty] = "trait objects (`dyn Trait`)"
            elif node is t.f128:
                _verdicts[ty] = "`f128` (quad precision)"
    return _verdicts[ty]


def type_diagnostics(body: m.Body) -> list[Diagnostic]:
    """Locals of forbidden types, each kind once a body; user variables first."""
    found: dict[str, Diagnostic] = {}
    for decl in sorted(body.locals, key=lambda d: not d.is_user_variable):
        what = forbidden(decl.ty)
        if what is not None and what not in found:
            span = decl.span if decl.span.end else body.span
            found[what] = UnsupportedType(body.def_id, span, repr(decl.ty), what).to_diagnostic()
    return list(found.values())


def discriminant_diagnostics(db: Database, body: m.Body) -> list[Diagnostic]:
    """``SetDiscriminant`` to a variant of which no value exists (custom MIR can write that)."""
    found = []
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, m.SetDiscriminant):
                ty = place_ty(body.locals, statement.place)
                variant = _uninhabited_variant(db, ty, statement.variant_index)
                if variant is not None:
                    found.append(UninhabitedVariant(body.def_id, statement.span, variant).to_diagnostic())
    return found


def _uninhabited_variant(db: Database, ty: t.Ty, index: int) -> str | None:
    """Name of the variant, if no value of it exists."""
    if not isinstance(ty, t.AdtTy) or ty.def_id.kind is not DefKind.ENUM:
        return None
    variants = adt_def(db, ty.def_id).variants
    if index >= len(variants):
        return None
    fields = type_facts.field_tys(db, None, variants[index], ty.args)
    return variants[index].name if any(layout_of(db, field).uninhabited for field in fields) else None
