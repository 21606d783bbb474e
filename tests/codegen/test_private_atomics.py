"""Atomics on a thread's own variables: PTX has none, and ptxas must take what is emitted instead."""

from __future__ import annotations

import re

import llvmlite.binding as llvm
import pytest

from compiler.codegen.private_atomics import plain_private_atomics

MODULE = """target triple = "nvptx64-nvidia-cuda"

define i64 @f(ptr %far, i64 %n) {{
  %own = alloca [4 x i64], align 8
  store i64 %n, ptr %own, align 8
  %second = getelementptr inbounds i8, ptr %own, i64 8
  {atomic}
  ret i64 %n
}}

declare i64 @llvm.nvvm.atomic.add.gen.i.sys.i64.p0(ptr, i64)
declare float @llvm.nvvm.atomic.add.gen.f.sys.f32.p0(ptr, float)
declare i64 @llvm.nvvm.atomic.exch.gen.i.sys.i64.p0(ptr, i64)
"""
ATOMICS = [
    "%r = cmpxchg ptr {at}, i64 3, i64 %n monotonic monotonic, align 8",
    '%r = cmpxchg weak ptr {at}, i64 %n, i64 9 syncscope("device") acquire monotonic, align 8',
    "%1 = atomicrmw add ptr {at}, i64 %n monotonic, align 8",
    "%r = atomicrmw nand ptr {at}, i64 %n monotonic, align 8",
    '%r = atomicrmw umax ptr {at}, i64 5 syncscope("block") monotonic, align 8',
    "%r = atomicrmw min ptr {at}, i64 -5 monotonic, align 8",
    "%r = atomicrmw xchg ptr {at}, i64 %n monotonic, align 8",
    "%r = atomicrmw fadd ptr {at}, float 1.000000e+00 monotonic, align 4",
    "%r = call i64 @llvm.nvvm.atomic.add.gen.i.sys.i64.p0(ptr nonnull {at}, i64 %n)",
    "%r = tail call i64 @llvm.nvvm.atomic.exch.gen.i.sys.i64.p0(ptr {at}, i64 7)",
    "%r = call float @llvm.nvvm.atomic.add.gen.f.sys.f32.p0(ptr {at}, float 2.000000e+00)",
    '%r = call i64 asm sideeffect "atom.relaxed.sys.max.u64 $0, [$1], $2;", "=l,l,l,~{{memory}}"(ptr {at}, i64 50)',
]


@pytest.mark.parametrize("atomic", ATOMICS)
@pytest.mark.parametrize("at", ["%own", "%second"])
def test_an_atomic_on_a_local_is_plain(atomic: str, at: str) -> None:
    text = MODULE.format(atomic=atomic.format(at=at))
    plain = plain_private_atomics(text)
    llvm.parse_assembly(plain, llvm.create_context()).verify()
    body = plain[plain.index("define") : plain.index("}\n\ndeclare")]
    assert not re.search(r"cmpxchg|atomicrmw|call", body)
    assert body.count("store") == 2


@pytest.mark.parametrize("atomic", ATOMICS)
def test_an_atomic_on_other_memory_stays(atomic: str) -> None:
    text = MODULE.format(atomic=atomic.format(at="%far"))
    llvm.parse_assembly(text, llvm.create_context()).verify()
    assert plain_private_atomics(text) is text


def test_another_functions_local_of_the_same_name_is_not_ours() -> None:
    text = MODULE.format(atomic="") + MODULE.format(atomic=ATOMICS[0].format(at="%own")).split("\n\n")[1].replace(
        "%own = alloca [4 x i64], align 8", "%own = getelementptr i8, ptr %far, i64 8"
    ).replace("@f", "@g")
    llvm.parse_assembly(text, llvm.create_context()).verify()
    assert plain_private_atomics(text) is text
