"""What ``oxide.showStatus`` reports: versions, device, workers, queue, memory.

Assumes: Linux for the memory figures; elsewhere they are the peak the system reports.
Guarantees: JSON values only.

>>> sorted(report({}, "auto", {}, {}, {}, 0, 0.0))[:3]
['device', 'documents', 'memory_mb']
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from typing import Any


def report(
    device: dict[str, Any],
    target: str,
    workers: dict[str, Any],
    queue: dict[str, int],
    views: dict[str, int],
    n_documents: int,
    started_at: float,
) -> dict[str, Any]:
    """The status as JSON values."""
    return {
        "summary": summary(device, target),
        "python": platform.python_version(),
        "device": device,
        "target": target,
        "workers": workers,
        "queue": queue,
        "views": views,
        "documents": n_documents,
        "memory_mb": round(resident_bytes() / 1e6, 1),
        "uptime_s": round(time.monotonic() - started_at, 1),
    }


def summary(device: dict[str, Any], target: str) -> str:
    """One line for a status item: ``sm_90 · NVIDIA H100 · driver 580``."""
    if not device.get("gpu"):
        return f"{target} · CPU emulator"
    parts = [device.get("target", target), device.get("name", "GPU")]
    if device.get("driver"):
        parts.append(f"driver {device['driver']}")
    return " · ".join(parts)


def resident_bytes() -> int:
    """Memory of this process now."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
