"""Witnesses of missing patterns as rustc prints them: ``Some(1_u8..=u8::MAX)``, ``E::B { x: false, .. }``, ``&[_,
..]``.

Assumes: witnesses of :mod:`compiler.ty.exhaustiveness`. Guarantees: valid Rust patterns for everything but open
``usize`` ends, which print as ``usize::MAX..``.

Example: three and more witnesses join to ```A`, `B`, `C` and 2 more``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.mir.build.cx import BodyCx
from compiler.ty import types as t
from compiler.ty.exhaustiveness import Witness

_LIMIT = 3


def joined(texts: list[str]) -> str:
    """``\\`A\\` and \\`B\\```, or the first three and how many more."""
    if len(texts) == 1:
        return f"`{texts[0]}`"
    if len(texts) <= _LIMIT:
        return "`" + "`, `".join(texts[:-1]) + f"` and `{texts[-1]}`"
    return "`" + "`, `".join(texts[:_LIMIT]) + f"` and {len(texts) - _LIMIT} more"


def witness_text(cx: BodyCx, witness: Witness) -> str:
    kind = witness.ctor.kind
    if kind == "int":
        return _int_range(witness.ctor.low, witness.ctor.high, witness.ty)
    if kind == "ref":
        return f"&{witness_text(cx, witness.fields[0])}"
    if kind == "slice":
        return _slice(cx, witness)
    if kind == "struct" and isinstance(witness.ty, t.TupleTy):
        inner = ", ".join(witness_text(cx, f) for f in witness.fields)
        return f"({inner},)" if len(witness.fields) == 1 else f"({inner})"
    if kind in ("struct", "variant") and isinstance(witness.ty, t.AdtTy):
        return _adt(cx, witness, witness.ty)
    return "_"


def _adt(cx: BodyCx, witness: Witness, ty: t.AdtTy) -> str:
    variant = cx.variants(ty.def_id)[witness.ctor.low if witness.ctor.kind == "variant" else 0]
    name = ty.def_id.name
    if ty.def_id.kind is DefKind.ENUM:
        short = name in ("Option", "Result") and ty.def_id.krate.name == "core"
        name = variant.name if short else f"{_path(cx, ty.def_id)}::{variant.name}"
    if variant.ctor == "unit":
        return name
    if variant.ctor == "tuple":
        return f"{name}({', '.join(witness_text(cx, f) for f in witness.fields)})"
    shown = [
        f"{f.name}: {witness_text(cx, w)}"
        for f, w in zip(variant.fields, witness.fields, strict=True)
        if w.ctor.kind != "wild"
    ]
    if len(shown) < len(variant.fields) and ty.def_id.kind is not DefKind.UNION:
        shown.append("..")
    return f"{name} {{ {', '.join(shown)} }}"


def _path(cx: BodyCx, adt: DefId) -> str:
    """As rustc names it: from the crate root for the user's types, through ``std`` for the library's."""
    crate, _, inside = adt.path.partition("::")
    if adt.krate is cx.owner.krate:
        return inside
    return f"{'std' if crate == 'core' else crate}::{inside}"


def _slice(cx: BodyCx, witness: Witness) -> str:
    ctor = witness.ctor
    parts = [witness_text(cx, f) for f in witness.fields]
    if not ctor.is_variable:
        return f"[{', '.join(parts)}]"
    prefix, suffix = parts[: ctor.low], parts[ctor.low :]
    if ctor.array_len is not None:
        while prefix and prefix[-1] == "_":
            prefix.pop()
        while suffix and suffix[0] == "_":
            suffix.pop(0)
    return f"[{', '.join([*prefix, '..', *suffix])}]"


def _int_range(low: int, high: int, ty: t.Ty) -> str:
    if ty is t.bool_:
        return "true" if low else "false"
    least, greatest = _bounds(ty)
    if low > greatest:
        return f"{ty!r}::MAX.."
    if high < least:
        return f"..{ty!r}::MIN"
    if low < least and high > greatest:
        return "_"
    if low == high:
        return _value(low, ty)
    if high > greatest:
        return f"{_value(low, ty)}.."
    if low < least:
        return f"..={_value(high, ty)}"
    return f"{_value(low, ty)}..={_value(high, ty)}"


def _bounds(ty: t.Ty) -> tuple[int, int]:
    if isinstance(ty, t.IntTy):
        return (-(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    return 0, 0x10FFFF


def _value(value: int, ty: t.Ty) -> str:
    if ty is t.char:
        return _char(value)
    least, greatest = _bounds(ty)
    if value == greatest:
        return f"{ty!r}::MAX"
    if value == least and value < 0:
        return f"{ty!r}::MIN"
    return f"{value}_{ty!r}"


_ESCAPES = {0: "'\\0'", 9: "'\\t'", 10: "'\\n'", 13: "'\\r'", 39: "'\\''", 92: "'\\\\'"}


def _char(value: int) -> str:
    if value in _ESCAPES:
        return _ESCAPES[value]
    return f"'{chr(value)}'" if chr(value).isprintable() else f"'\\u{{{value:x}}}'"
