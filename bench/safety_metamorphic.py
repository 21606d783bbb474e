"""Rewrites of a kernel that mean the same: no verdict may change.

What it is: :func:`rewrites` gives texts of the whole file with one kernel rewritten: locals renamed, an index split
over ``let``s, a barrier doubled, a helper function around the block's index, the axes swapped together with the launch.
Assumes: kernels formatted as in ``bench/safety_kernels``. Guarantees: each text compiles to a kernel that accesses the
same elements in the same order (with axes swapped: up to the swap of the launch).

Example: ``rewrites(case)`` of a kernel with locals ``t`` and ``i`` has "rename locals" first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bench.safety_cases import Case
from bench.safety_mutants import _indices

Rewrite = Callable[[str], str]


def rewrites(case: Case) -> Iterator[tuple[str, str]]:
    """(name, text of the file) of every rewrite that changes the text."""
    for name, rewrite in REWRITES.items():
        body = rewrite(case.body)
        if body != case.body:
            yield name, case.text[: case.start] + body + case.text[case.end :]


def _rename(body: str) -> str:
    names = set(re.findall(r"\blet (?:mut )?([a-z]\w*)\b", body)) - {"mut"}
    for name in names:
        body = re.sub(rf"(?<![\w.:]){name}\b(?!\s*[!(])", f"{name}_renamed", body)
    return body


def _split_index(body: str) -> str:
    """Every index ``e`` becomes ``{ let part = e; part + 0 }``."""
    for start, end in reversed(list(_indices(body))):
        inner = body[start:end]
        if "[" not in inner and "(" not in inner:
            body = f"{body[:start]}{{ let part = {inner}; part + 0 }}{body[end:]}"
    return body


def _double_barrier(body: str) -> str:
    return body.replace("thread::sync_threads();", "thread::sync_threads(); thread::sync_threads();")


def _swap_operands(body: str) -> str:
    """``a * b + c`` with the block's offset last."""
    return re.sub(
        r"thread::blockIdx_x\(\) as usize \* (\d+) \+ (\w+)\b(?! \*)", r"\2 + \1 * thread::blockIdx_x() as usize", body
    )


def _local_function(body: str) -> str:
    """Coordinates through a function declared in the kernel."""
    if "thread::threadIdx_x()" not in body:
        return body
    at = body.index("{", body.index("fn ")) + 1
    wrapped = body[at:].replace("thread::threadIdx_x()", "coordinate()")
    return f"{body[:at]}\n        fn coordinate() -> u32 {{ thread::threadIdx_x() }}{wrapped}"


def _closure(body: str) -> str:
    """The block's index through a closure."""
    if "thread::blockIdx_x()" not in body:
        return body
    at = body.index("{", body.index("fn ")) + 1
    wrapped = body[at:].replace("thread::blockIdx_x()", "block_of()")
    return f"{body[:at]}\n        let block_of = || thread::blockIdx_x();{wrapped}"


def _swap_axes(body: str) -> str:
    """x and y everywhere, in the contract too."""
    if "Idx_y" not in body or "Index2D" in body.replace("Index2D<1>", "") or "index_2d" in body:
        return body
    body = re.sub(r"((?:thread|block)(?:Idx|Dim)|gridDim)_([xy])", lambda m: f"{m[1]}_{'yx'[m[2] == 'y']}", body)
    return re.sub(r"block = \((\d+), (\d+), (\d+)\)", r"block = (\2, \1, \3)", body)


REWRITES: dict[str, Rewrite] = {
    "rename locals": _rename,
    "split indices": _split_index,
    "double barriers": _double_barrier,
    "swap operands": _swap_operands,
    "coordinates through a function": _local_function,
    "block through a closure": _closure,
    "swap x and y with the launch": _swap_axes,
}
