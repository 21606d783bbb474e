"""The lines of MIR, LLVM IR or PTX that one source line became.

Assumes: stage texts name source lines the way their tools do: PTX by ``.loc file line column`` over a ``.file``
table, LLVM IR by ``!dbg !n`` with ``!DILocation(line: ...)`` nodes, MIR by a ``// line 12`` at
the end of a statement.
Guarantees: an excerpt never exceeds the asked number of lines (it says how many more there are); no mapping gives an
empty one. Code inlined from elsewhere is credited to the outermost line of the user's file (``inlinedAt``).

>>> of_line("ptx", '.loc 1 3 5\\n add.f32 %f1, %f2, %f3;\\n.loc 1 4 5\\n ret;\\n.file 1 "/k.rs"', "/k.rs", 3)
['add.f32 %f1, %f2, %f3;']
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

_LOC = re.compile(r"\s*\.loc\s+(\d+)\s+(\d+)\s+(\d+)(.*)")
_INLINED_AT = re.compile(r"inlined_at\s+(\d+)\s+(\d+)\s+(\d+)")
_FILE = re.compile(r'\s*\.file\s+(\d+)\s+"([^"]*)"(?:\s*,.*)?')
_DBG = re.compile(r"!dbg !(\d+)")
_LOCATION = re.compile(
    r"^!(\d+) = (?:distinct )?!DILocation\(line: (\d+)(?:, column: \d+)?, scope: !(\d+)(?:, inlinedAt: !(\d+))?"
)
_MIR_ORIGIN = re.compile(r"  // line (\d+)$")


def of_line(stage: str, text: str, file: str, line: int) -> list[str]:
    """The lines of a stage's text that came from a source line (from 1)."""
    find = {"ptx": _ptx_lines, "llvm": _llvm_lines, "llvm-opt": _llvm_lines, "mir": _mir_lines}.get(stage)
    if find is None:
        return []
    return [shown for source_line, shown in find(text, file) if source_line == line]


def source_lines(stage: str, text: str, file: str) -> set[int]:
    """Every source line that has code in a stage's text."""
    find = {"ptx": _ptx_lines, "llvm": _llvm_lines, "llvm-opt": _llvm_lines, "mir": _mir_lines}.get(stage)
    return {source_line for source_line, _ in find(text, file)} if find is not None else set()


def head(text: str, max_lines: int) -> list[str]:
    """The first lines of a text, with a note of what is left out."""
    return clipped(text.splitlines(), max_lines)


def body(stage: str, text: str) -> list[str]:
    """A stage's text without what says nothing about the code: debug tables, ``.loc`` lines, module headers."""
    lines = text.splitlines()
    if stage == "ptx":
        start = next((i for i, line in enumerate(lines) if ".entry" in line or ".func" in line), 0)
        end = next((i for i, line in enumerate(lines) if line.strip().startswith(".section")), len(lines))
        return [line for line in lines[start:end] if not _is_ptx_noise(line)]
    if stage in ("llvm", "llvm-opt"):
        start = next((i for i, line in enumerate(lines) if line.startswith("define")), 0)
        end = next((i for i in range(start, len(lines)) if lines[i] == "}"), len(lines) - 1)
        return [_without_dbg(line) for line in lines[start : end + 1] if not line.lstrip().startswith("#dbg")]
    if stage == "mir":
        return [_without_origin(line) for line in _kernel_mir(lines) if not _is_mir_noise(line)]
    return lines


def clipped(lines: list[str], max_lines: int) -> list[str]:
    """At most ``max_lines`` lines."""
    if len(lines) <= max_lines:
        return lines
    return [*lines[:max_lines], f"... {len(lines) - max_lines} more lines"]


def _is_ptx_noise(line: str) -> bool:
    text = line.strip()
    return not text or text.startswith((".loc", ".file", "//", "$L__func", "$L__tmp"))


def _without_dbg(line: str) -> str:
    return re.sub(r",? !dbg !\d+", "", line)


def _ptx_lines(text: str, file: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines()
    names = {m[1]: m[2] for line in lines if (m := _FILE.match(line))}
    own = {number for number, name in names.items() if _same_file(name, file)}
    current = 0
    for line in lines:
        loc = _LOC.match(line)
        if loc is not None:
            outer = _INLINED_AT.search(loc[4])
            if outer is not None and outer[1] in own:
                current = int(outer[2])
            elif loc[1] in own:
                current = int(loc[2])
            elif outer is None:
                current = 0
        elif line.strip().startswith((".section", ".entry", ".visible")):
            current = 0
        elif current and not _is_ptx_noise(line) and line.strip().endswith(";") and not line.strip().startswith("."):
            yield current, line.strip()


def _llvm_lines(text: str, file: str) -> Iterator[tuple[int, str]]:
    locations: dict[str, tuple[int, str | None]] = {}
    lines = text.splitlines()
    in_kernel = False
    for line in lines:
        if line.startswith("!") and (m := _LOCATION.match(line)):
            locations[m[1]] = (int(m[2]), m[4])
    for line in lines:
        if line.startswith("define"):  # other functions' lines are those of other files
            in_kernel = "ptx_kernel" in line
            continue
        tag = _DBG.search(line) if in_kernel else None
        if tag is None or line.lstrip().startswith("#dbg"):
            continue
        source_line, outer = locations.get(tag[1], (0, None))
        for _ in range(len(locations)):
            if outer is None:
                break
            source_line, outer = locations.get(outer, (0, None))
        if source_line:
            yield source_line, _without_dbg(line).strip()


def _mir_lines(text: str, file: str) -> Iterator[tuple[int, str]]:
    for line in _kernel_mir(text.splitlines()):
        m = _MIR_ORIGIN.search(line)
        if m is not None and not _is_mir_noise(line):
            yield int(m[1]), line[: m.start()].strip()


def _kernel_mir(lines: list[str]) -> list[str]:
    """The kernel's own body: the first function; what it calls follows, with lines of other files."""
    start = next((i for i, line in enumerate(lines) if line.startswith("fn ")), 0)
    end = next((i for i in range(start, len(lines)) if lines[i] == "}"), len(lines) - 1)
    return lines[start : end + 1]


def _without_origin(line: str) -> str:
    return _MIR_ORIGIN.sub("", line)


def _is_mir_noise(line: str) -> bool:
    return line.lstrip().startswith(("StorageLive(", "StorageDead("))


def _same_file(name: str, file: str) -> bool:
    return name == file or os.path.basename(name) == os.path.basename(file)
