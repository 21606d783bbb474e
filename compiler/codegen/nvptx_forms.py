"""Target forms: LLVM IR that NVPTX would lower badly, spelled as the hardware has it.

What it is: a rewrite of the text just before LLVM parses it; the text everyone else sees (the emulator, hover) stays
generic. What it assumes: text of :mod:`compiler.codegen.llvm_text`, one instruction a line. What it guarantees:

- ``llvm.fpto*i.sat`` to 32 and 64 bits becomes one ``cvt.rzi``, which saturates; NaN gives 0 (PTX ISA, ``cvt``: it
  does so itself only from 32-bit floats to 32-bit integers).
- ``atomicrmw`` of system scope keeps its scope: LLVM 22 prints every ``atomicrmw`` with the default scope, ``.gpu``.

Example::

    %i = call i32 @llvm.fptosi.sat.i32.f32(float %x)     ->  %i = call i32 @llvm.nvvm.f2i.rz(float %x)
    %o = atomicrmw add ptr %p, i32 %v monotonic          ->  %o = call i32 @llvm.nvvm.atomic.add.gen.i.sys.i32.p0(...)
"""

from __future__ import annotations

import re

_SAT = re.compile(r"call (i32|i64) @llvm\.fpto(s|u)i\.sat\.i(?:32|64)\.f(32|64)\(")
_RMW = re.compile(r"atomicrmw (\w+) ptr (%[\w.]+), (\w+) (\S+) monotonic(?:, align \d+)?")
_F2I = {
    ("i32", "s", "32"): "f2i.rz", ("i32", "u", "32"): "f2ui.rz", ("i64", "s", "32"): "f2ll.rz",
    ("i64", "u", "32"): "f2ull.rz", ("i32", "s", "64"): "d2i.rz", ("i32", "u", "64"): "d2ui.rz",
    ("i64", "s", "64"): "d2ll.rz", ("i64", "u", "64"): "d2ull.rz",
}  # fmt: skip
_FLOAT = {"32": "float", "64": "double"}
_SUFFIX = {"i32": "i32", "i64": "i64", "float": "f32", "double": "f64"}
_RMW_NAMES = {
    "add": "add.gen.i", "xchg": "exch.gen.i", "max": "max.gen.i", "min": "min.gen.i", "and": "and.gen.i",
    "or": "or.gen.i", "xor": "xor.gen.i", "fadd": "add.gen.f",
}  # fmt: skip
_ASM_RMW = {"umax": "max.u", "umin": "min.u"}


def nvptx_forms(llvm_ir: str) -> str:
    """The module with target forms, and what they declare appended."""
    declared: dict[str, str] = {}
    if ".sat." in llvm_ir:
        llvm_ir = _SAT.sub(lambda found: _saturating(found, declared), llvm_ir)
    if "atomicrmw" in llvm_ir:
        llvm_ir = _RMW.sub(lambda found: _system_rmw(found, declared), llvm_ir)
    return llvm_ir + "".join(f"\n{text}" for text in declared.values()) if declared else llvm_ir


def _saturating(found: re.Match[str], declared: dict[str, str]) -> str:
    integer, sign, width = found.groups()
    intrinsic = f"llvm.nvvm.{_F2I[integer, sign, width]}"
    float_ty = _FLOAT[width]
    declared[intrinsic] = f"declare {integer} @{intrinsic}({float_ty})"
    if integer == "i32" and width == "32":
        return f"call {integer} @{intrinsic}("
    helper = f"__oxide_{intrinsic.removeprefix('llvm.nvvm.').replace('.', '_')}"
    declared[helper] = (
        f"define internal {integer} @{helper}({float_ty} %x) alwaysinline nounwind {{\n"
        f"  %i = call {integer} @{intrinsic}({float_ty} %x)\n  %nan = fcmp uno {float_ty} %x, %x\n"
        f"  %r = select i1 %nan, {integer} 0, {integer} %i\n  ret {integer} %r\n}}"
    )
    return f"call {integer} @{helper}("


def _system_rmw(found: re.Match[str], declared: dict[str, str]) -> str:
    op, pointer, ty, value = found.groups()
    name = _RMW_NAMES.get(op)
    if name is not None and ty in _SUFFIX:
        intrinsic = f"llvm.nvvm.atomic.{name}.sys.{_SUFFIX[ty]}.p0"
        declared[intrinsic] = f"declare {ty} @{intrinsic}(ptr, {ty})"
        return f"call {ty} @{intrinsic}(ptr {pointer}, {ty} {value})"
    if op in _ASM_RMW and ty in ("i32", "i64"):
        letter = "r" if ty == "i32" else "l"
        template = f"atom.relaxed.sys.{_ASM_RMW[op]}{ty[1:]} $0, [$1], $2;"
        return f'call {ty} asm sideeffect "{template}", "={letter},l,{letter},~{{memory}}"(ptr {pointer}, {ty} {value})'
    return found.group(0)
