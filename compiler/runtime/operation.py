"""Lazy GPU work: a graph of operations that runs when it is awaited or synchronised.

What it is: :class:`DeviceOperation` and its constructors :func:`value`, :func:`zip_operations`,
:func:`launch_operation`, :func:`copy_to_device`, :func:`copy_to_host`. What it assumes: an operation is run once.
What it guarantees: nothing is queued before :meth:`~DeviceOperation.sync` or ``await``; operations chained with
``and_then`` run on one stream, so their data dependencies need no events; independent operations take streams of
the pool in turn. Example::

    x = copy_to_device(host_x)
    work = x.and_then(lambda b: launch_operation(kernel, 4, 256, [b])).and_then(lambda args: copy_to_host(args[0]))
    result = work.sync(pool)          # or: result = await work.schedule(pool)
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Generator, Sequence
from typing import Any, Generic, TypeVar

import numpy as np

from compiler.runtime.buffer import DeviceBuffer, PinnedBuffer
from compiler.runtime.context import Context, Stream
from compiler.runtime.module import Kernel

T = TypeVar("T")
U = TypeVar("U")
Execute = Callable[[Stream], T]
DEFAULT_POOL_SIZE = 4


class StreamPool:
    """Streams of one context, handed out in turn."""

    def __init__(self, context: Context, size: int = DEFAULT_POOL_SIZE) -> None:
        if size < 1:
            raise ValueError("a stream pool needs at least one stream")
        self.context = context
        self.streams = [context.stream() for _ in range(size)]
        self._turn = itertools.cycle(self.streams)

    def next(self) -> Stream:
        return next(self._turn)


class DeviceOperation(Generic[T]):
    """Work that yields a ``T`` when it runs on a stream. Lazy: building one queues nothing."""

    def __init__(self, execute: Execute[T]) -> None:
        self._execute = execute

    def execute(self, stream: Stream) -> T:
        """Queue the work on ``stream``; host results are complete only after the stream is synchronised."""
        return self._execute(stream)

    def and_then(self, follow: Callable[[T], DeviceOperation[U]]) -> DeviceOperation[U]:
        """Then the operation ``follow`` makes of the result, on the same stream."""
        return DeviceOperation(lambda stream: follow(self.execute(stream)).execute(stream))

    def map(self, function: Callable[[T], U]) -> DeviceOperation[U]:
        """Apply ``function`` to the result when the work is queued."""
        return DeviceOperation(lambda stream: function(self.execute(stream)))

    def zip(self, other: DeviceOperation[U]) -> DeviceOperation[tuple[T, U]]:
        """Both results; the other half runs on a forked stream that this one then waits for."""
        return zip_operations(self, other)

    def sync(self, pool: StreamPool | None = None) -> T:
        """Run and wait. Raises ``DriverError`` when the work faults."""
        stream = _stream(pool)
        result = self.execute(stream)
        stream.synchronize()
        return result

    def sync_on(self, stream: Stream) -> T:
        """Run on a given stream and wait."""
        result = self.execute(stream)
        stream.synchronize()
        return result

    def schedule(self, pool: StreamPool | None = None) -> DeviceFuture[T]:
        """Queue now; await the future for the result."""
        stream = _stream(pool)
        return DeviceFuture(stream, self.execute(stream))

    def __await__(self) -> Generator[Any, None, T]:
        return self.schedule().__await__()


class DeviceFuture(Generic[T]):
    """Queued work. Await it, or :meth:`wait`; its result and buffers stay alive until it is dropped."""

    def __init__(self, stream: Stream, result: T) -> None:
        self._result = result
        self.event = stream.record(stream.context.event(timing=False))

    def is_done(self) -> bool:
        return self.event.is_done()

    def wait(self) -> T:
        self.event.synchronize()
        return self._result

    def __await__(self) -> Generator[Any, None, T]:
        def wait() -> T:
            self.event.context.bind()
            return self.wait()

        return asyncio.get_running_loop().run_in_executor(None, wait).__await__()


_POOLS: dict[int, StreamPool] = {}


def default_pool(ordinal: int = 0) -> StreamPool:
    """The process's pool of a device; made on first use."""
    if ordinal not in _POOLS:
        _POOLS[ordinal] = StreamPool(Context(ordinal))
    return _POOLS[ordinal]


def _stream(pool: StreamPool | None) -> Stream:
    return (pool if pool is not None else default_pool()).next()


def value(result: T) -> DeviceOperation[T]:
    """An operation that is already done."""
    return DeviceOperation(lambda stream: result)


def with_stream(function: Callable[[Stream], DeviceOperation[T]]) -> DeviceOperation[T]:
    """Decide what to run when the stream is known."""
    return DeviceOperation(lambda stream: function(stream).execute(stream))


def zip_operations(*operations: DeviceOperation[Any]) -> DeviceOperation[tuple[Any, ...]]:
    """All results as a tuple. The first runs on the stream, each other one on a fork that is joined again."""

    def execute(stream: Stream) -> tuple[Any, ...]:
        forks = [stream.fork() for _ in operations[1:]]
        results = [operation.execute(on) for operation, on in zip(operations, (stream, *forks), strict=True)]
        for fork in forks:
            stream.join(fork)
        return tuple(results)

    return DeviceOperation(execute)


def launch_operation(
    kernel: Kernel,
    grid: int | Sequence[int],
    block: int | Sequence[int],
    args: Sequence[object],
    dynamic_shared_bytes: int = 0,
) -> DeviceOperation[list[object]]:
    """Run a kernel; the result is its arguments. Geometry and arguments are checked now, not when it runs."""
    prepared = kernel.prepare(grid, block, args, dynamic_shared_bytes)

    def execute(stream: Stream) -> list[object]:
        prepared.enqueue(stream)
        return list(args)

    return DeviceOperation(execute)


def copy_to_device(array: np.ndarray[Any, np.dtype[Any]]) -> DeviceOperation[DeviceBuffer]:
    """A device copy of a host array, through pinned memory."""

    def execute(stream: Stream) -> DeviceBuffer:
        pinned = PinnedBuffer.from_array(stream.context, array)
        buffer = DeviceBuffer.empty(stream.context, array.shape, array.dtype)
        buffer.copy_from(pinned, stream)
        buffer.owner = pinned  # the copy may still be running
        return buffer

    return DeviceOperation(execute)


def copy_to_host(buffer: DeviceBuffer) -> DeviceOperation[np.ndarray[Any, np.dtype[Any]]]:
    """A host array with the buffer's contents, complete once the operation has been waited for."""

    def execute(stream: Stream) -> np.ndarray[Any, np.dtype[Any]]:
        pinned = PinnedBuffer(stream.context, buffer.shape, buffer.dtype)
        return buffer.to_host(pinned, stream)

    return DeviceOperation(execute)
