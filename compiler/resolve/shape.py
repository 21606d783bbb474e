"""What name resolution must know of an item's header: constructors, variants, extern crates.

Guarantees: pure functions of the header text, cached by it, so that collecting a crate again after an edit costs
little.

>>> extern_crate_names(b"extern crate self as core;")
('self', 'core')
"""

from __future__ import annotations

import re
from functools import lru_cache

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefKind
from compiler.hir.item_tree import Attr
from compiler.hir.lower_signature import lower_signature
from compiler.hir.nodes import AdtDecl

_EXTERN_CRATE = re.compile(rb"extern\s+crate\s+(?:r#)?(\w+)(?:\s+as\s+(\w+))?\s*;")


@dataclass(frozen=True, slots=True)
class VariantShape:
    """``ctor``: "unit", "tuple" or "record"."""

    name: str
    ctor: str
    field_visibilities: tuple[str, ...]
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class AdtShape:
    variants: tuple[VariantShape, ...]


def _lang_of(attrs: tuple[Attr, ...]) -> str | None:
    for attr in attrs:
        if attr.path == "lang":
            return attr.tokens.lstrip("= ").strip('"')
    return None


@lru_cache(maxsize=8192)
def adt_shape(kind: DefKind, header: bytes) -> AdtShape:
    """Constructors of a struct, union or enum."""
    if kind is DefKind.STRUCT and header.rstrip().endswith(b"}"):
        return AdtShape((VariantShape("", "record", ()),))
    decl = lower_signature(kind, header).signature
    if not isinstance(decl, AdtDecl):
        return AdtShape((VariantShape("", "record", ()),) if kind is not DefKind.ENUM else ())
    return AdtShape(
        tuple(
            VariantShape(v.name, v.ctor, tuple(f.visibility for f in v.fields), _lang_of(v.attrs))
            for v in decl.variants
        )
    )


def extern_crate_names(header: bytes) -> tuple[str, str]:
    """(crate, bound name) of an ``extern crate`` item."""
    found = _EXTERN_CRATE.search(header)
    if found is None:
        return "", "_"
    source = found.group(1).decode()
    return source, (found.group(2) or found.group(1)).decode()
