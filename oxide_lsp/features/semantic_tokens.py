"""Semantic tokens in LSP's number form, and the difference of two token lists.

Assumes: tokens come sorted and do not overlap; one that crosses a line break is cut at it.
Guarantees: ``apply(old, delta(old, new)) == new``.

>>> delta([1, 2, 3, 4], [1, 9, 3, 4])
[(1, 1, [9])]
"""

from __future__ import annotations

from collections.abc import Iterable

from compiler.semantics.api import SemanticToken
from oxide_lsp.documents import Encoding, LineIndex

TYPES = (
    "namespace", "type", "struct", "enum", "interface", "typeParameter", "parameter", "variable", "property",
    "enumMember", "function", "method", "macro", "keyword", "comment", "string", "number", "operator", "decorator",
    "lifetime", "attribute", "builtinType", "label", "boolean",
)  # fmt: skip
MODIFIERS = (
    "declaration", "definition", "readonly", "static", "mutable", "unsafe", "kernel", "device", "host", "uniform",
    "divergent",
)  # fmt: skip

_TYPE_INDEX = {name: index for index, name in enumerate(TYPES)}
_MODIFIER_BIT = {name: 1 << index for index, name in enumerate(MODIFIERS)}

Numbers = list[int]
Splice = tuple[int, int, Numbers]  # start, how many go, what comes


def encode(tokens: Iterable[SemanticToken], index: LineIndex, encoding: Encoding) -> Numbers:
    """Five numbers a token: line and start relative to the one before, length, type, modifier bits."""
    numbers: Numbers = []
    last_line, last_character = 0, 0
    for token in tokens:
        type_index = _TYPE_INDEX.get(token.type)
        if type_index is None:
            continue
        bits = 0
        for name in token.modifiers:
            bits |= _MODIFIER_BIT.get(name, 0)
        for line, start, length in _pieces(token, index, encoding):
            character = start - last_character if line == last_line else start
            numbers += (line - last_line, character, length, type_index, bits)
            last_line, last_character = line, start
    return numbers


def _pieces(token: SemanticToken, index: LineIndex, encoding: Encoding) -> list[tuple[int, int, int]]:
    """(line, start, length) for each line a token is on."""
    line, start = index.position(token.span.start, encoding)
    end_line, end = index.position(token.span.end, encoding)
    if line == end_line:
        return [(line, start, end - start)]
    pieces = []
    for at in range(line, end_line + 1):
        stop = end if at == end_line else index.position(index.starts[at] + len(index.line(at)), encoding)[1]
        begin = start if at == line else 0
        if stop > begin:
            pieces.append((at, begin, stop - begin))
    return pieces


def delta(old: Numbers, new: Numbers) -> list[Splice]:
    """At most one splice: what lies between the common head and the common tail."""
    if old == new:
        return []
    head = 0
    limit = min(len(old), len(new))
    while head < limit and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [(head, len(old) - head - tail, new[head : len(new) - tail])]


def apply(old: Numbers, splices: list[Splice]) -> Numbers:
    """What a client does with a delta."""
    numbers = list(old)
    for start, n_removed, inserted in splices:
        numbers[start : start + n_removed] = inserted
    return numbers
