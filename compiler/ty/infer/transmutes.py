"""``transmute`` between types of different sizes (E0512).

What it is: a check of every use of the intrinsic once inference has ended. Assumes: ``values`` holds final types.
Guarantees: reported are sizes that differ or depend on a type parameter; a type with no layout for another reason has
an error of its own.

Example: ``transmute::<u16, u8>(x)``: 16 bits against 8 bits.
"""

from __future__ import annotations

from typing import Any

from compiler.ty import types as t
from compiler.ty.abi import LayoutError
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded, shown
from compiler.ty.layout import layout_of
from compiler.ty.results import DefRes

_SAMPLES = ((t.u8, 1), (t.u64, 3))  # a size that both give depends on no parameter
_TEXT = "cannot transmute between types of different sizes, or dependently-sized types"


def check_transmutes(fcx: FnCtxt) -> None:
    """Report transmutes that cannot be."""
    for expr, res in fcx.result.values.items():
        if not isinstance(res, DefRes) or res.def_id.name != "transmute" or res.def_id.krate.name != "core":
            continue
        source, target = res.args
        assert isinstance(source, t.Ty) and isinstance(target, t.Ty)
        if source == target or (source.flags | target.flags) & t.HAS_ERROR:
            continue
        sizes = [_size(fcx, source), _size(fcx, target)]
        if "" in sizes or (sizes[0] == sizes[1] and sizes[0].endswith("bits")):
            continue
        note = f"source type `{shown(source)}` ({sizes[0]}), target type `{shown(target)}` ({sizes[1]})"
        fcx.error(Coded(fcx.span(expr), "E0512", _TEXT, note))


def _size(fcx: FnCtxt, ty: t.Ty) -> str:
    """The size as messages have it; empty: not known for a reason told elsewhere."""
    try:
        sizes = {layout_of(fcx.db, _instance(ty, *sample)).size for sample in _SAMPLES}
    except LayoutError:
        return ""
    return f"{sizes.pop() * 8} bits" if len(sizes) == 1 else "this type does not have a fixed size"


def _instance(node: Any, ty: t.Ty, length: int) -> Any:
    """A type with one type for each parameter and what is projected from one, and one value for each constant."""
    if not node.flags & t.HAS_PARAM:
        return node
    if isinstance(node, t.ParamTy | t.AliasTy):
        return ty
    if isinstance(node, t.Const) and node.kind in ("param", "unevaluated"):
        return t.const_value(length, t.usize)
    return t.map_children(node, lambda child: _instance(child, ty, length))
