"""A hover: the type, and the MIR, LLVM IR and PTX of the hovered code.

Assumes: stage texts of the very kernel text hovered (the caller keys its cache by content hash).
Guarantees: each section is at most ``max_lines`` long; a stage that is not there yet or could not be made is said in
one line.

>>> markdown("`i: usize`", [Section("ptx", "add.s32 %r1, %r2, %r3;", 3)])
'`i: usize`\\n\\n**PTX** of line 3\\n```ptx\\nadd.s32 %r1, %r2, %r3;\\n```'
"""

from __future__ import annotations

from dataclasses import dataclass

from oxide_lsp.features import excerpt

_LABELS = {"mir": "MIR", "llvm": "LLVM IR", "llvm-opt": "LLVM IR (optimised)", "ptx": "PTX", "sass": "SASS"}
_FENCES = {"mir": "rust", "llvm": "llvm", "llvm-opt": "llvm", "ptx": "ptx", "sass": "sass"}


@dataclass(frozen=True, slots=True)
class Section:
    """One stage. ``line`` from 1, or None for the whole kernel; ``note`` instead of code when there is none."""

    stage: str
    code: str
    line: int | None = None
    note: str = ""


def section(stage: str, text: str, file: str, line: int | None, max_lines: int) -> Section | None:
    """The section of a stage for a line, or for the whole kernel; None when the line left no code in it."""
    lines = excerpt.body(stage, text) if line is None else excerpt.of_line(stage, text, file, line)
    if not lines:
        return None
    return Section(stage, "\n".join(excerpt.clipped(lines, max_lines)), line)


def markdown(types: str, sections: list[Section]) -> str:
    """The hover's text."""
    parts = [types] if types else []
    for part in sections:
        label = _LABELS.get(part.stage, part.stage)
        place = f" of line {part.line}" if part.line is not None else ""
        if part.note:
            parts.append(f"**{label}**{place}: {part.note}")
        else:
            parts.append(f"**{label}**{place}\n```{_FENCES.get(part.stage, '')}\n{part.code}\n```")
    return "\n\n".join(parts)
