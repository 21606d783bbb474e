"""Hover: the type of what is under the cursor, its signature and documentation.

Assumes: bodies infer. Guarantees: Markdown with one Rust code block; ``kernel`` names the kernel around the position,
if any.

Example: on ``x`` of ``let x = 1u32;`` the text is ``let x: u32``.
"""

from __future__ import annotations

import textwrap

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.attrs import is_kernel
from compiler.resolve.source import item_of, item_source
from compiler.semantics.api import HoverResult
from compiler.semantics.position import At, place_at
from compiler.ty import results as r
from compiler.ty import types as t
from compiler.ty.display import display_ty
from compiler.ty.infer import infer


def hover_at(db: Database, file: str, offset: int) -> HoverResult | None:
    """What to show at an offset."""
    at = place_at(db, file, offset)
    if at is None:
        return None
    kernel = at.owner.name if at.owner.kind is DefKind.FN and is_kernel(db, at.owner) else None
    if at.expr is not None or at.pat is not None:
        found = _in_body(db, at)
        if found is not None:
            return HoverResult(at.absolute(found[0]), found[1], kernel)
    item = item_of(db, at.owner)
    if item is not None and item.name_span.start <= at.offset <= item.name_span.end:
        text = item_markdown(db, at.owner)
        if kernel is not None:
            text += _safety(db, at.owner)
        return HoverResult(at.absolute(item.name_span), text, kernel)
    return None


def _safety(db: Database, kernel: DefId) -> str:
    """The safety tier of a kernel, if it has no errors."""
    from compiler.semantics.checks import has_errors, reach_diagnostics
    from compiler.semantics.safety import kernel_safety, safety_markdown

    if has_errors(reach_diagnostics(db, kernel)):
        return ""
    return f"\n\n{safety_markdown(kernel_safety(db, kernel))}"


def _uniformity(db: Database, at: At, pat: h.PatId) -> str:
    """Which threads agree on a variable."""
    from compiler.semantics.uniformity import variable_levels

    assert at.body is not None
    found = variable_levels(db, at.owner).get(at.body.store.pat_spans[pat])
    return f"\n\n{found.words}" if found is not None else ""


def _bounds(db: Database, at: At) -> str:
    """Whether the access around the position can be out of bounds."""
    from compiler.semantics.bounds import bounds_words

    words = bounds_words(db, at.owner, at.offset)
    return f"\n\n{words}" if words else ""


def _in_body(db: Database, at: At) -> tuple[Span, str] | None:
    assert at.body is not None
    store, result = at.body.store, infer(db, at.owner)
    if at.pat is not None:
        pat = store.pats[at.pat]
        ty = result.binding_types.get(at.pat) or result.pat_types.get(at.pat)
        if ty is None or ty is t.ERROR:
            return None
        if isinstance(pat, h.BindPat):
            word = "mut " if pat.mode is h.BindingAnnotation.MUTABLE else ""
            text = code(f"let {word}{h.strip_mark(pat.name)}: {display_ty(ty)}")
            return store.pat_spans[at.pat], text + _uniformity(db, at, at.pat)
        return store.pat_spans[at.pat], code(display_ty(ty))
    assert at.expr is not None
    expr, span = store.exprs[at.expr], store.expr_spans[at.expr]
    target = definition_of(result, at.expr, expr)
    if isinstance(expr, h.MethodCall) and not expr.name_span.start <= at.offset <= expr.name_span.end:
        target = None
    if target is not None:
        return (expr.name_span if isinstance(expr, h.MethodCall) else span), item_markdown(db, target)
    ty = result.expr_types.get(at.expr)
    if ty is None or ty is t.ERROR:
        return None
    if isinstance(expr, h.PathExpr) and isinstance(expr.path, h.Path):
        name = expr.path.plain_name()
        text = code(f"{h.strip_mark(name)}: {display_ty(ty)}" if name else display_ty(ty))
        local = result.values.get(at.expr)
        text += _uniformity(db, at, local.pat) if isinstance(local, r.LocalRes) else ""
        return span, text + (_bounds(db, at) if isinstance(local, r.LocalRes) else "")
    if isinstance(expr, h.FieldAccess):
        return expr.name_span, code(f"{expr.name}: {display_ty(ty)}")
    return span, code(display_ty(ty)) + (_bounds(db, at) if isinstance(expr, h.Index | h.Unary) else "")


def definition_of(result: r.InferenceResult, expr_id: int, expr: h.Expr) -> DefId | None:
    """The item an expression names: a path to a function, const or static, or a method."""
    if isinstance(expr, h.MethodCall):
        method = result.methods.get(expr_id)
        return method.def_id if method is not None else None
    if isinstance(expr, h.PathExpr):
        value = result.values.get(expr_id)
        if isinstance(value, r.DefRes | r.SelfCtorRes):
            return value.def_id
    return None


def code(text: str) -> str:
    """A Rust code block."""
    return f"```rust\n{text}\n```"


def item_markdown(db: Database, def_id: DefId) -> str:
    """An item's path, declaration and documentation."""
    owner = def_id.parent if def_id.kind is DefKind.VARIANT and def_id.parent is not None else def_id
    item = item_of(db, owner)
    if item is None:
        return code(def_id.path)
    source = item_source(db, owner).decode("utf-8", "replace")
    docs = [line.strip()[3:].strip() for line in source.splitlines() if line.strip().startswith("///")]
    shown = declaration(item.header.decode("utf-8", "replace"))
    parent = owner.parent.path if owner.parent is not None else ""
    text = code(f"{parent}\n\n{shown}" if parent else shown)
    return f"{text}\n\n{chr(10).join(docs)}" if docs else text


def declaration(header: str) -> str:
    """A header without its attributes and comments, moved to the margin."""
    lines: list[str] = []
    depth = 0
    for line in header.splitlines():
        stripped = line.strip()
        if depth or stripped.startswith("#["):
            depth += stripped.count("[") - stripped.count("]")
            _, _, rest = stripped.rpartition("]")
            stripped = rest.strip() if not depth else ""
            line = stripped
        if stripped and not stripped.startswith("//"):
            lines.append(line.rstrip())
    return textwrap.dedent("\n".join(lines)).strip()
