"""A CUDA driver made of Python: memory is NumPy arrays, launches are recorded, any call can be told to fail."""

from __future__ import annotations

import ctypes
from enum import IntEnum
from typing import Any

import numpy as np


class Result(IntEnum):
    CUDA_SUCCESS = 0
    CUDA_ERROR_INVALID_VALUE = 1
    CUDA_ERROR_OUT_OF_MEMORY = 2
    CUDA_ERROR_INVALID_PTX = 218
    CUDA_ERROR_NOT_FOUND = 500
    CUDA_ERROR_NOT_READY = 600
    CUDA_ERROR_ILLEGAL_ADDRESS = 700


class _Names:
    """Any enumeration member is its own name."""

    def __getattr__(self, name: str) -> str:
        return name


ATTRIBUTES = {
    "MAX_THREADS_PER_BLOCK": 1024,
    "MAX_BLOCK_DIM_X": 1024,
    "MAX_BLOCK_DIM_Y": 1024,
    "MAX_BLOCK_DIM_Z": 64,
    "MAX_GRID_DIM_X": 2**31 - 1,
    "MAX_GRID_DIM_Y": 65535,
    "MAX_GRID_DIM_Z": 65535,
    "MAX_SHARED_MEMORY_PER_BLOCK_OPTIN": 232448,
    "COMPUTE_CAPABILITY_MAJOR": 9,
    "COMPUTE_CAPABILITY_MINOR": 0,
    "L2_CACHE_SIZE": 1 << 20,
    "MULTIPROCESSOR_COUNT": 132,
    "MAX_THREADS_PER_MULTIPROCESSOR": 2048,
    "CLOCK_RATE": 1980000,
}


class FakeDriver:
    CUdevice_attribute = CUstream_flags = CUevent_flags = CUjit_option = CUfunction_attribute = CUlimit = _Names()

    def __init__(self) -> None:
        self.memory: dict[int, Any] = {}
        self.launches: list[tuple[Any, ...]] = []
        self.failures: dict[str, Result] = {}
        self.calls: list[str] = []
        self.kernels: dict[str, Any] = {}
        self.function_attributes = {"NUM_REGS": 32, "SHARED_SIZE_BYTES": 1024, "MAX_THREADS_PER_BLOCK": 1024}
        self.now_ms = 0.0
        self.limits = {"CU_LIMIT_STACK_SIZE": 1024}

    def __getattribute__(self, name: str) -> Any:
        attribute = object.__getattribute__(self, name)
        if not name.startswith("cu") or not callable(attribute):
            return attribute
        self.calls.append(name)
        failure = self.failures.get(name)
        return attribute if failure is None else lambda *args: (failure, None)

    def cuInit(self, flags: int) -> tuple[Any, ...]:
        return (Result.CUDA_SUCCESS,)

    def cuDriverGetVersion(self) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, 13000

    def cuDeviceGetCount(self) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, 1

    def cuDeviceGet(self, ordinal: int) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, ordinal

    def cuDeviceGetName(self, length: int, device: int) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, b"Fake H100".ljust(length, b"\0")

    def cuDevicePrimaryCtxRetain(self, device: int) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, "context"

    def cuDeviceGetAttribute(self, name: str, device: int) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, ATTRIBUTES[name.removeprefix("CU_DEVICE_ATTRIBUTE_")]

    def _nothing(self, *args: Any) -> tuple[Any, ...]:
        return (Result.CUDA_SUCCESS,)

    cuDevicePrimaryCtxRelease = cuCtxSetCurrent = cuCtxSynchronize = cuStreamSynchronize = cuStreamDestroy = _nothing
    cuEventDestroy = cuEventSynchronize = cuStreamWaitEvent = cuModuleUnload = cuFuncSetAttribute = _nothing
    cuStreamWaitValue32 = cuEventQuery = _nothing

    def cuStreamCreate(self, flags: object) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, f"stream {len(self.calls)}"

    def cuEventCreate(self, flags: object) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, [0.0]

    def cuEventRecord(self, event: list[float], stream: object) -> tuple[Any, ...]:
        event[0] = self.now_ms
        return (Result.CUDA_SUCCESS,)

    def cuEventElapsedTime(self, start: list[float], end: list[float]) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, end[0] - start[0]

    def cuCtxGetLimit(self, limit: str) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, self.limits[limit]

    def cuCtxSetLimit(self, limit: str, value: int) -> tuple[Any, ...]:
        self.limits[limit] = value
        return (Result.CUDA_SUCCESS,)

    def cuMemGetInfo(self) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, 70 << 30, 80 << 30

    def cuMemAlloc(self, size: int) -> tuple[Any, ...]:
        array = np.zeros(size, np.uint8)
        self.memory[array.ctypes.data] = array
        return Result.CUDA_SUCCESS, array.ctypes.data

    def cuMemFree(self, address: int) -> tuple[Any, ...]:
        del self.memory[address]
        return (Result.CUDA_SUCCESS,)

    cuMemAllocHost, cuMemFreeHost = cuMemAlloc, cuMemFree

    def _copy(self, target: int, source: int, size: int, stream: object) -> tuple[Any, ...]:
        ctypes.memmove(target, source, size)
        return (Result.CUDA_SUCCESS,)

    cuMemcpyHtoDAsync = cuMemcpyDtoHAsync = cuMemcpyDtoDAsync = _copy

    def cuMemsetD8Async(self, address: int, byte: int, size: int, stream: object) -> tuple[Any, ...]:
        ctypes.memset(address, byte, size)
        return (Result.CUDA_SUCCESS,)

    def cuModuleLoadDataEx(self, image: bytes, n: int, options: list[str], values: list[Any]) -> tuple[Any, ...]:
        if b"bad" in image:
            values[0][:12] = b"line 3: what"
            return Result.CUDA_ERROR_INVALID_PTX, None
        return Result.CUDA_SUCCESS, "module"

    def cuModuleGetFunction(self, module: object, name: bytes) -> tuple[Any, ...]:
        if name == b"missing":
            return Result.CUDA_ERROR_NOT_FOUND, None
        return Result.CUDA_SUCCESS, name.decode()

    def cuFuncGetAttribute(self, name: str, function: object) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, self.function_attributes.get(name.removeprefix("CU_FUNC_ATTRIBUTE_"), 0)

    def cuOccupancyMaxActiveBlocksPerMultiprocessor(self, function: object, n: int, shared: int) -> tuple[Any, ...]:
        return Result.CUDA_SUCCESS, 1024 // n

    def cuLaunchKernel(self, function: str, *rest: Any) -> tuple[Any, ...]:
        self.launches.append((function, *rest))
        self.now_ms += 0.25
        if function in self.kernels:
            self.kernels[function](rest[8])
        return (Result.CUDA_SUCCESS,)

    def cuLaunchCooperativeKernel(self, function: str, *rest: Any) -> tuple[Any, ...]:
        self.launches.append(("cooperative", function, *rest))
        return (Result.CUDA_SUCCESS,)
