"""The host side: run compiled kernels on an NVIDIA GPU from Python.

What it is: contexts, streams, events, device and pinned buffers, modules, checked launches, lazy operations,
benchmarks and the facts of ``oxide doctor``; the only package that imports ``cuda``. What it assumes: nothing at
import time; a driver when something is used. What it guarantees: without one, :class:`DriverUnavailable` says what
to install; every driver error is a :class:`DriverError` with the call, the CUresult's name and what to do.
Example::

    from compiler import runtime

    context = runtime.Context(0)
    x = runtime.DeviceBuffer.from_host(context, np.arange(1024, dtype=np.float32))
    y = runtime.DeviceBuffer.zeros(context, 1024)
    kernel = runtime.Module.from_artifact(context, artifact).kernel()
    kernel.launch(grid=4, block=256, args=[np.float32(2), x, y])
    print(y.to_host())
"""

from __future__ import annotations

from compiler.codegen.launch_geometry import GeometryError
from compiler.codegen.launch_packet import ArgumentError
from compiler.runtime.bench import GpuSampler, Measurement, measure, measure_kernel, measured_bandwidth
from compiler.runtime.buffer import DeviceBuffer, PinnedBuffer
from compiler.runtime.context import Context, Event, Stream
from compiler.runtime.doctor import DeviceFact, Fact, devices, facts
from compiler.runtime.driver import is_available
from compiler.runtime.errors import CudaError, DriverError, DriverUnavailable
from compiler.runtime.module import FunctionAttributes, Kernel, Module, PreparedLaunch, launch
from compiler.runtime.operation import (
    DeviceFuture,
    DeviceOperation,
    StreamPool,
    copy_to_device,
    copy_to_host,
    launch_operation,
    value,
    with_stream,
    zip_operations,
)
from compiler.runtime.statistics import Comparison, StopRule, Summary, compare

__all__ = [
    "ArgumentError",
    "Comparison",
    "Context",
    "CudaError",
    "DeviceBuffer",
    "DeviceFact",
    "DeviceFuture",
    "DeviceOperation",
    "DriverError",
    "DriverUnavailable",
    "Event",
    "Fact",
    "FunctionAttributes",
    "GeometryError",
    "GpuSampler",
    "Kernel",
    "Measurement",
    "Module",
    "PinnedBuffer",
    "PreparedLaunch",
    "StopRule",
    "Stream",
    "StreamPool",
    "Summary",
    "compare",
    "copy_to_device",
    "copy_to_host",
    "devices",
    "facts",
    "is_available",
    "launch",
    "launch_operation",
    "measure",
    "measure_kernel",
    "measured_bandwidth",
    "value",
    "with_stream",
    "zip_operations",
]
