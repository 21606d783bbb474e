"""Memory of compile-time evaluation: allocations of bytes with an initialisation mask and relocations.

What it is: the machine the interpreter runs on. A pointer is an (allocation, offset) pair; in bytes it is its offset
plus a
*relocation* naming the allocation. Addresses have no numbers: turning a pointer into an integer is an error.

Assumes little endian, 8-byte pointers. Guarantees: an access out of bounds, of uninitialised bytes or of part of a
pointer raises :class:`EvalError` with rustc's wording of the reason.

Example: after ``write_pointer(a, 8, Pointer(b, 4))``, ``read_scalar(a, 8, 8)`` is ``Pointer(b, 4)``.
"""

from __future__ import annotations

from typing import Any

from compiler.diagnostics.model import Diagnostic

LARGEST = 1 << 28  # bytes of one allocation


class EvalError(Exception):
    """Evaluation cannot go on. ``message`` completes "evaluation of constant value failed: ..."."""

    def __init__(self, message: str, is_panic: bool = False, is_unsupported: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.is_panic = is_panic
        self.is_unsupported = is_unsupported


class ConstEvalFailed(EvalError):
    """A constant or function that this evaluation needs has errors: ``diagnostics``, or others reported elsewhere."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class Allocation:
    """``kind``: "memory", or "fn" / "static" for addresses whose ``target`` is a function type or a static's DefId.

    ``init`` is None when every byte is initialised. ``ty`` is what was allocated, for results.
    """

    __slots__ = ("align", "data", "init", "kind", "relocations", "target", "ty")

    def __init__(
        self, size: int, align: int, ty: Any, initialized: bool = False, kind: str = "memory", target: Any = None
    ) -> None:
        if size > LARGEST:
            raise EvalError(f"a constant of {size} bytes", is_unsupported=True)
        self.data = bytearray(size)
        self.init: bytearray | None = None if initialized else bytearray(size)
        self.relocations: dict[int, Allocation] = {}
        self.align = align
        self.ty = ty
        self.kind = kind
        self.target = target

    def check(self, offset: int, size: int) -> None:
        """Bounds."""
        if offset < 0 or offset + size > len(self.data):
            if self.kind == "fn":
                raise EvalError("accessing memory through a function pointer")
            raise EvalError(
                f"memory access failed: {size} bytes at offset {offset} of an allocation of {len(self.data)} bytes"
            )


class Pointer:
    """A place in an allocation."""

    __slots__ = ("alloc", "offset")

    def __init__(self, alloc: Allocation, offset: int = 0) -> None:
        self.alloc = alloc
        self.offset = offset


Scalar = int | Pointer


def allocation_of_bytes(data: bytes, align: int, ty: Any) -> Allocation:
    """Initialised memory holding ``data``."""
    alloc = Allocation(0, align, ty, initialized=True)
    alloc.data = bytearray(data)
    return alloc


def _is_initialized(alloc: Allocation, offset: int, size: int) -> bool:
    return alloc.init is None or 0 not in alloc.init[offset : offset + size]


def _mark_initialized(alloc: Allocation, offset: int, size: int) -> None:
    if alloc.init is not None:
        alloc.init[offset : offset + size] = b"\x01" * size


def _clear_relocations(alloc: Allocation, offset: int, size: int) -> None:
    if alloc.relocations:
        for at in [r for r in alloc.relocations if offset - 8 < r < offset + size]:
            del alloc.relocations[at]


def read_scalar(alloc: Allocation, offset: int, size: int) -> Scalar:
    """An unsigned integer, or a pointer where one was stored."""
    alloc.check(offset, size)
    if not _is_initialized(alloc, offset, size):
        raise EvalError("using uninitialized data, but this operation requires initialized memory")
    if alloc.relocations:
        target = alloc.relocations.get(offset) if size == 8 else None
        if target is not None:
            return Pointer(target, int.from_bytes(alloc.data[offset : offset + 8], "little", signed=True))
        if any(offset - 8 < r < offset + size for r in alloc.relocations):
            raise EvalError("unable to turn pointer into integer")
    return int.from_bytes(alloc.data[offset : offset + size], "little")


def write_scalar(alloc: Allocation, offset: int, size: int, value: Scalar) -> None:
    """Store an unsigned integer of ``size`` bytes or a pointer."""
    alloc.check(offset, size)
    _clear_relocations(alloc, offset, size)
    if isinstance(value, Pointer):
        if size != 8:
            raise EvalError("unable to turn pointer into integer")
        alloc.data[offset : offset + 8] = (value.offset & (1 << 64) - 1).to_bytes(8, "little")  # it may have wrapped
        alloc.relocations[offset] = value.alloc
    else:
        alloc.data[offset : offset + size] = value.to_bytes(size, "little")
    _mark_initialized(alloc, offset, size)


def copy_bytes(source: Allocation, source_offset: int, target: Allocation, target_offset: int, size: int) -> None:
    """Copy with initialisation and relocations; ranges may overlap."""
    if size == 0:
        return
    source.check(source_offset, size)
    target.check(target_offset, size)
    data = bytes(source.data[source_offset : source_offset + size])
    init = None if source.init is None else bytes(source.init[source_offset : source_offset + size])
    moved = [
        (r - source_offset, a) for r, a in source.relocations.items() if source_offset <= r <= source_offset + size - 8
    ]
    _clear_relocations(target, target_offset, size)
    target.data[target_offset : target_offset + size] = data
    if target.init is not None:
        target.init[target_offset : target_offset + size] = init if init is not None else b"\x01" * size
    elif init is not None and 0 in init:
        target.init = bytearray(b"\x01" * len(target.data))
        target.init[target_offset : target_offset + size] = init
    for at, alloc in moved:
        target.relocations[target_offset + at] = alloc


def fill_bytes(alloc: Allocation, offset: int, size: int, value: int) -> None:
    """Set every byte."""
    alloc.check(offset, size)
    _clear_relocations(alloc, offset, size)
    alloc.data[offset : offset + size] = bytes([value]) * size
    _mark_initialized(alloc, offset, size)


def equal_bytes(a: Allocation, a_offset: int, b: Allocation, b_offset: int, size: int) -> int:
    """-1, 0 or 1, as memcmp."""
    a.check(a_offset, size)
    b.check(b_offset, size)
    if not _is_initialized(a, a_offset, size) or not _is_initialized(b, b_offset, size):
        raise EvalError("using uninitialized data, but this operation requires initialized memory")
    x, y = a.data[a_offset : a_offset + size], b.data[b_offset : b_offset + size]
    return (x > y) - (x < y)
