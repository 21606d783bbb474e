"""The CST: incremental re-parse gives the tree of a fresh parse."""

from __future__ import annotations

import random

from compiler.syntax.dump import dump_tree
from compiler.syntax.tree import edit_between, parse_file

SOURCE = b"fn f(x: u32) -> u32 {\n    let y = x + 1;\n    y * 2\n}\n\nstruct S { a: u8 }\n"


def test_dump() -> None:
    assert dump_tree(parse_file(b"fn f() {}")).splitlines()[:3] == [
        "(source_file 0..9",
        "  (function_item 0..9",
        '    "fn" 0..2',
    ]


def test_edit_between() -> None:
    assert edit_between(b"abcdef", b"abXYef") == (2, 4, 4)
    assert edit_between(b"aaa", b"aaaa") == (3, 3, 4)
    assert edit_between(b"", b"x") == (0, 0, 1)


def test_incremental_equals_from_scratch() -> None:
    rng = random.Random(7)
    text = SOURCE
    tree = parse_file(text)
    for _ in range(60):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice([b"", b"{", b"}", b"x", b"\n", b"let z = 1;"]) + text[at + rng.randrange(3) :]
        tree = parse_file(text, tree)
        fresh = dump_tree(parse_file(text))
        if "ERROR" not in fresh and "MISSING" not in fresh:  # error recovery may depend on what was reused
            assert dump_tree(tree) == fresh


def test_the_same_text_is_the_same_tree() -> None:
    tree = parse_file(SOURCE)
    assert parse_file(bytes(SOURCE), tree) is tree
    assert not tree.diagnostics
