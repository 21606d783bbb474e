"""Names of things in the module.

- A kernel: its bare name; a generic one ``<name>_TID_<32 hex>``, the hash of its path and arguments; an entry of a
legacy list
  ``<name>_<Type>`` (kernel-language 6.2).
- A device function: its path with ``::`` as ``__``, and a hash when it is generic, in an impl or a shim.
- A static: its path the same way.

Assumes: canonical arguments. Guarantees: equal instances get equal names in every run and process; names are valid
PTX identifiers.

Example: ``scale::<f32>`` is ``scale_TID_`` and the first 128 bits of BLAKE2 over ``crate::scale<f32>``.
"""

from __future__ import annotations

import hashlib
import re

from compiler.hir.def_id import DefId, DefKind
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.ty import types as t

_NOT_IDENTIFIER = re.compile(r"[^A-Za-z0-9_]+")


def type_key(value: t.GenericArg) -> str:
    """A type or constant as text that tells it from every other, with full paths."""
    match value:
        case t.Region():
            return "'_"
        case t.Const():
            return f"{value.value}:{type_key(value.ty) if value.ty is not None else ''}"
        case t.AdtTy() | t.FnDefTy() | t.ClosureTy():
            return f"{type(value).__name__[:-2]} {value.def_id.path}<{','.join(map(type_key, value.args))}>"
        case t.RefTy():
            return f"&{'mut ' if value.mutable else ''}{type_key(value.ty)}"
        case t.PtrTy():
            return f"*{'mut' if value.mutable else 'const'} {type_key(value.ty)}"
        case t.SliceTy():
            return f"[{type_key(value.ty)}]"
        case t.ArrayTy():
            return f"[{type_key(value.ty)};{type_key(value.len)}]"
        case t.TupleTy():
            return f"({','.join(map(type_key, value.elems))})"
        case t.FnPtrTy():
            return f"fn({','.join(map(type_key, value.inputs))})->{type_key(value.output)}"
    return repr(value)


def instance_key(instance: Instance) -> str:
    """The text that is hashed."""
    extra = type_key(instance.extra) if instance.extra is not None else ""
    return f"{instance.kind.value} {instance.def_id.path}<{','.join(map(type_key, instance.args))}>{extra}"


def hash_128(text: str) -> str:
    """32 lowercase hex digits, stable across processes and versions."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def kernel_symbol(instance: Instance, listed: tuple[str, ...] = ()) -> str:
    """The PTX entry of a kernel instance; lifetimes do not count. ``listed``: the types of ``#[kernel(f32, ..)]``."""
    name = instance.def_id.name
    args = [a for a in instance.args if not isinstance(a, t.Region)]
    if not args:
        return name
    if len(args) == 1 and repr(args[0]) in listed:
        return f"{name}_{_NOT_IDENTIFIER.sub('_', repr(args[0]))}"
    keys = ",".join(map(type_key, args))
    return f"{name}_TID_{hash_128(f'{instance.def_id.path}<{keys}>')}"


def _plain(def_id: DefId) -> str:
    path = def_id.path
    _, _, inside = path.partition("::")
    return _NOT_IDENTIFIER.sub("_", (inside or path).replace("::", "__")).strip("_")


def function_symbol(instance: Instance) -> str:
    """The name of a device function."""
    if instance.kind is InstanceKind.EXTERN:
        return instance.def_id.name
    name = _plain(instance.def_id)
    at: DefId | None = instance.def_id
    plain = instance.kind is InstanceKind.ITEM and not [a for a in instance.args if not isinstance(a, t.Region)]
    while at is not None and plain:
        plain = at.kind in (DefKind.FN, DefKind.MOD, DefKind.CRATE) and not at.disambiguator
        at = at.parent
    suffix = "" if plain and instance.def_id.krate.name else "_" + hash_128(instance_key(instance))[:16]
    kind = "" if instance.kind is InstanceKind.ITEM else instance.kind.value.replace(" ", "_") + "__"
    return f"{kind}{name[-80:].lstrip('_')}{suffix}"


def static_symbol(def_id: DefId) -> str:
    """The name of a static's global."""
    plain = all(c not in def_id.path for c in "{#") and not def_id.disambiguator
    return _plain(def_id) + ("" if plain else "_" + hash_128(def_id.path)[:8])
