"""One-instruction kernels: run an intrinsic or an inline PTX template on each lane of a warp."""

from __future__ import annotations

import numpy as np

from compiler import emulator

HEAD = 'target triple = "nvptx64-nvidia-cuda"\ndeclare i32 @llvm.nvvm.read.ptx.sreg.tid.x()\n'
LLVM = {"u16": "i16", "u32": "i32", "u64": "i64", "f32": "float", "f64": "double", "i32": "i32"}
DTYPE = {"u16": np.uint16, "u32": np.uint32, "u64": np.uint64, "f32": np.float32, "f64": np.float64, "i32": np.int32}
CONSTRAINT = {"u16": "h", "u32": "r", "i32": "r", "u64": "l", "f32": "f", "f64": "d"}


def kernel(body: str, params: list[str], declares: str = "", out: str = "u32") -> str:
    """IR of a kernel that loads one value per lane and array, runs ``body`` (defining %r), stores %r."""
    lines = [
        f"{HEAD}{declares}",
        f"define ptx_kernel void @k(ptr %out{''.join(f', ptr %p{i}' for i in range(len(params)))}) {{",
    ]
    lines.append("  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()\n  %i = zext i32 %tid to i64")
    for n, ty in enumerate(params):
        lines.append(f"  %q{n} = getelementptr {LLVM[ty]}, ptr %p{n}, i64 %i\n  %a{n} = load {LLVM[ty]}, ptr %q{n}")
    lines.append(body)
    lines.append(f"  %o = getelementptr {LLVM[out]}, ptr %out, i64 %i\n  store {LLVM[out]} %r, ptr %o\n  ret void\n}}")
    return "\n".join(lines)


def run(ir: str, arrays: list[np.ndarray], out: str, n: int, **options: object) -> np.ndarray:
    result = np.zeros(n, DTYPE[out])
    report = emulator.launch(ir, "k", 1, n, [result, *arrays], **options)  # type: ignore[arg-type]
    assert report.trap is None, str(report.trap)
    return result


def run_asm(template: str, out: str, *operands: tuple[str, object], n: int = 1, **options: object) -> np.ndarray:
    """Run ``template`` with ``$0`` the result and ``$1..`` the operands (type, scalar or per-lane array)."""
    types = [ty for ty, _ in operands]
    arrays = [np.broadcast_to(np.asarray(value, DTYPE[ty]), n).copy() for ty, value in operands]
    constraints = ",".join(["=" + CONSTRAINT[out], *(CONSTRAINT[ty] for ty in types)])
    text = template.replace('"', "\\22").replace("\n", "\\0A")
    arguments = ", ".join(f"{LLVM[ty]} %a{i}" for i, ty in enumerate(types))
    body = f'  %r = call {LLVM[out]} asm sideeffect "{text}", "{constraints}"({arguments}) convergent'
    return run(kernel(body, types, out=out), arrays, out, n, **options)


def run_intrinsic(name: str, out: str, *operands: tuple[str, object], n: int = 32, **options: object) -> np.ndarray:
    """Run ``@llvm.nvvm.<name>``; operand type ``"imm i32"`` is an immediate."""
    types = [ty for ty, _ in operands if not ty.startswith("imm ")]
    arrays = [
        np.broadcast_to(np.asarray(value, DTYPE[ty]), n).copy() for ty, value in operands if not ty.startswith("imm ")
    ]
    texts, declared, at = [], [], 0
    for ty, value in operands:
        if ty.startswith("imm "):
            texts.append(f"{ty[4:]} {value}")
            declared.append(ty[4:])
        else:
            texts.append(f"{LLVM[ty]} %a{at}")
            declared.append(LLVM[ty])
            at += 1
    symbol = f"@llvm.nvvm.{name}"
    result = "i1" if out == "bit" else LLVM[out]
    body = f"  %{'b' if out == 'bit' else 'r'} = call {result} {symbol}({', '.join(texts)})"
    if out == "bit":
        body += "\n  %r = zext i1 %b to i32"
    declares = f"declare {result} {symbol}({', '.join(declared)})\n"
    return run(
        kernel(body, types, declares, "u32" if out == "bit" else out),
        arrays,
        "u32" if out == "bit" else out,
        n,
        **options,
    )
