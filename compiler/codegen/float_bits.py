"""The low bits of a float are taken by an integer instruction.

What it is: a rewriting of optimised LLVM IR text, just before PTX is emitted. NVPTX stores the low byte of a float's
bits as ``st.b8 [a], %rd1`` with ``%rd1`` the result of a floating-point instruction. ptxas up to CUDA 13.0 (the
driver's, too) takes that for a conversion to an integer and saturates (``F2I.U8``; 13.5 does not). An ``and`` that LLVM
cannot see through stands between.

Assumes: text printed by LLVM (one instruction a line). Guarantees: the same results; only ``trunc`` of a ``bitcast``
from ``half``, ``bfloat``, ``float`` or ``double`` changes.

Before and after::

    %bits = bitcast double %x to i64
    %low = trunc i64 %bits to i8

    %bits = bitcast double %x to i64
    %"float.bits.0" = call i64 asm "and.b64 $0, $1, 255;", "=l,l"(i64 %bits)
    %low = trunc i64 %"float.bits.0" to i8
"""

from __future__ import annotations

import re

_NAME = r'%(?:[-\w$.]+|"[^"]*")'
_BITCAST = re.compile(rf"^  ({_NAME}) = bitcast (?:half|bfloat|float|double) .* to i(?:16|32|64)\b")
_TRUNC = re.compile(
    rf"^  (?P<name>{_NAME}) = trunc (?P<flags>(?:nuw |nsw )*)i(?P<wide>16|32|64) (?P<bits>{_NAME}) "
    r"to i(?P<narrow>8|16|32)(?P<rest>\b.*)$"
)
_REGISTER = {"16": "h", "32": "r", "64": "l"}


def integer_float_bits(text: str) -> str:
    """The module with an integer instruction before each ``trunc`` of a float's bits; ``text`` itself without one."""
    if " bitcast " not in text or " trunc " not in text:
        return text
    out: list[str] = []
    floats: set[str] = set()
    number = 0
    for line in text.split("\n"):
        if line.startswith("define "):
            floats = set()
        if found := _BITCAST.match(line):
            floats.add(found[1])
        if (found := _TRUNC.match(line)) and found["bits"] in floats:
            wide, register, value = found["wide"], _REGISTER[found["wide"]], f'%"float.bits.{number}"'
            mask = (1 << int(found["narrow"])) - 1
            asm = f'asm "and.b{wide} $0, $1, {mask};", "={register},{register}"'
            out.append(f"  {value} = call i{wide} {asm}(i{wide} {found['bits']})")
            line = f"  {found['name']} = trunc i{wide} {value} to i{found['narrow']}{found['rest']}"
            number += 1
        out.append(line)
    return "\n".join(out) if number else text
