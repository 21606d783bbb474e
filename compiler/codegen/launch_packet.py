"""From a user's arguments to the launch packet: what each PTX parameter of a kernel receives.

What it is: the source-to-PTX parameter mapping of kernel-language.md 6.1, shared by the emulator and the CUDA
runtime. What it assumes: :class:`KernelArtifact` parameters in source order; arrays are NumPy arrays or objects with
``size_bytes`` and ``n_elements`` (device buffers). What it guarantees: every mismatch is an :class:`ArgumentError`
naming the parameter before anything runs. Example: ``fn saxpy(a: f32, x: &[f32], mut y: DisjointSlice<f32>)`` with
``[2.0, x, y]`` gives ``[value 4 bytes, buffer x, value n, buffer y, value n]``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compiler.base.dataclass import dataclass
from compiler.codegen.artifact import ElemType, KernelArtifact, KernelParam


class ArgumentError(TypeError):
    """An argument does not fit its kernel parameter."""


@dataclass(frozen=True, slots=True)
class ValueSlot:
    """A PTX parameter passed by value."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class BufferSlot:
    """A PTX parameter that is an address; ``buffer`` is what the caller gave."""

    name: str
    buffer: object
    writable: bool


Slot = ValueSlot | BufferSlot
_NUMPY = {"usize": "uint64", "isize": "int64", "f16": "float16", "bf16": "uint16", "char": "uint32"}


def numpy_dtype(elem: ElemType) -> np.dtype[np.generic] | None:
    """NumPy's type of a scalar element; None for structs, arrays and 128-bit integers."""
    short = {"f": "float", "u": "uint", "i": "int"}
    if elem.dtype in _NUMPY:
        return np.dtype(_NUMPY[elem.dtype])
    if elem.dtype == "bool":
        return np.dtype(np.bool_)
    if elem.dtype[:1] in short and elem.dtype[1:] in ("8", "16", "32", "64"):
        return np.dtype(short[elem.dtype[0]] + elem.dtype[1:])
    return None


def launch_packet(artifact: KernelArtifact, args: Sequence[object]) -> list[Slot]:
    """One slot per PTX parameter.

    ``args`` has one entry per source parameter (zero-sized parameters may be left out). A ``disjoint_width`` parameter
    takes a pair ``(array, width)``.
    """
    params = [param for param in artifact.params if param.kind != "zst"]
    given = list(args)
    if len(given) == len(artifact.params):
        given = [arg for arg, param in zip(given, artifact.params, strict=True) if param.kind != "zst"]
    if len(given) != len(params):
        names = ", ".join(param.name for param in params)
        raise ArgumentError(f"kernel `{artifact.name}` takes {len(params)} arguments ({names}), {len(args)} given")
    slots: list[Slot] = []
    for param, arg in zip(params, given, strict=True):
        slots.extend(_slots(param, arg))
    return slots


def _slots(param: KernelParam, arg: object) -> list[Slot]:
    if param.kind in ("slice", "slice_mut", "disjoint", "disjoint_width"):
        width: list[Slot] = []
        if param.kind == "disjoint_width":
            if not isinstance(arg, tuple) or len(arg) != 2:
                raise ArgumentError(f"`{param.name}` carries its row width: pass (array, width)")
            arg, columns = arg
            width = [ValueSlot(param.name, int(columns).to_bytes(4, "little"))]
        n_elements = _check_buffer(param, arg)
        return [
            BufferSlot(param.name, arg, param.writable),
            ValueSlot(param.name, n_elements.to_bytes(8, "little")),
            *width,
        ]
    if param.kind == "pointer":
        if isinstance(arg, (int, np.integer)):
            return [ValueSlot(param.name, int(arg).to_bytes(8, "little"))]
        if not _is_buffer(arg):
            raise ArgumentError(
                f"`{param.name}` is a raw pointer: pass an array, a device buffer or an address, not {_kind(arg)}"
            )
        return [BufferSlot(param.name, arg, param.writable)]
    return [ValueSlot(param.name, pack_value(param.name, param.elem, arg))]


def _kind(arg: object) -> str:
    return f"{arg.dtype} array" if isinstance(arg, np.ndarray) else type(arg).__name__


def _is_buffer(arg: object) -> bool:
    return isinstance(arg, np.ndarray) or hasattr(arg, "n_elements")


def _check_buffer(param: KernelParam, arg: object) -> int:
    """Length in elements; also checks element type, layout and writability."""
    elem = param.elem
    if not _is_buffer(arg):
        raise ArgumentError(
            f"`{param.name}` is a slice of {elem.rust}: pass an array or a device buffer, not {_kind(arg)}"
        )
    dtype = getattr(arg, "dtype", None)
    wanted = numpy_dtype(elem)
    if wanted is not None and dtype is not None and dtype != wanted:
        raise ArgumentError(f"`{param.name}` is a slice of {elem.rust} ({wanted}), the array has elements of {dtype}")
    if isinstance(arg, np.ndarray):
        if not arg.flags.c_contiguous:
            raise ArgumentError(f"`{param.name}` needs a contiguous array (use numpy.ascontiguousarray)")
        if param.writable and not arg.flags.writeable:
            raise ArgumentError(f"`{param.name}` is written by the kernel, the array is read-only")
        size_bytes = arg.nbytes
    else:
        size_bytes = int(arg.size_bytes)  # type: ignore[attr-defined]
    if elem.size_bytes and size_bytes % elem.size_bytes:
        raise ArgumentError(f"`{param.name}` has elements of {elem.size_bytes} bytes, the array has {size_bytes} bytes")
    return size_bytes // elem.size_bytes if elem.size_bytes else 0


def pack_value(name: str, elem: ElemType, arg: object) -> bytes:
    """Bytes of a by-value argument in the device layout."""
    if isinstance(arg, (bytes, bytearray, np.void)):
        data = arg.tobytes() if isinstance(arg, np.void) else bytes(arg)
        if len(data) != elem.size_bytes:
            raise ArgumentError(f"`{name}` is {elem.size_bytes} bytes ({elem.rust}), {len(data)} given")
        return data
    dtype = numpy_dtype(elem)
    if dtype is not None:
        return _pack_scalar(name, elem, dtype, arg)
    if elem.dtype in ("u128", "i128") and isinstance(arg, int):
        return arg.to_bytes(16, "little", signed=elem.dtype == "i128")
    if elem.dtype == "ptr" and isinstance(arg, (int, np.integer)):
        return int(arg).to_bytes(8, "little")
    if elem.fields and not elem.count:
        return _pack_fields(name, elem, arg)
    if elem.count and isinstance(arg, (list, tuple, np.ndarray)):
        if len(arg) != elem.count:
            raise ArgumentError(f"`{name}` is an array of {elem.count}, {len(arg)} given")
        return b"".join(pack_value(f"{name}[{i}]", elem.fields[0][2], item) for i, item in enumerate(arg))
    raise ArgumentError(f"`{name}` is {elem.rust} ({elem.size_bytes} bytes): pass its bytes, not {_kind(arg)}")


def _pack_scalar(name: str, elem: ElemType, dtype: np.dtype[np.generic], arg: object) -> bytes:
    if isinstance(arg, str) and elem.dtype == "char" and len(arg) == 1:
        arg = ord(arg)
    if not isinstance(arg, (bool, int, float, np.generic)):
        raise ArgumentError(f"`{name}` is {elem.rust}: pass a number, not {_kind(arg)}")
    if dtype.kind in "ui" and (isinstance(arg, (float, np.floating)) and float(arg) != int(arg)):
        raise ArgumentError(f"`{name}` is {elem.rust}: {arg} is not an integer")
    try:
        value = int(arg) if dtype.kind in "ui" else bool(arg) if dtype.kind == "b" else float(arg)
        return np.array(value, dtype).tobytes()
    except OverflowError:
        raise ArgumentError(f"`{name}` is {elem.rust}: {arg} is out of range") from None


def _pack_fields(name: str, elem: ElemType, arg: object) -> bytes:
    """A struct or tuple from a mapping or a sequence of its fields."""
    if isinstance(arg, dict):
        values = [arg[field] for field, _, _ in elem.fields if field in arg]
    elif isinstance(arg, (list, tuple)):
        values = list(arg)
    else:
        values = [arg]
    if len(values) != len(elem.fields):
        names = ", ".join(field for field, _, _ in elem.fields)
        raise ArgumentError(f"`{name}` is {elem.rust} with fields {names}: {len(values)} values given")
    data = bytearray(elem.size_bytes)
    for (field, offset, ty), value in zip(elem.fields, values, strict=True):
        data[offset : offset + ty.size_bytes] = pack_value(f"{name}.{field}", ty, value)
    return bytes(data)
