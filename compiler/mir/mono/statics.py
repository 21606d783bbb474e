"""Statics as device globals: bytes, alignment, mutability and address space.

- A type marked ``#[oxide::address_space("shared")]`` (``SharedArray``, ``Barrier``) lives in shared memory,
uninitialised.
- One marked ``"constant"`` (``ConstantMemory``) in constant memory, zero until the host sets it.
- Anything else in global memory, initialised once when the module is loaded.

Assumes: statics are not generic. Guarantees: the evaluated initializer, or its diagnostics. Example: ``static TABLE:
[u8; 2] = [1, 2]`` is global, immutable, two bytes.
"""

from __future__ import annotations

from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.mir.consteval.queries import static_outcome
from compiler.mir.mono.attributes import attribute
from compiler.mir.mono.fold import normal_form
from compiler.mir.mono.model import MonoStatic
from compiler.mir.mono.symbols import static_symbol
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.layout import layout_of


def address_space(db: Database, ty: t.Ty) -> str:
    """ "global", "shared" or "constant"."""
    if isinstance(ty, t.AdtTy):
        if attribute(db, ty.def_id, "oxide::shared") is not None:
            return "shared"
        if attribute(db, ty.def_id, "oxide::constant") is not None:
            return "constant"
    return "global"


def _is_mutable(db: Database, def_id: DefId, ty: t.Ty) -> bool:
    from compiler.hir.nodes import ConstDecl
    from compiler.mir.type_facts import is_freeze
    from compiler.resolve.lowering import signature

    decl = signature(db, def_id)
    return (isinstance(decl, ConstDecl) and decl.mutable) or not is_freeze(db, None, ty)


def _shared_alignment(db: Database, ty: t.Ty, align: int) -> int:
    """Alignment of a static in shared memory: what its type needs or its ``ALIGN`` parameter asks for."""
    from compiler.ty.generics import all_params

    assert isinstance(ty, t.AdtTy)
    for param, arg in zip(all_params(db, ty.def_id), ty.args, strict=False):
        if param.name == "ALIGN" and isinstance(arg, t.Const) and arg.kind == "value":
            align = max(align, arg.value)
    return align


def mono_static(db: Database, def_id: DefId) -> tuple[MonoStatic | None, tuple[Diagnostic, ...]]:
    """A static ready for code generation."""
    from compiler.ty.collect import type_of

    ty = normal_form(db, type_of(db, def_id))
    layout = layout_of(db, ty)
    space = address_space(db, ty)
    static = MonoStatic(
        def_id, ty, static_symbol(def_id), space, _is_mutable(db, def_id, ty), layout.align, layout.size, None
    )
    if space == "shared":
        static.align = _shared_alignment(db, ty, layout.align)
        return static, ()
    static.initializer, diagnostics = static_outcome(db, def_id)
    return (static if static.initializer is not None else None), diagnostics
