"""Which PTX version a module needs, from the intrinsics and instructions it uses.

What it is: a scan of LLVM IR text against the intrinsic table. What it assumes: an instruction the table does not
know (in a user's ``ptx_asm!``) is as old as the target. What it guarantees: the highest floor of everything
recognised. Example::

    needed_ptx('call void @llvm.nvvm.barrier.cluster.arrive()') == (7, 8)
"""

from __future__ import annotations

import re
from functools import cache

from compiler.codegen.target import LOWEST_PTX, Target, TargetError
from compiler.dialects.nvvm.table import IntrinsicRow, intrinsic_rows

_INTRINSIC = re.compile(r"@(llvm\.nvvm\.[A-Za-z0-9_.]+)\(")
_ASM = re.compile(r'asm (?:sideeffect )?"([^"]*)"')
_MNEMONIC = re.compile(r"(?:^|[;{]|\\0A|\\09)\s*(?:@!?%?\w+\s+)?([a-z][a-z0-9_]*(?:(?:\.|::)[a-z0-9_]+)+)")


# Instructions of hand-written assembly that no row has, by the start of their name (PTX ISA release notes).
INSTRUCTION_PTX: tuple[tuple[str, tuple[int, int]], ...] = (
    ("multimem.", (8, 1)), ("cp.async.bulk.prefetch", (8, 0)), ("cp.async.bulk", (8, 0)),
    ("cp.reduce.async.bulk", (8, 0)), ("st.async", (8, 1)), ("red.async", (8, 1)), ("setmaxnreg", (8, 0)),
    ("tcgen05.", (8, 6)), ("tensormap.", (8, 3)), ("wgmma.", (8, 0)), ("griddepcontrol", (7, 8)),
    ("fence.proxy", (8, 0)), ("fence.mbarrier_init", (8, 0)), ("barrier.cluster", (7, 8)), ("mapa", (7, 8)),
    ("getctarank", (7, 8)), ("mbarrier.try_wait", (7, 8)), ("elect.sync", (8, 0)), ("stmatrix", (7, 8)),
    ("createpolicy", (7, 4)), ("applypriority", (7, 4)), ("discard", (7, 4)), ("movmatrix", (7, 8)), ("szext", (7, 6)),
    ("bmsk", (7, 6)), ("clusterlaunchcontrol", (8, 6)), ("mma.sp", (7, 1)),
)  # fmt: skip


@cache
def _rows_by_intrinsic() -> dict[str, IntrinsicRow]:
    return {row.text: row for row in intrinsic_rows().values() if row.form == "llvm"}


@cache
def _rows_by_mnemonic() -> dict[str, IntrinsicRow]:
    found: dict[str, IntrinsicRow] = {}
    for row in intrinsic_rows().values():
        for word in _MNEMONIC.findall(row.text) if row.form == "asm" else ():
            known = found.get(word)
            if known is None or row.ptx < known.ptx:
                found[word] = row
    return found


def used_rows(llvm_ir: str) -> list[IntrinsicRow]:
    """Rows of the intrinsic table the module uses, each once."""
    found: dict[str, IntrinsicRow] = {}
    by_intrinsic = _rows_by_intrinsic()
    for name in dict.fromkeys(_INTRINSIC.findall(llvm_ir)):
        row = by_intrinsic.get(name)
        if row is not None:
            found[row.name] = row
    for text in dict.fromkeys(_ASM.findall(llvm_ir)):
        for word in _MNEMONIC.findall(text):
            row = _rows_by_mnemonic().get(word)
            if row is not None:
                found[row.name] = row
    return list(found.values())


def needed_ptx(llvm_ir: str) -> tuple[int, int]:
    """The lowest PTX version that has every recognised instruction."""
    floors = [LOWEST_PTX, *(row.ptx for row in used_rows(llvm_ir))]
    for text in dict.fromkeys(_ASM.findall(llvm_ir)):
        for word in _MNEMONIC.findall(text):
            if word not in _rows_by_mnemonic():
                floors += [floor for prefix, floor in INSTRUCTION_PTX if word.startswith(prefix)][:1]
    return max(floors)


def check_target(llvm_ir: str, target: Target) -> None:
    """Raise :class:`TargetError` naming the first operation ``target`` does not have (kernel-language.md 6.7)."""
    for row in used_rows(llvm_ir):
        if not row.runs_on(str(target)):
            raise TargetError(f"`{row.name.replace('.', '::')}` needs {row.sm}; the target is {target}")
