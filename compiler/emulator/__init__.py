"""SIMT on the CPU: runs the LLVM IR the compiler makes for NVPTX, with the source line of every fault.

What it is: :func:`launch` and :func:`load`; see ``launcher.py``. What it assumes: llvmlite's LLVM can target this
machine. What it guarantees: no GPU and no driver is needed; importing this package imports no LLVM until a kernel is
launched. Example: ``compiler.emulator.launch(ir, "saxpy", grid=4, block=256, args=[np.float32(2), x, y])``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compiler.emulator.emit import UnsupportedDevice
    from compiler.emulator.jit import EmulatorError
    from compiler.emulator.launcher import EmulatedModule, LaunchOptions, launch, load
    from compiler.emulator.report import LaunchReport, Trap
    from compiler.emulator.worker import launch_isolated

_HOME = {
    "launch": "launcher",
    "load": "launcher",
    "EmulatedModule": "launcher",
    "LaunchOptions": "launcher",
    "LaunchReport": "report",
    "Trap": "report",
    "EmulatorError": "jit",
    "UnsupportedDevice": "emit",
    "launch_isolated": "worker",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


__all__ = [
    "EmulatedModule",
    "EmulatorError",
    "LaunchOptions",
    "LaunchReport",
    "Trap",
    "UnsupportedDevice",
    "launch",
    "launch_isolated",
    "load",
]
