"""What a measurement was made on: GPU, driver, clock, temperature, code, repository state.

What it is: one frozen record to keep beside every timing. What it assumes: NVML and git may be absent. What it
guarantees: a fact that cannot be read is None or "", never a guess. Example::

    machine_record(context, clock_hz, artifact.content_hash).gpu_uuid
"""

from __future__ import annotations

import subprocess
from typing import Any

from compiler.base.dataclass import dataclass
from compiler.runtime.context import Context
from compiler.runtime.driver import call


@dataclass(frozen=True, slots=True)
class MachineRecord:
    """Clocks in Hz, temperature in degrees Celsius."""

    gpu_name: str
    gpu_uuid: str
    driver_version: str
    clock_hz: float
    temperature_c: int | None
    content_hash: str
    git_state: str


def machine_record(context: Context, clock_hz: float, content_hash: str = "") -> MachineRecord:
    """The record of this moment."""
    return MachineRecord(
        context.name,
        context.uuid,
        driver_version(),
        clock_hz,
        temperature_c(context.ordinal),
        content_hash,
        git_state(),
    )


def driver_version() -> str:
    """CUDA version the driver supports, ``13.0``."""
    number = int(call("cuDriverGetVersion"))
    return f"{number // 1000}.{number % 1000 // 10}"


def temperature_c(ordinal: int) -> int | None:
    """From NVML when the bindings have it."""
    try:
        from cuda.bindings import nvml

        nvml.init_v2()
        handle: Any = nvml.device_get_handle_by_index_v2(ordinal)
        return int(nvml.device_get_temperature_v(handle).temperature)
    except Exception:  # every NVML failure means the same here: unknown
        return None


def git_state() -> str:
    """``<commit>`` or ``<commit>+dirty`` of the working directory, "" outside a repository."""
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        return commit + ("+dirty" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return ""


def _git(*args: str) -> str:
    done = subprocess.run(("git", *args), capture_output=True, text=True, timeout=5, check=True)
    return done.stdout.strip()
