"""The CST as text, for ``oxide emit --stage ast``.

>>> from compiler.syntax.tree import parse_file
>>> print(dump_tree(parse_file(b"fn f() {}")), end="")
(source_file 0..9
  (function_item 0..9
    "fn" 0..2
    name: (identifier 3..4 "f")
    parameters: (parameters 4..6
      "(" 4..5
      ")" 5..6)
    body: (block 7..9
      "{" 7..8
      "}" 8..9)))
"""

from __future__ import annotations

from compiler.syntax.tree import SyntaxTree


def dump_tree(tree: SyntaxTree) -> str:
    """One node a line: field, kind, byte range, and the text of named leaves."""
    cursor = tree.walk()
    parts: list[str] = []
    depth = 0
    while True:
        node = cursor.node
        assert node is not None
        field = f"{cursor.field_name}: " if cursor.field_name else ""
        indent = "  " * depth
        where = f"{node.start_byte}..{node.end_byte}"
        opened = cursor.goto_first_child()
        if opened:
            parts.append(f"\n{indent}{field}({node.type} {where}")
            depth += 1
            continue
        parts.append(
            f"\n{indent}{field}"
            + _leaf(tree, node.type, node.is_named, node.is_missing, where, node.start_byte, node.end_byte)
        )
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return "".join(parts).lstrip("\n") + "\n"
            depth -= 1
            parts.append(")")


def _leaf(tree: SyntaxTree, kind: str, named: bool, missing: bool, where: str, start: int, end: int) -> str:
    if missing:
        return f"(MISSING {kind} {where})"
    if not named:
        return f'"{kind}" {where}'
    text = (
        tree.text[start:end].decode("utf-8", "replace").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    )
    return f'({kind} {where} "{text}")'
