"""The low bits of a float: ptxas must not take a narrow store of them for a conversion."""

from __future__ import annotations

import re

import llvmlite.binding as llvm
import pytest

from compiler.codegen.float_bits import integer_float_bits
from compiler.codegen.llvm_machine import LLVMMachine
from compiler.codegen.target import Target

MODULE = """target triple = "nvptx64-nvidia-cuda"

define ptx_kernel void @k({float} %x, i64 %n, ptr addrspace(1) %out) {{
  %y = fmul {float} %x, 0x3FE0000000000000
  %bits = bitcast {float} %y to i{wide}
  %low = trunc i{wide} %bits to i{narrow}
  store i{narrow} %low, ptr addrspace(1) %out
  %other = trunc i64 %n to i8
  %next = getelementptr i8, ptr addrspace(1) %out, i64 8
  store i8 %other, ptr addrspace(1) %next
  ret void
}}
"""
CASES = [
    ("double", 64, 8),
    ("double", 64, 16),
    ("double", 64, 32),
    ("float", 32, 8),
    ("float", 32, 16),
    ("half", 16, 8),
]


@pytest.mark.parametrize(("float_type", "wide", "narrow"), CASES)
def test_a_narrow_store_of_a_float_takes_an_integer(float_type: str, wide: int, narrow: int) -> None:
    text = MODULE.format(float=float_type, wide=wide, narrow=narrow)
    changed = integer_float_bits(text)
    llvm.parse_assembly(changed, llvm.create_context()).verify()
    assert changed.count("asm ") == 1
    ptx, _ = LLVMMachine(Target.parse("sm_90"), 3, (8, 0)).compile(text)
    product = re.search(r"mul\S*\s+(%\w+),", ptx)
    assert product is not None
    assert not re.search(rf"st\.global\.\w+\s+\[[^\]]*\], {product[1]};", ptx), ptx
    assert f"and.b{wide}" in ptx


def test_other_modules_stay() -> None:
    text = MODULE.format(float="double", wide=64, narrow=8).replace(
        "bitcast double %y to i64", "fptoui double %y to i64"
    )
    assert integer_float_bits(text) is text
