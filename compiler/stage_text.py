"""Texts of the stages that have no printer of their own: the item tree, HIR, and SASS.

Assumes: a loaded :class:`compiler.driver.CompileSession`. Guarantees: deterministic text; one line a node.

Example: ``fn f() { g(1) }`` as hir prints ``Call(callee=e0, args=(e1,))`` with its type beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.hir.item_tree import Item
from compiler.query import Database

if TYPE_CHECKING:
    from compiler.codegen import PtxModule
    from compiler.driver import CompileSession
    from compiler.hir.def_id import DefId


def front_end_text(session: CompileSession, stage: str, kernel: str) -> str:
    """``ast``: the items; ``hir``: bodies, expression by expression, with types."""
    from compiler.resolve.source import file_item_tree, item_of
    from compiler.semantics.definitions import BODY_OWNERS, file_definitions

    chosen = [session.kernel(kernel)] if kernel else None
    if stage == "ast":
        items = [item for d in chosen if (item := item_of(session.db, d)) is not None] if chosen else None
        return "\n".join(_item_lines(list(items or file_item_tree(session.db, session.file).items), 0)) + "\n"
    owners = chosen or [d for d in file_definitions(session.db, session.file) if d.kind in BODY_OWNERS]
    return "\n".join(line for owner in owners for line in _body_lines(session.db, owner)) + "\n"


def _item_lines(items: list[Item], depth: int) -> list[str]:
    out = []
    for item in items:
        head = " ".join(item.header.decode("utf-8", "replace").split())
        out.append(f"{'  ' * depth}{item.kind.value} {item.name}: {head}")
        out += _item_lines(list(item.children), depth + 1)
    return out


def _body_lines(db: Database, owner: DefId) -> list[str]:
    from compiler.resolve.lowering import body
    from compiler.ty.infer import infer

    lowered = body(db, owner)
    if lowered is None:
        return []
    result = infer(db, owner)
    out = [f"{owner.kind.value} {owner.path}: params {list(lowered.params)}, root e{lowered.root}"]
    for i, pat in enumerate(lowered.store.pats):
        out.append(f"  p{i}: {result.pat_types.get(i, '?')!r} = {pat!r}")
    for i, expr in enumerate(lowered.store.exprs):
        out.append(f"  e{i}: {result.expr_types.get(i, '?')!r} = {expr!r}")
    return out


def sass_text(module: PtxModule) -> str:
    """The machine code of a module, by ptxas and nvdisasm."""
    from compiler.codegen.sass import assemble, disassemble
    from compiler.driver import CompileError

    assembled = assemble(module.ptx, module.target)
    if assembled.status != "ok":
        raise CompileError(f"no SASS: {assembled.message}")
    found = disassemble(assembled.cubin)
    if found.status != "ok":
        raise CompileError(f"no SASS: {found.message}")
    return found.message
