"""Types as people write them: ``&mut [f32]``, ``Option<u32>``, ``impl Fn(u32) -> u32``.

Guarantees: never raises; regions are shown only when named; error types print ``{unknown}``.

>>> from compiler.ty.types import *
>>> display_ty(RefTy(ERASED, SliceTy(f32), True))
'&mut [f32]'
"""

from __future__ import annotations

from typing import Any

from compiler.ty import types as t


def display_args(args: t.GenericArgs) -> str:
    """``<..>`` or nothing; erased regions are left out."""
    shown = [display_arg(a) for a in args if not (isinstance(a, t.Region) and a.kind == "erased")]
    return f"<{', '.join(shown)}>" if shown else ""


def display_arg(arg: t.GenericArg) -> str:
    return display_ty(arg) if isinstance(arg, t.Ty) else repr(arg)


def _region_prefix(region: t.Region) -> str:
    return (
        f"{region!r} "
        if region.kind in ("early", "bound", "static") and (region.name or region.kind == "static")
        else ""
    )


def type_name(ty: t.Ty) -> str:
    """The text of ``core::any::type_name``: paths in full, no lifetimes."""
    match ty:
        case t.AdtTy() | t.FnDefTy():
            shown = [type_name(a) if isinstance(a, t.Ty) else repr(a) for a in ty.args if not isinstance(a, t.Region)]
            return ty.def_id.path + (f"<{', '.join(shown)}>" if shown else "")
        case t.ClosureTy():
            return f"{ty.def_id.parent.path if ty.def_id.parent is not None else ''}::{{{{closure}}}}"
        case t.RefTy():
            return f"&{'mut ' if ty.mutable else ''}{type_name(ty.ty)}"
        case t.PtrTy():
            return f"*{'mut' if ty.mutable else 'const'} {type_name(ty.ty)}"
        case t.SliceTy():
            return f"[{type_name(ty.ty)}]"
        case t.ArrayTy():
            return f"[{type_name(ty.ty)}; {ty.len!r}]"
        case t.TupleTy():
            elems = list(map(type_name, ty.elems))
            return f"({elems[0]},)" if len(elems) == 1 else f"({', '.join(elems)})"
    return display_ty(ty)


def _fn_ptr(ty: t.FnPtrTy) -> str:
    ret = "" if ty.output is t.UNIT else f" -> {display_ty(ty.output)}"
    abi = "" if ty.abi == "Rust" else f'extern "{ty.abi}" '
    return f"{'unsafe ' if ty.is_unsafe else ''}{abi}fn({', '.join(map(display_ty, ty.inputs))}){ret}"


def _tuple(ty: t.TupleTy) -> str:
    inner = ", ".join(map(display_ty, ty.elems))
    return f"({inner},)" if len(ty.elems) == 1 else f"({inner})"


def _alias(ty: t.AliasTy) -> str:
    if ty.kind == "opaque":
        return f"impl {ty.def_id.name}#{ty.index}"
    trait = ty.def_id.parent.name if ty.def_id.parent is not None else "?"
    return f"<{display_arg(ty.args[0])} as {trait}>::{ty.def_id.name}" if ty.args else ty.def_id.name


def display_ty(ty: Any) -> str:
    """Rust syntax for a type."""
    match ty:
        case t.IntTy() | t.FloatTy():
            return ty.name
        case t.SimpleTy():
            return "{unknown}" if ty is t.ERROR else ty.name
        case t.AdtTy():
            return ty.def_id.name + display_args(ty.args)
        case t.RefTy():
            return f"&{_region_prefix(ty.region)}{'mut ' if ty.mutable else ''}{display_ty(ty.ty)}"
        case t.PtrTy():
            return f"*{'mut' if ty.mutable else 'const'} {display_ty(ty.ty)}"
        case t.SliceTy():
            return f"[{display_ty(ty.ty)}]"
        case t.ArrayTy():
            return f"[{display_ty(ty.ty)}; {ty.len!r}]"
        case t.TupleTy():
            return _tuple(ty)
        case t.FnDefTy():
            return f"fn item {{{ty.def_id.path}{display_args(ty.args)}}}"
        case t.FnPtrTy():
            return _fn_ptr(ty)
        case t.ClosureTy():
            return "{closure}"
        case t.ParamTy():
            return ty.name
        case t.AliasTy():
            return _alias(ty)
        case t.DynTy():
            return "dyn " + " + ".join(d.name + display_args(a) for d, a in ty.bounds)
        case t.InferTy():
            return {"int": "{integer}", "float": "{float}"}.get(ty.kind, "_")
    return "{unknown}"
