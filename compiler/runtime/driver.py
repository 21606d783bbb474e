"""The driver API: found when first used, every result checked.

What it is: the one door to ``cuda.bindings.driver``. What it assumes: cuda-python is installed; the driver may be
absent. What it guarantees: importing costs nothing and needs no GPU; a missing package, driver or device is
:class:`DriverUnavailable`; any failing call is :class:`DriverError`. Example::

    version = call("cuDriverGetVersion")        # 13000
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from functools import cache
from typing import Any

from compiler.runtime.errors import CudaError, DriverError, DriverUnavailable

_INSTALL = "install an NVIDIA driver, or run on the CPU emulator"


@cache
def binding() -> Any:
    """``cuda.bindings.driver`` after ``cuInit``."""
    try:
        from cuda.bindings import driver
    except ImportError as error:
        raise DriverUnavailable(f"cuda-python cannot be imported: {error}", "pip install cuda-python") from None
    try:
        (result,) = driver.cuInit(0)
    except Exception as error:  # cuda-pathfinder raises its own type when libcuda is absent
        raise DriverUnavailable(f"no CUDA driver: {_first_line(error)}", _INSTALL) from None
    if int(result) != 0:
        advice = DriverError("cuInit", result.name, int(result)).advice
        raise DriverUnavailable(f"the CUDA driver does not start: {result.name}", advice)
    return driver


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def call(name: str, *args: Any) -> Any:
    """Call a driver function; returns its single result, a tuple of several, or None."""
    result, *values = getattr(binding(), name)(*args)
    if int(result) != 0:
        raise DriverError(name, getattr(result, "name", str(result)), int(result))
    return None if not values else values[0] if len(values) == 1 else tuple(values)


def query(name: str, *args: Any) -> str:
    """Call a driver function whose result is the answer; returns the CUresult's name."""
    result = getattr(binding(), name)(*args)[0]
    return str(getattr(result, "name", result))


def enum(kind: str, member: str) -> Any:
    """A member of a driver enumeration, e.g. ``enum("CUdevice_attribute", "CU_DEVICE_ATTRIBUTE_WARP_SIZE")``."""
    return getattr(getattr(binding(), kind), member)


def release_with(owner: object, name: str, *args: Any) -> None:
    """Call ``name`` when ``owner`` dies; a process that ends leaves that to the driver."""
    weakref.finalize(owner, _quiet, name, *args).atexit = False


def _quiet(name: str, *args: Any) -> None:
    """From a finaliser a lost context is no news."""
    with suppress(CudaError):
        call(name, *args)


def is_available() -> bool:
    """Is there a driver with at least one device? Never raises."""
    try:
        return bool(call("cuDeviceGetCount"))
    except (DriverUnavailable, DriverError):
        return False
