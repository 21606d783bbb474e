"""Jobs in which the real LLVM aborts, the real ptxas does not end in time, and a real emulated kernel never ends."""

from __future__ import annotations

import pathlib
import subprocess
from typing import Any

import numpy as np

from oxide_lsp.workers.job import Progress
from tests.lsp import toy_jobs

# wgmma does not exist before sm_90: instruction selection ends the process
_UNSELECTABLE = """target triple = "nvptx64-nvidia-cuda"
declare void @llvm.nvvm.wgmma.fence.sync.aligned()
define ptx_kernel void @k() {
  call void @llvm.nvvm.wgmma.fence.sync.aligned()
  ret void
}
"""
_ENDLESS = """target triple = "nvptx64-nvidia-cuda"
define ptx_kernel void @k(ptr %p) {
entry:
  br label %loop
loop:
  store volatile i32 1, ptr %p
  br label %loop
}
"""
PTXAS_PID = "ptxas.pid"


def llvm_aborts(params: dict[str, Any], progress: Progress) -> Any:
    """PTX for a target that lacks the instruction."""
    from compiler.codegen.llvm_machine import LLVMMachine
    from compiler.codegen.target import Target

    return LLVMMachine(Target.parse("sm_75")).compile(_UNSELECTABLE)


def kernel_never_ends(params: dict[str, Any], progress: Progress) -> Any:
    """A launch the emulator would let run for an hour."""
    from compiler.emulator import launch

    launch(_ENDLESS, "k", grid=1, block=32, args=[np.zeros(1, np.int32)], time_budget_s=3600)


def ptxas_never_ends(params: dict[str, Any], progress: Progress) -> Any:
    """ptxas on ever more work, as a child of the worker; its process id is left in a file."""
    from compiler.codegen.sass import tool_path

    folder = pathlib.Path(params["folder"])
    source = folder / "k.ptx"
    source.write_text(_spilling_ptx(20_000))
    tool = tool_path("ptxas")
    assert tool is not None
    with subprocess.Popen([tool, "-arch=sm_90", "-o", str(folder / "k.cubin"), str(source)]) as process:
        (folder / PTXAS_PID).write_text(str(process.pid))
        process.wait()


def _spilling_ptx(n_fma: int) -> str:
    """A kernel whose values all stay alive, so that registers run out."""
    lines = [".version 8.0", ".target sm_90", ".address_size 64", ".visible .entry k(.param .u64 p)", "{"]
    lines += [f".reg .f32 %f<{2 * n_fma + 8}>;", ".reg .b64 %rd<4>;"]
    lines += ["ld.param.u64 %rd1, [p];", "cvta.to.global.u64 %rd2, %rd1;", "ld.volatile.global.f32 %f0, [%rd2];"]
    lines += [f"ld.volatile.global.f32 %f{i}, [%rd2+{4 * i}];" for i in range(1, n_fma)]
    lines += [f"fma.rn.f32 %f{n_fma + i}, %f{i}, %f{n_fma - i - 1}, %f{(7 * i) % n_fma};" for i in range(n_fma)]
    lines += [f"st.volatile.global.f32 [%rd2+{4 * i}], %f{n_fma + i};" for i in range(n_fma)]
    return "\n".join([*lines, "ret;", "}", ""])


JOBS = {
    **toy_jobs.JOBS,
    "llvm_aborts": llvm_aborts,
    "kernel_never_ends": kernel_never_ends,
    "ptxas_never_ends": ptxas_never_ends,
}
