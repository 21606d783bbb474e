"""Compare our layouts with rustc's on random types.

    python -m bench.layout [--types 2000] [--seed 0]

Prints every difference (sizes, alignments, offsets, order, niches, ABI class, variants, uninhabitedness) and a
summary; exits 1 if there is any. Needs a rustc. Example of a clean run: ``2214 layouts of 1000 definitions compared:
0 differ``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.layout_types import random_types, rust_source
from bench.rustc_layout import layouts_by_rustc
from compiler.ty import abi as a

_INTS = {1: "I8", 2: "I16", 4: "I32", 8: "I64", 16: "I128"}


def _primitive(s: a.Scalar) -> Any:
    if s.kind == "int":
        return ("Int", _INTS[s.size], s.signed)
    return ("Float", f"F{s.size * 8}") if s.kind == "float" else ("Pointer", ("AddressSpace", 0))


def _scalar(s: a.Scalar) -> Any:
    if s.is_union:
        return {"": "Union", "value": _primitive(s)}
    return {"": "Initialized", "value": _primitive(s), "valid_range": (s.start, s.end)}


def _backend_repr(abi: a.Abi) -> Any:
    if isinstance(abi, a.Scalar):
        return ("Scalar", _scalar(abi))
    if isinstance(abi, a.ScalarPair):
        return ("ScalarPair", _scalar(abi.first), _scalar(abi.second))
    return {"": "Memory", "sized": abi.sized}


def _fields(layout: a.Layout) -> Any:
    match layout.shape:
        case "primitive":
            return "Primitive"
        case "array":
            return {"": "Array", "stride": layout.stride, "count": layout.count}
        case "union":
            return ("Union", len(layout.offsets))
    return {"": "Arbitrary", "offsets": list(layout.offsets), "in_memory_order": list(layout.memory_order)}


def _variants(v: a.SingleVariant | a.NoVariants | a.MultipleVariants) -> Any:
    if isinstance(v, a.NoVariants):
        return "Empty"
    if isinstance(v, a.SingleVariant):
        return {"": "Single", "index": v.index}
    encoding: Any = "Direct"
    if isinstance(v.tag_encoding, a.NicheTag):
        e = v.tag_encoding
        encoding = {
            "": "Niche",
            "untagged_variant": e.untagged,
            "niche_variants": e.niche_variants,
            "niche_start": e.niche_start,
        }
    layouts = [as_rustc(x) for x in v.layouts]
    return {"": "Multiple", "tag": _scalar(v.tag), "tag_encoding": encoding, "tag_field": 0, "variants": layouts}


def as_rustc(layout: a.Layout) -> dict[str, Any]:
    """Our layout in the shape of :func:`bench.rustc_layout.parse_debug`."""
    n = layout.largest_niche
    niche = n and {
        "": "Niche",
        "offset": n.offset,
        "value": _primitive(n.scalar),
        "valid_range": (n.scalar.start, n.scalar.end),
    }
    return {
        "": "Layout", "size": layout.size, "align": {"": "AbiAlign", "abi": layout.align},
        "backend_repr": _backend_repr(layout.abi), "fields": _fields(layout), "largest_niche": niche,
        "uninhabited": layout.uninhabited, "variants": _variants(layout.variants),
        "max_repr_align": layout.max_repr_align or None, "unadjusted_abi_align": layout.unadjusted_abi_align,
    }  # fmt: skip


def differences(ours: Any, theirs: Any, at: str = "") -> list[str]:
    """Paths where two layouts differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.get("") == theirs.get(""):
        keys = [k for k in ours if k]
        missing = [k for k in theirs if k not in ours and k != "randomization_seed"]
        found = [f"{at}.{k}: not compared" for k in missing]
        return found + [d for k in keys for d in differences(ours[k], theirs.get(k), f"{at}.{k}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [d for i, (x, y) in enumerate(zip(ours, theirs, strict=True)) for d in differences(x, y, f"{at}[{i}]")]
    return [] if ours == theirs else [f"{at}: ours {ours}, rustc {theirs}"]


def our_layouts(source: str, n: int) -> list[a.Layout | a.LayoutError]:
    """Layouts of the aliases ``D0 .. Dn`` of a crate, through the whole front end."""
    from compiler.hir.def_id import DefId, DefKind
    from compiler.mir.consteval.queries import install
    from compiler.query import Database
    from compiler.resolve.workspace import load_workspace, set_file
    from compiler.ty.collect import type_of
    from compiler.ty.layout import layout_or_error

    install()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "types.rs"
        file.write_text(source)
        db = Database()
        load_workspace(db, file.as_posix())
        set_file(db, file.as_posix(), source.encode())
    root = DefId.crate("main")
    return [layout_or_error(db, type_of(db, DefId(root, DefKind.TYPE_ALIAS, f"D{i}"))) for i in range(n)]


def main(argv: list[str] | None = None) -> int:
    """See the module docstring."""
    parser = argparse.ArgumentParser(prog="python -m bench.layout", description="compare layouts with rustc's")
    parser.add_argument("--types", type=int, default=2000, help="about how many layouts to compare")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    n_compared = n_different = 0
    seed = options.seed
    while n_compared < options.types:
        types = random_types(seed, 150)
        source = rust_source(types)
        theirs = layouts_by_rustc(source)
        for name, ours, expected in zip(types.subjects, our_layouts(source, len(theirs)), theirs, strict=True):
            n_compared += 1
            found = [ours.reason] if isinstance(ours, a.LayoutError) else differences(as_rustc(ours), expected)
            if found:
                n_different += 1
                print(f"seed {seed}, {name}:", *found[:4], sep="\n    ")
        seed += 1
    print(f"{n_compared} layouts compared: {n_different} differ")
    return 1 if n_different else 0


if __name__ == "__main__":
    sys.exit(main())
