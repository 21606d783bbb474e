"""What this machine can do: driver, devices, toolkit pieces; each missing one says what to install.

What it is: the facts behind ``oxide doctor`` and the editor's status item. What it assumes: nothing is installed.
What it guarantees: never raises; every fact is ok or carries advice. Example::

    for fact in facts():
        print("ok" if fact.ok else "--", fact.name, fact.value, fact.advice)
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

from compiler.base.dataclass import dataclass
from compiler.runtime.driver import call
from compiler.runtime.errors import CudaError

MIN_DRIVER = (12, 0)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the report. ``needed_for`` says what does not work without it."""

    name: str
    ok: bool
    value: str
    advice: str = ""
    needed_for: str = ""


@dataclass(frozen=True, slots=True)
class DeviceFact:
    """One GPU."""

    ordinal: int
    name: str
    target: str
    memory_bytes: int
    n_multiprocessors: int


def facts() -> list[Fact]:
    """Everything worth knowing, in the order of a person's questions."""
    return [_python(), _package("llvmlite", "PTX and the CPU emulator"), *_driver(), *_devices(), *_toolkit()]


def _python() -> Fact:
    version = ".".join(map(str, sys.version_info[:3]))
    return Fact("python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "install 3.11+")


def _package(name: str, needed_for: str) -> Fact:
    try:
        return Fact(name, True, metadata.version(name), "", needed_for)
    except metadata.PackageNotFoundError:
        return Fact(name, False, "not installed", f"pip install {name}", needed_for)


def _driver() -> Iterator[Fact]:
    yield _package("cuda-bindings", "running on a GPU")
    try:
        number = int(call("cuDriverGetVersion"))
    except CudaError as error:
        advice = getattr(error, "advice", "install an NVIDIA driver")
        yield Fact("driver", False, getattr(error, "message", str(error)), advice, "running on a GPU")
        return
    version = (number // 1000, number % 1000 // 10)
    ok = version >= MIN_DRIVER
    advice = "" if ok else f"update the NVIDIA driver: CUDA {MIN_DRIVER[0]}.{MIN_DRIVER[1]} or newer is needed"
    yield Fact("driver", ok, f"CUDA {version[0]}.{version[1]}", advice, "running on a GPU")


def devices() -> list[DeviceFact]:
    """The visible GPUs; empty without a driver."""
    from compiler.runtime.context import Context

    found: list[DeviceFact] = []
    try:
        for ordinal in range(int(call("cuDeviceGetCount"))):
            context = Context(ordinal)
            total = context.memory_bytes[1]
            found.append(DeviceFact(ordinal, context.name, context.target, total, context.n_multiprocessors))
    except CudaError:
        return found
    return found


def _devices() -> Iterator[Fact]:
    found = devices()
    if not found:
        advice = "kernels run on the CPU emulator; for a GPU check `nvidia-smi` and CUDA_VISIBLE_DEVICES"
        yield Fact("gpu", False, "none", advice, "running on a GPU")
    for device in found:
        text = f"{device.name}, {device.target}, {device.memory_bytes / 2**30:.0f} GiB, {device.n_multiprocessors} SMs"
        yield Fact(f"gpu {device.ordinal}", True, text)


def _toolkit() -> Iterator[Fact]:
    for name, package, needed_for in (
        ("ptxas", "nvidia-cuda-nvcc", "registers, spills, occupancy"),
        ("nvdisasm", "nvidia-cuda-nvdisasm", "SASS"),
    ):
        path = find_tool(name)
        advice = "" if path else f"pip install {package}"
        yield Fact(name, path is not None, str(path) if path else "not found", advice, needed_for)
    library = find_libdevice()
    advice = "" if library else "pip install nvidia-nvvm"
    value = str(library) if library else "not found"
    yield Fact("libdevice", library is not None, value, advice, "sin, exp, pow ... on a GPU")


def _package_roots() -> Iterator[Path]:
    spec = util.find_spec("nvidia")
    for root in (spec.submodule_search_locations or ()) if spec is not None else ():
        yield Path(root)


def _toolkit_roots() -> Iterator[Path]:
    for variable in ("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    yield Path("/usr/local/cuda")


def find_tool(name: str) -> Path | None:
    """A toolkit program: on PATH, in the pip packages, or in an installed toolkit."""
    on_path = shutil.which(name)
    if on_path:
        return Path(on_path)
    suffix = ".exe" if os.name == "nt" else ""
    for root in _package_roots():
        for path in sorted(root.glob(f"**/bin/{name}{suffix}")):
            return path
    for root in _toolkit_roots():
        path = root / "bin" / f"{name}{suffix}"
        if path.exists():
            return path
    return None


def find_libdevice() -> Path | None:
    """``libdevice.10.bc``: in the pip packages or in an installed toolkit."""
    for root in _package_roots():
        for path in sorted(root.glob("**/libdevice.10.bc")):
            return path
    for root in _toolkit_roots():
        path = root / "nvvm" / "libdevice" / "libdevice.10.bc"
        if path.exists():
            return path
    return None
