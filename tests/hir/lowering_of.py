"""One boundary for the tests of this folder: text in, HIR text and faults out."""

from __future__ import annotations

from pathlib import Path as FilePath

from compiler.hir.body_context import BodyContext
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Item, ItemSpans
from compiler.hir.lower_body import LoweredBody, lower_body
from compiler.hir.lower_items import lower_items
from compiler.hir.lower_signature import SIGNATURE_KINDS, lower_signature
from compiler.hir.macros.definition import MacroDef, parse_macro
from compiler.hir.nodes import Path, strip_mark
from compiler.hir.pretty import print_body

LIBRARY = FilePath(__file__).resolve().parents[2] / "compiler" / "library"
OWNER = DefId(DefId.crate("k"), DefKind.FN, "f")
BODIES = (DefKind.FN, DefKind.CONST, DefKind.STATIC)


def core_macros() -> dict[str, MacroDef]:
    tree = lower_items((LIBRARY / "core" / "macros.rs").read_bytes()).tree
    return {item.name: parse_macro(item.header, "core") for item in tree.items if item.kind is DefKind.MACRO}


CORE_MACROS = core_macros()


def core_lookup(path: Path) -> MacroDef | None:
    return CORE_MACROS.get(strip_mark(path.segments[-1].name))


def lowered(source: str, **context: object) -> LoweredBody:
    """The body of one function."""
    ctx = BodyContext(**{"macro_lookup": core_lookup, **context})  # type: ignore[arg-type]
    return lower_body(OWNER, source.encode(), DefKind.FN, ctx)


def body_text(statements: str, **context: object) -> str:
    """Statements, lowered without fault and printed, on one line."""
    found = lowered(f"fn f() {{ {statements} }}", **context)
    assert not found.diagnostics, [d.message for d in found.diagnostics]
    return " ".join(print_body(found.body).split())


def body_faults(statements: str, **context: object) -> list[tuple[str, str]]:
    """(message, text under the primary span) of each fault of a body."""
    source = f"fn f() {{ {statements} }}"
    raw = source.encode()
    return [
        (d.message, raw[d.primary.span.start : d.primary.span.end].decode())
        for d in lowered(source, **context).diagnostics
    ]


def file_faults(text: bytes) -> list[tuple[str, str]]:
    """All faults of a file: between items, in headers, in bodies."""
    found = lower_items(text)
    out = [(f.message, text[f.span.start : f.span.end].decode("utf-8", "replace")) for f in found.faults]

    def walk(items: tuple[Item, ...], spans: tuple[ItemSpans, ...], parent: DefId) -> None:
        for item, span in zip(items, spans, strict=True):
            source = text[span.full.start : span.full.end]
            def_id = DefId(parent, item.kind, item.name, item.disambiguator)
            diagnostics = []
            if item.kind in SIGNATURE_KINDS:
                diagnostics += lower_signature(item.kind, item.header, core_lookup).diagnostics
            if item.has_body and item.kind in BODIES:
                ctx = BodyContext(macro_lookup=core_lookup, attrs=item.attrs)
                diagnostics += lower_body(def_id, source, item.kind, ctx).diagnostics
            for d in diagnostics:
                out.append((d.message, source[d.primary.span.start : d.primary.span.end].decode("utf-8", "replace")))
            walk(item.children, span.children, def_id)

    walk(found.tree.items, found.spans, DefId.crate("k"))
    return out
