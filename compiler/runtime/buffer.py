"""Device and pinned memory, NumPy and DLPack in and out.

What it is: :class:`DeviceBuffer` (global memory of one GPU) and :class:`PinnedBuffer` (host memory the GPU copies
from at full speed). What it assumes: arrays are contiguous; shapes and dtypes are NumPy's. What it guarantees: a
copy never exceeds either side; memory is freed with the last reference; a zero-length buffer is a null pointer.
Example::

    x = DeviceBuffer.from_host(context, np.arange(8, dtype=np.float32))
    x.to_host()                                  # array([0., 1., ...], dtype=float32)
    torch.from_dlpack(x)                         # no copy
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from compiler.runtime import dlpack
from compiler.runtime.context import Context, Stream
from compiler.runtime.driver import call, release_with

Array = np.ndarray[Any, np.dtype[Any]]


class DeviceBuffer:
    """``n_elements`` of ``dtype`` in the memory of ``context``'s GPU, shaped ``shape``, row major.

    Make one with :meth:`empty`, :meth:`zeros`, :meth:`from_host` or :meth:`from_dlpack`.
    """

    def __init__(
        self, context: Context, address: int, shape: tuple[int, ...], dtype: Any, owner: object = None
    ) -> None:
        self.context = context
        self.address = address
        self.shape = shape
        self.dtype = np.dtype(dtype)
        self.owner = owner

    @classmethod
    def empty(cls, context: Context, shape: int | tuple[int, ...], dtype: Any = np.float32) -> DeviceBuffer:
        """Uninitialised memory. Raises ``DriverError`` (CUDA_ERROR_OUT_OF_MEMORY)."""
        shape = (shape,) if isinstance(shape, int) else tuple(shape)
        size_bytes = int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize
        if size_bytes == 0:
            return cls(context, 0, shape, dtype)
        handle = call("cuMemAlloc", size_bytes)
        made = cls(context, int(handle), shape, dtype)
        release_with(made, "cuMemFree", handle)
        return made

    @classmethod
    def zeros(
        cls, context: Context, shape: int | tuple[int, ...], dtype: Any = np.float32, stream: Stream | None = None
    ) -> DeviceBuffer:
        """Memory of zero bytes; the fill is queued on ``stream``."""
        made = cls.empty(context, shape, dtype)
        made.fill_zero(stream)
        return made

    @classmethod
    def from_host(cls, context: Context, array: object, stream: Stream | None = None) -> DeviceBuffer:
        """A copy of a NumPy array, of anything ``numpy.asarray`` takes, or of a DLPack tensor in host memory."""
        host = dlpack.to_numpy(array)
        made = cls.empty(context, host.shape, host.dtype)
        made.copy_from(host, stream)
        return made

    @classmethod
    def from_dlpack(cls, context: Context, tensor: object) -> DeviceBuffer:
        """A DLPack tensor (PyTorch, CuPy, JAX ...): in this GPU's memory without a copy, from the host with one."""
        if not dlpack.is_on_gpu(tensor):
            return cls.from_host(context, tensor)
        view = dlpack.import_tensor(tensor)
        return cls(context, view.address, view.shape, view.dtype, owner=view)

    @property
    def n_elements(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))

    @property
    def size_bytes(self) -> int:
        return int(self.n_elements * self.dtype.itemsize)

    def __len__(self) -> int:
        return self.shape[0] if self.shape else 1

    def __repr__(self) -> str:
        return f"DeviceBuffer(shape={self.shape}, dtype={self.dtype}, address=0x{self.address:x})"

    def _stream(self, stream: Stream | None) -> Stream:
        return stream if stream is not None else self.context.default_stream

    def fill_zero(self, stream: Stream | None = None) -> None:
        if self.size_bytes:
            call("cuMemsetD8Async", self.address, 0, self.size_bytes, self._stream(stream).handle)

    def copy_from(self, source: object, stream: Stream | None = None) -> None:
        """Copy from an array, a :class:`PinnedBuffer` (asynchronously) or a :class:`DeviceBuffer` of the same size."""
        queue = self._stream(stream)
        if isinstance(source, DeviceBuffer):
            _same_size(self.size_bytes, source.size_bytes)
            if self.size_bytes:
                call("cuMemcpyDtoDAsync", self.address, source.address, self.size_bytes, queue.handle)
            return
        pinned = isinstance(source, PinnedBuffer)
        host = source.array if isinstance(source, PinnedBuffer) else dlpack.to_numpy(source)
        host = np.ascontiguousarray(host)
        _same_size(self.size_bytes, host.nbytes)
        if self.size_bytes:
            call("cuMemcpyHtoDAsync", self.address, host.ctypes.data, self.size_bytes, queue.handle)
        if not pinned:
            queue.synchronize()

    def to_host(self, out: Array | PinnedBuffer | None = None, stream: Stream | None = None) -> Array:
        """Copy to a new array, into ``out``, or (asynchronously) into a pinned buffer; returns the array."""
        queue = self._stream(stream)
        host = out.array if isinstance(out, PinnedBuffer) else np.empty(self.shape, self.dtype) if out is None else out
        _same_size(host.nbytes, self.size_bytes)
        if not host.flags.c_contiguous:
            raise ValueError("copy to a contiguous array (use numpy.ascontiguousarray)")
        if self.size_bytes:
            call("cuMemcpyDtoHAsync", host.ctypes.data, self.address, self.size_bytes, queue.handle)
        if not isinstance(out, PinnedBuffer):
            queue.synchronize()
        return host

    def reshape(self, *shape: int) -> DeviceBuffer:
        """The same memory with another shape."""
        if int(np.prod(shape, dtype=np.int64)) != self.n_elements:
            raise ValueError(f"{self.n_elements} elements do not have shape {shape}")
        return DeviceBuffer(self.context, self.address, tuple(shape), self.dtype, owner=self)

    def __dlpack_device__(self) -> tuple[int, int]:
        return dlpack.CUDA_DEVICE, self.context.ordinal

    def __dlpack__(self, *, stream: int | None = None, **_: object) -> object:
        self.context.synchronize()
        return dlpack.export_tensor(self, self.address, self.shape, self.dtype, self.context.ordinal)

    @property
    def __cuda_array_interface__(self) -> dict[str, object]:
        return {
            "shape": self.shape,
            "typestr": self.dtype.str,
            "data": (self.address, False),
            "version": 3,
            "strides": None,
        }


def _same_size(target_bytes: int, source_bytes: int) -> None:
    if target_bytes != source_bytes:
        raise ValueError(f"cannot copy {source_bytes} bytes into {target_bytes}: sizes must be equal")


class PinnedBuffer:
    """Page-locked host memory; ``array`` is a NumPy view of it."""

    def __init__(self, context: Context, shape: int | tuple[int, ...], dtype: Any = np.float32) -> None:
        self.context = context
        shape = (shape,) if isinstance(shape, int) else tuple(shape)
        size_bytes = max(1, int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize)
        self.address = int(call("cuMemAllocHost", size_bytes))
        memory = (ctypes.c_char * size_bytes).from_address(self.address)
        release_with(memory, "cuMemFreeHost", self.address)  # arrays over it keep it, this object or not
        count = int(np.prod(shape, dtype=np.int64))
        flat = np.frombuffer(memoryview(memory).cast("B"), np.dtype(dtype), count)
        self.array: Array = flat.reshape(shape)

    @classmethod
    def from_array(cls, context: Context, array: Array) -> PinnedBuffer:
        made = cls(context, array.shape, array.dtype)
        made.array[...] = array
        return made
