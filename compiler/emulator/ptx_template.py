"""Reads the text of an inline PTX template: statements, guards, opcodes, operands.

What it is: a small parser for what may stand between the quotes of ``asm``. What it assumes: PTX ISA syntax; ``$N``
and ``${N:mod}`` are LLVM operand references, ``$$`` a dollar. What it guarantees: every statement is returned in
order; declarations (``.reg``) are dropped, since registers are typed by use; a label or a directive it does not know
raises ``ValueError``. Example::

    parse_template("{ .reg .pred p; setp.lt.s32 p, $1, 5; @p mov.u32 $0, 1; }")[1]
    # Statement(guard="p", negated=False, opcode=("mov", "u32"), operands=["$0", "1"])
"""

from __future__ import annotations

import re
from functools import cache

from compiler.base.dataclass import dataclass
from compiler.emulator.ir_text import split_operands


@dataclass(frozen=True, slots=True)
class Statement:
    """One instruction; ``opcode`` is cut at its dots (``::`` stays inside a part)."""

    guard: str
    negated: bool
    opcode: tuple[str, ...]
    operands: tuple[str, ...]

    @property
    def text(self) -> str:
        return ".".join(self.opcode)


_GUARD = re.compile(r"@(!?)([%$\w.]+)\s+(.*)", re.DOTALL)
_REFERENCE = re.compile(r"\$\{(\d+)(?::\w+)?\}")


@cache
def parse_template(template: str) -> tuple[Statement, ...]:
    """Statements of a template."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", " ", template, flags=re.DOTALL)
    text = _REFERENCE.sub(r"$\1", text).replace("$$", "$")
    return tuple(_statement(piece) for piece in _pieces(text))


def _pieces(text: str) -> list[str]:
    """Cut at semicolons, open and drop scope braces (braces inside operands belong to vectors)."""
    pieces: list[str] = []
    current = ""
    depth = 0
    for char in text:
        if char == "{" and not current.strip():
            continue
        if char == "}" and depth == 0:
            continue
        depth += (char == "{") - (char == "}")
        if char == ";" or (char == "\n" and not current.strip()):
            if current.strip():
                pieces.append(" ".join(current.split()))
            current = ""
        else:
            current += char
    if current.strip():
        pieces.append(" ".join(current.split()))
    return [piece for piece in pieces if not piece.startswith((".reg ", ".pragma", ".loc"))]


def _statement(piece: str) -> Statement:
    guard, negated = "", False
    match = _GUARD.fullmatch(piece)
    if match is not None:
        negated, guard, piece = bool(match[1]), match[2], match[3]
    if re.match(r"[$%\w]+:(?!:)", piece) or piece.startswith("."):
        raise ValueError(f"label or directive in inline PTX: {piece}")
    opcode, _, rest = piece.partition(" ")
    return Statement(guard, negated, tuple(opcode.split(".")), tuple(split_operands(rest)))


def suspends(template: str) -> bool:
    """Does the template contain an instruction at which a thread may wait for others?"""
    return (
        re.search(r"\b(?:bar|barrier|shfl|vote|match|redux|elect|activemask|nanosleep)\b|mbarrier\.t", template)
        is not None
    )


def spins(template: str) -> bool:
    """Does the template load what another thread may write (so that a loop may wait on it)?"""
    return re.search(r"\bld\.(?:volatile|relaxed|acquire|mmio)|\batom\.|mbarrier\.t", template) is not None
