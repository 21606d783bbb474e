"""The intrinsic table: every ``cuda_intrinsics::<module>::<name>`` and how it reaches PTX.

What it is: ``intrinsics.tsv`` (made by ``tools/nvvm_table.py``, checked against the LLVM that ships) as rows. What it
assumes: the file is next to this module. What it guarantees: a row is either an LLVM intrinsic whose signature LLVM
knows (``form == "llvm"``) or a PTX template (``form == "asm"``); nothing is guessed at run time. Operand words:

- ``0`` is argument 0 as it is; ``0:T`` casts it to LLVM type T (bit cast, or address space cast for pointers);
- ``0.2`` and ``0.2:T`` is element 2 of array argument 0; ``0:imm`` must be constant; ``#i32 31`` is a constant.

The result word: empty (none), ``=`` (as LLVM gives it), ``=T`` (LLVM gives T, cast it back), ``4*T`` (a struct of
four T that fills an array; ``4*T@0`` the one argument 0 points to), ``{i32, i1}`` (a pair). Example::

    row("warp.shuffle_sync").text == "llvm.nvvm.shfl.sync.idx.i32"
    row("warp.shuffle_sync").operands == ("0", "1", "2", "#i32 31")
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from compiler.base.dataclass import dataclass

COLUMNS = ("name", "args", "result", "form", "text", "constraints", "operands", "result_form", "effects", "sm", "ptx")
_SM = re.compile(r"\bsm_(\d+)")


@dataclass(frozen=True, slots=True)
class IntrinsicRow:
    """One intrinsic. ``effects``: words of "convergent", "memory" (reads or writes memory), "volatile", "noreturn"."""

    name: str  # "warp.shuffle_sync"
    args: tuple[str, ...]  # Rust types
    result: str  # Rust type
    form: str  # "llvm" or "asm"
    text: str  # LLVM intrinsic name, or PTX template with $0 ... placeholders
    constraints: str  # asm: LLVM constraint string
    operands: tuple[str, ...]
    result_form: str
    effects: frozenset[str]
    sm: str  # "sm_80+", "sm_90a", "sm_100a or sm_103a", "all"
    ptx: tuple[int, int]  # lowest PTX ISA version

    @property
    def is_convergent(self) -> bool:
        return "convergent" in self.effects

    @property
    def is_pure(self) -> bool:
        return not self.effects

    def runs_on(self, target: str) -> bool:
        """Whether an ``sm_`` target satisfies the floor."""
        return any(_satisfies(word.split(" at ")[0].strip(), target) for word in self.sm.split(" or "))

    @property
    def capability(self) -> tuple[int, int]:
        """The lowest compute capability of those that have it, (0, 0) if all do."""
        numbers = [int(n) for n in _SM.findall(self.sm)]
        return divmod(min(numbers, default=0), 10)


def _satisfies(floor: str, target: str) -> bool:
    if floor in ("", "all"):
        return True
    number = int("".join(ch for ch in target if ch.isdigit()))
    if floor.endswith("+"):
        return number >= int(floor[3:-1])
    if floor.endswith("f"):  # family: same tens digit, and the suffix says family or architecture specific
        return target[-1] in "af" and number // 10 == int(floor[3:-1]) // 10 and number >= int(floor[3:-1])
    return floor == target


def parse_rows(lines: Iterable[str]) -> dict[str, IntrinsicRow]:
    """Rows by name; the first line names the columns."""
    rows: dict[str, IntrinsicRow] = {}
    for line in list(lines)[1:]:
        name, args, result, form, text, constraints, operands, result_form, effects, sm, ptx = line.rstrip("\n").split(
            "\t"
        )
        major, _, minor = ptx.partition(".")
        rows[name] = IntrinsicRow(
            name,
            tuple(split_types(args)),
            result,
            form,
            text.replace("\\n", "\n").replace("\\t", "\t"),
            constraints,
            tuple(word for word in operands.split("|") if word),
            result_form,
            frozenset(effects.split()),
            sm,
            (int(major or 0), int(minor or 0)),
        )
    return rows


def split_types(text: str) -> list[str]:
    """``"*mut u32, [u32; 4]"`` to its parts."""
    parts: list[str] = []
    depth, start = 0, 0
    for i, ch in enumerate(text):
        depth += (ch in "[(") - (ch in "])")
        if ch == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    tail = text[start:].strip()
    return [*parts, tail] if tail else parts


@cache
def intrinsic_rows() -> dict[str, IntrinsicRow]:
    """The whole table, read once."""
    text = resources.files(__package__).joinpath("intrinsics.tsv").read_text(encoding="utf-8")
    return parse_rows(text.splitlines())


def row(name: str) -> IntrinsicRow | None:
    """The row of ``module.name``, or None."""
    return intrinsic_rows().get(name)
