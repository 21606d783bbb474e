"""Texts of the stages that have no printer of their own: the syntax tree, HIR, and SASS.

Assumes: a loaded :class:`compiler.driver.CompileSession`. Guarantees: deterministic text; one line a node.

Example: ``fn f() { g(1) }`` as hir prints ``Call(callee=e0, args=(e1,))`` with its type beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.query import Database

if TYPE_CHECKING:
    from compiler.codegen import PtxModule
    from compiler.driver import CompileSession
    from compiler.hir.def_id import DefId


def front_end_text(session: CompileSession, stage: str, kernel: str) -> str:
    """``ast``: the concrete syntax tree; ``hir``: bodies, expression by expression, with types."""
    from compiler.resolve.source import item_source
    from compiler.semantics.definitions import BODY_OWNERS, file_definitions

    chosen = [session.kernel(kernel)] if kernel else None
    if stage == "ast":
        texts = [item_source(session.db, d) for d in chosen] if chosen else [session.text(session.file)]
        return "\n".join(line for text in texts for line in _tree_lines(text)) + "\n"
    owners = chosen or [d for d in file_definitions(session.db, session.file) if d.kind in BODY_OWNERS]
    return "\n".join(line for owner in owners for line in _body_lines(session.db, owner)) + "\n"


def _tree_lines(text: bytes) -> list[str]:
    """One line a node: kind, place from 1, and the text of leaves."""
    from compiler.syntax.tree import parse_file

    out: list[str] = []
    cursor = parse_file(text).walk()
    depth = 0
    while True:
        node = cursor.node
        assert node is not None
        field = f"{cursor.field_name}: " if cursor.field_name else ""
        leaf = f" {text[node.start_byte : node.end_byte].decode('utf-8', 'replace')!r}" if not node.child_count else ""
        place = f"{node.start_point[0] + 1}:{node.start_point[1] + 1}"
        out.append(f"{'  ' * depth}{field}{node.type} {place}{leaf}")
        if cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return out
            depth -= 1


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
