"""Driver errors as exceptions: which call failed, CUDA's name for it, and what to do about it.

What it is: the exception types of the runtime and the table of advice. What it assumes: result names as ``cuda.h``
spells them. What it guarantees: every failed driver call becomes a :class:`DriverError`; ``is_sticky`` says whether
the context survived. Example::

    DriverError("cuLaunchKernel", "CUDA_ERROR_INVALID_VALUE", 1).advice     # "check the grid, the block ..."
"""

from __future__ import annotations


class CudaError(Exception):
    """Base of everything the runtime raises about the GPU."""


class DriverUnavailable(CudaError):
    """There is no usable CUDA driver or device on this machine; ``advice`` says what to install."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message} ({advice})")
        self.message, self.advice = message, advice


class DriverError(CudaError):
    """A driver call failed. ``call``: function name; ``name``: CUresult; ``code``: its number; ``detail``: a log."""

    def __init__(self, call: str, name: str, code: int, detail: str = "") -> None:
        self.call, self.name, self.code, self.detail = call, name, code, detail
        self.advice = ADVICE.get(name, "see the CUDA driver API documentation of this result")
        text = f"{call} failed: {name} ({code}): {self.advice}"
        super().__init__(f"{text}\n{detail}" if detail else text)

    @property
    def is_sticky(self) -> bool:
        """The context is lost: every later call on it fails too, a new process is needed."""
        return self.name in STICKY


STICKY = frozenset(
    (
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "CUDA_ERROR_LAUNCH_TIMEOUT",
        "CUDA_ERROR_ASSERT",
        "CUDA_ERROR_HARDWARE_STACK_ERROR",
        "CUDA_ERROR_ILLEGAL_INSTRUCTION",
        "CUDA_ERROR_MISALIGNED_ADDRESS",
        "CUDA_ERROR_INVALID_ADDRESS_SPACE",
        "CUDA_ERROR_INVALID_PC",
        "CUDA_ERROR_LAUNCH_FAILED",
        "CUDA_ERROR_ECC_UNCORRECTABLE",
        "CUDA_ERROR_CONTEXT_IS_DESTROYED",
    )
)

_EMULATE = "run it on the CPU emulator (`oxide run --device cpu`) to get the source line and the thread"

ADVICE: dict[str, str] = {
    "CUDA_ERROR_INVALID_VALUE": "check the grid, the block, the shared memory size and that every buffer is alive",
    "CUDA_ERROR_OUT_OF_MEMORY": "free buffers or use smaller ones; `nvidia-smi` shows who holds the memory",
    "CUDA_ERROR_NOT_INITIALIZED": "create a Context before any other call",
    "CUDA_ERROR_DEINITIALIZED": "the process is ending: make no CUDA call from exit handlers",
    "CUDA_ERROR_NO_DEVICE": "no CUDA GPU is visible: check `nvidia-smi` and CUDA_VISIBLE_DEVICES",
    "CUDA_ERROR_INVALID_DEVICE": "the device ordinal is out of range: `oxide doctor` lists the devices",
    "CUDA_ERROR_DEVICE_UNAVAILABLE": "another process holds the GPU exclusively: see `nvidia-smi`",
    "CUDA_ERROR_SYSTEM_NOT_READY": "start the GPU services of this system (for NVLink machines the fabric manager)",
    "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH": "kernel module and driver library differ: reboot or reload the NVIDIA module",
    "CUDA_ERROR_INVALID_CONTEXT": "the context was destroyed or belongs to another device: create a new Context",
    "CUDA_ERROR_CONTEXT_IS_DESTROYED": "an earlier fault destroyed the context: start a new process",
    "CUDA_ERROR_INVALID_IMAGE": "the module is not PTX or cubin text the driver reads",
    "CUDA_ERROR_INVALID_PTX": "the driver's assembler rejects the PTX; its log follows",
    "CUDA_ERROR_UNSUPPORTED_PTX_VERSION": "the PTX is newer than the driver: update it, or emit for an older target",
    "CUDA_ERROR_NO_BINARY_FOR_GPU": "compiled for another architecture: pass --target with this GPU's sm_",
    "CUDA_ERROR_JIT_COMPILER_NOT_FOUND": "libnvidia-ptxjitcompiler is missing: reinstall the NVIDIA driver",
    "CUDA_ERROR_UNSUPPORTED_DEVSIDE_SYNC": "device-side synchronisation is not supported",
    "CUDA_ERROR_NOT_FOUND": "no symbol of that name in the module: check the kernel's name",
    "CUDA_ERROR_NOT_READY": "the work is still running: synchronise first",
    "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES": "too many registers or too much shared memory: use fewer threads a block",
    "CUDA_ERROR_LAUNCH_TIMEOUT": f"the kernel ran into the display watchdog; {_EMULATE}",
    "CUDA_ERROR_ILLEGAL_ADDRESS": f"the kernel read or wrote outside its buffers, or recursed deeper than "
    f"`Context.stack_bytes` allows; {_EMULATE}",
    "CUDA_ERROR_MISALIGNED_ADDRESS": f"the kernel made a misaligned access; {_EMULATE}",
    "CUDA_ERROR_ILLEGAL_INSTRUCTION": f"the kernel trapped (failed bounds check, panic, division by zero); {_EMULATE}",
    "CUDA_ERROR_LAUNCH_FAILED": f"the kernel trapped or faulted; {_EMULATE}",
    "CUDA_ERROR_ASSERT": "a gpu_assert! failed; its message is on the standard error of the process",
    "CUDA_ERROR_HARDWARE_STACK_ERROR": "the call stack overflowed: recursion too deep, raise `Context.stack_bytes`",
    "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE": "a cooperative grid must fit on the GPU at once: use fewer blocks",
    "CUDA_ERROR_INVALID_CLUSTER_SIZE": "the cluster shape does not fit this GPU or does not divide the grid",
    "CUDA_ERROR_PEER_ACCESS_UNSUPPORTED": "these two GPUs cannot reach each other's memory",
    "CUDA_ERROR_ECC_UNCORRECTABLE": "the GPU's memory has an uncorrectable error: stop using it and tell who runs it",
    "CUDA_ERROR_INSUFFICIENT_DRIVER": "the driver is older than this program needs: update the NVIDIA driver",
    "CUDA_ERROR_STUB_LIBRARY": "the stub libcuda was loaded: put the real driver first on the library path",
}
