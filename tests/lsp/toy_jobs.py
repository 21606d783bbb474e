"""Worker jobs that really abort, fault, hang and print, next to ones that work.

Which one a kernel gets is in its name: ``aborts``, ``faults``, ``hangs``, ``raises``, ``hangs_in_child`` ...
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from typing import Any

from oxide_lsp.workers.job import JobError, Progress

_PTX = """.version 7.8
.target sm_80
.visible .entry {kernel}()
{{
.loc 1 2 5
\tadd.s32 %r1, %r2, %r3;
.loc 1 3 5
\tret;
}}
.file 1 "{file}"
"""


def emit(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The text of a stage."""
    misbehave(params["kernel"])
    if any("broken" in text for text in params["sources"]["changed"].values()):
        raise JobError("mismatched types")
    if params["stage"] == "ptx":
        return {"text": _PTX.format(kernel=params["kernel"], file=params["file"]), "target": "sm_80"}
    return {"text": f"{params['stage']} of {params['kernel']}\n", "target": "sm_80"}


def run(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A launch."""
    progress("launching", 50)
    misbehave(params["kernel"])
    if "poisons" in params["kernel"]:
        return {"ok": False, "summary": "illegal address", "is_poisoned": True}
    if "traps" in params["kernel"]:
        return {"ok": False, "summary": "out of bounds at block (0, 0, 0)", "error_line": 3}
    return {"ok": True, "summary": f"ok on {params['device']}", "checksum": "1f2e"}


def bench(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A measurement."""
    misbehave(params["kernel"])
    return {"ok": True, "summary": "12.5 us"}


def device(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """What there is to run on."""
    return {"gpu": False, "name": "toy"}


def misbehave(kernel: str) -> None:
    """Do to the worker what foreign code can."""
    if "aborts" in kernel:
        print("LLVM ERROR: Cannot select: intrinsic %llvm.nvvm.toy", file=sys.stderr, flush=True)
        os.abort()
    if "faults" in kernel:
        ctypes.string_at(0)
    if "hangs_in_child" in kernel:
        subprocess.run(["sleep", "600"], check=True)
    if "hangs" in kernel:
        while True:
            time.sleep(1)
    if "prints" in kernel:
        os.write(1, b"Content-Length: 3\r\n\r\n{}}")
        print("noise on stdout")
    if "raises" in kernel:
        raise ValueError("a bug")
    if "refuses" in kernel:
        raise JobError("unsupported: inline assembly")


JOBS = {"emit": emit, "run": run, "bench": bench, "device": device}
