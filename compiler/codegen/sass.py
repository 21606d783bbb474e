"""SASS through NVIDIA's tools: ptxas for registers, spills and cubins, nvdisasm for text.

What it is: subprocesses with a time budget that are killed with their children. What it assumes: ``ptxas`` and
``nvdisasm`` from the wheels nvidia-cuda-nvcc and nvidia-cuda-nvdisasm, or on PATH; both optional. What it guarantees:
a missing tool, a time-out and a rejection are three different answers, never an exception of the operating system.
Example::

    result = assemble(ptx, "sm_90", budget_seconds=10)
    result.status == "ok" and result.kernels["saxpy"].registers == 12
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from importlib import util
from pathlib import Path

from compiler.base.dataclass import dataclass, field
from compiler.codegen.target import Target

DEFAULT_BUDGET_SECONDS = 10.0
SYSTEM_FUNCTIONS = frozenset({"vprintf", "__assertfail", "malloc", "free"})  # the driver defines these
_EXTERN = re.compile(r"^\.extern \.func\s*(?:\([^)]*\))?\s*([\w$.]+)", re.M)
_FUNCTION = re.compile(r"(?:Compiling entry function|Function properties for) '?([\w$.]+)'?")
_SPILL = re.compile(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")
_USED = re.compile(r"Used (\d+) registers(.*)")
_AMOUNT = re.compile(r"(\d+) bytes (smem|cmem\[\d+\]|lmem|gmem)")


@dataclass(slots=True)
class KernelResources:
    """What ptxas says one kernel uses."""

    registers: int = 0
    stack_bytes: int = 0
    spill_store_bytes: int = 0
    spill_load_bytes: int = 0
    shared_bytes: int = 0
    constant_bytes: int = 0


@dataclass(slots=True)
class AssembleResult:
    """``status``: "ok", "rejected", "timeout" or "missing"; ``message`` says why in one paragraph."""

    status: str
    message: str = ""
    cubin: bytes = b""
    kernels: dict[str, KernelResources] = field(default_factory=dict)


@cache
def tool_path(name: str) -> str | None:
    """``ptxas`` or ``nvdisasm`` from the NVIDIA wheels, else from PATH; None when absent."""
    spec = util.find_spec("nvidia")
    for root in spec.submodule_search_locations or () if spec is not None else ():
        for found in sorted(Path(root).glob(f"**/bin/{name}")) + sorted(Path(root).glob(f"**/bin/{name}.exe")):
            if os.access(found, os.X_OK):
                return str(found)
    return shutil.which(name)


def run_budgeted(command: list[str], budget_seconds: float) -> tuple[int | None, str, str]:
    """(exit status, stdout, stderr); the status is None if the budget ran out and the process group was killed."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, errors="replace"
    )
    try:
        out, err = process.communicate(timeout=budget_seconds)
        return process.returncode, out, err
    except subprocess.TimeoutExpired:
        _kill_group(process)
        return None, "", ""
    except BaseException:
        _kill_group(process)
        raise


def _kill_group(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        process.kill()
    process.communicate()


def assemble(
    ptx: str, target: str, budget_seconds: float = DEFAULT_BUDGET_SECONDS, opt_level: int = 3, line_info: bool = False
) -> AssembleResult:
    """Compile PTX to a cubin with ptxas and read what each kernel uses."""
    ptxas = tool_path("ptxas")
    if ptxas is None:
        return AssembleResult("missing", "ptxas is not installed; pip install nvidia-cuda-nvcc")
    with tempfile.TemporaryDirectory(prefix="oxide-ptxas-") as folder:
        source, cubin = Path(folder, "kernel.ptx"), Path(folder, "kernel.cubin")
        source.write_text(ptx, encoding="utf-8")
        command = [ptxas, "-v", f"-O{opt_level}", f"--gpu-name={Target.parse(target)}", str(source), "-o", str(cubin)]
        if line_info:
            command.insert(1, "-lineinfo")
        if {name for name in _EXTERN.findall(ptx) if name not in SYSTEM_FUNCTIONS}:
            command.insert(1, "-c")  # defined in an object this one is linked with
        status, _, err = run_budgeted(command, budget_seconds)
        if status is None:
            return AssembleResult("timeout", f"ptxas did not finish within {budget_seconds:g} s and was ended")
        if status != 0:
            return AssembleResult("rejected", err.replace(str(source), "kernel.ptx").strip())
        return AssembleResult("ok", "", cubin.read_bytes(), parse_resources(err))


def parse_resources(text: str) -> dict[str, KernelResources]:
    """Per-kernel numbers of ``ptxas -v``."""
    found: dict[str, KernelResources] = {}
    current: KernelResources | None = None
    for line in text.splitlines():
        name = _FUNCTION.search(line)
        if name is not None:
            current = found.setdefault(name.group(1), KernelResources())
        if current is None:
            continue
        spill = _SPILL.search(line)
        if spill is not None:
            current.stack_bytes, current.spill_store_bytes, current.spill_load_bytes = map(int, spill.groups())
        used = _USED.search(line)
        if used is not None:
            current.registers = int(used.group(1))
            for amount, what in _AMOUNT.findall(used.group(2)):
                if what == "smem":
                    current.shared_bytes = int(amount)
                elif what.startswith("cmem"):
                    current.constant_bytes += int(amount)
    return found


def disassemble(cubin: bytes, budget_seconds: float = DEFAULT_BUDGET_SECONDS) -> AssembleResult:
    """SASS text of a cubin in ``message``."""
    nvdisasm = tool_path("nvdisasm")
    if nvdisasm is None:
        return AssembleResult("missing", "nvdisasm is not installed; pip install nvidia-cuda-nvdisasm")
    with tempfile.TemporaryDirectory(prefix="oxide-nvdisasm-") as folder:
        path = Path(folder, "kernel.cubin")
        path.write_bytes(cubin)
        status, out, err = run_budgeted([nvdisasm, "-c", str(path)], budget_seconds)
    if status is None:
        return AssembleResult("timeout", f"nvdisasm did not finish within {budget_seconds:g} s and was ended")
    return AssembleResult("ok" if status == 0 else "rejected", out if status == 0 else err.strip())
