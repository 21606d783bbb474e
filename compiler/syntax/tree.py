"""The concrete syntax tree of a file: tree-sitter's, re-parsed incrementally.

What it is: what structural editor features and ``oxide emit --stage ast`` read. (HIR is lowered from tokens by
:mod:`compiler.hir.parser`, the same parser that reads macro fragments; see ARCHITECTURE.md.)
Assumes: any bytes. Guarantees: parsed on first use; with an ``old`` tree only what the edit touched is parsed again; a
text over the size limit is an empty tree and one message; :attr:`SyntaxTree.diagnostics` are the faults of
:mod:`compiler.syntax.source_text`.

>>> parse_file(b"fn f() {}").root.type
'source_file'
"""

from __future__ import annotations

import tree_sitter
import tree_sitter_rust

from compiler.diagnostics.model import Diagnostic
from compiler.syntax.source_text import MAX_BYTES, read_text

_LANGUAGE = tree_sitter.Language(tree_sitter_rust.language())


class SyntaxTree:
    __slots__ = ("_old", "_tree", "text")

    def __init__(self, text: bytes, old: SyntaxTree | None = None) -> None:
        self.text = text
        self._old = old
        self._tree: tree_sitter.Tree | None = None

    @property
    def tree(self) -> tree_sitter.Tree:
        if self._tree is None:
            self._tree = self._parse()
            self._old = None
        return self._tree

    @property
    def root(self) -> tree_sitter.Node:
        return self.tree.root_node

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Faults of the text: encoding, size, tokens, brackets."""
        return tuple(fault.to_diagnostic() for fault in read_text(self.text).faults)

    def walk(self) -> tree_sitter.TreeCursor:
        """A cursor at the root: the cheap way to visit many nodes."""
        return self.tree.walk()

    def node_text(self, node: tree_sitter.Node) -> bytes:
        return self.text[node.start_byte : node.end_byte]

    def _parse(self) -> tree_sitter.Tree:
        parser = tree_sitter.Parser(_LANGUAGE)
        if len(self.text) > MAX_BYTES:
            return parser.parse(b"")
        old = self._old
        if old is None or old._tree is None or len(old.text) > MAX_BYTES:
            return parser.parse(self.text)
        edited = old._tree.copy()
        start, old_end, new_end = edit_between(old.text, self.text)
        edited.edit(
            start, old_end, new_end, _point(old.text, start), _point(old.text, old_end), _point(self.text, new_end)
        )
        return parser.parse(self.text, edited)


def parse_file(text: bytes, old: SyntaxTree | None = None) -> SyntaxTree:
    """The tree of ``text``; ``old`` is the tree of the text before an edit."""
    if old is not None and old.text == text:
        return old
    return SyntaxTree(text, old)


def edit_between(old: bytes, new: bytes) -> tuple[int, int, int]:
    """(start, old end, new end) of the smallest edit that makes ``new`` of ``old``."""
    start = _common_prefix(old, new)
    limit = min(len(old), len(new)) - start
    tail = _common_suffix(old, new, limit)
    return start, len(old) - tail, len(new) - tail


def _common_prefix(a: bytes, b: bytes) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(a: bytes, b: bytes, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _point(text: bytes, offset: int) -> tuple[int, int]:
    return text.count(b"\n", 0, offset), offset - (text.rfind(b"\n", 0, offset) + 1)
