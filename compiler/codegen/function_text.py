"""LLVM IR text as functions, and functions as blocks: what the rewritings of optimised text share.

What it assumes: text printed by LLVM: one instruction a line, a function from its ``define`` line to a ``}`` line.
Example::

    functions_rewritten(module_text, lambda body: [line for line in body if "#dbg_" not in line])
"""

from __future__ import annotations

import re
from collections.abc import Callable

LABEL = re.compile(r'^([-\w$.]+|"[^"]*"):')


def functions_rewritten(text: str, rewrite: Callable[[list[str]], list[str]]) -> str:
    """The module with the lines of each function's body rewritten."""
    out: list[str] = []
    function: list[str] | None = None
    for line in text.split("\n"):
        if function is None:
            out.append(line)
            if line.startswith("define "):
                function = []
        elif line == "}":
            out += rewrite(function)
            out.append(line)
            function = None
        else:
            function.append(line)
    return "\n".join(out)


def blocks_of(function: list[str]) -> list[tuple[str, list[str]]]:
    """(label, lines) of each block; without blank lines, so that a block ends in its terminator."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for line in function:
        label = LABEL.match(line)
        if label is not None:
            blocks.append((label[1], [line]))
        elif line:
            blocks[-1][1].append(line)
    return blocks if blocks[0][1] else blocks[1:]
